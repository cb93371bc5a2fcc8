"""A part of the index: neighbouring documents, indexed by themselves, as plain data that JSON can hold.

The parts are made beside each other in several processes, and kept from one build to the next; merge.py
puts them together. How the documents are divided leaves no trace in the whole.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from operator import sub
from typing import Any

from minutebook.search.collecting import uncollected
from minutebook.search.wording import Terms, tokens

Segment = dict[str, Any]
"""{"numbers": [...], "lengths": [a list a field], "terms": [...], "first": [...], "forms": [...],
"postings": [columns, a field]}.

`terms` stand in the order in which they first occur; `first` is that place, three numbers for each:
document, field, place among the terms of the field; `forms` the shortest word that stands for each. The
columns of a field are: which terms, the first document of each, its last, how many documents, and the
packed rest (see chunks.py). A first document in which the term stands several times is written as its
complement (`~number`).
"""

_terms = Terms()
"""What became of every word so far: most words occur in every part."""


def segment(
    fields: Mapping[str, int], documents: Iterable[tuple[int, Mapping[str, str]]]
) -> Segment:
    """Index documents, which come in the order of their numbers. Raises ValueError when they do not."""
    with uncollected():
        part = _Part(len(fields))
        for number, words in documents:
            part.add(number, [words[name] for name in fields])
        return part.finished()


class _Words(dict[str, str]):
    """Word -> term, for the words of one part."""

    def __missing__(self, word: str) -> str:
        self[word] = term = _terms[word]
        return term


class _Field(dict[str, Callable[[int], None]]):
    """One field of a part: for each term a function that adds a document, and where a term is frequent.

    The functions are kept, not the lists, because this is done a million times.
    """

    def __init__(self) -> None:
        super().__init__()
        self.lengths: list[int] = []
        self.standing: dict[str, list[int]] = {}
        self.often: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)

    def __missing__(self, key: str) -> Callable[[int], None]:
        self.standing[key] = numbers = []
        self[key] = add = numbers.append
        return add


class _Part:
    def __init__(self, fields: int) -> None:
        self.numbers: list[int] = []
        self.words = _Words()
        self.first: dict[str, tuple[int, int, int]] = {}
        self.fields = [_Field() for _ in range(fields)]

    def add(self, number: int, texts: list[str]) -> None:
        if self.numbers and number <= self.numbers[-1]:
            raise ValueError(f"document {number} comes after {self.numbers[-1]}")
        self.numbers.append(number)
        for place, (field, text) in enumerate(zip(self.fields, texts, strict=True)):
            every = list(filter(None, map(self.words.__getitem__, tokens(text))))
            field.lengths.append(len(every))
            counted = Counter(every)
            for at, key in enumerate(counted):
                if key not in self.first:
                    self.first[key] = (number, place, at)
            for add in map(field.__getitem__, counted):
                add(number)
            if len(counted) < len(every):
                for key, frequency in counted.items():
                    if frequency > 1:
                        field.often[key].append((len(field.standing[key]) - 1, frequency))

    def finished(self) -> Segment:
        place = {key: at for at, key in enumerate(self.first)}
        forms = _forms(self.words)
        return {
            "numbers": self.numbers,
            "lengths": [field.lengths for field in self.fields],
            "terms": list(self.first),
            "first": [number for place in self.first.values() for number in place],
            "forms": [forms[key] for key in self.first],
            "postings": [_columns(place, field.standing, field.often) for field in self.fields],
        }


def _columns(
    place: Mapping[str, int],
    standing: Mapping[str, list[int]],
    often: Mapping[str, list[tuple[int, int]]],
) -> list[list[Any]]:
    heads, tails = [], []
    for key, numbers in standing.items():
        head, tail = _packed(numbers, often.get(key, ()))
        heads.append(head)
        tails.append(tail)
    every = standing.values()
    lasts = [numbers[-1] for numbers in every]
    return [[place[key] for key in standing], heads, lasts, [*map(len, every)], tails]


def _packed(numbers: list[int], often: Iterable[tuple[int, int]]) -> tuple[int, str]:
    head = numbers[0]
    parts = ["", *map(str, map(sub, numbers[1:], numbers))]
    for at, frequency in often:
        if at:
            parts[at] = f"-{parts[at]},{frequency}"
        else:
            head, parts[0] = ~head, f",{frequency}"
    return head, ",".join(parts)


def _forms(words: Iterable[str]) -> dict[str, str]:
    """Term -> the shortest word that stands for it."""
    best: dict[str, str] = {}
    for word in words:
        term, trimmed = _terms[word], _terms.forms.get(word, "")
        if term and (term not in best or (len(trimmed), trimmed) < (len(best[term]), best[term])):
            best[term] = trimmed
    return best
