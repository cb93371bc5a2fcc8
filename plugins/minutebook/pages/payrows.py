"""The rows of a release of payments, as pages of a table.

A long release has thousands of rows. They stand on pages in the order in which they were published. Rows are
read only for what is made anew.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from minutebook.pages import paid
from minutebook.pages.paging import Part
from minutebook.records.addresses import address
from minutebook.records.ledger import ledger
from minutebook.records.model import Release
from minutebook.records.once import once
from minutebook.records.payments import payments
from minutebook.records.records import name_of
from minutebook.records.register import Register

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
        found["largest"] = _rows(register, release, [*release.sums.largest])
    return found


def _rows(register: Register, release: Release, numbers: list[int]) -> list[dict[str, Any]]:
    known = ledger(register) if is_own(register, release) else None
    return [paid.row(register, payment, known) for payment in payments(release, numbers)]


def columns_address(release: Release) -> str:
    """Below which address the columns of a release lie (see `paycolumns.py`)."""
    return f"{address('release', release.id)}rows/"
