"""A document -> the text of its file, always the same for the same document."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import yaml

from minutebook.records.schema import schema


class _PlainDumper(yaml.CSafeDumper):
    """Writes text without quotes wherever it can: records are read as text, never guessed at."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the base class's own name


def text(kind: str, document: dict[str, Any]) -> str:
    """The file of a record: fields in the order of the schema, then the prose under its headings."""
    rules = schema(kind)
    properties = rules.resolved["properties"]
    headings = {field: heading for heading, field in rules.sections.items()}
    order = [name for name in properties if name in document]
    fields = {
        name: _ordered(document[name], properties[name]) for name in order if name not in headings
    }
    dumped = yaml.dump(
        fields, Dumper=_PlainDumper, allow_unicode=True, sort_keys=False, width=10_000
    )
    if rules.resolved["fileType"] == "yaml":
        return str(dumped)
    body = [f"\n## {headings[name]}\n\n{document[name]}\n" for name in order if name in headings]
    return "".join(["---\n", dumped, "---\n", *body])


def _ordered(value: Any, node: dict[str, Any]) -> Any:
    """Plain text throughout, every group of fields in the order of its schema."""
    if isinstance(value, list):
        return [_ordered(item, node["items"]) for item in value]
    if isinstance(value, dict):
        names = [name for name in node["properties"] if name in value]
        return {name: _ordered(value[name], node["properties"][name]) for name in names}
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def fingerprint(document: dict[str, Any]) -> dict[str, str]:
    """A short checksum of each field, by which it is seen later whether somebody changed it."""
    return {name: checksum(value) for name, value in sorted(document.items()) if name not in _OURS}


def checksum(value: Any) -> str:
    """Eight hexadecimal digits; `-` for a field that is not there."""
    if value is None:
        return "-"
    told = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:8]


def written(prints: dict[str, str]) -> str:
    """The checksums as one line of the record."""
    return " ".join(f"{name}={mark}" for name, mark in sorted(prints.items()))


def read(line: str) -> dict[str, str]:
    """The checksums that a record remembers."""
    pairs = (part.partition("=") for part in line.split())
    return {name: mark for name, _, mark in pairs if mark}


_OURS = frozenset({"id", "source"})
