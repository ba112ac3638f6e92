"""``python -m portal.sql.subset``: the views keep to the SQL that SQLite and PostgreSQL share, and to their form.

Plain checks read the text, sqlglot reads the tree. What is refused, and why, stands beside each check.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError

from portal.sql import FOLDER

FILE_NAME = re.compile(r"^(10_base|2\d_fact|3\d|3\d_indicator|4\d)_[a-z_]+\.sql$")
INDICATOR_FILE = re.compile(r"^3\d_indicator_[a-z_]+\.sql$")
INDICATOR_COLUMNS = ["school_id", "week_start", "numerator", "denominator"]

TEXT_CHECKS = (
    (re.compile(r"%"), "a percent sign: drivers take it for a parameter, even in a comment"),
    (re.compile(r"(?<!:):[A-Za-z_]"), "«:word»: taken for a parameter, even in a comment"),
    (re.compile(r"::"), "a «::» cast: PostgreSQL only"),
    (re.compile(r"\t"), "a tab: four blanks"),
    (re.compile(r".{121,}"), "a line longer than 120 characters"),
)

FUNCTIONS = frozenset({"count", "coalesce", "sum", "min", "max", "exists", "case", "and", "or", "if"})
"""All that both engines compute alike. ``sum`` is for 1 and 0 only; «if» is sqlglot's name for «when»."""

BOOLEAN_COLUMNS = frozenset({"teaching", "conducted", "timely", "counted", "imported", "on_vacation", "stale"})
"""Columns that hold yes or no: 1 and 0 on SQLite, a type of its own on PostgreSQL."""

FORBIDDEN_NODES: tuple[tuple[type[exp.Expression], str], ...] = (
    (exp.Window, "a window function: filters do not pass it, and a look-up by index is quicker"),
    (exp.Star, "«*» as a column: name each column"),
    (exp.Boolean, "true or false: SQLite calls them 1 and 0, PostgreSQL does not; ask «when column then»"),
    (exp.Lateral, "lateral: SQLite has none"),
    (exp.Cast, "a cast: types differ"),
    (exp.Parameter, "a parameter"),
    (exp.Placeholder, "a parameter"),
    (exp.With, "«with»: filters may not pass it; make it a view"),
    (exp.ILike, "ilike: PostgreSQL only"),
    (exp.Like, "like: SQLite folds case of Latin letters only"),
    (exp.Interval, "an interval: dates are data here"),
    (exp.CurrentDate, "today: a view gives the same figure every day"),
    (exp.CurrentTimestamp, "now: a view gives the same figure every day"),
    (exp.DPipe, "«||»: PostgreSQL does not join numbers"),
)


def faults(path: Path) -> list[str]:
    """Everything wrong with a view's file, as «file: what»."""
    text = path.read_text(encoding="utf-8")
    found = [*_of_name_and_text(path.name, text)]
    try:
        trees = [tree for tree in sqlglot.parse(text, read="postgres") if tree is not None]
        sqlglot.parse(text, read="sqlite")
    except ParseError as error:
        return [f"{path.name}: cannot be read: {error.errors[0]['description']}"]
    if len(trees) != 1 or not isinstance(trees[0], exp.Select):
        found.append("one file is one SELECT (the outermost not a union: filters would not pass it)")
    else:
        found += [*_of_tree(trees[0]), *_of_columns(path.name, trees[0])]
    return [f"{path.name}: {what}" for what in dict.fromkeys(found)]


def _of_name_and_text(name: str, text: str) -> Iterator[str]:
    if not FILE_NAME.match(name):
        yield "the name says no floor: 10_base_…, 2x_fact_…, 3x_indicator_…, 4x_…"
    header = text.split("\nselect", 1)[0]
    if not header.startswith("-- ") or "-- One row per " not in header or "-- Source: " not in header:
        yield "the header comment must say what it is, «One row per …» and «Source: …»"
    if INDICATOR_FILE.match(name) and not ("Numerator: " in header and "Denominator: " in header):
        yield "an indicator's header must say «Numerator: …» and «Denominator: …»"
    for number, line in enumerate(text.splitlines(), start=1):
        for pattern, why in TEXT_CHECKS:
            if pattern.search(line):
                yield f"line {number}: {why}"


def _of_tree(tree: exp.Expression) -> Iterator[str]:
    for node, why in FORBIDDEN_NODES:
        for found in tree.find_all(node):
            if not (isinstance(found, exp.Star) and isinstance(found.parent, exp.Count)):
                yield why
    for call in tree.find_all(exp.Func):
        name = call.name.lower() if isinstance(call, exp.Anonymous) else call.sql_name().lower()
        if name not in FUNCTIONS:
            yield f"function {name}: not in the subset {', '.join(sorted(FUNCTIONS))}"
    for count in tree.find_all(exp.Count):
        if isinstance(count.this, exp.Distinct) and (len(count.this.expressions) > 1 or count.find(exp.Tuple)):
            yield "count(distinct (a, b)): PostgreSQL only"
    for comparison in tree.find_all(exp.EQ, exp.NEQ):
        if any(isinstance(side, exp.Column) and side.name in BOOLEAN_COLUMNS for side in comparison.iter_expressions()):
            yield f"{comparison.sql()}: a yes-or-no column is asked «when column then», never compared"
    for division in tree.find_all(exp.Div):
        if "1.0" not in division.this.sql():
            yield "a division without «1.0 *»: whole numbers divide to whole numbers"
    for select in tree.find_all(exp.Select):
        yield from _of_select(select)


def _of_select(select: exp.Select) -> Iterator[str]:
    for column in select.expressions:
        if not isinstance(column, exp.Alias):
            yield f"output column without «as»: {column.sql()}"
    order, limit = select.args.get("order"), select.args.get("limit")
    if order and not limit and select.parent is None:
        yield "an order without a limit: who reads the view orders"


def _of_columns(name: str, tree: exp.Select) -> Iterator[str]:
    names = [column.alias for column in tree.expressions]
    if INDICATOR_FILE.match(name) and names != INDICATOR_COLUMNS:
        yield f"an indicator has exactly the columns {', '.join(INDICATOR_COLUMNS)}, not {', '.join(names)}"
    elif "school_id" not in names or "week_start" not in names:
        yield "a view has school_id and week_start: scopes and pages filter by them"


def main() -> int:
    """Lint every view; print what is wrong; 1 where something is."""
    files = sorted(FOLDER.glob("*.sql"))
    found = [fault for path in files for fault in faults(path)]
    print("\n".join(found) if found else f"{len(files)} views keep to the shared SQL.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
