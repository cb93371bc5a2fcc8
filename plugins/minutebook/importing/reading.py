"""The bytes of an export -> text -> rows of cells with their line numbers."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from minutebook.importing.refusal import RefusalError

CELL = 32_767
"""The longest cell, as in a spreadsheet."""
CELL_LINES = 100
"""How many lines a quoted cell may run over before a quotation mark must be missing."""
COLUMNS = 1_000
"""The most columns: real exports have up to some eighty, most of them empty."""
LINES = 1_100_000
"""The most rows of a file, blank ones included: a little more than a spreadsheet has."""
ROWS = 250_000
"""The most rows with something in them: four times the largest month that we know."""
CELLS = 10_000_000
"""The most cells of a file, empty ones within a row included."""
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}

_LONE_9C = re.compile(rb"(?<![A-Za-z])\x9c|\x9c(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class Text:
    """An export as text, and in words how it is encoded and its lines end."""

    raw: bytes
    codec: str
    encoding: str
    line_ends: str

    def lines(self) -> Iterator[str]:
        """Its lines, one by one: a whole copy as text would take four times the memory."""
        return io.TextIOWrapper(
            io.BytesIO(self.raw), self.codec, errors=_errors(self.codec), newline=None
        )


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row as they stand, and the line on which it begins."""

    line: int
    cells: list[str]

    @property
    def blank(self) -> bool:
        """Whether there is nothing in it but white space."""
        return not any(cell.strip() for cell in self.cells)


def decode(raw: bytes) -> Text:
    """Find out the encoding and decode. Raises `RefusalError` for what is not text."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding, label = "utf-16", "UTF-16"
    elif b"\x00" in raw:
        line = raw.count(b"\n", 0, raw.index(b"\x00")) + 1
        raise RefusalError(
            f"holds NUL bytes (line {line}), so it is no text: export it as CSV UTF-8"
        )
    else:
        encoding, label = _single_byte_or_utf8(raw)
    try:
        text = raw.decode(encoding, _errors(encoding))
    except UnicodeDecodeError:
        raise RefusalError(f"is damaged: not all of it is {label} text; export it again") from None
    if "\x00" in text:
        raise RefusalError("holds NUL characters, so it is no text: export it as CSV UTF-8")
    return Text(raw, encoding, label, _line_ends(raw if encoding != "utf-16" else text.encode()))


def _errors(codec: str) -> str:
    return "strict" if "utf" in codec else _UNDEFINED


def _single_byte_or_utf8(raw: bytes) -> tuple[str, str]:
    """UTF-8 if it is valid; otherwise what Windows (1252) or MS-DOS (850) wrote in Britain.

    They differ in the pound sign: 0xA3 and 0x9C. In code page 1252, 0x9C is the letter of "cœur",
    which stands inside a word: 0x9C anywhere else, without any 0xA3, is code page 850.
    """
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        if b"\xa3" not in raw and _LONE_9C.search(raw):
            return "cp850", "code page 850"
        return "cp1252", "Windows-1252"
    return "utf-8-sig", "ASCII" if raw.isascii() else "UTF-8"


def _as_latin_1(error: UnicodeError) -> tuple[str, int]:
    """Five bytes mean nothing in Windows-1252: keep them as controls (WHATWG Encoding)."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1"), error.end


_UNDEFINED = "minutebook-undefined"
codecs.register_error(_UNDEFINED, _as_latin_1)


def _line_ends(raw: bytes) -> str:
    both = raw.count(b"\r\n")
    kinds = {"CRLF": both, "CR": raw.count(b"\r") - both, "LF": raw.count(b"\n") - both}
    return " and ".join(kind for kind, count in kinds.items() if count) or "no"


def split(text: Text, delimiter: str) -> Iterator[Row]:
    """Cut text into rows (RFC 4180, any line ends).

    Raises `RefusalError` on a quoted cell that does not end, and beyond the limits of this module.
    """
    csv.field_size_limit(CELL)
    reader = csv.reader(text.lines(), delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise RefusalError(_broken(line, str(error))) from None
        if reader.line_num - line >= CELL_LINES:
            raise RefusalError(_missing_quote(line, f"runs over more than {CELL_LINES} lines"))
        if len(cells) > COLUMNS:
            raise RefusalError(
                f"has {len(cells):,} columns on line {line}; at most {COLUMNS:,} are allowed: "
                "delete those that are not needed"
            )
        yield Row(line, cells)
        line = reader.line_num + 1


def _broken(line: int, error: str) -> str:
    """Why the row that begins on this line cannot be cut into cells, from what `csv` says."""
    if "unexpected end" in error:
        return (
            f"ends within a quoted cell of the row that begins on line {line}, so its end is "
            "missing: export or fetch it again"
        )
    if "field larger" in error:
        return _missing_quote(line, f"is longer than {CELL:,} characters")
    return _missing_quote(line, "has a quotation mark in its middle that is not doubled")


def _missing_quote(line: int, what: str) -> str:
    return (
        f"has a cell in the row that begins on line {line} that {what}: a quotation mark is "
        "missing there or too many; export it again, or mend that line"
    )


def head(text: Text, delimiter: str, count: int) -> list[Row]:
    """The first rows; fewer if the text is broken, which whoever reads all of it will hear."""
    rows: list[Row] = []
    try:
        for row in split(text, delimiter):
            rows.append(row)
            if len(rows) == count:
                break
    except RefusalError:
        pass
    return rows


def below(text: Text, delimiter: str, line: int) -> tuple[list[Row], int]:
    """The rows below `line` that are not blank, and how many are blank.

    Raises `RefusalError` if the text is broken or beyond the limits.
    """
    rows: list[Row] = []
    blank = cells = 0
    for number, row in enumerate(split(text, delimiter), 1):
        if number > LINES or len(rows) > ROWS or cells > CELLS:
            raise RefusalError(
                f"has more than {ROWS:,} rows, {LINES:,} lines or {CELLS:,} cells: split it, for "
                "instance by month"
            )
        if row.line <= line:
            continue
        if row.blank:
            blank += 1
        else:
            rows.append(row)
            cells += len(row.cells)
    return rows, blank
