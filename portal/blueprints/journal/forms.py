"""Forms of the journal. Limits are those of the page; the rules of the school are in operations."""

from __future__ import annotations

import secrets
from typing import Any

from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, Optional, Regexp, ValidationError

from portal.operations.journal import MarkEntry
from portal.operations.journal_details import CONDUCTED
from portal.queries import journal
from portal.values.marks import ABSENCES, MARKS
from portal.values.texts import digest
from portal.web.forms import AGAIN, Form, NumberField

KEY = Length(max=64, message=AGAIN)
TOPIC, COMMENT, HOMEWORK = 500, 1000, 3000


def of_pupil(sent: MultiDict[str, str] | ImmutableMultiDict[str, str], pupil_id: int) -> MultiDict[str, str]:
    """One pupil's fields of a form that holds many: «key-31» counts as «key»."""
    ending = f"-{pupil_id}"
    own = {name: value for name, value in sent.items() if "-" not in name}
    own |= {name.removesuffix(ending): value for name, value in sent.items() if name.endswith(ending)}
    return MultiDict(own)


def longest(limit: int, what: str) -> Any:
    """A limit on a text with its present length told; line breaks count once."""

    def check(form: Any, field: Any) -> None:
        length = len((field.data or "").replace("\r\n", "\n"))
        if length > limit:
            raise ValidationError(f"{what}: не длиннее {limit} знаков (сейчас {length}). Сократите текст.")

    return check


class MarkForm(Form):
    value = StringField(validators=[AnyOf(["", *MARKS], message="Такой отметки нет: ставят 1–5, зач, нз, н/а, осв.")])
    remove = StringField()
    work_type = NumberField(validators=[Optional()])
    mark = NumberField(validators=[Optional()])
    key = StringField(validators=[KEY])
    seen = StringField(validators=[KEY])
    known = NumberField(validators=[Optional()])

    @property
    def wanted(self) -> str:
        """The value to be; empty takes the mark away."""
        return "" if self.remove.data else (self.value.data or "")


class AttendanceForm(Form):
    code = StringField(validators=[AnyOf(["", *ABSENCES], message="Такой пометки нет: есть Н, Б, У, О.")])
    absence = StringField(validators=[KEY])


class PeriodMarkForm(Form):
    period = StringField(
        validators=[Regexp(r"(year|[1-9][0-9]{0,8})\Z", message="Такого периода нет. Обновите страницу.")]
    )
    value = StringField(validators=[AnyOf(["", *MARKS], message="Такой отметки нет: ставят 1–5, зач, нз, н/а, осв.")])
    seen = StringField(validators=[KEY])


class DetailsForm(Form):
    topic = StringField("Тема урока", validators=[longest(TOPIC, "Тема")])
    comment = TextAreaField("Комментарий к уроку", validators=[longest(COMMENT, "Комментарий")])
    conducted = BooleanField("Урок проведён")
    seen_topic = HiddenField(validators=[KEY])
    seen_comment = HiddenField(validators=[KEY])
    seen_conducted = HiddenField(validators=[KEY])


class HomeworkForm(Form):
    text = TextAreaField(validators=[longest(HOMEWORK, "Задание")])
    homework = NumberField(validators=[Optional()])
    key = HiddenField(validators=[KEY])
    seen = HiddenField(validators=[KEY])


class CellForm(MarkForm):
    """One entry of the grid, as the script sends it."""

    kind = StringField(validators=[AnyOf(["mark", "absence", "period"], message=AGAIN)])
    value = StringField(validators=[AnyOf(["", *MARKS, *ABSENCES], message="Такой записи нет.")])
    lesson = NumberField(validators=[Optional()])
    pupil = NumberField(validators=[InputRequired(AGAIN)])
    period = StringField(validators=[KEY])


def details_form(header: journal.LessonHeader, sent: DetailsForm | None = None) -> DetailsForm:
    """The form as it stands, or as it was sent with its faults; ``seen`` is always what stands now."""
    form = sent or DetailsForm(
        formdata=None, data={"topic": header.topic, "comment": header.comment, "conducted": header.conducted}
    )  # fmt: skip
    form.seen_topic.data = digest(header.topic)
    form.seen_comment.data = digest(header.comment)
    form.seen_conducted.data = digest(CONDUCTED[header.conducted])
    return form


def homework_forms(homework: journal.Homeworks, sent: HomeworkForm | None = None) -> list[HomeworkForm]:
    """A form for each homework given; an empty one where there is none."""
    forms = [
        HomeworkForm(formdata=None, data={"text": one.text, "homework": one.id, "seen": digest(one.text)})
        for one in homework.given
    ] or [HomeworkForm(formdata=None, data={"key": new_key(), "seen": digest("")})]
    if sent is not None:
        place = next((n for n, form in enumerate(forms) if form.homework.data == sent.homework.data), 0)
        sent.homework.data, sent.seen.data = forms[place].homework.data, forms[place].seen.data
        sent.key.data = forms[place].key.data
        forms[place] = sent
    return forms


def mark_entry(form: MarkForm) -> MarkEntry:
    return MarkEntry(
        value=form.wanted, work_type_id=form.work_type.data, mark_id=form.mark.data or None,
        key=form.key.data or "", seen=form.seen.data or "", known=form.known.data,
    )  # fmt: skip


def first_error(form: Any) -> str:
    return str(next(iter(form.errors.values()))[0])


def span_number(code: str | None) -> int | None:
    """A period's id in an address or a form; none for the year and for anything else."""
    return (int(code) or None) if code and code.isdecimal() and len(code) < 10 else None


def new_key() -> str:
    """A form's one-time key."""
    return secrets.token_hex(6)
