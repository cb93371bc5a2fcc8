"""The pages of the site: one module a kind of page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pelican import signals

from minutebook.pages import (
    bodies,
    completeness,
    contracts,
    decision,
    decisions,
    evaluations,
    forwardplan,
    haveyoursay,
    home,
    meeting,
    meetings,
    notfound,
    participation,
    paycolumns,
    people,
    peoplelist,
    petitions,
    places,
    prosepage,
    providers,
    questions,
    releases,
    rules,
    services,
    sheets,
    spending,
    spentplaces,
    suppliers,
    topics,
    wholeplace,
)
from minutebook.publishing.output import Bundle, Output
from minutebook.publishing.page import Page
from minutebook.records.register import Register

MODULES = (
    home,
    decision,
    decisions,
    forwardplan,
    meeting,
    meetings,
    haveyoursay,
    participation,
    petitions,
    evaluations,
    places,
    topics,
    bodies,
    peoplelist,
    people,
    spending,
    suppliers,
    services,
    questions,
    spentplaces,
    wholeplace,
    releases,
    contracts,
    providers,
    prosepage,
    completeness,
    rules,
    notfound,
)


class Pages(Output):
    """Every page that a person reads, and its JSON twin."""

    def pages(self, register: Register) -> Iterable[Page]:
        """All pages, in no particular order."""
        for module in MODULES:
            yield from module.pages(register)

    def files(self, register: Register) -> Iterable[tuple[str, bytes]]:
        """The sums of the pages about money, as CSV."""
        return sheets.files(register)

    def bundles(self, register: Register) -> Iterable[Bundle]:
        """The columns of each long release, for the browser to search."""
        return paycolumns.columns(register)


def register() -> None:
    """Called by Pelican."""
    signals.get_generators.connect(_generators)


def _generators(pelican: Any) -> type[Pages]:
    return Pages
