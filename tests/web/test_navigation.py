"""The top bar: where each role starts, what it leads to, and the switch between roles."""

from __future__ import annotations

import re
from urllib.parse import unquote

from portal.content.guides import guide
from portal.extensions import db
from portal.models.people import Guardianship
from portal.web.navigation import SECTIONS
from tests.access.matrix import EVERYBODY
from tests.small_school import csrf, person, sign_in


def bar(html: str) -> str:
    return html[html.index('<nav class="places"') : html.index("</nav>", html.index('<nav class="places"'))]


def test_a_role_starts_at_its_first_place_and_has_at_most_five(small):
    app, _ = small
    for login in EVERYBODY:
        client = sign_in(app, login)
        start = client.get("/")
        assert start.status_code == 303, login
        page = client.get(start.location, follow_redirects=True)
        assert page.status_code == 200, login
        places = re.findall(r'href="([^"]+)"( aria-current)?', bar(page.get_data(as_text=True)))
        assert 2 <= len(places) <= 5, login
        assert places[0] == (start.location, " aria-current"), login
        assert [current for _, current in places].count(" aria-current") == 1, login


def test_two_roles_are_one_tap_apart(small):
    app, world = small
    with app.app_context():
        db.session.add(
            Guardianship(guardian_id=world.people["teacher"], pupil_id=world.people["pupil"], relation="мать")
        )
        db.session.commit()
    client = sign_in(app, "teacher")
    page = client.get("/", follow_redirects=True).get_data(as_text=True)
    assert "Учитель" in page and "Журнал" in bar(page) and "Дневник" not in bar(page)
    (other,) = re.findall(r'<button type="submit" name="role" value="([^"]+)"', page)
    answer = client.post("/account/role", data={"role": other, "csrf_token": csrf(client, "/account/password")})
    assert answer.status_code == 303
    page = client.get("/", follow_redirects=True).get_data(as_text=True)
    assert "Дневник" in bar(page) and "Журнал" not in bar(page)


def test_roles_that_lead_to_the_same_places_are_not_offered_twice(small):
    app, _ = small
    page = sign_in(app, "class-teacher").get("/", follow_redirects=True).get_data(as_text=True)
    assert "Классный руководитель" in page
    assert 'name="role"' not in page


def test_a_person_without_a_role_learns_whom_to_ask(small):
    app, world = small
    with app.app_context():
        person(world, "nobody", "Ничей", "Пётр")
        db.session.commit()
    answer = sign_in(app, "nobody").get("/")
    assert answer.status_code == 200
    text = answer.get_data(as_text=True)
    assert "пока не знает вашей роли" in text and "администратор" in text and "Выйти" in text


def test_each_page_leads_to_its_own_section_of_the_guide(small):
    app, world = small
    for login, path, section in (
        ("teacher", f"/journal/groups/{world.groups['math']}", "журнал-группы"),
        ("teacher", f"/journal/lessons/{world.lessons['math-1']}", "урок-за-три-минуты"),
        ("guardian", f"/diary/pupils/{world.people['pupil']}/subjects", "отметки"),
        ("municipal", f"/reports/municipalities/{world.municipality}/users", "отчёты"),
    ):
        client = sign_in(app, login)
        page = client.get(path).get_data(as_text=True)
        (link,) = re.findall(r'href="([^"]+)">Справка по этой странице', page)
        address, _, anchor = link.partition("#")
        assert unquote(anchor) == section
        assert f'<h2 id="{section}">' in client.get(address).get_data(as_text=True)


def test_every_section_named_for_a_page_is_in_its_guide():
    for name, sections in SECTIONS.items():
        for section in sections.values():
            assert f'id="{section}"' in guide(name), (name, section)
