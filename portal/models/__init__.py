"""Tables. Importing this package registers them all on ``Base.metadata``."""

from portal.models import accounts, activity, calendar, journal, organisation, people, showcase
from portal.models.base import Base

__all__ = ["Base", "accounts", "activity", "calendar", "journal", "organisation", "people", "showcase"]
