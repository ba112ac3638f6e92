"""The forms that freeze a week and compute a frozen one anew: their fields are hidden, their buttons are seen."""

from __future__ import annotations

from datetime import datetime

from wtforms import HiddenField, ValidationError

from portal.values.week import Week
from portal.web.forms import Form


class FreezeForm(Form):
    """``week`` is a day of the week; ``seen`` the moment up to which what is frozen is to be computed anew."""

    week = HiddenField()
    seen = HiddenField()

    def validate_week(self, field: HiddenField) -> None:
        try:
            Week.parse(str(field.data))
        except ValueError as error:
            raise ValidationError("Неделя не названа.") from error

    def validate_seen(self, field: HiddenField) -> None:
        try:
            moment = datetime.fromisoformat(field.data) if field.data else None
        except ValueError as error:
            raise ValidationError("Версия не названа.") from error
        if moment is not None and moment.tzinfo is None:
            raise ValidationError("Версия не названа.")

    @property
    def asked_week(self) -> Week:
        """The week to freeze."""
        return Week.parse(str(self.week.data))

    @property
    def recompute_until(self) -> datetime | None:
        """Up to when; ``None``: nothing is computed anew."""
        return datetime.fromisoformat(self.seen.data) if self.seen.data else None
