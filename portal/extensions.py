"""The libraries that live as long as the application, and the database session.

Operations, queries and models take ``session`` from here; nothing else of the portal is imported.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from contextlib import suppress
from contextvars import ContextVar
from typing import Any, Literal

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import Flask, current_app
from flask_compress import Compress
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect
from htmx_flask import Htmx
from sqlalchemy import Engine, ExceptionContext, event
from sqlalchemy.orm import Session, scoped_session

db = SQLAlchemy()
session: scoped_session[Session] = db.session  # type: ignore[assignment]
login_manager = LoginManager()
csrf = CSRFProtect()
htmx = Htmx()
compress = Compress()

BeginMode = Literal["read", "write"]

begin_mode: ContextVar[BeginMode] = ContextVar("begin_mode", default="write")
"""How the next SQLite transaction begins. «write» takes the write lock at once (BEGIN IMMEDIATE), so that
writers wait in line instead of failing in the middle; «read» never blocks. PostgreSQL ignores it.
Commands and jobs write; the web layer says which it is for each request."""


def prepare_engine(engine: Engine) -> None:
    """Keep data out of an engine's errors, and make a SQLite engine safe.

    SQLite: WAL, full sync, foreign keys, explicit transactions, waiting writers.
    """
    event.listen(engine, "handle_error", _without_data)
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "do_connect")
    def _keep_private(_dialect: object, _record: object, arguments: Any, _options: object) -> None:
        """A new file is its owner's only; -wal and -shm take after it.

        An existing file is never opened here: closing any descriptor of it would drop the POSIX locks of
        this process's other connections, and another process could then unlink the WAL under them.
        """
        if arguments and arguments[0] != ":memory:":
            with suppress(FileExistsError):
                os.close(os.open(arguments[0], os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we begin ourselves: DDL is transactional only so
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout = 20000")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")  # NORMAL may lose the last commits on power loss
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA cache_size = -32000")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if begin_mode.get() == "write" else "BEGIN")


def _without_data(context: ExceptionContext) -> None:
    """PostgreSQL says which values were wrong, in the lines after the first: they must not reach the logs."""
    said = getattr(getattr(context.original_exception, "diag", None), "message_primary", None)
    if said:
        whole = str(context.original_exception)
        for error in (context.original_exception, context.sqlalchemy_exception):
            if error is not None:
                error.args = tuple(str(part).replace(whole, said) for part in error.args)


class Vault:
    """Encryption at rest for СНИЛС and document numbers, and a keyed hash to look them up by.

    The data key may name several keys, separated by commas: the first encrypts, all decrypt. The keyed
    hash always uses the last one, so that look-ups survive a rotation until hashes are made anew.
    """

    def __init__(self, data_key: str) -> None:
        keys = [part.strip() for part in data_key.split(",") if part.strip()]
        if not keys:
            raise ValueError("PORTAL_DATA_KEY is empty")
        self._fernet = MultiFernet([Fernet(_derived(key, b"encrypt")) for key in keys])
        self._hash_key = _derived(keys[-1], b"fingerprint")

    def encrypt(self, text: str) -> str:
        return self._fernet.encrypt(text.encode()).decode()

    def decrypt(self, token: str) -> str:
        """The clear text; ``ValueError`` when no key of ours made the token."""
        try:
            return self._fernet.decrypt(token.encode()).decode()
        except InvalidToken as error:
            raise ValueError("stored value was encrypted with another PORTAL_DATA_KEY") from error

    def fingerprint(self, text: str) -> str:
        """A keyed SHA-256 (hex) of the normalised text: equal texts have equal fingerprints."""
        return hmac.new(self._hash_key, text.encode(), hashlib.sha256).hexdigest()


def _derived(key: str, purpose: bytes) -> bytes:
    return base64.urlsafe_b64encode(hmac.new(key.encode(), b"portal:" + purpose, hashlib.sha256).digest())


def vault() -> Vault:
    """The running application's vault."""
    found: Vault = current_app.extensions["portal.vault"]
    return found


def init_extensions(app: Flask) -> None:
    """Bind every extension to the application."""
    db.init_app(app)
    login_manager.init_app(app)
    csrf.init_app(app)
    htmx.init_app(app)
    compress.init_app(app)
    app.extensions["portal.vault"] = Vault(app.config["DATA_KEY"])
    with app.app_context():
        prepare_engine(db.engine)
