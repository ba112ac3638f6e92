"""The mark on a pupil's data."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import AnyOf


class RestrictionForm(FlaskForm):
    wanted = StringField(validators=[AnyOf(["set", "lift"], message="Обновите страницу и попробуйте ещё раз.")])
