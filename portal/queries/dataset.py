"""The rows of a dataset (domain/dataset.md) as they stand, for a dump.

The order is by keys, byte by byte, and so the same on every database; what was taken back is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from portal.exchange.tables import TABLES
from portal.extensions import session
from portal.queries.dataset_journal import JOURNAL
from portal.queries.dataset_people import PEOPLE
from portal.queries.dataset_schools import SCHOOLS, Found
from portal.values.state_numbers import snils_as_written

Rows = Iterator[Mapping[str, object]]
PAGE = 5000
SELECTS: dict[str, Callable[[], Found]] = SCHOOLS | PEOPLE | JOURNAL


def read_as_one() -> None:
    """Make all that follows see the data of one moment: to be called before the transaction's first read."""
    if session.get_bind().dialect.name == "postgresql":  # SQLite's transactions always do
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def dump_tables() -> Iterator[tuple[str, Rows]]:
    """Every table with its rows, in the order of loading; rows come from the database as they are read."""
    for name in TABLES:
        yield name, _rows(name)


def _rows(name: str) -> Rows:
    shown = _SHOWN.get(name, {})
    for row in session.execute(SELECTS[name](), execution_options={"yield_per": PAGE}).mappings():
        values = dict[str, object](row)
        for key, show in shown.items():
            values[key] = None if row[key] is None else show(row[key])
        yield values


def _per_cent(decimals: int) -> Callable[[int], str]:
    """A per cent kept as a whole number of its smallest parts: 5000 hundredths are «50»."""
    return lambda kept: format((Decimal(kept) / 10**decimals).normalize(), "f")


_SHOWN: dict[str, dict[str, Callable[[Any], str]]] = {
    "people": {"snils": snils_as_written},
    "activity_profiles": {"threshold": _per_cent(2)},
    "indicator_history": {"value": _per_cent(4)},
}
