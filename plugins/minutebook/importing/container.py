"""The ZIP container of a workbook: how large it is unpacked, its sheets, and what is hidden in them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import iterparse

from minutebook.importing.refusal import RefusalError
from minutebook.records.problems import shown

UNPACKED = 1024**3
"""The most that all parts may hold unpacked; a full sheet of 20 columns has about half of that."""
_RATIO = 120
"""How many times its packed size a large part may grow to; sheets grow about ten times."""
_LARGE = 32 * 1024**2
_BESIDE = 128 * 1024**2
"""The largest part that is no sheet: the texts of the cells are held in memory."""
_PARTS = 5_000
_LOCKED = "is encrypted with a password: remove the password, then save it as .xlsx or CSV UTF-8"
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")


@dataclass(frozen=True, slots=True)
class SheetFile:
    """A sheet of a workbook: its name, the part that holds it, whether it can be seen and is filled."""

    name: str
    part: str
    visible: bool
    filled: bool


def container(archive: zipfile.ZipFile) -> list[SheetFile]:
    """The sheets of a workbook. Raises `RefusalError` for a bomb, macros, encryption, another kind."""
    parts = archive.infolist()
    if len(parts) > _PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise RefusalError(_bomb())
    for part in parts:
        if part.flag_bits & 1:
            raise RefusalError(_LOCKED)
        if part.file_size > _LARGE and part.file_size > _RATIO * part.compress_size:
            raise RefusalError(_bomb())
        if part.file_size > _BESIDE and "worksheets/" not in part.filename:
            raise RefusalError(_bomb())
    names = {part.filename for part in parts}
    if any(name.endswith("vbaProject.bin") for name in names):
        raise RefusalError(
            "is a workbook with macros: save it as .xlsx, which has none, and import that"
        )
    if "xl/workbook.bin" in names:
        raise RefusalError("is a binary workbook (.xlsb): save it as .xlsx, and import that")
    if "xl/workbook.xml" not in names:
        raise RefusalError("is no Excel workbook: export the payments as CSV UTF-8 or .xlsx")
    return list(_sheets(archive))


def _bomb() -> str:
    limit = UNPACKED // 1024**2
    return (
        f"is a workbook that unpacks to far more than it should, or to more than {limit:,} MiB: "
        "save it again, or export it as CSV UTF-8"
    )


def _sheets(archive: zipfile.ZipFile) -> Iterator[SheetFile]:
    targets = {}
    for tag, one in _elements(archive, "xl/_rels/workbook.xml.rels"):
        if tag == "Relationship":
            targets[one.get("Id")] = str(one.get("Target", ""))
    for tag, one in _elements(archive, "xl/workbook.xml"):
        if tag == "sheet":
            id = next((value for key, value in one.items() if key.endswith("}id")), "")
            target = targets.get(id, "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if "worksheets/" in part:
                visible = one.get("state", "visible") == "visible"
                yield SheetFile(str(one.get("name", "")), part, visible, _filled(archive, part))


def _filled(archive: zipfile.ZipFile, part: str) -> bool:
    return any(tag in ("v", "t") for tag, _ in _elements(archive, part))


def _elements(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, Any]]:
    """Every element of an XML part at its end, without its namespace; nothing of it is kept."""
    try:
        with archive.open(part) as file:
            found = iterparse(file, events=("start", "end"), forbid_dtd=True)
            _, root = next(found)
            for event, element in found:
                if event == "end":
                    yield element.tag.rpartition("}")[2], element
                    if element.tag.endswith(("row", "c", "Relationship", "sheet")):
                        root.clear()
    except ParseError:
        raise zipfile.BadZipFile from None


def hidden(archive: zipfile.ZipFile, sheet: SheetFile) -> None:
    """Raise `RefusalError` if a filled cell of the sheet stands in a hidden row or column.

    Also for a formula whose result was never saved, since nobody has seen it.
    """
    with archive.open(sheet.part) as file:
        found = _Hidden()
        try:
            for event, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
                found.take(event, element)
        except ParseError:
            raise zipfile.BadZipFile from None
    if found.where:
        raise RefusalError(
            f"has {found.where} of the sheet {shown(sheet.name)} hidden, with something in it: "
            "show what is hidden, delete what must not be published, and save it again"
        )
    if found.unsaved:
        raise RefusalError(
            f"has a formula in cell {found.unsaved} whose result was not saved: open it in a "
            "spreadsheet program, save it, and import that"
        )


class _Hidden:
    """What is hidden in one sheet, from its elements in their order."""

    def __init__(self) -> None:
        self.where = self.unsaved = ""
        self._columns: list[tuple[int, int]] = []
        self._data: Any = None
        self._row_hidden = False
        self._row = 0
        self._column = 0
        self._formula = False

    def take(self, event: str, element: Any) -> None:
        tag = element.tag.rpartition("}")[2]
        if event == "start":
            self._start(tag, element)
        elif tag == "c":
            self._cell(element)
        elif tag == "row" and self._data is not None:
            self._data.clear()

    def _start(self, tag: str, element: Any) -> None:
        if tag == "sheetData":
            self._data = element
        elif tag == "col" and _unseen(element, "width"):
            self._columns.append((int(element.get("min", 0)), int(element.get("max", 0))))
        elif tag == "row":
            self._row = int(element.get("r", self._row + 1))
            self._row_hidden = _unseen(element, "ht")
            self._column = 0
        elif tag == "c":
            place = _CELL.fullmatch(element.get("r", ""))
            self._column = _number(place[1]) if place else self._column + 1

    def _cell(self, element: Any) -> None:
        parts = {part.tag.rpartition("}")[2]: part.text for part in element}
        empty = (
            not parts.get("v") and element.get("t") != "str"
        )  # a text may be empty, a number not
        if "f" in parts and empty and "is" not in parts and not self.unsaved:
            self.unsaved = f"{_letters(self._column)}{self._row}"
        if not ("v" in parts or "is" in parts):
            return
        if self._row_hidden:
            self.where = self.where or f"row {self._row}"
        elif any(first <= self._column <= last for first, last in self._columns):
            self.where = self.where or f"column {_letters(self._column)}"


def _unseen(element: Any, size: str) -> bool:
    return element.get("hidden") in ("1", "true") or element.get(size) in ("0", "0.0")


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters
