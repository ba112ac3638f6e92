"""The small school with papers: who has a document, an account, ЕСИА; and how its pages are read."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from portal.extensions import db
from portal.models.organisation import School
from portal.models.people import Person
from tests.monitoring.conftest import rows_of_page, text_of_page
from tests.small_school import SmallSchool

__all__ = ["rows_of_page", "text_of_page"]

ACTIVATED = datetime(2026, 9, 2, tzinfo=UTC)


def give(small: SmallSchool, word: str, **values: object) -> None:
    """Record something of a person."""
    person = db.session.get(Person, small.people[word])
    assert person is not None
    for name, value in values.items():
        setattr(person, name, value)


@pytest.fixture
def papers(small):
    """Three pupils of 5А, a contingent of 4: «pupil» has account and СНИЛС, «pupil-2» a passport with its number and no
    account, «pupil-3» an account and the word passport without a number. One guardian and one pupil came through ЕСИА.
    """
    app, world = small
    with app.app_context():
        db.session.get(School, world.school).contingent_oo1 = 4
        give(world, "pupil", snils="112-233-445 95", snils_hash="a", birth_date=date(2015, 3, 4), esia_at=ACTIVATED)
        give(
            world, "pupil-2", document="passport", document_number="82 10 123456", document_hash="b", activated_at=None
        )
        give(world, "pupil-3", document="passport")
        give(world, "guardian", esia_at=ACTIVATED, phone="+7 900 000-00-00")
        db.session.commit()
    return app, world
