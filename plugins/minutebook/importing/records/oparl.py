"""OParl 1.0 and 1.1: papers, meetings, organizations, people and consultations (schema.oparl.org).

A paper becomes a decision; its status is that of the last consultation whose agenda item tells a result.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from minutebook.importing.records import days
from minutebook.importing.records.ballots import vote_event
from minutebook.importing.records.found import Fault, Found, Link
from minutebook.importing.records.items import Item, json_of
from minutebook.importing.records.legistar import web
from minutebook.importing.records.people import person
from minutebook.importing.records.run import Result, Run, each
from minutebook.importing.records.words import line, slug

Objects = dict[str, dict[str, Any]]
_DECIDED = frozenset({"decided", "rejected", "noted"})
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
        yield _organization(one, places, run)
    for one in every.get("person", {}).values():
        yield _person(one, places, run)
    papers = _Papers(every, run)
    for one in every.get("meeting", {}).values():
        yield papers.meeting(one, places[one["id"]])
    for one in every.get("paper", {}).values():
        yield papers.paper(one, places[one["id"]])


def _sort(
    one: Any, where: str, every: dict[str, Objects], places: dict[str, str], run: Run
) -> Result:
    if not isinstance(one, dict) or not isinstance(one.get("id"), str):
        yield Fault(where, "id", "holds an object without an id")
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


def _organization(one: dict[str, Any], places: dict[str, str], run: Run) -> Found:
    name = line(one.get("name"), 200)
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


def _person(one: dict[str, Any], places: dict[str, str], run: Run) -> Found:
    where = places[one["id"]]
    id = run.person(one.get("name"), one["id"])
    seats = [seat for seat in one.get("membership") or [] if isinstance(seat, dict)]
    for left in ("email", "phone", "gender", "life"):
        run.figures.left[f"person {left}"] += bool(one.get(left))
    names = [line(one.get("familyName")), line(one.get("givenName"))]
    memberships = [
        {
            "body": run.bodies.find(seat.get("organization", "")) or _unnamed(seat, run),
            "role": line(seat.get("role") or run.mapping.rest.get("member"), 120),
            "starts": run.day(seat.get("startDate"), where, "startDate"),
            "ends": run.day(seat.get("endDate"), where, "endDate"),
        }
        for seat in seats
    ]
    more = {"sort_name": ", ".join(filter(None, names)), "memberships": memberships}
    return person(run, id, one["id"], where, **more)


def _unnamed(seat: dict[str, Any], run: Run) -> str:
    """A body that the source only gives a number: it is called by that, for nothing else is known."""
    number = str(seat.get("organization", ""))
    return run.body(f"Organization {number.rpartition('/')[2]}", number)


class _Papers:
    """Papers and meetings, joined through consultations and agenda items."""

    def __init__(self, every: dict[str, Objects], run: Run) -> None:
        self.run = run
        self.meetings = every.get("meeting", {})
        self.organizations = every.get("organization", {})
        self.items: Objects = dict(every.get("agendaitem", {}))
        for meeting in self.meetings.values():
            for item in meeting.get("agendaItem") or []:
                self.items[item["id"]] = item
        self.consultations: Objects = dict(every.get("consultation", {}))
        for paper in every.get("paper", {}).values():
            for one in paper.get("consultation") or []:
                self.consultations[one["id"]] = {**one, "paper": one.get("paper", paper["id"])}

    def _body(self, numbers: Any) -> str:
        """The id of the first organization named; the council itself where none is."""
        every = numbers if isinstance(numbers, list) else [numbers]
        number = next((str(one) for one in every if one), "")
        if not number:
            return self.run.body("")
        return self.run.bodies.find(number) or _unnamed({"organization": number}, self.run)

    def meeting(self, one: dict[str, Any], where: str) -> Found:
        run = self.run
        body = self._body(one.get("organization"))
        date = run.day(one.get("start"), where, "start")
        state = run.code("meeting-status", one.get("meetingState"))
        items = sorted(one.get("agendaItem") or [], key=lambda item: item.get("order") or 0)
        told = any(item.get("result") for item in items) or "resultsProtocol" in one
        place = one.get("location") if isinstance(one.get("location"), dict) else {}
        document = {
            "title": line(one.get("name") or run.bodies.every[body].name, 200),
            "body": body,
            "date": date,
            "starts": days.time(str(one.get("start", ""))[10:16]),
            "ends": days.time(str(one.get("end", ""))[10:16]),
            "status": "cancelled" if one.get("cancelled") else state or ("held" if told else ""),
            "venue": line(place.get("description") if place else "", 300),
            "agenda": self._address(one.get("invitation")),
            "minutes": self._address(one.get("resultsProtocol") or one.get("verbatimProtocol")),
            "agenda_items": [self._item(item) for item in items],
        }
        if not document[
            "status"
        ]:  # it is only known that it was called; whether it took place is not
            document["status"] = str(run.mapping.rest.get("meeting_status", "scheduled"))
        return Found("meeting", one["id"], f"{body[:50]}-{date}", document, where, _page(one))

    def _address(self, file: Any) -> str:
        return (
            web(file.get("accessUrl") or file.get("downloadUrl")) if isinstance(file, dict) else ""
        )

    def _item(self, item: dict[str, Any]) -> dict[str, Any]:
        paper = self.consultations.get(str(item.get("consultation")), {}).get("paper")
        return {
            "number": line(item.get("number"), 40),
            "title": line(item.get("name"), 1000),
            "decision": Link("decision", paper) if paper else None,
            "result": line(item.get("result"), 500),
        }

    def paper(self, one: dict[str, Any], where: str) -> Found:
        run = self.run
        steps = sorted(self._steps(one), key=lambda step: step["date"])
        final = next((step for step in reversed(steps) if step["result"]), None)
        said = final["result"] if final else ""
        status = run.code("decision-status", said, "not-recorded")
        last = final or (steps[-1] if steps else None)
        maker = last["body"] if last else self._body(None)
        office = (one.get("underDirectionOf") or [None])[0]
        name = line(one.get("name"))
        document = {
            "identifier": line(one.get("reference"), 60),
            "title": line(name, 200),
            "summary": line(name, 300) if len(name) > 200 else "",
            "classification": run.kind_of_decision(maker),
            "matter_type": line(one.get("paperType"), 120),
            "status": status,
            "origin": run.code("decision-origin", one.get("paperType")),
            "decision_maker": maker,
            "lead_officer": self._office(str(office)),
            "date_proposed": run.day(one.get("date"), where, "date"),
            "date_decided": final["date"] if final and status in _DECIDED else "",
            "meeting": last["meeting"] if last else None,
            "vote_events": [event for step in steps for event in self._vote(step, name)],
            "history": [
                {key: step[key] for key in ("date", "body", "meeting", "action", "result")}
                for step in steps
            ],
            "background_papers": list(self._files(one)),
        }
        wish = slug(one.get("reference")) or slug(one["id"].rpartition("/")[2])
        return Found("decision", one["id"], wish, document, where, _page(one))

    def _office(self, number: str) -> str:
        """The department in charge; some sources have one that stands for none yet."""
        name = line(self.organizations.get(number, {}).get("name"), 120)
        return "" if name.casefold() in self.run.mapping.rest.get("no_office", ()) else name

    def _steps(self, paper: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for one in paper.get("consultation") or []:
            meeting = self.meetings.get(str(one.get("meeting")))
            item = self.items.get(str(one.get("agendaItem")), {})
            date = self.run.day(meeting.get("start"), "", "start") if meeting else ""
            yield {
                "date": date,
                "body": self._body(one.get("organization")),
                "meeting": Link("meeting", meeting["id"]) if meeting else None,
                "action": line(one.get("role") or self.run.mapping.rest.get("step"), 300),
                "result": line(item.get("result"), 500),
            }

    def _vote(self, step: dict[str, Any], motion: str) -> Iterator[dict[str, Any]]:
        """The result of a vote as printed; how many voted how is not told."""
        result = self.run.mapping.code("vote-result", step["result"])
        if result:
            more = {"date": step["date"], "body": step["body"]}
            yield vote_event(motion, (), result, step["result"], **more)

    def _files(self, paper: dict[str, Any]) -> Iterator[dict[str, Any]]:
        main = paper.get("mainFile")
        for file in [main, *(paper.get("auxiliaryFile") or [])]:
            if isinstance(file, dict):
                size = file.get("size")
                yield {
                    "name": line(file.get("name") or file.get("fileName"), 200),
                    "url": self._address(file),
                    "media_type": line(file.get("mimeType"), 100),
                    "bytes": size if isinstance(size, int) else None,
                }


def _page(one: dict[str, Any]) -> str:
    """Where people read it, if the source says so; else where the object itself is."""
    return web(one.get("web")) or web(one["id"])
