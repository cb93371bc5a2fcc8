"""The spending page: what was paid this year against the budget, for what, to whom and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from minutebook.pages import paid, questions, spentplaces, wholeplace
from minutebook.pages.charts import lengths
from minutebook.pages.naming import link
from minutebook.pages.stamp import stamp
from minutebook.pages.suppliers import initials, share, supplier_rows
from minutebook.publishing.language import _
from minutebook.publishing.page import Page
from minutebook.records.addresses import address, list_address
from minutebook.records.ledger import SERVICES, SUPPLIERS, Ledger, Year, ledger, month_before
from minutebook.records.model import Release
from minutebook.records.model.build import plain
from minutebook.records.records import name_of
from minutebook.records.register import Register

SPENDING = "spending/"
LARGEST = 15
SERVICES_SHOWN = 20


def pages(register: Register) -> Iterable[Page]:
    """/spending/"""
    ledger(register)
    yield Page(SPENDING, "list", "spending.html", view, twin)


def view(register: Register) -> dict[str, Any]:
    """The values of the spending page."""
    known = ledger(register)
    releases = register.records.releases.values()
    awards = [one for one in releases if one.classification in ("grants", "contracts")]
    counted = (*known.releases, *known.budgets, *awards)
    others = [one for one in releases if one not in counted]
    return {
        "title": _("Spending"),
        "description": None,
        "section": "spending",
        "stamp": stamp(register),
        "year": year(known),
        "services": service_rows(known)[:SERVICES_SHOWN],
        "service_count": len(known.services),
        "monthly": paid.monthly(known.whole.months),
        "suppliers": supplier_rows(register, LARGEST),
        "supplier_count": len(known.suppliers),
        "initials": initials(register),
        "withheld": {"amount": known.withheld.total, "count": known.withheld.count},
        "total": known.whole.total,
        "releases": [_release(register, one) for one in reversed(known.releases)],
        "missing": missing(known),
        "budgets": [_release(register, one) for one in reversed(known.budgets)],
        "awards": [_release(register, one) for one in reversed(awards)],
        "others": [_release(register, one) for one in others],
        "thresholds": sorted({one.threshold for one in known.releases if one.threshold}),
        "said": said(known),
        "questions": questions.summary(register),
        "lists": [
            {"text": name_of_list, "address": to, "count": count}
            for name_of_list, to, count in (
                (_("Suppliers"), SUPPLIERS, len(known.suppliers)),
                (_("Services"), SERVICES, len(known.services)),
                (_("Contracts"), list_address("contract"), len(register.records.contracts)),
                (_("Providers"), list_address("provider"), len(register.records.providers)),
                (_("Places"), spentplaces.PLACES, len(spentplaces.by_place(register))),
                (
                    _("The whole place"),
                    wholeplace.WHOLE_PLACE,
                    len(wholeplace.whole(register).bodies),
                ),
            )
        ],
    }


def said(known: Ledger) -> dict[str, Any]:
    """What the pictures show, for a plain sentence with each: the greatest service, supplier and month."""
    rows = [row for row in service_rows(known) if row["text"]]
    top = max(rows, key=lambda row: row["amount"], default=None)
    spent = known.whole.between(known.year.start, known.year.end) if known.year else 0
    largest = max(known.suppliers.values(), key=lambda one: (one.total, one.slug), default=None)
    months = known.whole.months
    peak = max(months, key=lambda month: (months[month], month), default=None)
    return {
        "service": {
            "text": top["text"],
            "amount": top["amount"],
            "share": share(top["amount"], spent),
        }
        if top and top["amount"] > 0
        else None,
        "supplier": {
            "text": largest.name,
            "amount": largest.total,
            "share": share(largest.total, known.whole.total),
        }
        if largest and largest.total > 0
        else None,
        "month": {"month": peak, "amount": months[peak], "mean": known.whole.total // len(months)}
        if peak and len(months) > 1
        else None,
    }


def year(known: Ledger) -> dict[str, Any] | None:
    """This year in figures: the sentence at the head of the page. None when nothing is published."""
    if known.year is None:
        return None
    start, end, budget = known.year
    return {
        "start": start,
        "end": end,
        "until": paid.until(known),
        "paid": known.whole.between(start, end),
        "budget": budget.total if budget else None,
        "budget_address": address("release", budget.id) if budget else "",
    }


def service_rows(known: Ledger) -> list[dict[str, Any]]:
    """The services with what they paid this year and their budget, the greatest first."""
    if known.year is None:
        return []
    start, end, budget = known.year
    planned = known.planned(budget) if budget else {}
    found = [
        {
            "text": account.name,
            "address": f"{SERVICES}{account.slug}/",
            "amount": account.between(start, end),
            "planned": planned.get(one),
        }
        for one, account in known.services.items()
    ]
    found = [row for row in found if row["amount"] or row["planned"]]
    found.sort(key=lambda row: (-max(row["amount"], row["planned"] or 0), row["text"]))
    unnamed = known.unnamed.between(start, end)
    if found and unnamed:
        found.append({"text": "", "address": "", "amount": unnamed, "planned": None})
    return scaled(found)


def scaled(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give each row the length of its bar, the mark of its budget, and the share of it that is spent."""
    longest = max((row.get("planned") or 0 for row in rows), default=0)
    bars = lengths((row["amount"] for row in rows), longest)
    top = max([longest, *(row["amount"] for row in rows)], default=0)
    for row, length in zip(rows, bars, strict=True):
        row["length"] = length
        plan = row.get("planned")
        row["mark"] = round(99 * plan / top, 1) if plan and plan > 0 else None
        row["share"] = round(row["amount"] / plan, 3) if plan and plan > 0 else None
    return rows


