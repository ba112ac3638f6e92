"""The outcomes as a table for the terminal and as data for a file."""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.case import Outcome, Sample, ratio, spread

HEADER = (
    "case",
    "each",
    "a second",
    "spread",
    "CPU each",
    "kB",
    "reference",
    "each",
    "its rate",
    "ratio",
    "target",
    "",
)


def described(rounds: int) -> str:
    """Where and when: figures of different machines do not compare, ratios to the reference do."""
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, Python {platform.python_version()}, {os.cpu_count()} processors, "
        f"load {load}, rounds: {rounds}, two worker processes of four threads; ratio: of the rates, the rounds' median"
    )


def rows_of(outcome: Outcome) -> list[tuple[str, ...]]:
    """A row for the case beside each of its references; one where there is none."""
    own = _own(outcome)
    limit = outcome.case.limit
    verdict = ("", "") if limit is None else (str(limit), _verdict(limit.met(outcome.samples, [])))
    rows = []
    for reference in outcome.case.references:
        samples = outcome.references[reference.name]
        shown = (reference.name, _time(_each(samples)), _rate(samples), f"{ratio(outcome.samples, samples):.2f}")
        target = reference.target
        judged = verdict if target is None else (str(target), _verdict(target.met(outcome.samples, samples)))
        rows.append((*own, *shown, *judged))
        own, verdict = ("",) * 6, ("", "")
    return rows or [(*own, "", "", "", "", *verdict)]


def _own(outcome: Outcome) -> tuple[str, ...]:
    samples = outcome.samples
    processors = [s.processor / s.amount for s in samples if s.processor is not None]
    return (
        outcome.case.name,
        _time(_each(samples)),
        _rate(samples),
        f"{spread([sample.each for sample in samples]):.0%}",
        _time(statistics.median(processors)) if processors else "",
        f"{samples[-1].size / 1024:.1f}" if samples[-1].size else "",
    )


def _verdict(met: bool) -> str:
    return "reached" if met else "MISSED"


def _each(samples: list[Sample]) -> float:
    return statistics.median(sample.each for sample in samples)


def _time(seconds: float) -> str:
    if seconds < 0.1:
        return f"{seconds * 1000:.2f} ms" if seconds < 0.01 else f"{seconds * 1000:.1f} ms"
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2f} s"


def _rate(samples: list[Sample]) -> str:
    rate = statistics.median(sample.rate for sample in samples)
    return f"{rate:.1f}" if rate < 100 else f"{rate:,.0f}".replace(",", " ")


def table(outcomes: Iterable[Outcome]) -> str:
    """Aligned columns, the table of a Markdown file too."""
    rows = [HEADER, *(row for outcome in outcomes for row in rows_of(outcome))]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEADER))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def write(folder: Path, text: str, outcomes: list[Outcome]) -> None:
    """``last.md`` and ``last.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "last.md").write_text(text, encoding="utf-8")
    (folder / "last.json").write_text(json.dumps([_data(o) for o in outcomes], ensure_ascii=False, indent=1), "utf-8")


def _data(outcome: Outcome) -> dict[str, Any]:
    return {
        "case": outcome.case.name,
        "unit": outcome.case.unit,
        "rounds": [_sample(sample) for sample in outcome.samples],
        "references": {name: [_sample(s) for s in samples] for name, samples in outcome.references.items()},
    }


def _sample(sample: Sample) -> dict[str, Any]:
    return {name: getattr(sample, name) for name in Sample.__slots__}
