"""A cell of the source -> the text that a release publishes, within what the schema allows."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from minutebook.importing import redaction
from minutebook.records.schema import codelist, schema

ERRORS = frozenset({"#N/A", "#N/A!", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})
"""What a spreadsheet writes where a formula failed: no text of anybody's."""

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_BREAK = re.compile("[\r\n\v\f\x85\u2028\u2029]+")
_TRUE = frozenset({"true", "yes", "y", "1"})
_FALSE = frozenset({"false", "no", "n", "0"})


class UnfitError(ValueError):
    """A cell that a release cannot hold; the text says why."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the schema of a payment says about one column of plain text."""

    longest: int | None
    pattern: re.Pattern[str] | None
    boolean: bool


@functools.cache
def limits(column: str) -> Limits:
    """The limits of a column, from `payment.schema.json`."""
    node = schema("payment").resolved["properties"][column]
    pattern = re.compile(node["pattern"]) if "pattern" in node else None
    return Limits(node.get("maxLength"), pattern, node.get("type") == "boolean")


def clean(cell: str) -> str:
    """The text of a cell on one line, without white space around it; nothing else is changed."""
    lines = (line.strip() for line in _BREAK.split(cell))
    return " ".join(filter(None, lines)).replace("\t", " ")


def text(column: str, cell: str) -> str:
    """The text to publish under `column`. Raises `UnfitError`, with the reason."""
    value = clean(cell)
    if not value:
        return ""
    allowed = limits(column)
    if allowed.boolean:
        return _boolean(value)
    if column == "RedactionReason":
        return value if value in codelist("redaction-reason") else redaction.told(value)
    if _CONTROL.search(value):
        raise UnfitError("holds a character that cannot be read")
    if allowed.longest and len(value) > allowed.longest:
        raise UnfitError(f"has {len(value):,} characters; at most {allowed.longest} are allowed")
    if allowed.pattern and not allowed.pattern.search(value):
        raise UnfitError("is not written as it must be in that column")
    return value


def _boolean(value: str) -> str:
    if value.lower() in _TRUE:
        return "true"
    if value.lower() in _FALSE:
        return "false"
    raise UnfitError("says neither yes nor no")
