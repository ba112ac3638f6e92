"""``portal serve``: the portal on waitress, for a school, a demo or a developer."""

from __future__ import annotations

import click

from portal import create_app
from portal.migrate import upgrade


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
    serve(app, host=host, port=port, threads=threads, ident=None)
