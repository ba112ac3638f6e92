"""The matrix of tests/access/test_matrix.py: for each route, whose objects to try and who may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Flask, url_for

from tests.small_school import SmallSchool

EVERYBODY = (
    "regional", "municipal", "head", "deputy", "administrator", "class-teacher", "teacher", "substitute",
    "guardian", "pupil", "other-municipal", "other-teacher", "other-guardian", "other-pupil",
)  # fmt: skip
STAFF = {"head", "deputy", "administrator", "class-teacher", "teacher", "substitute"}
LEADERS = {"head", "deputy"}
FAMILY = {"guardian", "pupil"}
OFFICES = {"regional", "municipal"}
OUTSIDE = {"other-municipal", "other-teacher", "other-guardian", "other-pupil"}
"""People of the other municipality: for them the first school's objects do not exist."""

Arguments = Callable[[SmallSchool], dict[str, object]]


@dataclass(frozen=True)
class Case:
    """``allowed`` people reach the view for the own object (whatever it answers to an empty form: below 500
    and neither 403 nor 404); others in scope get 403, people out of scope 404. ``foreign`` is an object of the
    other school: who may reach that one is in ``foreign_allowed``, the ones who know of it in ``foreign_scope``.
    """

    allowed: frozenset[str]
    own: Arguments = field(default=lambda small: {})
    foreign: Arguments | None = None
    out_of_scope: frozenset[str] = frozenset()
    foreign_allowed: frozenset[str] = frozenset()
    foreign_scope: frozenset[str] = frozenset()
    forbidden_form: bool = False

    def path(self, app: Flask, endpoint: str, small: SmallSchool, *, own: bool) -> str:
        arguments = (self.own if own or self.foreign is None else self.foreign)(small)
        with app.test_request_context():
            return url_for(endpoint, **arguments)

    def expected(self, login: str, own: bool) -> Callable[[int], bool]:
        if own:
            allowed, scope = self.allowed, frozenset(EVERYBODY) - self.out_of_scope
        else:
            allowed, scope = self.foreign_allowed, self.foreign_scope
        if login in allowed:
            if self.forbidden_form:
                return lambda status: status == 403
            return lambda status: status < 500 and status not in {403, 404}
        if login in scope:
            return lambda status: status == 403
        return lambda status: status == 404


def everybody(own: Arguments = lambda small: {}, *, forbidden_form: bool = False) -> Case:
    return Case(frozenset(EVERYBODY), own, forbidden_form=forbidden_form)


def of_school(
    allowed: set[str],
    own: Arguments,
    foreign: Arguments,
    *,
    families_know: bool = True,
    allowed_there: frozenset[str] = frozenset(),
) -> Case:
    """An object of the first school, and its like in the other one."""
    strangers = OUTSIDE if families_know else OUTSIDE | FAMILY
    known_there = {"regional", "other-municipal", "other-teacher"} | (
        {"other-guardian", "other-pupil"} if families_know else set()
    )
    return Case(
        frozenset(allowed), own, foreign, frozenset(strangers),
        foreign_allowed=allowed_there, foreign_scope=frozenset(known_there),
    )  # fmt: skip


def pupil(**more: object) -> Case:
    """A page about one pupil: their family, their class teacher, the school's leaders."""
    return Case(
        frozenset(LEADERS | FAMILY | {"class-teacher"}),
        lambda small: {"pupil_id": small.people["pupil"], **more},
        lambda small: {"pupil_id": small.people["other-pupil"], **more},
        frozenset(OUTSIDE),
        foreign_allowed=frozenset({"other-guardian", "other-pupil"}),
        foreign_scope=frozenset({"regional", "other-municipal", "other-teacher"}),
    )


def _lesson(word: str, pupil: str | None = None) -> Arguments:
    return lambda small: {"lesson_id": small.lessons[word]} | ({"pupil_id": small.people[pupil]} if pupil else {})


