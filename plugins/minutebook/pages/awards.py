"""Grants and registers of contracts as a page shows them: a table with the columns that are filled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from minutebook.pages.charts import lengths, ranked
from minutebook.pages.naming import link
from minutebook.pages.paid import columns_used
from minutebook.records.model import Release
from minutebook.records.register import Register
from minutebook.records.schema import schema
from minutebook.records.tables import row_type

PARTS = 12
LONG = 500
"""A column whose texts may be as long as this is given room."""


def rows_of(release: Release) -> tuple[Any, ...]:
    """The rows of a release, of whichever kind they are."""
    return release.payments or release.grants or release.contract_entries or release.budget_lines


def table(register: Register, release: Release, numbers: Iterable[int]) -> dict[str, Any]:
    """The columns that any row of the release fills, and the cells of the rows with these numbers."""
    properties = schema(row_type(release.classification)).resolved["properties"]
    rows = rows_of(release)
    names = columns_used(rows, list(properties))
    return {
        "columns": [
            {
                "title": properties[name]["title"],
                "kind": _kind(properties[name]),
                "names": properties[name].get("role") == "name",
            }
            for name in names
        ],
        "rows": [
            {
                "number": number + 1,
                "cells": [_cell(register, properties[name], rows[number], name) for name in names],
            }
            for number in numbers
        ],
    }


def _kind(node: dict[str, Any]) -> str:
    if "refersTo" in node:
        return "link"
    if "codelist" in node:
        return "code"
    if node.get("maxLength", 0) >= LONG:
        return "words"
    return str(node.get("format", node["type"]))


def _cell(register: Register, node: dict[str, Any], row: Any, name: str) -> Any:
    value = getattr(row, name)
    if value is not None and "refersTo" in node:
        return link(register, node["refersTo"][0], value)
    return value


def sums(release: Release) -> dict[str, Any]:
    """What the rows add up to by department and by whom they name, where names are not withheld."""
    properties = schema(row_type(release.classification)).resolved["properties"]
    name = next(name for name, node in properties.items() if node.get("role") == "name")
    services, names = Counter[str](), Counter[str]()
    withheld: Counter[str] = Counter()
    unvalued = 0
    for row in rows_of(release):
        if row.OrganisationalUnit:
            services[row.OrganisationalUnit] += row.Amount
        if row.RedactionReason:
            withheld[row.RedactionReason] += 1
        else:
            names[getattr(row, name)] += row.Amount
        unvalued += release.classification == "contracts" and row.ContractValue is None
    return {
        "services": _bars(services),
        "names": _bars(names),
        "name_count": len(names),
        "withheld": [{"reason": code, "count": withheld[code]} for code in sorted(withheld)],
        "unvalued": unvalued,
    }


def _bars(amounts: Counter[str]) -> list[dict[str, Any]]:
    ordered = ranked(+amounts, PARTS)
    bars = lengths(amount for _, amount in ordered)
    return [
        {"text": name, "address": "", "amount": amount, "length": length}
        for (name, amount), length in zip(ordered, bars, strict=True)
    ]
