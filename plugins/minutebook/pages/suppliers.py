"""Everybody who was paid: the largest, an index by letter, and a page for each of them."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from minutebook.pages import paid, payrows
from minutebook.pages.charts import lengths
from minutebook.pages.identifiers import identifiers
from minutebook.pages.naming import Link, link
from minutebook.pages.paging import Part, parts
from minutebook.pages.recordnote import record_note
from minutebook.pages.sheet import months
from minutebook.pages.stamp import stamp
from minutebook.pages.twins import twin as record_twin
from minutebook.publishing.language import _
from minutebook.publishing.page import Page
from minutebook.records.ledger import SERVICES, SUPPLIERS, Account, Ledger, ledger
from minutebook.records.model.build import plain
from minutebook.records.once import once
from minutebook.records.register import Register
from minutebook.records.slugs import plain as plain_name

LARGEST = 100
_UNDER = 0.005
"""Every share under 1%."""
PART = 500
"""Suppliers on one page of the index."""


def pages(register: Register) -> Iterable[Page]:
    """/spending/suppliers/, /spending/suppliers/starting-b/ and /spending/suppliers/brightwater/"""
    known = ledger(register)
    if not known.releases and not known.suppliers:
        return
    yield Page(SUPPLIERS, "list", "suppliers.html", index)
    for letter, keys in by_initial(register).items():
        for part in parts(f"{SUPPLIERS}starting-{letter}/", keys, PART):
            chosen = partial(letter_view, letter=letter, part=part)
            yield Page(part.address, "list", "suppliers.html", chosen)
    for one, account in known.suppliers.items():
        to = f"{SUPPLIERS}{account.slug}/"
        kind = "supplier" if account.record else "page"
        yield Page(
            *(to, kind, "supplier.html", partial(view, one=one), partial(twin, one=one)),
            sheet=partial(_sheet, one=one),
            basis=partial(_basis, one=one),
        )


@once
def by_initial(register: Register) -> dict[str, list[str]]:
    """The keys of the suppliers by the first letter of their names; `0-9` and `other` without one."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for one in sorted(ledger(register).suppliers):
        found[_initial(one)].append(one)
    return found


def _initial(name: str) -> str:
    first = plain_name(name)[:1]
    return "0-9" if first.isdigit() else first or "other"


def _shown(letter: str) -> str:
    return letter.upper() if len(letter) == 1 else _("other") if letter == "other" else letter


def initials(register: Register) -> list[dict[str, Any]]:
    """The letters that the index has pages for."""
    found = by_initial(register)
    order = sorted(found, key=lambda letter: (len(letter) > 1, letter))
    return [
        {"text": _shown(letter), "count": len(found[letter])}
        | {"address": f"{SUPPLIERS}starting-{letter}/"}
        for letter in order
    ]


def supplier_rows(register: Register, most: int) -> list[dict[str, Any]]:
    """The suppliers who were paid most, with bars and their share of everything."""
    known = ledger(register)
    largest = sorted(known.suppliers.values(), key=lambda one: (-one.total, one.slug))[:most]
    return _rows(register, largest)


def _rows(register: Register, accounts: Sequence[Account]) -> list[dict[str, Any]]:
    whole = ledger(register).whole.total
    bars = lengths(account.total for account in accounts)
    return [
        {
            "text": account.name,
            "address": f"{SUPPLIERS}{account.slug}/",
            "amount": account.total,
            "length": length,
            "count": account.count,
            "share": share(account.total, whole),
            "provider": _provider(register, account),
        }
        for account, length in zip(accounts, bars, strict=True)
    ]


def share(part: int, whole: int) -> float | None:
    """A part of a whole, to four decimals; None where that makes no sense."""
    return round(part / whole, 4) if whole > 0 and part >= 0 else None


def _provider(register: Register, account: Account) -> Link | None:
    return link(register, "provider", account.provider) if account.provider else None


def index(register: Register) -> dict[str, Any]:
    """The largest suppliers, and the way to all of them."""
    known = ledger(register)
    return {
        "title": _("Suppliers"),
        "description": None,
        "section": "spending",
        "stamp": stamp(register),
        "letter": "",
        "count": len(known.suppliers),
        "initials": initials(register),
        "withheld": {"amount": known.withheld.total, "count": known.withheld.count},
        "rows": supplier_rows(register, LARGEST),
        "paging": None,
    }


def letter_view(register: Register, letter: str, part: Part) -> dict[str, Any]:
    """One page of the index by letter."""
    known = ledger(register)
    name = _shown(letter)
    return {
        "title": _("Suppliers: %(name)s") % {"name": name},
        "description": None,
        "section": "spending",
        "letter": name,
        "count": part.paging["total"],
        "initials": initials(register),
        "withheld": {"amount": 0, "count": 0},
        "rows": _rows(register, [known.suppliers[one] for one in part.ids]),
        "paging": part.paging,
    }


