"""How pages and figures grow: from 4 to 40 weeks of history, from 5 to 22 schools, and in a region of hundreds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import pages, weeks
from bench.case import Case
from bench.world import World, freeze_past, new_world
from portal.extensions import db, session
from portal.migrate import upgrade

SIZES = ((5, 4), (22, 4), (22, 40))
"""(schools, weeks of history)."""
SMALL = ((2, 1), (3, 1), (3, 3))


def cases(chosen: Sequence[tuple[str, str]], quick: bool) -> Iterator[Case]:
    """Every page and week at every size; read down a page's lines: they are to stay the same."""
    for engine, server in chosen:
        for schools, history in SMALL if quick else SIZES:
            with new_world(engine, server, schools=schools, weeks=history) as world:
                yield from _at(world, f"{schools} schools, {history} weeks")


def _at(world: World, size: str) -> Iterator[Case]:
    with pages.servers(world) as (portal, plain):
        for case in pages.cases(world, portal, plain):
            if not case.name.startswith("sign-in"):
                yield replace(case, name=f"{case.name}, {size}", references=case.references[-1:])
    with weeks.cases(world, under=1.0 if size.startswith("22") else None) as found:
        for case in found:
            yield replace(case, name=f"{case.name}, {size}")


def region_cases(url: str) -> Iterator[Case]:
    """Pages and the week of all schools of a region that :mod:`bench.region` made."""
    if not url:
        raise SystemExit("name the region's database: make one with «python -m bench.region URL», then --region URL")
    with TemporaryDirectory(prefix="portal-bench-region-") as name:
        world = region_world(url, Path(name))
        with world.app().app_context():
            upgrade()
            freeze_past()
            session.commit()
            db.engine.dispose()
        with pages.servers(world) as (portal, plain):
            for case in pages.cases(world, portal, plain):
                if not case.name.startswith("sign-in"):
                    yield replace(case, references=case.references[-1:])
        with weeks.cases(world, at_most=2.0, under=None) as found:
            yield from found


def region_world(url: str, folder: Path) -> World:
    """The region as a world: one of its journals, a pupil of it, its first school."""
    ids = {"school": 1, "group": 1, "class": 1, "pupil": 10_000_000, "municipality": 1, "region": 1}
    return World("PostgreSQL, region", url, folder, 500, 0, ids, "teacher", "parent")
