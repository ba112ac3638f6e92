"""A first visit to any page: at most 60 KB over the wire and four requests; later pages are HTML only."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request

from tests.browser.conftest import LiveSchool, OpenPage
from tests.full_class import fill_class


class Wire:
    """What a page fetched: requests and bytes, headers counted, whatever the cache gave not."""

    def __init__(self, page: Page) -> None:
        self.requests: list[Request] = []
        page.on("requestfinished", self.requests.append)

    def bytes(self) -> int:
        total = 0
        for request in self.requests:
            sizes = request.sizes()
            total += sizes["responseBodySize"] + sizes["responseHeadersSize"]
        return total


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
        first = Wire(page)
        page.goto(path, wait_until="networkidle")
        assert len(first.requests) <= 4, [request.url for request in first.requests]
        assert first.bytes() <= 60 * 1024, (path, first.bytes())
        page.goto(later, wait_until="networkidle")
        fetched = [request.url for request in first.requests if "/static/" in request.url]
        assert len(fetched) == len(set(fetched)), "a static file was fetched twice"
