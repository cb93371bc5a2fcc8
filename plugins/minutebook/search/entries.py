"""A record -> the words by which it is found, the card that a result shows, what one filters by."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import itemgetter
from typing import Any

from minutebook.publishing.amounts import band
from minutebook.publishing.language import _
from minutebook.records.addresses import address
from minutebook.records.links import Key
from minutebook.records.prose import plain
from minutebook.records.records import day_of, name_of
from minutebook.records.register import Register
from minutebook.records.schema import codelist, record_types, schema
from minutebook.search.wording import normalised

FIELDS = {"title": 10, "reference": 10, "summary": 3, "names": 3, "text": 1}
"""The fields of the index and how much a word in each of them weighs."""
SPAN = 1 << 20
"""Each type of record has so many numbers, so that a new record leaves those of other types alone."""
KINDS = ("decision", *sorted(set(record_types()) - {"decision", "supplier"}))
"""The types of records in the order of their numbers. Suppliers come after them, with or without a record."""
LONGEST = 6_000
"""How many characters of a record's text its card holds, to cut snippets from."""

_DAYS = {
    "participation": ("closes",),
    "petition": ("opened",),
    "evaluation": ("date",),
    "meeting": ("date",),
    "release": ("date_published",),
    "contract": ("award_date",),
}
_STATES = ("status", "state", "verdict", "classification")
_NOT_TEXT = {"enum", "shape", "refersTo"}
_MARK = re.compile(r"[*`~_|\[#>]")
_BEGIN = re.compile(r" {0,3}[-+=\d]")
_LINE = re.compile(r"\n {0,3}[-+=\d]")
_FACETS = ("body", "place", "topic")


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of the index: type, number, the words under each of `FIELDS`, card and facets."""

    kind: str
    number: int
    words: dict[str, str]
    card: dict[str, Any]
    facets: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Document:
    """One document to be. `key` says what it is made from: the same key, the same entry."""

    number: int
    key: str
    entry: Callable[[], Entry]


def documents(register: Register) -> Iterator[Document]:
    """Every record, in the order of its number: decisions first, then by type and id."""
    records = register.records
    named = _named(register)
    for place, kind in enumerate(KINDS):
        found = records.by_type.get(kind, {})
        if len(found) >= SPAN:
            raise ValueError(f"more than {SPAN} records of the type {kind} cannot be searched")
        for count, (id, record) in enumerate(found.items()):
            number, names = place * SPAN + count, named[kind, id]
            made_of = (kind, id, records.digests.get(record.path, ""), *map(itemgetter(2), names))
            key = "\n".join(made_of)
            yield Document(number, key, partial(_entry, kind, record, number, names))


Name = tuple[str, str, str]
"""A record that is named: its type, its name, and both in one."""


def _named(register: Register) -> Mapping[Key, list[Name]]:
    """For each record those that it names, in the order of type and id."""
    found: defaultdict[Key, list[Name]] = defaultdict(list)
    for target in sorted(register.links.inbound):
        called = name_of(register.records.get(*target))
        name = target[0], called, f"{target[0]} {called}"
        for kind, id, _field in register.links.inbound[target]:
            if not found[kind, id] or found[kind, id][-1] is not name:  # named in several fields
                found[kind, id].append(name)
    return found


def entries(register: Register) -> Iterator[Entry]:
    """Everything that is found, in the order of its number."""
    for document in documents(register):
        yield document.entry()


def _entry(kind: str, record: Any, number: int, named: Sequence[Name]) -> Entry:
    document = record.document
    id = str(document["id"])
    text = told(kind, document)
    summary = str(document.get("summary", ""))
    state, status = _state(kind, document)
    day = str(next((document[name] for name in _DAYS.get(kind, ()) if name in document), ""))
    if kind == "decision":
        day = day_of(record).isoformat()
    words = {
        "title": name_of(record),
        "reference": " ".join((id, document.get("identifier", ""), document.get("reference", ""))),
        "summary": summary,
        "names": " ".join(dict.fromkeys(name for _, name, _ in named)),
        "text": text,
    }
    card = {
        "type": _(schema(kind).resolved["title"]),
        "title": name_of(record),
        "address": address(kind, id),
        "day": day,
        "state": state,
        "status": status,
        "summary": summary,
        "text": text[:LONGEST],
    }
    facets = {
        "type": [card["type"]],
        "status": [state] if state else [],
        "amount": [*filter(None, [band(document)])],
        "day": [day] if day else [],
    }
    for facet in _FACETS:
        own = [name_of(record)] if kind == facet else []
        facets[facet] = [*own, *(name for target, name, _ in named if target == facet)]
    wording = {key: normalised(value) for key, value in words.items()}
    return Entry(kind, number, wording, card, facets)


def told(kind: str, document: Any) -> str:
    """Every text that a person wrote in a record, but for what stands in fields of its own."""
    return " ".join(_text(kind)(document))


Walk = Callable[[Any], Iterator[str]]


@functools.cache
def _text(kind: str) -> Walk:
    """Finds every text that a person wrote, in the order of the fields; no codes, ids or addresses."""
    resolved = dict(schema(kind).resolved)
    own = ("title", "name", "summary", "id")
    properties = {key: part for key, part in resolved["properties"].items() if key not in own}
    return _walker({**resolved, "properties": properties}) or (lambda value: iter(()))


def _marked(text: str) -> bool:
    """Whether a Markdown text can have marks at all; the others need not be searched for each of them."""
    return bool(_MARK.search(text) or _BEGIN.match(text) or _LINE.search(text))


def _walker(node: dict[str, Any]) -> Walk | None:
    if node.get("type") == "string":
        if _NOT_TEXT & node.keys():
            return None
        if node.get("format") == "markdown":
            return lambda value: iter((plain(value) if _marked(value) else value,))
        return lambda value: iter((value,))
    if node.get("type") == "array":
        each = _walker(node["items"])
        return (lambda value: (text for item in value for text in each(item))) if each else None
    parts = [
        (key, walk)
        for key, part in node.get("properties", {}).items()
        if (walk := _walker(part)) is not None
    ]
    if not parts:
        return None
    return lambda value: (text for key, walk in parts if key in value for text in walk(value[key]))


def _state(kind: str, document: Any) -> tuple[str, str]:
    """What its state is called, and the code for it."""
    properties = schema(kind).resolved["properties"]
    for name in _STATES:
        if name in document and "codelist" in properties.get(name, {}):
            code = document[name]
            return _(codelist(properties[name]["codelist"])[code].title), code
    return "", ""
