"""The rows of a long release as columns, in which the browser finds and sorts.

They are small files, one a column, which the browser fetches when it needs them
(theme/static/js/payments.mjs). Rows are read only for a release that changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import orjson

from minutebook.pages import paid, payrows
from minutebook.publishing.language import _
from minutebook.publishing.output import Bundle
from minutebook.records.ledger import ledger
from minutebook.records.model import Release
from minutebook.records.model.build import pence
from minutebook.records.payments import columns_of
from minutebook.records.register import Register
from minutebook.records.schema import codelist

_NAMES = ("amount", "date", "payee", "service", "purpose", "links")


def columns(register: Register) -> Iterator[Bundle]:
    """The columns of each long release."""
    for release in register.records.releases.values():
        if release.payments and release.row_count > paid.ROWS:
            base = payrows.columns_address(release)
            paths = [f"{base}{name}.json" for name in _NAMES]
            make = partial(_files, register, release)
            yield Bundle(payrows.stamp(register, release), paths, make)


def _files(register: Register, release: Release) -> Iterator[tuple[str, bytes]]:
    base = payrows.columns_address(release)
    for name, column in _columns(register, release).items():
        yield f"{base}{name}.json", orjson.dumps(column, option=orjson.OPT_NON_STR_KEYS)


def _columns(register: Register, release: Release) -> Mapping[str, Any]:
    """Each column by its name: the value of every row, or the place of its text among the `names`."""
    day, name, reason, service, purpose, category, amount, _card, *named = columns_of(release)
    known = ledger(register) if payrows.is_own(register, release) else None
    links = {
        number: [(link["text"], link["address"]) for link in paid.linked(register, *ids)]
        for number, ids in enumerate(zip(*named, strict=True))
        if any(ids)
    }
    return {
        "amount": [*map(pence, amount)],
        "date": _dates(release, day),
        "payee": _payees([*zip(name, reason, strict=True)], known.name_address if known else None),
        "service": _texts(service, known.service_address if known else None),
        "purpose": _texts([one or other for one, other in zip(purpose, category, strict=True)]),
        "links": links,
    }


def _payees(found: list[tuple[str, str]], address: Callable[[str], str] | None) -> dict[str, Any]:
    """As `_texts`, of names with the reasons why they are withheld."""
    reasons = codelist("redaction-reason")

    def shown(name: str, reason: str) -> list[str]:
        if not reason:
            return _shown(name, address)
        return [_("Name withheld: %(reason)s") % {"reason": _(reasons[reason].title)}]

    places = {one: place for place, one in enumerate(dict.fromkeys(found))}
    return {
        "names": [shown(*one) for one in places],
        "of": [*map(places.__getitem__, found)],
    }


def _texts(found: Sequence[str], address: Callable[[str], str] | None = None) -> dict[str, Any]:
    """`names` are the texts, each with its address where it has one; `of` says which is in each row."""
    places = {one: place for place, one in enumerate(dict.fromkeys(found))}
    return {
        "names": [_shown(one, address) for one in places],
        "of": [*map(places.__getitem__, found)],
    }


def _shown(text: str, address: Callable[[str], str] | None) -> list[str]:
    to = address(text) if address else ""
    return [text, to] if to else [text]


def _dates(release: Release, found: Sequence[str]) -> dict[str, Any]:
    first = date.fromisoformat(min(filter(None, found), default=str(release.period.start)))
    days = {one: (date.fromisoformat(one) - first).days if one else None for one in set(found)}
    return {"first": first.isoformat(), "days": [*map(days.__getitem__, found)]}
