"""Records as links: the name to show and the address to go to."""

from __future__ import annotations

from collections.abc import Iterable

from minutebook.records.addresses import address
from minutebook.records.once import once
from minutebook.records.records import name_of
from minutebook.records.register import Register

Link = dict[str, str]
"""{"text", "address"}"""


@once
def _known(register: Register) -> dict[tuple[str, str], Link]:
    """The links that were made so far: the same people and places are named on every page."""
    return {}


def link(register: Register, kind: str, id: str) -> Link:
    """The link to one record; it is one object, not to be changed. Raises KeyError when there is none."""
    known, key = _known(register), (kind, id)
    if key not in known:
        known[key] = {"text": name_of(register.records.get(*key)), "address": address(*key)}
    return known[key]


def links(register: Register, kind: str, ids: Iterable[str]) -> list[Link]:
    """The links to several records, in the order given."""
    return [link(register, kind, id) for id in ids]


def maker(register: Register, id: str) -> Link:
    """The link to who decides: a body, or a person who holds an office."""
    return link(register, "body" if id in register.records.bodies else "person", id)
