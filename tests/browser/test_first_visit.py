"""A first visit to any page: at most 60 KB over the wire and four requests; later pages are HTML only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import LiveSchool, OpenPage
from tests.full_class import fill_class


class Wire:
    """What really came over the wire for a page, whatever the cache gave left out."""

    def __init__(self, page: Page) -> None:
        self.requests: list[str] = []
        self.bytes = 0
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        cached: set[str] = set()
        addresses: dict[str, str] = {}
        session.on(
            "Network.requestWillBeSent", lambda told: addresses.update({told["requestId"]: told["request"]["url"]})
        )
        session.on("Network.requestServedFromCache", lambda told: cached.add(told["requestId"]))
        session.on("Network.responseReceived", lambda told: self._disk(told, cached))
        session.on("Network.loadingFinished", lambda told: self._count(told, cached, addresses))

    def _disk(self, told: dict[str, Any], cached: set[str]) -> None:
        if told["response"].get("fromDiskCache"):
            cached.add(told["requestId"])

    def _count(self, told: dict[str, Any], cached: set[str], addresses: dict[str, str]) -> None:
        if told["requestId"] not in cached:
            self.requests.append(addresses[told["requestId"]])
            self.bytes += int(told["encodedDataLength"])


@pytest.fixture
def newcomer(browser: Browser, live: LiveSchool, open_page: OpenPage) -> Iterator[object]:
    """A browser that is signed in but has nothing of the portal in its cache."""
    contexts: list[BrowserContext] = []

    def start(login: str) -> Page:
        state = open_page(login).context.storage_state()
        context = browser.new_context(storage_state=state, base_url=live.url)
        contexts.append(context)
        return context.new_page()

    yield start
    for context in contexts:
        context.close()


@pytest.mark.browser
def test_a_first_visit_is_light_and_a_second_page_is_html_only(live: LiveSchool, newcomer, open_page: OpenPage) -> None:
    with live.app.app_context():
        world = fill_class(live.small)
    journal = f"/journal/groups/{world.groups['algebra']}?period={world.quarter}"
    diary = f"/diary/pupils/{world.people['full-0']}"
    for login, path, later in (
        ("teacher", journal, f"/journal/lessons/{world.lessons['algebra-last']}"),
        ("guardian", diary, "/schedule"),
        ("municipal", f"/monitoring/municipalities/{world.municipality}", f"/monitoring/schools/{world.school}"),
    ):
        page = newcomer(login)
        wire = Wire(page)
        page.goto(path, wait_until="networkidle")
        assert 3 <= len(wire.requests) <= 4, wire.requests
        assert 20_000 < wire.bytes <= 60 * 1024, (path, wire.bytes)
        first = len(wire.requests)
        page.goto(later, wait_until="networkidle")
        assert [url for url in wire.requests[first:] if "/static/" in url] == []
