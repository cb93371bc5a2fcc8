"""Popolo: people, organisations and memberships in one JSON file (popoloproject.com/specs)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from typing import Any

from minutebook.importing.records.found import Fault, Found
from minutebook.importing.records.items import Item, json_of
from minutebook.importing.records.people import person
from minutebook.importing.records.run import Result, Run, each, guarded
from minutebook.importing.records.words import line, numbered, web


def read(items: Iterable[Item], run: Run) -> Result:
    """The people of each file with their memberships, and the bodies that they sit on."""
    for item, data in each(_json(items, run), run, json_of):
        if not isinstance(data, dict) or not isinstance(data.get("persons"), list):
            yield Fault(item.name, "persons", "holds no list of persons")
            continue
        if not data["persons"]:
            yield Fault(item.name, "persons", "the list of persons is empty")
        yield from guarded(partial(_file, data, item.name, run), item.name)


def _json(items: Iterable[Item], run: Run) -> Iterable[Item]:
    for item in items:
        if item.suffix == ".json":
            yield item
        else:
            reason = "is no Popolo file; the format table reads CSV"
            run.faults.append(Fault(item.name, "", reason))


def _file(data: dict[str, Any], where: str, run: Run) -> Result:
    groups: dict[str, str] = {}
    for one in _objects(data.get("organizations"), "organizations", where, run):
        number, name = line(one.get("id")), line(one.get("name"), 200)
        if one.get("classification") == "party":
            groups[number] = name
        elif name:
            run.figures.read += 1
            id = run.body(name, numbered("popolo:", number))
            kind = run.code("body-classification", one.get("classification"))
            document = {
                "name": name,
                "classification": kind or run.kind_of_body(name),
                "founded": run.day(one.get("founding_date"), where, "founding_date"),
                "dissolved": run.day(one.get("dissolution_date"), where, "dissolution_date"),
            }
            yield Found("body", numbered("popolo:", number) or f"name:{id}", id, document, where)
    every = _objects(data.get("areas"), "areas", where, run)
    areas = {line(one.get("id")): line(one.get("name")) for one in every}
    seats: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for one in _objects(data.get("memberships"), "memberships", where, run):
        seats[line(one.get("person_id"))].append(_seat(one, groups, where, run))
        run.figures.left["area of a membership"] += line(one.get("area_id")) in areas
    for one in _objects(data["persons"], "persons", where, run):
        run.figures.read += 1
        yield from guarded(partial(_person, one, seats, where, run), where)


def _objects(value: Any, name: str, where: str, run: Run) -> list[dict[str, Any]]:
    """The objects of a list; what is none is told."""
    every = value if isinstance(value, list) else [value] if value else []
    odd = sum(not isinstance(one, dict) for one in every)
    if odd:
        run.faults.append(Fault(where, name, f"{odd} of {len(every)} entries are no objects"))
    return [one for one in every if isinstance(one, dict)]


def _person(one: Any, seats: dict[str, list[dict[str, str]]], where: str, run: Run) -> Result:
    number, name = line(one.get("id")), line(one.get("name"), 200)
    if not name:
        yield Fault(where, "name", f'the person "{number[:60]}" has no name')
        return
    id = run.person(name, numbered("popolo:", number))
    for left in ("email", "image", "birth_date", "contact_details"):
        run.figures.left[left] += bool(one.get(left))
    own = seats.get(number, []) if number else []
    if not own:
        yield Fault(where, "memberships", f"{name} has no membership")
        return
    links = [line(link.get("url")) for link in one.get("links") or [] if isinstance(link, dict)]
    more = {"sort_name": line(one.get("sort_name"), 200), "url": web(links[0]) if links else ""}
    url = next((web(source.get("url")) for source in one.get("sources") or []), "")
    known = numbered("popolo:", number) or f"name:{id}"
    found = person(run, id, known, where, memberships=_once(own), **more)
    found.url = url
    yield found


def _once(seats: list[dict[str, str]]) -> list[dict[str, str]]:
    """A post beside the seat itself (mayor and councillor) stays; what is told twice does not."""
    kept: list[dict[str, str]] = []
    for seat in seats:
        if seat not in kept:
            kept.append(seat)
    return kept


def _seat(one: dict[str, Any], groups: dict[str, str], where: str, run: Run) -> dict[str, str]:
    number = line(one.get("organization_id"))
    known = run.bodies.find(numbered("popolo:", number))
    group = groups.get(line(one.get("on_behalf_of_id")), "")
    none = run.mapping.rest.get("no_group", ())
    role = line(one.get("role"), 120)
    return {
        "body": known,
        "role": role[:1].upper() + role[1:] if role else str(run.mapping.rest.get("member")),
        "starts": run.day(one.get("start_date"), where, "start_date"),
        "ends": run.day(one.get("end_date"), where, "end_date"),
        "group": "" if group.casefold() in none else group,
    }
