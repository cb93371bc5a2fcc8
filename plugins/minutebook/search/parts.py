"""The parts of an index: made in several processes, kept from one build to the next.

A part is the segment of neighbouring documents with what else is known of them. It depends on these
documents only, so after an edit one part is made anew and the others are read.
"""

from __future__ import annotations

import functools
import hashlib
import itertools
import json
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from minutebook.publishing.language import catalogues
from minutebook.publishing.stage import Laid
from minutebook.records.processes import spread
from minutebook.records.schema import SCHEMAS
from minutebook.search import purposes
from minutebook.search.chunks import dump
from minutebook.search.collecting import uncollected
from minutebook.search.entries import FIELDS, Document, Entry
from minutebook.search.segment import segment

Lay = Callable[[str, bytes], Laid]
"""Puts a file where it is to be published."""
Found = Callable[[str, str], Laid | None]
"""Takes over a file that an earlier build made with this SHA-256; None when there is none."""
Part = dict[str, Any]
"""A segment; "facets", what each of its documents is filtered by; "names", those to suggest."""
Made = tuple[str, list[Laid]]
"""A part as JSON, and the cards of its documents."""

SUGGESTED = ("account", "body", "person", "place", "provider", "topic")
"""What is suggested by name while somebody types."""
SITES = 8
"""Of so many sites the parts are kept."""
SMALLEST, PARTS = 8, 5
"""A part has at least 2 ** 8 numbers, and so many that there are not many more than 2 ** 5 parts."""


@dataclass(frozen=True)
class Desk:
    """Where parts are made: how files are laid and taken over, and where parts are kept.

    `language` is that of the words on the cards.
    """

    lay: Lay
    found: Found = lambda path, digest: None
    cache: Path | None = None
    language: str = ""


def card_path(number: int) -> str:
    """The file of what a result shows."""
    return f"search/cards/{number}.json"


def gather(documents: Sequence[Document], desk: Desk) -> tuple[list[Part], list[Laid]]:
    """Every part, made now or before, and the card of every document, laid."""
    shift = max(SMALLEST, (len(documents) - 1).bit_length() - PARTS)
    groups = [
        list(group) for _, group in itertools.groupby(documents, lambda one: one.number >> shift)
    ]
    with uncollected():
        names = [_name(group, desk) for group in groups]
        made = [_kept(name, group, desk) for group, name in zip(groups, names, strict=True)]
        missing = [place for place, one in enumerate(made) if one is None]
        done = spread(lambda place: _make(groups[place], desk), missing, alone=1, together=1)
        for place, one in zip(missing, done, strict=True):
            made[place] = one
            if desk.cache:
                _save(desk.cache / names[place], *one)
        if desk.cache:
            _forget(desk.cache, [*names, purposes.FILE])
        whole = list(filter(None, made))
        return [json.loads(text) for text, _ in whole], [card for _, laid in whole for card in laid]


def _name(group: Iterable[Document], desk: Desk) -> str:
    """The file in which a part is kept, called by all that it is made of."""
    made_of = [_engine(), desk.language, *(f"{one.number} {one.key}" for one in group)]
    return f"{hashlib.sha256(json.dumps(made_of).encode()).hexdigest()}.json"


def _make(group: Iterable[Document], desk: Desk) -> Made:
    entries = [one.entry() for one in group]
    cards = [desk.lay(card_path(one.number), dump(one.card)) for one in entries]
    return json.dumps(_made(entries), ensure_ascii=False), cards


def _made(entries: Sequence[Entry]) -> Part:
    return {
        **segment(FIELDS, ((one.number, one.words) for one in entries)),
        "facets": [one.facets for one in entries],
        "names": [
            [one.card["title"], one.card["type"], one.card["address"]]
            for one in entries
            if one.kind in SUGGESTED
        ],
    }


def _kept(name: str, group: Sequence[Document], desk: Desk) -> Made | None:
    """A part that was made before; somebody may have deleted some of its cards."""
    if desk.cache is None:
        return None
    try:
        digest, cards, text = (desk.cache / name).read_text("utf-8").split("\n")
    except (OSError, ValueError):
        return None
    if digest != _digest(cards, text):
        return None
    laid = []
    for document, card in zip(group, cards.split(), strict=True):
        at = card_path(document.number)
        laid.append(desk.found(at, card) or desk.lay(at, dump(document.entry().card)))
    return text, laid


def _save(path: Path, text: str, laid: Iterable[Laid]) -> None:
    written = path.with_suffix(f".{os.getpid()}")
    cards = " ".join(card.digest for card in laid)
    with suppress(OSError):  # without what is kept, the next build takes longer, and that is all
        path.parent.mkdir(parents=True, exist_ok=True)
        written.write_text(f"{_digest(cards, text)}\n{cards}\n{text}", encoding="utf-8")
        written.replace(path)


def _digest(cards: str, text: str) -> str:
    return hashlib.sha256(f"{cards}\n{text}".encode()).hexdigest()


def _forget(cache: Path, used: Sequence[str]) -> None:
    """Delete the parts that are of no use any more."""
    with suppress(OSError):
        for path in cache.iterdir():
            if path.name not in used:
                path.unlink()


def tidy(kept: Path) -> None:
    """Keep the parts of the sites that were built last, of which this is one; delete those of the others."""
    with suppress(OSError):
        kept.mkdir(parents=True, exist_ok=True)
        os.utime(kept)
        sites = sorted(kept.parent.iterdir(), key=lambda one: one.stat().st_mtime, reverse=True)
        for old in sites[SITES:]:
            shutil.rmtree(old, ignore_errors=True)


@functools.cache
def _engine() -> str:
    """A digest of everything but the records that decides what a part holds."""
    digest = hashlib.sha256(version("lunr").encode())
    engine = Path(__file__).parents[1]
    sources = [*engine.joinpath("search").glob("*.py"), *engine.joinpath("records").rglob("*.py")]
    for path in sorted([*sources, *SCHEMAS.rglob("*.*"), *catalogues()]):
        digest.update(path.read_bytes())
    return digest.hexdigest()
