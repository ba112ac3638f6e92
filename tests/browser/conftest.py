"""A real Chromium against a real server: waitress in a thread, on a SQLite file."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from waitress.server import create_server

from tests.lived_in import live_in
from tests.small_school import NOON, PASSWORD, SmallSchool, build

CHROMIUM = os.environ.get("PORTAL_TEST_CHROMIUM", "")
WIDE = {"width": 1366, "height": 768}
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium from Debian's package; its path comes in ``PORTAL_TEST_CHROMIUM``."""
    if not CHROMIUM:
        pytest.skip("PORTAL_TEST_CHROMIUM is not set")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def serve() -> Iterator[Callable[[Flask], str]]:
    """Starts a server for an application on a free port; returns its address."""
    servers = []

    def start(app: Flask) -> str:
        server = create_server(app, host="127.0.0.1", port=0, threads=8)
        threading.Thread(target=server.run, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.effective_port}"

    yield start
    for server in servers:
        server.close()


class LiveSchool:
    """The small school (tests/small_school.py) being served; ``url`` is its address."""

    def __init__(self, url: str, app: Flask, small: SmallSchool) -> None:
        self.url, self.app, self.small = url, app, small


@pytest.fixture
def live(make_app: Callable[..., Flask], serve: Callable[[Flask], str]) -> LiveSchool:
    """The small school on SQLite behind a real server, its clock at Wednesday noon."""
    app = make_app("sqlite", CLOCK=lambda: NOON + timedelta(seconds=0))
    with app.app_context():
        small = build()
    return LiveSchool(serve(app), app, small)


@pytest.fixture
def lived_in(live: LiveSchool) -> LiveSchool:
    """The same after two days of work (tests/lived_in.py)."""
    with live.app.app_context():
        live_in(live.small)
    return live


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, live: LiveSchool) -> Iterator[OpenPage]:
    """Opens a fresh browser context and signs a person in: ``open_page("teacher", phone=True, script=False)``."""
    contexts: list[BrowserContext] = []

    def start(login: str | None, *, phone: bool = False, script: bool = True, dark: bool = False) -> Page:
        context = browser.new_context(
            viewport=PHONE if phone else WIDE,
            java_script_enabled=script,
            color_scheme="dark" if dark else "light",
            has_touch=phone,
            base_url=live.url,
            locale="ru-RU",
            timezone_id="Europe/Moscow",
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        if login is not None:
            page.goto("/login")
            page.fill("input[name=login]", login)
            page.fill("input[name=password]", PASSWORD)
            page.click("main button[type=submit]")
            page.wait_for_url(lambda url: "/login" not in url)
        return page

    yield start
    for context in contexts:
        context.close()


@pytest.fixture
def screenshots() -> Path:
    """Where browser tests leave pictures to look at."""
    folder = Path(__file__).resolve().parents[2] / "screenshots"
    folder.mkdir(exist_ok=True)
    return folder
