"""The lists of decisions: all of them, and by year, status, body, place, topic and kind."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from minutebook.pages.basis import basis
from minutebook.pages.facets import Facet, choices, facets
from minutebook.pages.paging import Part, parts
from minutebook.pages.rows import decision_rows, newest_first
from minutebook.pages.stamp import stamp
from minutebook.pages.twins import list_twin
from minutebook.publishing.language import _
from minutebook.publishing.page import Page
from minutebook.records.register import Register

ADDRESS = "decisions/"


def pages(register: Register) -> Iterable[Page]:
    """/decisions/, /decisions/page-2/, /decisions/status-in-force/ and so on."""
    every = Facet("all", "", "", newest_first(register))
    for part in parts(ADDRESS, every.ids):
        yield _page(every, part)
    for facet in facets(register):
        for part in parts(facet.address, facet.ids):
            yield _page(facet, part)


def _page(facet: Facet, part: Part) -> Page:
    return Page(
        address=part.address,
        kind="list",
        template="decisions.html",
        view=partial(view, facet=facet, part=part),
        twin=partial(_twin, facet=facet, part=part),
        basis=partial(_basis, facet=facet, part=part),
    )


def _basis(register: Register, facet: Facet, part: Part) -> str:
    number, count, total = (part.paging[name] for name in ("number", "count", "total"))
    # The first page of a list links to every other list, and says how long it is.
    others = [(one.address, len(one.ids)) for one in facets(register)] if number == 1 else []
    return basis(register, part.ids, register.revision, facet.text, number, count, total, others)


def view(register: Register, facet: Facet, part: Part) -> dict[str, Any]:
    """The values of one page of one list. Only the first page of a list offers the other lists."""
    whole = facet.name == "all"
    return {
        "title": _("Decisions") if whole else facet.text,
        "description": None,
        "crumbs": [] if whole else [{"text": _("Decisions"), "address": ADDRESS}],
        "section": "decisions",
        "stamp": stamp(register),
        "facet": facet.name,
        "text": facet.text,
        "rows": decision_rows(register, part.ids),
        "paging": part.paging,
        "choices": choices(register) if part.paging["number"] == 1 else None,
    }


def _twin(register: Register, facet: Facet, part: Part) -> dict[str, Any]:
    return list_twin(register, facet.text or _("Decisions"), [("decision", id) for id in part.ids])
