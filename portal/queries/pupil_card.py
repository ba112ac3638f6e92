"""A pupil's card as far as the digital profile asks: what is recorded, never the numbers themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select

from portal.extensions import session
from portal.models.people import Enrolment, Guardianship, Person, SchoolClass
from portal.models.showcase import DataRestriction
from portal.values.names import class_name, full_name

DOCUMENTS = {"passport": "паспорт", "birth_certificate": "свидетельство о рождении"}


@dataclass(frozen=True, slots=True)
class PupilCard:
    """``documents`` are the recorded ones in words; ``restricted_at``: since when the data may not be processed."""

    person_id: int
    name: str
    class_titles: tuple[str, ...]
    documents: tuple[str, ...]
    activated_at: datetime | None
    guardians: int
    restricted_at: datetime | None


def pupil_card(person_id: int, school_ids: frozenset[int], today: date) -> PupilCard:
    """One pupil of the given schools; ``LookupError`` for nobody. Two queries."""
    guardians = select(func.count()).select_from(Guardianship).where(Guardianship.pupil_id == person_id)
    restricted = select(DataRestriction.set_at).where(
        DataRestriction.person_id == person_id, DataRestriction.lifted_at.is_(None)
    )
    row = session.execute(
        select(
            Person.id, Person.last_name, Person.first_name, Person.middle_name, Person.document,
            Person.document_hash.is_not(None).label("has_number"), Person.snils_hash.is_not(None).label("has_snils"),
            Person.activated_at, guardians.scalar_subquery().label("guardians"),
            restricted.scalar_subquery().label("restricted_at"),
        ).where(Person.id == person_id)
    ).one_or_none()  # fmt: skip
    if row is None:
        raise LookupError(person_id)
    paper = DOCUMENTS.get(row.document or "") if row.has_number else None
    return PupilCard(
        person_id=row.id,
        name=full_name(row.last_name, row.first_name, row.middle_name),
        class_titles=_classes(person_id, school_ids, today),
        documents=tuple(word for word in (paper, "СНИЛС" if row.has_snils else None) if word),
        activated_at=row.activated_at,
        guardians=row.guardians,
        restricted_at=row.restricted_at,
    )


def _classes(person_id: int, school_ids: frozenset[int], today: date) -> tuple[str, ...]:
    rows = session.execute(
        select(SchoolClass.grade, SchoolClass.letter)
        .join(Enrolment, Enrolment.class_id == SchoolClass.id)
        .where(
            Enrolment.person_id == person_id,
            SchoolClass.school_id.in_(list(school_ids)),
            Enrolment.enrolled_on <= today,
            or_(Enrolment.left_on.is_(None), Enrolment.left_on > today),
        )
        .order_by(SchoolClass.year.desc(), SchoolClass.grade, SchoolClass.letter)
    )
    return tuple(class_name(grade, letter) for grade, letter in rows)
