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
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from minutebook.publishing.language import LOCALE
from minutebook.records.processes import spread
from minutebook.records.schema import SCHEMAS
from minutebook.search.chunks import dump
from minutebook.search.collecting import uncollected
from minutebook.search.entries import FIELDS, Document, Entry
from minutebook.search.segment import segment

Write = Callable[[str, bytes], str]
"""Writes a file and returns its SHA-256."""
Kept = Callable[[str, str], str]
"""Takes over a file that was written before with this SHA-256; returns "" when there is none."""
Part = dict[str, Any]
"""A segment, and for each of its documents: "facets", "cards" (SHA-256); "names" are those to suggest."""

SUGGESTED = ("account", "body", "person", "place", "provider", "topic")
"""What is suggested by name while somebody types."""
SMALLEST, PARTS = 8, 5
"""A part has at least 2 ** 8 numbers, and so many that there are not many more than 2 ** 5 parts."""


@dataclass(frozen=True)
class Desk:
    """Where parts are made: how files are written and taken over, and where parts are kept.

    `language` is that of the words on the cards.
    """

    write: Write
    kept: Kept = lambda path, digest: ""
    cache: Path | None = None
    language: str = ""


def card_path(number: int) -> str:
    """The file of what a result shows."""
    return f"search/cards/{number}.json"


def gather(documents: Sequence[Document], desk: Desk) -> list[Part]:
    """Make every part, or read those that were made before, and write the cards."""
    shift = max(SMALLEST, (len(documents) - 1).bit_length() - PARTS)
    groups = [
        list(group) for _, group in itertools.groupby(documents, lambda one: one.number >> shift)
    ]
    if desk.cache:
        with suppress(OSError):
            desk.cache.mkdir(parents=True, exist_ok=True)
    with uncollected():
        made = spread(lambda group: _part(group, desk), groups, alone=2, together=1)
        if desk.cache:
            _forget(desk.cache, {name for name, _, _ in made})
        return [{**json.loads(text), "cards": cards} for _, cards, text in made]


def _part(group: Sequence[Document], desk: Desk) -> tuple[str, list[str], str]:
    """One part: the name of the file in which it is kept, the SHA-256 of its cards, the rest as JSON."""
    made_of = [_engine(), desk.language, *(f"{one.number} {one.key}" for one in group)]
    name = f"{hashlib.sha256(json.dumps(made_of).encode()).hexdigest()}.json"
    cards, text = _read(desk.cache / name) if desk.cache else ("", "")
    if text:
        digests = cards.split()
        _keep(group, digests, desk)
        return name, digests, text
    entries = [one.entry() for one in group]
    digests = [desk.write(card_path(one.number), dump(one.card)) for one in entries]
    text = json.dumps(_made(entries), ensure_ascii=False)
    if desk.cache:
        _save(desk.cache / name, " ".join(digests), text)
    return name, digests, text


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


def _keep(group: Sequence[Document], digests: Iterable[str], desk: Desk) -> None:
    """Take over the cards of a part that was made before; somebody may have deleted some."""
    for document, digest in zip(group, digests, strict=True):
        path = card_path(document.number)
        if not desk.kept(path, digest):
            desk.write(path, dump(document.entry().card))


def _read(path: Path) -> tuple[str, str]:
    """What was kept of a part: its cards and the rest; empty when there is none that is whole."""
    try:
        digest, cards, text = path.read_text("utf-8").split("\n")
    except (OSError, ValueError):
        return "", ""
    return (cards, text) if digest == _digest(cards, text) else ("", "")


def _save(path: Path, cards: str, text: str) -> None:
    written = path.with_suffix(f".{os.getpid()}")
    with suppress(OSError):  # without what is kept, the next build takes longer, and that is all
        written.write_text(f"{_digest(cards, text)}\n{cards}\n{text}", encoding="utf-8")
        written.replace(path)


def _digest(cards: str, text: str) -> str:
    return hashlib.sha256(f"{cards}\n{text}".encode()).hexdigest()


def _forget(cache: Path, used: set[str]) -> None:
    """Delete the parts that are of no use any more."""
    with suppress(OSError):
        for path in cache.iterdir():
            if path.name not in used:
                path.unlink()


@functools.cache
def _engine() -> str:
    """A digest of everything but the records that decides what a part holds."""
    digest = hashlib.sha256(version("lunr").encode())
    engine = Path(__file__).parents[1]
    sources = [*engine.joinpath("search").glob("*.py"), *engine.joinpath("records").rglob("*.py")]
    for path in sorted([*sources, *SCHEMAS.rglob("*.*"), *LOCALE.rglob("*.po")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()
