"""An Excel workbook (.xlsx) -> the values of its one visible sheet, as a table on disk.

What a person cannot see in the workbook must not be published by accident, so hidden sheets, rows and
columns are refused. Dates come out in ISO 8601, numbers with the fifteen digits that Excel shows.
"""

from __future__ import annotations

import csv
import datetime
import warnings
import zipfile
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from defusedxml.common import DefusedXmlException

from minutebook.importing.container import SheetFile, container, hidden
from minutebook.importing.reading import CELL, CELLS, COLUMNS, LINES, Text
from minutebook.importing.refusal import RefusalError
from minutebook.records.problems import shown

_DAMAGED = (
    "is an Excel workbook that is damaged or incomplete: open it in a spreadsheet program, save it "
    "again, and import that"
)


def as_text(path: Path, workspace: Path, wanted: str = "") -> Text:
    """Copy the values of the visible sheet, or of the one `wanted`, into a table in `workspace`.

    Raises `RefusalError` for what is hidden, encrypted, damaged, has macros or several sheets.
    """
    target = workspace / "sheet.csv"
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            sheet = _chosen(container(archive), wanted)
            hidden(archive, sheet)
        _copy(path, sheet.name, target)
    except RefusalError:
        raise
    except DefusedXmlException:
        raise RefusalError(
            "is a workbook with an XML document type in it, which no spreadsheet program writes: "
            "save it again as .xlsx, or as CSV UTF-8"
        ) from None
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, SyntaxError, EOFError):
        raise RefusalError(_DAMAGED) from None
    except (AttributeError, IndexError, NotImplementedError, OSError, RuntimeError):
        raise RefusalError(_DAMAGED) from None
    return Text(target, "utf-8", "an Excel workbook", "no", sheet.name)


def _chosen(sheets: list[SheetFile], wanted: str) -> SheetFile:
    unseen = [sheet for sheet in sheets if not sheet.visible]
    if unseen:
        names = ", ".join(shown(sheet.name) for sheet in unseen[:5])
        raise RefusalError(
            f"has hidden sheets ({names}): show them, delete what must not be published, and save "
            "it again"
        )
    named = [sheet for sheet in sheets if sheet.name == wanted]
    if wanted and not named:
        names = ", ".join(shown(sheet.name) for sheet in sheets[:20])
        raise RefusalError(f"has no sheet {shown(wanted)}: say --sheet with one of {names}")
    found = named or [sheet for sheet in sheets if sheet.filled]
    if not found:
        raise RefusalError("is a workbook without a filled cell: export or fetch it again")
    if len(found) > 1:
        names = ", ".join(shown(sheet.name) for sheet in found[:20])
        raise RefusalError(f"has {len(found)} sheets with something in them: say --sheet {names}")
    return found[0]


def _copy(path: Path, name: str, target: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions, of which none matters here
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    try:
        sheet: Any = book[name]
        sheet.reset_dimensions()  # what the file says of them may be wrong, or meant to exhaust us
        with target.open("w", encoding="utf-8", newline="") as file:
            _write(sheet.iter_rows(values_only=True), csv.writer(file, lineterminator="\n"))
    finally:
        book.close()


def _write(rows: Iterable[tuple[object, ...]], writer: Any) -> None:
    blank = cells = 0
    for number, row in enumerate(rows, 1):
        cells += len(row)
        if number > LINES or cells > CELLS:
            raise RefusalError(
                f"has more than {LINES:,} rows or {CELLS:,} cells: split it by month"
            )
        if len(row) > COLUMNS and any(value is not None for value in row[COLUMNS:]):
            raise RefusalError(
                f"has {len(row):,} columns in row {number}; at most {COLUMNS:,} are allowed: "
                "delete those that are not needed"
            )
        texts = [_text(value) for value in row[:COLUMNS]]
        if not any(texts):
            blank += 1
            continue
        for _ in range(blank):  # rows keep their numbers; blank ones at the end do not matter
            writer.writerow([""])
        blank = 0
        writer.writerow(texts)


def _text(value: object) -> str:
    """A value as the importer reads it from text."""
    if value is None:
        return ""
    if isinstance(value, str):
        if len(value) > CELL:
            raise RefusalError(f"has a cell longer than {CELL:,} characters: shorten it")
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        number = f"{value:.15g}"
        return format(Decimal(number), "f") if "e" in number else number
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    return str(value)
