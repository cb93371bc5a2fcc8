"""The whole place: what several public bodies spent in the same months, side by side and together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from minutebook.pages.charts import lengths
from minutebook.pages.naming import link
from minutebook.pages.stamp import stamp
from minutebook.publishing.language import _
from minutebook.publishing.page import Page
from minutebook.records.addresses import address
from minutebook.records.ledger import SUPPLIERS, ledger
from minutebook.records.model import Release
from minutebook.records.model.build import plain
from minutebook.records.once import once
from minutebook.records.payments import month_in
from minutebook.records.register import Register
from minutebook.records.slugs import key

WHOLE_PLACE = "spending/whole-place/"
SHEET = "spending/whole-place.csv"
LARGEST = 25


@dataclass(slots=True)
class Whole:
    """What each body paid in the months that all of them are compared in.

    `paid` is by body; `between` what it paid to another of the bodies; `suppliers` by key and body.
    `months` are those that at least one body besides the council published.
    """

    months: tuple[date, ...] = ()
    bodies: tuple[str, ...] = ()
    releases: dict[str, list[Release]] = field(default_factory=lambda: defaultdict(list))
    paid: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    between: Counter[str] = field(default_factory=Counter)
    suppliers: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    names: dict[str, str] = field(default_factory=dict)


def pages(register: Register) -> Iterable[Page]:
    """/spending/whole-place/, where bodies besides the council publish what they pay."""
    if whole(register).bodies:
        yield Page(WHOLE_PLACE, "page", "whole-place.html", view, twin)


@once
def whole(register: Register) -> Whole:
    """Add up the payments of all bodies, in the council's currency; from the sums of each release."""
    council, found = register.records.council, Whole()
    others = [one for one in _payments(register) if one.organisation != council.id]
    if not others:
        return found
    months = {month for release in others for month in _months(release)}
    found.months = tuple(sorted(months))
    found.bodies = (council.id, *sorted({one.organisation for one in others}))
    for release in _payments(register):
        if any(month in months for month in _months(release)):
            found.releases[release.organisation].append(release)
            _enter(register, found, release)
    return found


def _payments(register: Register) -> Iterator[Release]:
    council = register.records.council
    for release in register.records.releases.values():
        is_paid = release.classification in ("payments", "purchase-card")
        if is_paid and release.currency == council.currency:
            yield release


def _months(release: Release) -> Iterator[date]:
    month = release.period.start.replace(day=1)
    while month <= release.period.end:
        yield month
        month = (month + timedelta(days=32)).replace(day=1)


def _enter(register: Register, found: Whole, release: Release) -> None:
    known, own = ledger(register), _own_names(register)
    for group in release.sums.groups:
        if month_in(release, group.month) not in found.months:
            continue
        body = release.organisation
        found.paid[body] += group.amount
        found.rows[body] += group.rows
        if group.reason:
            continue
        one = known.canon(group.supplier)
        payee = own.get(one) or (known.payees[one].id if one in known.payees else "")
        if payee in found.bodies:
            found.between[body] += group.amount
        else:
            found.suppliers[one][body] += group.amount
            found.names.setdefault(one, group.supplier)


def _own_names(register: Register) -> dict[str, str]:
    """The council's own names, under which others pay it."""
    council = register.records.council
    return {key(name): council.id for name in (council.name, council.short_name) if name}


def _body(register: Register, id: str) -> dict[str, str]:
    council = register.records.council
    if id == council.id:
        return {"text": council.name, "address": "spending/"}
    return link(register, "provider", id)


def supplier_rows(register: Register) -> list[dict[str, Any]]:
    """Everybody who was paid, with what each of the bodies paid, the most first."""
    found, known = whole(register), ledger(register)
    totals = {one: amounts.total() for one, amounts in found.suppliers.items()}
    rows = []
    for one in sorted(totals, key=lambda it: (-totals[it], it)):
        account = known.suppliers.get(one)
        rows.append(
            {
                "text": account.name if account else found.names[one],
                "address": f"{SUPPLIERS}{account.slug}/" if account else "",
                "amount": totals[one],
                "by": [found.suppliers[one][body] for body in found.bodies],
            }
        )
    return rows


def view(register: Register) -> dict[str, Any]:
    """The values of the page."""
    found = whole(register)
    every = supplier_rows(register)
    shown = every[:LARGEST]
    for row, length in zip(shown, lengths(row["amount"] for row in shown), strict=True):
        row["length"] = length
    bars = lengths(found.paid[body] for body in found.bodies)
    return {
        "title": _("The whole place"),
        "description": None,
        "section": "spending",
        "stamp": stamp(register),
        "first": found.months[0],
        "last": found.months[-1],
        "bodies": [
            {
                **_body(register, body),
                "amount": found.paid[body],
                "count": found.rows[body],
                "between": found.between[body],
                "length": length,
                "releases": [
                    {"text": one.title, "address": address("release", one.id)}
                    for one in found.releases[body]
                ],
            }
            for body, length in zip(found.bodies, bars, strict=True)
        ],
        "total": found.paid.total() - found.between.total(),
        "between": found.between.total(),
        "suppliers": shown,
        "supplier_count": len(every),
        "shared": sum(1 for row in every if sum(1 for amount in row["by"] if amount) > 1),
        "sheet": SHEET,
    }


def twin(register: Register) -> dict[str, Any]:
    """The same as data."""
    found = whole(register)
    return {
        "title": _("The whole place"),
        "licence": register.records.council.licence.url,
        "currency": register.records.council.currency,
        "months": found.months,
        "bodies": [
            {
                "id": body,
                "paid": plain(found.paid[body]),
                "to_each_other": plain(found.between[body]),
            }
            for body in found.bodies
        ],
    }
