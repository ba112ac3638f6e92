"""axe finds nothing on any page a role can come to: wide and on a phone, in the light and in the dark theme.

The pages are found by following links (tests/web/walk.py), so a new page is covered by itself.
``PORTAL_TEST_SCREENSHOTS=1`` leaves pictures of them all in ``screenshots/``.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, WIDE, LiveSchool, OpenPage
from tests.small_school import sign_in
from tests.web.walk import walk

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ROLES = (
    "regional", "municipal", "head", "deputy", "administrator", "class-teacher", "teacher", "substitute",
    "guardian", "pupil",
)  # fmt: skip
CHECK = """options => axe.run(document, options).then(found => found.violations.map(
    one => one.id + ": " + one.help + " — " + one.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(" | ")
))"""
NO_SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
PICTURES = os.environ.get("PORTAL_TEST_SCREENSHOTS") == "1"
FULL = {"runOnly": TAGS}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""All that a theme can change; the rest was checked in the other one."""


SAME_FOR_ALL: set[str] = set()
"""Pages already looked at that say the same to everybody; the bar above them was looked at on the others."""


@pytest.fixture(scope="session")
def axe() -> str:
    if os.environ.get("PORTAL_TEST_AXE") != "1" or not AXE.exists():
        pytest.skip("PORTAL_TEST_AXE is not 1, or npm has not fetched axe-core")
    return AXE.read_text(encoding="utf-8")


def look(page: Page, path: str, axe: str, login: str, screenshots: Path) -> list[str]:
    """What axe and the eye of a phone's owner find on one page."""
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    page.goto(path)
    page.evaluate(axe)
    faults = []
    for size, view in (("wide", WIDE), ("phone", PHONE)):
        page.set_viewport_size(view)  # type: ignore[arg-type]
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            rules = FULL if theme == "light" else COLOURS
            faults += [f"{size} {theme} {path}: {fault}" for fault in page.evaluate(CHECK, rules)]
            if PICTURES:
                name = re.sub(r"\W+", "-", path.strip("/")) or "start"
                page.screenshot(path=screenshots / f"{login}-{name}-{size}-{theme}.png", full_page=True)
        sideways = page.evaluate(NO_SIDEWAYS)
        if sideways > 0:
            faults.append(f"{size} {path}: the page scrolls sideways by {sideways} px")
    return faults


@pytest.mark.browser
@pytest.mark.parametrize("login", ROLES)
def test_axe_finds_nothing(login: str, axe: str, lived_in: LiveSchool, open_page: OpenPage, screenshots: Path) -> None:
    found = walk(lived_in.app, sign_in(lived_in.app, login), strictly=False)
    paths = [paths[0] for endpoint, paths in sorted(found.pages.items()) if paths[0] not in SAME_FOR_ALL]
    SAME_FOR_ALL.update(path for path in paths if path.startswith(("/help/", "/account/")))
    page = open_page(login)
    errors: list[str] = []
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    faults = [fault for path in paths for fault in look(page, path, axe, login, screenshots)]
    assert faults == []
    assert errors == []


@pytest.mark.browser
@pytest.mark.parametrize("login", ["head", "municipal"])
def test_axe_finds_nothing_on_any_kind_of_shortfall(
    login: str, axe: str, lived_in: LiveSchool, open_page: OpenPage
) -> None:
    """What an indicator lacks is a list of its own kind: classes, lessons, people with or without names, counts."""
    paths = walk(lived_in.app, sign_in(lived_in.app, login), strictly=False).pages["monitoring.shortfall"]
    page = open_page(login)
    faults = []
    for path in dict.fromkeys(path.partition("?")[0] for path in paths):
        page.goto(path)
        page.evaluate(axe)
        faults += [f"{path}: {fault}" for fault in page.evaluate(CHECK, FULL)]
    assert len(paths) > 10
    assert faults == []


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/login", "/no-such-page"])
def test_axe_finds_nothing_before_signing_in(
    path: str, axe: str, live: LiveSchool, open_page: OpenPage, screenshots: Path
) -> None:
    assert look(open_page(None), path, axe, "nobody", screenshots) == []
