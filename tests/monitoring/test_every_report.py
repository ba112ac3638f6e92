"""Every table that can be downloaded tells the same figures as page, CSV, XLSX and PDF, on both databases.

Nothing is named here: the offices and a head walk the portal by its links, and whatever page offers files is read with
all of them. A new report is under this test from the day a link leads to it.
"""

from __future__ import annotations

import csv
import io
import re

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.lived_in import live_in
from tests.monitoring.conftest import rows_of_page, text_of_page
from tests.small_school import sign_in
from tests.web.walk import walk

OTHER_FORMATS = {"showcase.export"}
"""Exports of whole sheets for programs: JSON and XLSX, held to each other by tests/showcase."""

PAPERS = {"control.school_paper"}
"""A paper made of tables that are each read here by themselves."""

FILE = re.compile(r'href="([^"]+\.(pdf|xlsx|csv)(?:\?[^"]*)?)"')
SIGNS = re.compile(r"\s*[✓✕!](?=\s|$)")
WORDS = re.compile(r" (выполнено|немного ниже|не выполнено)$")


def plain(text: str) -> str:
    """A figure without its sign, blanks single, a change as a plain number."""
    text = " ".join(WORDS.sub("", SIGNS.sub("", text)).split())
    return re.sub(r"^([+−-])(?=\d)", lambda sign: "-" if sign[1] in "−-" else "", text)


def tables_of(html: str) -> list[list[list[str]]]:
    """Every table of a page as rows of figures."""
    count = len(re.findall(r"<table", html))
    return [[[plain(cell) for cell in row] for row in rows_of_page(html, number)] for number in range(count)]


def files_of(html: str) -> dict[str, dict[str, str]]:
    """The files a page offers, those of one report together: address without an ending → ending → address."""
    found: dict[str, dict[str, str]] = {}
    for link, ending in FILE.findall(html):
        address = link.replace("&amp;", "&")
        found.setdefault(address.replace(f".{ending}", ""), {})[ending] = address
    return found


def csv_rows(content: bytes) -> list[list[str]]:
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    return [[plain(cell.removeprefix("'")) for cell in row] for row in lines[1:]]


def xlsx_sheets(content: bytes) -> list[list[list[str]]]:
    return [
        [[plain(_shown(cell.value, cell.number_format)) for cell in row] for row in sheet.iter_rows()]
        for sheet in load_workbook(io.BytesIO(content)).worksheets
    ]


def _shown(value: object, number_format: str) -> str:
    """What Excel would show of a number or a date."""
    if value is None:
        return ""
    if isinstance(value, float) or number_format.startswith("0.00"):
        return f"{value:.2f}".replace(".", ",")
    if hasattr(value, "strftime"):
        return value.strftime("%d.%m.%Y %H:%M" if "hh" in number_format else "%d.%m.%Y")
    return str(value)


def pdf_words(content: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return squeezed(text)


def squeezed(text: str) -> str:
    """Letters and digits alone: paper breaks lines and words where it likes."""
    return re.sub(r"[^\w,%]", "", SIGNS.sub("", text).replace("−", "-"))


def faults_of(client: FlaskClient, page: str, html: str, files: dict[str, str]) -> list[str]:
    """What the files of one report tell otherwise than the page or each other."""
    answers = {ending: client.get(address) for ending, address in files.items()}
    bad = [f"{files[ending]}: {answer.status_code}" for ending, answer in answers.items() if answer.status_code != 200]
    if bad:
        return bad
    tables = [table for table in tables_of(html) if table]
    faults = []
    paper = pdf_words(answers["pdf"].data) if "pdf" in answers else None
    sheets = xlsx_sheets(answers["xlsx"].data) if "xlsx" in answers else []
    if "csv" in answers:
        rows = csv_rows(answers["csv"].data)
        shown = [row for table in tables for row in table]
        if rows and not any(_same(table, rows) for table in (*tables, shown)) and not _told(html, rows):
            faults.append(f"{files['csv']}: no table of {page} has these rows: {rows[0]}")
        wanted = [rows]
    else:  # a paper of several tables
        wanted = tables
    for rows in wanted:
        if sheets and not any(_within(rows, sheet) for sheet in sheets):
            faults.append(f"{files['xlsx']}: a row is missing: {rows[:1]}")
        if paper is not None:
            lost = [row for row in rows if squeezed("".join(row)) not in paper]
            faults += [f"{files['pdf']}: a row is missing: {row}" for row in lost[:1]]
    return faults


def _same(table: list[list[str]], rows: list[list[str]]) -> bool:
    """The page may break a long list off, or give each municipality a table of its own, where a file has a column."""
    return table in (rows, [row[1:] for row in rows]) or (bool(table) and table == rows[: len(table)])


def _told(html: str, rows: list[list[str]]) -> bool:
    """A page made by hand says more in a row than the file: a unit, a badge, a link. Each number stands in the row of
    its own name, each text somewhere on the page.
    """
    lines = [squeezed("".join(row)) for table in tables_of(html) for row in table]
    page = squeezed(text_of_page(html))

    def stands(row: list[str], line: str) -> bool:
        return all(squeezed(cell) in (line if cell[:1].isdigit() else page) for cell in row)

    return all(any(line.startswith(squeezed(row[0])) and stands(row, line) for line in lines) for row in rows)


def _within(rows: list[list[str]], sheet: list[list[str]]) -> bool:
    """Each row stands on the sheet, which may be wider by empty cells."""
    return all(any(line[: len(row)] == row for line in sheet) for row in rows)


@pytest.mark.parametrize("login", ["municipal", "regional", "head"])
def test_page_csv_xlsx_and_pdf_of_every_report_agree(small, login):
    app, world = small
    with app.app_context():
        live_in(world)
    client = sign_in(app, login)
    found = walk(app, client, strictly=False)
    faults, compared, seen = [], set(), set()
    adapter = app.url_map.bind("localhost")
    for pages in found.pages.values():
        for page in pages:
            html = client.get(page).get_data(as_text=True)
            if "<table" not in html:
                continue
            for report, files in files_of(html).items():
                kind = re.sub(r"\d+", "", report)  # one of its ids and weeks is enough
                if kind in seen:
                    continue
                seen.add(kind)
                endpoints = {adapter.match(address.partition("?")[0])[0] for address in files.values()}
                if endpoints & (OTHER_FORMATS | PAPERS):
                    continue
                faults += faults_of(client, page, html, files)
                compared |= endpoints
    assert not faults, "\n".join(faults)
    offered = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "ending" in rule.arguments and rule.endpoint in found.answers
    }
    assert offered - OTHER_FORMATS == compared - PAPERS
    assert compared, f"{login} is offered nothing to download"
