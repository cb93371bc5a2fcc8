"""Who sits where: memberships, now and before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from minutebook.pages.groups import numbers
from minutebook.pages.naming import link
from minutebook.records.model import Person
from minutebook.records.model.people import Membership
from minutebook.records.once import once
from minutebook.records.register import Register

CHIEF = ("mayor", "leader", "chair", "deputy", "vice")
"""Words in a role, by which those who lead a body come first."""


@once
def by_place(register: Register) -> dict[str, list[tuple[str, Membership]]]:
    """The memberships that are for a place, such as a councillor's ward."""
    found: defaultdict[str, list[tuple[str, Membership]]] = defaultdict(list)
    for person in sorted(register.records.people.values(), key=sort_key):
        for membership in person.memberships:
            if membership.place:
                found[membership.place].append((person.id, membership))
    return found


def sort_key(person: Person) -> tuple[str, str]:
    """People are listed by family name, where it is known which that is."""
    return (person.sort_name or person.name.split()[-1]).casefold(), person.id


def is_now(register: Register, one: Membership) -> bool:
    """Whether somebody holds a seat on the day that the records are for."""
    return not is_soon(register, one) and (one.ends is None or one.ends >= register.as_of)


def is_soon(register: Register, one: Membership) -> bool:
    """Whether the seat is still to be taken up. Of one without a first day that is not known."""
    return one.starts is not None and one.starts > register.as_of


def seats_of_place(register: Register, id: str) -> dict[str, list[dict[str, Any]]]:
    """Who represents a place: `now`, `before` and `soon`."""
    return by_time(register, by_place(register).get(id, ()))


def seats_of_body(register: Register, id: str) -> dict[str, list[dict[str, Any]]]:
    """Who sits on a body: `now`, those who lead it first; `before`, the last first; `soon`."""
    return by_time(register, register.links.members.get(id, ()))


def by_time(
    register: Register, seats: Iterable[tuple[str, Membership]]
) -> dict[str, list[dict[str, Any]]]:
    """Seats under `now`, `before` and `soon`."""
    every = list(seats)
    now = [seat for seat in every if is_now(register, seat[1])]
    soon = [seat for seat in every if is_soon(register, seat[1])]
    before = [seat for seat in every if seat not in now and seat not in soon]
    now.sort(key=lambda seat: _rank(seat[1].role))
    before.sort(key=lambda seat: seat[1].ends or seat[1].starts or date.min, reverse=True)
    return {
        "now": [seat_row(register, *seat) for seat in now],
        "before": [seat_row(register, *seat) for seat in before],
        "soon": [seat_row(register, *seat) for seat in soon],
    }


def _rank(role: str) -> int:
    words = role.casefold().replace("-", " ").split()
    if words and words[0] in ("deputy", "vice"):
        return len(CHIEF) - 2
    return next((place for place, chief in enumerate(CHIEF) if chief in words), len(CHIEF))


def seat_row(register: Register, person: str, one: Membership) -> dict[str, Any]:
    """One seat: who, as what, for which place and group, from when to when."""
    return {
        "person": link(register, "person", person),
        "body": link(register, "body", one.body),
        "role": one.role,
        "starts": one.starts,
        "ends": one.ends,
        "place": link(register, "place", one.place) if one.place else None,
        "group": one.group or "",
        "group_number": numbers(register).get(one.group or "", 0),
    }
