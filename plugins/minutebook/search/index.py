"""The inverted index, as lunr.py builds it but in a fraction of the time."""

from __future__ import annotations

import gc
import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from minutebook.search.wording import Terms, tokens

WIRE_VERSION = "2.3.9"
"""The version of lunr.js that reads this; the theme pins the same."""
B = 0.75
K1 = 1.2
"""The constants of BM25, as lunr has them."""


class Term:
    """Where one term stands: for each field the documents, each with the frequency in its last 20 bits.

    `first` orders the terms as lunr.py numbers them, by their first occurrence: the document, the field
    and the place among the terms of that field. It depends on that document only, so an edit elsewhere
    leaves it alone.
    """

    __slots__ = ("fields", "first")

    def __init__(self, first: tuple[int, int, int], fields: list[array[int]]) -> None:
        self.first = first
        self.fields = fields

    @property
    def count(self) -> int:
        """In how many fields of documents the term stands."""
        return sum(map(len, self.fields))

    def postings(self, field: int) -> Iterator[tuple[int, int]]:
        """Document and frequency, in the order of documents."""
        for posting in self.fields[field]:
            yield posting >> 20, posting & 0xFFFFF


class Index:
    """Documents by number, in ascending order -> terms, and the length of every field."""

    def __init__(self, fields: Mapping[str, int]) -> None:
        self.fields = dict(fields)
        self.numbers: list[int] = []
        self.lengths: list[list[int]] = [[] for _ in fields]
        self.terms: dict[str, Term] = {}
        self._postings = [_Postings() for _ in fields]
        self._term_of = Terms()

    def add(self, number: int, words: Mapping[str, str]) -> None:
        """Index a document. Raises ValueError unless its number is higher than those before."""
        if self.numbers and number <= self.numbers[-1]:
            raise ValueError(f"document {number} comes after {self.numbers[-1]}")
        self.numbers.append(number)
        base = number << 20
        for field, name in enumerate(self.fields):
            every = list(filter(None, map(self._term_of.__getitem__, tokens(words[name]))))
            self.lengths[field].append(len(every))
            counted = Counter(every)
            postings = self._postings[field]
            for key, frequency in counted.items():
                postings[key].append(base + frequency)
            if not counted.keys() <= self.terms.keys():
                self._first(counted, number, field)

    def _first(self, counted: Iterable[str], number: int, field: int) -> None:
        for place, key in enumerate(counted):
            if key not in self.terms:
                every = [postings[key] for postings in self._postings]
                self.terms[key] = Term((number, field, place), every)

    @property
    def averages(self) -> list[float]:
        """The mean length of each field."""
        return [sum(each) / len(each) if each else 0.0 for each in self.lengths]

    def idf(self, count: int) -> float:
        """How telling a term is that stands in so many fields (lunr.py's idf.py)."""
        return math.log(1 + abs((len(self.numbers) - count + 0.5) / (count + 0.5)))

    def forms(self) -> dict[str, str]:
        """Term -> the shortest word that stands for it."""
        best: dict[str, str] = {}
        for word, trimmed in self._term_of.forms.items():
            term = self._term_of[word]
            if term not in best or (len(trimmed), trimmed) < (len(best[term]), best[term]):
                best[term] = trimmed
        return best


class _Postings(dict[str, "array[int]"]):
    """Term -> its postings in one field."""

    def __missing__(self, key: str) -> array[int]:
        self[key] = made = array("Q")
        return made


def build(fields: Mapping[str, int], documents: Iterable[tuple[int, Mapping[str, str]]]) -> Index:
    """Index the documents, which come in the order of their numbers."""
    index = Index(fields)
    collecting = gc.isenabled()
    gc.disable()  # nothing here is circular, and looking for circles among millions of objects takes long
    try:
        for number, words in documents:
            index.add(number, words)
    finally:
        if collecting:
            gc.enable()
    return index


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
            [key, {**_refs(index, index.terms[key]), "_index": numbered[key]}]
            for key in sorted(index.terms)
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
    for key, term in index.terms.items():
        idf = index.idf(term.count)
        for field, (name, boost) in enumerate(index.fields.items()):
            for number, frequency in term.postings(field):
                longer = index.lengths[field][place_of[number]] / averages[field]
                score = idf * ((K1 + 1) * frequency) / (K1 * (1 - B + B * longer) + frequency)
                vectors[f"{name}/{number}"][numbered[key]] = round(score * boost * 1, 3)
    return vectors


def _refs(index: Index, term: Term) -> dict[str, dict[str, dict[str, Any]]]:
    return {
        name: {str(number): {} for number, _ in term.postings(field)}
        for field, name in enumerate(index.fields)
    }
