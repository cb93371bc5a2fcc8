"""The schemas, the codelists and the classes of the model say the same; both passes over a record agree."""

from __future__ import annotations

import copy
import dataclasses
import datetime
import functools
import json
import types
import typing
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import fastjsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from record_cases import BASE

from minutebook.records import model, shelving
from minutebook.records.load import load
from minutebook.records.model.values import Pence, Record
from minutebook.records.schema import (
    _CHECKS,
    SCHEMAS,
    _validator,
    codelist,
    compiled,
    is_date,
    record_types,
    schema,
)
from minutebook.records.tables import row_type

CLASSES: dict[str, type[Any]] = {
    **shelving.CLASSES,
    "payment": model.Payment,
    "card-payment": model.CardPayment,
    "grant": model.Grant,
    "contract-entry": model.ContractEntry,
    "budget-line": model.BudgetLine,
}
TOLD = {
    "$schema",
    "$id",
    "$ref",
    "title",
    "description",
    "$defs",
    "codelist",
    "refersTo",
    "inverse",
}
TOLD |= {
    "asked",
    "section",
    "folder",
    "file",
    "fileType",
    "rowOf",
    "rowsOf",
    "role",
    "table",
    "shape",
    "shapeHint",
}
ROWS = {"payments", "grants", "contract_entries", "budget_lines", "sums", "digest"}
"""Fields of a release that its table fills in."""


def sources() -> dict[str, Any]:
    """Every schema as it is written."""
    return {
        path.name.removesuffix(".schema.json"): json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(SCHEMAS.glob("*.schema.json"))
    }


