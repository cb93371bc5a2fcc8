"""The rows of an export -> payments, and every row that cannot be one, with the reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from minutebook.importing import cells, dates, money, redaction
from minutebook.importing.columns import Source
from minutebook.importing.reading import Row
from minutebook.records.problems import shown

_TOTAL = re.compile(r"(?:(?:grand|sub|overall|sum)[- ]?)?totals?\W*", re.IGNORECASE)


class RejectionError(Exception):
    """This row cannot be taken; the text says why."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that was not taken: where it stands, why, its cells and its amount if one was read."""

    line: int
    reason: str
    cells: list[str]
    pence: int | None


@dataclass(frozen=True, slots=True)
class Total:
    """The file's own total row: what it says, and what the rows above it add up to."""

    line: int
    says: int
    rows: int


@dataclass(slots=True)
class Taken:
    """What became of the rows of a file that are not blank: each is a payment or rejected."""

    payments: list[dict[str, str]] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    rows: int = 0
    blank: int = 0
    pence: int = 0
    """The sum of every amount that could be read, total rows apart."""
    duplicates: int = 0
    days: list[date] = field(default_factory=list)
    months: list[date] = field(default_factory=list)
    undated: Counter[str] = field(default_factory=Counter)
    redacted: Counter[str] = field(default_factory=Counter)
    failed_formulas: int = 0
    lost_characters: int = 0
    serials: int = 0


class Taker:
    """Takes the rows of one file, whose columns and order of dates are known."""

    def __init__(
        self,
        columns: Mapping[str, Source],
        width: int,
        order: dates.Order,
        said: Sequence[dates.Said],
    ) -> None:
        self.columns = columns
        self.width = width
        self.order = order
        self.said = said
        self.seen: set[tuple[str, ...]] = set()
        self.taken = Taken()

    def take(self, rows: Sequence[Row]) -> Taken:
        """Take all rows; `said` holds what the date cell of each of them says."""
        for row, said in zip(rows, self.said, strict=True):
            self.taken.rows += 1
            pence, why = self._pence(row)
            if self._is_total(row, pence):
                self._reject_total(row, pence)
                continue
            self.taken.pence += pence or 0
            try:
                if pence is None:
                    raise RejectionError(why)
                self._add(row, self._payment(row, pence), said)
            except RejectionError as rejection:
                self._reject(row, str(rejection), pence)
        return self.taken

    def _cell(self, row: Row, column: str) -> str:
        source = self.columns.get(column)
        if source is None or source.index >= len(row.cells):
            return ""
        return row.cells[source.index].strip()

    def _pence(self, row: Row) -> tuple[int | None, str]:
        try:
            return money.read(self._cell(row, "Amount")), ""
        except money.UnreadableError as error:
            return None, str(error)

    def _is_total(self, row: Row, pence: int | None) -> bool:
        """A row labelled "Total", or one that holds nothing but the sum of those above it."""
        supplier = self._cell(row, "BeneficiaryName")
        if pence is None or self._cell(row, "TransactionNumber"):
            return False
        if _TOTAL.fullmatch(supplier):
            return True
        filled = [cell.strip() for cell in row.cells if cell.strip()]
        if supplier:
            return False
        labelled = any(_TOTAL.fullmatch(cell) for cell in filled)
        sums_up = len(self.taken.payments) > 1 and pence == self.taken.pence
        return labelled or (len(filled) == 1 and sums_up)

    def _reject_total(self, row: Row, pence: int | None) -> None:
        total = Total(row.line, pence or 0, self.taken.pence)
        self.taken.totals.append(total)
        self._reject(row, "it is the file's own total, not a payment", None)

    def _reject(self, row: Row, reason: str, pence: int | None) -> None:
        self.taken.rejected.append(Rejected(row.line, reason, row.cells, pence))

    def _payment(self, row: Row, pence: int) -> dict[str, str]:
        if any(cell.strip() for cell in row.cells[self.width :]):
            raise RejectionError(
                f"it has {len(row.cells)} cells and the header {self.width}, so that its cells may "
                "stand in the wrong columns"
            )
        payment = {}
        for column in self.columns:
            if column == "Amount":
                payment[column] = money.plain(pence)
            elif column != "PaymentDate":
                payment[column] = self._text(row, column)
        if not payment["BeneficiaryName"]:
            raise RejectionError("it has no supplier's name")
        return payment

    def _text(self, row: Row, column: str) -> str:
        cell = self._cell(row, column)
        if cell in cells.ERRORS:
            if column == "BeneficiaryName":
                raise RejectionError("its supplier's name is a spreadsheet's error")
            self.taken.failed_formulas += 1
            return ""
        self.taken.lost_characters += "\N{REPLACEMENT CHARACTER}" in cell
        try:
            return cells.text(column, cell)
        except cells.UnfitError as error:
            raise RejectionError(f"its {shown(self.columns[column].label)} {error}") from None

    def _add(self, row: Row, payment: dict[str, str], said: dates.Said) -> None:
        if "PaymentDate" in self.columns:
            payment["PaymentDate"] = self._date(said)
        reason = payment.get("RedactionReason") or redaction.reason(payment["BeneficiaryName"])
        if reason:
            payment["RedactionReason"] = reason
            self.taken.redacted[reason] += 1
        whole = tuple(row.cells[: self.width])
        self.taken.duplicates += whole in self.seen
        self.seen.add(whole)
        self.taken.payments.append(payment)

    def _date(self, said: dates.Said) -> str:
        if isinstance(said, dates.Unreadable):
            raise RejectionError(said.why)
        if isinstance(said, dates.Nothing):
            self.taken.undated["lost" if said.lost else "empty"] += 1
            return ""
        if isinstance(said, dates.Month):
            self.taken.undated["month"] += 1
            self.taken.months.append(said.start)
            return ""
        day = said.day(self.order) if isinstance(said, dates.Numbers) else said.day
        if day is None:
            first = "day" if self.order == "dmy" else "month"
            raise RejectionError(f"with the {first} first, there is no such day in the calendar")
        self.taken.serials += isinstance(said, dates.Day) and said.serial
        self.taken.days.append(day)
        return day.isoformat()
