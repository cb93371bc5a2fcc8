"""Other decisions that a reader of this one may want."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from minutebook.pages.naming import links
from minutebook.pages.rows import decision_rows, newest_first
from minutebook.records.model import Decision
from minutebook.records.once import once
from minutebook.records.register import Register

_EARLIER, _LATER, _SAME = 3, 2, 8
"""How many are listed: nearest before and after by place and topic, and of the same matter."""


def related(register: Register, decision: Decision) -> dict[str, Any]:
    """Replaced and replacing; those of the same petition or participation; neighbours by place and topic.

    Of the neighbours only the nearest in time are taken, so that a new decision changes few pages.
    """
    matter, near = _matter_and_near(register, decision)
    return {
        "replaces": links(register, "decision", decision.replaces),
        "replaced_by": links(register, "decision", decision.replaced_by),
        "matter": decision_rows(register, matter),
        "near": decision_rows(register, near),
        "adapted_from": [
            {"council": one.council, "title": one.title, "url": one.url}
            for one in decision.adapted_from
        ],
    }


def related_ids(register: Register, decision: Decision) -> list[str]:
    """The decisions that `related` tells of besides those that replace or are replaced."""
    matter, near = _matter_and_near(register, decision)
    return [*matter, *near]


def _matter_and_near(register: Register, decision: Decision) -> tuple[list[str], list[str]]:
    replaced = [*decision.replaces, *decision.replaced_by]
    matter = _without(_same_matter(register, decision), {decision.id, *replaced})
    known = {decision.id, *replaced, *matter}
    near = _without(_neighbours(register, decision), known)[: _EARLIER + _LATER]
    return matter[:_SAME], near


def _without(ids: Iterable[str], known: set[str]) -> list[str]:
    return [id for id in dict.fromkeys(ids) if id not in known]


def _same_matter(register: Register, decision: Decision) -> Iterator[str]:
    for id in decision.petitions:
        yield from register.records.petitions[id].leads_to
        yield from register.links.to("petition", id, "decision")
    for id in decision.participation:
        yield from register.records.participation[id].decisions
        yield from register.links.to("participation", id, "decision")


@once
def _by_place_and_topic(register: Register) -> Mapping[tuple[str, str], list[str]]:
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for id in newest_first(register):
        one = register.records.decisions[id]
        for place in one.places:
            for topic in one.topics:
                found[place, topic].append(id)
    return found


@once
def _positions(register: Register) -> Mapping[str, int]:
    return {id: number for number, id in enumerate(newest_first(register))}


def _neighbours(register: Register, decision: Decision) -> Iterator[str]:
    every = _by_place_and_topic(register)
    where = _positions(register)
    for place in decision.places:
        for topic in decision.topics:
            same = every[place, topic]
            at = bisect_left(same, where[decision.id], key=where.__getitem__)
            yield from same[at + 1 : at + 1 + _EARLIER]
            yield from same[max(0, at - _LATER) : at]
