"""Homework for the next lesson: given, changed, taken back, and attached when the next lesson appears."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select, tuple_, update
from sqlalchemy.orm import aliased

from portal.access.actor import Actor
from portal.extensions import session
from portal.models.journal import Homework, Lesson
from portal.operations.counted_days import touch
from portal.operations.journal_history import record
from portal.operations.journal_lesson import open_lesson
from portal.values.conflict import Conflict
from portal.values.texts import digest, tidy


@dataclass(frozen=True, slots=True)
class HomeworkEntry:
    """A homework form: ``homework_id`` names the one to change, none for a new one; ``key`` is the form's
    one-time key; ``seen`` the digest of the text the teacher saw. An empty ``text`` takes the homework back.
    """

    text: str
    homework_id: int | None = None
    key: str = ""
    seen: str = ""


def set_homework(lesson_id: int, entry: HomeworkEntry, *, by: Actor, at: datetime) -> Homework | None:
    """Give, change or take back the homework a lesson gives for the group's next one.

    Without a next lesson it is kept and attached when one appears (:func:`attach_waiting_homework`).
    ``Conflict`` when the text is no longer what the teacher saw.
    """
    opened = open_lesson(lesson_id)
    lesson, text = opened.lesson, tidy(entry.text)
    next_id = _next_lesson_id(lesson)
    given = list(session.scalars(select(Homework).where(_given(lesson, next_id)).order_by(Homework.id)))
    key = _stored_key(lesson_id, entry.key, by)
    row = next((h for h in given if h.id == entry.homework_id or (not entry.homework_id and h.key == key)), None)
    standing = "" if row is None or row.removed_at else row.text
    if standing == text:
        return row if standing else None
    live = [h.text for h in given if h.removed_at is None]
    if row is None and (live or entry.homework_id):
        raise Conflict("\n".join(live), text)
    if digest(standing) != (entry.seen or digest("")) or (row is not None and row.removed_at):
        raise Conflict(standing, text)
    if row is None:
        row = Homework(key=key, group_id=lesson.group_id, lesson_id=next_id, given_at_id=lesson_id, issued_at=at)
        session.add(row)
    elif text:
        row.updated_at = at
        row.lesson_id = row.lesson_id or next_id
    if text:
        row.text = text
    else:
        row.removed_at = at
    if row.lesson_id is not None:
        due_on = session.scalars(select(Lesson.date).where(Lesson.id == row.lesson_id))
        touch(lesson.school_id, "lessons", due_on, opened.timezone)
    record("homework", standing, text, group_id=lesson.group_id, lesson_id=lesson_id, subject_key=row.key, by=by, at=at)
    session.flush()
    return row if text else None


def attach_waiting_homework(group_ids: Collection[int] | None = None) -> int:
    """Give homework that waits for a next lesson the one that has appeared since; returns how many got it.

    To be called where lessons are made. ``group_ids`` none means every group.
    """
    giver = aliased(Lesson)
    waiting = select(Homework.id, giver).join(giver, giver.id == Homework.given_at_id)
    waiting = waiting.where(Homework.lesson_id.is_(None), Homework.removed_at.is_(None))
    if group_ids is not None:
        waiting = waiting.where(Homework.group_id.in_(group_ids))
    attached = 0
    for homework_id, lesson in session.execute(waiting).all():
        next_id = _next_lesson_id(lesson)
        if next_id is not None:
            session.execute(update(Homework).where(Homework.id == homework_id).values(lesson_id=next_id))
            attached += 1
    session.flush()
    return attached


def _next_lesson_id(lesson: Lesson) -> int | None:
    """The group's next lesson that is not cancelled, at any distance; ties go by the key."""
    return session.scalar(
        select(Lesson.id)
        .where(
            Lesson.group_id == lesson.group_id,
            Lesson.status != "cancelled",
            tuple_(Lesson.date, Lesson.number, Lesson.key) > (lesson.date, lesson.number, lesson.key),
        )
        .order_by(Lesson.date, Lesson.number, Lesson.key)
        .limit(1)
    )


def _given(lesson: Lesson, next_id: int | None) -> ColumnElement[bool]:
    """Homework this lesson gives: written in it, or due at the next one whoever wrote it."""
    here = Homework.given_at_id == lesson.id
    return here if next_id is None else or_(here, Homework.lesson_id == next_id)


def _stored_key(lesson_id: int, form_key: str, by: Actor) -> str | None:
    """The form's one-time key, made this lesson's and this teacher's own."""
    if not form_key:
        return None
    return hashlib.sha256(f"homework:{lesson_id}:{by.person_id}:{form_key}".encode()).hexdigest()[:24]
