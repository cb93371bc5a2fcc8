"""Topics: the list, and a page for each with all that is going on about it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from minutebook.pages.about import activity
from minutebook.pages.naming import link, links
from minutebook.pages.recordnote import record_note
from minutebook.pages.rows import COMING
from minutebook.pages.stamp import stamp
from minutebook.pages.twins import list_twin, twin
from minutebook.publishing.language import _
from minutebook.publishing.page import Page
from minutebook.records.addresses import address, list_address
from minutebook.records.model import Topic
from minutebook.records.register import Register


def pages(register: Register) -> Iterable[Page]:
    """/topics/ and /topics/climate/"""
    yield Page(list_address("topic"), "list", "topics.html", index, index_twin)
    for id in register.records.topics:
        yield Page(
            address=address("topic", id),
            kind="topic",
            template="topic.html",
            view=partial(view, id=id),
            twin=partial(twin, kind="topic", id=id),
        )


def index(register: Register) -> dict[str, Any]:
    """All topics by name; those that are no longer used come last."""
    every = sorted(
        register.records.topics.values(),
        key=lambda one: (bool(one.deprecated), one.name.casefold(), one.id),
    )
    return {
        "title": _("Topics"),
        "description": None,
        "section": "decisions",
        "stamp": stamp(register),
        "rows": [_row(register, one) for one in every],
    }


def _row(register: Register, topic: Topic) -> dict[str, Any]:
    decisions = register.links.to("topic", topic.id, "decision")
    statuses = [register.records.decisions[one].status for one in decisions]
    return {
        **link(register, "topic", topic.id),
        "summary": topic.summary,
        "deprecated": bool(topic.deprecated),
        "coming": sum(1 for status in statuses if status in COMING),
        "decided": sum(1 for status in statuses if status not in COMING),
    }


def index_twin(register: Register) -> dict[str, Any]:
    """The list as data."""
    return list_twin(register, _("Topics"), (("topic", id) for id in register.records.topics))


def view(register: Register, id: str) -> dict[str, Any]:
    """The values of a topic's page."""
    topic = register.records.topics[id]
    narrower = register.links.to("topic", id, "topic", "broader")
    return {
        "title": topic.name,
        "description": topic.summary,
        "section": "decisions",
        "summary": topic.summary,
        "deprecated": bool(topic.deprecated),
        "broader": link(register, "topic", topic.broader) if topic.broader else None,
        "narrower": links(register, "topic", narrower),
        "bodies": links(register, "body", register.links.to("topic", id, "body")),
        "providers": links(register, "provider", register.links.to("topic", id, "provider")),
        "record": record_note(register, topic.path),
        **activity(register, "topic", id),
    }
