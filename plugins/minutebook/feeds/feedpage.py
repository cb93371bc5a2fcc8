"""The page that explains the feeds and calendars and lists them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from minutebook.feeds.files import Feeds
from minutebook.publishing.language import _
from minutebook.publishing.page import Page
from minutebook.records.register import Register


def pages(feeds: Feeds) -> Iterable[Page]:
    """/feeds/, and its twin with the same lists."""

    def view(register: Register) -> dict[str, Any]:
        return {
            "title": _("Feeds and calendars"),
            "description": None,
            "crumbs": [],
            "section": "data",
            "groups": feeds.groups(),
            "has_feeds": bool(register.records.council.site_url),
        }

    def twin(register: Register) -> dict[str, Any]:
        return {
            "title": _("Feeds and calendars"),
            "licence": register.records.council.licence.url,
            "items": [item for group in feeds.groups() for item in group["items"]],
        }

    yield Page("feeds/", "page", "feeds.html", view, twin)
