"""All indicators of a week, computed: the portal's views beside bare SQL and DuckDB over the same tables."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.bare_week import Counts, bare_week
from bench.case import Case, Reference, Run, Sample, Target
from bench.duck import copied
from bench.moment import TODAY
from bench.world import World
from portal.values.week import Week

WEEK = Week.of(TODAY).previous
"""The last week that is over: what the office looks at on Monday."""


@contextmanager
def cases(world: World, *, at_most: float | None = None, under: float | None = 1.0) -> Iterator[list[Case]]:
    """One school's and the whole district's week. The three ways must give the same numbers, or nothing is measured.

    ``at_most`` times DuckDB's time and ``under`` so many seconds are the district's targets.
    """
    from portal.extensions import db

    app = world.app()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="portal-bench-duck-")))
        stack.enter_context(app.app_context())
        duck = copied(db.engine, folder)
        raw = db.engine.raw_connection()
        cursor = raw.cursor()

        def ask(statement: str) -> list[Any]:
            return list((cursor.execute(statement) or cursor).fetchall())

        schools = school_ids()
        ways: dict[str, Callable[[], Counts]] = {
            "views": lambda: computed(schools),
            "bare SQL": lambda: bare_week(ask, WEEK),
            "DuckDB": lambda: bare_week(lambda statement: duck.execute(statement).fetchall(), WEEK),
        }
        agree({name: way() for name, way in ways.items()})
        size = f"{len(schools)} schools, {world.engine}"
        limit = Target("each at most", at_most) if at_most else None
        yield [
            Case(
                f"indicators of a week, {size}", "weeks", once(ways["views"]),
                (Reference("bare SQL", once(ways["bare SQL"])), Reference("DuckDB", once(ways["DuckDB"]), limit)),
                Target("each under", under) if under else None,
            ),
            Case(
                f"indicators of a week, 1 school of {size}", "weeks",
                once(lambda: computed([world.ids["school"]]), times=5), limit=Target("each under", 0.050),
            ),
        ]  # fmt: skip
        raw.rollback()
        raw.close()
        duck.close()
        db.engine.dispose()


def school_ids() -> list[int]:
    from sqlalchemy import select

    from portal.extensions import begin_mode, session
    from portal.models.organisation import School

    begin_mode.set("read")
    found = list(session.scalars(select(School.id)))
    session.rollback()
    return found


def computed(schools: list[int]) -> Counts:
    """What the portal computes for the schools, nothing frozen."""
    from portal.extensions import begin_mode, session
    from portal.queries import live_figures

    begin_mode.set("read")
    found = live_figures.values(schools, [WEEK])
    session.rollback()
    return {
        (school, code): (value.percent.numerator, value.percent.denominator)
        for (school, _, code), value in found.items()
        if value.percent.denominator and not value.imported
    }  # type: ignore[misc]


def agree(found: dict[str, Counts]) -> None:
    """Stop where two ways differ: a quick wrong figure is no figure."""
    first, *others = found
    for other in others:
        keys = found[first].keys() & found[other].keys()
        differ = {key: (found[first][key], found[other][key]) for key in keys if found[first][key] != found[other][key]}
        if differ:
            raise SystemExit(f"{first} and {other} differ: {dict(list(differ.items())[:5])}")


def once(work: Callable[[], object], times: int = 1) -> Run:
    def run() -> Sample:
        started = time.perf_counter()
        for _ in range(times):
            work()
        return Sample(times, time.perf_counter() - started)

    return run
