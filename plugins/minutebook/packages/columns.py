"""A column of a table: what a JSON Schema says of a value, in the words of Table Schema.

The formats are those of the Data Package standard, version 2 (https://datapackage.org/standard/).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from minutebook.records.schema import codelist

_TYPES = {"date": "date", "money": "number", "decimal": "number"}
"""The formats of our schemas that are a type of their own in Table Schema."""

_CONSTRAINTS = {
    "string": ("minLength", "maxLength", "pattern", "enum"),
    "integer": ("minimum", "maximum", "enum"),
}


@dataclass(frozen=True)
class Column:
    """One column. `path` leads to the value inside an item; `node` is its resolved JSON Schema."""

    name: str
    title: str
    description: str
    node: Mapping[str, Any]
    path: tuple[str, ...] = ()
    required: bool = False

    @property
    def type(self) -> str:
        """The type in Table Schema: string, integer, number, boolean or date."""
        kind: str = self.node["type"]
        return _TYPES.get(self.node.get("format", ""), kind)

    @property
    def targets(self) -> tuple[str, ...]:
        """The types of record that the value is the id of."""
        return tuple(self.node.get("refersTo", ()))

    def field(self) -> dict[str, Any]:
        """The field descriptor of Table Schema. Codes carry their titles as `categories`."""
        found: dict[str, Any] = {
            "name": self.name,
            "title": self.title,
            "description": self.description,
            "type": self.type,
        }
        limits: dict[str, Any] = {"required": True} if self.required else {}
        names = _CONSTRAINTS.get(self.type, ())
        limits |= {name: self.node[name] for name in names if name in self.node}
        if "codelist" in self.node:
            codes = codelist(self.node["codelist"]).values()
            found["categories"] = [{"value": one.code, "label": one.title} for one in codes]
        return {**found, "constraints": limits} if limits else found


def columns(schema: Mapping[str, Any]) -> Iterator[Column]:
    """The columns of an object: its plain values, and those of the objects in it, flattened."""
    return _columns(schema, (), "", True)


def arrays(schema: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """The lists of an object and of the objects in it, each with the path to it."""
    for name, node in schema["properties"].items():
        if node["type"] == "array":
            yield (name,), node
        elif node["type"] == "object":
            for path, inner in arrays(node):
                yield (name, *path), inner


def _columns(
    schema: Mapping[str, Any], path: tuple[str, ...], title: str, required: bool
) -> Iterator[Column]:
    for name, node in schema["properties"].items():
        here = (*path, name)
        needed = required and name in schema.get("required", ())
        full = f"{title}: {node['title']}" if title else node["title"]
        if node["type"] == "object":
            yield from _columns(node, here, full, needed)
        elif node["type"] != "array":
            yield Column("_".join(here), full, described(node), node, here, needed)


def described(node: Mapping[str, Any]) -> str:
    """The description of a value with what a reader of a table should know besides."""
    text = str(node["description"])
    targets = [name.replace("-", " ") for name in node.get("refersTo", ())]
    if len(targets) > 1:
        # Table Schema knows no foreign key with a choice of tables, so it is said in words.
        text += f" It is the id of a {' or of a '.join(targets)}."
    if node.get("format") == "markdown":
        text += " The text is Markdown."
    return text
