"""An amount as finance systems print it -> pence, exactly."""

from __future__ import annotations

import re

CURRENCY_SIGNS = "£\N{FULLWIDTH POUND SIGN}"

_NUMBER = re.compile(r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)?(?:\.(?P<part>\d*))?", re.ASCII)
_PLAIN = re.compile(r"-?\d{1,13}\.\d{2}", re.ASCII)
"""An amount as most systems print it, which is read at once."""
_WHOLE_DIGITS = 13


class UnreadableError(ValueError):
    """A cell that is no amount; the text says why."""


def read(cell: str) -> int:
    """The amount in pence: `1,234.50`, `£12`, `(3.20)`, `3.20-` and `-£3.20` are understood.

    Accountants' formats print nought as a dash. Raises `UnreadableError`, with the reason,
    for anything else: nothing is rounded.
    """
    if _PLAIN.fullmatch(cell):
        return int(cell.replace(".", ""))
    text = cell.strip().replace("\N{MINUS SIGN}", "-")
    if not text:
        raise UnreadableError("the amount is empty")
    number, negative = _without_sign(text)
    if number == "" and text.strip(CURRENCY_SIGNS + " ") == "-":
        return 0
    match = _NUMBER.fullmatch(number)
    if match is None or not (match["whole"] or match["part"]):
        raise UnreadableError(_why(number))
    whole = (match["whole"] or "").replace(",", "").lstrip("0")
    part = (match["part"] or "").rstrip("0")
    if len(part) > 2:
        raise UnreadableError("the amount has fractions of a penny")
    if len(whole) > _WHOLE_DIGITS:
        raise UnreadableError("the amount has too many digits")
    pence = int(whole or "0") * 100 + int(part.ljust(2, "0"))
    return -pence if negative else pence


def readable(cell: str) -> bool:
    """Whether a cell is an amount."""
    try:
        read(cell)
    except UnreadableError:
        return False
    return True


def _without_sign(text: str) -> tuple[str, bool]:
    """The bare number, and whether it is negative. Two signs are no number."""
    negative = False
    if text.startswith("(") and text.endswith(")"):
        text, negative = text[1:-1].strip(), True
    bare = text.strip(CURRENCY_SIGNS + " \N{NO-BREAK SPACE}")
    for cut in (bare.removeprefix("-"), bare.removesuffix("-")):
        if cut != bare and not negative:
            return cut.strip(CURRENCY_SIGNS + " \N{NO-BREAK SPACE}"), True
    return bare.removeprefix("+"), negative


def _why(number: str) -> str:
    if re.fullmatch(r"[\d.,]+e[+-]?\d+", number, re.IGNORECASE | re.ASCII):
        return "the amount is in scientific notation, so digits were lost"
    if number.startswith("#"):
        return "the amount is a spreadsheet's error"
    if re.search(r"[€$¥]|\b(?:EUR|USD)\b", number):
        return "the amount is in another currency"
    if re.fullmatch(r"[\d.,]+", number, re.ASCII):
        return "the amount has its commas or points in the wrong places"
    return "the amount is not a number"


def plain(pence: int) -> str:
    """As records write it: `-1234.50`."""
    sign = "-" if pence < 0 else ""
    return f"{sign}{abs(pence) // 100}.{abs(pence) % 100:02d}"


def shown(pence: int) -> str:
    """As people read it: `-1,234.50`."""
    sign = "-" if pence < 0 else ""
    return f"{sign}{abs(pence) // 100:,}.{abs(pence) % 100:02d}"
