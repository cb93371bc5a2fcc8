"""Workbooks: the values of the one visible sheet, exactly; whatever is hidden or odd is refused."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from test_importing import SHARED, Desk, content, desk

__all__ = ["content", "desk"]

ROWS: list[list[Any]] = [
    ["Payments over £250"],
    [],
    ["Department", "Supplier", "Payment date", "Ref no", "Net amount", "Description"],
    ["Parks", "@UK Plc", datetime.date(2023, 3, 3), 108238, 1234.5, "Mow\nand roll"],
    ["Parks", "-Kiwi.Com-", datetime.datetime(2023, 3, 17), "B2", -20, "Refund"],
    ["Parks", "Sum Ltd", datetime.date(2023, 3, 4), "B3", 0.1 + 0.2, "Fractions of Excel"],
]


def book(change: Callable[[Any], object] = lambda book: None) -> bytes:
    """A workbook with ROWS, after a change."""
    made = openpyxl.Workbook()
    for row in ROWS:
        made.active.append(row)
    change(made)
    raw = io.BytesIO()
    made.save(raw)
    return raw.getvalue()


def put(raw: bytes, parts: dict[str, bytes]) -> bytes:
    """A workbook with some of its parts replaced or added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


def test_the_values_of_a_workbook_are_taken_exactly(desk: Desk) -> None:
    assert desk.imports(book(), name="export.xlsx") == 0, desk.err
    assert [row["Amount"] for row in desk.table()] == ["1234.50", "-20.00", "0.30"]
    assert [row["PaymentDate"] for row in desk.table()] == [
        "2023-03-03",
        "2023-03-17",
        "2023-03-04",
    ]
    first = desk.table()[0]
    assert (first["TransactionNumber"], first["Purpose"]) == ("108238", "Mow and roll")
    assert first["BeneficiaryName"] == "@UK Plc"
    assert 'an Excel workbook, sheet "Sheet"; header on line 3' in desk.out


def hide_row(made: Any) -> None:
    made.active.row_dimensions[4].hidden = True


def hide_column(made: Any) -> None:
    made.active.column_dimensions["F"].hidden = True


def hide_sheet(made: Any) -> None:
    made.create_sheet("Working").sheet_state = "veryHidden"


def two_sheets(made: Any) -> None:
    made.create_sheet("April").append(["x"])


def formula(made: Any) -> None:
    made.active["E4"] = "=1+1"


def half_a_penny(made: Any) -> None:
    for row in (4, 5, 6):
        made.active.cell(row, 5).value = 1.005


ENTITIES = b'<!DOCTYPE a [<!ENTITY b "bbbb">]><workbook>&b;</workbook>'
REFUSED = {
    "hidden row": (book(hide_row), "has row 4 of the sheet"),
    "hidden column": (book(hide_column), "has column F of the sheet"),
    "hidden sheet": (book(hide_sheet), 'has hidden sheets ("Working")'),
    "two sheets": (book(two_sheets), 'say --sheet "Sheet", "April"'),
    "formula without a result": (book(formula), "formula in cell E4"),
    "nothing in it": (book(lambda made: made.active.delete_rows(1, 9)), "without a filled cell"),
    "half a penny": (book(half_a_penny), "fractions of a penny"),
    "macros": (put(book(), {"xl/vbaProject.bin": b"x"}), "workbook with macros"),
    "binary": (put(book(), {"xl/workbook.bin": b"x"}), "binary workbook"),
    "entities": (put(book(), {"xl/workbook.xml": ENTITIES}), "XML document type"),
    "bomb": (put(book(), {"xl/worksheets/sheet9.xml": b" " * 40_000_000}), "unpacks to far more"),
    "cut off": (book()[:-300], "damaged or incomplete"),
    "broken part": (put(book(), {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData>"}), "damaged"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_taken_gets_one_sentence(desk: Desk, data: bytes, sentence: str) -> None:
    assert desk.imports(data, name="export.xlsx") == 1
    assert sentence in desk.err
    assert len(desk.err.splitlines()) == 1
    assert desk.written() == {}


def test_a_workbook_that_is_called_csv_is_refused(desk: Desk) -> None:
    assert desk.imports(book(), name="export.csv") == 1
    assert "is an Excel workbook although its name ends in .csv" in desk.err
    assert desk.written() == {}


def test_the_officer_chooses_a_sheet(desk: Desk) -> None:
    assert desk.imports(book(two_sheets), "--sheet", "Sheet", name="export.xlsx") == 0
    assert desk.imports(book(two_sheets), "--sheet", "May", name="export.xlsx") == 1
    assert 'has no sheet "May"' in desk.err


def test_what_is_hidden_and_empty_hides_nothing(desk: Desk) -> None:
    def change(made: Any) -> None:
        made.active.column_dimensions.group("H", "XFD", hidden=True)
        made.active.row_dimensions[2].hidden = True

    assert desk.imports(book(change), name="export.xlsx") == 0, desk.err


def test_a_wrong_size_in_the_file_costs_nothing(desk: Desk) -> None:
    raw = book()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    sheet = sheet.replace(b'ref="A1:F6"', b'ref="A1:XFD1048576"')
    assert b"XFD1048576" in sheet
    assert desk.imports(put(raw, {"xl/worksheets/sheet1.xml": sheet}), name="export.xlsx") == 0


def test_a_real_workbook(desk: Desk) -> None:
    path = SHARED / "spend-lancashire-xlsx" / "fire-2025-26-q1.xlsx"
    if not path.is_file():
        pytest.skip("the real workbook is not here; name its parent in MINUTEBOOK_SHARED_DATA")
    assert desk.run(str(path)) == 0, desk.err
    assert "919 in = 919 payments + 0 rejected" in desk.out
    assert "7,152,578.77" in desk.out


def test_no_file_is_left_open_or_behind(desk: Desk, tmp_path: Path, monkeypatch: Any) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    desk.imports(book(), name="export.xlsx")
    desk.imports(book(hide_row), name="export.xlsx")
    assert list(folder.iterdir()) == []
