"""A long list on several pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

SIZE = 50


class Part(NamedTuple):
    """One page of a list: its address, its ids, and the way to the other pages."""

    address: str
    ids: Sequence[str]
    paging: dict[str, Any]


def parts(base: str, ids: Sequence[str], size: int = SIZE) -> Iterator[Part]:
    """Cut a list into pages: `decisions/`, `decisions/page-2/`, and so on; at least one.

    `paging` has `number`, `count`, `total`, `pages` ([{"number", "address"}]), `previous` and `next`
    (addresses, empty at the ends).
    """
    count = max(1, -(-len(ids) // size))
    addresses = [base if number == 1 else f"{base}page-{number}/" for number in range(1, count + 1)]
    pages = [{"number": number, "address": at} for number, at in enumerate(addresses, 1)]
    for index, at in enumerate(addresses):
        paging = {
            "number": index + 1,
            "count": count,
            "total": len(ids),
            "pages": pages if count > 1 else [],
            "previous": addresses[index - 1] if index else "",
            "next": addresses[index + 1] if index + 1 < count else "",
        }
        yield Part(at, ids[index * size : (index + 1) * size], paging)
