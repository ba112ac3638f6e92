"""Filters of the heat table: a plain form sent by GET, so that the address keeps them."""

from __future__ import annotations

from typing import Any, cast

from flask import request
from flask_wtf import FlaskForm

from portal.content.indicators import OWNER_TITLES, indicators
from portal.queries.heat import ANY, HOLIDAYS, Choice
from portal.queries.indicators import UnitWeek
from portal.web.choices import options, select_field

CODES = [(found.code, found.name) for found in indicators()]
COLUMNS = [(key, key) for key in ("school", "municipality", "vacation", "change")]
OWNERS = [("", "все показатели"), *((key, f"что {word}") for key, word in OWNER_TITLES.items())]


class HeatForm(FlaskForm):
    """What to show of the heat table."""

    class Meta:
        csrf = False

    municipality = select_field("Муниципалитет", [])
    below = select_field("Порог не выполнен", [("", "не важно"), (ANY, "хотя бы один критерий"), *CODES])
    fallen = select_field("Упало за неделю", [("", "не важно"), *CODES])
    owner = select_field("Показатели", OWNERS)
    holiday = select_field("Каникулы", [("", "все школы"), *HOLIDAYS.items()])
    sort = select_field("Порядок", [("", ""), *COLUMNS, *CODES])
    order = select_field("Направление", [("", ""), ("desc", "")])

    def __init__(self, unit: UnitWeek) -> None:
        super().__init__(request.args)
        parts = [(str(part.unit_id), part.name) for part in unit.units]
        self.municipality.choices = options([("", "все муниципалитеты"), *parts])
        self.validate()

    @property
    def filters(self) -> list[Any]:
        """The fields a reader sees; a municipality is only asked for where there are several."""
        seen = [self.below, self.fallen, self.owner, self.holiday]
        return [self.municipality, *seen] if len(self.municipality.choices) > 2 else seen

    @property
    def kept(self) -> dict[str, str]:
        """What the address keeps: what was chosen, without what is wrong in it."""
        return {field.name: field.data for field in self if field.data and not field.errors}

    @property
    def choice(self) -> Choice:
        """What was chosen, in the words of the query."""
        kept = self.kept
        municipality = kept.get("municipality")
        return Choice(
            below=kept.get("below", ""), fallen=kept.get("fallen", ""), holiday=kept.get("holiday", ""),
            owner=cast(Any, kept.get("owner", "")), municipality=int(municipality) if municipality else None,
            sort=kept.get("sort", ""), descending=kept.get("order") == "desc",
        )  # fmt: skip
