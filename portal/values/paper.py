"""An official paper of several tables, signed at its end."""

from __future__ import annotations

from dataclasses import dataclass

from portal.values.table import Table


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed as one paper: a title, the tables one below the other, what explains them, the signature.

    ``subtitle`` says whose paper it is and when. A part's own title stands above it; its ``subtitle`` is left out.
    A part is drawn by its ``look``: a table, tiles, a bar.
    """

    title: str
    subtitle: str
    parts: tuple[Table, ...]
    notes: tuple[str, ...] = ()
