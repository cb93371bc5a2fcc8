"""OParl 1.0 and 1.1: papers, meetings, organizations, people and consultations (schema.oparl.org).

A paper becomes a decision; its status is that of the last consultation whose agenda item tells a result.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from typing import Any

from minutebook.importing.records.found import Fault, Found
from minutebook.importing.records.items import Item, json_of
from minutebook.importing.records.oparl_papers import Objects, Papers, body_of, objects
from minutebook.importing.records.people import person
from minutebook.importing.records.run import Result, Run, each, guarded
from minutebook.importing.records.words import line, web

_TAKEN = {"paper": "decision", "meeting": "meeting", "organization": "body", "person": "person"}
_PARTS = frozenset({"agendaitem", "consultation", "file", "location", "membership"})
_REST = frozenset({"system", "body", "legislativeterm"})


def read(items: Iterable[Item], run: Run) -> Result:
    """All objects first, for a paper's result stands in the agenda of a meeting; then the records."""
    every: dict[str, Objects] = {}
    places: dict[str, str] = {}
    for item, data in each(items, run, json_of):
        listed = data.get("data", [data]) if isinstance(data, dict) else data
        if not listed:
            run.faults.append(Fault(item.name, "", "the answer is empty"))
        for one in listed if isinstance(listed, list) else []:
            yield from _sort(one, item.name, every, places, run)
    for one in every.get("organization", {}).values():
        if _name(one):  # all of them first: any may be part of any
            run.body(_name(one), one["id"])
    for one in every.get("organization", {}).values():
        yield from guarded(partial(_organization, one, places, run), places[one["id"]])
    seats = every.get("membership", {})
    of_person: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for seat in seats.values():
        of_person[str(seat.get("person"))].append(seat)
    for one in every.get("person", {}).values():
        inside = objects(one.get("membership"), seats)
        known = {seat.get("id") for seat in inside}
        beside = [seat for seat in of_person[one["id"]] if seat["id"] not in known]
        found = partial(_person, one, [*inside, *beside], places, run)
        yield from guarded(found, places[one["id"]])
    papers = Papers(every, run)
    for one in every.get("meeting", {}).values():
        where = places[one["id"]]
        yield from guarded(partial(papers.meeting, one, where), where)
    for one in every.get("paper", {}).values():
        where = places[one["id"]]
        yield from guarded(partial(papers.paper, one, where), where)


def _sort(
    one: Any, where: str, every: dict[str, Objects], places: dict[str, str], run: Run
) -> Result:
    if not isinstance(one, dict) or not isinstance(one.get("id"), str):
        yield Fault(where, "id", "holds an object without an id")
        return
    if line(one["id"]) != one["id"] or not 0 < len(one["id"]) <= 300:
        yield Fault(where, "id", "holds an object whose id is no address")
        return
    kind = str(one.get("type", "")).rpartition("/")[2].lower()
    if one.get("deleted") in (True, "true"):
        run.figures.tombstones += 1
        here = run.ids.find(_TAKEN.get(kind, ""), one["id"])
        stays = f"; the record {here} stays here until somebody deletes it" if here else ""
        run.faults.append(Fault(where, "deleted", f"was deleted there{stays}", whole=False))
        return
    if kind in _REST:
        run.figures.left[f"OParl {kind}"] += 1
        return
    if kind not in _TAKEN and kind not in _PARTS:
        yield Fault(where, "type", f'"{line(one.get("type"), 80)}" is not an object that is taken')
        return
    run.figures.read += kind in _TAKEN
    known = every.setdefault(kind, {})
    if one["id"] in known and kind in _TAKEN:
        yield Fault(where, "id", f"{one['id'][-60:]} stands in the source a second time")
    known[one["id"]] = one
    places[one["id"]] = where


def _name(organization: dict[str, Any]) -> str:
    return line(organization.get("name") or organization.get("shortName"), 200)


def _organization(one: dict[str, Any], places: dict[str, str], run: Run) -> Found | Fault:
    name = _name(one)
    if not name:
        return Fault(places[one["id"]], "name", f"{one['id'][-60:]} has no name")
    id = run.body(name, one["id"])
    said = one.get("classification") or one.get("organizationType")
    kind = run.mapping.code("body-classification", said) or run.kind_of_body(name)
    where = places[one["id"]]
    parent = one.get("subOrganizationOf")
    document = {
        "name": name,
        "classification": kind,
        "parent": run.bodies.find(parent) if isinstance(parent, str) else "",
        "founded": run.day(one.get("startDate"), where, "startDate"),
        "dissolved": run.day(one.get("endDate"), where, "endDate"),
    }
    return Found("body", one["id"], id, document, where, web(one.get("web")))


def _person(
    one: dict[str, Any], seats: list[dict[str, Any]], places: dict[str, str], run: Run
) -> Found | Fault:
    """A person; `seats` stand in them, or beside them as objects of their own."""
    where = places[one["id"]]
    if not line(one.get("name")):
        return Fault(where, "name", f"{one['id'][-60:]} has no name")
    id = run.person(one.get("name"), one["id"])
    for left in ("email", "phone", "gender", "life"):
        run.figures.left[f"person {left}"] += bool(one.get(left))
    names = [line(one.get("familyName")), line(one.get("givenName"))]
    memberships = [
        {
            "body": body_of(seat.get("organization"), run),
            "role": line(seat.get("role") or run.mapping.rest.get("member"), 120),
            "starts": run.day(seat.get("startDate"), where, "startDate"),
            "ends": run.day(seat.get("endDate"), where, "endDate"),
        }
        for seat in seats
    ]
    more = {"sort_name": ", ".join(filter(None, names)), "memberships": memberships}
    return person(run, id, one["id"], where, **more)
