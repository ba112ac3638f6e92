"""``portal dataset load`` of generated rows, beside a bare executemany or COPY of the same files."""

from __future__ import annotations

import csv
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import create_engine

from bench.case import Case, Reference, Sample, run_apart
from bench.database import new_database
from bench.rows import dataset
from portal.exchange.writer import write_dataset


@contextmanager
def cases(rows: int, chosen: Iterable[tuple[str, str]]) -> Iterator[list[Case]]:
    """Two sizes on each engine: with four times the rows the peak of memory stays where it is."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-rows-") as name:
        found = []
        for size in (rows // 4, rows):
            folder = Path(name) / str(size)
            amount = sum(write_dataset(folder, dataset(size)).values())
            for engine, server in chosen:
                where = {"folder": str(folder), "server": server}
                found.append(
                    Case(
                        f"dataset load of {amount} rows, {engine}",
                        "rows",
                        _apart("load_dataset", amount, where),
                        (Reference("bare insert or COPY", _apart("bare_insert", amount, where)),),
                    )
                )
        yield found


def _apart(function: str, amount: int, where: dict[str, str]) -> Callable[[], Sample]:
    return lambda: run_apart(f"bench.dataset_load:{function}", amount, where)


def load_dataset(folder: str, server: str) -> float:
    """The portal's own load, checks and all, to the commit."""
    from portal import create_app
    from portal.exchange.source import open_dataset
    from portal.extensions import db, session
    from portal.migrate import upgrade
    from portal.operations.dataset import load

    with new_database(server) as (url, instance):
        app = create_app({"PORTAL_INSTANCE": str(instance), "SQLALCHEMY_DATABASE_URI": url})
        with app.app_context():
            upgrade()
            started = time.perf_counter()
            load(open_dataset(folder), at=datetime.now(UTC))
            session.commit()
            seconds = time.perf_counter() - started
            session.remove()
            db.engine.dispose()
    return seconds


def bare_insert(folder: str, server: str) -> float:
    """The same files into tables of texts: no check, no key, no index, no reference."""
    with new_database(server) as (url, _):
        engine = create_engine(url)
        started = time.perf_counter()
        raw = engine.raw_connection()
        for path in sorted(Path(folder).glob("*.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                records = csv.reader(file)
                columns = [f'"{name}" text' for name in next(records)]
                cursor = raw.cursor()
                cursor.execute(f"create table {path.stem} ({', '.join(columns)})")
                if engine.dialect.name == "postgresql":
                    with cursor.copy(f"copy {path.stem} from stdin") as copy:
                        for record in records:
                            copy.write_row(record)
                else:
                    cursor.executemany(f"insert into {path.stem} values ({', '.join('?' * len(columns))})", records)
        raw.commit()
        seconds = time.perf_counter() - started
        raw.close()
        engine.dispose()
    return seconds
