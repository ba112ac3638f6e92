"""The declarative base and the column types both databases share."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, MetaData, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from portal.extensions import vault

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


class UtcMoment(TypeDecorator[datetime]):
    """A moment, UTC in the database, aware in Python.

    A naive moment is refused: it would silently mean something else. Stored without a zone on both engines
    (SQLite: text ``YYYY-MM-DD HH:MM:SS.ffffff``), so that views compare moments alike.
    """

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Encrypted(TypeDecorator[str]):
    """Text encrypted at rest with the data key (:class:`portal.extensions.Vault`)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else vault().encrypt(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else vault().decrypt(value)


def ordered_text() -> Any:
    """Text compared byte by byte on both engines: sort keys order the same everywhere."""
    return Text().with_variant(Text(collation="C"), "postgresql")


KEY = String(64).with_variant(String(64, collation="C"), "postgresql")
"""A sender's own key (dataset.md): at most 64 characters, unique in its table, kept for ever."""


def new_key() -> str:
    """A key for a row made in the portal itself, of the same kind as a sender's."""
    return secrets.token_hex(12)
