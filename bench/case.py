"""What is measured, how it runs, and what it is compared with."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Work:
    """A function ``module:name`` of keyword arguments, run in a process of its own.

    The function returns the seconds of its work proper: what it prepares is not measured.
    """

    function: str
    arguments: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Case:
    """A piece of work and, in the same run, the plain way of doing the same (none: nothing to compare with).

    ``amount`` of ``unit`` is what one run does.
    """

    name: str
    amount: int
    unit: str
    work: Work
    reference: Work | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """One run: seconds of the work, and the process's largest memory in MiB."""

    seconds: float
    peak: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case's runs beside the reference's."""

    case: Case
    samples: tuple[Sample, ...]
    references: tuple[Sample, ...]

    @property
    def seconds(self) -> float:
        return statistics.median(sample.seconds for sample in self.samples)

    @property
    def spread(self) -> float:
        """Largest minus smallest, as a share of the median."""
        seconds = [sample.seconds for sample in self.samples]
        return (max(seconds) - min(seconds)) / self.seconds

    @property
    def rate(self) -> float:
        return self.case.amount / self.seconds

    @property
    def peak(self) -> int:
        return max(sample.peak for sample in self.samples)

    @property
    def times_reference(self) -> float | None:
        """How many times as long as the reference it takes."""
        if not self.references:
            return None
        return self.seconds / statistics.median(sample.seconds for sample in self.references)


def measure(case: Case, runs: int) -> Outcome:
    """Run a case and its reference by turns, so that a busy moment hits both."""
    samples, references = [], []
    for _ in range(runs):
        samples.append(run_apart(case.work))
        if case.reference:
            references.append(run_apart(case.reference))
    return Outcome(case, tuple(samples), tuple(references))


def run_apart(work: Work) -> Sample:
    """Run in a new process: its largest memory is its own."""
    command = [sys.executable, "-m", "bench.child", work.function, json.dumps(dict(work.arguments))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        output = child.stdout.read() if child.stdout else ""
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{work.function} ended with code {child.returncode}")
    return Sample(float(output.splitlines()[-1]), usage.ru_maxrss // 1024)


def engines() -> Iterator[tuple[str, str]]:
    """(name, URL of a server or empty): SQLite always, PostgreSQL where it is told of."""
    yield "SQLite", ""
    postgres = os.environ.get("PORTAL_BENCH_POSTGRES") or os.environ.get("PORTAL_TEST_POSTGRES")
    if postgres:
        yield "PostgreSQL", postgres
