"""The search: a lunr index of every record, and the page on which one searches.

/search/             the page; without JavaScript it is the index that one browses
/search/index.json   the index, as lunr.js 2.3.9 loads it; fetched when somebody begins to type
/search/cards.json   what a result shows: type, title, address, day, state, summary
/search/texts/N.json the prose of eight records each, from which a result's snippet is cut
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from lunr import get_default_builder
from pelican import signals

from minutebook.publishing.output import Output
from minutebook.publishing.page import Page
from minutebook.records.register import Register
from minutebook.search import browse
from minutebook.search.entries import FIELDS, Found, entries

WIRE_VERSION = "2.3.9"
"""The version of lunr.js that reads what lunr.py writes; the theme pins the same."""
TOGETHER = 8
"""How many records' texts share a file."""


class Search(Output):
    """The index, the cards and the search page."""

    def pages(self, register: Register) -> Iterable[Page]:
        """The search page."""
        yield Page("search/", "list", "search.html", browse.view)

    def files(self, register: Register) -> Iterable[tuple[str, bytes]]:
        """The index and what results show."""
        found = list(entries(register))
        self.site.counts["search"] = len(found)
        yield "search/index.json", _json(index(found))
        yield "search/cards.json", _json([entry.card for entry in found])
        yield from _texts(found)


def index(found: list[Found]) -> dict[str, Any]:
    """The lunr index as plain data. Raises RuntimeError when lunr.py writes for another lunr.js."""
    builder = get_default_builder()
    builder.ref("id")
    for name, weight in FIELDS.items():
        builder.field(name, boost=weight)
    for number, entry in enumerate(found):
        builder.add({"id": str(number), **entry.words})
    built: dict[str, Any] = builder.build().serialize()
    if built["version"] != WIRE_VERSION:
        raise RuntimeError(f"lunr.py writes for lunr.js {built['version']}, not {WIRE_VERSION}")
    return built


def _texts(found: list[Found]) -> Iterator[tuple[str, bytes]]:
    for start in range(0, len(found), TOGETHER):
        texts = [entry.text for entry in found[start : start + TOGETHER]]
        yield f"search/texts/{start // TOGETHER}.json", _json(texts)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def register() -> None:
    """Called by Pelican."""
    signals.get_generators.connect(_generators)


def _generators(pelican: Any) -> type[Search]:
    return Search
