"""The geometry of a picture of percentages over weeks; components/plot.html draws it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 260
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 12, 32
MOST_LABELS = 12
"""Dates under the picture: more would run into each other."""

Values = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Dot:
    """A value: where it is and what it says."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its unbroken stretches as ``points`` of a polyline, and its dots."""

    title: str
    stretches: tuple[str, ...]
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """Everything with its place. ``bands`` are (x, width) of the weeks set apart, ``steps`` a path of thresholds."""

    lines: tuple[Line, ...]
    steps: str
    bands: tuple[tuple[float, float], ...]
    labels: tuple[tuple[float, str], ...]
    marks: tuple[tuple[float, int], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


def plot(labels: Sequence[str], lines: Sequence[tuple[str, Values]], thresholds: Values, apart: Sequence[bool]) -> Plot:
    """Percentages (0 to 100, ``None`` where there is none) by week; all sequences are as long as ``labels``."""
    step = (WIDTH - LEFT - RIGHT) / max(len(labels), 1)

    def x(place: int) -> float:
        return round(LEFT + step * (place + 0.5), 1)

    every = -(-len(labels) // MOST_LABELS)
    return Plot(
        lines=tuple(_line(title, values, labels, x) for title, values in lines),
        steps=" ".join(
            f"M{x(place) - step / 2:.1f} {_y(value)}h{step:.1f}"
            for place, value in enumerate(thresholds) if value is not None
        ),
        bands=tuple((round(x(place) - step / 2, 1), round(step, 1)) for place, one in enumerate(apart) if one),
        labels=tuple((x(place), label) for place, label in enumerate(labels) if (len(labels) - 1 - place) % every == 0),
        marks=tuple((_y(value), value) for value in (0, 25, 50, 75, 100)),
    )  # fmt: skip


def _y(value: float) -> float:
    return round(TOP + (100 - min(max(value, 0), 100)) / 100 * (HEIGHT - TOP - BOTTOM), 1)


def _line(title: str, values: Values, labels: Sequence[str], x: Callable[[int], float]) -> Line:
    stretches: list[list[str]] = [[]]
    dots = []
    for place, value in enumerate(values):
        if value is None:
            stretches.append([])
            continue
        at = (x(place), _y(value))
        stretches[-1].append(f"{at[0]},{at[1]}")
        dots.append(Dot(*at, f"{title}, {labels[place]}: {value:.0f} %"))
    return Line(title, tuple(" ".join(one) for one in stretches if len(one) > 1), tuple(dots))
