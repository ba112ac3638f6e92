"""Parts of the school year, as they are called."""

from __future__ import annotations

KINDS = {"quarter": "четверть", "trimester": "триместр", "half_year": "полугодие"}


def period_title(kind: str, number: int | None) -> str:
    """«1 четверть», «2 полугодие»; «год» for the year itself."""
    return f"{number} {KINDS.get(kind, 'период')}" if kind else "год"
