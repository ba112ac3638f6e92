"""Who came to the portal, and whose diary was opened: the first time of each day, as the portal keeps it."""

from __future__ import annotations

from random import Random

from portal.demo.habits import Habit
from portal.demo.people import Person, Pupil
from portal.demo.rows import DAY_SECONDS, Clock, Rows


class Visits:
    """Visits of a school's people, one a person and day: the earliest noted."""

    def __init__(self) -> None:
        self._first: dict[tuple[str, int], int] = {}

    def note(self, person: str, moment: int) -> None:
        day = (person, moment // DAY_SECONDS)
        known = self._first.get(day)
        if known is None or moment < known:
            self._first[day] = moment

    def write(self, rows: Rows, clock: Clock) -> None:
        found = [(person, clock.text(moment)) for (person, _), moment in self._first.items()]
        rows.add_texts("visits", sorted(found))


def open_diaries(
    rng: Random, rows: Rows, clock: Clock, *, habit: Habit, pupils: list[Pupil], mondays: list[int], visits: Visits
) -> None:
    """Diaries opened by those of the family who have an account, week by week, mostly in the evening.

    ``mondays`` are ordinals of days. This morning some have looked before school already.
    """
    eager: dict[str, float] = {}
    views: dict[tuple[str, str, int], int] = {}
    today = clock.now // DAY_SECONDS
    for monday in mondays:
        for pupil in pupils:
            for viewer in _viewers(pupil):
                own = eager.setdefault(viewer.key, min(1.0, max(0.1, rng.gauss(habit.viewing, 0.25))))
                if rng.random() > own or (viewer.activated or clock.now) > (monday + 7) * DAY_SECONDS:
                    continue
                for day in rng.sample(range(7), rng.choices((1, 2, 3, 4, 5), (35, 28, 18, 11, 8))[0]):
                    moment = _moment(rng, monday + day, today)
                    if moment is not None and moment >= (viewer.activated or 0):
                        views[pupil.key, viewer.key, monday + day] = moment
                        visits.note(viewer.key, moment - rng.randrange(5, 120))
    rows.add_texts("diary_views", [(pupil, viewer, clock.text(at)) for (pupil, viewer, _), at in views.items()])


def _viewers(pupil: Pupil) -> list[Person]:
    return [person for person in (pupil, *pupil.guardians) if person.active]


def _moment(rng: Random, day: int, today: int) -> int | None:
    """When a diary is opened on a day; nobody has yet opened one after this morning."""
    if day > today:
        return None
    if day == today:
        hour = rng.uniform(6.2, 7.9) if rng.random() < 0.3 else None
    else:
        hour = rng.choices((rng.uniform(6.5, 8), rng.uniform(13, 18), rng.uniform(18, 22.8)), (15, 30, 55))[0]
    return None if hour is None else day * DAY_SECONDS + int(hour * 3600)
