"""Accounts: logins, passwords, and the limit on failed sign-ins."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, exists, select, update
from sqlalchemy.dialects import postgresql, sqlite

from portal.access.actor import Actor
from portal.extensions import session, vault
from portal.models.accounts import Account, SignInFailures
from portal.models.activity import Visit
from portal.models.people import Person
from portal.operations.sessions import end_sessions
from portal.values.deadlines import local_day, local_moment
from portal.values.passwords import fault
from portal.values.refusal import Refusal

WINDOW = timedelta(minutes=15)
FEW = 3
HASHER = PasswordHasher()


@cache
def no_account_hash() -> str:
    """Verified when there is no such login, so that both answers take equally long."""
    return HASHER.hash("nobody has this password")


@dataclass(frozen=True, slots=True)
class Limits:
    """Failures allowed in one window of 15 minutes. A whole school shares one address.

    ``per_account`` counts one account's from one address: whoever guesses shuts only themselves out.
    ``per_account_anywhere`` counts one account's from all addresses; past it an address has :data:`FEW` tries.
    """

    per_account: int
    per_account_anywhere: int
    per_address: int


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to name the password of an account: at the sign-in page, or at that of the ``own`` password."""

    login: str
    address: str
    at: datetime
    own: bool = False


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """An account whose password was right."""

    person_id: int
    epoch: int


def login_key(login: str) -> str:
    """A login as it is compared: case and outer blanks do not matter."""
    return login.strip().casefold()


def set_account(person_id: int, login: str, password: str, *, at: datetime) -> None:
    """Give a person a login and a password; activates them.

    ``Refusal`` when the login is another's, or the password is guessed from it.
    """
    problem = fault(password, login=login)
    if problem:
        raise Refusal(problem)
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


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """What a person's own password is checked against: read first, weighed outside of any transaction."""

    person_id: int
    login: str
    password_hash: str

    def accepts(self, password: str) -> bool:
        """Whether it is the account's password. Slow on purpose."""
        return _verified(self.password_hash, password)


def own_account(person_id: int) -> OwnAccount:
    """The account of a person who is signed in."""
    row = session.execute(
        select(Account.person_id, Account.login, Account.password_hash).where(Account.person_id == person_id)
    ).one()
    return OwnAccount(*row)


def password_hash(password: str) -> str:
    """A new password as it is kept. Slow on purpose: made outside of any transaction."""
    return HASHER.hash(password)


def change_password(known: OwnAccount, new_hash: str, *, by: Actor, at: datetime) -> int:
    """Change one's own password; returns the account's new epoch: every session of the old one ends.

    ``Refusal`` when the password is no longer the one that was ``known``.
    """
    account = session.get(Account, known.person_id, with_for_update=True, populate_existing=True)
    if account is None or by.person_id != known.person_id or account.password_hash != known.password_hash:
        raise Refusal("Пароль только что изменили в другом окне. Войдите с новым паролем.")
    account.password_hash = new_hash
    account.epoch += 1
    end_sessions(known.person_id, at=at)
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
    :func:`forgive_attempt` takes it back after success. What is not tried does not count any further: a guesser
    uses up their own limit before the address's, and the address's before the account's.
    """
    session.execute(delete(SignInFailures).where(SignInFailures.window_starts_at < attempt.at - 4 * WINDOW))
    pair, address, account = _subjects(attempt)
    tries = _count(pair, attempt.at)
    if tries > limits.per_account or _count(address, attempt.at) > limits.per_address:
        return False
    return _count(account, attempt.at) <= limits.per_account_anywhere or tries <= FEW


def forgive_attempt(attempt: Attempt) -> None:
    """Take back the count of an attempt that turned out right, and the slips before it from the same address."""
    pair, address, account = _subjects(attempt)
    session.execute(delete(SignInFailures).where(SignInFailures.subject == pair))
    session.execute(
        update(SignInFailures)
        .where(SignInFailures.subject.in_((address, account)), SignInFailures.window_starts_at == _window(attempt.at))
        .values(failures=SignInFailures.failures - 1)
    )


def _subjects(attempt: Attempt) -> tuple[str, str, str]:
    """Account at an address, address, account: keyed hashes, neither logins nor addresses are kept in clear."""
    kind = "own" if attempt.own else "login"
    account = f"{kind}:" + hashlib.sha256(login_key(attempt.login).encode()).hexdigest()
    address = "address:" + attempt.address
    return vault().fingerprint(f"{account} {address}"), vault().fingerprint(address), vault().fingerprint(account)


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


def record_visit(person_id: int, *, at: datetime, zone: str) -> None:
    """A person was in the portal: the first time in a day of ``zone`` makes a row, however many ask at once."""
    session.execute(select(Account.person_id).where(Account.person_id == person_id).with_for_update(key_share=True))
    starts_at = local_moment(local_day(at, zone), time(0), zone)
    ends_at = local_moment(local_day(at, zone) + timedelta(days=1), time(0), zone)
    today = (Visit.person_id == person_id, Visit.visited_at >= starts_at, Visit.visited_at < ends_at)
    if not session.scalar(select(exists().where(*today))):
        session.add(Visit(person_id=person_id, visited_at=at))
        session.flush()
