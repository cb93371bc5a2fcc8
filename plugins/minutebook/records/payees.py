"""Who is meant by a name in a payment: the spellings that a supplier's or provider's record claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from minutebook.records.records import Records
from minutebook.records.slugs import key


class Payee(NamedTuple):
    """A record that claims spellings: `kind` is `supplier` or `provider`."""

    kind: str
    id: str
    name: str


NAMES = {"supplier": "spellings", "provider": "paid_as"}
"""Under which field each type of record lists the spellings, besides its own name."""


def payees(records: Records) -> dict[str, Payee]:
    """Key of a spelling (see `slugs.key`) -> the record that claims it; by the rules there is one."""
    found: dict[str, Payee] = {}
    for kind, field in NAMES.items():
        for id, record in records.by_type.get(kind, {}).items():
            payee = Payee(kind, id, record.document["name"])
            for name in claimed(record.document, field):
                found.setdefault(key(name), payee)
    return found


def claimed(document: Mapping[str, Any], field: str) -> Iterable[str]:
    """The names by which a record's supplier is paid."""
    return (document["name"], *document.get(field, ()))
