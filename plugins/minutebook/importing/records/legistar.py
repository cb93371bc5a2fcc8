"""Legistar: matters, events, people and bodies, as its web API answers (webapi.legistar.com/Help).

Field names come with the type of the record before them (`MatterFile`) or without (`File`, as collectors
write them); the mapping says which is which. The tables that its pages show ("Meeting Date") are read too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from minutebook.importing.records import days
from minutebook.importing.records.ballots import Cast, vote_event
from minutebook.importing.records.found import Fault, Found, Link
from minutebook.importing.records.items import Item, json_of
from minutebook.importing.records.legistar_people import body_of, person_of, voter
from minutebook.importing.records.run import Result, Run, each, guarded
from minutebook.importing.records.words import PROSE, line, numbered, prose, web

_DECIDED = frozenset({"decided", "in-force", "implemented", "rejected", "noted"})


def read(items: Iterable[Item], run: Run) -> Result:
    """The records in a folder of answers: one object a file, or a list of them."""
    for item, data in each(items, run, json_of):
        every = data if isinstance(data, list) else [data]
        if not every:
            run.faults.append(Fault(item.name, "", "the answer is empty"))
        for raw in every:
            yield from guarded(partial(_one, raw, item.name, run), item.name)


def _one(raw: Any, where: str, run: Run) -> Result:
    if not isinstance(raw, dict):
        yield Fault(where, "", "holds something that is no record")
        return
    one = _plain_names(raw, run)
    if "History" in one or "File" in one:
        kind, take = "decision", _matter
    elif "OfficeRecords" in one or ("FullName" in one and "Slug" in one):
        kind, take = "person", person_of
    elif "Date" in one and "BodyName" in one and ("ID" in one or "Meeting Date" in raw):
        kind, take = "meeting", _event
    else:
        step = "ActionName" in one or "Action" in one
        what = "a step of a matter that it does not name" if step else "no matter, event or person"
        yield Fault(where, "", f"holds {what}")
        return
    run.figures.read += 1
    found = take(one, where, run)
    if found and not run.first(kind, found.identifier):
        yield Fault(where, "ID", f"{found.identifier} stands in the source a second time")
    elif found:
        yield found


def _plain_names(raw: dict[str, Any], run: Run) -> dict[str, Any]:
    """The record with the names of fields that collectors use; cells of pages become their text."""
    names = run.mapping.rest.get("fields", {})
    found: dict[str, Any] = {}
    for name, value in raw.items():
        if isinstance(value, dict) and "label" in value:
            found[f"{names.get(name, name)} url"] = value.get("url")
            value = value["label"]
        found.setdefault(names.get(name, name), value)
    if "Meeting Date" in raw:
        found["BodyName"] = found.get("Name")
    for name in ("Votes", "Items", "RollCall", "OfficeRecords", "History", "Sponsors"):
        if isinstance(found.get(name), list):
            found[name] = [_plain_names(one, run) for one in found[name] if isinstance(one, dict)]
    return found


def _matter(one: dict[str, Any], where: str, run: Run) -> Found:
    day = partial(run.day, where=where)
    history = [step for step in one.get("History") or [] if isinstance(step, dict)]
    status = run.code("decision-status", one.get("StatusName"), "not-recorded")
    in_charge = body_of(one, run)
    final = [step for step in history if step.get("PassedFlagName")]
    # PassedDate is the day of the last status, such as the mayor's signature, not that of the vote.
    voted = day(final[-1].get("Date"), name="Date") if final else ""
    passed = voted or day(one.get("PassedDate"), name="PassedDate")
    decided = passed if status in _DECIDED else ""
    maker = body_of(final[-1], run) if final and decided else in_charge
    full, summary = line(one.get("Title")), line(one.get("Summary"))
    name = line(one.get("Name")) or full
    text = str(one.get("Text") or "")
    if text and not prose(text):
        run.faults.append(Fault(where, "Text", f"is longer than {PROSE:,} characters", whole=False))
    document: dict[str, Any] = {
        "identifier": line(one.get("File"), 60),
        "title": line(name, 200),
        "summary": line(summary or (full if full != name else ""), 300),
        "classification": run.kind_of_decision(maker),
        "matter_type": line(one.get("TypeName"), 120),
        "status": status,
        "origin": "member" if one.get("Sponsors") else "",
        "decision_maker": maker,
        "sponsors": _unique(_sponsors(one, run)),
        "date_proposed": day(one.get("IntroDate"), name="IntroDate"),
        "date_decided": decided,
        "effective_date": day(one.get("EnactmentDate"), name="EnactmentDate"),
        "context": _context(full, name, summary, "" if decided else text),
        "decision_text": prose(text) if decided else "",
        "vote_events": [event for step in history for event in _votes(step, where, run)],
        "history": [_step(step, where, run) for step in history],
        "background_papers": [_paper(file) for file in one.get("Attachments") or []],
        "meeting": _meeting_link(final[-1]) if final and decided else None,
    }
    number = next(
        filter(None, (numbered("matter ", one.get(n)) for n in ("ID", "GUID", "File"))), ""
    )
    wish = line(one.get("File")) or name
    if law := line(one.get("LocalLaw")):
        document["legal_basis"] = f"Local Law {law}" if law[:1].isdigit() else law
    for left in ("RTF", "Version", "AgendaDate", "GUID"):
        run.figures.left[left] += bool(one.get(left))
    return Found("decision", number, wish, document, where, _url(one))


def _sponsors(one: dict[str, Any], run: Run) -> Iterator[str]:
    for sponsor in one.get("Sponsors") or []:
        if line(sponsor.get("FullName")):
            yield voter(sponsor, run, run.body(run.mapping.rest.get("council")))


def _unique(every: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(every))


def _context(full: str, name: str, summary: str, text: str) -> str:
    """What the source says beyond the title and the 300 characters of the summary."""
    longer = summary if len(summary) > 300 else ""
    official = full if full != name and (longer or summary or len(full) > 300) else ""
    return prose("\n\n".join(part for part in (official, longer, text) if part)) or prose(official)


def _step(step: dict[str, Any], where: str, run: Run) -> dict[str, Any]:
    return {
        "date": run.day(step.get("Date"), where, "History Date"),
        "body": body_of(step, run),
        "meeting": _meeting_link(step),
        "action": line(step.get("Action") or step.get("Description"), 300),
        "result": line(step.get("PassedFlagName"), 500),
    }


def _meeting_link(step: dict[str, Any]) -> Link | None:
    number = numbered("event ", step.get("EventID"))
    return Link("meeting", number) if number else None


def _votes(step: dict[str, Any], where: str, run: Run) -> Iterator[dict[str, Any]]:
    """A step with a roll. A result without a roll stays a step: nobody's vote is recorded."""
    roll = step.get("Votes") or []
    if not roll:
        return
    body = body_of(step, run)
    cast = []
    for vote in roll:
        option = run.code("vote-option", vote.get("Vote"))
        if option and line(vote.get("FullName")):
            id = voter(vote, run, body)
            run.people.every[id].voted.add(body)
            cast.append(Cast(id, option, line(vote.get("Vote"))))
        else:
            said = f"{vote.get('FullName')}: {vote.get('Vote')}"
            run.faults.append(Fault(where, "Votes", f"no code for {said[:80]}", whole=False))
    printed = line(step.get("PassedFlagName"))
    result = run.code("vote-result", printed)
    motion = line(step.get("Description") or step.get("Action"), 2000)
    event = vote_event(
        motion, cast, result, printed, date=run.day(step.get("Date"), where, "Date"), body=body
    )
    run.figures.rolls += 1
    run.figures.rolls_disagree += "discrepancy" in event
    if "result" in event:
        yield event
    else:
        run.faults.append(Fault(where, "Votes", "a roll has no result and no votes", whole=False))


