"""The moment every benchmark lives at, so that the same rows make the same pages in every run."""

from __future__ import annotations

from datetime import UTC, date, datetime

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""A Tuesday noon in Moscow, in the second quarter."""
