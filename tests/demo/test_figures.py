"""The district's people are exactly as many as the real table tells: in the rows, and in a loaded database."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

import portal.demo
from portal.demo.district import District
from portal.demo.figures import load_figures
from portal.extensions import session
from portal.values import state_numbers

FIGURES = Path(portal.demo.__file__).parent / "figures"
POSTS = {
    "heads": "Директор",
    "deputy_heads": "Заместитель директора",
    "heads_of_studies": "Завуч",
    "teachers": "Учитель",
}


def table(name: str) -> dict[str, dict[str, int]]:
    """A file of the real figures: school → column → number."""
    with (FIGURES / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row.pop("school"): {key: int(value) for key, value in row.items()} for row in rows}


@pytest.fixture(scope="module")
def members(demo_district: District) -> dict[str, dict[str, set[str]]]:
    """School name → role → keys of people, as the rows tie them."""
    rows = demo_district.rows
    names = {row["school_id"]: row["name"] for row in rows.of("schools")}
    found = {name: {"staff": set(), "pupils": set(), "guardians": set()} for name in names.values()}
    for row in rows.of("staff"):
        assert not row.get("left_on")
        found[names[row["school_id"]]]["staff"].add(row["person_id"])
    school_of_class = {row["class_id"]: names[row["school_id"]] for row in rows.of("classes")}
    school_of_pupil: dict[str, str] = {}
    for row in rows.of("enrolments"):
        school_of_pupil[row["person_id"]] = school_of_class[row["class_id"]]
        found[school_of_class[row["class_id"]]]["pupils"].add(row["person_id"])
    for row in rows.of("guardians"):
        found[school_of_pupil[row["pupil_id"]]]["guardians"].add(row["guardian_id"])
    return found


def test_people_by_role_and_as_persons(demo_district: District, members: dict[str, dict[str, set[str]]]) -> None:
    active = {row["person_id"] for row in demo_district.rows.of("people") if row["activated_at"]}
    expected = table("users.csv")
    assert members.keys() == expected.keys()
    for name, roles in members.items():
        people = set.union(*roles.values())
        counts = {f"{role}_total": len(found) for role, found in roles.items()}
        counts |= {f"{role}_active": len(found & active) for role, found in roles.items()}
        counts |= {"users_total": len(people), "users_active": len(people & active)}
        assert counts == {key: expected[name][key] for key in counts}, name


def test_posts(demo_district: District) -> None:
    names = {row["school_id"]: row["name"] for row in demo_district.rows.of("schools")}
    holders: Counter[tuple[str, str]] = Counter()
    teaching: dict[str, set[str]] = {name: set() for name in names.values()}
    for row in demo_district.rows.of("staff"):
        name = names[row["school_id"]]
        holders[name, row["post"]] += 1
        if row["teaching"] == "1":
            teaching[name].add(row["person_id"])
    for name, expected in table("staff.csv").items():
        counts = {key: holders[name, post] for key, post in POSTS.items()}
        assert counts | {"teaching_staff": len(teaching[name])} == expected, name


def test_every_school_has_an_administrator_with_an_account(demo_district: District) -> None:
    active = {row["person_id"] for row in demo_district.rows.of("people") if row["activated_at"]}
    holders = Counter(
        row["school_id"]
        for row in demo_district.rows.of("staff")
        if row["post"] == "Администратор ЭЖД" and row["person_id"] in active
    )
    assert set(holders.values()) == {1}
    assert len(holders) == 22


def test_requisites_have_right_check_digits(demo_district: District) -> None:
    for row in demo_district.rows.of("schools"):
        for name in ("inn", "kpp", "ogrn", "oktmo"):
            assert getattr(state_numbers, name)(row[name]) == row[name]
    numbers = [row["snils"] for row in demo_district.rows.of("people") if row["snils"]]
    assert all(state_numbers.snils(number) for number in numbers)
    assert len(numbers) > 3000


def test_names_agree_in_gender(demo_district: District) -> None:
    for row in demo_district.rows.of("people"):
        assert row["last_name"].endswith("а") == row["middle_name"].endswith("на"), row


def test_two_schools_work_in_two_shifts_and_one_is_on_vacation(demo_district: District) -> None:
    rows = demo_district.rows
    assert [row["shifts"] for row in rows.of("schools")].count("2") == 2
    away = [row["school_id"] for row in rows.of("vacations") if row["starts_on"] == "2026-11-23"]
    assert len(away) == 1
    held = {row["group_id"][:3] for row in rows.of("lessons") if "2026-11-23" <= row["date"] <= "2026-11-29"}
    assert away[0] not in held
    assert len(held) > 15


def test_contradicting_figures_are_refused() -> None:
    from dataclasses import replace

    with pytest.raises(ValueError, match="contradict"):
        replace(load_figures()[0], users_total=1).check()


LOADED = text("""
    select s.name, 'staff' as role, p.person_id, pe.activated_at
    from staff_post as p join school as s on s.id = p.school_id join person as pe on pe.id = p.person_id
    union
    select s.name, 'pupils', e.person_id, pe.activated_at
    from enrolment as e join school_class as c on c.id = e.class_id join school as s on s.id = c.school_id
    join person as pe on pe.id = e.person_id
    union
    select s.name, 'guardians', g.guardian_id, pe.activated_at
    from guardianship as g join enrolment as e on e.person_id = g.pupil_id
    join school_class as c on c.id = e.class_id join school as s on s.id = c.school_id
    join person as pe on pe.id = g.guardian_id
""")


def test_a_loaded_database_has_the_same_figures(demo: Flask) -> None:
    """Also the accounts that the demo opens: nobody becomes activated who was not."""
    with demo.app_context():
        found = session.execute(LOADED).all()
    for name, expected in table("users.csv").items():
        own = [row for row in found if row.name == name]
        for role in ("staff", "pupils", "guardians"):
            people = {row.person_id for row in own if row.role == role}
            active = {row.person_id for row in own if row.role == role and row.activated_at}
            assert (len(people), len(active)) == (expected[f"{role}_total"], expected[f"{role}_active"]), name
        assert len({row.person_id for row in own}) == expected["users_total"]
        assert len({row.person_id for row in own if row.activated_at}) == expected["users_active"]
