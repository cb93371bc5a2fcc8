"""A text file -> rows of cells with their line numbers, one by one."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from minutebook.importing.opening import CHUNK
from minutebook.importing.refusal import RefusalError

CELL = 32_767
"""The longest cell, as in a spreadsheet."""
CELL_LINES = 100
"""How many lines a quoted cell may run over before a quotation mark must be missing."""
COLUMNS = 1_000
"""The most columns: real exports have up to some eighty, most of them empty."""
LINES = 2_100_000
"""The most rows of a file, blank ones included: twice what a spreadsheet has."""
CELLS = 60_000_000
"""The most cells of a file, empty ones within a row included."""
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}

_LONE_9C = re.compile(rb"(?<![A-Za-z])\x9c|\x9c(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class Text:
    """A table on disk as text, and in words how it is encoded and its lines end.

    `sheet` is the name of the sheet that it was copied from, when it was a workbook; its rows are
    then counted as the spreadsheet does, whatever lines their cells hold.
    """

    path: Path
    codec: str
    encoding: str
    line_ends: str
    sheet: str = ""

    def lines(self) -> io.TextIOWrapper:
        """Its lines, one by one, whatever they end in."""
        return self.path.open(encoding=self.codec, errors=_errors(self.codec), newline=None)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row as they stand, and the line on which it begins."""

    line: int
    cells: list[str]

    @property
    def blank(self) -> bool:
        """Whether there is nothing in it but white space."""
        return not any(map(str.strip, self.cells))


def decode(path: Path) -> Text:
    """Find out the encoding of a file. Raises `RefusalError` for what is not text."""
    with path.open("rb") as file:
        start = file.read(2)
    if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return Text(path, "utf-16", "UTF-16", _utf_16_line_ends(path))
    found = _Bytes(path)
    return Text(path, *found.encoding(), found.line_ends())


def _utf_16_line_ends(path: Path) -> str:
    ends = _LineEnds()
    try:
        with path.open(encoding="utf-16", newline="") as file:
            for line in file:
                ends.count(line.encode("utf-8", "replace"))
    except UnicodeError:
        raise RefusalError(
            "says that it is UTF-16 text and is not: export it as CSV UTF-8"
        ) from None
    return str(ends)


class _LineEnds:
    """How many line ends of each kind there are."""

    def __init__(self) -> None:
        self.kinds = {"CRLF": 0, "CR": 0, "LF": 0}

    def count(self, raw: bytes) -> None:
        both = raw.count(b"\r\n")
        self.kinds["CRLF"] += both
        self.kinds["CR"] += raw.count(b"\r") - both
        self.kinds["LF"] += raw.count(b"\n") - both

    def __str__(self) -> str:
        return " and ".join(kind for kind, count in self.kinds.items() if count) or "no"


class _Bytes:
    """What the bytes of a file tell of its encoding; one pass."""

    def __init__(self, path: Path) -> None:
        self.ends = _LineEnds()
        self.utf_8 = self.ascii = True
        self.pound = self.lone = False
        decoder = codecs.getincrementaldecoder("utf-8")()
        before = b""
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                while chunk.endswith((b"\r", b"\x9c")) and (more := file.read(1)):
                    chunk += more
                self._refuse_nul(chunk)
                self.ends.count(chunk)
                self.ascii = self.ascii and chunk.isascii()
                self.pound = self.pound or b"\xa3" in chunk
                self.lone = self.lone or bool(_LONE_9C.search(before + chunk))
                self._try_utf_8(decoder, chunk)
                before = chunk[-1:]
        self._try_utf_8(decoder, b"", last=True)

    def _try_utf_8(
        self, decoder: codecs.IncrementalDecoder, raw: bytes, last: bool = False
    ) -> None:
        try:
            if self.utf_8:
                decoder.decode(raw, last)
        except UnicodeDecodeError:
            self.utf_8 = False

    def _refuse_nul(self, chunk: bytes) -> None:
        if b"\x00" in chunk:
            line = self.ends.kinds["LF"] + self.ends.kinds["CRLF"] + 1
            line += chunk.count(b"\n", 0, chunk.index(b"\x00"))
            raise RefusalError(
                f"holds NUL bytes (line {line}), so it is no text: export it as CSV UTF-8"
            )

    def encoding(self) -> tuple[str, str]:
        """UTF-8 if it is valid; otherwise what Windows (1252) or MS-DOS (850) wrote in Britain.

        They differ in the pound sign: 0xA3 and 0x9C. In code page 1252, 0x9C is the letter of
        "cœur", which stands inside a word: 0x9C anywhere else, without any 0xA3, is code page 850.
        """
        if self.utf_8:
            return "utf-8-sig", "ASCII" if self.ascii else "UTF-8"
        if self.lone and not self.pound:
            return "cp850", "code page 850"
        return "cp1252", "Windows-1252"

    def line_ends(self) -> str:
        return str(self.ends)


def _errors(codec: str) -> str:
    return "strict" if "utf" in codec else _UNDEFINED


def _as_latin_1(error: UnicodeError) -> tuple[str, int]:
    """Five bytes mean nothing in Windows-1252: keep them as controls (WHATWG Encoding)."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1"), error.end


_UNDEFINED = "minutebook-undefined"
codecs.register_error(_UNDEFINED, _as_latin_1)


def split(text: Text, delimiter: str) -> Iterator[Row]:
    """Cut text into rows (RFC 4180, any line ends).

    Raises `RefusalError` on a quoted cell that does not end, and beyond the limits of this module.
    """
    csv.field_size_limit(CELL)
    line = number = 1
    with text.lines() as lines:
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise RefusalError(_broken(line, str(error))) from None
            if reader.line_num - line >= CELL_LINES:
                what = f"runs over more than {CELL_LINES} lines"
                raise RefusalError(_missing_quote(line, what))
            if len(cells) > COLUMNS:
                raise RefusalError(
                    f"has {len(cells):,} columns on line {line}; at most {COLUMNS:,} are allowed: "
                    "delete those that are not needed"
                )
            yield Row(number if text.sheet else line, cells)
            line = reader.line_num + 1
            number += 1


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


def below(text: Text, delimiter: str, line: int) -> Iterator[Row]:
    """The rows below `line`, blank ones too.

    Raises `RefusalError` if the text is broken or beyond the limits.
    """
    cells = 0
    for number, row in enumerate(split(text, delimiter), 1):
        if row.line > line:
            cells += len(row.cells)
            if number > LINES or cells > CELLS:
                raise RefusalError(
                    f"has more than {LINES:,} rows or {CELLS:,} cells: split it, for instance by month"
                )
            yield row