def nodes(node: Any, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema within a schema, with the way to it."""
    if not isinstance(node, dict):
        return
    yield where, node
    for key in ("properties", "$defs"):
        for name, part in node.get(key, {}).items():
            yield from nodes(part, f"{where}/{name}")
    for key in ("items", "additionalProperties"):
        yield from nodes(node.get(key), f"{where}/{key}")


EVERY = [found for name, source in sources().items() for found in nodes(source, name)]


def test_every_property_is_explained_to_a_clerk() -> None:
    named = [(where, node) for where, node in EVERY if not where.endswith("additionalProperties")]
    silent = [
        where for where, node in named if not node.get("title") or not node.get("description")
    ]
    assert silent == []


def test_the_compiler_knows_every_word_that_checks_something() -> None:
    unknown = {(where, word) for where, node in EVERY for word in node.keys() - _CHECKS - TOLD}
    assert unknown == set()


def test_no_record_can_hold_a_hidden_field() -> None:
    loose = [
        where
        for where, node in EVERY
        if node.get("type") == "object" and node.get("additionalProperties") is not False
    ]
    assert loose == ["release/rows/items"]


def test_every_list_and_text_has_an_end() -> None:
    resolved = [found for name in CLASSES for found in nodes(schema(name).resolved, name)]
    endless = [
        where for where, node in resolved if node["type"] == "array" and "maxItems" not in node
    ]
    ends = {"maxLength", "pattern", "enum", "codelist"}
    endless += [
        where for where, node in resolved if node["type"] == "string" and not ends & set(node)
    ]
    assert endless == []


def test_every_codelist_is_used_and_there() -> None:
    notes = [json.loads(path.read_text("utf-8")) for path in SCHEMAS.glob("notes/*.json")]
    every = [*EVERY, *(found for note in notes for found in nodes(note, note["$id"]))]
    used = {node["codelist"] for _, node in every if "codelist" in node}
    assert used == {path.stem for path in (SCHEMAS / "codelists").glob("*.csv")}


@pytest.mark.parametrize(
    "path", sorted((SCHEMAS / "codelists").glob("*.csv")), ids=lambda it: it.stem
)
def test_every_code_is_explained(path: Any) -> None:
    entries = codelist(path.stem)
    assert len(entries) == path.read_text(encoding="utf-8").strip().count("\n")
    for entry in entries.values():
        assert entry.title
        assert entry.description.endswith(".")
        assert entry.code == entry.code.lower().replace(" ", "-").replace("_", "-")


def test_every_reference_names_a_type() -> None:
    targets = {target for _, node in EVERY for target in node.get("refersTo", ())}
    assert targets <= {*record_types(), "council"}


def test_every_type_has_a_class() -> None:
    assert CLASSES.keys() == sources().keys() - {"common"}
    assert {row_type(code) for code in codelist("release-classification")} == {
        "payment",
        "card-payment",
        "grant",
        "contract-entry",
        "budget-line",
    }


# The classes


def kind_of(node: Mapping[str, Any]) -> Any:
    """The type of a field that a schema asks for; an object stands for itself."""
    simple = {"date": datetime.date, "money": Pence, "decimal": Decimal}
    if node["type"] == "string":
        return simple.get(node.get("format", ""), str)
    return {"integer": int, "boolean": bool, "array": tuple, "object": object}[node["type"]]


def differences(cls: Any, node: Mapping[str, Any], where: str) -> Iterator[str]:
    """Where a class and a schema say different things."""
    own = {field.name for field in dataclasses.fields(Record)} if issubclass(cls, Record) else set()
    fields = {it.name: it for it in dataclasses.fields(cls) if it.name not in own | ROWS}
    properties = node["properties"]
    if list(fields) != list(properties):
        yield f"{where}: {sorted(fields.keys() ^ properties.keys()) or 'another order'}"
    hints = typing.get_type_hints(cls)
    for name in fields.keys() & properties.keys():
        optional = fields[name].default is not dataclasses.MISSING
        if optional == (name in node["required"]):
            yield f"{where}/{name}: required in one of the two"
        yield from of_type(hints[name], properties[name], f"{where}/{name}", optional)


def of_type(hint: Any, node: Mapping[str, Any], where: str, optional: bool) -> Iterator[str]:
    wanted = kind_of(node)
    if wanted is tuple:
        if typing.get_origin(hint) is not tuple or typing.get_args(hint)[1] is not Ellipsis:
            yield f"{where}: {hint} for a list"
        else:
            yield from of_type(typing.get_args(hint)[0], node["items"], f"{where}/items", False)
        return
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        if not optional or type(None) not in typing.get_args(hint):
            yield f"{where}: {hint}"
        hint = next(part for part in typing.get_args(hint) if part is not type(None))
    elif optional:
        yield f"{where}: may be missing, and {hint} says nothing of None"
    if wanted is not object:
        if hint is not wanted:
            yield f"{where}: {hint} for {wanted}"
    elif dataclasses.is_dataclass(hint):
        yield from differences(hint, node, where)
    elif hint != Mapping[str, str]:
        yield f"{where}: {hint} for a group of fields"


@pytest.mark.parametrize("name", CLASSES)
def test_class_and_schema_are_the_same(name: str) -> None:
    assert list(differences(CLASSES[name], schema(name).resolved, name)) == []
    assert not {"path", "document", *ROWS} & schema(name).resolved["properties"].keys()


@pytest.mark.parametrize("change", ["name", "required", "type", "item"])
def test_a_difference_is_found(change: str) -> None:
    node = copy.deepcopy(schema("decision").resolved)
    if change == "name":
        node["properties"]["colour"] = node["properties"].pop("origin")
    elif change == "required":
        node["required"].remove("title")
    elif change == "type":
        node["properties"]["budget"]["properties"]["amount"]["format"] = "decimal"
    else:
        node["properties"]["places"]["items"]["type"] = "integer"
    assert list(differences(model.Decision, node, "decision")) != []


def test_classes_are_frozen() -> None:
    for cls in CLASSES.values():
        assert cls.__dataclass_params__.frozen


# The two passes


@functools.cache
def sound() -> list[tuple[str, dict[str, Any]]]:
    """Valid documents of every type."""
    records = load(BASE).records
    assert records is not None
    found = [(kind, dict(record.document)) for kind, record in records]
    return [*found, ("council", dict(records.council.document))]


def test_there_is_a_sound_document_of_every_type() -> None:
    assert {kind for kind, _ in sound()} == shelving.CLASSES.keys()


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container in a document with every key in it."""
    keys = (
        value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    )
    for key in list(keys):
        yield value, key
        yield from places(value[key])


VALUES = st.sampled_from(
    [
        "",
        "a",
        "A b",
        "a\nb",
        "a\n",
        "2026-02-31",
        "2026-05-14",
        "2026-05-14\n",
        "20260514",
        "12.50",
        "12.505",
        "-1",
        "1,000",
        "proposed",
        "for",
        "https://a.example",
        "a@b.example",
        "#0b5d4b",
        "#0b5d4b\n",
        "18:30",
        "24:00",
        "GBP",
        "é",
        "２０２６",
        "en-GB",
        " ",
    ]
) | st.one_of(
    st.integers(-2, 9),
    st.booleans(),
    st.just(10**13),
    st.builds(list),
    st.builds(dict),
    st.lists(st.sampled_from(["a", "b"]), max_size=3),
    st.just([{"a": "b"}, {"a": "b"}]),
    st.text(max_size=8),
    st.sampled_from(["x" * 500, "0" * 64]),
)


@settings(derandomize=True, deadline=None, database=None, max_examples=2500)
@given(data=st.data())
def test_both_passes_agree(data: st.DataObject) -> None:
    kind, document = data.draw(st.sampled_from(sound()), label="document")
    document = copy.deepcopy(document)
    for _ in range(data.draw(st.integers(1, 2), label="changes")):
        container, key = data.draw(st.sampled_from(list(places(document))), label="place")
        change = data.draw(st.sampled_from(["replace", "remove", "add", "repeat"]), label="change")
        if change == "remove":
            del container[key]
        elif change == "repeat" and isinstance(container, list):
            container.append(copy.deepcopy(container[key]))
        elif change == "add" and isinstance(container, dict):
            container["another"] = copy.deepcopy(data.draw(VALUES, label="value"))
        else:
            container[key] = copy.deepcopy(data.draw(VALUES, label="value"))
        if not document:
            break
    valid = True
    try:
        compiled(kind)(document)
    except fastjsonschema.JsonSchemaValueException:
        valid = False
    assert valid == (next(_validator(kind).iter_errors(document), None) is None)
    said = list(schema(kind).complaints(document))
    assert valid == (not said)
    assert all(len(it.message) + len(it.hint) < 1000 for it in said)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("2026-05-14", True),
        ("2024-02-29", True),
        ("2026-02-29", False),
        ("2026-02-31", False),
        ("0000-01-01", False),
        ("14 May 2026", False),
        ("", False),
    ],
)
def test_days(text: str, good: bool) -> None:
    assert is_date(text) is good
