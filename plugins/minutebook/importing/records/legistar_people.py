"""Legistar's people and bodies: who is meant by a number and a name, and the seats that people held."""

from __future__ import annotations

from typing import Any

from minutebook.importing.records.found import Found
from minutebook.importing.records.people import person
from minutebook.importing.records.run import Run
from minutebook.importing.records.words import line, numbered, web


def body_of(one: dict[str, Any], run: Run) -> str:
    """The id of the body that an entry names."""
    return run.body(one.get("BodyName"), numbered("legistar-body:", one.get("BodyID")))


def voter(one: dict[str, Any], run: Run, at: str) -> str:
    """The id of the person that an entry names, seen at a body."""
    number = one.get("PersonID") or one.get("ID")
    return run.person(one.get("FullName"), numbered("legistar-person:", number), at)


def person_of(one: dict[str, Any], where: str, run: Run) -> Found:
    """A person with the offices that they held."""
    number = numbered("legistar-person:", one.get("ID") or one.get("PersonID"))
    id = run.person(one.get("FullName"), number)
    number = number or f"name:{id}"
    seats = [_seat(seat, where, run) for seat in one.get("OfficeRecords") or []]
    for left in ("Email", "DistrictOffice", "LegislativeOffice"):
        run.figures.left[left] += bool(one.get(left))
    last, first = line(one.get("LastName")), line(one.get("FirstName"))
    more = {"url": web(one.get("WWW")), "memberships": seats}
    if last:
        more["sort_name"] = line(f"{last}, {first}".strip(", "), 200)
    return person(run, id, number, where, **more)


def _seat(seat: dict[str, Any], where: str, run: Run) -> dict[str, str]:
    role = line(seat.get("Title") or seat.get("MemberType"), 120)
    return {
        "body": body_of(seat, run),
        "role": role.title() if role.isupper() else role,
        "starts": run.day(seat.get("Start"), where, "Start"),
        "ends": run.day(seat.get("End"), where, "End"),
    }
