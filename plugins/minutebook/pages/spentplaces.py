"""What was spent for each place, where the payments say for which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from minutebook.pages import paid
from minutebook.pages.charts import lengths
from minutebook.pages.naming import link
from minutebook.pages.stamp import stamp
from minutebook.publishing.language import _
from minutebook.publishing.page import Page
from minutebook.records.ledger import ledger
from minutebook.records.model.build import plain
from minutebook.records.once import once
from minutebook.records.payments import month_in
from minutebook.records.register import Register

PLACES = "spending/places/"
SHEET = "spending/by-place.csv"


def pages(register: Register) -> Iterable[Page]:
    """/spending/places/, where at least one payment names a place."""
    if by_place(register):
        yield Page(PLACES, "page", "spent-places.html", view, twin)


@once
def by_place(register: Register) -> Counter[str]:
    """What was paid for each place this year."""
    known = ledger(register)
    found: Counter[str] = Counter()
    if known.year is None:
        return found
    first, last = known.year.start.replace(day=1), known.year.end
    for release in known.releases:
        for group in release.sums.groups:
            if group.place and first <= month_in(release, group.month) <= last:
                found[group.place] += group.amount
    return found


def rows(register: Register) -> list[dict[str, Any]]:
    """Every ward, and every other place that money was spent for; the wards first, the most first."""
    amounts, places = by_place(register), register.records.places
    order = sorted(
        (id for id in places if id in amounts or places[id].classification == "ward"),
        key=lambda id: (places[id].classification != "ward", -amounts[id], places[id].name),
    )
    bars = lengths(amounts[id] for id in order)
    found = []
    for id, length in zip(order, bars, strict=True):
        people = places[id].population
        found.append(
            {
                **link(register, "place", id),
                "kind": places[id].classification,
                "amount": amounts[id],
                "length": length,
                "each": round(amounts[id] / people) if people else None,
            }
        )
    return found


def view(register: Register) -> dict[str, Any]:
    """The values of the page."""
    known, every = ledger(register), rows(register)
    placed = by_place(register).total()
    year = known.year
    whole = known.whole.between(year.start, year.end) if year else 0
    wards = [row for row in every if row["kind"] == "ward"]
    return {
        "title": _("Spending by place"),
        "description": None,
        "section": "spending",
        "stamp": stamp(register),
        "start": year.start if year else None,
        "end": paid.until(ledger(register)),
        "placed": placed,
        "whole": whole,
        "share": round(placed / whole, 3) if whole > 0 and placed >= 0 else None,
        "wards": wards,
        "others": [row for row in every if row["kind"] != "ward"],
        "most": wards[0] if wards and wards[0]["amount"] > 0 else None,
        "sheet": SHEET,
    }


def twin(register: Register) -> dict[str, Any]:
    """The same as data."""
    return {
        "title": _("Spending by place"),
        "licence": register.records.council.licence.url,
        "currency": register.records.council.currency,
        "places": [
            {"name": row["text"], "address": row["address"], "kind": row["kind"]}
            | {"paid": plain(row["amount"])}
            for row in rows(register)
        ],
    }
