"""What datasets have no table for, and the demo enters in the portal: school events, data not to be processed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from portal.demo.district import District

EVENTS = (
    (-12, "Родительское собрание «Успехи и трудности четверти»", "Кабинеты классов", "Родители 1–11 классов"),
    (-4, "Заседание родительского комитета", "Кабинет 12", "Члены родительского комитета"),
    (9, "Спортивный праздник «Мама, папа, я»", "Спортивный зал", "Семьи 1–4 классов"),
    (24, "Утренник", "Актовый зал", "Ученики 1–4 классов и их родители"),
)
"""(days from today, what, where, for whom)"""

STALE_AFTER = timedelta(days=200)
"""An event that was long ago: no period of today knows it."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event of the school with this key."""

    school: str
    title: str
    held_on: date
    place: str
    audience: str


def events(district: District) -> Iterator[Event]:
    """The first school keeps a full list; of the others a third has some, a third one long ago, a third none."""
    for school in district.schools:
        key, place = school.setting.key, school.setting.place
        shown = EVENTS if place == 0 else EVENTS[:2] if place % 3 == 1 else ()
        for days, title, where, audience in shown:
            yield Event(key, title, district.today + timedelta(days=days), where, audience)
        if place and place % 3 == 2:
            _, title, where, audience = EVENTS[0]
            yield Event(key, title, district.today - STALE_AFTER, where, audience)


def restricted(district: District) -> Iterator[str]:
    """Keys of pupils whose data may not be processed: one without an account in every fifth school."""
    for school in district.schools:
        idle = [pupil for pupil in school.families.pupils if not pupil.active]
        if school.setting.place % 5 == 0 and idle:
            yield idle[len(idle) // 2].key
