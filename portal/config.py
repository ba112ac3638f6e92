"""Settings: each from the environment, each with a safe default. The README lists them."""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

ROOT = Path(__file__).resolve().parent.parent


def instance_folder(environ: dict[str, str]) -> Path:
    """``PORTAL_INSTANCE``, or ``instance/`` beside the code; made when it lacks."""
    folder = Path(environ.get("PORTAL_INSTANCE") or ROOT / "instance").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def kept_secret(folder: Path, name: str) -> str:
    """A secret made on first start and kept in the instance folder, readable by its owner only."""
    path = folder / name
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def database_url(environ: dict[str, str], folder: Path) -> str:
    """``PORTAL_DATABASE_URL`` (``postgresql://`` means psycopg 3), or SQLite in the instance folder."""
    given = environ.get("PORTAL_DATABASE_URL")
    if not given:
        return f"sqlite:///{folder / 'portal.sqlite'}"
    url = make_url(given)
    if url.drivername in {"postgres", "postgresql"}:
        url = url.set(drivername="postgresql+psycopg")
    return url.render_as_string(hide_password=False)


def load_config(overrides: dict[str, Any] | None = None) -> dict[str, Any]:
    """The application's settings from ``os.environ``; ``overrides`` win (tests)."""
    environ = dict(os.environ)
    folder = instance_folder(environ | {k: v for k, v in (overrides or {}).items() if k == "PORTAL_INSTANCE"})
    url = (overrides or {}).get("SQLALCHEMY_DATABASE_URI") or database_url(environ, folder)
    secure = environ.get("PORTAL_HTTPS", "0") == "1"
    config: dict[str, Any] = {
        "INSTANCE": folder,
        "SECRET_KEY": environ.get("PORTAL_SECRET_KEY") or kept_secret(folder, "secret.key"),
        "DATA_KEY": environ.get("PORTAL_DATA_KEY") or kept_secret(folder, "data.key"),
        "SQLALCHEMY_DATABASE_URI": url,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(url),
        "HTTPS": secure,
        "TRUSTED_PROXIES": int(environ.get("PORTAL_TRUSTED_PROXIES", "0")),
        "SESSION_COOKIE_NAME": "__Host-portal" if secure else "portal",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "SESSION_IDLE": timedelta(minutes=int(environ.get("PORTAL_SESSION_MINUTES", "720"))),
        "PERMANENT_SESSION_LIFETIME": timedelta(days=int(environ.get("PORTAL_SESSION_DAYS", "7"))),
        "WTF_CSRF_TIME_LIMIT": None,  # bound to the session: a form left open over lunch still sends
        "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "COMPRESS_ALGORITHM": ["gzip"],
        "COMPRESS_LEVEL": 6,
        "COMPRESS_MIN_SIZE": 500,
        "COMPRESS_MIMETYPES": ["text/html", "text/csv", "application/json"],
        "SIGN_IN_FAILURES_PER_ACCOUNT": int(environ.get("PORTAL_SIGN_IN_FAILURES_PER_ACCOUNT", "10")),
        "SIGN_IN_FAILURES_PER_ACCOUNT_ANYWHERE": int(
            environ.get("PORTAL_SIGN_IN_FAILURES_PER_ACCOUNT_ANYWHERE", "200")
        ),
        "SIGN_IN_FAILURES_PER_ADDRESS": int(environ.get("PORTAL_SIGN_IN_FAILURES_PER_ADDRESS", "100")),
    }
    config.update(overrides or {})
    return config


def _engine_options(url: str) -> dict[str, Any]:
    if url.startswith("sqlite"):
        return {"hide_parameters": True, "connect_args": {"timeout": 20}}
    # the indicators are many small look-ups: compiling them took ten times as long as running them
    no_jit = {"options": "-c jit=off"}
    pool = {"pool_pre_ping": True, "pool_size": 8, "max_overflow": 8}
    return {"hide_parameters": True, "connect_args": no_jit, **pool}
