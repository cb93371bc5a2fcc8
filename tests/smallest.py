"""The smallest councils: `council.yaml`, and for each type of record one with what it must hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from conftest import OPEN

from minutebook.drafting import PlainDumper
from minutebook.records.schema import record_types, schema

_SHAPES = {"date": "2026-05-01", "money": "1.00", "number": "1", "currency": "GBP", "time": "10:00"}


def write_council(content: Path) -> None:
    """Only `council.yaml`."""
    content.mkdir(parents=True)
    text = (OPEN / "council.yaml").read_text(encoding="utf-8")
    text = text.replace(".example/open", ".example")  # the tests serve it at the root
    (content / "council.yaml").write_text(text, encoding="utf-8")


def write_one_of_each(content: Path) -> None:
    """The same, and a record of each type, which hold nothing that may be left out."""
    write_council(content)
    for kind, folder in record_types().items():
        resolved, sections = schema(kind).resolved, schema(kind).sections
        document = _least(resolved)
        document["id"] = id_of(kind)
        if "name" in document:
            document["name"] = f"Some {kind}"  # two who are paid may not share a name
        if kind == "release":
            document |= {
                "rows": [{"BeneficiaryName": "Somebody", "Amount": "1.00"}],
                "row_count": "1",
            }
        suffix = resolved.get("fileType", "yaml")
        prose = {heading: field for heading, field in sections.items() if field in document}
        fields = {name: each for name, each in document.items() if name not in prose.values()}
        text = yaml.dump(fields, Dumper=PlainDumper, sort_keys=False)
        if suffix == "md":
            parts = [f"## {head}\n\n{document[name]}\n" for head, name in prose.items()]
            text = f"---\n{text}---\n" + "\n".join(parts).replace("## *\n\n", "")
        path = content / folder / f"{document['id']}.{suffix}"
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")


def id_of(kind: str) -> str:
    """The id of the only record of a type."""
    if kind == "council":
        return "testwick"
    return "2026-001" if kind in _NUMBERED else f"a-{kind}"


_NUMBERED = ("decision", "participation", "petition", "evaluation")


def _least(node: Mapping[str, Any]) -> Any:
    """The least that a value may be."""
    kind = node["type"]
    if kind == "object":
        needed = [*node.get("required", ()), *node.get("asked", ())]
        return {name: _least(node["properties"][name]) for name in dict.fromkeys(needed)}
    if kind == "array":
        return [_least(node["items"])] * node.get("minItems", 0)
    if kind in ("integer", "boolean"):
        return str(node.get("minimum", 0)) if kind == "integer" else "false"
    if "refersTo" in node:
        return id_of(node["refersTo"][0])
    if "enum" in node:
        return node["enum"][0]
    return _SHAPES.get(node.get("shape", ""), "Something")
