"""The search: an exact lunr index cut into small files, and the page on which one searches.

`entries` says what is found, `segment` and `index` index it as lunr.py does, `chunks` and `files` cut the
index so that a browser loads the few kilobytes that a question needs; theme/static/js/search/ puts them
together again.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from pelican import signals

from minutebook.publishing.output import Output
from minutebook.publishing.page import Page
from minutebook.publishing.stage import Laid, Stage
from minutebook.records.ledger import ledger
from minutebook.records.processes import ALONE, beside
from minutebook.records.register import Register
from minutebook.search import browse
from minutebook.search.chunks import dump
from minutebook.search.entries import KINDS, SPAN, Document, Entry, documents
from minutebook.search.files import File, published
from minutebook.search.opensearch import description
from minutebook.search.parts import Desk, card_path, gather, tidy
from minutebook.search.spending import spending

Made = tuple[dict[str, int], list[tuple[str, Laid]]]
"""How many of each are found, and every file that was laid."""


class Search(Output):
    """The index, the cards and the search page."""

    def generate_context(self) -> None:
        """Called by Pelican before any output is made: a large index is made beside the pages."""
        register = self.site.register
        records = register.records
        payees = ledger(register).suppliers  # the pages need them too; now, so that it is done once
        large = sum(map(len, records.by_type.values())) + len(payees) > ALONE
        self._wait: Callable[[], Made] = beside(self._made) if large else self._made

    def _made(self) -> Made:
        register, cache = self.site.register, self._cache()
        found = everything(register, cache)
        language = register.records.council.languages[0]
        return _counts(found), index(found, self.site.stage, cache, language)

    def generate_output(self, writer: Any) -> None:
        """Called by Pelican."""
        self.site.counts["search"], made = self._wait()
        for path, laid in made:
            self.site.stage.remember(path, laid)
        super().generate_output(writer)

    def pages(self, register: Register) -> Iterable[Page]:
        """The search page."""
        yield Page("search/", "list", "search.html", browse.view)

    def files(self, register: Register) -> Iterable[File]:
        """What tells a browser that it can search here."""
        if register.records.council.site_url:
            yield "search/opensearch.xml", description(register.records.council)

    def _cache(self) -> Path | None:
        """Where parts are kept: a folder for each published site."""
        if self.site.cache is None:
            return None
        site = hashlib.sha256(str(self.site.stage.published).encode()).hexdigest()
        kept = self.site.cache / "search" / site[:16]
        tidy(kept)
        return kept


def _counts(found: Iterable[Document]) -> dict[str, int]:
    """How many records, suppliers (with or without a record) and services are found."""
    count = Counter(max(0, document.number // SPAN - len(KINDS) + 1) for document in found)
    return {"records": count[0], "suppliers": count[1], "services": count[2]}


def everything(register: Register, cache: Path | None = None) -> list[Document]:
    """All that is to be found, in the order of its numbers."""
    return [*documents(register), *spending(register, cache)]


def index(
    found: Sequence[Document], stage: Stage, cache: Path | None, language: str
) -> list[tuple[str, Laid]]:
    """Lay the index, and a card for each record; the caller has to remember what was laid.

    `cache` keeps parts for the next time.
    """
    made, cards = gather(found, Desk(stage.lay, stage.found, cache, language))
    laid = [(card_path(document.number), card) for document, card in zip(found, cards, strict=True)]
    return laid + [(path, stage.lay(path, content)) for path, content in published(made)]


def search_files(found: Sequence[Entry]) -> Iterable[File]:
    """All files of the index of these entries; the manifest, which names the others, comes last."""
    every = [Document(entry.number, "", partial(_same, entry)) for entry in found]
    made, _cards = gather(every, Desk(lambda path, content: Laid("", "", 0, 0)))
    for entry in found:
        yield card_path(entry.number), dump(entry.card)
    yield from published(made)


def _same(entry: Entry) -> Entry:
    return entry


def register() -> None:
    """Called by Pelican."""
    signals.get_generators.connect(_generators)


def _generators(pelican: Any) -> type[Search]:
    return Search
