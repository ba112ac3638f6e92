"""What a trend is asked for: a plain form sent by GET, so that the address keeps it."""

from __future__ import annotations

from flask import request
from flask_wtf import FlaskForm

from portal.content.indicators import SCHOOL_ACTIVITY, Indicator, by_code, indicators
from portal.values.plural import plural
from portal.web.choices import select_field

SPANS = (4, 8, 12, 20, 40)
USUAL = 12


class TrendForm(FlaskForm):
    """Which indicator, and how many weeks."""

    class Meta:
        csrf = False

    indicator = select_field("Показатель", [(found.code, found.name) for found in indicators()], SCHOOL_ACTIVITY)
    weeks = select_field(
        "Сколько недель", [(str(n), plural(n, "неделя", "недели", "недель")) for n in SPANS], str(USUAL)
    )

    def __init__(self) -> None:
        super().__init__(request.args)
        self.validate()

    @property
    def kept(self) -> dict[str, str]:
        """What the address keeps: without what is wrong in it."""
        return {field.name: field.data for field in self if field.data and not field.errors}

    @property
    def chosen(self) -> Indicator:
        return by_code()[self.kept.get("indicator", SCHOOL_ACTIVITY)]

    @property
    def count(self) -> int:
        return int(self.kept.get("weeks", USUAL))
