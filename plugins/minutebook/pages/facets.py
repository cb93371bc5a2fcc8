"""The ways to narrow the list of decisions: each value of each has a list of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from minutebook.pages.naming import maker
from minutebook.pages.rows import newest_first
from minutebook.publishing.amounts import band, called
from minutebook.publishing.language import _
from minutebook.publishing.words import Words
from minutebook.records.model import Decision
from minutebook.records.once import once
from minutebook.records.records import day_of
from minutebook.records.register import Register
from minutebook.records.schema import codelist

NAMES = ("year", "status", "body", "place", "topic", "classification", "amount")
CODELISTS = {"status": "decision-status", "classification": "decision-classification"}


class Facet(NamedTuple):
    """One list: what it is narrowed by, to which value, what that is called, and the decisions."""

    name: str
    value: str
    text: str
    ids: Sequence[str]

    @property
    def address(self) -> str:
        """`decisions/status-in-force/`"""
        return f"decisions/{self.name}-{self.value}/"


@once
def facets(register: Register) -> Sequence[Facet]:
    """Every list that holds a decision, in the order of `NAMES`; newest decision first in each."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for id in newest_first(register):
        for key in _keys(register.records.decisions[id]):
            found[key].append(id)
    every = [
        Facet(name, value, _text(register, name, value), ids)
        for (name, value), ids in found.items()
    ]
    return sorted(every, key=lambda one: (NAMES.index(one.name), _rank(one)))


def _keys(decision: Decision) -> Iterator[tuple[str, str]]:
    yield "year", str(day_of(decision).year)
    yield "status", decision.status
    yield "classification", decision.classification
    yield "body", decision.decision_maker
    for id in decision.places:
        yield "place", id
    for id in decision.topics:
        yield "topic", id
    if amount := band(decision.document):
        yield "amount", amount


def _text(register: Register, name: str, value: str) -> str:
    if name == "body":
        return maker(register, value)["text"]
    if name == "place":
        return register.records.places[value].name
    if name == "topic":
        return register.records.topics[value].name
    if name == "amount":
        council = register.records.council
        return called(value, Words(council.languages[0], council.currency))
    return _(codelist(CODELISTS[name])[value].title) if name in CODELISTS else value


def _rank(one: Facet) -> tuple[int, str]:
    """Years newest first, codes in the order of their list, names by the alphabet."""
    if one.name == "year":
        return -int(one.value), ""
    if one.name in CODELISTS:
        return list(codelist(CODELISTS[one.name])).index(one.value), ""
    return 0, one.value if one.name == "amount" else one.text.casefold()


def choices(register: Register) -> Mapping[str, list[dict[str, object]]]:
    """For each name the links to its lists, with how many decisions are on each."""
    found: dict[str, list[dict[str, object]]] = {name: [] for name in NAMES}
    for one in facets(register):
        item = {"text": one.text, "address": one.address, "count": len(one.ids)}
        found[one.name].append(item)
    return found
