"""Moments without an offset are the school's own time: they become UTC once the row's school is known."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, bindparam, select, update

from portal.exchange.cells import CellError, moment_in_zone
from portal.exchange.faults import Fault, FaultLog
from portal.models.journal import Lesson, TeachingGroup
from portal.models.organisation import School
from portal.operations.dataset.joins import model_table
from portal.operations.dataset.staging import LOCAL, Stage

PAGE = 5000


def settle_local_moments(stage: Stage, faults: FaultLog) -> None:
    """Work out every moment that waits; one that the school's clocks skipped is a fault."""
    for column in stage.local_moments:
        after = 0
        while page := stage.connection.execute(_waiting(stage, column, after)).all():
            _settle(stage, column, page, faults)
            after = page[-1].row


def _waiting(stage: Stage, column: str, after: int) -> Select[Any]:
    s, school = stage.table.c, model_table(School)
    model = model_table(Lesson if "lesson_id" in s else TeachingGroup)
    named = s["lesson_id" if "lesson_id" in s else "group_id"]
    rows = select(s.row, s[column + LOCAL].label("local"), school.c.timezone)
    rows = rows.select_from(
        stage.table.join(model, model.c.key == named).join(school, school.c.id == model.c.school_id)
    )
    waits = s[column + LOCAL].is_not(None)
    return rows.where(waits, ~s.left_out, s.row > after).order_by(s.row).limit(PAGE)


def _settle(stage: Stage, column: str, page: Any, faults: FaultLog) -> None:
    settled, impossible = [], []
    for row, local, zone in page:
        try:
            settled.append({"at_row": row, "moment": moment_in_zone(local, zone).replace(tzinfo=None)})
        except CellError as error:
            impossible.append(row)
            faults.add(Fault(stage.description.file, row, column, str(error), local))
    table = stage.table
    if settled:
        statement = update(table).where(table.c.row == bindparam("at_row")).values({column: bindparam("moment")})
        stage.connection.execute(statement, settled)
    if impossible:
        stage.leave_out(table.c.row.in_(impossible))
