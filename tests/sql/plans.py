"""Reads query plans of both engines: which table is reached by which columns of an index."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection


@dataclass(frozen=True)
class Reach:
    """A table or subquery under its name in the plan, and the columns an index finds its rows by (none: all rows)."""

    name: str
    columns: frozenset[str]
    said: str


def reaches(connection: Connection, query: str, parameters: Any = None) -> list[Reach]:
    """How ``query``, as the driver gets it, reaches each table, on whichever engine."""
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql(f"explain query plan {query}", parameters).all()
        return [reach for row in rows if (reach := _sqlite(row[3])) is not None]
    plan = connection.exec_driver_sql(f"explain (format json) {query}", parameters).scalar_one()
    top = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]
    return list(_postgres(top))


_STEP = re.compile(r"^(SCAN|SEARCH) (\w+)(?: USING (?:[A-Z ]*)?(?:INDEX \w+|INTEGER PRIMARY KEY))?(?: \((.*)\))?")


def _sqlite(detail: str) -> Reach | None:
    """``SEARCH lesson USING INDEX ix (school_id=? AND week_start=?)``; other lines are no steps to a table."""
    match = _STEP.match(detail)
    if not match or match[2] == "CONSTANT":
        return None
    columns = re.findall(r"(\w+)[<>=]", match[3] or "") if match[1] == "SEARCH" else []
    return Reach(match[2], frozenset(columns), detail)


def _postgres(node: dict[str, Any]) -> Iterator[Reach]:
    """Every scan below a node; a bitmap's condition stands one level down."""
    kind = node["Node Type"]
    if "Relation Name" in node:
        condition = node.get("Index Cond", "")
        if kind == "Bitmap Heap Scan":
            condition = " ".join(_bitmap_conditions(node))
        yield Reach(node["Relation Name"], frozenset(_own_columns(condition)), f"{kind} {condition}")
    for child in node.get("Plans", ()):
        yield from _postgres(child)


def _own_columns(condition: str) -> Iterator[str]:
    """The index's own columns stand left of each comparison: ``((a = 1) AND (ROW(b, (c)::text) > ROW(…)))``."""
    for part in condition.split(" AND "):
        left = re.split(r" (?:=|<>|[<>]=?) ", part)[0]
        yield from re.findall(r"(?<!:)\b[a-z_]+\b(?!\.)", left)


def _bitmap_conditions(node: dict[str, Any]) -> Iterator[str]:
    for child in node.get("Plans", ()):
        if child["Node Type"].startswith("Bitmap"):  # not the subqueries that stand below, too
            yield child.get("Index Cond", "")
            yield from _bitmap_conditions(child)
