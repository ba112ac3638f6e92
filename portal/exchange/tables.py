"""The tables of the exchange format (domain/dataset.md): one description each.

It serves the CSV reader and the writer, the loader, the spreadsheet template and the help page. The order is
the order of loading: a table refers only to tables above it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from portal.exchange import cells
from portal.exchange.cells import Cell, choice, percentage, short, whole
from portal.values.marks import ABSENCES, MARKS

YEAR = whole(1900, 2100)
YEAR_MARK_PREFIX = "year:"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in the header, its Russian title, what its cells hold.

    ``needed``: the column must be there. ``filled``: its cells may not be empty.
    ``references``: the tables one of whose keys the cell names.
    """

    key: str
    title: str
    cell: Cell
    needed: bool = True
    filled: bool = True
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableDescription:
    """A table: file ``<name>.csv``, Russian title, columns, and the columns that tell its rows apart."""

    name: str
    title: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    _by_key: dict[str, Column] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_key.update((column.key, column) for column in self.columns)

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def keys(self) -> tuple[str, ...]:
        """The header of a full file."""
        return tuple(column.key for column in self.columns)

    @property
    def own_key(self) -> str | None:
        """The column of the sender's key, where the table has one."""
        return self.key[0] if len(self.key) == 1 else None

    def column(self, key: str) -> Column:
        return self._by_key[key]


def _need(key: str, title: str, cell: Cell, *references: str) -> Column:
    return Column(key, title, cell, references=references)


def _blank(key: str, title: str, cell: Cell, *references: str) -> Column:
    """A column that must be there; its cells may be empty."""
    return Column(key, title, cell, filled=False, references=references)


def _may(key: str, title: str, cell: Cell, *references: str) -> Column:
    """An optional column."""
    return Column(key, title, cell, needed=False, filled=False, references=references)


