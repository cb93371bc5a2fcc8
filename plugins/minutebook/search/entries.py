"""A record -> the words by which it is found, and the card that a result shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from minutebook.records.addresses import address
from minutebook.records.prose import plain
from minutebook.records.records import name_of
from minutebook.records.references import references
from minutebook.records.register import Register
from minutebook.records.schema import codelist, schema

FIELDS = {"title": 10, "reference": 10, "summary": 3, "names": 3, "text": 1}
"""The fields of the index and how much a word in each of them weighs."""

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


@dataclass(frozen=True, slots=True)
class Found:
    """One entry of the index: the words under each of `FIELDS`, and the card."""

    words: dict[str, str]
    card: dict[str, Any]
    text: str
    """All of its prose, from which the snippet is cut."""


def entries(register: Register) -> Iterator[Found]:
    """Every record, in the order of type and id; its place is its number in the index."""
    for kind, record in register.records:
        document = record.document
        id = str(document["id"])
        text = " ".join(_texts(schema(kind).resolved, document, top=True))
        references_ = (id, document.get("identifier", ""), document.get("reference", ""))
        words = {
            "title": name_of(record),
            "reference": " ".join(references_),
            "summary": str(document.get("summary", "")),
            "names": " ".join(_names(register, kind, document)),
            "text": text,
        }
        card = {
            "type": schema(kind).resolved["title"],
            "title": name_of(record),
            "address": address(kind, id),
            "day": next((document[name] for name in _DAYS.get(kind, ()) if name in document), ""),
            "state": _state(kind, document),
            "summary": str(document.get("summary", "")),
        }
        yield Found({key: normalised(value) for key, value in words.items()}, card, text)


def normalised(text: str) -> str:
    """Text as it is indexed: typographic apostrophes made plain, money and references taken apart.

    `£231,456.50` becomes `231456.50` and `CAB/2026/01` becomes `CAB 2026 01`; the browser does the same
    with what a person types (theme/static/js/query.mjs).
    """
    text = text.replace("’", "'").replace("/", " ")
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    return re.sub(r"[£$€()\[\]{}\"“”‘:;]", " ", text)


def _texts(node: dict[str, Any], value: Any, top: bool = False) -> Iterator[str]:
    """Every text that a person wrote, in the order of the fields; no codes, ids, addresses or dates."""
    if node.get("type") == "array":
        for item in value:
            yield from _texts(node["items"], item)
    elif node.get("type") == "object":
        for key, part in node.get("properties", {}).items():
            if key in value and not (top and key in ("title", "name", "summary", "id")):
                yield from _texts(part, value[key])
    elif node.get("type") == "string" and not _NOT_TEXT & node.keys():
        yield plain(value) if node.get("format") == "markdown" else value


_NOT_TEXT = {"enum", "shape", "refersTo"}


def _names(register: Register, kind: str, document: Any) -> Iterator[str]:
    """The names of the people, places, topics and other records that it names, each once."""
    seen = set()
    for link in references(kind, document):
        for target in link.targets:
            if target != "council" and link.value in register.records.by_type[target]:
                name = name_of(register.records.get(target, link.value))
                if name not in seen:
                    seen.add(name)
                    yield name


def _state(kind: str, document: Any) -> str:
    properties = schema(kind).resolved["properties"]
    for name in _STATES:
        if name in document and "codelist" in properties.get(name, {}):
            return codelist(properties[name]["codelist"])[document[name]].title
    return ""
