"""The weekly control as tables: the same for the page, PDF, XLSX and CSV."""

from __future__ import annotations

from collections.abc import Sequence

from portal.queries.control import ClassWeek, LessonCounts, PeopleCounts, ShareWeek, TeacherWeek
from portal.queries.control_lessons import ControlLesson, PeriodJournal, UnmarkedJournal
from portal.queries.control_people import ControlGuardian, ControlPupil
from portal.values.percent import Percent
from portal.values.plural import plural
from portal.values.table import Cell, Column, Row, State, Table
from portal.values.week import weekday_date

LESSONS, JOURNALS = ("урок", "урока", "уроков"), ("журнал", "журнала", "журналов")

LESSON_COLUMNS = (
    Column("lessons", "Уроков", "int"),
    Column("kept", "Журнал заполнен, %", "percent"),
    Column("topics", "Тема, %", "percent"),
    Column("homework", "Домашнее задание, %", "percent"),
    Column("marks", "Отметок", "int"),
    Column("unmarked", "Журналов без отметок", "int"),
)
LESSON_NOTE = (
    "«Журнал заполнен» — уроки, где есть отметка, пропуск, комментарий или «Урок проведён». «Тема» — уроки, где она "
    "записана. «Домашнее задание» — уроки 2–11 классов, где оно записано. Всё — от уроков недели, кроме отменённых."
)
NO_MARKS = "В 1 классах отметок и домашних заданий нет: к этим столбцам они не относятся."
SUBSTITUTED = "Заменённый урок стоит у того, кто заменял."


def shares_table(shares: Sequence[ShareWeek], subtitle: str) -> Table:
    """The shares of the week: a row each."""
    return Table(
        title="Показатели контроля",
        subtitle=subtitle,
        columns=(
            Column("share", "Что проверяется", weight=3),
            Column("value", "Доля, %", "percent"),
            Column("numerator", "Сколько", "int"),
            Column("denominator", "Из скольких", "int"),
            Column("previous", "Неделей раньше, %", "percent"),
            Column("lacking", "Чего не хватает", weight=2),
        ),
        rows=tuple(_share_row(each) for each in shares),
        row_keys=tuple(each.share.code for each in shares),
    )


def _share_row(each: ShareWeek) -> Row:
    state: State = "" if each.met is None else "good" if each.met else "bad"
    lacking = f"{each.share.lacking}: {each.share.counted(each.lacking)}" if each.lacking else ""
    percent = each.percent
    return (
        f"{each.share.name} ({each.share.rule})", Cell(percent, state), percent.numerator, percent.denominator,
        each.previous, lacking,
    )  # fmt: skip


def teachers_table(teachers: Sequence[TeacherWeek], subtitle: str) -> Table:
    """A row a teacher: what is recorded of the lessons held, and what is missing."""
    return Table(
        title="По учителям",
        subtitle=subtitle,
        columns=(Column("teacher", "Учитель", weight=2), *LESSON_COLUMNS, Column("lacks", "Чего не хватает", weight=3)),
        rows=tuple((each.name, *_lesson_cells(each.counts), _lacks(each.counts, each.has_entry)) for each in teachers),
        notes=(LESSON_NOTE, NO_MARKS, SUBSTITUTED),
        row_keys=tuple(each.person_id for each in teachers),
    )


def classes_table(classes: Sequence[ClassWeek], subtitle: str) -> Table:
    """A row a class: lessons, pupils with marks, families who look in, and what is missing."""
    return Table(
        title="По классам",
        subtitle=subtitle,
        columns=(
            Column("class", "Класс"),
            *LESSON_COLUMNS,
            Column("without", "Учеников без отметок", "int"),
            Column("pupils", "Ученики заходят, %", "percent"),
            Column("guardians", "Родители заходят, %", "percent"),
            Column("lacks", "Чего не хватает", weight=3),
        ),
        rows=tuple(
            (
                each.title, *_lesson_cells(each.counts), _without(each.marked), each.pupils.percent,
                each.guardians.percent, _lacks(each.counts, True),
            )
            for each in classes
        ),
        notes=(LESSON_NOTE, NO_MARKS),
        row_keys=tuple(each.class_id for each in classes),
    )  # fmt: skip


def _without(marked: PeopleCounts) -> Cell | None:
    missing = marked.total - marked.there
    return Cell(missing, "warn" if missing else "") if marked.total else None


def _lesson_cells(counts: LessonCounts) -> Row:
    unmarked = Cell(counts.unmarked, "bad" if counts.unmarked else "good") if counts.journals else None
    return (
        counts.lessons, Percent.of(counts.kept, counts.lessons), Percent.of(counts.topics, counts.lessons),
        Percent.of(counts.homework, counts.asked), counts.marks, unmarked,
    )  # fmt: skip


def _lacks(counts: LessonCounts, has_entry: bool) -> str | Cell:
    """«журнал пуст: 2 урока; нет темы: 1 урок»; who recorded nothing at all is told apart."""
    if not has_entry:
        return Cell("за неделю ни одной записи", "bad")
    missing = (
        ("журнал пуст", counts.lessons - counts.kept, LESSONS),
        ("нет темы", counts.lessons - counts.topics, LESSONS),
        ("нет задания", counts.asked - counts.homework, LESSONS),
        ("нет отметок", counts.unmarked, JOURNALS),
    )
    return "; ".join(f"{what}: {plural(count, *unit)}" for what, count, unit in missing if count)


