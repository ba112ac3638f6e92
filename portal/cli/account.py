"""``portal account``: a login for somebody, from the command line."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click
from sqlalchemy import select

from portal import create_app
from portal.extensions import session
from portal.models.people import Person
from portal.operations.accounts import set_account
from portal.values.refusal import Refusal


@click.group()
def command() -> None:
    """Учётные записи."""


@command.command("set")
@click.argument("person")
@click.argument("login")
@click.option("--password", prompt="Пароль", hide_input=True, confirmation_prompt="Ещё раз")
def set_command(person: str, login: str, password: str) -> None:
    """Дать человеку (ключ PERSON из набора данных) логин и пароль; прежние сеансы закончатся."""
    with create_app().app_context():
        person_id = session.scalar(select(Person.id).where(Person.key == person))
        if person_id is None:
            click.echo(f"Нет человека с ключом {person}.", err=True)
            sys.exit(1)
        try:
            set_account(person_id, login, password, at=datetime.now(UTC))
        except Refusal as refusal:
            click.echo(refusal.reason, err=True)
            sys.exit(1)
        session.commit()
    click.echo(f"Готово: вход с логином {login}.")
