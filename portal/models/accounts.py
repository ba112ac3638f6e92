"""Accounts: how a person signs in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, UtcMoment


class Account(Base):
    """A login of a person. ``login_key`` is the login case-folded; ``epoch`` grows when the password changes,
    which ends every session opened before.
    """

    __tablename__ = "account"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    login: Mapped[str] = mapped_column(String(64))
    login_key: Mapped[str] = mapped_column(String(64), unique=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    epoch: Mapped[int] = mapped_column(Integer, default=1)
    created_at: Mapped[datetime] = mapped_column(UtcMoment)


class AccountSession(Base):
    """A browser signed in to an account, from sign-in to its end; ``token_hash`` is what its cookie holds, hashed.

    It counts while ``ended_at`` is empty, its ``epoch`` is the account's, and neither its whole life nor the time
    since ``last_seen_at`` (exact to a few minutes) is too long.
    """

    __tablename__ = "account_session"
    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("account.person_id"), index=True)
    epoch: Mapped[int] = mapped_column(Integer)
    opened_at: Mapped[datetime] = mapped_column(UtcMoment)
    last_seen_at: Mapped[datetime] = mapped_column(UtcMoment)
    ended_at: Mapped[datetime | None] = mapped_column(UtcMoment)


class SignInFailures(Base):
    """Failed sign-ins of one account or one address within one window; ``subject`` is a keyed hash."""

    __tablename__ = "sign_in_failures"
    subject: Mapped[str] = mapped_column(String(64), primary_key=True)
    window_starts_at: Mapped[datetime] = mapped_column(UtcMoment, primary_key=True)
    failures: Mapped[int] = mapped_column(Integer)
