"""ModernGov: the answers of its web service (mgWebService.asmx) in XML, and collected meetings in JSON.

Known answers: GetCouncillorsByWard (by ward number or postcode too), GetCommittees, GetMeetings,
GetAllMeetingsByDate and GetMeeting, as a plain address (HTTP GET) or SOAP gives them. Each service lists
its operations and their parameters at mgWebService.asmx?WSDL; what the answers hold is not written down
there and was taken from programs that read those of many councils. Contact details are not taken.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element

from minutebook.importing.records.found import Fault, Found, Link
from minutebook.importing.records.items import Item, UnreadableError, json_of, xml_of
from minutebook.importing.records.mapping import plain
from minutebook.importing.records.moderngov_meetings import Meetings
from minutebook.importing.records.moderngov_pages import collected
from minutebook.importing.records.people import person
from minutebook.importing.records.run import Result, Run, guarded
from minutebook.importing.records.tags import is_true, tidied, told
from minutebook.importing.records.words import line, numbered, slug

_PRIVATE = ("workaddress", "homeaddress", "surgerydetails", "photobigurl")
_ANSWERS = ("councillorsbyward", "committees", "getmeetings", "getmeetingsbydate", "meeting")


def read(items: Iterable[Item], run: Run) -> Result:
    """The records in each answer; an answer that is none is told. Meetings come last, for what is known
    of one stands in several answers."""
    meetings = Meetings(run)
    for item in items:
        try:
            if item.suffix == ".json":
                found = partial(collected, json_of(item), item.name, run)
            else:
                found = partial(_answer, tidied(xml_of(item)), item.name, run, meetings)
            yield from guarded(found, item.name)
        except UnreadableError as error:
            yield Fault(item.name, "", str(error))
    yield from meetings.found()


def _answer(root: Element, where: str, run: Run, meetings: Meetings) -> Result:
    fault = next(root.iter("faultstring"), None)
    if fault is not None:
        yield Fault(where, "", f'the service answered with an error: "{line(fault.text, 120)}"')
        return
    answer = next((node for name in _ANSWERS for node in root.iter(name)), None)
    if answer is None:
        empty = len(root) == 0
        said = "the answer is empty" if empty else f'the answer "{root.tag}" is not known'
        yield Fault(where, "", said)
    elif answer.tag == "councillorsbyward":
        yield from _councillors(answer, where, run)
    elif answer.tag == "committees":
        yield from _committees(answer, where, run)
    else:
        if not meetings.take(root, where):
            yield Fault(where, "", "the answer holds no meeting")


def _councillors(answer: Element, where: str, run: Run) -> Result:
    council = run.body("")
    empty = True
    for ward in answer.iter("ward"):
        name = told(ward, "wardtitle")
        if name:
            document = {"name": line(name, 200), "classification": "ward"}
            yield Found("place", f"ward {plain(name)}", slug(name), document, where)
        for one in ward.iter("councillor"):
            empty = False
            run.figures.read += 1
            yield from _councillor(one, name, council, where, run)
    if empty:
        yield Fault(where, "councillor", "the answer holds no councillor")


def _councillor(one: Element, ward: str, council: str, where: str, run: Run) -> Result:
    number, titled = told(one, "councillorid"), told(one, "fullusername")
    name = run.without_title(titled)
    if not name or name.casefold() in run.people.titles:
        yield Fault(where, "fullusername", f'councillor "{number}" has no name')
        return
    for left in _PRIVATE:
        part = one.find(left)
        run.figures.left[left] += part is not None and bool("".join(part.itertext()).strip())
    identifier = numbered("councillor ", number)
    id = run.person(name, identifier)
    place = Link("place", f"ward {plain(ward)}") if ward else None
    group = told(one, "politicalpartytitle") or told(one, "politicalgrouptitle")
    seats = [
        {
            "body": council,
            "role": str(run.mapping.rest.get("member")),
            "place": place,
            "group": line(group, 120),
            "starts": run.day(starts, where, "startdate"),
            "ends": run.day(ends, where, "enddate"),
        }
        for starts, ends in _terms(one)
    ]
    posts = told(one, "keyposts").strip("()")
    more: dict[str, Any] = {"memberships": seats, "summary": line(posts, 300)}
    yield person(run, id, identifier or f"name:{id}", where, **more)


def _terms(one: Element) -> list[tuple[str, str]]:
    """First and last day of each term of office; one without days where none is told."""
    terms = [(told(term, "startdate"), told(term, "enddate")) for term in one.iter("termofoffice")]
    return terms or [("", "")]


def _committees(answer: Element, where: str, run: Run) -> Result:
    every = list(answer.iter("committee"))
    if not every:
        yield Fault(where, "committee", "the answer holds no committee")
    for one in every:
        yield from _committee(one, where, run)


def _committee(one: Element, where: str, run: Run) -> Result:
    run.figures.read += 1
    name, number = told(one, "committeetitle"), told(one, "committeeid")
    if is_true(told(one, "committeedeleted")):
        run.figures.tombstones += 1
        run.faults.append(Fault(where, "committeedeleted", f"{name} was deleted", whole=False))
        return
    if not name:
        yield Fault(where, "committeetitle", f'committee "{number}" has no title')
        return
    run.figures.left["committeeexpired"] += is_true(told(one, "committeeexpired"))
    identifier = numbered("committee ", number)
    id = run.body(name, identifier)
    category = run.mapping.code("body-classification", told(one, "committeecategory"))
    document = {"name": line(name, 200), "classification": category or run.kind_of_body(name)}
    yield Found("body", identifier or f"name:{id}", id, document, where)
