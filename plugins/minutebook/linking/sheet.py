"""The file of suggestions: a CSV that a person reads, marks and hands back."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from minutebook.linking.refusal import RefusalError
from minutebook.linking.suggest import STRENGTHS, Suggestion
from minutebook.records.model.build import plain

ACCEPT = "Accept"
COLUMNS = (
    ACCEPT,
    "Strength",
    "Release",
    "Row",
    "PaymentDate",
    "BeneficiaryName",
    "Amount",
    "Purpose",
    "ContractRef",
    "DecisionRef",
    "Title",
    "Because",
)
YES, NO = ("yes", "y", "x"), ("", "no", "n")
FOLDER = "spending/"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MOST = 64 * 2**20


class Accepted(NamedTuple):
    """One row that a person marked: what to write, and what the payment must still look like."""

    line: int
    row: int
    contract: str
    decision: str
    looks: tuple[str, str, str]
    """PaymentDate, BeneficiaryName, Amount, as they stand in the table."""


def write(path: Path, suggestions: Iterable[Suggestion]) -> None:
    """Write the suggestions by strength, contract and row. `Accept` is left empty for a person.

    The file is whole or not there. Raises `RefusalError` if it cannot be written.
    """
    order = sorted(
        suggestions,
        key=lambda one: (STRENGTHS.index(one.strength), one.contract, one.release, one.row),
    )
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(_cells(one) for one in order)
    # The mark at the beginning lets a spreadsheet see that it is UTF-8.
    put(path, text.getvalue().encode("utf-8-sig"))


def _cells(one: Suggestion) -> list[str]:
    payment = one.payment
    day = payment.PaymentDate.isoformat() if payment.PaymentDate else ""
    name, purpose = guarded(payment.BeneficiaryName), guarded(payment.Purpose or "")
    found = (one.contract, one.decision, guarded(one.title), guarded(one.because))
    # With its folder, because a spreadsheet takes 2026-05 for a month and writes it anew.
    release = f"{FOLDER}{one.release}"
    return [
        "",
        one.strength,
        release,
        str(one.row),
        day,
        name,
        plain(payment.Amount),
        purpose,
        *found,
    ]


def guarded(text: str) -> str:
    """A text that a spreadsheet would run as a formula, with the sign before it that prevents that."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def put(path: Path, content: bytes) -> None:
    """Put a file there, whole. Raises `RefusalError` if that cannot be done."""
    try:
        handle, name = tempfile.mkstemp(prefix=".linking-", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        why = error.strerror or "the system refuses"
        raise RefusalError(f"{path} cannot be written ({why}).") from None


def read(path: Path) -> dict[str, list[Accepted]]:
    """The rows that a person marked, by release. Raises `RefusalError` about the first that is wrong."""
    try:
        if path.stat().st_size > _MOST:
            raise RefusalError(f"{path} is larger than 64 MB; it is not a file of suggestions.")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise RefusalError(f"{path} cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise RefusalError(f"{path} is not UTF-8: save it as CSV UTF-8.") from None
    table = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    found: dict[str, list[Accepted]] = {}
    try:
        missing = [name for name in COLUMNS if name not in (table.fieldnames or ())]
        if missing:
            names = ", ".join(missing)
            raise RefusalError(f"{path} has no column {names}: it is not a file of suggestions.")
        for cells in table:
            one = _accepted(path, table.line_num, cells)
            if one:
                id = cells["Release"].strip().removeprefix(FOLDER)
                found.setdefault(id, []).append(one)
    except csv.Error as error:
        message = f"{path}, line {table.line_num}: this is not CSV ({error})."
        raise RefusalError(message) from None
    return found


def _accepted(path: Path, line: int, cells: dict[str, str]) -> Accepted | None:
    at = f"{path}, line {line}"
    if None in cells or None in cells.values():
        raise RefusalError(f"{at}: the row has not {len(COLUMNS)} cells.")
    mark = cells[ACCEPT].strip().lower()
    if mark in NO:
        return None
    if mark not in YES:
        raise RefusalError(
            f'{at}: "{mark[:40]}" stands under Accept; write yes, or leave it empty.'
        )
    row = cells["Row"].strip()
    if not (row.isascii() and row.isdigit() and 0 < int(row[:9]) <= 10**8):
        raise RefusalError(f'{at}: "{row[:40]}" is not the number of a row.')
    contract, decision = cells["ContractRef"].strip(), cells["DecisionRef"].strip()
    if not contract and not decision:
        raise RefusalError(f"{at}: the row is accepted and names neither contract nor decision.")
    looks = (cells["PaymentDate"], cells["BeneficiaryName"], cells["Amount"])
    return Accepted(line, int(row), contract, decision, looks)
