"""On the demo district the report of users is the real table of 22 schools, in every form it takes."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import select

import portal.demo
from portal.demo.sign_ins import PASSWORD
from portal.extensions import db
from portal.models.organisation import Municipality
from tests.monitoring.conftest import rows_of_page
from tests.small_school import sign_in

REAL = Path(portal.demo.__file__).with_name("figures") / "users.csv"
FIGURES = (
    "users_total", "users_active", "users_active_pct", "staff_total", "staff_active", "pupils_total",
    "pupils_active", "guardians_total", "guardians_active",
)  # fmt: skip
PLACES = (1, 2, 3, 4, 5, 7, 8, 10, 11)
"""Where the report has these figures; the per cent by role and the visits are its own."""


def real_table() -> dict[str, list[str]]:
    with REAL.open(encoding="utf-8", newline="") as file:
        return {row["school"]: [row[figure] for figure in FIGURES] for row in csv.DictReader(file)}


def figures(rows: list[list[str]]) -> dict[str, list[str]]:
    return {row[0]: [row[place] for place in PLACES] for row in rows if row[0] != "Итого"}


def test_people_and_users_equal_the_real_table_of_all_22_schools(demo):
    with demo.app_context():
        path = f"/reports/municipalities/{db.session.scalar(select(Municipality.id))}/users"
    client = sign_in(demo, "district", PASSWORD)
    page = rows_of_page(client.get(path).get_data(as_text=True))
    real = real_table()
    assert len(real) == 22
    assert figures(page) == real
    lines = csv.reader(io.StringIO(client.get(f"{path}.csv").data.decode("utf-8-sig")), delimiter=";")
    assert list(lines)[1:] == page
    sheet = load_workbook(io.BytesIO(client.get(f"{path}.xlsx").data)).active
    rows = [[str(cell) for cell in row] for row in sheet.iter_rows(min_row=6, max_row=28, values_only=True)]
    assert rows == page
    paper = PdfReader(io.BytesIO(client.get(f"{path}.pdf").data))
    text = " ".join(" ".join(sheet.extract_text() for sheet in paper.pages).split())
    for row in page:
        assert f"{' '.join(row[0].split())} {' '.join(row[1:])}" in text, row[0]
