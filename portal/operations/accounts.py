"""Accounts: logins, passwords, and the limit on failed sign-ins."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from portal.access.actor import Actor
from portal.extensions import session, vault
from portal.models.accounts import Account, SignInFailures
from portal.models.activity import Visit
from portal.models.people import Person
from portal.operations.sessions import end_sessions
from portal.values.refusal import Refusal

WINDOW = timedelta(minutes=15)
HASHER = PasswordHasher()


@cache
def no_account_hash() -> str:
    """Verified when there is no such login, so that both answers take equally long."""
    return HASHER.hash("nobody has this password")


@dataclass(frozen=True, slots=True)
class Limits:
    """Failures allowed in one window of 15 minutes. A whole school shares one address."""

    per_account: int
    per_address: int


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to sign in."""

    login: str
    address: str
    at: datetime


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """An account whose password was right."""

    person_id: int
    epoch: int


def login_key(login: str) -> str:
    """A login as it is compared: case and outer blanks do not matter."""
    return login.strip().casefold()


def set_account(person_id: int, login: str, password: str, *, at: datetime) -> None:
    """Give a person a login and a password; activates them. ``Refusal`` when the login is another's."""
    key = login_key(login)
    owner = session.scalar(select(Account.person_id).where(Account.login_key == key))
    if owner is not None and owner != person_id:
        raise Refusal(f"Логин «{login.strip()}» занят. Придумайте другой.")
    account = session.get(Account, person_id)
    if account is None:
        account = Account(person_id=person_id, created_at=at, epoch=0)
        session.add(account)
    account.login, account.login_key = login.strip(), key
    account.password_hash = HASHER.hash(password)
    account.epoch += 1
    end_sessions(person_id, at=at)
    session.execute(update(Person).where(Person.id == person_id, Person.activated_at.is_(None)).values(activated_at=at))
    session.flush()


def change_password(person_id: int, current: str, new: str, *, by: Actor, at: datetime) -> int:
    """Change one's own password; returns the account's new epoch: every session of the old one ends."""
    account = session.get(Account, person_id, with_for_update=True)
    if account is None or by.person_id != person_id or not _verified(account.password_hash, current):
        raise Refusal("Нынешний пароль введён неверно.")
    account.password_hash = HASHER.hash(new)
    account.epoch += 1
    end_sessions(person_id, at=at)
    session.flush()
    return account.epoch


def check_password(login: str, password: str) -> KnownAccount | None:
    """The account of ``login`` when ``password`` is its own; takes as long where there is none."""
    found = session.execute(
        select(Account.person_id, Account.epoch, Account.password_hash).where(Account.login_key == login_key(login))
    ).one_or_none()
    if not _verified(found.password_hash if found else no_account_hash(), password) or found is None:
        return None
    return KnownAccount(found.person_id, found.epoch)


def _verified(password_hash: str, password: str) -> bool:
    try:
        return HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def count_attempt(attempt: Attempt, limits: Limits) -> bool:
    """Count an attempt as failed before it is tried; ``False`` when the window's failures are used up.

    Counting first makes the limit hold however many worker processes try at once;
    :func:`forgive_attempt` takes it back after success.
    """
    session.execute(delete(SignInFailures).where(SignInFailures.window_starts_at < attempt.at - 4 * WINDOW))
    counts = [_count(subject, attempt.at) for subject in _subjects(attempt)]
    return counts[0] <= limits.per_account and counts[1] <= limits.per_address


def forgive_attempt(attempt: Attempt) -> None:
    """Take back the count of an attempt that turned out right, and the account's earlier slips with it."""
    account, address = _subjects(attempt)
    window = _window(attempt.at)
    session.execute(delete(SignInFailures).where(SignInFailures.subject == account))
    session.execute(
        update(SignInFailures)
        .where(SignInFailures.subject == address, SignInFailures.window_starts_at == window)
        .values(failures=SignInFailures.failures - 1)
    )


def _subjects(attempt: Attempt) -> tuple[str, str]:
    """Keyed hashes: neither logins nor addresses are kept in clear."""
    return (
        vault().fingerprint("login:" + hashlib.sha256(login_key(attempt.login).encode()).hexdigest()),
        vault().fingerprint("address:" + attempt.address),
    )


def _window(at: datetime) -> datetime:
    epoch = datetime(2020, 1, 1, tzinfo=UTC)
    return epoch + (at - epoch) // WINDOW * WINDOW


def _count(subject: str, at: datetime) -> int:
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(SignInFailures).values(subject=subject, window_starts_at=_window(at), failures=1)
    return session.execute(
        statement.on_conflict_do_update(
            index_elements=[SignInFailures.subject, SignInFailures.window_starts_at],
            set_={"failures": SignInFailures.failures + 1},
        ).returning(SignInFailures.failures)
    ).scalar_one()


def record_visit(person_id: int, *, at: datetime) -> None:
    """A person was in the portal; sending the same moment twice makes one row."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(dialect.insert(Visit).values(person_id=person_id, visited_at=at).on_conflict_do_nothing())
