"""Pages over HTTP: the portal's server and the plain one, two workers each, asked by turns."""

from __future__ import annotations

import json
import re
import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.case import Case, Reference, Run, Sample, Target
from bench.client import ask, request
from bench.memory import blocks_of, journal_of, pieces_of
from bench.moment import TODAY
from bench.server import Server, serve
from bench.world import World
from portal.values.week import Week

SECONDS = 1.5
CLIENTS = 4
ONE = 1


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the portal, who opens it, and what it is held to. ``clients`` of one measure the answer's time."""

    name: str
    path: str
    login: str
    clients: int
    plain: Target | None = None
    bare: Target | None = None
    limit: Target | None = None


def pages_of(world: World) -> Sequence[Page]:
    """What is measured, with the targets of docs/performance.md."""
    ids = world.ids
    running = f"?week={Week.of(TODAY).start}"
    municipality = f"/monitoring/municipalities/{ids['municipality']}"
    return (
        Page("sign-in page", "/login", "", CLIENTS),
        Page(
            "journal page, 30 × 25",
            f"/journal/groups/{ids['group']}",
            world.teacher,
            CLIENTS,
            Target("rate at least", 0.7),
        ),
        Page("diary week", f"/diary/pupils/{ids['pupil']}", world.guardian, ONE, bare=Target("each within", 0.005)),
        Page("school page", f"/monitoring/schools/{ids['school']}", "head", ONE, bare=Target("each within", 0.005)),
        Page("municipality page", municipality, "district", ONE, limit=Target("each under", 0.100)),
        Page("heat table", f"{municipality}/heat", "district", ONE),
        Page("school page, running week", f"/monitoring/schools/{ids['school']}{running}", "head", ONE),
        Page("municipality page, running week", f"{municipality}{running}", "district", ONE),
    )


@contextmanager
def servers(world: World) -> Iterator[tuple[Server, Server]]:
    """(portal, plain) on the same database; the plain one holds in memory what the portal's pages show."""
    place = {"PORTAL_INSTANCE": str(world.folder), "PORTAL_DATABASE_URL": world.url}
    with serve("bench.app:app", **place) as portal:
        memory = world.folder / "memory.json"
        memory.write_text(json.dumps(_memory(world, portal)), encoding="utf-8")
        with serve("bench.plain:app", **place, BENCH_MEMORY=str(memory)) as plain:
            yield portal, plain


def _memory(world: World, portal: Server) -> dict[str, object]:
    blocks, pieces = {}, {}
    for page in known_pages(world, portal):
        text = portal.text(page.path, portal.sign_in(page.login) if page.login else "")
        blocks[name_of(page)], pieces[name_of(page)] = blocks_of(text), pieces_of(text)
    return {"journal": journal_of(world.app(), world.ids["group"], TODAY), "blocks": blocks, "pieces": pieces}


def known_pages(world: World, portal: Server) -> list[Page]:
    """The pages this portal has."""
    rules = {rule.rule for rule in world.app().url_map.iter_rules()}
    heat = any(rule.endswith("/heat") for rule in rules)
    return [page for page in pages_of(world) if heat or not page.path.endswith("/heat")]


def name_of(page: Page) -> str:
    return re.sub(r"[^a-z]+", "-", page.name)


def cases(world: World, portal: Server, plain: Server) -> Iterator[Case]:
    """Each page beside the same content by a plain template, the same bytes joined, and a bare page."""
    for page in known_pages(world, portal):
        cookie = portal.sign_in(page.login) if page.login else ""
        name = name_of(page)
        template = "/journal" if name.startswith("journal") else f"/table/{name}"
        yield Case(
            f"{page.name}, {world.engine}",
            "pages",
            asking(portal, page.path, page.clients, cookie),
            (
                Reference("plain template", asking(plain, template, page.clients), page.plain),
                Reference("bytes joined", asking(plain, f"/joined/{name}", page.clients)),
                Reference("bare page", asking(plain, "/bare", page.clients), page.bare),
            ),
            page.limit,
        )


def asking(server: Server, path: str, clients: int, cookie: str = "") -> Run:
    """A run of asking for a page; every answer must be the page."""
    return sending(server, [request(path, cookie=cookie)], clients)


def sending(server: Server, requests: Sequence[str], clients: int) -> Run:
    def run() -> Sample:
        before = server.processor_seconds()
        answers = ask(server.port, requests, clients=clients, seconds=SECONDS)
        assert set(answers.statuses) == {"200"}, answers.statuses
        return Sample(
            amount=len(answers.latencies),
            seconds=answers.seconds,
            latency=statistics.median(answers.latencies) if clients == ONE else None,
            processor=server.processor_seconds() - before,
            size=answers.size,
        )

    return run


__all__ = ["CLIENTS", "ONE", "Page", "Path", "cases", "sending", "servers"]
