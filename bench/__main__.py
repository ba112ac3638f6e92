"""``python -m bench``: every case beside its references, by turns; a table here and in ``bench/results``."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench import dataset_load, growth, pages, saving, weeks
from bench.case import Case, Outcome, engines, measure
from bench.table import described, table, write
from bench.world import World, new_world

GROUPS = ("pages", "marks", "weeks", "dataset", "growth", "region")


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("only", nargs="*", choices=[[], *GROUPS], help="which cases (pages marks weeks dataset)")
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], help="one engine only")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each case (3)")
    parser.add_argument("--quick", action="store_true", help="small and short: whether it works, not how fast")
    parser.add_argument("--rows", type=int, default=400_000, help="rows of the larger dataset (400 000)")
    parser.add_argument("--region", default="", help="URL of a database that bench.region filled, for «region»")
    parser.add_argument("--out", type=Path, default=Path("bench/results"), help="folder of last.md and last.json")
    options = parser.parse_args()
    if options.quick:
        options.rounds, options.rows, pages.SECONDS = 1, 20_000, 0.3
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # servers and databases go with us
    head = described(options.rounds)
    print(head, file=sys.stderr)
    outcomes: list[Outcome] = []
    for case in _cases(options):
        print(f"… {case.name}", file=sys.stderr, flush=True)
        outcomes.append(measure(case, options.rounds))
    text = f"{head}\n\n{table(outcomes)}\n"
    print(text, end="")
    write(options.out, text, outcomes)


def _cases(options: argparse.Namespace) -> Iterator[Case]:
    wanted = options.only or ["pages", "marks", "weeks", "dataset"]
    chosen = [(name, server) for name, server in engines() if options.engine in {None, name.lower()}]
    if {"pages", "marks", "weeks"} & set(wanted):
        for engine, server in chosen:
            with new_world(engine, server, schools=3 if options.quick else 22) as world:
                yield from _of_world(world, wanted)
    if "dataset" in wanted:
        with dataset_load.cases(options.rows, chosen) as found:
            yield from found
    if "growth" in wanted:
        yield from growth.cases(chosen, options.quick)
    if "region" in wanted:
        yield from growth.region_cases(options.region)


def _of_world(world: World, wanted: Iterable[str]) -> Iterator[Case]:
    if {"pages", "marks"} & set(wanted):
        with pages.servers(world) as (portal, plain):
            if "pages" in wanted:
                yield from pages.cases(world, portal, plain)
            if "marks" in wanted:
                yield from saving.cases(world, portal, plain)
    if "weeks" in wanted:
        with weeks.cases(world) as found:
            yield from found


if __name__ == "__main__":
    main()
