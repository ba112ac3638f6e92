"""What is measured, what it is compared with in the same run, and what is to be reached."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Sample:
    """One run: so much done in so many seconds.

    ``latency``: seconds of the median answer, where there are answers; ``processor``: seconds the server's workers
    used; ``peak``: the process's largest memory in MiB; ``size``: bytes of an answer.
    """

    amount: int
    seconds: float
    latency: float | None = None
    processor: float | None = None
    peak: int | None = None
    size: int | None = None

    @property
    def rate(self) -> float:
        return self.amount / self.seconds

    @property
    def each(self) -> float:
        """Seconds of one: of the median answer where there are answers."""
        return self.latency if self.latency is not None else self.seconds / self.amount


Run = Callable[[], Sample]
Kind = Literal["rate at least", "each at most", "each within", "each under"]


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be reached: a share of the reference's rate, a multiple of its time, so many seconds above its time,
    or so many seconds whatever it takes.
    """

    kind: Kind
    value: float

    def met(self, samples: list[Sample], references: list[Sample]) -> bool:
        own = statistics.median(sample.each for sample in samples)
        if self.kind == "each under":
            return own < self.value
        other = statistics.median(sample.each for sample in references)
        if self.kind == "each within":
            return own - other <= self.value
        if self.kind == "each at most":
            return own <= self.value * other
        return ratio(samples, references) >= self.value

    def __str__(self) -> str:
        if self.kind == "rate at least":
            return f"≥ {self.value:g} of its rate"
        if self.kind == "each at most":
            return f"≤ {self.value:g} × its time"
        return f"{'≤ its time + ' if self.kind == 'each within' else '< '}{self.value * 1000:g} ms"


@dataclass(frozen=True, slots=True)
class Reference:
    """The plain way of doing the same, and what is to be reached beside it."""

    name: str
    run: Run
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A piece of work, ``run`` once a round, and its references; ``limit`` is a target of its own."""

    name: str
    unit: str
    run: Run
    references: tuple[Reference, ...] = ()
    limit: Target | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case's rounds beside the references'."""

    case: Case
    samples: list[Sample]
    references: Mapping[str, list[Sample]] = field(default_factory=dict)


def ratio(samples: list[Sample], references: list[Sample]) -> float:
    """The median of the rounds' own ratios of rates: a busy moment hits both of a round."""
    pairs = zip(samples, references, strict=True)
    return statistics.median(sample.rate / reference.rate for sample, reference in pairs)


def spread(values: list[float]) -> float:
    """Largest minus smallest, as a share of the median."""
    return (max(values) - min(values)) / statistics.median(values)


def measure(case: Case, rounds: int) -> Outcome:
    """The case and its references by turns, ``rounds`` times."""
    samples: list[Sample] = []
    references: dict[str, list[Sample]] = {reference.name: [] for reference in case.references}
    for _ in range(rounds):
        samples.append(case.run())
        for reference in case.references:
            references[reference.name].append(reference.run())
    return Outcome(case, samples, references)


def run_apart(function: str, amount: int, arguments: Mapping[str, object]) -> Sample:
    """Run ``module:name`` in a new process, which returns the seconds of its work proper: its memory is its own."""
    command = [sys.executable, "-m", "bench.child", function, json.dumps(dict(arguments))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        output = child.stdout.read() if child.stdout else ""
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{function} ended with code {child.returncode}")
    return Sample(amount, float(output.splitlines()[-1]), peak=usage.ru_maxrss // 1024)


def engines() -> Iterator[tuple[str, str]]:
    """(name, URL of a server or empty): SQLite always, PostgreSQL where it is told of."""
    yield "SQLite", ""
    postgres = os.environ.get("PORTAL_BENCH_POSTGRES") or os.environ.get("PORTAL_TEST_POSTGRES")
    if postgres:
        yield "PostgreSQL", postgres
