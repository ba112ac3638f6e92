"""Routes and forms, one folder a noun. Each folder's ``routes.py`` has the ``blueprint``."""

from importlib import import_module

from flask import Flask

NAMES = (
    "account", "start", "help", "schedule", "journal", "diary", "monitoring", "indicators",
    "own_lessons", "frozen_weeks", "profiles", "control", "showcase", "events", "reports",
)  # fmt: skip


def register_blueprints(app: Flask) -> None:
    """Bind every blueprint."""
    for name in NAMES:
        app.register_blueprint(import_module(f"portal.blueprints.{name}.routes").blueprint)
