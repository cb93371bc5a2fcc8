"""What was taken from an export -> the files of a release: record, table, and the rows rejected."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from minutebook.importing import money
from minutebook.importing.council import Organisation
from minutebook.importing.opening import Export
from minutebook.importing.period import Period
from minutebook.importing.refusal import RefusalError
from minutebook.importing.shape import Shape
from minutebook.importing.spool import Spool
from minutebook.importing.taking import Taken
from minutebook.records.source import TABLE_BYTES

_ID = 80


@dataclass(frozen=True, slots=True)
class Release:
    """A release ready to be put in its place: its id, its year's folder, and its files elsewhere."""

    id: str
    folder: str
    files: dict[str, Path]
    """Name -> where it lies now; the record last, since it makes the others count."""


def release_id(period: Period, organisation: Organisation, shape: Shape) -> str:
    """The id: the period, what it is unless payments, and whose unless the council's own."""
    found = f"{period.id}{shape.suffix}"
    found = found if organisation.is_council else f"{found}-{organisation.id}"
    if len(found) > _ID:
        raise RefusalError(f'would get the id "{found}", which is longer than {_ID} characters')
    return found


def build(
    export: Export,
    taken: Taken,
    spool: Spool,
    labels: Sequence[str],
    period: Period,
    organisation: Organisation,
    notes: Iterable[str],
) -> Release:
    """Make the files of a release from what was taken, in the folder of the spool.

    Raises `RefusalError` if they do not add up, or if the table is too large to be read.
    """
    shape, folder = spool.shape, spool.folder
    identity = release_id(period, organisation, shape)
    record = _record(identity, export, taken, period, organisation, shape)
    if text := " ".join(notes):
        record["notes"] = text[:2000].strip()
    table = folder / "table.csv"
    spool.table(table)
    if table.stat().st_size > TABLE_BYTES:
        raise RefusalError(
            f"would make a table of more than {TABLE_BYTES // 1024**2} MiB, which no repository "
            "carries well: export it a month or a quarter at a time"
        )
    _reconcile(table, taken, shape)
    files = {f"{identity}.csv": table}
    if taken.rejected:
        files[f"{identity}.rejected.csv"] = folder / "rejected.csv"
        spool.rejected(folder / "rejected.csv", labels)
    (folder / "record.yaml").write_text(
        yaml.safe_dump(record, sort_keys=False, allow_unicode=True, width=10_000), "utf-8"
    )
    files[f"{identity}.yaml"] = folder / "record.yaml"
    return Release(identity, str(period.start.year), files)


def _record(
    identity: str,
    export: Export,
    taken: Taken,
    period: Period,
    organisation: Organisation,
    shape: Shape,
) -> dict[str, object]:
    record: dict[str, object] = {
        "id": identity,
        "title": _title(period, organisation, shape),
        "classification": shape.classification,
        "organisation": organisation.id,
        "period": {"start": str(period.start), "end": str(period.end)},
        "currency": organisation.currency,
        "table": f"{identity}.csv",
        "row_count": taken.payments,
        "total": money.plain(taken.pence_out),
    }
    if "RedactionReason" in shape.properties:
        record["redacted_count"] = taken.redacted.total()
    record["source"] = {
        "title": export.name,
        "sha256": export.sha256,
        "rows": taken.rows,
        "rejected": taken.rejected,
    }
    return record


def _title(period: Period, organisation: Organisation, shape: Shape) -> str:
    if organisation.is_council:
        return f"{shape.title}, {period}"
    return f"{shape.title} by {organisation.name or organisation.id}, {period}"[:200].strip()


def _reconcile(table: Path, taken: Taken, shape: Shape) -> None:
    """Count and add up what will be published, as it will be read, against what came in."""
    count = out = 0
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            count += 1
            out += money.read(row[shape.amount]) if row.get(shape.amount) else 0
    pence = out + taken.pence_rejected
    if (count + taken.rejected, out, pence) != (taken.rows, taken.pence_out, taken.pence):
        raise RefusalError(
            "does not add up after the import, which is a mistake in this software: nothing was "
            "written; please report it, with the file"
        )
