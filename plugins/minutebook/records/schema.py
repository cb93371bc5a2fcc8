"""Document -> problems: what a record may hold, from the JSON Schemas (2020-12) and codelists.

A schema is resolved once: references are put in place, codelists become the list of their codes. The
resolved form is what every other room reads (forms, docs, Table Schemas), so there is one truth.
"""

from __future__ import annotations

import csv
import datetime
import functools
import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fastjsonschema

from minutebook.records.document import Document, Section
from minutebook.records.messages import (
    Complaint,
    complaint,
    empty_section,
    repeated_section,
    unknown_section,
)
from minutebook.records.source import MOST

SCHEMAS = Path(__file__).resolve().parents[3] / "schemas"
"""Where the schemas of this software are."""

Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a codelist."""

    code: str
    title: str
    description: str


@functools.cache
def codelist(name: str) -> dict[str, Code]:
    """The entries of `schemas/codelists/<name>.csv`, by code, in their order."""
    with (SCHEMAS / "codelists" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: Code(**row) for row in csv.DictReader(file)}


@dataclass(frozen=True, slots=True)
class RecordSchema:
    """The rules for one type of record: its resolved schema and what was made ready from it."""

    name: str
    resolved: dict[str, Any]
    sections: dict[str, str]
    """Heading -> field. The heading `*` takes the whole body."""
    convert: Convert

    def document(self, parsed: Document) -> tuple[dict[str, Any], list[Complaint]]:
        """Put fields and sections together and give every value its type.

        Returns the document and what is wrong with its sections.
        """
        whole = {**parsed.fields}
        complaints: list[Complaint] = []
        for section in self._whole_body(parsed)[: MOST + 1]:
            field = self.sections.get(section.heading)
            if field is None:
                complaints.append(unknown_section(section, self.sections))
            elif field in whole:
                complaints.append(repeated_section(section))
            elif section.text:
                whole[field] = section.text
            else:
                complaints.append(empty_section(section))
        return self.convert(whole), complaints

    def _whole_body(self, parsed: Document) -> list[Section]:
        if "*" not in self.sections or not parsed.sections:
            return parsed.sections
        first = parsed.sections[0]
        parts = [f"## {part.heading}\n\n{part.text}" for part in parsed.sections if part.heading]
        text = "\n\n".join([first.text, *parts] if not first.heading else parts)
        return [Section("*", text, first.line)]

    def complaints(self, document: Any) -> Iterator[Complaint]:
        """What the schema says against a document; nothing when it is valid."""
        try:
            compiled(self.name)(document)
        except fastjsonschema.JsonSchemaValueException:
            errors = _validator(self.name).iter_errors(document)
            every = (said for error in errors for said in complaint(error))
            yield from itertools.islice(_once(every), MOST + 1)


def _once(every: Iterator[Complaint]) -> Iterator[Complaint]:
    """Each complaint once: the library reports every missing field apart, each time with all of them."""
    told: set[Complaint] = set()
    for said in every:
        if said not in told:
            told.add(said)
            yield said


@functools.cache
def schema(name: str) -> RecordSchema:
    """The rules for the type of record `name`, such as `decision`."""
    resolved = _resolve(_file(name))
    found = {
        value["section"]: key for key, value in resolved["properties"].items() if "section" in value
    }
    return RecordSchema(name, resolved, found, _converter(resolved) or (lambda value: value))


@functools.cache
def compiled(name: str) -> Callable[[Any], Any]:
    """A fast check against a schema, which says only that something is wrong, by an exception."""
    found: Callable[[Any], Any] = fastjsonschema.compile(
        _checks_only(schema(name).resolved),
        formats={"date": is_date},
        use_default=False,
        detailed_exceptions=False,
    )
    return found


@functools.cache
def prose_fields(name: str) -> tuple[str, ...]:
    """The fields of a type of record that hold Markdown."""
    every = schema(name).resolved["properties"].items()
    return tuple(key for key, node in every if node.get("format") == "markdown")


@functools.cache
def record_types() -> dict[str, str]:
    """The types of record that have a folder -> that folder, such as `decision` -> `decisions`."""
    every = sorted(path.name.removesuffix(".schema.json") for path in SCHEMAS.glob("*.schema.json"))
    return {name: _file(name)["folder"] for name in every if "folder" in _file(name)}


@functools.cache
def _file(name: str) -> dict[str, Any]:
    text = (SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def _resolve(node: Any) -> Any:
    """Put what `$ref` points at in its place (the node's own words win) and codes for codelists."""
    if isinstance(node, list):
        return [_resolve(item) for item in node]
    if not isinstance(node, dict):
        return node
    own = {key: _resolve(value) for key, value in node.items() if key != "$ref"}
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        target = _file("common")["$defs"][name]
        own = {**_resolve(target), "shape": name, "shapeHint": target["description"], **own}
    if "codelist" in own:
        own["enum"] = list(codelist(own["codelist"]))
    return own


def _checks_only(node: Any) -> Any:
    """A schema without the words that check nothing, which the compiler would trip over."""
    if isinstance(node, list):
        return [_checks_only(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: value for key, value in node.items() if key in _CHECKS}
    if kept.get("format") not in (None, "date"):
        del kept["format"]
    for key in ("items", "additionalProperties"):
        if key in kept:
            kept[key] = _checks_only(kept[key])
    if "properties" in kept:
        kept["properties"] = {key: _checks_only(part) for key, part in kept["properties"].items()}
    return kept


_STRUCTURE = {"type", "properties", "required", "additionalProperties", "items"}
_VALUES = {"enum", "pattern", "format", "minLength", "maxLength", "minimum", "maximum"}
_COUNTS = {"minItems", "maxItems", "uniqueItems", "maxProperties"}
_CHECKS = _STRUCTURE | _VALUES | _COUNTS


def is_date(value: str) -> bool:
    """Whether the text is a day of the calendar in the form of ISO 8601."""
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        return False
    return True


@functools.cache
def _validator(name: str) -> Any:
    from minutebook.records.thorough import validator  # long to load, and rarely needed

    return validator(schema(name).resolved, lambda value: is_date(value))


def _converter(node: dict[str, Any]) -> Convert | None:
    """A function that gives text the types of the schema, or None where there is only text."""
    kind = node.get("type")
    if kind == "integer":
        return _to_integer
    if kind == "boolean":
        return _to_boolean
    if kind == "array":
        return _list_converter(_converter(node["items"]))
    if kind == "object":
        parts = {key: _converter(part) for key, part in node.get("properties", {}).items()}
        return _object_converter({key: part for key, part in parts.items() if part})
    return None


def _to_integer(value: Any) -> Any:
    plain = type(value) is str and value.isascii() and value.removeprefix("-").isdecimal()
    return int(value) if plain and len(value) < 20 else value


def _to_boolean(value: Any) -> Any:
    return {"true": True, "false": False}.get(value, value) if type(value) is str else value


def _list_converter(each: Convert | None) -> Convert | None:
    if each is None:
        return None
    return lambda value: [each(item) for item in value] if isinstance(value, list) else value


def _object_converter(parts: dict[str, Convert]) -> Convert | None:
    if not parts:
        return None

    def convert(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {key: parts[key](item) if key in parts else item for key, item in value.items()}

    return convert
