"""The rows of a release of payments: as pages of a table, and as columns for the browser to search.

A long release has thousands of rows. They stand on pages in the order in which they were published; what the
browser needs to find and sort among all of them are small files, one a column, which it fetches when it needs
them (theme/static/js/payments.mjs). Rows are read only for what is made anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from minutebook.pages import paid
from minutebook.pages.paging import Part
from minutebook.publishing.language import _
from minutebook.records.addresses import address
from minutebook.records.ledger import ledger
from minutebook.records.model import Payment, Release
from minutebook.records.once import once
from minutebook.records.records import name_of
from minutebook.records.register import Register
from minutebook.records.schema import codelist

LARGEST = 10
_SHOWN = {
    "date": ("PaymentDate",),
    "service": ("OrganisationalUnit",),
    "purpose": ("Purpose", "CategoryInternalName"),
    "links": ("ContractRef", "DecisionRef", "Place"),
}
"""The columns of the table that are left out where a release fills none of these."""


def is_own(register: Register, release: Release) -> bool:
    """Whether it is one of the council's own, whose suppliers and services have pages."""
    return any(release is one for one in ledger(register).releases)


def view(register: Register, release: Release) -> dict[str, Any]:
    """What the pages of a release say besides its rows; it changes whenever one of the rows does."""
    known = _views(register)
    if release.id not in known:
        known[release.id] = _view(register, release)
    return known[release.id]


@once
def _views(register: Register) -> dict[str, dict[str, Any]]:
    return {}


def _view(register: Register, release: Release) -> dict[str, Any]:
    filled = set(release.sums.columns)
    long = release.row_count > paid.ROWS
    return {
        "rows_of": stamp(register, release),
        "used": {name: bool(filled.intersection(names)) for name, names in _SHOWN.items()},
        "columns": columns_address(release) if long else "",
        "size": paid.ROWS,
        "service_names": sorted(release.sums.named("service")) if long else [],
    }


def stamp(register: Register, release: Release) -> str:
    """A checksum of all that the rows of a release look like: the table, and where its names lead to."""
    known_stamps = _stamps(register)
    if release.id not in known_stamps:
        known_stamps[release.id] = _stamp(register, release)
    return known_stamps[release.id]


@once
def _stamps(register: Register) -> dict[str, str]:
    return {}


def _stamp(register: Register, release: Release) -> str:
    known, own, sums = ledger(register), is_own(register, release), release.sums
    made_of: list[Any] = [
        release.digest or register.records.digests.get(release.path, ""),
        [(name, known.name_address(name)) for name in sorted(sums.named("supplier"))]
        if own
        else [],
        [(name, known.service_address(name)) for name in sorted(sums.named("service"))]
        if own
        else [],
    ]
    for kind in ("contract", "decision", "place"):
        made_of.append([name_of(register.records.get(kind, id)) for id in sorted(sums.named(kind))])
    return hashlib.sha256(json.dumps(made_of).encode()).hexdigest()


def rows(register: Register, id: str, part: Part) -> dict[str, Any]:
    """The rows of one page; on the first, the largest of all as well."""
    release = register.records.releases[id]
    numbers = [int(number) for number in part.ids]
    found = {"rows": _rows(register, release, numbers), "largest": []}
    if part.paging["number"] == 1 and release.row_count > paid.ROWS:
        amounts = ((one.Amount, -number) for number, one in enumerate(release.payments))
        top = sorted(amounts, reverse=True)[:LARGEST]
        found["largest"] = _rows(register, release, [-number for _, number in top])
    return found


def _rows(register: Register, release: Release, numbers: list[int]) -> list[dict[str, Any]]:
    own = is_own(register, release)
    return [
        paid.row(register, payment, payees=own)
        | {"number": number + 1, "row_address": paid.row_address(release.id, number)}
        for number, payment in zip(numbers, _picked(release, numbers), strict=True)
    ]


def _picked(release: Release, numbers: list[int]) -> Iterable[Payment]:
    if numbers and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return release.payments[numbers[0] : numbers[-1] + 1]
    return [release.payments[number] for number in numbers]


def columns_address(release: Release) -> str:
    """Below which address the columns of a release lie."""
    return f"{address('release', release.id)}rows/"


def files(register: Register) -> Iterator[tuple[str, Iterable[bytes], str]]:
    """The columns of each long release: path, content, and the key of what it is made from."""
    for release in register.records.releases.values():
        if not release.payments or release.row_count <= paid.ROWS:
            continue
        key, columns = stamp(register, release), _Columns(register, release)
        for name, make in columns.makers.items():
            path = f"{columns_address(release)}{name}.json"
            yield path, _written(columns, make), f"{key} {name}"


def _written(columns: _Columns, make: Callable[[], Any]) -> Iterator[bytes]:
    # A generator, so that nothing is read when the published file is still right.
    columns.read()
    yield json.dumps(make(), ensure_ascii=False, separators=(",", ":")).encode()


class _Columns:
    """The columns of one release; its rows are read once, when the first of them is asked for."""

    def __init__(self, register: Register, release: Release) -> None:
        self.register, self.release = register, release
        self.amounts: list[int] = []
        self.days: list[date | None] = []
        self.names: dict[str, dict[tuple[str, str], int]] = {
            "payee": {},
            "service": {},
            "purpose": {},
        }
        self.of: dict[str, list[int]] = {"payee": [], "service": [], "purpose": []}
        self.links: dict[int, list[tuple[str, str]]] = {}
        self.makers: dict[str, Callable[[], Any]] = {
            "amount": lambda: self.amounts,
            "date": self._dates,
            "payee": lambda: self._named("payee"),
            "service": lambda: self._named("service"),
            "purpose": lambda: self._named("purpose"),
            "links": lambda: self.links,
        }

    def read(self) -> None:
        """Go through the rows, unless that was done."""
        if self.amounts:
            return
        known, own = ledger(self.register), is_own(self.register, self.release)
        reasons = codelist("redaction-reason")
        for number, one in enumerate(self.release.payments):
            self.amounts.append(one.Amount)
            self.days.append(one.PaymentDate)
            if one.RedactionReason:
                reason = _(reasons[one.RedactionReason].title)
                payee = (_("Name withheld: %(reason)s") % {"reason": reason}, "")
            else:
                name = one.BeneficiaryName
                payee = (name, known.name_address(name) if own else "")
            unit = one.OrganisationalUnit or ""
            self._note("payee", payee)
            self._note("service", (unit, known.service_address(unit) if own else ""))
            self._note("purpose", (one.Purpose or one.CategoryInternalName or "", ""))
            named = paid.linked(self.register, one)
            if named:
                self.links[number] = [(link["text"], link["address"]) for link in named]

    def _note(self, column: str, name: tuple[str, str]) -> None:
        names = self.names[column]
        self.of[column].append(names.setdefault(name, len(names)))

    def _named(self, column: str) -> dict[str, Any]:
        names = [[text, at] if at else [text] for text, at in self.names[column]]
        return {"names": names, "of": self.of[column]}

    def _dates(self) -> dict[str, Any]:
        first = min((day for day in self.days if day), default=self.release.period.start)
        days = [(day - first).days if day else None for day in self.days]
        return {"first": first.isoformat(), "days": days}
