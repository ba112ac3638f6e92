"""``python -m bench``: every case beside its reference; a table here and in a file."""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from bench import dataset_load
from bench.case import Outcome, measure

MODULES = {"dataset": dataset_load}
HEADER = ("case", "amount", "median, s", "spread", "a second", "peak, MiB", "x reference")


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("only", nargs="*", choices=[[], *MODULES], help="which cases (all)")
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the larger dataset (1 000 000)")
    parser.add_argument("--runs", type=int, default=3, help="runs of each case (3)")
    parser.add_argument("--out", type=Path, default=Path("bench/latest.txt"), help="where the table is kept")
    arguments = parser.parse_args()
    outcomes = []
    for name in arguments.only or MODULES:
        with MODULES[name].cases(arguments.rows) as cases:
            for case in cases:
                print(f"… {case.name}: {_spaced(case.amount)} {case.unit}", file=sys.stderr, flush=True)
                outcomes.append(measure(case, arguments.runs))
    text = f"{described(arguments.runs)}\n\n{table(outcomes)}\n"
    print(text, end="")
    arguments.out.write_text(text, encoding="utf-8")


def described(runs: int) -> str:
    """Where and when: figures of different machines do not compare, ratios to the reference do."""
    return f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {platform.machine()}, runs: {runs}"


def table(outcomes: Iterable[Outcome]) -> str:
    """The outcomes as aligned columns."""
    rows = [HEADER, *map(_cells, outcomes)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEADER))]
    lines = []
    for name, *figures in rows:
        aligned = [figure.rjust(width) for figure, width in zip(figures, widths[1:], strict=True)]
        lines.append("  ".join([name.ljust(widths[0]), *aligned]))
    return "\n".join(lines)


def _cells(outcome: Outcome) -> tuple[str, ...]:
    ratio = outcome.times_reference
    return (
        outcome.case.name,
        f"{_spaced(outcome.case.amount)} {outcome.case.unit}",
        f"{outcome.seconds:.2f}",
        f"{outcome.spread:.0%}",
        _spaced(round(outcome.rate)),
        str(outcome.peak),
        "" if ratio is None else f"{ratio:.1f}",
    )


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", " ")


if __name__ == "__main__":
    main()