def _group(word: str, pupil: str | None = None) -> Arguments:
    return lambda small: {"group_id": small.groups[word]} | ({"pupil_id": small.people[pupil]} if pupil else {})


def journal_of(allowed: set[str], own: Arguments, foreign: Arguments) -> Case:
    """A lesson or group of the first school, and one of the other school's with its own teacher."""
    return Case(
        frozenset(allowed), own, foreign, frozenset(OUTSIDE), frozenset({"other-teacher"}),
        frozenset({"regional", "other-municipal", "other-guardian", "other-pupil"}),
    )  # fmt: skip


def of_municipality(**more: object) -> Case:
    """A page of an office: nobody else in a municipality knows that it exists."""
    return Case(
        frozenset(OFFICES), lambda small: {"municipality_id": small.municipality, **more},
        lambda small: {"municipality_id": small.other_municipality, **more},
        frozenset(EVERYBODY) - OFFICES, frozenset({"regional", "other-municipal"}),
    )  # fmt: skip


def of_region(**more: object) -> Case:
    """A page of the region's office; a municipality below it is not told of it."""
    return Case(
        frozenset({"regional"}), lambda small: {"region_id": small.region, **more},
        out_of_scope=frozenset(EVERYBODY) - {"regional"},
    )  # fmt: skip


def of_office_and_school(**more: object) -> Case:
    """A school's indicators: for its office, its leaders and its administrator."""
    return of_school(
        OFFICES | LEADERS | {"administrator"}, lambda small: {"school_id": small.school, **more},
        lambda small: {"school_id": small.other_school, **more},
        families_know=False, allowed_there=frozenset({"regional", "other-municipal"}),
    )  # fmt: skip


def of_leaders(**more: Arguments | str) -> Case:
    """The weekly control: a school's head and deputy, and nobody else. Ids are told by a function of the school."""

    def arguments(small: SmallSchool, school_id: int) -> dict[str, object]:
        return {"school_id": school_id} | {
            name: value if isinstance(value, str) else value(small)[name] for name, value in more.items()
        }

    return of_school(
        LEADERS, lambda small: arguments(small, small.school), lambda small: arguments(small, small.other_school),
        families_know=False,
    )  # fmt: skip


READ_GROUP = {"teacher", "class-teacher", "head", "deputy"}
READ_LESSON = READ_GROUP | {"substitute"}

