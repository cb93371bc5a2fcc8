"""Pages of prose: about, accessibility, privacy."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from minutebook.pages.twins import twin
from minutebook.publishing.page import Page
from minutebook.records.addresses import address
from minutebook.records.register import Register


def pages(register: Register) -> Iterable[Page]:
    """/about/, /accessibility/ and whatever else the council wrote."""
    for id in register.records.pages:
        yield Page(
            address=address("page", id),
            kind="page",
            template="prosepage.html",
            view=partial(view, id=id),
            twin=partial(twin, kind="page", id=id),
        )


def view(register: Register, id: str) -> dict[str, Any]:
    """The values of one page of prose."""
    page = register.records.pages[id]
    return {"title": page.title, "description": page.summary, "body": page.body, "crumbs": []}
