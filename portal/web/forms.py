"""What every form that is sent has in common: it takes text and numbers, never files, and bears what nobody types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import IntegerField, PasswordField, StringField

from portal.values.texts import printable
from portal.web.guard import LARGEST_ID

AGAIN = "Обновите страницу и попробуйте ещё раз."
NO_FILES = "Сюда пишут текст: файл приложить нельзя."
SENT: Any = object()


class Form(FlaskForm):
    """A form of the portal: filled with the text fields that were sent, without control characters in them.

    A password stays as it was typed.
    """

    def __init__(self, formdata: Any = SENT, **more: Any) -> None:
        if formdata is SENT:
            formdata = request.form if self.is_submitted() else None
        super().__init__(formdata=formdata, **more)

    def process(self, formdata: Any = None, *given: Any, **more: Any) -> None:
        super().process(formdata, *given, **more)
        for field in self if formdata is not None else ():
            if isinstance(field, StringField) and not isinstance(field, PasswordField) and field.data:
                field.data = printable(field.data)

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """A file where a text is asked for is told at its field."""
        if request.files:
            named = [self[name] for name in request.files if name in self]
            (named or list(self))[0].errors = [NO_FILES]
            return False
        valid: bool = super().validate(extra_validators)
        return valid


class NumberField(IntegerField):
    """An id or a count in a form: digits, not larger than any id. Nobody types it: anything else is a stale page."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not text:
            return
        if not (text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_ID)) and int(text) <= LARGEST_ID):
            raise ValueError(AGAIN)
        self.data = int(text)
