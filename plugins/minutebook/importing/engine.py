"""The import of one file, step by step, and of several in one run."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from minutebook.importing import columns, dates, header, money, reading
from minutebook.importing import period as periods
from minutebook.importing.council import Organisation
from minutebook.importing.opening import open_export
from minutebook.importing.refusal import RefusalError
from minutebook.importing.release import Release, build
from minutebook.importing.taking import Taken, Taker
from minutebook.importing.wording import counted
from minutebook.importing.writing import Shelf, write
from minutebook.records.problems import shown


@dataclass(frozen=True, slots=True)
class Request:
    """What the officer asked for, besides the files."""

    organisation: Organisation
    period: periods.Period | None = None
    date_order: dates.Order | None = None
    chosen: Mapping[str, str] = field(default_factory=dict)
    """Column -> header, where the synonyms do not say it."""
    dry_run: bool = False
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file."""

    text: reading.Text
    delimiter: str
    header: header.Header
    matched: columns.Matched
    taken: Taken
    period: periods.Chosen
    release: Release
    record: Path
    changed: bool
    notes: tuple[str, ...]
    """What a reader of the release must know; published with it."""


def import_file(path: Path, request: Request, shelf: Shelf) -> Imported:
    """Import one export and, unless it is a dry run, write its release.

    Raises `RefusalError`, with one sentence, if that cannot be done; then nothing was written.
    """
    export = open_export(path)
    text = reading.decode(export.raw)
    synonyms = columns.known().with_chosen(request.chosen)
    delimiter, found = header.find(text, synonyms)
    rows, blank = reading.below(text, delimiter, found.last_line)
    matched = columns.match(found.labels, rows, synonyms)
    _check_chosen(request.chosen, matched)
    taken = _take(rows, found, matched, request, export.name)
    taken.blank = blank
    chosen = periods.choose(taken.days or taken.months, export.name, request.period)
    notes = _notes(taken, chosen.period, matched)
    release = build(export, taken, found.labels, chosen.period, request.organisation, notes)
    _reconcile(release, taken)
    record, changed = shelf.place(release, export.name, export.sha256, request.replace)
    if changed and not request.dry_run:
        write(release, record)
    return Imported(text, delimiter, found, matched, taken, chosen, release, record, changed, notes)


def _check_chosen(chosen: Mapping[str, str], matched: columns.Matched) -> None:
    for column, label in chosen.items():
        source = matched.taken.get(column)
        if source is None or columns.key(source.label) != columns.key(label):
            raise RefusalError(
                f"has no column {shown(label)}, which was said to be {column}: check its name"
            )


def _take(
    rows: Sequence[reading.Row],
    found: header.Header,
    matched: columns.Matched,
    request: Request,
    name: str,
) -> Taken:
    said = [_date(row, matched) for row in rows]
    order = request.date_order
    if order is None:
        period = request.period or _sure(name)
        within = (period.start, period.end) if period else None
        lines = [(row.line, what) for row, what in zip(rows, said, strict=True)]
        order = dates.order_of(lines, within)
    taken = Taker(matched.taken, len(found.labels), order, said).take(rows)
    if not taken.rows:
        raise RefusalError(
            f"has a header on line {found.line} and no payment below it: export it again, or leave "
            "it out"
        )
    if not taken.payments:
        first = taken.rejected[0]
        raise RefusalError(
            f"has no row that can be taken, out of {taken.rows:,}; on line {first.line}, "
            f"{first.reason}: see that the header on line {found.line} stands above the right cells"
        )
    return taken


def _sure(name: str) -> periods.Period | None:
    named, sure = periods.in_name(name)
    return named if sure else None


def _date(row: reading.Row, matched: columns.Matched) -> dates.Said:
    source = matched.taken.get("PaymentDate")
    if source is None or source.index >= len(row.cells):
        return dates.Nothing()
    return dates.read(row.cells[source.index])


def _notes(taken: Taken, period: periods.Period, matched: columns.Matched) -> tuple[str, ...]:
    notes = []
    if taken.undated["month"] and not taken.days:
        notes.append("The source gives only the month of each payment, not the day.")
    elif not taken.days:
        notes.append("The source gives no payment dates.")
    elif missing := taken.undated.total():
        notes.append(f"The source gives no date for {counted(missing, 'payment')}.")
    outside = [day for day in taken.days if day not in period]
    if outside:
        spread = f"between {min(outside)} and {max(outside)}"
        when = f"on {outside[0]}" if len(set(outside)) == 1 else spread
        verb = "is" if len(outside) == 1 else "are"
        notes.append(f"{counted(len(outside), 'payment')} {verb} dated outside the period, {when}.")
    if matched.with_vat:
        notes.append("The amounts include VAT, as the source gives no others.")
    return tuple(notes)


def _reconcile(release: Release, taken: Taken) -> None:
    """Count and add up what will be published, as it will be read, against what came in."""
    table = list(csv.DictReader(io.StringIO(release.table)))
    out = sum(money.read(row["Amount"]) for row in table)
    rejected = sum(row.pence or 0 for row in taken.rejected)
    if (len(table) + len(taken.rejected), out + rejected) != (taken.rows, taken.pence):
        raise RefusalError(
            "does not add up after the import, which is a mistake in this software: nothing was "
            "written; please report it, with the file"
        )


def import_files(
    paths: Sequence[Path], request: Request, content: Path
) -> list[tuple[Path, Imported | str]]:
    """Import every file; a file that fails gives its sentence and does not stop the others."""
    shelf = Shelf(content)
    results: list[tuple[Path, Imported | str]] = []
    for path in paths:
        try:
            results.append((path, import_file(path, request, shelf)))
        except RefusalError as refusal:
            results.append((path, str(refusal)))
    return results
