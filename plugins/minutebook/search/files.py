"""The files of an index besides its chunks and cards, and the manifest that names them all.

/search/index.json                what there is, and the name of every file below; the first to be loaded
/search/terms/NAME.json           a chunk of terms (chunks.py)
/search/lengths/NAME.json         the field lengths of up to 8192 documents: a text a field, a character each
/search/words/NAME.json           the dictionary: every term, the word people write for it, how common it is
/search/names/NAME.json           people, places, topics, bodies and providers, suggested while typing
/search/facets/NAME.json          one property of all documents, to filter and to sort by (facets.py)
/search/cards/NUMBER.json         what a result shows of one document
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from minutebook.search.chunks import chunks, digest, dump, order
from minutebook.search.collecting import uncollected
from minutebook.search.entries import FIELDS
from minutebook.search.facets import columns
from minutebook.search.index import WIRE_VERSION, Index
from minutebook.search.parts import Part

File = tuple[str, bytes]
BLOCK = 13
"""2 ** 13 documents share a file of lengths."""
_SHIFT = 0x23
_LONGEST = 0xD000


def published(made: Sequence[Part]) -> Iterator[File]:
    """All files but the cards; the manifest, which names the others, comes last."""
    every = [facets for part in made for facets in part["facets"]]
    manifest: dict[str, Any] = {"version": WIRE_VERSION, "documents": len(every), "facets": {}}
    with uncollected():
        index = Index(FIELDS, made)
    yield from index_files(index, manifest)
    written: set[str] = set()
    for name, column in columns(every):
        held: dict[str, Any] = {}
        file = named("facets", column, held)
        manifest["facets"][name] = held["facets"]
        if held["facets"] not in written:  # two columns that nobody fills are one and the same file
            written.add(held["facets"])
            yield file
    yield named("names", [name for part in made for name in part["names"]], manifest)
    yield "search/index.json", dump(manifest)


def index_files(index: Index, manifest: dict[str, Any]) -> Iterator[File]:
    """Chunks, lengths and dictionary; what the manifest says of them is added to it."""
    begins, names = [], []
    for chunk in chunks(index):
        begins.append(chunk.begins)
        names.append(chunk.name)
        yield f"search/terms/{chunk.name}.json", chunk.content
    manifest["begins"] = " ".join(["", *begins[1:]])
    manifest["terms"] = "".join(names)
    manifest["fields"] = index.fields
    manifest["averages"] = index.averages
    manifest["blocks"] = {}
    for blocks, content in _lengths(index):
        name = digest(content)
        for block, count, offset in blocks:
            manifest["blocks"][str(block)] = [count, name, offset]
        yield f"search/lengths/{name}.json", content
    yield named("words", _dictionary(index), manifest)


def named(folder: str, value: Any, manifest: dict[str, Any]) -> File:
    """A file named by what is in it; the manifest remembers the name."""
    content = dump(value)
    manifest[folder] = digest(content)
    return f"search/{folder}/{manifest[folder]}.json", content


def characters(values: list[int]) -> str | list[int]:
    """Small numbers as one character each: a third of what digits take, compressed."""
    if max(values, default=0) > _LONGEST:
        return values
    return "".join(chr(value + _SHIFT) for value in values)


def _lengths(index: Index) -> Iterator[tuple[list[tuple[int, int, int]], bytes]]:
    """Files of field lengths, each with its blocks: number, how many documents, where they begin."""
    held: list[tuple[int, int, int]] = []
    start = end = 0
    for block in sorted({number >> BLOCK for number in index.numbers}):
        first = block << BLOCK
        after = bisect_left(index.numbers, first + (1 << BLOCK))
        if index.numbers[end] != first or index.numbers[after - 1] != first + after - end - 1:
            raise ValueError("the numbers of the documents of a type must leave no gap")
        if held and after - start > 1 << BLOCK:
            yield held, _columns(index, start, end)
            held, start = [], end
        held.append((block, after - end, end - start))
        end = after
    if held:
        yield held, _columns(index, start, end)


def _columns(index: Index, start: int, end: int) -> bytes:
    return dump([characters(each[start:end]) for each in index.lengths])


def _dictionary(index: Index) -> dict[str, Any]:
    """Terms and words front-coded: how many characters are as in the one before, and the rest.

    A word is given only where it is not the term itself.
    """
    forms = index.forms
    keys = sorted(index.terms, key=order)
    words = [forms[key] if forms[key] != key else "" for key in keys]
    commonness = [index.counts[key].bit_length() for key in keys]
    return {
        "terms": " ".join(_front_coded(keys)),
        "words": " ".join(_endings(keys, words)),
        "common": characters(commonness),
    }


def _front_coded(keys: list[str]) -> Iterator[str]:
    before = ""
    for key in keys:
        same = _same(key, before)
        yield f"{chr(min(same, 60) + _SHIFT)}{key[min(same, 60) :]}"
        before = key


def _endings(keys: list[str], words: list[str]) -> Iterator[str]:
    for key, word in zip(keys, words, strict=True):
        same = min(_same(key, word), 60)
        yield f"{chr(same + _SHIFT)}{word[same:]}" if word else ""


def _same(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b or ord(a) > 0xFFFF:  # JavaScript counts UTF-16, in which these are two
            break
        count += 1
    return count
