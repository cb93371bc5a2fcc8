"""The list of people: by ward and by political group, and the bodies they sit on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from minutebook.pages.groups import numbers
from minutebook.pages.members import is_now, sort_key
from minutebook.pages.naming import link, links
from minutebook.pages.stamp import stamp
from minutebook.pages.twins import list_twin
from minutebook.publishing.language import _
from minutebook.publishing.page import Page
from minutebook.records.addresses import list_address
from minutebook.records.model import Person
from minutebook.records.register import Register


def pages(register: Register) -> Iterable[Page]:
    """/people/"""
    yield Page(list_address("person"), "list", "people.html", view, twin)


def view(register: Register) -> dict[str, Any]:
    """The values of the list."""
    every = sorted(register.records.people.values(), key=sort_key)
    rows = {one.id: _row(register, one) for one in every}
    serving = [one for one in every if any(is_now(register, seat) for seat in one.memberships)]
    return {
        "title": _("People and bodies"),
        "description": None,
        "section": "people",
        "stamp": stamp(register),
        "bodies": links(
            register,
            "body",
            (id for id, one in register.records.bodies.items() if one.classification != "post"),
        ),
        "posts": links(
            register,
            "body",
            (id for id, one in register.records.bodies.items() if one.classification == "post"),
        ),
        "wards": _grouped(register, serving, rows, by_place=True),
        "groups": _grouped(register, serving, rows, by_place=False),
        "others": [rows[one.id] for one in serving if not rows[one.id]["places"]],
        "before": [rows[one.id] for one in every if one not in serving],
    }


def _row(register: Register, person: Person) -> dict[str, Any]:
    """A person with the seats held now."""
    seats = [one for one in person.memberships if is_now(register, one)]
    return {
        **link(register, "person", person.id),
        "places": links(register, "place", sorted({one.place for one in seats if one.place})),
        "group": next((one.group for one in seats if one.group), ""),
        "roles": [
            {"role": one.role, "body": link(register, "body", one.body)}
            for one in seats
            if not one.place
        ],
    }


def _grouped(
    register: Register, people: Iterable[Person], rows: Mapping[str, Any], by_place: bool
) -> list[dict[str, Any]]:
    """People under their wards, or under their groups: the largest group first."""
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for person in people:
        row = rows[person.id]
        for name in [one["text"] for one in row["places"]] if by_place else [row["group"]]:
            if name:
                found[name].append(row)
    size = (lambda name: 0) if by_place else (lambda name: -len(found[name]))
    return [
        {"name": name, "people": found[name], "number": numbers(register).get(name, 0)}
        | {"address": _address(found[name][0], name)}
        for name in sorted(found, key=lambda name: (size(name), name))
    ]


def _address(row: Mapping[str, Any], name: str) -> str:
    """The page of the place with this name; empty for a group, which has none."""
    return next((one["address"] for one in row["places"] if one["text"] == name), "")


def twin(register: Register) -> dict[str, Any]:
    """The list as data."""
    return list_twin(register, _("People"), (("person", id) for id in register.records.people))
