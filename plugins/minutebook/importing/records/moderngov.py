"""ModernGov: the answers of its web service (mgWebService.asmx) in XML, and collected meetings in JSON.

Known answers: GetCouncillorsByWard (and by postcode), GetCommittees, GetMeetings, GetAllMeetingsByDate,
GetMeeting (with agenda items, decisions and attendees). Contact details and home addresses are not taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

from minutebook.importing.records import days
from minutebook.importing.records.found import Fault, Found, Link
from minutebook.importing.records.items import Item, UnreadableError, json_of, xml_of
from minutebook.importing.records.legistar import web
from minutebook.importing.records.mapping import plain
from minutebook.importing.records.people import person
from minutebook.importing.records.run import Result, Run
from minutebook.importing.records.words import line, prose, slug, untagged

_PRIVATE = ("workaddress", "homeaddress", "surgerydetails", "photobigurl")


def read(items: Iterable[Item], run: Run) -> Result:
    """The records in each answer; an answer that is none is told."""
    for item in items:
        try:
            if item.suffix == ".json":
                yield from _collected(json_of(item), item.name, run)
            else:
                yield from _answer(xml_of(item), item.name, run)
        except UnreadableError as error:
            yield Fault(item.name, "", str(error))


def _answer(root: Element, where: str, run: Run) -> Result:
    wards = list(root.iter("ward"))
    if root.tag == "councillorsbyward" or (wards and root.find(".//councillor") is not None):
        yield from _councillors(wards, where, run)
    elif root.tag == "committees":
        for one in root.iter("committee"):
            yield from _committee(one, where, run)
    elif root.tag == "meeting":
        yield from _meeting(root, where, run)
    elif root.find(".//meeting") is not None:
        for one in root.iter("meeting"):
            yield from _meeting(one, where, run)
    else:
        empty = len(root) == 0
        said = "the answer is empty" if empty else f'the answer "{root.tag}" is not known'
        yield Fault(where, "", said)


def text(node: Element, *names: str) -> str:
    """The text of the first of these elements that has any; entities are often written twice."""
    for name in names:
        said = line(untagged(node.findtext(name)))
        if said:
            return said
    return ""


def _true(said: str) -> bool:
    return said.lower() in ("true", "1", "yes")


def _councillors(wards: list[Element], where: str, run: Run) -> Result:
    council = run.body("")
    for ward in wards:
        name = text(ward, "wardtitle")
        if name:
            document = {"name": line(name, 200), "classification": "ward"}
            yield Found("place", f"ward {plain(name)}", slug(name), document, where)
        for one in ward.iter("councillor"):
            run.figures.read += 1
            yield from _councillor(one, name, council, where, run)


def _councillor(one: Element, ward: str, council: str, where: str, run: Run) -> Result:
    number, titled = text(one, "councillorid"), text(one, "fullusername")
    name = run.without_title(titled)
    if not name:
        yield Fault(where, "fullusername", f'councillor "{number}" has no name')
        return
    for left in _PRIVATE:
        part = one.find(left)
        run.figures.left[left] += part is not None and bool("".join(part.itertext()).strip())
    id = run.person(name, f"councillor {number}")
    place = Link("place", f"ward {plain(ward)}") if ward else None
    group = text(one, "politicalpartytitle")
    terms = list(one.iter("termofoffice")) or [None]
    seats = []
    for term in terms:
        starts, ends = (
            ((text(term, "startdate"), text(term, "enddate"))) if term is not None else ("", "")
        )
        seats.append(
            {
                "body": council,
                "role": str(run.mapping.rest.get("member")),
                "place": place,
                "group": line(group, 120),
                "starts": run.day(starts, where, "startdate"),
                "ends": run.day(ends, where, "enddate"),
            }
        )
    posts = text(one, "keyposts").strip("()")
    yield person(
        run, id, f"councillor {number}", where, memberships=seats, summary=line(posts, 300)
    )


def _committee(one: Element, where: str, run: Run) -> Result:
    run.figures.read += 1
    name, number = text(one, "committeetitle"), text(one, "committeeid")
    if _true(text(one, "committeedeleted")):
        run.figures.tombstones += 1
        run.faults.append(Fault(where, "committeedeleted", f"{name} was deleted", whole=False))
        return
    if not name:
        yield Fault(where, "committeetitle", f'committee "{number}" has no title')
        return
    id = run.body(name, f"committee {number}")
    category = run.mapping.code("body-classification", text(one, "committeecategory"))
    document = {"name": line(name, 200), "classification": category or run.kind_of_body(name)}
    yield Found("body", f"committee {number}", id, document, where)


def _meeting(one: Element, where: str, run: Run) -> Result:
    run.figures.read += 1
    number = text(one, "meetingid")
    date = run.day(text(one, "meetingdate"), where, "meetingdate")
    committee = text(one, "committeeid")
    body = run.body(text(one, "committeetitle"), f"committee {committee}" if committee else "")
    if not number or not date:
        yield Fault(where, "meetingdate", f'meeting "{number}" has no number or no date')
        return
    said = text(one, "meetingstatus")
    rows = [row for row in one.iter("agendaitem") if text(row, "agendaitemtitle")]
    public = [row for row in rows if not _true(text(row, "isrestricted"))]
    run.figures.left["restricted agenda items"] += len(rows) - len(public)
    items = [_item(row) for row in public]
    document = {
        "title": line(f"{run.bodies.every[body].name}, {date}", 200),
        "body": body,
        "date": date,
        "starts": days.time(text(one, "meetingtime")),
        "status": run.code("meeting-status", said, "not-recorded"),
        "venue": line(text(one, "meetinglocation"), 300),
        "agenda_items": items,
        "attendance": list(_attendance(one, body, run)),
    }
    url = web(text(one, "url", "link"))
    yield Found("meeting", f"meeting {number}", f"{body[:50]}-{date}", document, where, url)
    for row in public:
        yield from _decision(row, number, body, date, where, run)


def _item(row: Element) -> dict[str, Any]:
    decided = text(row, "decision", "agendaitemdecision", "minutestext", "agendadecision")
    number = text(row, "agendaitemid")
    return {
        "number": line(text(row, "fulldisplaynumberformat", "agendaitemnumber"), 40),
        "title": line(text(row, "agendaitemtitle"), 1000),
        "decision": Link("decision", f"agenda item {number}") if decided and number else None,
    }


def _decision(row: Element, meeting: str, body: str, date: str, where: str, run: Run) -> Result:
    """An agenda item with a text of what was decided is a decision."""
    raw = next(
        (
            untagged(row.findtext(name))
            for name in ("decision", "agendaitemdecision", "minutestext", "agendadecision")
            if untagged(row.findtext(name))
        ),
        "",
    )
    number = text(row, "agendaitemid")
    if not raw or not number:
        return
    name = text(row, "agendaitemtitle")
    document = {
        "title": line(name, 200),
        "summary": line(raw, 300),
        "classification": run.kind_of_decision(body),
        "status": "decided",
        "decision_maker": body,
        "date_decided": date,
        "meeting": Link("meeting", f"meeting {meeting}"),
        "decision_text": prose(raw),
        "context": prose(untagged(row.findtext("agendatext"))),
    }
    wish = f"{date}-{slug(name, 50)}"
    yield Found("decision", f"agenda item {number}", wish, document, where)


def _attendance(one: Element, body: str, run: Run) -> Iterator[dict[str, str]]:
    for who in one.iter("attendee"):
        name = who.get("name") or text(who, "name", "fullusername")
        number = who.get("memberid") or text(who, "memberid")
        said = who.get("attendance") or text(who, "attendance")
        presence = run.code("presence", said)
        plain_name = run.without_title(line(name))
        if presence and plain_name:
            id = run.person(plain_name, f"councillor {number}" if number else "", body)
            wording = line(said, 120) if plain(said) != presence else ""
            yield {"person": id, "presence": presence, "wording": wording}


def _collected(data: Any, where: str, run: Run) -> Result:
    """Meetings gathered from the pages of a ModernGov site; what the collector says of them is left."""
    if not isinstance(data, dict) or not isinstance(data.get("meetings"), list):
        yield Fault(where, "meetings", "holds no list of meetings")
        return
    if not data["meetings"]:
        yield Fault(where, "meetings", "the list of meetings is empty")
    retrieved = run.day(data.get("last_updated"), where, "last_updated")
    source = web(data.get("source"))
    for one in data["meetings"]:
        run.figures.read += 1
        for left in ("summary", "public_relevance", "doge_relevance"):
            run.figures.left[f"collector's {left}"] += bool(one.get(left))
        yield _of_page(one, source, retrieved, where, run)


def _of_page(one: dict[str, Any], source: str, retrieved: str, where: str, run: Run) -> Found:
    name = str(one.get("committee") or "")
    for wrong, right in run.mapping.rest.get("repairs", {}).items():
        name = name.strip().replace(wrong, right)
    body = run.body(name)
    date = run.day(one.get("date"), where, "date")
    document = {
        "title": line(f"{run.bodies.every[body].name}, {date}", 200),
        "body": body,
        "date": date,
        "starts": days.time(one.get("time")),
        "status": "cancelled"
        if one.get("cancelled")
        else run.code("meeting-status", one["status"]),
        "venue": line(one.get("venue"), 300),
        "minutes": web(one.get("minutes_url")),
        "agenda": web(one.get("link")),
        "agenda_items": [{"title": line(said, 1000)} for said in one.get("agenda_items") or []],
    }
    number = f"{source} {one.get('id')}".strip()
    link = web(one.get("link")) or source
    return Found("meeting", number, f"{body[:50]}-{date}", document, where, link, retrieved)
