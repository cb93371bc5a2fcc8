"""A cell of the source -> the text that a release publishes, within what the schema allows."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from minutebook.importing import money, redaction
from minutebook.importing.shape import shape
from minutebook.records.schema import codelist

ERRORS = frozenset({"#N/A", "#N/A!", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})
"""What a spreadsheet writes where a formula failed: no text of anybody's."""

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_BREAK = re.compile("[\r\n\v\f\x85\u2028\u2029]+")
_TRUE = frozenset({"true", "yes", "y", "1"})
_FALSE = frozenset({"false", "no", "n", "0"})


class UnfitError(ValueError):
    """A cell that a release cannot hold; the text says why.

    `optional` is true of a cell that says nothing but in its own terms, such as a code that is none:
    it is left empty, and reported, rather than that a payment is lost for it.
    """

    def __init__(self, why: str, optional: bool = False) -> None:
        super().__init__(why)
        self.optional = optional


@dataclass(frozen=True, slots=True)
class Limits:
    """What the schema of a payment says about one column of plain text."""

    longest: int | None
    pattern: re.Pattern[str] | None
    boolean: bool
    money: bool


@functools.cache
def limits(classification: str, column: str) -> Limits:
    """The limits of a column, from the schema of the rows of this kind of release."""
    node = shape(classification).properties[column]
    pattern = re.compile(node["pattern"]) if "pattern" in node else None
    money = node.get("format") == "money"
    return Limits(node.get("maxLength"), pattern, node.get("type") == "boolean", money)


def clean(cell: str) -> str:
    """The text of a cell on one line, without white space around it.

    Nothing else is changed but characters that cannot be seen: those that are what is left of a
    Windows-1252 apostrophe or dash are restored (WHATWG Encoding does the same), others taken out.
    """
    lines = (line.strip() for line in _BREAK.split(cell))
    text = " ".join(filter(None, lines)).replace("\t", " ")
    return _CONTROL.sub(_restored, text).strip() if _CONTROL.search(text) else text


def unseen(cell: str) -> bool:
    """Whether a cell holds a character that cannot be seen and is no white space."""
    return not cell.isprintable() and bool(_CONTROL.search(_BREAK.sub("", cell).replace("\t", "")))


def _restored(match: re.Match[str]) -> str:
    try:
        return match[0].encode("latin-1").decode("cp1252") if match[0] > "\x7f" else ""
    except UnicodeError:
        return ""


@functools.lru_cache(maxsize=50_000)
def text(classification: str, column: str, cell: str) -> str:
    """The text to publish under `column`. Raises `UnfitError`, with the reason."""
    value = clean(cell)
    if not value:
        return ""
    allowed = limits(classification, column)
    if allowed.boolean:
        return _boolean(value)
    if allowed.money:
        return _money(value)
    if column == "RedactionReason":
        return value if value in codelist("redaction-reason") else redaction.told(value)
    if allowed.pattern and not allowed.pattern.search(value):
        raise UnfitError("is not written as it must be in that column", optional=True)
    if allowed.longest and len(value) > allowed.longest:
        raise UnfitError(f"has {len(value):,} characters; at most {allowed.longest} are allowed")
    return value


def _money(value: str) -> str:
    try:
        return money.plain(money.read(value))
    except money.UnreadableError as error:
        raise UnfitError(f"is no amount: {error}", optional=True) from None


def _boolean(value: str) -> str:
    if value.lower() in _TRUE:
        return "true"
    if value.lower() in _FALSE:
        return "false"
    raise UnfitError("says neither yes nor no", optional=True)
