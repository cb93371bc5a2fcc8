"""What an import did, in plain lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from minutebook.importing.engine import Imported
from minutebook.importing.money import shown
from minutebook.importing.reading import DELIMITERS
from minutebook.importing.taking import Taken
from minutebook.importing.wording import counted
from minutebook.records.problems import shown as quoted

TOTALS = 5
"""How many of a file's own totals are shown."""


def of_file(path: Path, imported: Imported, dry_run: bool) -> str:
    """Everything that a person should see about the import of one file."""
    lines = [f"{path}: {_outcome(imported, dry_run)}", *_body(imported)]
    return "\n  ".join(lines)


def summary(results: Sequence[tuple[Path, Imported | str]], dry_run: bool) -> str:
    """One line about the whole run."""
    done = [result for _, result in results if not isinstance(result, str)]
    files = len({path for path, _ in results})
    failed = sum(isinstance(result, str) for _, result in results)
    rows = sum(result.taken.rows for result in done)
    payments = sum(result.taken.payments for result in done)
    total = sum(result.taken.pence_out for result in done)
    said = "could be imported" if dry_run else "imported"
    line = f"{files - failed:,} of {files:,} files {said}: {rows:,} rows in"
    noun = done[0].file.shape.noun if done else "payment"
    line += f" = {counted(payments, noun)} + {rows - payments:,} rejected; total {shown(total)}."
    return line + (f" {failed:,} not imported." if failed else "")


def _outcome(imported: Imported, dry_run: bool) -> str:
    if not imported.changed:
        return f"nothing to do, {imported.record} has it already"
    return f"{'would make' if dry_run else 'made'} {imported.record}"


def _body(imported: Imported) -> Iterator[str]:
    taken, period = imported.taken, imported.period
    line = imported.file.header.line
    header = f"header on line {line}" if line else "no header"
    yield f"read as {_read(imported)}; {header}; period {period.period} ({period.found})"
    yield from _figures(imported)
    yield from _columns(imported)
    yield from _remarks(taken)
    yield from imported.notes
    yield from _added(imported)
    yield from _rejected(imported)


def _read(imported: Imported) -> str:
    text = imported.file.text
    if text.sheet:
        return f"{text.encoding}, sheet {quoted(text.sheet)}"
    return f"{text.encoding}, {text.line_ends} line ends, {DELIMITERS[imported.file.delimiter]}s"


def _figures(imported: Imported) -> Iterator[str]:
    taken = imported.taken
    blank = (
        f"; {counted(imported.file.blank, 'blank row')} passed over" if imported.file.blank else ""
    )
    out = f"{counted(taken.payments, imported.file.shape.noun)} + {taken.rejected:,} rejected"
    yield f"rows:  {taken.rows:,} in = {out}{blank}"
    out, rejected = taken.pence_out, taken.pence_rejected
    yield f"money: {shown(taken.pence)} in = {shown(out)} + {shown(rejected)} rejected"
    for total in taken.totals[:TOTALS]:
        difference = total.says - total.rows
        agrees = "agrees with" if total.agrees else f"differs by {shown(difference)} from"
        rows = total.part if total.agrees and total.says == total.part else total.rows
        yield (
            f"the file's own total on line {total.line}, {shown(total.says)}, {agrees} the rows "
            f"above it, {shown(rows)}"
        )
    if taken.totals[TOTALS:]:
        wrong = sum(not total.agrees for total in taken.totals[TOTALS:])
        yield f"... and {len(taken.totals) - TOTALS:,} more totals, of which {wrong:,} differ"


def _columns(imported: Imported) -> Iterator[str]:
    taken = (f"{column} from {source}" for column, source in imported.file.matched.taken.items())
    yield f"columns taken: {'; '.join(taken)}"
    if imported.file.matched.left:
        left = (
            f"{source}, {counted(source.cells, 'cell')}" for source in imported.file.matched.left
        )
        yield f"columns NOT taken: {'; '.join(left)}"
    if imported.file.header.layout:
        yield "columns as remembered for this header"
    elif imported.noted:
        yield f"this header is new; its columns are noted in {imported.noted}: review them"


def _remarks(taken: Taken) -> Iterator[str]:
    if taken.duplicates:
        yield f"exact duplicates of an earlier row, kept: {taken.duplicates:,}"
    if taken.redacted:
        reasons = ", ".join(f"{code} {count:,}" for code, count in sorted(taken.redacted.items()))
        yield f"names withheld: {taken.redacted.total():,} ({reasons})"
    if taken.undated["lost"]:
        yield (
            f"dates that say nothing, such as 00:00:00, left empty: {taken.undated['lost']:,}; "
            "ask for the file with its dates"
        )
    if taken.serials:
        yield f"dates that were a spreadsheet's day numbers: {taken.serials:,}"
    for column, count in sorted(taken.unfit.items()):
        yield f"cells that are no {column}, left empty: {count:,}"
    if taken.failed_formulas:
        yield f"cells with a failed formula, such as #N/A, left empty: {taken.failed_formulas:,}"
    if taken.unseen:
        yield f"cells with a character that cannot be seen, restored or taken out: {taken.unseen:,}"
    if taken.lost_characters:
        yield (
            f"cells that lost a character (\N{REPLACEMENT CHARACTER}) before they reached us, "
            f"kept as they are: {taken.lost_characters:,}"
        )


def _added(imported: Imported) -> Iterator[str]:
    """What people added to the rows of the release that was there: kept, or gone with its row."""
    added = imported.added
    if added.kept:
        yield f"rows that keep the contract, decision or place that was added to them: {added.kept:,}"
    if added.lost:
        yield (
            f"rows with a contract, decision or place that are no longer in the file: {added.lost:,}; "
            "look for what became of them"
        )
    for number, looks in added.rows:
        yield f"gone: row {number:,} of the release, {quoted(looks)}"


def _rejected(imported: Imported) -> Iterator[str]:
    taken = imported.taken
    for line, reason in taken.problems:
        yield f"rejected line {line}: {reason}"
    if taken.rejected > len(taken.problems):
        yield f"... and {taken.rejected - len(taken.problems):,} more rejected"
    if taken.rejected:
        yield f"every rejected row is in {imported.release.id}.rejected.csv beside the release"
