"""A choice in a form that is sent by GET: an unknown word is told at its field."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import SelectField, ValidationError
from wtforms.fields.choices import SelectChoice


def known(_form: Any, field: Any) -> None:
    """One of the choices; an old link may name what is no longer there."""
    if field.data not in {one.value for one in field.choices}:
        raise ValidationError("Такого выбора нет. Выберите из списка.")


def options(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """(value, title) as a field wants them."""
    return [SelectChoice(value, title) for value, title in pairs]


def select_field(label: str, pairs: Iterable[tuple[str, str]], default: str = "") -> SelectField:
    """A field of choices; what the address leaves out is ``default``."""
    return SelectField(label, choices=options(pairs), default=default, validate_choice=False, validators=[known])
