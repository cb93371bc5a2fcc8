"""The meetings: what is coming, and the past ones by year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from minutebook.pages.naming import link
from minutebook.pages.stamp import stamp
from minutebook.pages.twins import list_twin
from minutebook.publishing.language import _
from minutebook.publishing.page import Page
from minutebook.records.addresses import address
from minutebook.records.model import Meeting
from minutebook.records.once import once
from minutebook.records.register import Register

ADDRESS = "meetings/"


def pages(register: Register) -> Iterable[Page]:
    """/meetings/ and /meetings/year-2026/"""
    yield Page(ADDRESS, "list", "meetings.html", view, _twin)
    for year in _years(register):
        yield Page(
            address=f"{ADDRESS}year-{year}/",
            kind="list",
            template="meetings.html",
            view=partial(view, year=year),
            twin=partial(_twin, year=year),
        )


@once
def _years(register: Register) -> Mapping[int, Sequence[Meeting]]:
    """The meetings of each year, newest year and newest meeting first."""
    found: defaultdict[int, list[Meeting]] = defaultdict(list)
    every = register.records.meetings.values()
    for one in sorted(every, key=lambda one: (one.date, one.starts or "", one.id), reverse=True):
        found[one.date.year].append(one)
    return found


def _chosen(register: Register, year: int | None) -> Sequence[Meeting]:
    """The meetings of a year; without one, those that are coming, the soonest first."""
    if year:
        return _years(register)[year]
    every = (one for meetings in _years(register).values() for one in meetings)
    coming = [one for one in every if one.date >= register.as_of]
    return coming[::-1]


def meeting_row(register: Register, one: Meeting) -> dict[str, Any]:
    """A meeting as a row: address, title, body, date, starts, status, how many decisions."""
    return {
        "address": address("meeting", one.id),
        "title": one.title,
        "body": link(register, "body", one.body),
        "date": one.date,
        "starts": one.starts,
        "venue": one.venue,
        "status": one.status,
        "decisions": len(register.links.to("meeting", one.id, "decision", "meeting")),
    }


def view(register: Register, year: int | None = None) -> dict[str, Any]:
    """The values of the list of coming meetings, or of those of a year."""
    return {
        "title": str(year) if year else _("Meetings"),
        "description": None,
        "crumbs": [{"text": _("Meetings"), "address": ADDRESS}] if year else [],
        "section": "people",
        "stamp": stamp(register),
        "year": year,
        "years": [
            {"text": str(number), "address": f"{ADDRESS}year-{number}/", "count": len(meetings)}
            for number, meetings in _years(register).items()
        ],
        "rows": [meeting_row(register, one) for one in _chosen(register, year)],
    }


def _twin(register: Register, year: int | None = None) -> dict[str, Any]:
    items = [("meeting", one.id) for one in _chosen(register, year)]
    return list_twin(
        register, _("Meetings %(year)s") % {"year": year} if year else _("Coming meetings"), items
    )
