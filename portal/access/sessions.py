"""Sessions: which browser is signed in, and as whom. The cookie holds a token, the database its hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, select

from portal.access.actor import Actor, load_actor
from portal.extensions import session
from portal.models.accounts import Account, AccountSession
from portal.models.base import UtcMoment
from portal.models.people import Person
from portal.values.names import short_name


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An actor, and the session they act in."""

    actor: Actor
    session_id: int
    last_seen_at: datetime


def token_hash(token: str) -> str:
    """What is kept of a token: it is random and long, so that a plain hash tells nothing of it."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def signed_in(token: str, *, opened_after: datetime, seen_after: datetime, today: date) -> SignedIn | None:
    """Who is signed in with ``token``, with the roles of ``today``.

    ``None``: no such session, it was ended, the password has changed since, or it was opened or last seen too
    long ago.
    """
    about = {"token_hash": token_hash(token), "opened_after": opened_after, "seen_after": seen_after}
    found = session.execute(_open(), about).one_or_none()
    if found is None:
        return None
    name = short_name(found.last_name, found.first_name, found.middle_name)
    return SignedIn(load_actor(found.person_id, name, today), found.id, found.last_seen_at)


@cache
def _open() -> Select[*tuple[Any, ...]]:
    """A session that counts, with the person's name. Built once: every page asks it."""
    names = (Person.last_name, Person.first_name, Person.middle_name)
    return (
        select(AccountSession.id, AccountSession.person_id, AccountSession.last_seen_at, *names)
        .join(Account, and_(Account.person_id == AccountSession.person_id, Account.epoch == AccountSession.epoch))
        .join(Person, Person.id == Account.person_id)
        .where(
            AccountSession.token_hash == bindparam("token_hash"),
            AccountSession.ended_at.is_(None),
            AccountSession.opened_at > bindparam("opened_after", type_=UtcMoment),
            AccountSession.last_seen_at > bindparam("seen_after", type_=UtcMoment),
        )
    )
