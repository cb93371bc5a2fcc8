"""OParl's papers and meetings, joined through consultations and agenda items."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from minutebook.importing.records import days
from minutebook.importing.records.ballots import vote_event
from minutebook.importing.records.found import Found, Link
from minutebook.importing.records.run import Run
from minutebook.importing.records.words import line, prose, slug, web

Objects = dict[str, dict[str, Any]]
_DECIDED = frozenset({"decided", "rejected", "noted"})


def objects(value: Any, known: Objects) -> list[dict[str, Any]]:
    """The objects in a field: OParl puts them inside, or only their addresses."""
    every = value if isinstance(value, list) else [value]
    found = [known.get(one, {}) if isinstance(one, str) else one for one in every]
    return [one for one in found if isinstance(one, dict) and one]


def body_of(numbers: Any, run: Run) -> str:
    """The id of the first organization named; the council itself where none is.

    A body that the source only gives a number is called by that, for nothing else is known.
    """
    every = numbers if isinstance(numbers, list) else [numbers]
    number = next((line(one, 300) for one in every if isinstance(one, str) and line(one)), "")
    run.figures.left["further organizations"] += sum(bool(one) for one in every[1:])
    if not number:
        return run.body("")
    return run.bodies.find(number) or run.body(f"Organization {number.rpartition('/')[2]}", number)


class Papers:
    """All objects of a source, of which papers and meetings are made."""

    def __init__(self, every: dict[str, Objects], run: Run) -> None:
        self.run = run
        self.meetings = every.get("meeting", {})
        self.organizations = every.get("organization", {})
        self.files = every.get("file", {})
        self.locations = every.get("location", {})
        self.items: Objects = dict(every.get("agendaitem", {}))
        for meeting in self.meetings.values():
            for item in objects(meeting.get("agendaItem"), self.items):
                self.items[str(item.get("id"))] = item
        self.consultations: Objects = dict(every.get("consultation", {}))
        for paper in every.get("paper", {}).values():
            for one in objects(paper.get("consultation"), self.consultations):
                told = {**one, "paper": one.get("paper", paper["id"])}
                self.consultations[str(one.get("id"))] = told

    def meeting(self, one: dict[str, Any], where: str) -> Found:
        run = self.run
        body = body_of(one.get("organization"), run)
        date = run.day(one.get("start"), where, "start")
        state = run.code("meeting-status", one.get("meetingState"))
        items = sorted(objects(one.get("agendaItem"), self.items), key=_order)
        told = any(item.get("result") for item in items) or "resultsProtocol" in one
        place = next(iter(objects(one.get("location"), self.locations)), {})
        document = {
            "title": line(one.get("name") or run.bodies.every[body].name, 200),
            "body": body,
            "date": date,
            "starts": days.time(str(one.get("start", ""))[10:16]),
            "ends": days.time(str(one.get("end", ""))[10:16]),
            "status": "cancelled" if one.get("cancelled") else state or ("held" if told else ""),
            "venue": line(place.get("description"), 300),
            "agenda": self._address(one.get("invitation")),
            "minutes": self._address(one.get("resultsProtocol") or one.get("verbatimProtocol")),
            "documents": list(self._files(one)),
            "agenda_items": [self._item(item) for item in items],
            "attendance": list(self._present(one)),
        }
        if not document["status"]:  # that it was called is known; whether it took place is not
            document["status"] = str(run.mapping.rest.get("meeting_status", "scheduled"))
        return Found("meeting", one["id"], f"{body[:50]}-{date}", document, where, _page(one))

    def _address(self, file: Any) -> str:
        held = next(iter(objects(file, self.files)), {})
        return web(held.get("accessUrl") or held.get("downloadUrl"))

    def _present(self, meeting: dict[str, Any]) -> Iterator[dict[str, str]]:
        """Who took part; somebody of whom the source only has a number is not known."""
        numbers = meeting.get("participant")
        for number in numbers if isinstance(numbers, list) else []:
            known = self.run.people.find(str(number))
            self.run.figures.left["participants without a name"] += not known
            if known:
                yield {"person": known, "presence": "present"}

    def _item(self, item: dict[str, Any]) -> dict[str, Any]:
        paper = self.consultations.get(str(item.get("consultation")), {}).get("paper")
        return {
            "number": line(item.get("number"), 40),
            "title": line(item.get("name"), 1000),
            "decision": Link("decision", paper) if paper else None,
            "result": line(item.get("result"), 500),
            "documents": list(self._files(item)),
        }

    def paper(self, one: dict[str, Any], where: str) -> Found:
        run = self.run
        steps = sorted(self._steps(one), key=lambda step: str(step["date"]))
        final, last = _last(steps)
        said = final["result"] if final else ""
        status = run.code("decision-status", said, "not-recorded")
        advised = final and not final["decides"] and any(step["decides"] for step in steps)
        if advised and status in _DECIDED:  # a body that only advises cannot have decided
            final, status = None, "not-recorded"
        maker = last["body"] if last else body_of(None, run)
        self._count(one)
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
            "lead_officer": self._office(one.get("underDirectionOf")),
            "sponsors": self._sponsors(one),
            "date_proposed": run.day(one.get("date"), where, "date"),
            "date_decided": final["date"] if final and status in _DECIDED else "",
            "decision_text": prose(final["text"]) if final and status in _DECIDED else "",
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

    def _count(self, paper: dict[str, Any]) -> None:
        for name in ("relatedPaper", "superordinatedPaper", "subordinatedPaper", "location"):
            self.run.figures.left[f"paper {name}"] += bool(paper.get(name))

    def _sponsors(self, paper: dict[str, Any]) -> list[str]:
        """Who put it forward, people first; one of whom the source only has a number is counted."""
        found = []
        people, bodies = paper.get("originatorPerson"), paper.get("originatorOrganization")
        for numbers, who in ((people, self.run.people), (bodies, self.run.bodies)):
            for number in numbers if isinstance(numbers, list) else [numbers]:
                known = who.find(number) if isinstance(number, str) else ""
                self.run.figures.left["originators without a name"] += bool(number) and not known
                if known and known not in found:
                    found.append(known)
        return found

    def _office(self, numbers: Any) -> str:
        """The department in charge; some sources have one that stands for none yet."""
        name = next(
            (line(one.get("name"), 120) for one in objects(numbers, self.organizations)), ""
        )
        return "" if name.casefold() in self.run.mapping.rest.get("no_office", ()) else name

    def _steps(self, paper: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for one in objects(paper.get("consultation"), self.consultations):
            meeting = self.meetings.get(str(one.get("meeting")))
            item = self.items.get(str(one.get("agendaItem")), {})
            date = self.run.day(meeting.get("start"), "", "start") if meeting else ""
            yield {
                "date": date,
                "body": body_of(one.get("organization"), self.run),
                "meeting": Link("meeting", meeting["id"]) if meeting else None,
                "action": line(one.get("role") or self.run.mapping.rest.get("step"), 300),
                "result": line(item.get("result"), 500),
                "text": item.get("resolutionText"),
                "decides": one.get("authoritative") is True,
            }

    def _vote(self, step: dict[str, Any], motion: str) -> Iterator[dict[str, Any]]:
        """The result of a vote as printed; how many voted how is not told."""
        result = self.run.mapping.code("vote-result", step["result"])
        if result:
            more = {"date": step["date"], "body": step["body"]}
            yield vote_event(motion, (), result, step["result"], **more)

    def _files(self, one: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """The papers of a paper, a meeting or an agenda item."""
        for field in ("mainFile", "resolutionFile", "auxiliaryFile"):
            for file in objects(one.get(field), self.files):
                size = file.get("size")
                yield {
                    "name": line(file.get("name") or file.get("fileName") or file.get("id"), 200),
                    "url": self._address(file),
                    "media_type": line(file.get("mimeType"), 100),
                    "bytes": size if type(size) is int and size >= 0 else None,
                }


def _last(steps: list[dict[str, Any]]) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """The step whose result counts, if any has one; and that by which body and meeting are told."""
    with_result = [step for step in steps if step["result"]]
    deciding = [step for step in with_result if step["decides"]]
    final = (deciding or with_result or [None])[-1]
    waiting = [step for step in steps if step["decides"]] or steps or [None]
    return final, final or waiting[-1]


def _order(item: dict[str, Any]) -> int:
    order = item.get("order")
    return order if isinstance(order, int) else 0


def _page(one: dict[str, Any]) -> str:
    """Where people read it, if the source says so; else where the object itself is."""
    return web(one.get("web")) or web(one["id"])
