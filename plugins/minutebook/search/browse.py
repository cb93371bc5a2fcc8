"""The search page without JavaScript: an index that one browses."""

from __future__ import annotations

from collections import Counter
from typing import Any

from minutebook.publishing.amounts import BANDS, band, called
from minutebook.publishing.language import _
from minutebook.publishing.words import Words
from minutebook.records.addresses import address, filtered, list_address
from minutebook.records.ledger import SERVICES, SUPPLIERS, ledger
from minutebook.records.records import day_of, name_of
from minutebook.records.register import Register
from minutebook.records.schema import codelist


def view(register: Register) -> dict[str, Any]:
    """Every list of records, and the decisions by year, status, amount, topic, place and body."""
    records = register.records
    decisions = records.decisions.values()
    years = Counter(str(day_of(each).year) for each in decisions)
    statuses = Counter(each.status for each in decisions)
    bands = Counter(filter(None, (band(each.document) for each in decisions)))
    words = Words(records.council.languages[0], records.council.currency)
    amounts = [(name, called(name, words)) for name in BANDS]
    lists = [
        {
            "name": _plural(kind),
            "address": list_address(kind),
            "count": len(found),
        }
        for kind, found in records.by_type.items()
        if found and kind not in ("page", "supplier")
    ]
    known = ledger(register)
    for name, to, count in (
        (_("Suppliers"), SUPPLIERS, len(known.suppliers)),
        (_("Services"), SERVICES, len(known.services)),
    ):
        lists += [{"name": name, "address": to, "count": count}] if count else []
    return {
        "title": _("Search"),
        "description": None,
        "crumbs": [],
        "section": "",
        "lists": sorted(lists, key=lambda each: str(each["name"])),
        "years": _facet("year", ((year, year) for year in sorted(years, reverse=True)), years),
        "statuses": _facet(
            "status",
            ((code.code, _(code.title)) for code in codelist("decision-status").values()),
            statuses,
        ),
        "bands": _facet("amount", amounts, bands),
        "amounts": [title for _band, title in amounts],
        "topics": _linked(register, "topic"),
        "places": _linked(register, "place"),
        "bodies": _linked(register, "body"),
    }


def _plural(kind: str) -> str:
    names = {
        "body": _("Bodies"),
        "contract": _("Contracts"),
        "decision": _("Decisions"),
        "evaluation": _("Evaluations"),
        "meeting": _("Meetings"),
        "participation": _("Have your say"),
        "person": _("People"),
        "petition": _("Petitions"),
        "place": _("Places"),
        "provider": _("Providers"),
        "release": _("Spending"),
        "supplier": _("Suppliers"),
        "topic": _("Topics"),
    }
    return names[kind]


def _facet(name: str, values: Any, counts: Counter[str]) -> list[dict[str, Any]]:
    return [
        {"name": title, "address": filtered("decision", name, code), "count": counts[code]}
        for code, title in values
        if counts[code]
    ]


def _linked(register: Register, kind: str) -> list[dict[str, Any]]:
    """The records of a type, each with its page and how many decisions name it."""
    return [
        {
            "name": name_of(record),
            "address": address(kind, id),
            "count": len(register.links.to(kind, id, "decision")),
        }
        for id, record in register.records.by_type[kind].items()
    ]
