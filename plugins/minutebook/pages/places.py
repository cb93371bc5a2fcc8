"""Places: the list with its map, and a page for each that is a home page for the people there."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from minutebook.pages import paid
from minutebook.pages.about import activity, spent
from minutebook.pages.identifiers import identifiers
from minutebook.pages.maps import mapped, ward_map
from minutebook.pages.members import seats_of_place
from minutebook.pages.naming import link, links
from minutebook.pages.recordnote import record_note
from minutebook.pages.rows import COMING
from minutebook.pages.stamp import stamp
from minutebook.pages.twins import list_twin, twin
from minutebook.publishing.language import _
from minutebook.publishing.page import Page
from minutebook.records.addresses import address, list_address
from minutebook.records.ledger import ledger
from minutebook.records.model import Place
from minutebook.records.payments import NONE
from minutebook.records.register import Register
from minutebook.records.schema import codelist


def pages(register: Register) -> Iterable[Page]:
    """/places/ and /places/castle-mead/"""
    ledger(register)
    ward_map(register)
    yield Page(list_address("place"), "list", "places.html", index, index_twin)
    for id in register.records.places:
        yield Page(
            address=address("place", id),
            kind="place",
            template="place.html",
            view=partial(view, id=id),
            twin=partial(twin, kind="place", id=id),
        )


def index(register: Register) -> dict[str, Any]:
    """All places by what they are, with a map."""
    return {
        "title": _("Places"),
        "description": None,
        "section": "places",
        "stamp": stamp(register),
        "wards": ward_map(register),
        "groups": groups(register),
        "topic_count": len(register.records.topics),
    }


def groups(register: Register) -> list[dict[str, Any]]:
    """The places under their kinds, in the order of the codelist; wards come first."""
    kinds = sorted(codelist("place-classification"), key=lambda code: code != "ward")
    every = sorted(register.records.places.values(), key=lambda one: (one.name.casefold(), one.id))
    found = [
        {"kind": kind, "rows": [_row(register, one) for one in every if one.classification == kind]}
        for kind in kinds
    ]
    return [group for group in found if group["rows"]]


def _row(register: Register, place: Place) -> dict[str, Any]:
    decisions = register.links.to("place", place.id, "decision")
    statuses = [register.records.decisions[one].status for one in decisions]
    return {
        **link(register, "place", place.id),
        "summary": place.summary or "",
        "people": seats_of_place(register, place.id)["now"],
        "coming": sum(1 for status in statuses if status in COMING),
        "decided": sum(1 for status in statuses if status not in COMING),
    }


def index_twin(register: Register) -> dict[str, Any]:
    """The list as data."""
    return list_twin(register, _("Places"), (("place", id) for id in register.records.places))


def view(register: Register, id: str) -> dict[str, Any]:
    """The values of a place's page."""
    place = register.records.places[id]
    lines = paid.own(register, register.links.by_place.get(id, NONE))
    return {
        "title": place.name,
        "description": place.summary,
        "section": "places",
        "summary": place.summary or "",
        "classification": place.classification,
        "population": place.population,
        "population_year": str(place.population_year) if place.population_year else "",
        "identifiers": identifiers(place.identifiers),
        "wards": _map(register, place),
        "part_of": link(register, "place", place.part_of) if place.part_of else None,
        "overlaps": _overlaps(register, place),
        "parts": links(register, "place", _parts(register, id)),
        "councillors": seats_of_place(register, id),
        "spent": spent(register, lines, address("place", id)),
        "record": record_note(register, place.path, place.source),
        **activity(register, "place", id),
    }


def _map(register: Register, place: Place) -> dict[str, Any]:
    """The place among the wards; the whole borough is the wards themselves."""
    inside = mapped(register)
    if place.classification == "borough" and set(inside) - {place.id}:
        return ward_map(register)
    if place.id not in register.records.geometries:
        return {"viewbox": "", "shapes": []}
    return ward_map(register, highlight=place.id)


def _overlaps(register: Register, place: Place) -> list[dict[str, str]]:
    """Places that overlap with this one, whichever of the two says so."""
    found = {*place.overlaps, *register.links.to("place", place.id, "place", "overlaps")}
    return links(register, "place", sorted(found - {place.id}))


def _parts(register: Register, id: str) -> list[str]:
    found = register.links.to("place", id, "place", "part_of")
    return sorted(found, key=lambda one: register.records.places[one].name)
