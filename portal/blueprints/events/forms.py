"""The form of a school event."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from wtforms import DateField, HiddenField, StringField
from wtforms.validators import Length, ValidationError

from portal.values.texts import tidy
from portal.web.forms import Form

TITLE, PLACE, AUDIENCE = 200, 200, 200
NEAR = timedelta(days=400)
"""An event further from today is a slip of the pen."""


def filled(limit: int, missing: str) -> Any:
    """Some text, not longer than ``limit``."""

    def check(_form: Any, field: Any) -> None:
        if not tidy(field.data):
            raise ValidationError(missing)
        if len(field.data) > limit:
            raise ValidationError(f"Не длиннее {limit} знаков (сейчас {len(field.data)}). Сократите текст.")

    return check


class DayField(DateField):
    """A day or nothing; what is no day is told in Russian."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([value for value in valuelist if value])
        except ValueError:
            raise ValueError("Такой даты нет. Укажите день, например 14.09.2026.") from None


class EventForm(Form):
    title = StringField("Что", validators=[filled(TITLE, "Укажите, что это за мероприятие.")])
    held_on = DayField("Когда")
    place = StringField("Где", validators=[filled(PLACE, "Укажите место.")])
    audience = StringField("Для кого", validators=[filled(AUDIENCE, "Укажите, для кого мероприятие.")])
    key = HiddenField(validators=[Length(max=64, message="Обновите страницу и попробуйте ещё раз.")])

    def __init__(self, *arguments: Any, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.today = today

    def validate_held_on(self, field: Any) -> None:
        """A day near enough to today to be meant."""
        if field.data is None and not field.process_errors:
            raise ValidationError("Укажите день.")
        if field.data and abs(field.data - self.today) > NEAR:
            raise ValidationError("День дальше года от сегодняшнего. Проверьте год.")
