"""Bands of money, by which records are filtered: the same in the search and in the lists."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from minutebook.publishing.language import _
from minutebook.publishing.words import Words

BANDS = ("1", "2", "3", "4")
"""Under 10,000, under 100,000, under a million, and more."""
_LIMITS = (10_000, 100_000, 1_000_000)
_AMOUNTS = (("budget", "amount"), ("value", "amount"), ("budget",), ("value",), ("total",))


def band(document: Mapping[str, Any]) -> str:
    """The band that a record's money falls into, "" when it tells of none."""
    for path in _AMOUNTS:
        value: Any = document
        for step in path:
            value = value.get(step) if isinstance(value, Mapping) else None
        if value is not None and not isinstance(value, Mapping):
            try:
                amount = Decimal(str(value))
            except InvalidOperation:
                continue
            return BANDS[sum(amount >= limit for limit in _LIMITS)]
    return ""


def called(name: str, words: Words) -> str:
    """What a band is called: under £10,000; £10,000 to £100,000; £1 million and more."""
    place = BANDS.index(name)
    limits = [words.round_money(limit * 100) for limit in _LIMITS]
    if place == 0:
        return _("Under %(most)s") % {"most": limits[0]}
    if place == len(limits):
        return _("%(least)s and more") % {"least": limits[-1]}
    return _("%(least)s to %(most)s") % {"least": limits[place - 1], "most": limits[place]}
