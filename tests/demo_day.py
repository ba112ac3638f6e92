"""The day on which tests see the demo district: a Tuesday in the middle of the second quarter."""

from datetime import UTC, date, datetime

TODAY = date(2026, 11, 24)
DEMO_NOON = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # 12:00 in Moscow
