"""Dates, numbers and money in the reader's language (Babel, CLDR data)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

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
        return format_currency(Decimal(plain(pence)), currency or self.currency, locale=self.locale)

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
