"""The releases of payments and budgets: what is in them, row by row, and as a CSV file."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from functools import partial
from typing import Any

from minutebook.pages import awards, paid, payrows
from minutebook.pages.awards import rows_of
from minutebook.pages.charts import lengths, ranked
from minutebook.pages.naming import link
from minutebook.pages.paging import Part, parts
from minutebook.pages.recordnote import record_note
from minutebook.pages.spending import scaled
from minutebook.pages.twins import twin
from minutebook.publishing.page import Page
from minutebook.records.addresses import address, release_table
from minutebook.records.ledger import ledger
from minutebook.records.model import BudgetLine, Release
from minutebook.records.once import once
from minutebook.records.register import Register
from minutebook.records.slugs import key

PARTS = 12


def pages(register: Register) -> Iterable[Page]:
    """/spending/2026-05/ and, for its further rows, /spending/2026-05/page-2/"""
    ledger(register)
    for id, release in register.records.releases.items():
        template, show = _SHOWN.get(release.classification, ("release.html", view))
        for part in parts(address("release", id), _numbers(release), paid.ROWS):
            first = part.paging["number"] == 1
            yield Page(
                address=part.address,
                kind="release" if first else "page",
                template=template,
                view=partial(show, id=id, part=part),
                twin=partial(twin, kind="release", id=id) if first else None,
                basis=partial(_basis, id=id, part=part) if show is view else None,
            )


def _numbers(release: Release) -> range:
    """The numbers of the rows, from 0: what the pages are cut from."""
    return range(len(rows_of(release)))


def awarded(register: Register, id: str, part: Part) -> dict[str, Any]:
    """The values of one page of a release of grants or contracts."""
    release = register.records.releases[id]
    found = _head(register, release, part) | {"table": awards.table(register, release, part.ids)}
    if part.paging["number"] == 1:
        found["sums"] = awards.sums(release)
    return found


def _basis(register: Register, id: str, part: Part) -> str:
    """What a page of payments stands on: what it says of the release, and the checksum of the rows.

    Whatever is summed up is summed up of the rows.
    """
    known = _digests(register)
    if id not in known:
        release = register.records.releases[id]
        inbound = register.links.inbound.get(("release", id), ())
        said = [_head(register, release, part), payrows.stamp(register, release), inbound]
        known[id] = hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()
    return f"{known[id]} {part.paging['number']}"


@once
def _digests(register: Register) -> dict[str, str]:
    """For each release that was asked about, a digest of all that its pages say besides their rows."""
    return {}


def view(register: Register, id: str, part: Part) -> dict[str, Any]:
    """The values of one page of a release of payments."""
    return _about(register, id, part) | payrows.rows(register, id, part)


def _about(register: Register, id: str, part: Part) -> dict[str, Any]:
    """What the page says besides its rows."""
    release = register.records.releases[id]
    found = _head(register, release, part) | payrows.view(register, release)
    if part.paging["number"] == 1:
        found["sums"] = _sums(register, release)
    return found


def _head(register: Register, release: Release, part: Part) -> dict[str, Any]:
    owner = release.organisation
    source = release.source
    return {
        "title": release.title,
        "description": None,
        "section": "spending",
        "classification": release.classification,
        "owner": link(register, "provider", owner)
        if owner in register.records.providers and owner != register.records.council.id
        else None,
        "start": release.period.start,
        "end": release.period.end,
        "currency": release.currency,
        "threshold": release.threshold,
        "published": release.date_published,
        "notes": release.notes,
        "total": release.total,
        "row_count": release.row_count,
        "source": {
            "title": source.title,
            "url": source.url,
            "rows": source.rows,
            "rejected": source.rejected,
        }
        if source
        else None,
        "csv": release_table(release.id),
        "release": {"text": release.title, "address": address("release", release.id)},
        "paging": part.paging,
        "record": record_note(register, release.path),
        "sums": None,
    }


def _sums(register: Register, release: Release) -> dict[str, Any]:
    """What the rows add up to: by service, by supplier, and what is withheld."""
    known, own = ledger(register), payrows.is_own(register, release)
    services, payees = Counter[str](), Counter[str]()
    reasons: dict[str, list[int]] = {}
    for group in release.sums.groups:
        if group.service:
            services[group.service] += group.amount
        if group.reason:
            sums = reasons.setdefault(group.reason, [0, 0])
            sums[0] += group.rows
            sums[1] += group.amount
        else:
            payees[group.supplier] += group.amount
    return {
        "services": _bars(services, known.service_address if own else lambda name: ""),
        "payees": _bars(payees, known.name_address if own else lambda name: ""),
        "payee_count": len(payees),
        "refunds": sum(group.refunds for group in release.sums.groups),
        "withheld": [
            {"reason": reason, "count": count, "amount": amount}
            for reason, (count, amount) in sorted(reasons.items())
        ],
    }


def _bars(amounts: Counter[str], find: Any) -> list[dict[str, Any]]:
    ordered = ranked(amounts, PARTS)
    bars = lengths(amount for _, amount in ordered)
    return [
        {"text": name, "address": find(name), "amount": amount, "length": length}
        for (name, amount), length in zip(ordered, bars, strict=True)
    ]


def budget(register: Register, id: str, part: Part) -> dict[str, Any]:
    """The values of one page of a budget: by service against what was paid, then line by line."""
    release = register.records.releases[id]
    known = ledger(register)
    found = _head(register, release, part)
    found["rows"] = [
        _line(register, number + 1, release.budget_lines[number]) for number in part.ids
    ]
    found["sums"] = _planned(register, release) if part.paging["number"] == 1 else None
    found["paid"] = known.whole.between(release.period.start, release.period.end)
    return found


def _planned(register: Register, release: Release) -> list[dict[str, Any]]:
    known = ledger(register)
    names: dict[str, str] = {}
    planned: Counter[str] = Counter()
    for line in release.budget_lines:
        one = key(line.OrganisationalUnit)
        names.setdefault(one, line.OrganisationalUnit)
        planned[one] += line.Amount
    period = release.period
    found = []
    for one, amount in ranked(planned):
        account = known.services.get(one)
        spent = account.between(period.start, period.end) if account else 0
        to = known.service_address(names[one])
        found.append({"text": names[one], "address": to, "amount": spent, "planned": amount})
    return scaled(found)


_SHOWN = {
    "budget": ("budget.html", budget),
    "grants": ("awards.html", awarded),
    "contracts": ("awards.html", awarded),
}
"""The template and the view of each kind of release that is not of payments."""


def _line(register: Register, number: int, line: BudgetLine) -> dict[str, Any]:
    return {
        "number": number,
        "service": line.OrganisationalUnit,
        "service_address": ledger(register).service_address(line.OrganisationalUnit),
        "purpose": line.Purpose or line.CategoryInternalName,
        "kind": line.CapitalRevenue,
        "amount": line.Amount,
        "decision": link(register, "decision", line.DecisionRef) if line.DecisionRef else None,
    }
