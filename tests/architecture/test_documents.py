"""What the documents promise is there: settings, commands, folders, links."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portal.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_every_setting_is_documented():
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "portal").rglob("*.py"))
    settings = set(re.findall(r"\bPORTAL_[A-Z_]+\b", code))
    assert {name for name in settings if name not in README} == set()


def test_every_command_is_documented():
    assert [name for name in COMMANDS if f"`portal {name}" not in README] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document):
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
    local = [link for link in links if not link.startswith(("http:", "https:", "/"))]
    assert [link for link in local if not (document.parent / link).exists()] == []


def test_the_architecture_page_names_every_floor():
    floors = [path.name for path in (ROOT / "portal").iterdir() if path.is_dir() and path.name != "__pycache__"]
    assert [floor for floor in floors if f"\n  {floor}/" not in ARCHITECTURE] == []


def test_the_top_level_is_as_prescribed():
    for name in ("portal", "portal/blueprints", "portal/templates", "portal/static", "migrations", "instance", "tests"):
        assert (ROOT / name).is_dir(), name
    for name in ("wsgi.py", "pyproject.toml", "Makefile", ".ci/run"):
        assert (ROOT / name).is_file(), name
