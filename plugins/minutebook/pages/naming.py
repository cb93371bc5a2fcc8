"""Records as links: the name to show and the address to go to."""

from __future__ import annotations

from collections.abc import Iterable

from minutebook.records.addresses import address
from minutebook.records.records import name_of
from minutebook.records.register import Register

Link = dict[str, str]
"""{"text", "address"}"""


def link(register: Register, kind: str, id: str) -> Link:
    """The link to one record. Raises KeyError when there is none."""
    return {"text": name_of(register.records.get(kind, id)), "address": address(kind, id)}


def links(register: Register, kind: str, ids: Iterable[str]) -> list[Link]:
    """The links to several records, in the order given."""
    return [link(register, kind, id) for id in ids]


def maker(register: Register, id: str) -> Link:
    """The link to who decides: a body, or a person who holds an office."""
    return link(register, "body" if id in register.records.bodies else "person", id)
