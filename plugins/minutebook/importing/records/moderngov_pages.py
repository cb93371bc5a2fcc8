"""Meetings gathered from the pages of a ModernGov site into one JSON file."""

from __future__ import annotations

from functools import partial
from typing import Any

from minutebook.importing.records import days
from minutebook.importing.records.found import Fault, Found
from minutebook.importing.records.people import person
from minutebook.importing.records.run import Result, Run, guarded
from minutebook.importing.records.words import line, numbered, web


def collected(data: Any, where: str, run: Run) -> Result:
    """The meetings of one file; what the collector says of them (summary, relevance) is left."""
    if not isinstance(data, dict) or not isinstance(data.get("meetings"), list):
        yield Fault(where, "meetings", "holds no list of meetings")
        return
    if not data["meetings"]:
        yield Fault(where, "meetings", "the list of meetings is empty")
    retrieved = run.day(data.get("last_updated"), where, "last_updated")
    source = web(data.get("source"))
    yield from _members(data.get("committees"), where, run)
    for one in data["meetings"]:
        if not isinstance(one, dict):
            yield Fault(where, "meetings", "holds something that is no meeting")
            continue
        run.figures.read += 1
        for left in ("summary", "public_relevance", "doge_relevance"):
            run.figures.left[f"collector's {left}"] += bool(one.get(left))
        yield from guarded(partial(_meeting, one, source, retrieved, where, run), where)


def _meeting(
    one: dict[str, Any], source: str, retrieved: str, where: str, run: Run
) -> Found | Fault:
    name = _repaired(one.get("committee"), run)
    date = run.day(one.get("date"), where, "date")
    if not line(name) or not date:
        missing = "date" if line(name) else "committee"
        return Fault(where, missing, f'meeting "{line(one.get("id"), 40)}" has no {missing}')
    body = run.body(name)
    status = run.code("meeting-status", one.get("status"), "not-recorded")
    items = one.get("agenda_items")
    document = {
        "title": line(f"{run.bodies.every[body].name}, {date}", 200),
        "body": body,
        "date": date,
        "starts": days.time(one.get("time")),
        "status": "cancelled" if one.get("cancelled") is True else status,
        "venue": line(one.get("venue"), 300),
        "minutes": web(one.get("minutes_url")),
        "agenda": web(one.get("link")),
        "agenda_items": [{"title": line(said, 1000)} for said in _list(items)],
        "documents": [_paper(file) for file in _list(one.get("documents"))],
    }
    number = f"{source} {line(one.get('id'), 80) or f'{body} {date}'}".strip()
    link = web(one.get("link")) or source
    return Found("meeting", number, f"{body[:50]}-{date}", document, where, link, retrieved)


def _paper(file: Any) -> dict[str, str]:
    """A document; some collectors keep its title only."""
    if not isinstance(file, dict):
        return {"name": line(file, 200)}
    return {"name": line(file.get("title"), 200), "url": web(file.get("url"))}


def _members(committees: Any, where: str, run: Run) -> Result:
    """The committees that a collector lists, and everybody who sits on them."""
    seats: dict[tuple[str, str], list[dict[str, str]]] = {}
    for one in _list(committees):
        if not isinstance(one, dict) or not line(one.get("name")):
            yield Fault(where, "committees", "holds a committee without a name")
            continue
        run.figures.read += 1
        number = numbered("committee ", one.get("cid"))
        name = line(_repaired(one.get("name"), run), 200)
        id = run.body(name, number)
        document = {"name": name, "classification": run.kind_of_body(name)}
        yield Found("body", number or f"name:{id}", id, document, where)
        for member in _list(one.get("members")):
            known = run.without_title(line(member.get("name"))) if isinstance(member, dict) else ""
            if not known:
                yield Fault(where, "name", f"somebody on {name} has no name")
                continue
            uid = numbered("councillor ", member.get("uid"))
            key = (run.person(known, uid), uid)
            role = line(member.get("role"), 120) or str(run.mapping.rest.get("seen_as"))
            seats.setdefault(key, []).append({"body": id, "role": role})
    for (id, uid), memberships in seats.items():
        yield person(run, id, uid or f"name:{id}", where, memberships=memberships)


def _repaired(name: Any, run: Run) -> str:
    """A name of which the collecting lost a sign, which the mapping puts back."""
    said = str(name or "").strip()
    for wrong, right in run.mapping.rest.get("repairs", {}).items():
        said = said.replace(wrong, right)
    return said


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
