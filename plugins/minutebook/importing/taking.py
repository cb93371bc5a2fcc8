"""The second pass over the rows of an export: each is taken, or rejected with the reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from minutebook.importing import cells, dates, money, redaction
from minutebook.importing.columns import Source, known
from minutebook.importing.reading import Row
from minutebook.importing.shape import Shape
from minutebook.importing.spool import Spool
from minutebook.records.problems import shown

_TOTAL = re.compile(r"(?:(?:grand|sub|overall|sum)[- ]?)?totals?\W*", re.IGNORECASE)
_TOTAL_OF = re.compile(
    r"(?:(?:grand|sub|overall)[- ]?)?(?:totals?|sum)(?: (?:for|of|spend|payments?|amount|value|expenditure)"
    r"\b.{0,60})?\W*",
    re.IGNORECASE,
)
PROBLEMS = 5
"""How many rejected rows are shown; all of them are in the file beside the release."""


class RejectionError(Exception):
    """This row cannot be taken; the text says why."""


@dataclass(frozen=True, slots=True)
class Total:
    """A total row of the file: what it says, what all rows above add up to, and those since the last."""

    line: int
    says: int
    rows: int
    part: int

    @property
    def agrees(self) -> bool:
        """Whether it is the sum of the rows above it, or of those below the last such row."""
        return self.says in (self.rows, self.part)


@dataclass(slots=True)
class Taken:
    """What became of the rows of a file that are not blank: each was taken or rejected."""

    payments: int = 0
    pence_out: int = 0
    rejected: int = 0
    pence_rejected: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)
    """Line and reason of the first rejected rows."""
    totals: list[Total] = field(default_factory=list)
    rows: int = 0
    pence: int = 0
    """The sum of every amount that could be read, total rows apart."""
    duplicates: int = 0
    days: Counter[date] = field(default_factory=Counter)
    months: Counter[date] = field(default_factory=Counter)
    undated: Counter[str] = field(default_factory=Counter)
    redacted: Counter[str] = field(default_factory=Counter)
    unfit: Counter[str] = field(default_factory=Counter)
    """Cells left empty because they say nothing in the terms of their column, by column."""
    unvalued: int = 0
    failed_formulas: int = 0
    lost_characters: int = 0
    unseen: int = 0
    """Cells with characters that cannot be seen, which were restored or taken out."""
    serials: int = 0


class Taker:
    """Takes the rows of one file, whose columns and order of dates are known."""

    def __init__(
        self,
        shape: Shape,
        columns: Mapping[str, Source],
        width: int,
        order: dates.Order,
        spool: Spool,
    ) -> None:
        self.shape = shape
        self.columns = {name: source.index for name, source in columns.items()}
        self.labels = {name: source.label for name, source in columns.items()}
        self.width = width
        self.order = order
        self.spool = spool
        self.seen: set[int] = set()
        self.taken = Taken()
        self._since = 0
        self._dates = {name for name in shape.columns_of("date") if name in columns}

    def take(self, rows: Iterable[Row]) -> Taken:
        """Take all rows; they go to the spool as they come."""
        for row in rows:
            if row.blank:
                continue
            self.taken.rows += 1
            pence, why = self._pence(row)
            if pence is not None and self._is_total(row, pence):
                self._reject_total(row, pence)
                continue
            self.taken.pence += pence or 0
            self._since += pence or 0
            try:
                if why:
                    raise RejectionError(why)
                self._add(row, pence)
            except RejectionError as rejection:
                self._reject(row, str(rejection), pence or 0)
        return self.taken

    def _cell(self, row: Row, column: str) -> str:
        index = self.columns.get(column)
        if index is None or index >= len(row.cells):
            return ""
        return row.cells[index].strip()

    def _pence(self, row: Row) -> tuple[int | None, str]:
        cell = self._cell(row, self.shape.amount)
        if not cell and not self.shape.needs_amount:
            return None, ""
        try:
            return money.read(cell), ""
        except money.UnreadableError as error:
            again = known(self.shape.classification).column(cell) == self.shape.amount
            return None, "it is a header, not a payment" if again else str(error)

    def _is_total(self, row: Row, pence: int) -> bool:
        """A row labelled "Total", or one that holds nothing but the sum of those above it."""
        number = self._cell(row, self.shape.number)
        if number and not _TOTAL_OF.fullmatch(number):
            return False
        supplier = self._cell(row, self.shape.name)
        if _TOTAL.fullmatch(supplier):
            return True
        if supplier:
            return False
        filled = [cell.strip() for cell in row.cells if cell.strip()]
        labelled = any(_TOTAL_OF.fullmatch(cell) for cell in filled)
        sums_up = self.taken.payments > 1 and pence == self.taken.pence
        return labelled or (len(filled) == 1 and sums_up)

    def _reject_total(self, row: Row, pence: int) -> None:
        self.taken.totals.append(Total(row.line, pence, self.taken.pence, self._since))
        self._since = 0
        self._reject(row, "it is the file's own total, not a payment", 0)

    def _reject(self, row: Row, reason: str, pence: int) -> None:
        self.taken.rejected += 1
        self.taken.pence_rejected += pence
        if len(self.taken.problems) < PROBLEMS:
            self.taken.problems.append((row.line, reason))
        self.spool.reject(row, reason)

    def _add(self, row: Row, pence: int | None) -> None:
        if any(map(str.strip, row.cells[self.width :])):
            raise RejectionError(
                f"it has {len(row.cells)} cells and the header {self.width}, so that its cells may "
                "stand in the wrong columns"
            )
        found = {}
        for column in self.columns:
            if column == self.shape.amount:
                found[column] = "" if pence is None else money.plain(pence)
            elif column in self._dates:
                found[column] = self._date(row, column)
            else:
                found[column] = self._text(row, column)
        if not found[self.shape.name]:
            raise RejectionError(f"it has no {self.shape.required[self.shape.name]}'s name")
        self._count(row, found, pence)
        self.spool.add(found)

    def _count(self, row: Row, found: dict[str, str], pence: int | None) -> None:
        taken = self.taken
        if "RedactionReason" in self.shape.properties:
            reason = found.get("RedactionReason") or redaction.reason(found[self.shape.name])
            if reason:
                found["RedactionReason"] = reason
                taken.redacted[reason] += 1
        taken.payments += 1
        taken.pence_out += pence or 0
        taken.unvalued += pence is None
        whole = hash(tuple(row.cells[: self.width]))
        taken.duplicates += whole in self.seen
        self.seen.add(whole)

    def _text(self, row: Row, column: str) -> str:
        cell = self._cell(row, column)
        if cell in cells.ERRORS:
            if column == self.shape.name:
                what = self.shape.required[self.shape.name]
                raise RejectionError(f"its {what}'s name is a spreadsheet's error")
            self.taken.failed_formulas += 1
            return ""
        self.taken.lost_characters += "\N{REPLACEMENT CHARACTER}" in cell
        self.taken.unseen += cells.unseen(cell)
        try:
            return cells.text(self.shape.classification, column, cell)
        except cells.UnfitError as error:
            if error.optional:
                self.taken.unfit[column] += 1
                return ""
            raise RejectionError(f"its {shown(self.labels[column])} {error}") from None

    def _date(self, row: Row, column: str) -> str:
        said = dates.read(self._cell(row, column))
        main = column == self.shape.date
        if isinstance(said, dates.Numbers):
            said = self._ordered(said)
        if isinstance(said, dates.Unreadable):
            if main and self.shape.dated:
                raise RejectionError(said.why)
            self.taken.unfit[column] += 1
            return ""
        if isinstance(said, dates.Day):
            if main:
                self.taken.serials += said.serial
                self.taken.days[said.day] += 1
            return said.day.isoformat()
        if main:
            self._undated(said)
        return ""

    def _ordered(self, said: dates.Numbers) -> dates.Said:
        day = said.day(self.order)
        if day is not None:
            return dates.Day(day)
        first = "day" if self.order == "dmy" else "month"
        return dates.Unreadable(f"with the {first} first, there is no such day in the calendar")

    def _undated(self, said: dates.Said) -> None:
        if isinstance(said, dates.Month):
            self.taken.undated["month"] += 1
            self.taken.months[said.start] += 1
        else:
            lost = isinstance(said, dates.Nothing) and said.lost
            self.taken.undated["lost" if lost else "empty"] += 1
