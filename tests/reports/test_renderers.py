"""One table, three files: what a specialist sees on opening each of them."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from portal.reports import csv as csv_file
from portal.reports import pdf as pdf_file
from portal.reports import xlsx as xlsx_file
from portal.values.percent import Percent
from portal.values.table import Cell, Column, Table

DANGEROUS = (
    "=HYPERLINK(\"http://x\";\"y\")", "+7 900", "-1+2", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1",
)  # fmt: skip


def table(rows=(), **more):
    columns = (
        Column("school", "Школа", weight=3),
        Column("users", "Всего", "int", group="Пользователи"),
        Column("active", "%", "percent", group="Пользователи", truncate=True),
        Column("kept", "Ведение журнала", "percent", threshold=50),
        Column("day", "Дата", "date"),
    )
    return Table("Отчёт <b>", columns, tuple(rows), **more)


FULL = table(
    [
        ("Школа «Ёлочка» & Ко", 1366, Percent.of(2658, 10000), Cell(Percent.of(4960, 10000), "bad"), date(2026, 9, 14)),
        ("Школа № 2", Cell(7, "good"), Percent.of(0, 0), Percent.of(1, 2), None),
    ],
    totals=("Итого", 1373, Percent.of(2, 3), None, None),
    notes=("Люди на сегодня.",),
    subtitle="Ближний район",
)


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def sheet_of(content: bytes):
    return load_workbook(io.BytesIO(content)).active


def pages_of(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def test_csv_opens_in_excel_in_russia():
    content = csv_file.render(FULL)
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in content
    assert csv_rows(content) == [
        ["Школа", "Пользователи: Всего", "Пользователи: %", "Ведение журнала", "Дата"],
        ["Школа «Ёлочка» & Ко", "1366", "26", "49", "14.09.2026"],
        ["Школа № 2", "7", "нет данных", "50", ""],
        ["Итого", "1373", "66", "", ""],
    ]


def test_xlsx_has_numbers_a_common_head_and_keeps_it_in_sight():
    sheet = sheet_of(xlsx_file.render(FULL))
    assert (sheet["A1"].value, sheet["A2"].value) == ("Отчёт <b>", "Ближний район")
    assert (sheet["B4"].value, sheet["B5"].value, sheet["C5"].value) == ("Пользователи", "Всего", "%")
    assert {str(found) for found in sheet.merged_cells.ranges} == {"B4:C4", "A4:A5", "D4:D5", "E4:E5"}
    assert sheet.freeze_panes == "B6"
    assert [cell.value for cell in sheet[6]][:4] == ["Школа «Ёлочка» & Ко", 1366, 26, 49]
    assert sheet["E6"].value.date() == date(2026, 9, 14)
    assert [cell.data_type for cell in sheet[6]] == ["s", "n", "n", "n", "d"]
    assert sheet["D6"].number_format == '0" ✕"', "a colour is never alone"
    assert sheet["C7"].value == "нет данных"
    assert [cell.value for cell in sheet[8]][:3] == ["Итого", 1373, 66]
    assert sheet["A10"].value == "Люди на сегодня."
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$4:$5")


def test_pdf_is_a_paper_to_sign():
    content = pdf_file.render(FULL)
    (text,) = pages_of(content)
    for shown in ("Отчёт <b>", "Школа «Ёлочка» & Ко", "1366", "26", "49 ✕", "нет данных", "14.09.2026", "1373",
                  "страница 1 из 1", "подпись", "Люди на сегодня."):  # fmt: skip
        assert shown in text, shown
    page = PdfReader(io.BytesIO(content)).pages[0]
    assert page.mediabox.width > page.mediabox.height
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts), "every font is embedded"
    assert pdf_file.render(FULL) == content, "the same table, the same bytes"


def test_pdf_repeats_its_head_on_every_page():
    rows = [(f"Школа № {n}", n, Percent.of(1, 2), None, None) for n in range(90)]
    pages = pages_of(pdf_file.render(table(rows)))
    assert len(pages) > 2
    for number, text in enumerate(pages, 1):
        assert f"страница {number} из {len(pages)}" in text
    assert all("Ведение" in text and "Пользователи" in text for text in pages if "Школа №" in text)
    assert all(f"Школа № {n}\n" in "\n".join(pages) for n in range(90))


def test_pdf_takes_a_cell_taller_than_a_page_and_a_word_wider_than_its_column():
    rows = [("слово " * 6000, 1, Percent.of(1, 2), None, None), ("Ы" * 3000, 1, Percent.of(1, 2), None, None)]
    pages = pages_of(pdf_file.render(table(rows)))
    assert "".join(pages).count("слово") == 6000
    assert "".join(pages).count("Ы") == 3000


def test_pdf_makes_room_for_many_columns():
    columns = tuple(Column(f"c{n}", f"Показатель {n}", "int") for n in range(40))
    (text,) = pages_of(pdf_file.render(Table("Широкая", columns, (tuple(range(1000, 1040)),))))
    assert "1039" in text


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_looks_like_a_formula_is_written_as_text(text):
    rows = [(text, 1, Percent.of(1, 2), None, None)]
    assert csv_rows(csv_file.render(table(rows)))[1][0] == "'" + text
    cell = sheet_of(xlsx_file.render(table(rows)))["A5"]
    assert cell.data_type == "s"
    assert cell.value == text.replace("\r", "")
    assert cell.quotePrefix


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "a\ud800b", "<para>a</b>", "&amp; &#0;", "😀", "x" * 40_000])
def test_no_text_breaks_a_file(text):
    rows = [(text, 1, Percent.of(1, 2), None, None)]
    for module in (csv_file, xlsx_file, pdf_file):
        assert module.render(table(rows, notes=(text,), subtitle=text))


def test_an_empty_table_says_so():
    (text,) = pages_of(pdf_file.render(table()))
    assert "Нет данных за это время." in text
    assert sheet_of(xlsx_file.render(table()))["A3"].value == "Школа"
    assert len(csv_rows(csv_file.render(table()))) == 1
