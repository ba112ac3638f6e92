"""The list of accounts that the demo prints, read from the database: after the first filling and ever after."""

from __future__ import annotations

import click
from sqlalchemy import select

from portal.demo.district import FIRST_SCHOOL, MUNICIPALITY, REGION
from portal.demo.sign_ins import PARTS, PASSWORD
from portal.extensions import session
from portal.models.accounts import Account
from portal.models.organisation import Municipality, Region, School
from portal.models.people import Person
from portal.values.names import full_name

HEADINGS = ("Роль", "Логин", "Кто", "Где", "Что посмотреть")
ADDRESS = "http://127.0.0.1:8000"


def print_sign_ins() -> None:
    """Role, login, person, place of work or learning, and a page to begin with."""
    lines = sign_in_lines()
    if not lines:
        click.echo("База уже заполнена; учётных записей демонстрации в ней нет.")
        return
    widths = [max(len(line[n]) for line in (HEADINGS, *lines)) for n in range(len(HEADINGS))]
    click.echo()
    for line in (HEADINGS, *lines):
        click.echo("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip())
    click.echo(f"\nПароль у всех один: {PASSWORD}")
    click.echo(f"Портал запускает portal serve: {ADDRESS}, если не задан другой порт.")


def sign_in_lines() -> list[tuple[str, ...]]:
    """A line for each account of the demo that the database holds."""
    found = session.execute(
        select(Account.login, Person.last_name, Person.first_name, Person.middle_name)
        .join(Person, Person.id == Account.person_id)
        .where(Account.login.in_(PARTS))
    )
    people = {login: full_name(last, first, middle) for login, last, first, middle in found}
    keys = {"region": (Region, REGION), "municipality": (Municipality, MUNICIPALITY), "school": (School, FIRST_SCHOOL)}
    units = {
        word: session.execute(select(model.id, model.name).where(model.key == key)).one_or_none()
        for word, (model, key) in keys.items()
    }
    if not people or None in units.values():
        return []
    ids = {word: unit.id for word, unit in units.items() if unit}
    names = {word: unit.name for word, unit in units.items() if unit}
    return [
        (part.role, login, people[login], names[part.unit], part.page.format(**ids))
        for login, part in PARTS.items()
        if login in people
    ]
