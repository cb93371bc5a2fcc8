"""Numbers in public registers: what the registers are called, and where a number can be looked up.

The codes are those of org-id.guide; the list is `schemas/identifier-schemes.csv`.
"""

from __future__ import annotations

import csv
import functools
import re
from dataclasses import dataclass
from urllib.parse import quote

from minutebook.records.problems import shown
from minutebook.records.schema import SCHEMAS


@dataclass(frozen=True, slots=True)
class Scheme:
    """A register: its code, its name, the form of its numbers, and the address of an entry."""

    code: str
    title: str
    pattern: str
    example: str
    url: str

    def address(self, id: str) -> str:
        """Where an entry can be looked up; "" where the register has no page for each."""
        return self.url.replace("{id}", quote(id, safe=""))


@functools.cache
def schemes() -> dict[str, Scheme]:
    """The registers that are known, by code."""
    with (SCHEMAS / "identifier-schemes.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: Scheme(**row) for row in csv.DictReader(file)}


def fault(scheme: str, id: str) -> tuple[str, str] | None:
    """What is wrong with a number, and how to mend it. Any number of an unknown register is right."""
    known = schemes().get(scheme)
    if known is None or re.fullmatch(known.pattern, id):
        return None
    message = f"{shown(id)} is not a number of {known.title}"
    return message, f"write it as the register does, such as {known.example}"
