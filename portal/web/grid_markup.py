"""The journal grid's rows as HTML.

Strings are joined here because a template costs more than Flask and the database together once it walks
750 cells. Everything that people typed is escaped; ids, marks and codes come from closed lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from markupsafe import Markup, escape

from portal.values.marks import LATE

LINK_NOWHERE = '" tabindex="-1" aria-hidden="true"></a></td>'
"""An empty cell's link is for the hand only: the lesson itself is linked at the head of its column."""


class Lesson(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def date(self) -> date: ...
    @property
    def cancelled(self) -> bool: ...


class Pupil(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    def is_here(self, day: date) -> bool: ...


class Row(Protocol):
    @property
    def pupil(self) -> Pupil: ...
    @property
    def note(self) -> str: ...
    @property
    def cells(self) -> Mapping[int, Any]: ...
    @property
    def average(self) -> object: ...
    @property
    def period_mark(self) -> str: ...


def grid_rows(rows: Iterable[Row], lessons: Sequence[Lesson], final_url: str | None) -> Markup:
    """``<tr>`` of every pupil: a cell a lesson, the average, and with ``final_url`` the period's mark."""
    columns = [
        (lesson.id, lesson.date, lesson.cancelled, f'<a href="../lessons/{lesson.id}#pupil-') for lesson in lessons
    ]  # fmt: skip
    final = str(escape(final_url)) if final_url else ""
    return Markup("\n".join(_row(row, columns, final) for row in rows))  # noqa: S704 - built of escaped parts


Column = tuple[int, date, bool, str]


def _row(row: Row, columns: Sequence[Column], final: str) -> str:
    pupil, cells = row.pupil, row.cells
    me = pupil.id
    always = not row.note
    note = f" <small>{escape(row.note)}</small>" if row.note else ""
    parts = [f'<tr id="row-{me}" data-pupil="{me}"><th scope="row">{escape(pupil.name)}{note}</th>']
    empty = f"{me}{LINK_NOWHERE}"
    for lesson_id, day, cancelled, link in columns:
        cell = cells.get(lesson_id)
        if cell is not None:
            parts.append(_filled(cell, f'{link}{me}">'))
        elif cancelled or not (always or pupil.is_here(day)):
            parts.append('<td class="off"></td>')
        else:
            parts.append(f"<td>{link}{empty}")
    parts.append(f'<td class="average">{row.average}</td>')
    if final:
        value = row.period_mark
        hidden = "" if value else ' tabindex="-1" aria-hidden="true"'
        parts.append(f'<td class="final" data-v="{value}"><a href="{final}#pupil-{me}"{hidden}>{value}</a></td>')
    parts.append("</tr>")
    return "".join(parts)


def _filled(cell: Any, link: str) -> str:
    """A cell with an absence, marks, or both."""
    data, shown = "", []
    if cell.absence:
        data = f' data-a="{cell.absence}"'
        kind = "late" if cell.absence == LATE else "absent"
        shown.append(f'<span class="{kind}">{cell.absence}</span>')
    if cell.marks:
        data += ' data-m="' + " ".join(f"{m.id}:{m.value}:{m.work_type_id}" for m in cell.marks) + '"'
        shown += [m.value if m.weight == 1 else f"{m.value}<sup>{m.weight}</sup>" for m in cell.marks]
    return f"<td{data}>{link}{' '.join(shown)}</a></td>"
