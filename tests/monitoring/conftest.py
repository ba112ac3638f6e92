"""A week of the small school with known figures, and how its pages are read."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape

import pytest

from portal.extensions import db
from portal.models.journal import Homework, Lesson, Mark
from tests.small_school import MONDAY

WEEK = MONDAY.isoformat()


@pytest.fixture
def monday(small):
    """The school of ``tests/small_school.py`` after two lessons of 14–20 September 2026, 11 lessons in all:

    planned 2 of 11, kept 2 of 11, marks in time 1 of 2, homework in time 1 of 10, the timetable full,
    everybody activated, no diary opened. So 3 of the 6 criteria of «По умолчанию» are met.
    """
    app, world = small
    with app.app_context():
        first, second = (db.session.get(Lesson, world.lessons[word]) for word in ("math-1", "math-2"))
        first.topic, second.conducted = "Дроби", True
        for hour in (9, 18):  # 12:00, and 21:00 sharp: no longer in time
            db.session.add(
                Mark(
                    lesson_id=first.id, pupil_id=world.people["pupil"], value="5",
                    work_type_id=world.work_types["Ответ на уроке"], set_at=datetime(2026, 9, 14, hour, tzinfo=UTC),
                )
            )  # fmt: skip
        db.session.add(
            Homework(
                group_id=world.groups["math"], lesson_id=second.id, given_at_id=first.id, text="№ 5",
                issued_at=datetime(2026, 9, 14, 9, tzinfo=UTC),
            )
        )  # fmt: skip
        db.session.commit()
    return app, world


def text_of_page(html: str) -> str:
    """The words of a page, tags and runs of blanks left out."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def rows_of_page(html: str, number: int = 0) -> list[list[str]]:
    """The body and foot rows of the page's table of that number, as cells of words."""
    table = re.findall(r"<table.*?</table>", html, re.S)[number]
    rows = re.findall(r"<tr>(.*?)</tr>", table[table.index("</thead>") :], re.S)
    return [[text_of_page(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)] for row in rows]
