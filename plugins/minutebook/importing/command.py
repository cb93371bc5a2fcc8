"""The command line of the import: arguments in, lines and an exit code out."""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from minutebook.importing import asking, columns, report
from minutebook.importing.council import organisation
from minutebook.importing.engine import Request, import_files
from minutebook.importing.period import Period, parse
from minutebook.importing.refusal import RefusalError
from minutebook.records.schema import codelist

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def main(arguments: Sequence[str] | None = None) -> int:
    """Import the files named. Exit code 0: all done; 1: at least one could not be; 2: wrong use."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal may lack a letter of some header
            stream.reconfigure(errors="replace")
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        print("Stopped. What was imported until now is whole.", file=sys.stderr)
        return 130


def _run(arguments: Sequence[str] | None) -> int:
    options = _parser().parse_args(arguments)
    try:
        owner = organisation(options.content, options.organisation)
    except RefusalError as refusal:
        print(refusal, file=sys.stderr)
        return 2
    if options.by_month and options.period:
        print("--by-month and --period cannot stand together: leave one out", file=sys.stderr)
        return 2
    request = Request(
        organisation=owner,
        classification=options.kind,
        period=options.period,
        date_order=options.date_order,
        chosen=dict(options.column),
        sheet=options.sheet,
        by_month=options.by_month,
        dry_run=options.dry_run,
        replace=options.replace,
        asks=not (options.yes or options.dry_run) and asking.someone_there(),
    )
    if not (owner.is_council or owner.name):
        print(f'note: "{owner.id}" has no record in {options.content / "providers"} yet; make one')
    try:
        results = import_files(options.files, request, options.content)
    except RefusalError as refusal:  # what is remembered of earlier files cannot be read
        print(refusal, file=sys.stderr)
        return 1
    for path, result in results:
        if isinstance(result, str):
            print(f"{path}: {result}", file=sys.stderr)
        else:
            print(report.of_file(path, result, options.dry_run))
    print(report.summary(results, options.dry_run))
    return 1 if any(isinstance(result, str) for _, result in results) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="import_spending.py",
        description="Turn finance exports, as published, into spending releases.",
    )
    add = parser.add_argument
    add("files", nargs="+", type=Path, metavar="FILE", help="a .csv, .csv.gz or .xlsx file")
    add("--organisation", required=True, type=_id, metavar="ID", help="whose money it is")
    add("--content", type=Path, default=Path("content"), metavar="DIR", help="default: content")
    add(
        "--kind",
        choices=tuple(codelist("release-classification")),
        default="payments",
        help="what the rows are; default: payments",
    )
    add(
        "--period",
        type=_period,
        help="which days the files cover: 2023-03, 2014-Q2 (of the calendar year), 2023-24 or start/end",
    )
    add("--date-order", choices=("dmy", "mdy"), help="what comes first in 03/04/2023")
    add(
        "--column",
        action="append",
        default=[],
        type=_column,
        metavar="COLUMN=HEADER",
        help='which header means a column, such as Amount="Net paid"; may be repeated',
    )
    add("--sheet", default="", metavar="NAME", help="which sheet of a workbook with several")
    add("--by-month", action="store_true", help="make a release of each month of a long file")
    add("--yes", action="store_true", help="ask nothing: take the columns as they are understood")
    add("--dry-run", action="store_true", help="show what would happen; write nothing")
    add("--replace", action="store_true", help="write over a release that is there already")
    return parser


def _id(text: str) -> str:
    if not _ID.fullmatch(text):
        raise argparse.ArgumentTypeError(
            f'"{text[:80]}" is not an id; use lower-case letters, digits and single hyphens'
        )
    return text


def _period(text: str) -> Period:
    try:
        return parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _column(text: str) -> tuple[str, str]:
    column, equals, label = text.partition("=")
    if not equals or not label.strip():
        raise argparse.ArgumentTypeError(f'"{text[:80]}" is not written COLUMN=HEADER')
    if column not in columns.every_name():
        allowed = ", ".join(columns.every_name())
        raise argparse.ArgumentTypeError(f'"{column[:80]}" is not a column; use {allowed}')
    return column, " ".join(label.split())
