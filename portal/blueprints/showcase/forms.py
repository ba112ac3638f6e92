"""The mark on a pupil's data."""

from __future__ import annotations

from wtforms import StringField
from wtforms.validators import AnyOf

from portal.web.forms import AGAIN, Form


class RestrictionForm(Form):
    wanted = StringField(validators=[AnyOf(["set", "lift"], message=AGAIN)])
