"""The index cut into chunks of neighbouring terms, of which a query loads those that it needs.

A chunk is JSON:

    {"terms": "bus busi butter",        neighbouring terms, in the order of UTF-16
     "first": [n, ...],                 each term's place among the terms of the field it first stands in
     "idf": {"12": 6.1, ...},           by the number of fields in which a term stands
     "in": [[[d, ...], ...], ...]}      for each term and each field the documents

Documents stand as the distance from the one before (the first from -1). A negative distance is followed
by the frequency; otherwise the term stands once. Fields at the end that are empty are left out.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from minutebook.search.index import Field, Index

SMALL, LARGE = 6_000, 16_000
"""A chunk has about 10,000 characters: 4 kB compressed."""


@dataclass(frozen=True)
class Chunk:
    """One file: where its terms begin (the shortest text that tells it from the one before)."""

    begins: str
    content: bytes

    @property
    def name(self) -> str:
        """The name says what is in it, so that no browser takes an old one for a new one."""
        return digest(self.content)


def digest(content: bytes) -> str:
    """Six letters and digits that stand for the content."""
    number = int.from_bytes(hashlib.sha256(content).digest()[:8], "big")
    letters = ""
    while len(letters) < 6:
        number, rest = divmod(number, 36)
        letters += "0123456789abcdefghijklmnopqrstuvwxyz"[rest]
    return letters


def order(term: str) -> bytes:
    """Sorts texts as JavaScript compares them."""
    return term.encode("utf-16-be", "surrogatepass")


def dump(value: Any) -> bytes:
    """JSON without a byte too many."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def chunks(index: Index) -> Iterator[Chunk]:
    """All chunks, in the order of their terms."""
    held: list[str] = []
    parts: list[str] = []
    size, last = 0, ""
    for key in sorted(index.terms, key=order):
        part = _packed(index.fields_of(key))
        if held and _full(size, len(part), key):
            yield _chunk(index, held, parts, last)
            last = held[-1]
            held, parts, size = [], [], 0
        held.append(key)
        parts.append(part)
        size += len(part) + len(key) + 6
    if held:
        yield _chunk(index, held, parts, last)


def _full(size: int, more: int, key: str) -> bool:
    """Where to cut. The term itself takes part, so that after an edit the next cuts are the old ones."""
    if size + more > LARGE:
        return True
    return size > SMALL and zlib.crc32(key.encode()) % 8 == 0


def _packed(fields: list[Field | None]) -> str:
    while fields[-1] is None:
        fields.pop()
    return f"[{','.join(f'[{field.packed}]' if field else '[]' for field in fields)}]"


def _chunk(index: Index, keys: list[str], parts: list[str], last: str) -> Chunk:
    counts = sorted({index.counts[key] for key in keys})
    head = {
        "terms": " ".join(keys),
        "first": [index.terms[key][2] for key in keys],
        "idf": {str(count): index.idf(count) for count in counts},
    }
    content = dump(head)[:-1] + f',"in":[{",".join(parts)}]}}'.encode()
    return Chunk(_begins(keys[0], last), content)


def _begins(key: str, last: str) -> str:
    same = 0
    while same < min(len(key), len(last)) and key[same] == last[same]:
        same += 1
    return key[: same + 1]
