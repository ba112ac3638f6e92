"""Saving a mark from the journal's grid, by 1, 8 and 16 teachers at once, beside a handler that inserts one row."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import create_engine, text

from bench.case import Case, Reference, Target
from bench.client import KEY, request
from bench.full_class import CLASS, TEACHER
from bench.moment import TODAY
from bench.pages import sending
from bench.server import Server, csrf_of
from bench.world import World

CROWDS = (1, 8, 16)
JSON = "Content-Type: application/json"


def cases(world: World, portal: Server, plain: Server) -> Iterator[Case]:
    """The same crowd for both; each request is a new mark in the next of the class's cells."""
    cells = prepare(world)
    cookie = portal.sign_in(TEACHER)
    token = csrf_of(portal.text(f"/journal/groups/{world.ids['group']}", cookie))
    headers = (JSON, f"X-CSRFToken: {token}")
    ours = [
        request(f"/journal/groups/{group}/cells", cookie=cookie, headers=headers, body=_entry(lesson, pupil))
        for group, lesson, pupil in cells
    ]
    bare = [
        request("/mark", headers=(JSON,), body=json.dumps({"lesson": lesson, "pupil": pupil, "value": "5", "key": KEY}))
        for _, lesson, pupil in cells
    ]
    for crowd in CROWDS:
        yield Case(
            f"saving a mark, {crowd} at once, {world.engine}",
            "marks",
            sending(portal, ours, crowd),
            (Reference("bare insert", sending(plain, bare, crowd), Target("rate at least", 0.3)),),
        )


def _entry(lesson: int, pupil: int) -> str:
    entry = {"kind": "mark", "lesson": lesson, "pupil": pupil, "value": "5", "key": KEY}
    return json.dumps({"entries": [entry]})


def prepare(world: World) -> list[tuple[int, int, int]]:
    """(group, lesson, pupil) of the full class's cells; and the table for the bare insert."""
    engine = create_engine(world.url)
    with engine.begin() as connection:
        serial = "serial" if engine.dialect.name == "postgresql" else "integer"
        connection.exec_driver_sql(
            f"create table if not exists bench_mark (id {serial} primary key, lesson_id integer, pupil_id integer,"
            " value varchar(3), key varchar(64))"
        )
        found = connection.execute(
            text(
                "select lesson.group_id, lesson.id, enrolment.person_id"
                " from lesson join school_class on school_class.id = lesson.class_id"
                " join enrolment on enrolment.class_id = school_class.id"
                " where school_class.key = :key and lesson.date < :today and lesson.date > :first order by lesson.id"
            ),
            {"key": CLASS, "today": str(TODAY), "first": "2026-11-01"},
        ).all()
    engine.dispose()
    return [tuple(row) for row in found]
