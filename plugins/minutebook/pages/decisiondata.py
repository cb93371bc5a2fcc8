"""A decision for machines: what its twin adds to the record, and its description after schema.org."""

from __future__ import annotations

from typing import Any

from minutebook.pages.money_of_decision import payments
from minutebook.pages.naming import link, maker
from minutebook.pages.notice import notice
from minutebook.pages.outcome import evaluations_of, overdue
from minutebook.records import addresses
from minutebook.records.model import Decision
from minutebook.records.model.build import plain
from minutebook.records.register import Register


def computed(register: Register, one: Decision) -> dict[str, Any]:
    """What was worked out: the notice, what was paid, the evaluations."""
    paid = payments(register, one)
    return {
        "notice": notice(register, one),
        "paid_to_date": plain(paid.total),
        "payments": len(paid),
        "evaluations": [evaluation.id for evaluation in evaluations_of(register, one)],
        "evaluation_overdue": overdue(register, one),
    }


def linked_data(register: Register, one: Decision) -> dict[str, Any]:
    """The decision as a schema.org CreativeWork: there is no type for a decision of a public body."""
    council = register.records.council
    site = (council.site_url or "").rstrip("/")
    found: dict[str, Any] = {
        "@type": "CreativeWork",
        "name": one.title,
        "identifier": [name for name in (one.id, one.identifier) if name],
        "creativeWorkStatus": one.status,
        "creator": {
            "@type": "GovernmentOrganization",
            "name": maker(register, one.decision_maker)["text"],
            "parentOrganization": {"@type": "GovernmentOrganization", "name": council.name},
        },
        "license": council.licence.url,
        "inLanguage": council.languages[0],
        "about": [link(register, "topic", id)["text"] for id in one.topics],
        "spatialCoverage": [link(register, "place", id)["text"] for id in one.places],
    }
    if one.summary:
        found["abstract"] = one.summary
    if one.date_proposed:
        found["dateCreated"] = one.date_proposed.isoformat()
    if one.date_published:
        found["datePublished"] = one.date_published.isoformat()
    if site:
        data = addresses.twin(addresses.address("decision", one.id))
        found["encoding"] = {
            "@type": "MediaObject",
            "encodingFormat": "application/json",
            "contentUrl": f"{site}/{data}",
        }
    return found
