"""The inverted index, as lunr.py builds it but in a fraction of the time: segments put together."""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from minutebook.search.segment import Segment, segment

WIRE_VERSION = "2.3.9"
"""The version of lunr.js that reads this; the theme pins the same."""
B = 0.75
K1 = 1.2
"""The constants of BM25, as lunr has them."""


class Field:
    """Where one term stands in one field: how many documents, and which, packed (see chunks.py)."""

    __slots__ = ("count", "last", "pieces")

    def __init__(self) -> None:
        self.last = -1
        self.count = 0
        self.pieces: list[str] = []

    @property
    def packed(self) -> str:
        """The documents as the numbers of a JSON list."""
        return ",".join(self.pieces)

    def postings(self) -> Iterator[tuple[int, int]]:
        """Document and frequency, in the order of documents."""
        number = -1
        distances = iter(json.loads(f"[{self.packed}]"))
        for distance in distances:
            number += abs(distance)
            yield number, next(distances) if distance < 0 else 1


class Index:
    """Segments of documents, in the order of their numbers -> terms, and the length of every field.

    `terms` holds for each term where it first occurs: document, field, place among the terms of that
    field. Terms are numbered in that order, as lunr.py numbers them; it depends on that document only,
    so an edit elsewhere leaves it alone. `forms` holds the shortest word that stands for each term.
    """

    def __init__(self, fields: Mapping[str, int], segments: Iterable[Segment]) -> None:
        self.fields = dict(fields)
        self.numbers: list[int] = []
        self.lengths: list[list[int]] = [[] for _ in fields]
        self.terms: dict[str, Sequence[int]] = {}
        self.forms: dict[str, str] = {}
        self.standing: list[dict[str, Field]] = [{} for _ in fields]
        for one in segments:
            self._take(one)

    def _take(self, part: Segment) -> None:
        if self.numbers and part["numbers"] and part["numbers"][0] <= self.numbers[-1]:
            raise ValueError(f"document {part['numbers'][0]} comes after {self.numbers[-1]}")
        self.numbers += part["numbers"]
        for mine, other in zip(self.lengths, part["lengths"], strict=True):
            mine += other
        keys, first = part["terms"], part["first"]
        for place, (key, form) in enumerate(zip(keys, part["forms"], strict=True)):
            known = self.forms.get(key)
            if known is None:
                self.terms[key] = first[3 * place : 3 * place + 3]
                self.forms[key] = form
            elif known != form and (len(form), form) < (len(known), known):
                self.forms[key] = form
        for standing, columns in zip(self.standing, part["postings"], strict=True):
            _extend(standing, keys, columns)

    @property
    def averages(self) -> list[float]:
        """The mean length of each field."""
        return [sum(each) / len(each) if each else 0.0 for each in self.lengths]

    def fields_of(self, key: str) -> list[Field | None]:
        """Where a term stands, field by field; None where it does not."""
        return [standing.get(key) for standing in self.standing]

    @functools.cached_property
    def counts(self) -> Mapping[str, int]:
        """Term -> in how many fields of documents it stands."""
        counts = dict.fromkeys(self.terms, 0)
        for standing in self.standing:
            for key, field in standing.items():
                counts[key] += field.count
        return counts

    def idf(self, count: int) -> float:
        """How telling a term is that stands in so many fields (lunr.py's idf.py)."""
        return math.log(1 + abs((len(self.numbers) - count + 0.5) / (count + 0.5)))


def _extend(standing: dict[str, Field], keys: Sequence[str], columns: Sequence[Any]) -> None:
    """Add the documents of a segment. Plain and in one loop: it runs half a million times."""
    places, *rest = columns
    for key, head, last, count, tail in zip(map(keys.__getitem__, places), *rest, strict=True):
        field = standing.get(key)
        if field is None:
            standing[key] = field = Field()
        # A complement marks that the term is frequent in the first document: see segment.py.
        distance = head - field.last if head >= 0 else field.last - ~head
        field.pieces.append(str(distance) + tail)
        field.last = last
        field.count += count


def build(fields: Mapping[str, int], documents: Iterable[tuple[int, Mapping[str, str]]]) -> Index:
    """Index documents, which come in the order of their numbers, in one piece."""
    return Index(fields, [segment(fields, documents)])


def whole(index: Index) -> dict[str, Any]:
    """The index in one piece, equal to what lunr.py serialises. It is the proof, not what is published."""
    numbered = {key: place for place, key in enumerate(index.terms)}
    return {
        "version": WIRE_VERSION,
        "fields": list(index.fields),
        "fieldVectors": [
            [ref, [part for pair in sorted(vector.items()) for part in pair]]
            for ref, vector in _vectors(index, numbered).items()
        ],
        "invertedIndex": [
            [key, {**_refs(index, key), "_index": numbered[key]}] for key in sorted(index.terms)
        ],
        "pipeline": ["stemmer"],
    }


def _vectors(index: Index, numbered: Mapping[str, int]) -> dict[str, dict[int, float]]:
    """The weights of every field, by lunr.py's formula (builder.py), because each operation rounds."""
    vectors: dict[str, dict[int, float]] = {
        f"{name}/{number}": {} for number in index.numbers for name in index.fields
    }
    place_of = {number: place for place, number in enumerate(index.numbers)}
    averages = index.averages
    for key in index.terms:
        idf = index.idf(index.counts[key])
        found = zip(index.fields.items(), index.fields_of(key), strict=True)
        for at, ((name, boost), field) in enumerate(found):
            for number, frequency in field.postings() if field else ():
                longer = index.lengths[at][place_of[number]] / averages[at]
                score = idf * ((K1 + 1) * frequency) / (K1 * (1 - B + B * longer) + frequency)
                vectors[f"{name}/{number}"][numbered[key]] = round(score * boost * 1, 3)
    return vectors


def _refs(index: Index, key: str) -> dict[str, dict[str, dict[str, Any]]]:
    return {
        name: {str(number): {} for number, _ in field.postings()} if field else {}
        for name, field in zip(index.fields, index.fields_of(key), strict=True)
    }
