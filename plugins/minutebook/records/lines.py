"""A CSV file -> its rows, many at a time and with the places where they begin. It is never held whole."""

from __future__ import annotations

import csv
import itertools
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from minutebook.records.source import CONTROL, LINE

_BLOCK = 1 << 18
_MANY = 2000
_SEEN = bytes(byte for byte in range(256) if byte in b"\t\n\r" or (byte >= 32 and byte != 127))
"""The bytes of which text is made; what else can be hidden stands above ASCII."""


class Odd(Exception):
    """The file holds something that `source.read` refuses; it knows how to say what."""


@dataclass(slots=True)
class Batch:
    """Some rows. `line` is the line on which the first begins, `spans` over how many lines each goes.

    `starts` are the bytes at which they begin. `plain` says that no cell holds a line end.
    """

    rows: list[list[str]]
    line: int
    spans: list[int]
    starts: array[int]
    plain: bool

    def lines(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with its line."""
        line = self.line
        for row, span in zip(self.rows, self.spans, strict=True):
            yield line, row
            line += span


def batches(file: BinaryIO) -> Iterator[Batch]:
    """The rows of an open CSV file (RFC 4180, UTF-8), the header among them.

    Raises `Odd` for what cannot be read as text; what cannot be read as CSV is a `csv.Error`, which comes
    after all rows before it were given.
    """
    csv.field_size_limit(LINE)
    feed = _Feed(file)
    reader = csv.reader(itertools.chain.from_iterable(feed.blocks()), strict=True)
    line, start = 1, feed.mark
    while True:
        rows: list[list[str]] = []
        error: csv.Error | None = None
        before = reader.line_num
        try:
            rows.extend(itertools.islice(reader, _MANY))
        except csv.Error as found:
            error = found
        last = len(rows) < _MANY
        if rows:
            plain = error is None and reader.line_num - before == len(rows)
            spans = [1] * len(rows) if plain else [_span(row) for row in rows]
            starts = feed.starts(start, spans)
            start = starts.pop()
            yield Batch(rows, line, spans, starts, plain)
            line += sum(spans)
        if error:
            raise error
        if last:
            return


def _span(row: list[str]) -> int:
    return 1 + sum(cell.count("\n") for cell in row)


class _Feed:
    """The lines of a file for the csv module, and how many bytes each of them takes."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._sizes: list[int] = []
        self.mark = 3 if file.read(3) == b"\xef\xbb\xbf" else 0
        file.seek(self.mark)

    def starts(self, first: int, spans: list[int]) -> array[int]:
        """Where rows begin, and where the one after them does; their lines are forgotten."""
        sizes, count = self._sizes, sum(spans)
        if count == len(spans):
            found = array("Q", itertools.accumulate(sizes[:count], initial=first))
        else:
            found, place, line = array("Q", [first]), first, 0
            for span in spans:
                place += sum(sizes[line : line + span])
                line += span
                found.append(place)
        del sizes[:count]
        return found

    def blocks(self) -> Iterator[list[str]]:
        """The lines, each with its end, block by block."""
        left = b""
        while raw := self._file.read(_BLOCK):
            raw = left + raw
            # Where only \r ends a line, it must not be one whose \n comes with the next block.
            cut = raw.rfind(b"\n") + 1 or raw.rfind(b"\r", 0, -1) + 1
            left, raw = raw[cut:], raw[:cut]
            if raw:
                yield from self._lines(raw)
            if len(left) > 4 * LINE:
                raise _too_long()
        if left:
            yield from self._lines(left)

    def _lines(self, raw: bytes) -> Iterator[list[str]]:
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise Odd from None
        same = text.isascii() and b"\r" not in raw
        if not same:
            self._sizes.extend(map(len, raw.splitlines(keepends=True)))
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if raw.translate(None, _SEEN) or (not text.isascii() and CONTROL.search(text)):
            raise Odd
        if "<<<<<<<" in text or ">>>>>>>" in text:
            raise Odd
        lines = text.splitlines(keepends=True)
        if same:
            self._sizes.extend(map(len, lines))
        if len(max(lines, key=len)) > LINE:
            yield list(itertools.takewhile(lambda line: len(line) <= LINE, lines))
            raise _too_long()
        yield lines


def _too_long() -> csv.Error:
    return csv.Error(f"the line is longer than {LINE:,} characters")
