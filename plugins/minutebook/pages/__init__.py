"""The pages of the site: one module a kind of page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pelican import signals

from minutebook.pages import decision, prosepage
from minutebook.publishing.output import Output
from minutebook.publishing.page import Page
from minutebook.records.register import Register


class Pages(Output):
    """Every page that a person reads, and its JSON twin."""

    def pages(self, register: Register) -> Iterable[Page]:
        """All pages, in no particular order."""
        for module in (decision, prosepage):
            yield from module.pages(register)


def register() -> None:
    """Called by Pelican."""
    signals.get_generators.connect(_generators)


def _generators(pelican: Any) -> type[Pages]:
    return Pages