MATRIX: dict[tuple[str, str], Case] = {
    ("account.sign_out", "POST"): everybody(),
    ("account.switch_role", "POST"): everybody(forbidden_form=True),  # an empty form names no role of theirs
    ("account.password", "GET"): everybody(),
    ("account.password", "POST"): everybody(),
    ("start.home", "GET"): everybody(),
    ("help.page", "GET"): everybody(lambda small: {"name": "teacher"}),
    # the timetable
    ("schedule.mine", "GET"): everybody(),
    ("schedule.school", "GET"): of_school(
        STAFF, lambda small: {"school_id": small.school}, lambda small: {"school_id": small.other_school},
        families_know=False, allowed_there=frozenset({"other-teacher"}),
    ),
    ("schedule.of_class", "GET"): of_school(
        STAFF | FAMILY, lambda small: {"class_id": small.classes["5a"]},
        lambda small: {"class_id": small.classes["other-5a"]},
        allowed_there=frozenset({"other-teacher", "other-guardian", "other-pupil"}),
    ),
    ("schedule.of_teacher", "GET"): of_school(
        STAFF, lambda small: {"teacher_id": small.people["teacher"]},
        lambda small: {"teacher_id": small.people["other-teacher"]},
        families_know=False, allowed_there=frozenset({"other-teacher"}),
    ),
    ("schedule.of_pupil", "GET"): pupil(),
    # the diary
    ("diary.mine", "GET"): everybody(),
    ("diary.week", "GET"): pupil(),
    ("diary.day", "GET"): pupil(day="2026-09-14"),
    ("diary.subjects", "GET"): pupil(),
    ("journal.groups", "GET"): Case(frozenset(STAFF | {"other-teacher"}), out_of_scope=frozenset()),
    ("journal.group", "GET"): journal_of(READ_GROUP, _group("math"), _group("other-math")),
    ("journal.set_cells", "POST"): journal_of({"teacher"}, _group("math"), _group("other-math")),
    ("journal.period_marks", "GET"): journal_of(READ_GROUP, _group("math"), _group("other-math")),
    ("journal.period_mark_history", "GET"): journal_of(
        READ_GROUP, _group("math", "pupil"), _group("other-math", "other-pupil")),
    ("journal.set_period_mark", "POST"): journal_of(
        {"teacher"}, _group("math", "pupil"), _group("other-math", "other-pupil")),
    ("journal.lesson", "GET"): journal_of(READ_LESSON, _lesson("english-1"), _lesson("other-1")),
    ("journal.lesson_history", "GET"): journal_of(READ_LESSON, _lesson("english-1"), _lesson("other-1")),
    ("journal.cell", "GET"): journal_of(READ_LESSON, _lesson("english-1", "pupil"), _lesson("other-1", "other-pupil")),
    ("journal.save_details", "POST"): journal_of(
        {"teacher", "substitute"}, _lesson("english-1"), _lesson("other-1")),
    ("journal.set_homework", "POST"): journal_of(
        {"teacher", "substitute"}, _lesson("english-1"), _lesson("other-1")),
    ("journal.set_mark", "POST"): journal_of(
        {"teacher", "substitute"}, _lesson("english-1", "pupil"), _lesson("other-1", "other-pupil")),
    ("journal.set_attendance", "POST"): journal_of(
        {"teacher", "substitute"}, _lesson("english-1", "pupil"), _lesson("other-1", "other-pupil")),
    # the weekly control
    ("control.school", "GET"): of_leaders(),
    ("control.school_file", "GET"): of_leaders(name="teachers", ending="csv"),
    ("control.school_paper", "GET"): of_leaders(),
    ("control.share", "GET"): of_leaders(code="journals_marked"),
    ("control.share_file", "GET"): of_leaders(code="journals_marked", ending="csv"),
    ("control.teacher", "GET"): of_leaders(teacher_id=lambda small: {"teacher_id": small.people["teacher"]}),
    ("control.teacher_file", "GET"): of_leaders(
        teacher_id=lambda small: {"teacher_id": small.people["teacher"]}, ending="csv"),
    ("control.school_class", "GET"): of_leaders(class_id=lambda small: {"class_id": small.classes["5a"]}),
    ("control.class_file", "GET"): of_leaders(class_id=lambda small: {"class_id": small.classes["5a"]}, ending="csv"),
    # the showcase
    ("showcase.region", "GET"): of_region(what="readiness"),
    ("showcase.region_file", "GET"): of_region(what="profile", ending="csv"),
    ("showcase.municipality", "GET"): of_municipality(what="readiness"),
    ("showcase.municipality_file", "GET"): of_municipality(what="readiness", ending="json"),
    ("showcase.school", "GET"): of_office_and_school(what="profile"),
    ("showcase.school_file", "GET"): of_office_and_school(what="not-moved", ending="csv"),
    ("showcase.kind", "GET"): of_office_and_school(code="pupils"),
    ("showcase.kind_file", "GET"): of_office_and_school(code="pupils", ending="csv"),
    ("showcase.export", "GET"): of_school(
        {"head", "administrator"}, lambda small: {"school_id": small.school, "ending": "json"},
        lambda small: {"school_id": small.other_school, "ending": "json"}, families_know=False,
    ),
    ("showcase.pupil", "GET"): of_school(
        LEADERS | {"administrator"}, lambda small: {"pupil_id": small.people["pupil"]},
        lambda small: {"pupil_id": small.people["other-pupil"]},
    ),
    ("showcase.restrict_pupil", "POST"): of_school(
        {"administrator"}, lambda small: {"pupil_id": small.people["pupil"]},
        lambda small: {"pupil_id": small.people["other-pupil"]},
    ),
    ("events.school", "GET"): of_office_and_school(),
    ("events.add", "POST"): of_school(
        {"administrator"}, lambda small: {"school_id": small.school},
        lambda small: {"school_id": small.other_school}, families_know=False,
    ),
    ("events.remove", "POST"): of_school(
        {"administrator"}, lambda small: {"school_id": small.school, "event_id": small.events["meeting"]},
        lambda small: {"school_id": small.other_school, "event_id": small.events["other-meeting"]},
        families_know=False,
    ),
    # indicators
    ("monitoring.region", "GET"): of_region(),
    ("monitoring.region_week_file", "GET"): of_region(ending="csv"),
    ("monitoring.municipality", "GET"): of_municipality(),
    ("monitoring.municipality_week_file", "GET"): of_municipality(ending="csv"),
    ("monitoring.heat", "GET"): of_municipality(),
    ("monitoring.heat_file", "GET"): of_municipality(ending="csv"),
    ("monitoring.region_heat", "GET"): of_region(),
    ("monitoring.region_heat_file", "GET"): of_region(ending="csv"),
    ("indicators.municipality", "GET"): of_municipality(code="journal_kept"),
    ("indicators.municipality_file", "GET"): of_municipality(code="journal_kept", ending="csv"),
    ("indicators.municipality_trend", "GET"): of_municipality(),
    ("indicators.municipality_trend_file", "GET"): of_municipality(ending="csv"),
    ("indicators.region", "GET"): of_region(code="journal_kept"),
    ("indicators.region_file", "GET"): of_region(code="journal_kept", ending="csv"),
    ("indicators.school_trend", "GET"): of_office_and_school(),
    ("indicators.school_trend_file", "GET"): of_office_and_school(ending="csv"),
    ("reports.region", "GET"): of_region(),
    ("reports.region_report", "GET"): of_region(code="counters"),
    ("reports.region_report_file", "GET"): of_region(code="users", ending="csv"),
    ("reports.municipality", "GET"): of_municipality(),
    ("reports.municipality_report", "GET"): of_municipality(code="week-sheet"),
    ("reports.municipality_report_file", "GET"): of_municipality(code="staff", ending="csv"),
    ("reports.school_week_file", "GET"): of_office_and_school(ending="csv"),
    ("reports.missing_file", "GET"): of_office_and_school(code="journal_kept", ending="csv"),
    ("monitoring.school", "GET"): of_office_and_school(),
    ("monitoring.shortfall", "GET"): of_office_and_school(code="journal_kept"),
    ("own_lessons.week", "GET"): Case(frozenset(STAFF | {"other-teacher"}), out_of_scope=frozenset()),
    ("frozen_weeks.freeze_municipality", "POST"): of_municipality(),
    ("frozen_weeks.freeze_region", "POST"): of_region(),
    ("frozen_weeks.municipality", "GET"): of_municipality(),
    ("frozen_weeks.municipality_file", "GET"): of_municipality(ending="csv"),
    ("frozen_weeks.school", "GET"): of_office_and_school(),
    ("frozen_weeks.school_file", "GET"): of_office_and_school(ending="csv"),
    ("profiles.region", "GET"): of_region(),
    ("profiles.municipality", "GET"): of_municipality(),
    ("profiles.edit", "GET"): of_region(),
    ("profiles.save", "POST"): of_region(),
    ("profiles.withdraw", "POST"): of_region(),
    ("monitoring.lesson", "GET"): Case(
        frozenset(OFFICES | LEADERS | {"administrator", "teacher", "class-teacher", "substitute"}),
        _lesson("english-1"), _lesson("other-1"), frozenset(OUTSIDE),
        frozenset({"regional", "other-municipal", "other-teacher"}), frozenset({"other-guardian", "other-pupil"}),
    ),
}  # fmt: skip
