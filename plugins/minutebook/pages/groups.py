"""The political group of a member on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from minutebook.records.once import once
from minutebook.records.register import Register

Seat = tuple[date, date, str]


@once
def _seats(register: Register) -> Mapping[str, tuple[Seat, ...]]:
    """For each person, from when to when they sat for which group."""
    return {
        id: tuple(
            (one.starts or date.min, one.ends or date.max, one.group)
            for one in person.memberships
            if one.group
        )
        for id, person in register.records.people.items()
    }


@once
def numbers(register: Register) -> Mapping[str, int]:
    """The number of each group, from 1, by which the council's stylesheet colours it (`group-1`)."""
    return {group.name: number for number, group in enumerate(register.records.council.groups, 1)}


def group_of(register: Register, person: str, day: date) -> str:
    """The group for which a member sat on a day; empty where none is known."""
    for starts, ends, group in _seats(register).get(person, ()):
        if starts <= day <= ends:
            return group
    return ""
