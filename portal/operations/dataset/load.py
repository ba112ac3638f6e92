"""Loads a dataset into the current transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.exchange.source import Progress, Source


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
    raise NotImplementedError
