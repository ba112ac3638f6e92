"""The weekly control of a school (regulation, 3.5, 5.2, 5.3): the shares of a week, by teacher and by class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, and_, case, exists, func, literal, or_, select, union_all

from portal.content.control import Share, shares
from portal.extensions import session
from portal.models import views
from portal.models.journal import Lesson, TeachingGroup
from portal.models.organisation import School
from portal.models.people import Person, SchoolClass, StaffPost
from portal.values.names import class_name, short_name
from portal.values.percent import Percent
from portal.values.week import Week

LESSON, PUPIL, GUARDIAN = views.control_lesson.c, views.control_pupil.c, views.control_guardian.c

NO_TEACHER = "Учитель не назначен"


@dataclass(frozen=True, slots=True)
class ControlledWeek:
    """The school and the week that is looked at."""

    school_id: int
    week: Week
    school: str

    @property
    def title(self) -> str:
        """«Школа № 1, 14–20 сентября 2026»."""
        return f"{self.school}, {self.week}"


@dataclass(frozen=True, slots=True)
class ShareWeek:
    """A share in a week and in the week before."""

    share: Share
    percent: Percent
    previous: Percent

    @property
    def lacking(self) -> int:
        """How many fall short."""
        numerator, denominator = self.percent.numerator or 0, self.percent.denominator or 0
        return numerator if self.share.counts_lack else denominator - numerator

    @property
    def met(self) -> bool | None:
        """Whether all are there, where the regulation asks for all; ``None`` elsewhere."""
        if not self.share.required or self.percent.exact is None:
            return None
        return self.lacking == 0


@dataclass(frozen=True, slots=True)
class LessonCounts:
    """Lessons of a week and what their journals hold. ``asked`` are those of grade 2 and above: only these want
    homework. ``journals`` wanted marks, ``unmarked`` of them got none in the week.
    """

    lessons: int
    kept: int
    topics: int
    asked: int
    homework: int
    marks: int
    journals: int
    unmarked: int


@dataclass(frozen=True, slots=True)
class TeacherWeek:
    """A teacher with the lessons held in a week (as a substitute too). No ``person_id``: nobody is named."""

    person_id: int | None
    name: str
    counts: LessonCounts
    has_entry: bool


@dataclass(frozen=True, slots=True)
class PeopleCounts:
    """Of ``total`` people ``there`` did what is counted."""

    there: int = 0
    total: int = 0

    @property
    def percent(self) -> Percent:
        return Percent.of(self.there, self.total)


@dataclass(frozen=True, slots=True)
class ClassWeek:
    """A class in a week: ``marked`` are pupils with a mark of those who should have one."""

    class_id: int
    title: str
    counts: LessonCounts
    marked: PeopleCounts
    pupils: PeopleCounts
    guardians: PeopleCounts


NO_LESSONS = LessonCounts(0, 0, 0, 0, 0, 0, 0, 0)


def controlled(school_id: int, week: Week) -> ControlledWeek:
    """A school's week; ``LookupError`` for no such school."""
    name: str | None = session.scalar(select(School.name).where(School.id == school_id))
    if name is None:
        raise LookupError(school_id)
    return ControlledWeek(school_id, week, name)


def teacher_name(school_id: int, teacher_id: int) -> str:
    """«Иванова М. П.»; ``LookupError`` for somebody who has no post, journal or substitution in the school."""
    ties = (
        exists().where(StaffPost.person_id == Person.id, StaffPost.school_id == school_id),
        exists().where(TeachingGroup.teacher_id == Person.id, TeachingGroup.school_id == school_id),
        exists().where(Lesson.substitute_id == Person.id, Lesson.school_id == school_id),
    )
    columns = (Person.last_name, Person.first_name, Person.middle_name)
    row = session.execute(select(*columns).where(Person.id == teacher_id, or_(*ties))).one_or_none()
    if row is None:
        raise LookupError(teacher_id)
    return short_name(*row)


def class_title(school_id: int, class_id: int) -> str:
    """«5А»; ``LookupError`` for a class of another school."""
    row = session.execute(
        select(SchoolClass.grade, SchoolClass.letter).where(
            SchoolClass.id == class_id, SchoolClass.school_id == school_id
        )
    ).one_or_none()
    if row is None:
        raise LookupError(class_id)
    return class_name(*row)


def school_shares(school_id: int, week: Week, only: Share | None = None) -> tuple[ShareWeek, ...]:
    """Every share of the school's week (or only one), in the catalogue's order. One query."""
    wanted, arms = (only,) if only else shares(), []
    for share in wanted:
        view = views.control_view(share.code)
        arms.append(
            select(literal(share.code).label("code"), view.c.week_start, view.c.numerator, view.c.denominator).where(
                view.c.school_id == school_id, view.c.week_start.in_([week.previous.start, week.start])
            )
        )
    found = {
        (row.code, row.week_start): Percent.of(row.numerator, row.denominator)
        for row in session.execute(union_all(*arms))
    }
    nothing = Percent(None)
    return tuple(
        ShareWeek(
            share,
            found.get((share.code, week.start), nothing),
            found.get((share.code, week.previous.start), nothing),
        )
        for share in wanted
    )


