"""The mark «data may not be processed» on a pupil's card: set, lifted, with its history."""

from __future__ import annotations

from portal.extensions import db
from portal.models.showcase import DataRestriction
from tests.showcase.conftest import text_of_page
from tests.small_school import NOON, csrf, sign_in


def change(client, small, wanted, **headers):
    path = f"/showcase/pupils/{small.people['pupil']}"
    token = csrf(client, "/account/password")
    return client.post(f"{path}/restriction", data={"csrf_token": token, "wanted": wanted}, headers=headers)


def history(app, small):
    with app.app_context():
        rows = db.session.query(DataRestriction).order_by(DataRestriction.id)
        return [(row.person_id, row.set_by_id, row.lifted_by_id, row.lifted_at is None) for row in rows]


def test_set_and_lifted_each_once_however_often_it_is_sent(papers):
    app, small = papers
    client = sign_in(app, "administrator")
    path, pupil, doer = (
        f"/showcase/pupils/{small.people['pupil']}",
        small.people["pupil"],
        small.people["administrator"],
    )
    for _ in range(2):
        answer = change(client, small, "set")
        assert (answer.status_code, answer.location) == (303, path)
    assert history(app, small) == [(pupil, doer, None, True)]
    page = text_of_page(client.get(path).get_data(as_text=True))
    assert "запрещена с 16.09.2026 12:00" in page and "Разрешить обработку" in page
    for _ in range(2):
        change(client, small, "lift")
    assert history(app, small) == [(pupil, doer, doer, False)]
    change(client, small, "set")
    assert len(history(app, small)) == 2


def test_the_profile_follows_at_once(papers):
    app, small = papers
    client = sign_in(app, "administrator")
    change(client, small, "set")
    page = text_of_page(client.get(f"/showcase/schools/{small.school}/profile").get_data(as_text=True))
    assert "есть у 0 из 3" in page and "Ёлкина Мария 5А обработка данных запрещена" in page


def test_head_and_deputy_read_the_card_and_change_nothing(papers):
    app, small = papers
    for login in ("head", "deputy"):
        client = sign_in(app, login)
        page = client.get(f"/showcase/pupils/{small.people['pupil']}").get_data(as_text=True)
        assert "Запретить обработку" not in page and "СНИЛС" in page and "112-233" not in page
        assert change(client, small, "set").status_code == 403
    assert history(app, small) == []


def test_a_forged_form_is_refused(papers):
    app, small = papers
    assert change(sign_in(app, "administrator"), small, "drop").status_code == 422
    assert history(app, small) == []


def test_htmx_gets_the_section_alone(papers):
    app, small = papers
    html = change(sign_in(app, "administrator"), small, "set", **{"HX-Request": "true"}).get_data(as_text=True)
    assert html.lstrip().startswith('<section id="restriction"') and "<html" not in html


def test_a_pupil_who_left_has_no_card(papers):
    app, small = papers
    with app.app_context():
        from portal.models.people import Enrolment

        db.session.query(Enrolment).filter_by(person_id=small.people["pupil"]).update({"left_on": NOON.date()})
        db.session.commit()
    assert sign_in(app, "administrator").get(f"/showcase/pupils/{small.people['pupil']}").status_code == 404
