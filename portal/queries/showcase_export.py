"""The eleven kinds of data of one school's showcase, row by row. They hold personal data: for the school itself only.

Pupils whose data may not be processed are left out of every kind, with their marks and guardians.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from portal.content.showcase import kinds
from portal.extensions import session
from portal.queries import showcase_kinds_learning as learning
from portal.queries import showcase_kinds_people as people
from portal.queries import showcase_kinds_school as own
from portal.queries.showcase_scope import Scope, Source
from portal.values.sheet import Sheet
from portal.values.table import Value

DOCUMENT, VERSION = "school-portal/showcase", 1
"""Name and version of the JSON document (docs/showcase.md)."""

BATCH = 1000
"""Rows fetched from the database at a time."""

SOURCES: dict[str, Source] = {
    "pupils": people.PUPILS,
    "homework": learning.HOMEWORK,
    "events": own.EVENTS,
    "school": own.SCHOOL,
    "classes": own.CLASSES,
    "periods": own.PERIODS,
    "period_marks": learning.PERIOD_MARKS,
    "year_marks": learning.YEAR_MARKS,
    "statistics": learning.STATISTICS,
    "marks": learning.MARKS,
    "guardians": people.GUARDIANS,
}


def head(scope: Scope, at: datetime) -> dict[str, Any]:
    """What an export says about itself."""
    return {
        "document": DOCUMENT,
        "version": VERSION,
        "school_id": scope.key,
        "name": scope.name,
        "timezone": scope.timezone,
        "made_at": at.astimezone(ZoneInfo(scope.timezone)).isoformat(timespec="seconds"),
        "week_start": scope.week.start.isoformat(),
    }


def sheets(scope: Scope) -> Iterator[Sheet]:
    """The kinds in the catalogue's order; each one's rows are read when they are asked for."""
    for kind in kinds():
        source = SOURCES[kind.code]
        yield Sheet(kind.code, kind.name, source.columns, _rows(source, scope))


def _rows(source: Source, scope: Scope) -> Iterator[tuple[Value, ...]]:
    """The statement's rows, moments on the school's clock."""
    zone = ZoneInfo(scope.timezone)
    moments = [place for place, column in enumerate(source.columns) if column.kind == "moment"]
    result = session.execute(source.query(scope).execution_options(yield_per=BATCH))
    for row in result:
        values = list(row)
        for place in moments:
            if values[place] is not None:
                values[place] = values[place].astimezone(zone)
        yield tuple(values)