def teachers(school_id: int, week: Week) -> list[TeacherWeek]:
    """Everybody who held lessons in the week, by name; lessons nobody is named for come last. One query."""
    names = (Person.id, Person.sort_key, Person.last_name, Person.first_name, Person.middle_name)
    query = _counted(school_id, week, *names, func.max(LESSON.has_entry).label("has_entry"))
    rows = session.execute(
        query.outerjoin(Person, Person.id == LESSON.teacher_id)
        .group_by(*names)
        .order_by(Person.sort_key.is_(None), Person.sort_key, Person.id)
    )
    return [
        TeacherWeek(
            person_id=row.id,
            name=NO_TEACHER if row.id is None else short_name(row.last_name, row.first_name, row.middle_name),
            counts=_counts(row),
            has_entry=bool(row.has_entry),
        )
        for row in rows
    ]


def classes(school_id: int, week: Week) -> list[ClassWeek]:
    """Every class with lessons or pupils in the week, by grade and letter. Four queries."""
    lessons = {
        row.class_id: _counts(row)
        for row in session.execute(_counted(school_id, week, LESSON.class_id).group_by(LESSON.class_id))
    }
    learning, looking = _pupils(school_id, week), _guardians(school_id, week)
    rows = session.execute(
        select(SchoolClass.id, SchoolClass.grade, SchoolClass.letter)
        .where(SchoolClass.id.in_({*lessons, *learning}))
        .order_by(SchoolClass.grade, SchoolClass.letter, SchoolClass.id)
    )
    nobody = PeopleCounts()
    return [
        ClassWeek(
            class_id=row.id,
            title=class_name(row.grade, row.letter),
            counts=lessons.get(row.id, NO_LESSONS),
            marked=learning.get(row.id, (nobody, nobody))[0],
            pupils=learning.get(row.id, (nobody, nobody))[1],
            guardians=looking.get(row.id, nobody),
        )
        for row in rows
    ]


def _pupils(school_id: int, week: Week) -> dict[int, tuple[PeopleCounts, PeopleCounts]]:
    """By class: pupils with a mark of those who get marks, pupils who took part of all."""
    has_mark = and_(PUPIL.gets_marks == 1, PUPIL.has_mark == 1)
    rows = session.execute(
        select(
            PUPIL.class_id, func.count().label("total"), _sum(PUPIL.takes_part).label("there"),
            _sum(PUPIL.gets_marks).label("asked"), _sum(case((has_mark, 1), else_=0)).label("marked"),
        )
        .where(PUPIL.school_id == school_id, PUPIL.week_start == week.start)
        .group_by(PUPIL.class_id)
    )  # fmt: skip
    return {row.class_id: (PeopleCounts(row.marked, row.asked), PeopleCounts(row.there, row.total)) for row in rows}


def _guardians(school_id: int, week: Week) -> dict[int, PeopleCounts]:
    """By class: guardians who took part of all, each once."""
    there = case((GUARDIAN.takes_part == 1, GUARDIAN.person_id))
    rows = session.execute(
        select(
            GUARDIAN.class_id,
            func.count(GUARDIAN.person_id.distinct()).label("total"),
            func.count(there.distinct()).label("there"),
        )
        .where(GUARDIAN.school_id == school_id, GUARDIAN.week_start == week.start)
        .group_by(GUARDIAN.class_id)
    )
    return {row.class_id: PeopleCounts(row.there, row.total) for row in rows}


def _sum(column: Any) -> Any:
    return func.sum(column, type_=Integer)


def _counted(school_id: int, week: Week, *more: Any) -> Any:
    """Lessons of the week counted; ``more`` columns beside. Who calls says what they are grouped by."""
    journal = case((LESSON.gets_marks == 1, LESSON.group_id))
    unmarked = case((and_(LESSON.gets_marks == 1, LESSON.is_journal_marked == 0), LESSON.group_id))
    return (
        select(
            *more, func.count().label("lessons"), _sum(LESSON.is_kept).label("kept"),
            _sum(LESSON.has_topic).label("topics"), _sum(LESSON.gets_marks).label("asked"),
            _sum(case((LESSON.gets_marks == 1, LESSON.has_homework), else_=0)).label("homework"),
            _sum(LESSON.marks).label("marks"), func.count(journal.distinct()).label("journals"),
            func.count(unmarked.distinct()).label("unmarked"),
        )
        .select_from(views.control_lesson)
        .where(LESSON.school_id == school_id, LESSON.week_start == week.start)
    )  # fmt: skip


def _counts(row: Any) -> LessonCounts:
    return LessonCounts(
        lessons=row.lessons, kept=row.kept, topics=row.topics, asked=row.asked, homework=row.homework,
        marks=int(row.marks), journals=row.journals, unmarked=row.unmarked,
    )  # fmt: skip
