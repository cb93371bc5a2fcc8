"""What a schema has against a value, said plainly. The library's own messages are never shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from minutebook.records.document import Section, escaped
from minutebook.records.problems import allowed, shown

if TYPE_CHECKING:
    import jsonschema


@dataclass(frozen=True, slots=True)
class Complaint:
    """A problem of a record before its place in the file is looked up; `line` only where known."""

    pointer: str
    code: str
    message: str
    hint: str = ""
    line: int = 0
    severity: str = "error"


def complaint(error: jsonschema.ValidationError) -> Iterator[Complaint]:
    """One finding of the library as complaints; a finding about several fields becomes several."""
    pointer = "".join(f"/{escaped(str(part))}" for part in error.absolute_path)
    keyword = error.validator
    rule: Any = error.validator_value
    node: Any = error.schema
    value: Any = error.instance
    if keyword == "required":
        yield from missing(pointer, node, value, rule)
    elif keyword == "additionalProperties" and rule is False:
        yield from _unknown(pointer, node, value)
    elif keyword == "enum":
        if isinstance(value, str):  # for anything else the type is told
            name = node["codelist"].replace("-", " ")
            message = f"{shown(value)} is not {_article(name)}"
            yield Complaint(pointer, "codelist", message, allowed(rule, value))
    elif keyword == "type":
        wanted, hint = _TYPES[rule]
        found = _found(value)
        message = f"{found} stands here, not {wanted}"
        yield Complaint(pointer, "type", message, hint or node.get("description", ""))
    elif keyword == "pattern" and value == "" and "minLength" in node:
        return  # that nothing stands there is told
    elif keyword in _LIMITS:
        code, sentence = _LIMITS[keyword]
        counted = value if keyword in ("minimum", "maximum") else len(value)
        message = sentence.format(found=shown(value), rule=rule, counted=counted)
        yield Complaint(pointer, code, message, node.get("description", ""))
    else:
        yield _shape(pointer, node, value)


def missing(pointer: str, node: Any, value: Any, names: Iterable[str]) -> Iterator[Complaint]:
    """Those of the fields `names` that are missing from a group of fields.

    The library reports each missing field by itself but does not name it; so look for it.
    """
    for name in names:
        if name not in value:
            part = node["properties"][name]
            where = f' (under the heading "## {part["section"]}")' if "section" in part else ""
            if part.get("section") == "*":
                where = " (the text below the fields)"
            message = f'"{name}" is missing{where}'
            yield Complaint(
                pointer, "missing-field", message, f"{part['title']}: {part['description']}"
            )


def _unknown(pointer: str, node: Any, value: Any) -> Iterator[Complaint]:
    title = str(node.get("title", "record")).lower()
    for name in value:
        if name not in node["properties"]:
            message = f"{shown(name)} is not a field of {_article(title)}"
            place = f"{pointer}/{escaped(name)}"
            hint = allowed(node["properties"], name)
            yield Complaint(place, "unknown-field", message, hint)


def _article(name: str) -> str:
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


def _shape(pointer: str, node: Any, value: Any) -> Complaint:
    shape = node.get("shape", "")
    if shape == "date":
        message = f"{shown(value)} is not a day of the calendar"
    elif shape:
        message = f"{shown(value)} is not {_SHAPES.get(shape, f'a {shape}')}"
    else:
        message = f"{shown(value)} does not fit here"
    hint = node.get("shapeHint", "")
    if not shape and node.get("type") == "string" and isinstance(value, str):
        hint = "write it on one line, without spaces at its ends"
        if value == value.strip() and "\n" not in value:
            hint = node.get("description", "")
    return Complaint(pointer, shape or "text", message, hint)


def _found(value: Any) -> str:
    if isinstance(value, dict):
        return "a group of fields"
    if isinstance(value, list):
        return "a list"
    return shown(value) if value != "" else "nothing"


def complaint_of_cell(node: Any, required: bool, cell: str) -> Complaint:
    """What is wrong with a cell of a table that `node`, the schema of its column, does not take."""
    if not cell and required:
        return Complaint("", "missing-field", "nothing stands here", node["description"])
    if "enum" in node:
        name = node["codelist"].replace("-", " ")
        message = f"{shown(cell)} is not {_article(name)}"
        return Complaint("", "codelist", message, allowed(node["enum"], cell))
    if node["type"] == "boolean":
        return Complaint(
            "", "type", f"{shown(cell)} is neither true nor false", "write true or false"
        )
    if len(cell) > node.get("maxLength", len(cell)):
        message = _LIMITS["maxLength"][1].format(counted=len(cell), rule=node["maxLength"])
        return Complaint("", "too-long", message, node["description"])
    return _shape("", node, cell)


def unknown_section(section: Section, known: Iterable[str]) -> Complaint:
    """A heading that the record does not have, or text outside the headings."""
    names = [f'"## {heading}"' for heading in known]
    if not names:
        message, hint = "text stands below the fields", "this kind of record has fields only"
    elif not section.heading:
        message = "text stands before the first heading"
        hint = f"put it under one of these: {', '.join(names)}"
    else:
        message = f"{shown(section.heading)} is not a heading of this record"
        hint = allowed(list(known), section.heading)
    return Complaint("", "section", message, hint, section.line)


def repeated_section(section: Section) -> Complaint:
    """A heading that stands twice, or whose text stands in the fields as well."""
    message = f"{shown(section.heading)} stands in this record a second time"
    return Complaint("", "section", message, "keep one of the two", section.line)


def empty_section(section: Section) -> Complaint:
    """A heading with nothing below it."""
    message = f"nothing stands below the heading {shown(section.heading)}"
    return Complaint("", "section", message, "write the text, or delete the heading", section.line)


_TYPES = {
    "string": ("text", ""),
    "integer": ("a whole number", "write digits only, without separators, such as 1250"),
    "boolean": ("true or false", "write true or false"),
    "array": ("a list", "write each item on its own line, indented, after a hyphen and a space"),
    "object": ("a group of fields", "write each field on its own line, indented"),
}
_LIMITS = {
    "minLength": ("text", "nothing stands here"),
    "maxLength": (
        "too-long",
        "the text is {counted:,} characters long; at most {rule:,} are allowed",
    ),
    "minItems": ("too-few", "the list has {counted} items; at least {rule} are needed"),
    "maxItems": ("too-many", "the list has {counted:,} items; at most {rule:,} are allowed"),
    "maxProperties": ("too-many", "there are {counted:,} fields; at most {rule:,} are allowed"),
    "uniqueItems": ("duplicate", "something stands in this list twice"),
    "minimum": ("number", "{counted} is too small; the least is {rule:,}"),
    "maximum": ("number", "{counted} is too large; the most is {rule:,}"),
}
_SHAPES = {
    "id": "an id",
    "time": "a time of day",
    "money": "an amount of money",
    "number": "a number",
    "url": "a web address",
    "email": "an e-mail address",
    "sha256": "a SHA-256 checksum",
    "file_name": "the name of a file",
    "currency": "a currency code",
    "colour": "a colour",
}
