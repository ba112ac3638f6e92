"""Loads a dataset into the current transaction: table by table, from its stage into the model."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, insert, select, text

from portal.exchange.faults import FaultLog
from portal.exchange.source import Progress, Source, TableSource
from portal.extensions import session
from portal.models.activity import DatasetLoad, IndicatorHistory
from portal.models.journal import Homework
from portal.models.organisation import School
from portal.models.people import PersonAlias
from portal.operations.calendar import ensure_calendar
from portal.operations.counted_days import forget
from portal.operations.dataset.checks import Checker
from portal.operations.dataset.derived import EXTRA_COLUMNS, Deriver
from portal.operations.dataset.joins import Joins
from portal.operations.dataset.lesson_days import LESSON_DAY, fill_lesson_days, follow_groups, recompute_deadlines
from portal.operations.dataset.local_moments import settle_local_moments
from portal.operations.dataset.prepare import (
    add_work_types,
    first_of_profile,
    keep_first_of_joined,
    leave_out_joined,
    schools_with_other_clocks,
)
from portal.operations.dataset.staging import Stage
from portal.operations.dataset.targets import PROFILES, TARGETS, Target
from portal.operations.dataset.upsert import CHANGED, Outcome, upsert
from portal.operations.journal_homework import attach_waiting_homework

LOCK = 7_216_032  # any constant: two loads at once would step on each other


@dataclass(frozen=True, slots=True)
class TableCount:
    """Rows of a table in the dataset, and how many of them were new and how many changed something."""

    rows: int
    new: int
    changed: int


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What a load did, by table; ``notes`` are Russian sentences about files that were left aside."""

    tables: dict[str, TableCount]
    notes: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        return sum(count.rows for count in self.tables.values())


def load(source: Source, *, at: datetime, progress: Progress | None = None) -> LoadResult:
    """Load ``source`` (:func:`portal.exchange.source.open_dataset` of a path, or ``of_rows`` of tables in memory).

    Flushes, never commits. Raises :class:`portal.exchange.faults.DatasetFaults` with every fault; the caller
    rolls back. ``at`` is the moment history rows carry.
    """
    session.flush()
    faults = FaultLog()
    loading = _Load(faults, at)
    for table in source.tables(faults):
        loading.take(table, source, progress)
    faults.raise_if_any()
    loading.finish()
    session.expire_all()
    return LoadResult(loading.counts, source.notes)


class _Load:
    """One load: what has to be known from one table to the next."""

    def __init__(self, faults: FaultLog, at: datetime) -> None:
        self.counts: dict[str, TableCount] = {}
        self._faults = faults
        self._at = at
        self._connection = session.connection()
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
        self._aliases = session.scalar(select(PersonAlias.key).limit(1)) is not None
        self._checker = Checker(self._connection, faults, aliases=self._aliases)
        self._deriver = Deriver()
        self._rezoned: set[int] = set()
        for table in (CHANGED, LESSON_DAY):
            self._connection.execute(text(f"drop table if exists {table.name}"))
            table.create(self._connection)

    def take(self, table: TableSource, source: Source, progress: Progress | None) -> None:
        """Stage a table, check it, and bring it in."""
        name = table.table.name
        with Stage(self._connection, table.table, EXTRA_COLUMNS.get(name, {})) as stage:
            for batch in table.batches():
                stage.add(batch, self._deriver.extras(name, batch))
                self._checker.know(name, batch.lost_keys)
                if progress:
                    progress(name, stage.rows, source.share())
            stage.done()
            if table.unsure:
                self._checker.unsure.add(name)
            self._checker.check(stage)
            settle_local_moments(stage, self._faults)
            outcome = self._bring_in(stage, table)
            self.counts[name] = TableCount(stage.rows, outcome.new, outcome.changed)

    def finish(self) -> None:
        """What follows from the whole: moved classes and groups, new deadlines, waiting homework, the calendar."""
        changed = {name for name, count in self.counts.items() if count.changed}
        moved = follow_groups(self._connection) if changed & {"classes", "groups", "lessons"} else 0
        if moved or self._rezoned:
            recompute_deadlines(self._connection, None if moved else self._rezoned)
        waiting = select(Homework.id).where(Homework.lesson_id.is_(None)).limit(1)
        if "lessons" in self.counts and session.scalar(waiting) is not None:
            attach_waiting_homework()
        self._widen_calendar()
        forget()
        if any(count.new or count.changed for count in self.counts.values()):
            self._connection.execute(insert(DatasetLoad), {"at": self._at})  # the same again changes nothing
        self._checker.close()
        for table in (CHANGED, LESSON_DAY):
            table.drop(self._connection)

    def _widen_calendar(self) -> None:
        weeks = IndicatorHistory.week_start
        days = [day for day in session.execute(select(func.min(weeks), func.max(weeks))).one() if day]
        days += map(date.fromisoformat, self._deriver.days)
        zones = list(session.scalars(select(School.timezone).distinct()))
        if zones:
            ensure_calendar(zones, *((min(days), max(days)) if days else ()))

    def _bring_in(self, stage: Stage, table: TableSource) -> Outcome:
        name = table.table.name
        if name == "lessons":
            fill_lesson_days(self._connection, map(date.fromisoformat, self._deriver.days))
        elif name == "marks":
            add_work_types(stage)
        elif name == "people" and self._aliases:
            leave_out_joined(stage)
        elif name == "activity_profiles":
            self._upsert(stage, PROFILES, table, first_of_profile(stage))
        if self._aliases and not table.table.own_key:
            keep_first_of_joined(stage, TARGETS[name])
        if name == "schools":
            self._rezoned |= schools_with_other_clocks(stage)
        return self._upsert(stage, TARGETS[name], table)

    def _upsert(self, stage: Stage, target: Target, table: TableSource, *only: ColumnElement[bool]) -> Outcome:
        joins = target.joins(Joins(stage, aliases=self._aliases)).only(*only)
        absent = target.absent(table.present, table.table.keys)
        return upsert(self._connection, target, joins, absent, at=self._at)
