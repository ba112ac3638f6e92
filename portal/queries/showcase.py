"""Showcase readiness: which of the eleven kinds of data a school has, fresh for the current period."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, func, literal, select, union_all

from portal.content.showcase import Kind, kinds
from portal.extensions import session
from portal.models import views
from portal.values.percent import Percent
from portal.values.table import State
from portal.values.week import Week


@dataclass(frozen=True, slots=True)
class KindState:
    """What a school has of a kind: ``present`` of the ``expected`` items are there and fresh.

    ``state``: good, everything; warn, enough but not everything; bad, not enough or nothing; muted, nothing is due.
    """

    kind: Kind
    present: int
    expected: int

    @property
    def missing(self) -> int:
        return self.expected - self.present

    @property
    def state(self) -> State:
        if not self.expected:
            return "muted" if self.kind.may_be_empty else "bad"
        if not self.missing:
            return "good"
        return "warn" if Percent.of(self.present, self.expected).meets(self.kind.enough) else "bad"

    @property
    def is_ready(self) -> bool:
        return self.state != "bad"


@dataclass(frozen=True, slots=True)
class Readiness:
    """The kinds of one school by code, in the catalogue's order."""

    states: Mapping[str, KindState]

    @property
    def ready_kinds(self) -> int:
        return sum(state.is_ready for state in self.states.values())

    @property
    def is_ready(self) -> bool:
        """Ready for the showcase: every kind is."""
        return self.ready_kinds == len(self.states)


def readiness(school_ids: Collection[int], week: Week) -> dict[int, Readiness]:
    """Every school's readiness as of a week, in one query."""
    arms = [_counts(kind, school_ids, week) for kind in kinds()]
    counts = {(row.school_id, row.code): (row.present, row.expected) for row in session.execute(union_all(*arms))}
    return {
        school_id: Readiness({kind.code: _state(kind, *counts.get((school_id, kind.code), (0, 0))) for kind in kinds()})
        for school_id in school_ids
    }


def _state(kind: Kind, present: int, expected: int) -> KindState:
    """Of events nobody can say how many there should be: one at least."""
    return KindState(kind, present, max(expected, 1) if kind.of == "events" else expected)


def _counts(kind: Kind, school_ids: Collection[int], week: Week) -> Select[Any]:
    """School → distinct items that are there, and all. An item of several rows is there if it is in any of them."""
    view = views.showcase_view(kind.code).c
    return (
        select(
            literal(kind.code).label("code"),
            view.school_id,
            func.count(case((view.is_present == 1, view.item_id)).distinct()).label("present"),
            func.count(view.item_id.distinct()).label("expected"),
        )
        .where(view.school_id.in_(list(school_ids)), view.week_start == week.start)
        .group_by(view.school_id)
    )
