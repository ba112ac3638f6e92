"""States on paper and in spreadsheets: a sign beside the colour, always (look.md, light theme)."""

from __future__ import annotations

from portal.values.table import State

SIGNS: dict[State, str] = {"good": "✓", "warn": "!", "bad": "✕"}
GROUNDS: dict[State, str] = {"good": "E3F3E7", "warn": "FDF0CF", "bad": "FCE6E4"}
INKS: dict[State, str] = {"good": "1A6B33", "warn": "7A5200", "bad": "A8201A"}
HEAD_GROUND = "F4F6F8"
LINE = "C9D1D9"
