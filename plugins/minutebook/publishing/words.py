"""Dates, numbers and money in the reader's language (Babel, CLDR data)."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from babel import Locale
from babel.dates import format_date, get_month_names
from babel.numbers import format_compact_currency, format_currency, format_decimal, format_percent

from minutebook.records.model.build import plain


@dataclass(frozen=True)
class Words:
    """The wording of values in one language (BCP 47, such as `en` or `cy`) and currency (ISO 4217)."""

    language: str
    currency: str

    @cached_property
    def locale(self) -> Locale:
        """English is British English unless it says otherwise."""
        wanted = "en-GB" if self.language == "en" else self.language
        return Locale.parse(wanted, sep="-")

    def date(self, day: date | str | None) -> str:
        """14 May 2026"""
        return format_date(_day(day), "d MMMM y", locale=self.locale) if day else ""

    def short_date(self, day: date | str | None) -> str:
        """14 Sept 2026, for tables"""
        return format_date(_day(day), "d MMM y", locale=self.locale) if day else ""

    def month(self, day: date | str | None) -> str:
        """May 2026"""
        return format_date(_day(day), "LLLL y", locale=self.locale) if day else ""

    def month_name(self, number: int) -> str:
        """May, for 5"""
        return str(get_month_names("wide", context="stand-alone", locale=self.locale)[number])

    def number(self, value: float | int | None) -> str:
        """2,914"""
        return "" if value is None else format_decimal(value, locale=self.locale)

    def percent(self, share: float) -> str:
        """4%, for 0.04"""
        return format_percent(share, locale=self.locale)

    def money(self, pence: int | None, currency: str = "") -> str:
        """Exact, for tables: £1,250,000.00"""
        if pence is None:
            return ""
        code = currency or self.currency
        form = _form(self, code)
        if form is None:
            return _currency(pence, code, self.locale)
        before, after = form.negative if pence < 0 else form.positive
        whole, part = divmod(abs(pence), 100)
        grouped = f"{whole:,}".replace(",", form.group)
        return f"{before}{grouped}{form.point}{part:02}{after}"

    def round_money(self, pence: int | None, currency: str = "") -> str:
        """For sentences and lists: £1.2 million, £48,300, £612"""
        if pence is None:
            return ""
        code, amount = currency or self.currency, Decimal(plain(pence))
        for scale, word in ((10**9, "billion"), (10**6, "million")):
            if abs(amount) >= scale:
                if self.language != "en":
                    return format_compact_currency(
                        amount, code, format_type="short", fraction_digits=1, locale=self.locale
                    )
                # CLDR shortens million to m in English; in a sentence the whole word reads better.
                return f"{self._whole(amount / scale, code, '¤#,##0.#')} {word}"
        return self._whole(amount, code, "¤#,##0")

    def _whole(self, amount: Decimal, code: str, pattern: str) -> str:
        return format_currency(
            amount, code, format=pattern, currency_digits=False, locale=self.locale
        )


def _day(day: date | str) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day


class _Form(NamedTuple):
    """How amounts are written: what stands before and after them, between thousands and before the pence."""

    positive: tuple[str, str]
    negative: tuple[str, str]
    group: str
    point: str


_WRITTEN = re.compile(
    r"(?P<before>\D*)1(?P<group>\D?)234(?P=group)567(?P<point>\D)89(?P<after>\D*)"
)


@functools.cache
def _form(words: Words, currency: str) -> _Form | None:
    """How Babel writes this currency, so that it need not be asked for each of a million amounts.

    None where it is not as simple as that: other digits, other groups, no pence. A test compares the two.
    """

    def written(pence: int) -> str:
        return _currency(pence, currency, words.locale)

    found = [_WRITTEN.fullmatch(written(sign * 123_456_789)) for sign in (1, -1)]
    if not (found[0] and found[1]) or found[0]["group"] != found[1]["group"]:
        return None
    positive, negative = ((one["before"], one["after"]) for one in found if one)
    form = _Form(positive, negative, found[0]["group"], found[0]["point"])
    # Some languages do not divide four digits.
    short = f"1{form.group}234{form.point}56"
    return form if written(123_456) == f"{positive[0]}{short}{positive[1]}" else None


def _currency(pence: int, currency: str, locale: Locale) -> str:
    return format_currency(Decimal(plain(pence)), currency, locale=locale)
