"""The form of a region's activity profile: for each indicator whether it counts, is only shown, or stays out."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from wtforms import DecimalField, Field, HiddenField, SelectField, StringField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import TextInput

from portal.content.indicators import SCHOOL_ACTIVITY, indicators
from portal.content.profiles import Criterion, Profile
from portal.values.texts import tidy
from portal.values.week import Week, long_date
from portal.web.choices import options
from portal.web.forms import Form

WEEKS_AHEAD = 40
NUMBER = re.compile(r"-?[0-9]{1,6}(\.[0-9]{1,6})?")
YEARS = range(2000, 2100)
"""Outside of these a date is a slip or an attack."""
COUNTED, SHOWN, OUTSIDE = "counted", "shown", ""
ROLES = ((COUNTED, "считается"), (SHOWN, "только показывается"), (OUTSIDE, "не входит"))
CODES = tuple(found.code for found in indicators() if found.code != SCHOOL_ACTIVITY)
"""What a profile may name: activity itself is made of the others."""


class Threshold(DecimalField):
    """Per cent: «50», «66,5»; at most two decimals, as they are kept. A text input: browsers differ on commas."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].replace(",", ".").replace("%", "").strip() if valuelist else ""
        if text and not NUMBER.fullmatch(text):
            raise ValueError("Порог — число, например 50 или 66,5.")
        self.data = Decimal(text) if text else None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{Decimal(self.data).normalize():f}".replace(".", ",")


class ProfileForm(Form):
    """``seen``: the digest of the set that stood for the chosen week when the form was opened."""

    name = StringField(
        "Название набора",
        validators=[DataRequired("Назовите набор."), Length(max=100, message="Название не длиннее 100 знаков.")],
        filters=[tidy],
    )
    from_week = SelectField("Действует с", validate_choice=False, validators=[InputRequired("Выберите неделю.")])
    seen = HiddenField()

    def offer_weeks(self, present: Week, chosen: Week | None = None) -> None:
        """Mondays after ``present`` (and ``chosen``, which may lie further)."""
        weeks, week = [], present
        while len(weeks) < WEEKS_AHEAD:
            week = week.next
            weeks.append(week)
        if chosen is not None and chosen > week:
            weeks.append(chosen)
        self.from_week.choices = options(
            (each.start.isoformat(), f"понедельника, {long_date(each.start)} {each.start.year}") for each in weeks
        )
        if chosen is not None and self.from_week.data is None:
            self.from_week.data = chosen.start.isoformat()

    def show(self, profile: Profile) -> None:
        """Fill in a set to start from."""
        self.name.data = profile.name
        known = {each.indicator: each for each in profile.criteria}
        for code, role, threshold in self.rows:
            found = known.get(code)
            role.data = OUTSIDE if found is None else COUNTED if found.counted else SHOWN
            threshold.data = found.threshold if found else None

    @property
    def rows(self) -> list[tuple[str, Any, Any]]:
        """(indicator, its part, its threshold)."""
        return [(code, self[f"role_{code}"], self[f"threshold_{code}"]) for code in CODES]

    @property
    def week(self) -> Week:
        """From which week the set is to hold."""
        return Week.parse(str(self.from_week.data))

    @property
    def profile(self) -> Profile:
        """The set as typed."""
        criteria = tuple(
            Criterion(code, Decimal(threshold.data), role.data == COUNTED)
            for code, role, threshold in self.rows
            if role.data in (COUNTED, SHOWN)
        )
        return Profile(str(self.name.data), False, criteria)

    def validate_from_week(self, field: Field) -> None:
        try:
            week = Week.parse(str(field.data))
        except ValueError as error:
            raise ValidationError("Выберите неделю из списка.") from error
        if week.start.isoformat() != field.data or week.start.year not in YEARS:
            raise ValidationError("Выберите неделю из списка.")


def _known_role(_form: ProfileForm, field: Field) -> None:
    if field.data not in dict(ROLES):
        raise ValidationError("Выберите из списка.")


def _within_bounds(form: ProfileForm, field: Field) -> None:
    """Asked for where the indicator is in the set."""
    role = form[field.name.replace("threshold_", "role_")].data
    if role not in (COUNTED, SHOWN) or field.errors:
        return
    if field.data is None:
        raise ValidationError("Укажите порог.")
    if not 0 < field.data <= 100:
        raise ValidationError("Порог — больше 0 и не больше 100.")
    if round(field.data, 2) != field.data:
        raise ValidationError("Не больше двух знаков после запятой.")


for _found in indicators():
    if _found.code in CODES:
        setattr(
            ProfileForm,
            f"role_{_found.code}",
            SelectField(
                f"{_found.name}: как входит", choices=options(ROLES), validate_choice=False, validators=[_known_role]
            ),
        )
        setattr(
            ProfileForm, f"threshold_{_found.code}",
            Threshold(f"{_found.name}: порог, %", places=None, validators=[_within_bounds],
                      render_kw={"inputmode": "decimal", "size": 6, "autocomplete": "off"}),
        )  # fmt: skip
