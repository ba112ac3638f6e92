"""Somebody else was quicker: both values, and nothing lost."""

from __future__ import annotations

from portal.values.refusal import Refusal


class Conflict(Refusal):
    """What was to be changed is no longer what the person saw.

    ``theirs`` is what stands now, ``mine`` what was sent, both as people read them (empty: nothing);
    ``field`` names the part of a form they are about.
    """

    def __init__(self, theirs: str, mine: str, field: str = "") -> None:
        super().__init__(
            f"Пока страница была открыта, здесь уже изменили запись: сейчас {_said(theirs)}, "
            f"вы записываете {_said(mine)}. Решите, что оставить."
        )
        self.theirs, self.mine, self.field = theirs, mine, field


def _said(value: str) -> str:
    return f"«{value}»" if value else "пусто"
