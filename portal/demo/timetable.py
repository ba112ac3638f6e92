"""A week's timetable: no teacher in two places at once, no gaps in a class's day, a subject spread over the week.

Each class's lessons fill its own places (first to last of every day), so gaps cannot arise; then two lessons
of a class change places wherever that lessens the clashes, until none is left.
"""

from __future__ import annotations

from random import Random

from portal.demo.families import SchoolClass
from portal.demo.loads import Block

Place = tuple[int, int]
"""Weekday (0 is Monday) and lesson number."""
Timetable = dict[Place, Block]
SECOND_SHIFT_FROM = 7
ROUNDS = 300
"""Of mending before a search begins anew; a real school needs a few."""


class NoTimetableError(RuntimeError):
    """The search gave up."""


def compose(rng: Random, classes: list[SchoolClass], blocks: dict[str, list[Block]]) -> dict[str, Timetable]:
    """Timetables by the class's key."""
    for _ in range(5):
        search = _Search(rng, classes, blocks)
        if search.run():
            return search.tables
    raise NoTimetableError("no timetable without clashes was found")


def places_of(school_class: SchoolClass, hours: int) -> list[Place]:
    """The places of a class's week: five days in grade 1, six above, the last days shorter."""
    days = 5 if school_class.grade == 1 else 6
    first = SECOND_SHIFT_FROM if school_class.shift == 2 else 1
    longer = hours % days
    return [(day, first + n) for day in range(days) for n in range(hours // days + (day < longer))]


class _Search:
    def __init__(self, rng: Random, classes: list[SchoolClass], blocks: dict[str, list[Block]]) -> None:
        self.rng = rng
        self.places: dict[str, list[Place]] = {}
        self.tables: dict[str, Timetable] = {}
        self.busy: dict[Place, dict[str, int]] = {}
        for school_class in classes:
            own = blocks[school_class.key]
            self.places[school_class.key] = places_of(school_class, sum(block.hours for block in own))
            self.tables[school_class.key] = self._spread(school_class.key, own)

    def _spread(self, key: str, own: list[Block]) -> Timetable:
        """Each block on the emptiest days that lack it, where its teachers are free if that can be."""
        free: dict[int, list[Place]] = {}
        for place in self.places[key]:
            free.setdefault(place[0], []).append(place)
        table: Timetable = {}
        for block in sorted(own, key=lambda block: (-block.hours, block.subject.key)):
            held: dict[int, int] = {}
            for _ in range(block.hours):
                days = [day for day in free if free[day]]
                day = min(days, key=lambda day: (held.get(day, 0), -len(free[day]), self.rng.random()))
                held[day] = held.get(day, 0) + 1
                options = free[day]
                place = min(options, key=lambda place: (self._clashes(block, place), self.rng.random()))
                options.remove(place)
                table[place] = block
                self._occupy(block, place, 1)
        return table

    def _clashes(self, block: Block, place: Place) -> int:
        busy = self.busy.get(place)
        return sum(busy.get(group.teacher.key, 0) for group in block.groups) if busy else 0

    def _occupy(self, block: Block, place: Place, count: int) -> None:
        busy = self.busy.setdefault(place, {})
        for group in block.groups:
            busy[group.teacher.key] = busy.get(group.teacher.key, 0) + count

    def run(self) -> bool:
        """Mend clash after clash; ``True`` when none is left."""
        for _ in range(ROUNDS):
            wrong = self._wrong()
            if not wrong:
                return True
            for key, place in wrong:
                if self._clashes(self.tables[key][place], place) > len(self.tables[key][place].groups):
                    self._mend(key, place)
        return False

    def _wrong(self) -> list[tuple[str, Place]]:
        """Places where a teacher of the class is needed elsewhere too."""
        found = [
            (key, place)
            for key, table in self.tables.items()
            for place, block in table.items()
            if self._clashes(block, place) > len(block.groups)
        ]
        self.rng.shuffle(found)
        return found

    def _mend(self, key: str, place: Place) -> None:
        """Exchange this lesson with the one of the class that leaves fewest clashes (not always the best)."""
        table = self.tables[key]
        block = table[place]
        self._occupy(block, place, -1)
        best, chosen = None, place
        for other in self.places[key]:
            if other == place or table[other] is block:
                continue
            partner = table[other]
            self._occupy(partner, other, -1)
            cost = (
                4 * (self._clashes(block, other) + self._clashes(partner, place))
                + self._repeats(table, block, other, place)
                + self._repeats(table, partner, place, other)
                + self.rng.random() * 2
            )
            self._occupy(partner, other, 1)
            if best is None or cost < best:
                best, chosen = cost, other
        if best is None:  # the class has nothing else
            self._occupy(block, place, 1)
            return
        partner = table[chosen]
        self._occupy(partner, chosen, -1)
        table[place], table[chosen] = partner, block
        self._occupy(partner, place, 1)
        self._occupy(block, chosen, 1)

    @staticmethod
    def _repeats(table: Timetable, block: Block, to: Place, leaving: Place) -> int:
        """Whether the day already has the subject."""
        if to[0] == leaving[0]:
            return 0
        return sum(held is block for place, held in table.items() if place[0] == to[0] and place != leaving)
