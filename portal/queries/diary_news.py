"""«Что изменилось с прошлого раза»: what came, was corrected or taken back since a viewer's last visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Literal

from portal.queries.diary_entries import Entry

What = Literal["mark", "attendance", "homework", "period_mark"]


@dataclass(frozen=True, slots=True)
class News:
    """One change. ``before`` is what stood when the viewer last looked: empty where it is new, and then
    ``value`` empty never happens; with a ``before``, an empty ``value`` means it was taken back.

    ``day`` is the lesson's (homework: the lesson it is due at); ``span`` and ``number`` name a period.
    """

    what: What
    subject: str
    day: date | None
    before: str
    value: str
    note: str
    span: str
    number: int | None
    at: datetime
    corrected: bool = False


def news_from(entries: list[Entry], since: datetime, today: date) -> tuple[News, ...]:
    """The news in ``entries`` after ``since``, the latest first. Homework counts while it is still to be done."""
    changed = _corrections(entries)
    found = [news for news in changed.values() if news.before != news.value]
    for entry in entries:
        if entry.kind in {"mark", "attendance", "period_mark"} and entry.first_at > since:
            if _identity(entry) not in changed:
                found.append(_news(entry, entry.kind, "", entry.value, entry.note))  # type: ignore[arg-type]
        elif entry.kind == "homework" and entry.at > since and entry.day is not None and entry.day >= today:
            found.append(_news(entry, "homework", "", entry.value, "", corrected=entry.first_at <= since))
    return tuple(sorted(found, key=lambda news: (news.at, news.subject), reverse=True))


def _corrections(entries: list[Entry]) -> dict[tuple[str, ...], News]:
    """What stood when the viewer last looked and has been changed since, by identity.

    The first change tells what they saw, the last one what stands. What they never saw is no correction.
    """
    changes = [entry for entry in entries if entry.kind.startswith("changed:")]
    found = {}
    for identity, group in groupby(sorted(changes, key=lambda e: (_identity(e), e.at, e.row_id)), key=_identity):
        steps = list(group)
        if steps[0].note:
            what: What = identity[0]  # type: ignore[assignment]
            found[identity] = _news(steps[-1], what, steps[0].note, steps[-1].value, "", corrected=True)
    return found


def _identity(entry: Entry) -> tuple[str, ...]:
    """What makes two entries the same mark, absence or period mark."""
    kind = entry.kind.removeprefix("changed:")
    return (kind, entry.key if kind != "attendance" else str(entry.lesson_id), entry.subject)


def _news(entry: Entry, what: What, before: str, value: str, note: str, *, corrected: bool = False) -> News:
    return News(
        what=what, subject=entry.subject, day=entry.day, before=before, value=value, note=note,
        span=entry.span, number=entry.number, at=entry.at, corrected=corrected,
    )  # fmt: skip
