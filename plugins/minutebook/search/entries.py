"""A record -> the words by which it is found, the card that a result shows, what one filters by."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from minutebook.publishing.language import _
from minutebook.records.addresses import address
from minutebook.records.prose import plain
from minutebook.records.records import Records, name_of
from minutebook.records.references import references
from minutebook.records.register import Register
from minutebook.records.schema import codelist, record_types, schema
from minutebook.search.facets import band
from minutebook.search.wording import normalised

FIELDS = {"title": 10, "reference": 10, "summary": 3, "names": 3, "text": 1}
"""The fields of the index and how much a word in each of them weighs."""
SPAN = 1 << 20
"""Each type of record has so many numbers, so that a new record leaves those of other types alone."""
LONGEST = 6_000
"""How many characters of a record's text its card holds, to cut snippets from."""

_DAYS = {
    "decision": ("date_decided", "date_proposed"),
    "participation": ("closes",),
    "petition": ("opened",),
    "evaluation": ("date",),
    "meeting": ("date",),
    "release": ("date_published",),
    "contract": ("award_date",),
}
_STATES = ("status", "state", "verdict", "classification")
_NOT_TEXT = {"enum", "shape", "refersTo"}
_MARKED = re.compile(r"[*`~_|\[#>]|^ {0,3}[-+=\d]", re.MULTILINE)
"""What only a Markdown text with marks has; the others need not be searched for each of them."""
_FACETS = ("body", "place", "topic")


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of the index: type, number, the words under each of `FIELDS`, card and facets."""

    kind: str
    number: int
    words: dict[str, str]
    card: dict[str, Any]
    facets: dict[str, list[str]]


def entries(register: Register) -> Iterator[Entry]:
    """Every record, in the order of its number: decisions first, then by type and id."""
    records = register.records
    for place, kind in enumerate(["decision", *sorted(set(record_types()) - {"decision"})]):
        for count, record in enumerate(records.by_type.get(kind, {}).values()):
            if count >= SPAN:
                raise ValueError(f"more than {SPAN} records of the type {kind} cannot be searched")
            yield _entry(records, kind, record, place * SPAN + count)


def _entry(records: Records, kind: str, record: Any, number: int) -> Entry:
    document = record.document
    id = str(document["id"])
    names, facets = _linked(records, kind, document)
    text = " ".join(_text(kind)(document))
    summary = str(document.get("summary", ""))
    state, status = _state(kind, document)
    day = str(next((document[name] for name in _DAYS.get(kind, ()) if name in document), ""))
    words = {
        "title": name_of(record),
        "reference": " ".join((id, document.get("identifier", ""), document.get("reference", ""))),
        "summary": summary,
        "names": " ".join(names),
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
    facets |= {
        "type": [card["type"]],
        "status": [state] if state else [],
        "amount": band(document),
        "day": [day] if day else [],
    }
    wording = {key: normalised(value) for key, value in words.items()}
    return Entry(kind, number, wording, card, facets)


Walk = Callable[[Any], Iterator[str]]


@functools.cache
def _text(kind: str) -> Walk:
    """Finds every text that a person wrote, in the order of the fields; no codes, ids or addresses."""
    resolved = dict(schema(kind).resolved)
    own = ("title", "name", "summary", "id")
    properties = {key: part for key, part in resolved["properties"].items() if key not in own}
    return _walker({**resolved, "properties": properties}) or (lambda value: iter(()))


def _walker(node: dict[str, Any]) -> Walk | None:
    if node.get("type") == "string":
        if _NOT_TEXT & node.keys():
            return None
        if node.get("format") == "markdown":
            return lambda value: iter((plain(value) if _MARKED.search(value) else value,))
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


def _linked(records: Records, kind: str, document: Any) -> tuple[list[str], dict[str, list[str]]]:
    """The names of the records that it names, each once, and those of bodies, places and topics."""
    names: dict[str, None] = {}
    facets: dict[str, list[str]] = {name: [] for name in _FACETS}
    if kind in facets:
        facets[kind].append(name_of(records.get(kind, document["id"])))
    for target, id in dict.fromkeys(
        (target, link.value) for link in references(kind, document) for target in link.targets
    ):
        if target != "council" and id in records.by_type[target]:
            name = name_of(records.get(target, id))
            names[name] = None
            if target in facets:
                facets[target].append(name)
    return list(names), facets


def _state(kind: str, document: Any) -> tuple[str, str]:
    """What its state is called, and the code for it."""
    properties = schema(kind).resolved["properties"]
    for name in _STATES:
        if name in document and "codelist" in properties.get(name, {}):
            code = document[name]
            return _(codelist(properties[name]["codelist"])[code].title), code
    return "", ""
