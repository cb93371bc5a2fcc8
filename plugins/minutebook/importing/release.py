"""Payments -> the three files of a release: its record, its table, and the rows rejected."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import yaml

from minutebook.importing import money
from minutebook.importing.columns import names
from minutebook.importing.council import Organisation
from minutebook.importing.opening import Export
from minutebook.importing.period import Period
from minutebook.importing.refusal import RefusalError
from minutebook.importing.taking import Rejected, Taken

_ID = 80


@dataclass(frozen=True, slots=True)
class Release:
    """A release ready to be written: its id, its year's folder and the text of each file."""

    id: str
    folder: str
    record: str
    table: str
    rejected: str

    @property
    def files(self) -> dict[str, str]:
        """File name -> text; the record last, since it makes the others count."""
        rejected = {f"{self.id}.rejected.csv": self.rejected} if self.rejected else {}
        return {f"{self.id}.csv": self.table, **rejected, f"{self.id}.yaml": self.record}


def release_id(period: Period, organisation: Organisation) -> str:
    """The id: the period, and whose it is unless it is the council's own."""
    found = period.id if organisation.is_council else f"{period.id}-{organisation.id}"
    if len(found) > _ID:
        raise RefusalError(f'would get the id "{found}", which is longer than {_ID} characters')
    return found


def build(
    export: Export,
    taken: Taken,
    labels: Sequence[str],
    period: Period,
    organisation: Organisation,
    notes: Iterable[str],
) -> Release:
    """Make the files of a release from what was taken from an export."""
    identity = release_id(period, organisation)
    record = {
        "id": identity,
        "title": _title(period, organisation),
        "classification": "payments",
        "organisation": organisation.id,
        "period": {"start": str(period.start), "end": str(period.end)},
        "currency": organisation.currency,
        "table": f"{identity}.csv",
        "row_count": len(taken.payments),
        "total": money.plain(sum(money.read(payment["Amount"]) for payment in taken.payments)),
        "redacted_count": taken.redacted.total(),
        "source": {
            "title": export.name,
            "sha256": export.sha256,
            "rows": taken.rows,
            "rejected": len(taken.rejected),
        },
    }
    if text := " ".join(notes):
        record["notes"] = text
    return Release(
        id=identity,
        folder=str(period.start.year),
        record=yaml.safe_dump(record, sort_keys=False, allow_unicode=True, width=10_000),
        table=_table(taken.payments),
        rejected=_rejected(taken.rejected, labels),
    )


def _title(period: Period, organisation: Organisation) -> str:
    if organisation.is_council:
        return f"Payments, {period}"
    return f"Payments by {organisation.name or organisation.id}, {period}"[:200].strip()


def used(payments: Sequence[dict[str, str]]) -> list[str]:
    """The columns that the payments fill, in the order of the schema; a lost date keeps its own."""
    filled = {column for payment in payments for column, cell in payment.items() if cell}
    filled |= {"PaymentDate"} & payments[0].keys() if payments else set()
    return [name for name in names() if name in filled]


def _table(payments: Sequence[dict[str, str]]) -> str:
    columns = used(payments)
    rows = ([payment.get(column, "") for column in columns] for payment in payments)
    return _csv([columns], rows)


def _rejected(rejected: Sequence[Rejected], labels: Sequence[str]) -> str:
    if not rejected:
        return ""
    filled = [index for row in rejected for index, cell in enumerate(row.cells) if cell.strip()]
    named = [index + 1 for index, label in enumerate(labels) if label]
    width = max([*(index + 1 for index in filled), *named], default=0)
    header = [labels[index] if index < len(labels) else "" for index in range(width)]
    rows = ([str(row.line), row.reason, *row.cells[:width]] for row in rejected)
    return _csv([["line", "reason", *header]], rows)


def _csv(header: Iterable[Sequence[str]], rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows(header)
    writer.writerows(rows)
    return text.getvalue()
