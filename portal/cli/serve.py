"""``portal serve``: the portal on waitress, for a school, a demo or a developer."""

from __future__ import annotations

from typing import Any

import click
from flask import Flask

from portal import create_app
from portal.migrate import upgrade

ENVELOPE = 64 * 1024
"""Bytes over the largest body: what is a little too large gets the portal's own words, the rest is cut off."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Адрес, на котором слушать.")
@click.option("--port", default=8000, show_default=True, help="Порт.")
@click.option("--threads", default=8, show_default=True, help="Потоки.")
def command(host: str, port: int, threads: int) -> None:
    """Запустить портал (waitress)."""
    from waitress import serve

    app = create_app()
    with app.app_context():
        upgrade()
    click.echo(f"Портал: http://{host}:{port}/  (остановить: Ctrl+C)")
    serve(app, host=host, port=port, threads=threads, ident=None, **server_options(app))


def server_options(app: Flask) -> dict[str, Any]:
    """What the application's settings mean to waitress: bodies no longer than a page takes, proxies that are trusted.

    Without trusted proxies waitress drops ``X-Forwarded-*``; with them the application would not see these unless
    waitress were told too.
    """
    options: dict[str, Any] = {"max_request_body_size": app.config["MAX_CONTENT_LENGTH"] + ENVELOPE}
    if app.config["TRUSTED_PROXIES"]:
        options["trusted_proxy"] = "*"
        options["trusted_proxy_count"] = app.config["TRUSTED_PROXIES"]
        options["trusted_proxy_headers"] = {"x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"}
    return options
