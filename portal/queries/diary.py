"""A pupil's diary: the days of a week with what was taught, set, marked and missed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.queries.diary_entries import Entry, entries_of
from portal.queries.diary_frame import Frame, frame_of
from portal.queries.diary_news import News, news_from
from portal.queries.schedule import Day, ScheduledLesson, days_of, lessons_of_pupil
from portal.values.deadlines import MIDNIGHT, local_moment
from portal.values.week import Week

FIRST_LOOK = timedelta(days=7)
"""How far back the news go for whoever opens a diary for the first time."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, on which local day. ``viewer_id`` only where the reading counts as the family's.

    ``zone`` is the pupil's school's: its clock says what today is.
    """

    today: date
    zone: str
    viewer_id: int | None = None

    @property
    def day_starts_at(self) -> datetime:
        return local_moment(self.today, MIDNIGHT, self.zone)


@dataclass(frozen=True, slots=True)
class DiaryLesson:
    """A lesson as it stands in the diary. ``homework`` is due at it; ``given`` waits for the next one to appear."""

    lesson: ScheduledLesson
    homework: tuple[Entry, ...]
    given: tuple[Entry, ...]
    marks: tuple[Entry, ...]
    absence: str


@dataclass(frozen=True, slots=True)
class DiaryDay:
    """A day of the diary."""

    date: date
    vacation: str
    lessons: tuple[DiaryLesson, ...]
    moved_away: tuple[ScheduledLesson, ...]

    @property
    def held(self) -> bool:
        """Whether there is school: a lesson that is not cancelled."""
        return any(not one.lesson.cancelled for one in self.lessons)


@dataclass(frozen=True, slots=True)
class DiaryWeek:
    """A week: ``days`` in order; ``coming`` is the next school day where this week has no more of them.

    ``news`` is what changed since the viewer's last visit before today, ``since`` the moment of that visit; for
    one of the family who comes for the ``first_time`` seven days before today. ``next_first`` is the next school
    day once today's last lesson has ended.
    """

    pupil: Frame
    week: Week
    days: tuple[DiaryDay, ...]
    coming: DiaryDay | None
    news: tuple[News, ...]
    since: datetime | None
    first_time: bool
    next_first: date | None

    @property
    def vacation(self) -> str:
        """The vacation the whole week lies in, if it does."""
        names = list(dict.fromkeys(day.vacation for day in self.days))
        return ", ".join(names) if all(names) else ""

    @property
    def marks(self) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
        """The marks of the week by subject."""
        by_subject: dict[str, list[Entry]] = {}
        for day in self.days:
            for one in day.lessons:
                by_subject.setdefault(one.lesson.subject, []).extend(one.marks)
        return tuple((subject, tuple(found)) for subject, found in sorted(by_subject.items()) if found)

    @property
    def empty(self) -> bool:
        return not any(day.lessons or day.moved_away for day in self.days)


def diary_week(pupil_id: int, week: Week, reader: Reader, at: datetime) -> DiaryWeek:
    """The week in three queries, however full. In the present week also the next school day and the news.

    ``at`` tells whether today's lessons are over.
    """
    present = reader.today in week
    last = week.sunday + timedelta(days=7 if present else 0)
    frame = frame_of(pupil_id, week.start, last, reader.viewer_id, reader.day_starts_at)
    first_time = present and reader.viewer_id is not None and frame.last_view is None
    since = reader.day_starts_at - FIRST_LOOK if first_time else frame.last_view if present else None
    found = lessons_of_pupil(pupil_id, week.start, last)
    entries = entries_of(pupil_id, [lesson.id for lesson in found], since)
    dates = [week.start + timedelta(days=n) for n in range((last - week.start).days + 1)]
    days = _diary_days(dates, frame, found, entries)
    shown = tuple(day for day in days if day.date in week and _is_shown(day, reader.today))
    over = present and not any(day.held for day in shown if day.date > reader.today)
    coming = next((day for day in days if day.date > week.sunday and day.held), None) if over else None
    return DiaryWeek(
        pupil=frame,
        week=week,
        days=shown,
        coming=coming,
        news=news_from(entries, since, reader.today) if since else (),
        since=since,
        first_time=first_time,
        next_first=_next_first([*shown, *([coming] if coming else [])], reader, at) if present else None,
    )


def _next_first(days: list[DiaryDay], reader: Reader, at: datetime) -> date | None:
    """The school day after today, once the last of today's lessons has ended by the school's clock."""
    ends = [
        one.lesson.ends_at
        for day in days
        if day.date == reader.today
        for one in day.lessons
        if not one.lesson.cancelled
    ]
    known = [end for end in ends if end is not None]
    if not known or len(known) < len(ends) or at < local_moment(reader.today, max(known), reader.zone):
        return None
    return next((day.date for day in days if day.date > reader.today and day.held), None)


def diary_day(pupil_id: int, day: date, reader: Reader) -> tuple[Frame, DiaryDay]:
    """One day, with whose it is."""
    frame = frame_of(pupil_id, day, day, reader.viewer_id, reader.day_starts_at)
    found = lessons_of_pupil(pupil_id, day, day)
    entries = entries_of(pupil_id, [lesson.id for lesson in found], None)
    return frame, _diary_days([day], frame, found, entries)[0]


def _is_shown(day: DiaryDay, today: date) -> bool:
    """Saturday and Sunday only where something stands on them, or where they are today."""
    return day.date.weekday() < 5 or bool(day.lessons or day.moved_away) or day.date == today


def _diary_days(
    dates: Iterable[date], frame: Frame, found: list[ScheduledLesson], entries: list[Entry]
) -> list[DiaryDay]:
    at_lesson: dict[int, list[Entry]] = {}
    for entry in entries:
        if entry.lesson_id is not None:
            at_lesson.setdefault(entry.lesson_id, []).append(entry)
    return [_diary_day(day, at_lesson) for day in days_of(dates, found, list(frame.holidays))]


def _diary_day(day: Day, at_lesson: dict[int, list[Entry]]) -> DiaryDay:
    lessons = tuple(_diary_lesson(lesson, at_lesson.get(lesson.id, [])) for lesson in day.lessons)
    return DiaryDay(day.date, day.vacation, lessons, day.moved_away)


def _diary_lesson(lesson: ScheduledLesson, entries: list[Entry]) -> DiaryLesson:
    def those(kind: str) -> tuple[Entry, ...]:
        return tuple(entry for entry in entries if entry.kind == kind)

    absence = those("attendance")
    return DiaryLesson(
        lesson, those("homework"), those("given"), those("mark"), absence[0].value if absence else "",
    )  # fmt: skip
