"""The command line of the import of records: arguments in, lines and an exit code out."""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from minutebook.importing.records import report
from minutebook.importing.records.engine import FORMATS, Outcome, Request, import_records
from minutebook.importing.refusal import RefusalError
from minutebook.records.schema import is_date


def main(arguments: Sequence[str] | None = None) -> int:
    """Import. Exit code 0: all taken; 1: something was not taken or is in conflict; 2: wrong use."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal may lack a letter of some name
            stream.reconfigure(errors="replace")
    try:
        return _run(_parser().parse_args(arguments))
    except RefusalError as refusal:
        print(refusal, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"The import stopped: {error}. Mend that and run it again.", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped. What was written is whole; run it again to go on.", file=sys.stderr)
        return 130


def _run(options: argparse.Namespace) -> int:
    missing = [str(path) for path in options.source if not path.exists()]
    if missing:
        raise RefusalError(f"there is no {missing[0]}")
    if options.format == "table" and not options.mapping:
        raise RefusalError("a table needs --mapping: a name in schemas/mappings/ or a file")
    request = Request(
        format=options.format,
        paths=options.source,
        content=options.into,
        mapping=options.mapping,
        retrieved=options.retrieved or "",
        url=options.url or "",
        dry_run=options.dry_run,
        keep_ours=options.keep_ours,
    )
    with report.Progress() as progress:
        outcome = import_records(request, progress)
    print(report.text(outcome, options.dry_run))
    if options.faults:
        _write(options.faults, outcome)
    rejected = any(fault.whole for fault in outcome.faults)
    return 1 if rejected or outcome.kept.conflicts else 0


def _write(path: Path, outcome: Outcome) -> None:
    """Everything that was not taken, one line each."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["source", "field", "reason", "what"])
        for fault in (*outcome.faults, *outcome.kept.conflicts):
            what = "record" if fault.whole else "field"
            writer.writerow([fault.where, fault.field, fault.reason, what])
        for fault in outcome.damaged:
            writer.writerow([fault.where, fault.field, fault.reason, "kept"])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="import_records.py",
        description="Turn what another system holds into records. See docs/import-records.md.",
    )
    add = parser.add_argument
    add("format", choices=sorted(FORMATS), help="the form that the source has")
    add("source", nargs="+", type=Path, help="files, folders, .tar.xz or .gz")
    add("--into", type=Path, default=Path("content"), metavar="DIR", help="default: content")
    add("--mapping", default="", help="a name in schemas/mappings/ or a file; a table needs one")
    add("--retrieved", type=_day, metavar="DATE", help="when it was fetched")
    add("--url", type=_web, help="where the source is, if its entries do not say")
    add("--faults", type=Path, metavar="FILE", help="write everything not taken into this CSV")
    add("--keep-ours", action="store_true", help="settle conflicts as they stand here")
    add("--dry-run", action="store_true", help="show what would happen; write nothing")
    return parser


def _day(text: str) -> str:
    if len(text) != 10 or not is_date(text):
        raise argparse.ArgumentTypeError(f'"{text[:40]}" is not a day such as 2026-05-14')
    return text


def _web(text: str) -> str:
    if not text.startswith(("https://", "http://")) or any(char.isspace() for char in text):
        raise argparse.ArgumentTypeError(f'"{text[:80]}" does not begin with https://')
    return text
