"""A diary week stays small: on the wire and in the database, however full."""

from __future__ import annotations

import gzip
import random
from datetime import timedelta

from portal.extensions import db
from portal.models.activity import DiaryView
from portal.models.journal import Attendance, Homework, Mark
from tests.small_school import MONDAY, NOON, group, lesson, sign_in
from tests.web.walk import statements

SUBJECTS = (
    "Алгебра", "Геометрия", "Физика", "Химия", "Биология", "История", "География", "Литература",
    "Информатика", "Обществознание", "Физическая культура", "Музыка", "Технология", "Родная литература",
)  # fmt: skip
SYLLABLES = (
    "ва", "го", "де", "жи", "за", "ко", "ле", "ми", "но", "пе", "ра", "со", "ту", "фе", "хо", "че", "ши", "эл",
)  # fmt: skip
HIDDEN = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SAVEPOINT")


def prose(words: int, draw: random.Random) -> str:
    """Words that no compression knows beforehand."""
    return " ".join("".join(draw.choices(SYLLABLES, k=draw.randint(2, 5))) for _ in range(words))


def fill(world) -> None:
    """Seven lessons on each of six days, this week and the next, with all that a lesson may carry."""
    draw = random.Random(7)
    pupil = world.people["pupil-2"]
    for n, subject in enumerate(SUBJECTS):
        group(world, f"full-{n}", "5a", subject, "teacher")
    for day in range(14):
        if day % 7 == 6:
            continue
        for number in range(1, 8):
            word = f"full-{day}-{number}"
            own = f"full-{(day * 7 + number) % len(SUBJECTS)}"
            at = lesson(
                world, word, own, MONDAY + timedelta(days=day), number, topic=prose(7, draw).capitalize(), room="214"
            )
            db.session.add(
                Homework(group_id=world.groups[own], lesson_id=at, text=prose(9, draw), issued_at=NOON)
            )  # fmt: skip
            if day < 7:
                db.session.add(
                    Mark(
                        lesson_id=at, pupil_id=pupil, value=draw.choice("2345"), set_at=NOON,
                        work_type_id=draw.choice(list(world.work_types.values())),
                    )
                )  # fmt: skip
            if day < 7 and number == 7:
                db.session.add(Attendance(lesson_id=at, pupil_id=pupil, code="Н", set_at=NOON))
    for word in [word for word in world.lessons if word.startswith(("math", "russian"))]:
        db.session.query(Homework).filter_by(lesson_id=world.lessons[word]).delete()
        db.session.execute(db.text("delete from lesson where id = :id"), {"id": world.lessons[word]})
    db.session.add(DiaryView(pupil_id=pupil, viewer_id=world.people["guardian"], viewed_at=NOON - timedelta(days=1)))
    db.session.commit()


def test_a_full_week_takes_at_most_eight_queries_and_fourteen_kilobytes(small):
    app, world = small
    with app.app_context():
        fill(world)
    client = sign_in(app, "guardian")
    client.get("/account/password")  # the visit of the day is on record
    path = f"/diary/pupils/{world.people['pupil-2']}"
    with statements(app) as executed:
        answer = client.get(path)
    asked = [one for one in executed if not one.upper().startswith(HIDDEN)]
    assert len(asked) <= 8, asked
    page = answer.get_data()
    assert page.decode().count("Задано:") == 42
    weight = len(gzip.compress(page, 6))
    assert weight <= 14 * 1024, weight
    with statements(app) as executed:
        client.get(path)
    again = [one for one in executed if not one.upper().startswith(HIDDEN)]
    assert len(again) <= 6, "the second opening of the day writes nothing"
    assert not any(one.upper().startswith("INSERT") for one in again)
    for other in ("/subjects", "/days/2026-09-16", "?week=2026-09-21"):
        with statements(app) as executed:
            assert client.get(path + other).status_code == 200
        assert len([one for one in executed if not one.upper().startswith(HIDDEN)]) <= 8, other