def missing(known: Ledger) -> list[date]:
    """The months between the first and the last that no release covers."""
    covered: set[date] = set()
    for release in known.releases:
        month, start = release.period.end.replace(day=1), release.period.start.replace(day=1)
        while month >= start:
            covered.add(month)
            month = month_before(month, 1)
    found: list[date] = []
    month = max(covered, default=None)
    while month is not None and covered and month > min(covered):
        month = month_before(month, 1)
        if month not in covered:
            found.append(month)
    return found[::-1]


def _release(register: Register, release: Release) -> dict[str, Any]:
    owner = register.records.providers.get(release.organisation)
    return {
        "text": release.title,
        "address": address("release", release.id),
        "start": release.period.start,
        "end": release.period.end,
        "classification": release.classification,
        "rows": release.row_count,
        "total": release.total,
        "currency": release.currency,
        "redacted": release.redacted_count or 0,
        "rejected": release.source.rejected if release.source else None,
        "published": release.date_published,
        "owner": link(register, "provider", owner.id) if owner else None,
    }


def twin(register: Register) -> dict[str, Any]:
    """The sums of everything, and the list of releases."""
    known = ledger(register)
    return {
        "title": _("Spending"),
        "licence": register.records.council.licence.url,
        "currency": register.records.council.currency,
        "total": plain(known.whole.total),
        "year": _year(known.year),
        "by_month": paid.text(dict(sorted(known.whole.months.items()))),
        "by_service": {
            account.name: {
                "address": f"{SERVICES}{account.slug}/",
                "total": plain(account.total),
                "by_month": paid.text(dict(sorted(account.months.items()))),
            }
            for account in known.services.values()
        },
        "releases": [
            {"id": one.id, "title": name_of(one), "address": address("release", one.id)}
            for one in register.records.releases.values()
        ],
    }


def _year(found: Year | None) -> dict[str, Any] | None:
    if found is None:
        return None
    budget = plain(found.budget.total) if found.budget else None
    return {"start": found.start, "end": found.end, "budget": budget}
