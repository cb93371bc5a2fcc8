"""What a kind of release is made of: its columns, and which of them is the amount, the name, the date."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from minutebook.records.schema import schema
from minutebook.records.tables import row_type


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of release. `date` and `number` are "" where its rows have none."""

    classification: str
    properties: Mapping[str, Any]
    amount: str
    name: str
    date: str
    number: str
    required: Mapping[str, str]
    """The columns that a file must have -> what they are called in a sentence."""

    @property
    def needs_amount(self) -> bool:
        """Whether a row without an amount is no row: a register of contracts may leave it out."""
        return self.classification != "contracts"

    @property
    def dated(self) -> bool:
        """Whether the dates of its rows tell its period; contracts begin whenever they do."""
        return bool(self.date) and self.classification != "contracts"

    @property
    def suffix(self) -> str:
        """What the id of such a release ends in; payments are the rule and have none."""
        return {"payments": "", "purchase-card": "-card"}.get(
            self.classification, f"-{self.classification}"
        )

    @property
    def noun(self) -> str:
        """What one of its rows is called."""
        nouns = {"grants": "grant", "contracts": "contract", "budget": "line"}
        return nouns.get(self.classification, "payment")

    @property
    def title(self) -> str:
        """What such a release is called, before its period."""
        return _TITLES[self.classification]

    def columns_of(self, form: str) -> list[str]:
        """The columns whose cells are of a format, such as `date`."""
        return [name for name, node in self.properties.items() if node.get("format") == form]


_TITLES = {
    "payments": "Payments",
    "purchase-card": "Purchase card payments",
    "grants": "Grants awarded",
    "contracts": "Contracts register",
    "budget": "Budget",
}
_NAMES = {"grants": "recipient", "budget": "department"}


@functools.cache
def shape(classification: str) -> Shape:
    """The shape of a kind of release, from the schema of its rows."""
    properties = schema(row_type(classification)).resolved["properties"]
    roles = {node["role"]: name for name, node in properties.items() if "role" in node}
    amount, name = roles["amount"], roles["name"]
    required = {amount: "amount", name: _NAMES.get(classification, "supplier")}
    found = (amount, name, roles.get("date", ""), roles.get("number", ""))
    return Shape(classification, properties, *found, required)