_DESCRIPTIONS = (
    TableDescription("regions", "Регионы", ("region_id",), (
        _need("region_id", "Ключ региона", cells.KEY),
        _need("name", "Название", cells.NAME),
    )),
    TableDescription("municipalities", "Муниципалитеты", ("municipality_id",), (
        _need("municipality_id", "Ключ муниципалитета", cells.KEY),
        _need("region_id", "Регион", cells.KEY, "regions"),
        _need("name", "Название", cells.NAME),
        _may("oktmo", "ОКТМО", cells.OKTMO),
    )),
    TableDescription("schools", "Школы", ("school_id",), (
        _need("school_id", "Ключ школы", cells.KEY),
        _need("municipality_id", "Муниципалитет", cells.KEY, "municipalities"),
        _need("name", "Название", cells.NAME),
        _may("kind", "Вид", choice("СОШ", "ООШ", "НОШ")),
        _need("timezone", "Часовой пояс", cells.ZONE),
        _need("shifts", "Смены", whole(1, 2)),
        _may("inn", "ИНН", cells.INN),
        _may("kpp", "КПП", cells.KPP),
        _may("ogrn", "ОГРН", cells.OGRN),
        _may("oktmo", "ОКТМО", cells.OKTMO),
        _may("address", "Адрес", cells.NAME),
        _may("contingent_oo1", "Контингент по ОО-1", whole(0, 1_000_000)),
    )),
    TableDescription("academic_years", "Учебные годы", ("school_id", "year"), (
        _need("school_id", "Школа", cells.KEY, "schools"),
        _need("year", "Первый календарный год", YEAR),
        _need("starts_on", "Начало", cells.DAY),
        _need("ends_on", "Конец", cells.DAY),
    )),
    TableDescription("periods", "Учебные периоды", ("period_id",), (
        _need("period_id", "Ключ периода", cells.KEY),
        _need("school_id", "Школа", cells.KEY, "schools"),
        _need("year", "Учебный год", YEAR),
        _need("kind", "Вид", choice("quarter", "trimester", "half_year")),
        _need("number", "Номер", whole(1, 100)),
        _need("starts_on", "Начало", cells.DAY),
        _need("ends_on", "Конец", cells.DAY),
        _may("grades", "Классы", cells.GRADES),
    )),
    TableDescription("vacations", "Каникулы", ("school_id", "starts_on", "name"), (
        _need("school_id", "Школа", cells.KEY, "schools"),
        _need("name", "Название", cells.NAME),
        _need("starts_on", "Начало", cells.DAY),
        _need("ends_on", "Конец", cells.DAY),
    )),
    TableDescription("people", "Люди", ("person_id",), (
        _need("person_id", "Ключ человека", cells.KEY),
        _need("last_name", "Фамилия", cells.NAME),
        _need("first_name", "Имя", cells.NAME),
        _may("middle_name", "Отчество", cells.NAME),
        _may("birth_date", "Дата рождения", cells.DAY),
        _may("snils", "СНИЛС", cells.SNILS),
        _may("document", "Документ", choice("passport", "birth_certificate")),
        _may("document_number", "Номер документа", cells.NAME),
        _may("email", "Почта", cells.NAME),
        _may("phone", "Телефон", cells.NAME),
        _may("activated_at", "Учётная запись активирована", cells.MOMENT),
        _may("esia_at", "Вход через ЕСИА", cells.MOMENT),
    )),
    TableDescription("staff", "Сотрудники", ("school_id", "person_id", "post", "hired_on"), (
        _need("school_id", "Школа", cells.KEY, "schools"),
        _need("person_id", "Человек", cells.KEY, "people"),
        _need("post", "Должность", cells.WORD),
        _need("teaching", "Педагог", cells.FLAG),
        _may("category", "Категория", choice("highest", "first", "none")),
        _may("hired_on", "Принят", cells.DAY),
        _may("left_on", "Первый день после увольнения", cells.DAY),
    )),
    TableDescription("office_staff", "Сотрудники управлений", ("unit_id", "person_id", "post"), (
        _need("unit_id", "Муниципалитет или регион", cells.KEY, "municipalities", "regions"),
        _need("person_id", "Человек", cells.KEY, "people"),
        _need("post", "Должность", cells.WORD),
    )),
    TableDescription("classes", "Классы", ("class_id",), (
        _need("class_id", "Ключ класса", cells.KEY),
        _need("school_id", "Школа", cells.KEY, "schools"),
        _need("year", "Учебный год", YEAR),
        _need("grade", "Параллель", whole(1, 11)),
        _blank("letter", "Буква", cells.WORD),
        _may("class_teacher_id", "Классный руководитель", cells.KEY, "people"),
    )),
    TableDescription("enrolments", "Зачисления", ("class_id", "person_id", "enrolled_on"), (
        _need("class_id", "Класс", cells.KEY, "classes"),
        _need("person_id", "Ученик", cells.KEY, "people"),
        _need("enrolled_on", "Зачислен", cells.DAY),
        _may("left_on", "Первый день после выбытия", cells.DAY),
    )),
    TableDescription("guardians", "Родители", ("guardian_id", "pupil_id"), (
        _need("guardian_id", "Родитель", cells.KEY, "people"),
        _need("pupil_id", "Ученик", cells.KEY, "people"),
        _may("relation", "Кем приходится", cells.WORD),
    )),
    TableDescription("subjects", "Предметы", ("subject_id",), (
        _need("subject_id", "Ключ предмета", cells.KEY),
        _need("name", "Название", cells.NAME),
    )),
    TableDescription("groups", "Учебные группы", ("group_id",), (
        _need("group_id", "Ключ группы", cells.KEY),
        _need("class_id", "Класс", cells.KEY, "classes"),
        _need("subject_id", "Предмет", cells.KEY, "subjects"),
        _blank("teacher_id", "Учитель", cells.KEY, "people"),
        _may("subgroup", "Подгруппа", cells.WORD),
    )),
    TableDescription("group_members", "Состав подгрупп", ("group_id", "person_id"), (
        _need("group_id", "Группа", cells.KEY, "groups"),
        _need("person_id", "Ученик", cells.KEY, "people"),
    )),
    TableDescription("lessons", "Уроки", ("lesson_id",), (
        _need("lesson_id", "Ключ урока", cells.KEY),
        _need("group_id", "Группа", cells.KEY, "groups"),
        _need("date", "Дата", cells.DAY),
        _need("number", "Номер урока", whole(1, 12)),
        _may("starts_at", "Начало", cells.CLOCK),
        _may("ends_at", "Конец", cells.CLOCK),
        _may("status", "Состояние", choice("planned", "cancelled")),
        _may("topic", "Тема", cells.TEXT),
        _may("comment", "Комментарий", cells.TEXT),
        _may("conducted", "Урок проведён", cells.FLAG),
        _may("substitute_id", "Заменяет", cells.KEY, "people"),
        _may("room", "Кабинет", cells.WORD),
        _may("moved_from", "Перенесён с даты", cells.DAY),
    )),
    TableDescription("homework", "Домашние задания", ("homework_id",), (
        _need("homework_id", "Ключ задания", cells.KEY),
        _need("lesson_id", "К уроку", cells.KEY, "lessons"),
        _blank("text", "Задание", cells.TEXT),
        _need("issued_at", "Выдано", cells.LOCAL_MOMENT),
        _may("updated_at", "Изменено", cells.LOCAL_MOMENT),
    )),
    TableDescription("marks", "Оценки", ("mark_id",), (
        _need("mark_id", "Ключ оценки", cells.KEY),
        _need("lesson_id", "Урок", cells.KEY, "lessons"),
        _need("person_id", "Ученик", cells.KEY, "people"),
        _need("value", "Оценка", choice(*MARKS)),
        _need("work_type", "Вид работы", cells.WORD),
        _need("set_at", "Поставлена", cells.LOCAL_MOMENT),
    )),
    TableDescription("attendance", "Посещаемость", ("lesson_id", "person_id"), (
        _need("lesson_id", "Урок", cells.KEY, "lessons"),
        _need("person_id", "Ученик", cells.KEY, "people"),
        _need("code", "Отметка", choice(*ABSENCES)),
        _need("set_at", "Поставлена", cells.LOCAL_MOMENT),
    )),
    TableDescription("period_marks", "Итоговые оценки", ("period_id", "group_id", "person_id"), (
        _need("period_id", "Период или year:2026", cells.KEY, "periods"),
        _need("group_id", "Группа", cells.KEY, "groups"),
        _need("person_id", "Ученик", cells.KEY, "people"),
        _need("value", "Оценка", choice(*MARKS)),
        _need("set_at", "Поставлена", cells.LOCAL_MOMENT),
    )),
    TableDescription("diary_views", "Просмотры дневников", ("pupil_id", "viewer_id", "viewed_at"), (
        _need("pupil_id", "Ученик", cells.KEY, "people"),
        _need("viewer_id", "Кто смотрел", cells.KEY, "people"),
        _need("viewed_at", "Когда", cells.MOMENT),
    )),
    TableDescription("visits", "Посещения портала", ("person_id", "visited_at"), (
        _need("person_id", "Человек", cells.KEY, "people"),
        _need("visited_at", "Когда", cells.MOMENT),
    )),
    TableDescription("activity_profiles", "Профили активности", ("region_id", "from_week", "indicator"), (
        _need("region_id", "Регион", cells.KEY, "regions"),
        _need("name", "Название", cells.WORD),
        _need("from_week", "С недели", cells.DAY),
        _need("indicator", "Показатель", short(40)),
        _need("threshold", "Порог, %", percentage(2)),
        _need("counted", "Учитывается", cells.FLAG),
    )),
    TableDescription("indicator_history", "Показатели прошлых недель", ("week_start", "school_id", "indicator"), (
        _need("week_start", "Понедельник недели", cells.DAY),
        _need("school_id", "Школа", cells.KEY, "schools"),
        _need("indicator", "Показатель", short(40)),
        _blank("value", "Значение, %", percentage(4)),
        _may("numerator", "Числитель", whole(0, 10**15)),
        _may("denominator", "Знаменатель", whole(0, 10**15)),
        _may("on_vacation", "Каникулы", cells.FLAG),
    )),
)  # fmt: skip

TABLES: dict[str, TableDescription] = {table.name: table for table in _DESCRIPTIONS}
