"""Who was paid and which services paid, found by their names and by what the money was for."""

from __future__ import annotations

import functools
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from minutebook.publishing.amounts import band
from minutebook.publishing.language import _, many
from minutebook.publishing.words import Words
from minutebook.records.ledger import SERVICES, SUPPLIERS, Account, Ledger, ledger
from minutebook.records.model.build import plain
from minutebook.records.records import name_of
from minutebook.records.register import Register
from minutebook.records.slugs import key
from minutebook.search.entries import FIELDS, KINDS, LONGEST, SPAN, Document, Entry, told
from minutebook.search.purposes import purposes
from minutebook.search.wording import normalised

Purposes = Mapping[str, Counter[str]]
"""What was paid for, and how often, by the key of the supplier or service."""

SUGGESTED = 250
"""Only so many, those with the largest sums, are suggested while somebody types."""
PURPOSES = 100
"""The commonest purposes of payments to one supplier, or by one service, are found; that is all of most."""


def spending(register: Register, cache: Path | None = None) -> Iterator[Document]:
    """Every supplier and every service, after all other records; in `cache` counts are kept."""
    known = ledger(register)
    words = Words(register.records.council.languages[0], register.records.council.currency)
    to, by = _purposes(known, cache)
    sides = (
        (_("Supplier"), SUPPLIERS, known.suppliers, known.services, to),
        (_("Service"), SERVICES, known.services, known.suppliers, by),
    )
    least = _least(known)
    counted = functools.cache(words.number)  # most counts are small, and so the same
    for place, (title, folder, accounts, others, counts) in enumerate(sides, len(KINDS)):
        for count, (one, account) in enumerate(accounts.items()):
            text = _what(account, others, counts.get(one, Counter()))
            said, names = _records(register, account)
            card = {
                "type": title,
                "title": account.name,
                "address": f"{folder}{account.slug}/",
                "day": "",
                "state": "",
                "status": "",
                "summary": _sum(words, counted, account),
                "text": " · ".join(filter(None, [said, *text]))[:LONGEST],
            }
            kind = "account" if account.total >= least else ""
            number = place * SPAN + count
            yield _document(kind, number, card, account.total, " · ".join(names))


def _records(register: Register, account: Account) -> tuple[str, list[str]]:
    """What the records of a supplier say, and its names there and in the payments."""
    said, names = "", set(account.spellings)
    supplier = register.records.by_type["supplier"].get(account.record)
    if supplier:
        summary = getattr(supplier, "summary", None) or ""
        said = " ".join(filter(None, [summary, told("supplier", supplier.document)]))
        names.add(name_of(supplier))
    provider = register.records.providers.get(account.provider)
    if provider:
        names.add(name_of(provider))
    return said, sorted(names)


def _least(known: Ledger) -> int:
    """What a supplier or a service must have got or paid to be suggested: a few hundred names are enough."""
    every = (*known.suppliers.values(), *known.services.values())
    largest = sorted((account.total for account in every), reverse=True)
    return largest[min(SUGGESTED, len(largest)) - 1] if largest else 0


def _document(kind: str, number: int, card: dict[str, Any], pence: int, names: str) -> Document:
    made_of = json.dumps([kind, card, pence, names], ensure_ascii=False)
    return Document(number, made_of, partial(_entry, kind, number, card, pence, names))


def _entry(kind: str, number: int, card: dict[str, Any], pence: int, names: str) -> Entry:
    text = card["text"]
    facets = {"type": [card["type"]], "amount": [band({"total": plain(pence)})]}
    words = {"title": card["title"], "reference": "", "summary": "", "names": names, "text": text}
    return Entry(kind, number, {name: normalised(words[name]) for name in FIELDS}, card, facets)


def _sum(words: Words, counted: Callable[[int], str], account: Account) -> str:
    """How much in all: it says which of two alike names is meant."""
    if not account.count:
        return ""  # a service that only a budget names
    said = many("%(amount)s in one payment", "%(amount)s in %(count)s payments", account.count)
    return said % {"amount": words.money(account.total), "count": counted(account.count)}


def _what(account: Account, others: Mapping[str, Account], counts: Counter[str]) -> list[str]:
    """What was paid for, the commonest first; then who paid it, or who was paid most."""
    common = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:PURPOSES]
    found = dict.fromkeys(what for what, _count in common)
    most = sorted(account.others.items(), key=lambda item: (-item[1], item[0]))[:PURPOSES]
    found |= dict.fromkeys(others[one].name for one, _amount in most if one in others)
    return list(found)


def _purposes(known: Ledger, cache: Path | None) -> tuple[Purposes, Purposes]:
    """What was paid for, by the keys of suppliers and of services."""
    to: defaultdict[str, Counter[str]] = defaultdict(Counter)
    by: defaultdict[str, Counter[str]] = defaultdict(Counter)
    paid, spent = purposes(known.releases, cache)
    for name, found in paid.items():
        to[known.canon(name)].update(found)
    for unit, found in spent.items():
        by[key(unit)].update(found)
    return to, by
