"""The lists behind the shares of the weekly control, and the whole week as one paper."""

from __future__ import annotations

from collections.abc import Callable

from portal.queries import control, control_lessons, control_people, control_tables
from portal.queries.control import ControlledWeek
from portal.values.paper import Paper
from portal.values.table import Table

PAPER_TITLE = "Еженедельный контроль"
REMARKS = ("Замечания и сроки исправления:", "_" * 150, "_" * 150)


def _idle_teachers(seen: ControlledWeek) -> Table:
    return control_tables.idle_teachers_table(control.teachers(seen.school_id, seen.week), seen.title)


def _journals(seen: ControlledWeek) -> Table:
    return control_tables.journals_table(control_lessons.unmarked_journals(seen.school_id, seen.week), seen.title)


def _unmarked_pupils(seen: ControlledWeek) -> Table:
    found = control_people.pupils_without_marks(seen.school_id, seen.week)
    return control_tables.unmarked_pupils_table(found, seen.title)


def _lessons_without_homework(seen: ControlledWeek) -> Table:
    lessons = control_lessons.lessons(seen.school_id, seen.week)
    found = [each for each in lessons if each.gets_marks and not each.has_homework]
    return control_tables.lessons_table("Уроки без домашнего задания", found, seen.title)


def _pupils(seen: ControlledWeek) -> Table:
    return control_tables.pupils_table(control_people.pupils_away(seen.school_id, seen.week), seen.title)


def _guardians(seen: ControlledWeek) -> Table:
    return control_tables.guardians_table(control_people.guardians_away(seen.school_id, seen.week), seen.title)


def _period_marks(seen: ControlledWeek) -> Table:
    return control_tables.period_table(control_lessons.period_journals(seen.school_id, seen.week), seen.title)


LISTS: dict[str, Callable[[ControlledWeek], Table]] = {
    "staff_taking_part": _idle_teachers,
    "journals_marked": _journals,
    "pupils_without_marks": _unmarked_pupils,
    "homework_recorded": _lessons_without_homework,
    "pupils_taking_part": _pupils,
    "guardians_taking_part": _guardians,
    "period_marks_set": _period_marks,
}
"""Share → the table of those who fall short."""


def shares_table(seen: ControlledWeek) -> Table:
    """The shares of a school's week."""
    return control_tables.shares_table(control.school_shares(seen.school_id, seen.week), seen.title)


def teachers_table(seen: ControlledWeek) -> Table:
    """A school's week by teacher."""
    return control_tables.teachers_table(control.teachers(seen.school_id, seen.week), seen.title)


def classes_table(seen: ControlledWeek) -> Table:
    """A school's week by class."""
    return control_tables.classes_table(control.classes(seen.school_id, seen.week), seen.title)


TABLES: dict[str, Callable[[ControlledWeek], Table]] = {
    "shares": shares_table,
    "teachers": teachers_table,
    "classes": classes_table,
}
"""The tables of a school's page, by the word in their addresses."""


def teacher_table(seen: ControlledWeek, teacher_id: int) -> Table:
    """A teacher's lessons of the week with what each lacks; ``LookupError`` for nobody of this school."""
    name = control.teacher_name(seen.school_id, teacher_id)
    lessons = control_lessons.lessons(seen.school_id, seen.week, teacher_id=teacher_id)
    return control_tables.lessons_table(name, lessons, seen.title, with_teacher=False)


def class_table(seen: ControlledWeek, class_id: int, title: str) -> Table:
    """The lessons of the week of a class called ``title``, with what each lacks."""
    lessons = control_lessons.lessons(seen.school_id, seen.week, class_id=class_id)
    return control_tables.lessons_table(f"Уроки {title}", lessons, seen.title, with_class=False)


def class_lists(seen: ControlledWeek, class_id: int) -> dict[str, Table]:
    """Who and what of a class falls short, by the code of the share it belongs to."""
    found = (seen.school_id, seen.week, class_id)
    return {
        "pupils_without_marks": control_tables.unmarked_pupils_table(
            control_people.pupils_without_marks(*found), seen.title
        ),
        "journals_marked": control_tables.journals_table(control_lessons.unmarked_journals(*found), seen.title),
        "period_marks_set": control_tables.period_table(control_lessons.period_journals(*found), seen.title),
        "pupils_taking_part": control_tables.pupils_table(control_people.pupils_away(*found), seen.title),
        "guardians_taking_part": control_tables.guardians_table(control_people.guardians_away(*found), seen.title),
    }


def paper(seen: ControlledWeek) -> Paper:
    """«Еженедельный контроль»: what the deputy signs. Lists of pupils and guardians stay in the portal."""
    due = control_lessons.period_journals(seen.school_id, seen.week)
    parts = (
        shares_table(seen), teachers_table(seen), classes_table(seen), _journals(seen),
        control_tables.period_table(due, seen.title, with_late=False),
    )  # fmt: skip
    return Paper(PAPER_TITLE, seen.title, parts, REMARKS)
