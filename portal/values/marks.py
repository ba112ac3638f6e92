"""What a journal's cell may hold: marks and absences (domain/school-rules.md, «Marks»)."""

from __future__ import annotations

MARKS = ("5", "4", "3", "2", "1", "зач", "нз", "н/а", "осв")
"""Values of a mark, as they are stored and shown."""

MARK_WORDS = {"зач": "зачёт", "нз": "незачёт", "н/а": "не аттестован", "осв": "освобождён"}

ABSENCES = {"Н": "не был", "Б": "болел", "У": "уважительная причина", "О": "опоздал"}
"""Absence codes with their words; «О» is not an absence."""

LATE = "О"

UNMARKED_GRADE = 1
"""First grades have no marks."""


def mark_state(value: str, work_type_id: int) -> str:
    """A mark in one word, for a form to tell what its reader saw: «5:1»."""
    return f"{value}:{work_type_id}"
