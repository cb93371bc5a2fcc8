"""The search: an exact lunr index cut into small files, and the page on which one searches.

`entries` says what is found, `index` indexes it as lunr.py does, `chunks` and `files` cut the index so that
a browser loads the few kilobytes that a question needs; theme/static/js/search/ puts them together again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pelican import signals

from minutebook.publishing.output import Output
from minutebook.publishing.page import Page
from minutebook.records.register import Register
from minutebook.search import browse
from minutebook.search.chunks import dump
from minutebook.search.entries import FIELDS, Entry, entries
from minutebook.search.facets import columns
from minutebook.search.files import File, index_files, named
from minutebook.search.index import WIRE_VERSION, build
from minutebook.search.opensearch import description

SUGGESTED = ("body", "person", "place", "provider", "topic")
"""The types of records that are suggested by name while somebody types."""


class Search(Output):
    """The index, the cards and the search page."""

    def pages(self, register: Register) -> Iterable[Page]:
        """The search page."""
        yield Page("search/", "list", "search.html", browse.view)

    def files(self, register: Register) -> Iterable[File]:
        """The index and what results show."""
        found = list(entries(register))
        self.site.counts["search"] = len(found)
        yield from search_files(found)
        if register.records.council.site_url:
            yield "search/opensearch.xml", description(register.records.council)


def search_files(found: list[Entry]) -> Iterable[File]:
    """All files of the index of these documents; the manifest, which names the others, comes last."""
    manifest: dict[str, Any] = {"version": WIRE_VERSION, "documents": len(found), "facets": {}}
    index = build(FIELDS, ((entry.number, entry.words) for entry in found))
    yield from index_files(index, manifest)
    written: set[str] = set()
    for name, column in columns([entry.facets for entry in found]):
        held: dict[str, Any] = {}
        file = named("facets", column, held)
        manifest["facets"][name] = held["facets"]
        if held["facets"] not in written:  # two columns that nobody fills are one and the same file
            written.add(held["facets"])
            yield file
    yield named("names", _names(found), manifest)
    for entry in found:
        yield f"search/cards/{entry.number}.json", dump(entry.card)
    yield "search/index.json", dump(manifest)


def _names(found: list[Entry]) -> list[list[str]]:
    """What is suggested by name: name, type, address."""
    return [
        [entry.card["title"], entry.card["type"], entry.card["address"]]
        for entry in found
        if entry.kind in SUGGESTED
    ]


def register() -> None:
    """Called by Pelican."""
    signals.get_generators.connect(_generators)


def _generators(pelican: Any) -> type[Search]:
    return Search
