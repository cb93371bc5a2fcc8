"""ModernGov's meetings. GetMeetings tells the committee of each, GetMeeting its agenda, decisions and
attendance but not its committee: what the answers say of one number is put together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

from minutebook.importing.records import days
from minutebook.importing.records.found import Fault, Found, Link
from minutebook.importing.records.mapping import plain
from minutebook.importing.records.run import Result, Run
from minutebook.importing.records.tags import is_true, raw, told
from minutebook.importing.records.words import line, numbered, prose, slug, web

_FIELDS = (
    *("committeeid", "committeetitle", "meetingdate", "meetingtime", "meetingactualfinishtime"),
    *("meetingstatus", "meetinglocation", "minutepublished", "url"),
)


class Meetings:
    """Every meeting that the answers tell of, by its number."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._facts: dict[str, dict[str, str]] = {}
        self._whole: dict[str, Element] = {}
        self._where: dict[str, str] = {}
        self._nameless: list[Fault] = []

    def take(self, root: Element, where: str) -> int:
        """Note every meeting in an answer; returns how many."""
        before = len(self._nameless) + self.run.figures.read
        for committee in root.iter("committee"):
            for one in committee.iter("meeting"):
                self._note(one, committee, where)
        inner = {
            id(one) for committee in root.iter("committee") for one in committee.iter("meeting")
        }
        for one in root.iter("meeting"):
            if id(one) not in inner:
                self._note(one, one, where)
        return len(self._nameless) + self.run.figures.read - before

    def _note(self, one: Element, committee: Element, where: str) -> None:
        number = line(told(one, "meetingid"), 200)
        if not number:
            self._nameless.append(Fault(where, "meetingid", "a meeting has no number"))
            return
        self.run.figures.read += 1
        facts = self._facts.setdefault(number, {})
        for name in _FIELDS:
            said = told(one, name) or (told(committee, name) if name.startswith("com") else "")
            if said:
                facts[name] = said
        if one.find("agendaitems") is not None or number not in self._whole:
            self._whole[number] = one
            self._where[number] = where

    def found(self) -> Result:
        """A record of each meeting, and of each decision on its agenda."""
        yield from self._nameless
        for number, facts in self._facts.items():
            yield from self._meeting(number, facts, self._whole[number], self._where[number])

    def _meeting(self, number: str, facts: dict[str, str], one: Element, where: str) -> Result:
        run = self.run
        date = run.day(facts.get("meetingdate"), where, "meetingdate")
        if not date:
            yield Fault(where, "meetingdate", f'meeting "{number}" has no date')
            return
        title, committee = facts.get("committeetitle", ""), facts.get("committeeid", "")
        identifier = numbered("committee ", committee)
        body = run.body(title, identifier) if title else run.bodies.find(identifier)
        if not body:
            reason = (
                f'meeting "{number}" does not say of which committee it is: import the answer of '
                "GetMeetings or GetAllMeetingsByDate with it"
            )
            yield Fault(where, "committeetitle", reason)
            return
        rows = _public(one, run)
        attendance = list(_attendance(one, body, run))
        document = {
            "title": line(f"{run.bodies.every[body].name}, {date}", 200),
            "body": body,
            "date": date,
            "starts": days.time(facts.get("meetingtime")),
            "ends": days.time(facts.get("meetingactualfinishtime")),
            "status": self._status(facts, bool(attendance)),
            "venue": line(facts.get("meetinglocation"), 300),
            "agenda_items": [_item(row, run) for row in rows],
            "attendance": attendance,
            **_documents(one, run),
        }
        wish = f"{body[:50]}-{date}"
        url = web(facts.get("url"))
        yield Found("meeting", f"meeting {number}", wish, document, where, url)
        for row in rows:
            yield from _decision(row, number, body, date, where, run)

    def _status(self, facts: dict[str, str], attended: bool) -> str:
        said = self.run.code("meeting-status", facts.get("meetingstatus"), "not-recorded")
        minuted = is_true(facts.get("minutepublished", "")) or attended
        return "held" if minuted and said in ("scheduled", "not-recorded") else said


def _public(one: Element, run: Run) -> list[Element]:
    """The agenda items that the public may see; an item without a title is none."""
    rows = [row for row in one.iter("agendaitem") if told(row, "agendaitemtitle")]
    public = [
        row
        for row in rows
        if not is_true(told(row, "isrestricted"))
        and (row.find("isdisplayallowed") is None or is_true(told(row, "isdisplayallowed")))
    ]
    run.figures.left["restricted agenda items"] += len(rows) - len(public)
    return public


