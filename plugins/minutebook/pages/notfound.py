"""The page that a web server shows for an address that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from minutebook.publishing.language import _
from minutebook.publishing.page import Page
from minutebook.records.register import Register


def pages(register: Register) -> Iterable[Page]:
    """/404.html, which stands at any depth and has no twin."""
    yield Page("404.html", "page", "404.html", view)


def view(register: Register) -> dict[str, Any]:
    """The values of the page."""
    return {"title": _("Page not found"), "description": None, "crumbs": [], "section": ""}
