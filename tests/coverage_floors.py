"""Line coverage after ``make test``: five packages have a floor, the rest is told."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import coverage

FLOOR = 95.0
FLOORED = ("values", "access", "operations", "queries", "exchange")


def main() -> int:
    """Print a table of what pytest-cov gathered from its processes, fail where a floor is missed."""
    measured = coverage.Coverage()
    measured.load()
    report = Path(".coverage.json")
    measured.json_report(outfile=str(report))
    files = json.loads(report.read_text())["files"]
    report.unlink()
    lines: dict[str, list[int]] = {}
    for name, data in files.items():
        parts = Path(name).parts
        package = parts[1] if len(parts) > 2 else "(top)"
        counts = lines.setdefault(package, [0, 0])
        counts[0] += data["summary"]["covered_lines"]
        counts[1] += data["summary"]["num_statements"]
    out, failed = io.StringIO(), False
    for package, (covered, statements) in sorted(lines.items()):
        percent = 100 * covered / statements if statements else 100.0
        short = package in FLOORED and percent < FLOOR
        failed |= short
        print(f"  {package:<12} {percent:6.1f} %  {'below ' + str(FLOOR) if short else ''}", file=out)
    print("Line coverage:\n" + out.getvalue(), end="")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
