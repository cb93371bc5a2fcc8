"""The plain part of YAML, read fast: names with values, lists, and text in blocks.

Nearly every record keeps to it, and reading it line by line takes a third of the time. For anything else
the answer is None and all of YAML is read instead; a test compares both ways on texts of all kinds.
"""

from __future__ import annotations

import re
from typing import Any

LINES = 9_000
"""More lines could hold more values than a record may (see `EVENTS` in source.py)."""
DEEP = 10
"""Containers within each other, well below what is allowed; deeper ones are left to the other reader."""

_LINE = re.compile(r"( *)(- )?(?:([A-Za-z_][A-Za-z0-9_]{0,59}):(?: (.+))?|([^ #].*))")
_NOTHING = re.compile(r" *(?:#.*)?")
_SIGNS = frozenset("-?:,[]{}#&*!|>'\"%@` \u00a0")
"""What a plain value does not begin with."""
_BLOCKS = {"|": "\n", "|-": "\n", ">": " ", ">-": " "}
"""How a block of text begins, and what its lines are joined with."""


def plain_fields(text: str) -> dict[str, Any] | None:
    """The fields of a YAML text that keeps to the plain part; None where it does not."""
    lines = text.split("\n")
    if len(lines) > LINES:
        return None
    return _Fields(lines).read()


class _Fields:
    """Reads lines. Containers that are open stand on `open`, outermost first, with their indentation."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.root: dict[str, Any] = {}
        self.open: list[tuple[int, Any]] = [(0, self.root)]
        self.key: str | None = None  # a name whose value has not come yet

    def read(self) -> dict[str, Any] | None:
        """All fields; None when a line is not plain."""
        number, count, split = 0, len(self.lines), _LINE.fullmatch
        while number < count:
            line = self.lines[number]
            number += 1
            found = split(line)
            if found is None:
                if _NOTHING.fullmatch(line):
                    continue
                return None
            spaces, dash, key, text, item = found.groups()
            indent, (last, container) = len(spaces), self.open[-1]
            if (
                self.key is not None
                or last != indent
                or (dash is None) != (type(container) is dict)
            ):
                container = self._container(indent, dash is not None)
            if dash and key and container is not None:
                container.append({})
                container = container[-1]
                indent += 2
                self.open.append((indent, container))
            value = _scalar(text or item) if text or item else ""
            if value is None and text in _BLOCKS:
                value, number = self._block(number, indent, _BLOCKS[text])
            elif not text and key:
                self.key = key
            if container is None or value is None or len(self.open) > DEEP:
                return None
            if key is None and dash:
                container.append(value)
            elif key is None or key in container:
                return None
            else:
                container[key] = value
        return self.root or None

    def _container(self, indent: int, dash: bool) -> Any:
        """The list or the fields that a line with this indentation belongs to; None if there are none."""
        last, container = self.open[-1]
        if self.key is not None:
            key, self.key = self.key, None
            if indent > last or (dash and indent == last):
                made: Any = [] if dash else {}
                container[key] = made
                self.open.append((indent, made))
                return made
        while last > indent or (last == indent and not dash and type(container) is list):
            self.open.pop()
            if not self.open:
                return None
            last, container = self.open[-1]
        return container if last == indent and dash == (type(container) is list) else None

    def _block(self, first: int, indent: int, joint: str) -> tuple[str | None, int]:
        """A block of text and the number of the next line; None where its lines are not all alike."""
        lines, end = self.lines, first
        inner = len(lines[first]) - len(lines[first].lstrip(" ")) if first < len(lines) else 0
        if inner <= indent:
            return None, first
        margin = " " * inner
        while end < len(lines) and lines[end].startswith(margin):
            if lines[end][inner : inner + 1] in ("", " "):
                return None, end
            end += 1
        if "" in lines[end : end + 1] and end + 1 < len(lines):
            return None, end  # an empty line may belong to the text or not
        return joint.join(line[inner:] for line in lines[first:end]), end


def _scalar(text: str) -> str | None:
    """The value of one line: plain text, or text in quotation marks that holds none and no escape."""
    first = text[0]
    if first in _SIGNS:
        inner = text[1:-1]
        if first in "\"'" and len(text) > 1 and text[-1] == first and first not in inner:
            return None if "\\" in inner and first == '"' else inner
        if first != "-" or not text[1:2].isdecimal():
            return None
    return None if ": " in text or " #" in text or text[-1] in ": " else text
