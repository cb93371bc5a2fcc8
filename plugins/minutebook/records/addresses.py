"""The only place where an address on the site is decided.

An address is a path below the root of the site without a leading slash, such as `decisions/2026-014/`.
It is made of type and id only, so a corrected title breaks no link.
"""

from __future__ import annotations

import re

from minutebook.records.schema import record_types

_TOP = ("completeness", "data", "feeds", "index", "rules", "search", "theme")
_SPENDING = (
    *("suppliers", "services", "questions", "places", "whole-place"),
    *("by-month", "by-service", "by-supplier", "by-place", "without-contract"),
)
_LISTS = {"decision": ("forward-plan",), "release": _SPENDING}
_BELOW = {"supplier": "spending/"}
"""Where the pages of a type stand, if not at the root."""
_PARTS = {"supplier": re.compile(r"(page-[0-9]+|starting-.+)")}
"""Ids that would have the address of a part of the list."""


def address(kind: str, id: str) -> str:
    """The page of a record: `("decision", "2026-014")` -> `decisions/2026-014/`."""
    return f"{id}/" if kind == "page" else f"{list_address(kind)}{id}/"


def reserved(kind: str) -> frozenset[str]:
    """The ids that no record of a type may have, because other pages or files have their address."""
    words = (*record_types().values(), *_TOP) if kind == "page" else ("index",)
    return frozenset((*words, *_LISTS.get(kind, ())))


def is_free(kind: str, id: str) -> bool:
    """Whether a record of a type may have an id: whether its address is nobody else's."""
    parts = _PARTS.get(kind)
    return id not in reserved(kind) and not (parts and parts.fullmatch(id))


def twin(address: str) -> str:
    """The JSON beside a page: `decisions/2026-014/` -> `decisions/2026-014.json`.

    A list's twin lies in its folder, because nothing else there may be called `index`.
    """
    path = address.rstrip("/")
    return f"{path}.json" if "/" in path else f"{path}/index.json" if path else "index.json"


def sheet(address: str) -> str:
    """The sums of a page as CSV: `spending/suppliers/x/` -> `spending/suppliers/x.csv`."""
    return f"{address.rstrip('/')}.csv"


def list_address(kind: str) -> str:
    """The list of all records of a type: `decision` -> `decisions/`."""
    return f"{_BELOW.get(kind, '')}{record_types()[kind]}/"


def release_table(id: str) -> str:
    """The rows of a release as CSV: `2026-05` -> `spending/2026-05.csv`."""
    return sheet(address("release", id))


def file(address: str) -> str:
    """The file that a web server answers an address with."""
    return f"{address}index.html" if address.endswith("/") or not address else address


def root(address: str) -> str:
    """From a page back to the root: `decisions/2026-014/` -> `../../`. Works under any sub-path."""
    return "../" * address.count("/") or "./"


def filtered(kind: str, facet: str, value: str) -> str:
    """A list of the records of a type that share something: `decisions/topic-homes/`."""
    return f"{list_address(kind)}{facet}-{value}/"