def _paper(file: dict[str, Any]) -> dict[str, str]:
    return {"name": line(file.get("Name"), 200), "url": web(file.get("Link"))}


def _url(one: dict[str, Any]) -> str:
    return web(one.get("InSiteURL") or one.get("Meeting Details url"))


def _event(one: dict[str, Any], where: str, run: Run) -> Found:
    body = body_of(one, run)
    date = run.day(one.get("Date"), where, "Date")
    final = one.get("MinutesStatusName")
    status = run.code("meeting-status", one.get("AgendaStatusName") or final)
    rows = [row for row in one.get("Items") or [] if line(row.get("Title"))]
    attendance = [who for row in one.get("Items") or [] for who in _attendance(row, run, body)]
    held = attendance or final == "Final"
    document = {
        "title": line(f"{one.get('BodyName')}, {date}", 200),
        "body": body,
        "date": date,
        "starts": days.time(one.get("Time") or str(one.get("Date"))[10:16]),
        "status": status or ("held" if held else "not-recorded"),
        "venue": line(one.get("Location"), 300),
        "agenda": web(one.get("AgendaFile") or one.get("Agenda url")),
        "minutes": web(one.get("MinutesFile") or one.get("Minutes url")),
        "webcast": web(one.get("VideoPath") or one.get("Video url")),
        "summary": line(one.get("Comment"), 1000),
        "agenda_items": [_item(row) for row in rows],
        "attendance": list({who["person"]: who for who in reversed(attendance)}.values())[::-1],
    }
    if status == "cancelled":
        document["cancelled_reason"] = line(one.get("AgendaStatusName"), 500)
    number = numbered("event ", one.get("ID"))
    number = number or numbered("event ", f"{body} {date} {document['starts']}")
    wish = f"{body[:50]}-{date}"
    return Found("meeting", number, wish, document, where, _url(one))


def _item(row: dict[str, Any]) -> dict[str, Any]:
    matter = numbered("matter ", row.get("MatterID"))
    return {
        "number": line(row.get("AgendaNumber"), 40),
        "title": line(row.get("Title"), 1000),
        "decision": Link("decision", matter) if matter else None,
        "result": line(row.get("ActionName"), 500),
    }


def _attendance(row: dict[str, Any], run: Run, body: str) -> Iterator[dict[str, str]]:
    for one in row.get("RollCall") or []:
        presence = run.code("presence", one.get("Value"))
        if presence and line(one.get("FullName")):
            said = line(one.get("Value"), 120)
            wording = said if said.casefold() != presence else ""
            yield {"person": voter(one, run, body), "presence": presence, "wording": wording}