def _basis(register: Register, one: str) -> str:
    """What a supplier's page stands on: the releases that it was paid in, and whatever is no release.

    Of all other payments only the sum of the year is told, as a share, and not how far that is under 1%.
    """
    account = ledger(register).suppliers[one]
    stamps = _stamps(register)
    rows = " ".join([stamps[release.id] for release in account.paid.releases()])
    share = "" if _is_small(register, account) else _last_year(register, account)["share"]
    names = [account.name, account.slug, account.record, account.provider]
    return f"{_rest(register)} {names} {sorted(account.spellings)} {share} {rows}"


@once
def _stamps(register: Register) -> dict[str, str]:
    """For each release of the council a checksum of its record and of all that its rows look like."""
    digests = register.records.digests
    found = {}
    for one in ledger(register).releases:
        made_of = f"{digests.get(one.path)} {payrows.stamp(register, one)}"
        found[one.id] = hashlib.sha256(made_of.encode()).hexdigest()[:32]
    return found


@once
def _rest(register: Register) -> str:
    """The day, the services, and every file but releases and their tables, in one digest."""
    records, known = register.records, ledger(register)
    services = [(one, account.name, account.slug) for one, account in known.services.items()]
    digest = hashlib.sha256(f"{register.as_of} {services}".encode())
    for kind in sorted(records.by_type.keys() - {"release"}):
        for _id, path, _document in records.documents(kind):
            known_as = (path, records.digests.get(path), register.history.get(path))
            digest.update(f"{known_as}\n".encode())
    return digest.hexdigest()


def view(register: Register, one: str) -> dict[str, Any]:
    """The values of a supplier's page; `one` is its key in the ledger."""
    payments = ledger(register).suppliers[one].paid
    return _about(register, one) | {"payments": paid.rows(register, payments)}


def _sheet(register: Register, one: str) -> bytes:
    return months(ledger(register).suppliers[one].months)


def _about(register: Register, one: str) -> dict[str, Any]:
    """What the page says besides the payments themselves."""
    known = ledger(register)
    account = known.suppliers[one]
    return {
        "title": account.name,
        "description": None,
        "section": "spending",
        "spellings": sorted(account.spellings - {account.name}),
        **_facts(register, account),
        "provider": _provider(register, account),
        "last_year": _last_year(register, account),
        "total": account.total,
        "count": account.count,
        "first_month": min(account.months, default=None),
        "last_month": max(account.months, default=None),
        "monthly": paid.monthly(account.months),
        "services": _services(known, account),
        "contracts": paid.sums(register, "contract", account.paid.by("contract")),
        "decisions": paid.sums(register, "decision", account.paid.by("decision")),
    }


def _last_year(register: Register, account: Account) -> dict[str, Any]:
    """The last year with a payment: what was paid, and which part that is of everything.

    How far a part is under 1% is not told, so that a new month does not change the page of everybody.
    """
    last = max(account.months).year if account.months else None
    paid = sum(amount for month, amount in account.months.items() if month.year == last)
    whole = _by_year(register)[last or 0]
    part = _UNDER if 0 < 100 * paid < whole else share(paid, whole)
    return {"year": last, "paid": paid, "share": part}


def _is_small(register: Register, account: Account) -> bool:
    """Whether the supplier was paid under 1% in every year: that is quicker to see than how much in which."""
    least = min(_by_year(register).values(), default=0)
    return 100 * account.paid.moved < least


@once
def _by_year(register: Register) -> Counter[int]:
    """What the council paid in each year."""
    found: Counter[int] = Counter()
    for month, amount in ledger(register).whole.months.items():
        found[month.year] += amount
    return found


def _facts(register: Register, account: Account) -> dict[str, Any]:
    """What the supplier's own record says, or its provider's."""
    supplier = register.records.suppliers.get(account.record)
    provider = register.records.providers.get(account.provider)
    found = supplier or provider
    return {
        "summary": found.summary or "" if found else "",
        "identifiers": identifiers(found.identifiers) if found else [],
        "url": found.url or "" if found else "",
        "notes": supplier.notes or "" if supplier else "",
        "record": record_note(register, supplier.path) if supplier else None,
    }


def _services(known: Ledger, account: Account) -> list[dict[str, Any]]:
    ordered = sorted(account.others.items(), key=lambda item: (-item[1], item[0]))
    bars = lengths(amount for _, amount in ordered)
    return [
        {
            "text": known.services[service].name if service else "",
            "address": f"{SERVICES}{known.services[service].slug}/" if service else "",
            "amount": amount,
            "length": length,
        }
        for (service, amount), length in zip(ordered, bars, strict=True)
    ]


def twin(register: Register, one: str) -> dict[str, Any]:
    """A supplier's sums."""
    known = ledger(register)
    account = known.suppliers[one]
    names = {service: known.services[service].name if service else "" for service in account.others}
    written = record_twin(register, "supplier", account.record) if account.record else {}
    return {
        **written,
        "type": "supplier",
        "name": account.name,
        "spellings": sorted(account.spellings),
        "address": f"{SUPPLIERS}{account.slug}/",
        "provider": account.provider or None,
        "licence": register.records.council.licence.url,
        "currency": register.records.council.currency,
        "payments": account.count,
        "total": plain(account.total),
        "by_month": paid.text(dict(sorted(account.months.items()))),
        "by_service": {names[key]: plain(amount) for key, amount in account.others.items()},
    }
