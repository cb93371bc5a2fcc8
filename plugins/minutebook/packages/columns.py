"""A column of a table: what a JSON Schema says of a value, in the words of Table Schema.

The formats are those of the Data Package standard, version 2 (https://datapackage.org/standard/).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from minutebook.publishing.language import _
from minutebook.records.schema import codelist, schema

_TYPES = {"date": "date", "money": "number", "decimal": "number"}
"""The formats of our schemas that are a type of their own in Table Schema."""

_CONSTRAINTS = {
    "string": ("minLength", "maxLength", "pattern", "enum"),
    "integer": ("minimum", "maximum", "enum"),
}


@dataclass(frozen=True)
class Column:
    """One column. `path` leads to the value inside an item; `node` is its resolved JSON Schema.

    `title` and `description` are messages; `named` and `told` give them in the language of the site.
    `about` is what a `%s` in the description stands for.
    """

    name: str
    title: str
    description: str
    node: Mapping[str, Any]
    path: tuple[str, ...] = ()
    required: bool = False
    about: str = ""

    @property
    def named(self) -> str:
        """The title as it is published."""
        return titled(self.title)

    @property
    def told(self) -> str:
        """The description as it is published, with what a reader of a table should know besides."""
        text = _(self.description)
        if self.about:
            text %= _(self.about)
        if len(self.targets) > 1:
            # Table Schema knows no foreign key with a choice of tables, so it is said in words.
            kinds = (_(schema(kind).resolved["title"]).lower() for kind in self.targets)
            text += " " + _("It is the id of a %s.") % _(" or of a ").join(kinds)
        if self.node.get("format") == "markdown":
            text += " " + _("The text is Markdown.")
        return text

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
            "title": self.named,
            "description": self.told,
            "type": self.type,
        }
        limits: dict[str, Any] = {"required": True} if self.required else {}
        names = _CONSTRAINTS.get(self.type, ())
        limits |= {name: self.node[name] for name in names if name in self.node}
        if "codelist" in self.node:
            codes = codelist(self.node["codelist"]).values()
            found["categories"] = [{"value": one.code, "label": _(one.title)} for one in codes]
        return {**found, "constraints": limits} if limits else found


def columns(whole: Mapping[str, Any]) -> Iterator[Column]:
    """The columns of an object: its plain values, and those of the objects in it, flattened."""
    return _columns(whole, (), "", True)


def arrays(whole: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """The lists of an object and of the objects in it, each with the path to it."""
    for name, node in whole["properties"].items():
        if node["type"] == "array":
            yield (name,), node
        elif node["type"] == "object":
            for path, inner in arrays(node):
                yield (name, *path), inner


def _columns(
    whole: Mapping[str, Any], path: tuple[str, ...], title: str, required: bool
) -> Iterator[Column]:
    for name, node in whole["properties"].items():
        here = (*path, name)
        needed = required and name in whole.get("required", ())
        full = f"{title}: {node['title']}" if title else node["title"]
        if node["type"] == "object":
            yield from _columns(node, here, full, needed)
        elif node["type"] != "array":
            yield Column("_".join(here), full, node["description"], node, here, needed)


def titled(title: str) -> str:
    """A title in the language of the site; of one inside another, such as `Decision: Options`, each part."""
    return ": ".join(_(part) for part in title.split(": "))