def _decided(row: Element, run: Run) -> str:
    """What was decided on an item: the published decision, else the resolution in published minutes.

    Of the minutes only what stands from the word of the mapping (RESOLVED) onwards is taken, for the
    debate before it may name people who only spoke.
    """
    published = row.find("isdecisionpublished")
    decision = raw(row, "decisionnonemptyhtmlbody")
    if decision and (published is None or is_true(told(row, "isdecisionpublished"))):
        return decision
    published = row.find("isminutepublished")
    if published is not None and not is_true(told(row, "isminutepublished")):
        return ""
    words = tuple(str(word) for word in run.mapping.rest.get("resolved", ()))
    paragraphs = raw(row, "minutesnonemptyhtmlbody").split("\n")
    for place, said in enumerate(paragraphs):
        if line(said).startswith(words):
            return "\n".join(paragraphs[place:])
    return ""


def _item(row: Element, run: Run) -> dict[str, Any]:
    number = line(told(row, "agendaitemid"), 200)
    shown = told(row, "fulldisplaynumberformat", "agendaitemnumber").rstrip(".")
    return {
        "number": "" if shown == "0" else line(shown, 40),
        "title": line(told(row, "agendaitemtitle"), 1000),
        "decision": Link("decision", f"agenda item {number}")
        if number and _decided(row, run)
        else None,
    }


def _decision(row: Element, meeting: str, body: str, date: str, where: str, run: Run) -> Result:
    """An agenda item on which something was decided is a decision."""
    said, number = _decided(row, run), line(told(row, "agendaitemid"), 200)
    if not said or not number:
        run.figures.left["isdecision without a published text"] += is_true(told(row, "isdecision"))
        return
    decision, reasons = _parted(said, run)
    name = told(row, "agendaitemtitle")
    document = {
        "title": line(name, 200),
        "summary": line(decision, 300),
        "classification": run.kind_of_decision(body),
        "status": "decided",
        "decision_maker": body,
        "date_decided": date,
        "meeting": Link("meeting", f"meeting {meeting}"),
        "decision_text": prose(decision),
        "reasons": prose(reasons),
        "context": prose(raw(row, "agendatext")),
        "background_papers": list(_papers(row.iter("linkeddoc"), run)),
    }
    wish = f"{date}-{slug(name, 50)}"
    yield Found("decision", f"agenda item {number}", wish, document, where)


def _parted(said: str, run: Run) -> tuple[str, str]:
    """The decision, and the reasons below a heading of their own; what follows them belongs to it."""
    parts: dict[str, list[str]] = {"decision": [], "reasons": []}
    now = "decision"
    for paragraph in said.split("\n"):
        heading = run.mapping.rest.get("headings", {}).get(plain(paragraph).rstrip(" :.-"))
        if heading in parts:
            now = heading
        elif heading:
            now = "decision"
            parts[now].append(paragraph)
        else:
            parts[now].append(paragraph)
    decision, reasons = ("\n".join(parts[name]).strip() for name in ("decision", "reasons"))
    return (decision, reasons) if decision else (said, "")


def _papers(files: Iterable[Element], run: Run) -> Iterator[dict[str, str]]:
    for file in files:
        if is_true(told(file, "isrestricted")):
            run.figures.left["restricted documents"] += 1
        elif told(file, "title"):
            yield {"name": line(told(file, "title"), 200), "url": web(told(file, "url"))}


def _documents(one: Element, run: Run) -> dict[str, Any]:
    """The documents of the meeting itself; by their titles, two of them are its agenda and minutes."""
    inner = {id(file) for row in one.iter("agendaitem") for file in row.iter("linkeddoc")}
    own = [file for file in one.iter("linkeddoc") if id(file) not in inner]
    found: dict[str, Any] = {"documents": []}
    for paper in _papers(own, run):
        title = paper["name"].casefold()
        word = next((word for word in ("minutes", "agenda") if word in title), "")
        if word and word not in found and paper["url"]:
            found[word] = paper["url"]
        else:
            found["documents"].append(paper)
    return found


def _attendance(one: Element, body: str, run: Run) -> Iterator[dict[str, str]]:
    """Members of the body; officers and guests have no seat and are counted only."""
    known = set()
    for who in one.iter("attendee"):
        kind = (who.get("membertype") or "member").casefold()
        name = who.get("name") or told(who, "name", "fullusername")
        number = who.get("memberid") or told(who, "memberid")
        said = line(who.get("attendance") or told(who, "attendance"))
        presence = run.code("presence", said)
        plain_name = run.without_title(line(name))
        if kind not in run.mapping.rest.get("members", ("member",)):
            run.figures.left["attendees who are no members"] += 1
        elif presence and plain_name:
            person = run.person(plain_name, numbered("councillor ", number), body)
            if person not in known:
                known.add(person)
                wording = line(said, 120) if plain(said) != presence else ""
                yield {"person": person, "presence": presence, "wording": wording}
