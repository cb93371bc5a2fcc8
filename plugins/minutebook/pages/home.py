"""The home page: what is my council deciding, and can I have a say?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from minutebook.pages.evaluations import newest
from minutebook.pages.forwardplan import coming, coming_row
from minutebook.pages.haveyoursay import open_now, process_row
from minutebook.pages.maps import mapped, ward_map
from minutebook.pages.naming import link, links
from minutebook.pages.outcome import evaluation_row
from minutebook.pages.petitions import petition_row
from minutebook.pages.rows import decision_row, newest_first
from minutebook.pages.spending import service_rows, year
from minutebook.pages.stamp import stamp
from minutebook.pages.votes import vote_bar
from minutebook.publishing.page import Page
from minutebook.records.ledger import ledger
from minutebook.records.model import Evaluation
from minutebook.records.register import Register

_COMING, _DECIDED, _EVALUATED, _SERVICES = 6, 6, 3, 10


def pages(register: Register) -> Iterable[Page]:
    """/"""
    yield Page("", "page", "home.html", view, _twin)


def view(register: Register) -> dict[str, Any]:
    """The values of the home page, part by part."""
    known = ledger(register)
    council = register.records.council
    return {
        "title": council.name,
        "description": council.summary,
        "section": "",
        "linked_data": _linked_data(register),
        "stamp": stamp(register),
        "open": [process_row(register, one) for one in open_now(register)],
        "petitions": [
            petition_row(one) for one in register.records.petitions.values() if one.state == "open"
        ],
        "coming": _coming(register),
        "decided": [_decided(register, id) for id in _lately(register)],
        "counts": {
            kind: len(register.records.by_type[kind])
            for kind in ("decision", "evaluation", "contract", "provider")
        },
        "year": year(known),
        "services": service_rows(known)[:_SERVICES],
        "evaluations": [
            {**evaluation_row(one), "decision": link(register, "decision", one.decision)}
            for one in _evaluated(register)
        ],
        "map": ward_map(register),
        "wards": sorted(links(register, "place", _wards(register)), key=lambda one: one["text"]),
    }


def _coming(register: Register) -> list[dict[str, Any]]:
    """Key decisions first in the choice, then all that is coming; shown by date."""
    every = coming(register)
    chosen = ([one for one in every if one.is_key] or list(every))[:_COMING]
    return [coming_row(register, one) for one in chosen]


def _lately(register: Register) -> list[str]:
    decisions = register.records.decisions
    every = (
        id
        for id in newest_first(register)
        if decisions[id].date_decided and decisions[id].status != "withdrawn"
    )
    return [id for _, id in zip(range(_DECIDED), every, strict=False)]


def _decided(register: Register, id: str) -> dict[str, Any]:
    return {
        **decision_row(register, id),
        "vote": vote_bar(register.records.decisions[id]),
    }


def _evaluated(register: Register) -> list[Evaluation]:
    """The newest evaluations; if none of them failed, the newest failure takes the last place."""
    every = newest(register)
    shown, older = every[:_EVALUATED], every[_EVALUATED:]
    failed = [one for one in older if one.verdict == "failed"]
    if failed and not any(one.verdict == "failed" for one in shown):
        shown[-1] = failed[0]
    return shown


def _wards(register: Register) -> list[str]:
    """The wards; where there are none, what the map shows."""
    places = register.records.places
    return [id for id, place in places.items() if place.classification == "ward"] or mapped(
        register
    )


def _linked_data(register: Register) -> dict[str, Any]:
    """The site, and how to search it, after schema.org."""
    council = register.records.council
    found: dict[str, Any] = {
        "@type": "WebSite",
        "name": council.name,
        "description": council.summary,
        "license": council.licence.url,
        "publisher": {"@type": "GovernmentOrganization", "name": council.name},
    }
    if council.site_url:
        found["potentialAction"] = {
            "@type": "SearchAction",
            "target": f"{council.site_url.rstrip('/')}/search/?q={{query}}",
            "query-input": "required name=query",
        }
    return found


def _twin(register: Register) -> dict[str, Any]:
    """What is open, coming and decided lately, as addresses."""
    council = register.records.council
    shown = view(register)
    lists = ("open", "coming", "decided", "evaluations")
    return {
        "title": council.name,
        "licence": council.licence.url,
        "as_of": register.as_of,
        "revision": register.revision,
        **{
            name: [{"title": row["title"], "address": row["address"]} for row in shown[name]]
            for name in lists
        },
    }
