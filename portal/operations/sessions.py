"""Sessions are opened, kept open while they are used, and ended: each by itself, or all of an account at once."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import delete, update

from portal.access.sessions import token_hash
from portal.extensions import session
from portal.models.accounts import AccountSession


def open_session(person_id: int, epoch: int, *, at: datetime, forget_before: datetime) -> str:
    """Open a session of an account; returns the token its browser keeps.

    The account's sessions opened before ``forget_before`` are too old to count: their rows go.
    """
    mine = AccountSession.person_id == person_id
    session.execute(delete(AccountSession).where(mine, AccountSession.opened_at < forget_before))
    token = secrets.token_urlsafe(24)
    session.add(
        AccountSession(token_hash=token_hash(token), person_id=person_id, epoch=epoch, opened_at=at, last_seen_at=at)
    )
    session.flush()
    return token


def keep_open(session_id: int, *, at: datetime) -> None:
    """The session was used at ``at``; one that has ended stays as it is."""
    still = (AccountSession.id == session_id, AccountSession.ended_at.is_(None), AccountSession.last_seen_at < at)
    session.execute(update(AccountSession).where(*still).values(last_seen_at=at))


def end_session(session_id: int, *, at: datetime) -> None:
    """End one session; ending it twice changes nothing."""
    still = (AccountSession.id == session_id, AccountSession.ended_at.is_(None))
    session.execute(update(AccountSession).where(*still).values(ended_at=at))


def end_sessions(person_id: int, *, at: datetime) -> None:
    """End every session of an account."""
    still = (AccountSession.person_id == person_id, AccountSession.ended_at.is_(None))
    session.execute(update(AccountSession).where(*still).values(ended_at=at))
