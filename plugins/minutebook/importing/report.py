"""What an import did, in plain lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from minutebook.importing.engine import Imported
from minutebook.importing.money import shown
from minutebook.importing.reading import DELIMITERS
from minutebook.importing.taking import Taken
from minutebook.importing.wording import counted

PROBLEMS = 5
"""How many rejected rows are shown; all of them are in the file beside the release."""


def of_file(path: Path, imported: Imported, dry_run: bool) -> str:
    """Everything that a person should see about the import of one file."""
    lines = [f"{path}: {_outcome(imported, dry_run)}", *_body(imported)]
    return "\n  ".join(lines)


def summary(results: Sequence[tuple[Path, Imported | str]], dry_run: bool) -> str:
    """One line about the whole run."""
    done = [result for _, result in results if not isinstance(result, str)]
    failed = len(results) - len(done)
    rows = sum(result.taken.rows for result in done)
    payments = sum(len(result.taken.payments) for result in done)
    total = sum(_out(result.taken) for result in done)
    said = "could be imported" if dry_run else "imported"
    line = f"{len(done):,} of {len(results):,} files {said}: {rows:,} rows in"
    line += f" = {payments:,} payments + {rows - payments:,} rejected; total {shown(total)}."
    return line + (f" {failed:,} not imported." if failed else "")


def _outcome(imported: Imported, dry_run: bool) -> str:
    if not imported.changed:
        return f"nothing to do, {imported.record} has it already"
    return f"{'would make' if dry_run else 'made'} {imported.record}"


def _body(imported: Imported) -> Iterator[str]:
    text, taken, period = imported.text, imported.taken, imported.period
    yield (
        f"read as {text.encoding}, {text.line_ends} line ends, {DELIMITERS[imported.delimiter]}s; "
        f"header on line {imported.header.line}; period {period.period} ({period.found})"
    )
    yield from _figures(taken)
    yield from _columns(imported)
    yield from _remarks(taken)
    yield from imported.notes
    yield from _rejected(imported)


def _out(taken: Taken) -> int:
    return taken.pence - sum(row.pence or 0 for row in taken.rejected)


def _figures(taken: Taken) -> Iterator[str]:
    blank = f"; {counted(taken.blank, 'blank row')} passed over" if taken.blank else ""
    yield (
        f"rows:  {taken.rows:,} in = {len(taken.payments):,} payments + "
        f"{len(taken.rejected):,} rejected{blank}"
    )
    rejected = sum(row.pence or 0 for row in taken.rejected)
    yield f"money: {shown(taken.pence)} in = {shown(_out(taken))} + {shown(rejected)} rejected"
    for total in taken.totals:
        difference = total.says - total.rows
        agrees = "agrees with" if not difference else f"differs by {shown(difference)} from"
        yield (
            f"the file's own total on line {total.line}, {shown(total.says)}, {agrees} the rows "
            f"above it, {shown(total.rows)}"
        )


def _columns(imported: Imported) -> Iterator[str]:
    taken = (f"{column} from {source}" for column, source in imported.matched.taken.items())
    yield f"columns taken: {'; '.join(taken)}"
    if imported.matched.left:
        left = (f"{source}, {counted(source.cells, 'cell')}" for source in imported.matched.left)
        yield f"columns NOT taken: {'; '.join(left)}"


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
    if taken.failed_formulas:
        yield f"cells with a failed formula, such as #N/A, left empty: {taken.failed_formulas:,}"
    if taken.lost_characters:
        yield (
            f"cells that lost a character (\N{REPLACEMENT CHARACTER}) before they reached us, "
            f"kept as they are: {taken.lost_characters:,}"
        )


def _rejected(imported: Imported) -> Iterator[str]:
    rejected = imported.taken.rejected
    for row in rejected[:PROBLEMS]:
        yield f"rejected line {row.line}: {row.reason}"
    if len(rejected) > PROBLEMS:
        yield f"... and {len(rejected) - PROBLEMS:,} more rejected"
    if rejected:
        yield f"every rejected row is in {imported.release.id}.rejected.csv beside the release"
