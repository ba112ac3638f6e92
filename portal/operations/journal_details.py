"""What a lesson itself says: topic, comment, «Урок проведён»."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.access.actor import Actor
from portal.extensions import session
from portal.models.journal import Lesson
from portal.operations.counted_days import touch
from portal.operations.journal_history import record
from portal.operations.journal_lesson import check_held, open_lesson
from portal.values.conflict import Conflict
from portal.values.texts import digest, tidy

CONDUCTED = {True: "да", False: "нет"}


@dataclass(frozen=True, slots=True)
class LessonDetails:
    """A lesson's form as sent; ``seen`` holds the digest of each field's text as the teacher saw it.

    ``conducted`` is seen as the digest of «да» or «нет». A field the teacher left as it was is left as it is.
    """

    topic: str
    comment: str
    conducted: bool
    seen_topic: str = ""
    seen_comment: str = ""
    seen_conducted: str = ""


def save_details(lesson_id: int, details: LessonDetails, *, by: Actor, at: datetime) -> None:
    """Keep topic, comment and the tick. ``Conflict`` when somebody changed the same field meanwhile:
    then nothing is kept. ``Refusal`` for the tick in a cancelled or coming lesson.
    """
    opened = open_lesson(lesson_id)
    lesson = opened.lesson
    changes = [
        ("topic", lesson.topic or "", tidy(details.topic), details.seen_topic),
        ("comment", lesson.comment or "", tidy(details.comment), details.seen_comment),
        ("conducted", CONDUCTED[lesson.conducted], CONDUCTED[details.conducted], details.seen_conducted),
    ]
    kept = [(kind, now, new) for kind, now, new, seen in changes if _changes(kind, now, new, seen)]
    if ("conducted", CONDUCTED[False], CONDUCTED[True]) in kept:
        check_held(opened, at, "отмечать «Урок проведён»")
    for kind, now, new in kept:
        _apply(opened.lesson, kind, new)
        record(kind, now, new, group_id=lesson.group_id, lesson_id=lesson_id, by=by, at=at)
        if kind == "topic":
            touch(lesson.school_id, "lessons", [lesson.date], opened.timezone)
    session.flush()


def _changes(kind: str, now: str, new: str, seen: str) -> bool:
    """Whether the field is to be written: not where it already says so, nor where the teacher left it alone."""
    if new == now or (seen and digest(new) == seen):
        return False
    if seen and digest(now) != seen:
        raise Conflict(now, new, kind)
    return True


def _apply(lesson: Lesson, kind: str, new: str) -> None:
    if kind == "topic":
        lesson.topic = new or None
    elif kind == "comment":
        lesson.comment = new or None
    else:
        lesson.conducted = new == CONDUCTED[True]