def lessons_table(
    title: str, lessons: Sequence[ControlLesson], subtitle: str, *, with_teacher: bool = True, with_class: bool = True
) -> Table:
    """A row a lesson with what it lacks; a teacher's own names no teacher, a class's own no class."""
    teacher = (Column("teacher", "Учитель", weight=2),) if with_teacher else ()
    school_class = (Column("class", "Класс"),) if with_class else ()
    return Table(
        title=title,
        subtitle=subtitle,
        columns=(
            Column("lesson", "Урок", weight=2),
            *school_class,
            Column("subject", "Предмет", weight=2),
            *teacher,
            Column("marks", "Отметок", "int"),
            Column("lacks", "Чего не хватает", weight=4),
        ),
        rows=tuple(_lesson_row(each, with_teacher, with_class) for each in lessons),
        row_keys=tuple(each.lesson_id for each in lessons),
    )


def _lesson_row(each: ControlLesson, with_teacher: bool, with_class: bool) -> Row:
    replaced = " (замена)" if each.is_substituted else ""
    teacher = (f"{each.teacher}{replaced}",) if with_teacher else ()
    subject = each.subject if with_teacher else f"{each.subject}{replaced}"
    lacks = f"нет {', '.join(each.lacks)}" if each.lacks else Cell("всё записано", "good")
    when = f"{weekday_date(each.date)}, {each.number}-й урок"
    school_class = (each.class_title,) if with_class else ()
    return (when, *school_class, subject, *teacher, each.marks if each.gets_marks else None, lacks)


def idle_teachers_table(teachers: Sequence[TeacherWeek], subtitle: str) -> Table:
    """Teachers without a single entry."""
    idle = [each for each in teachers if not each.has_entry and each.person_id is not None]
    return Table(
        title="Учителя без записей",
        subtitle=subtitle,
        columns=(Column("teacher", "Учитель", weight=2), Column("lessons", "Уроков за неделю", "int")),
        rows=tuple((each.name, each.counts.lessons) for each in idle),
        row_keys=tuple(each.person_id for each in idle),
    )


def journals_table(journals: Sequence[UnmarkedJournal], subtitle: str) -> Table:
    """Journals without a mark in the week."""
    return Table(
        title="Журналы без отметок за неделю",
        subtitle=subtitle,
        columns=(
            Column("journal", "Журнал", weight=3),
            Column("teacher", "Учитель", weight=2),
            Column("lessons", "Уроков за неделю", "int"),
        ),
        rows=tuple((f"{each.class_title}, {each.subject}", each.teacher, each.lessons) for each in journals),
        row_keys=tuple(each.group_id for each in journals),
    )


def period_table(journals: Sequence[PeriodJournal], subtitle: str, *, with_late: bool = True) -> Table:
    """Journals whose marks of the last period are not all there, first; then those that came late.

    A row's key is «group:period».
    """
    wanted = (each for each in journals if with_late or not each.is_complete)
    found = sorted(wanted, key=lambda each: each.is_complete)
    return Table(
        title="Отметки за период: не выставлены или с опозданием" if with_late else "Отметки за период не выставлены",
        subtitle=subtitle,
        columns=(
            Column("journal", "Журнал", weight=3),
            Column("teacher", "Учитель", weight=2),
            Column("period", "Период"),
            Column("due", "Срок", "date"),
            Column("marked", "С отметкой", "int"),
            Column("pupils", "Учеников", "int"),
            Column("state", "Итог", weight=2),
        ),
        rows=tuple(
            (
                f"{each.class_title}, {each.subject}", each.teacher, each.period, each.due_on, each.marked,
                each.pupils, _period_state(each),
            )
            for each in found
        ),
        row_keys=tuple(f"{each.group_id}:{each.period_id}" for each in found),
    )  # fmt: skip


def _period_state(each: PeriodJournal) -> Cell:
    if not each.is_complete:
        return Cell("нет ни у кого" if not each.marked else "есть не у всех", "bad")
    return Cell(f"все, но с опозданием: {each.finished_on:%d.%m}", "warn")


def unmarked_pupils_table(pupils: Sequence[ControlPupil], subtitle: str) -> Table:
    """Pupils without a mark in the week."""
    return Table(
        title="Ученики без отметок",
        subtitle=subtitle,
        columns=(
            Column("pupil", "Ученик", weight=3),
            Column("class", "Класс"),
            Column("absences", "Пропущено уроков", "int"),
        ),
        rows=tuple((each.name, each.class_title, each.absences) for each in pupils),
        row_keys=tuple(each.person_id for each in pupils),
    )


def pupils_table(pupils: Sequence[ControlPupil], subtitle: str) -> Table:
    """Pupils who were not in the portal."""
    return Table(
        title="Ученики, которые не заходили",
        subtitle=subtitle,
        columns=(Column("pupil", "Ученик", weight=3), Column("class", "Класс")),
        rows=tuple((each.name, each.class_title) for each in pupils),
        row_keys=tuple(each.person_id for each in pupils),
    )


def guardians_table(guardians: Sequence[ControlGuardian], subtitle: str) -> Table:
    """Guardians who were not in the portal."""
    return Table(
        title="Родители, которые не заходили",
        subtitle=subtitle,
        columns=(Column("guardian", "Родитель", weight=3), Column("classes", "Класс ребёнка")),
        rows=tuple((each.name, each.classes) for each in guardians),
    )
