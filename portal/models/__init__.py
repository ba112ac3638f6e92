"""Tables. Importing this package registers them all on ``Base.metadata``."""

from portal.models import accounts, activity, calendar, counted, frozen, journal, organisation, people, showcase
from portal.models.base import Base

__all__ = [
    "Base", "accounts", "activity", "calendar", "counted", "frozen", "journal", "organisation", "people", "showcase",
]  # fmt: skip
