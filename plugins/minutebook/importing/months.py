"""The rows of a long export, cut into months, so that each becomes a release of its own."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

from minutebook.importing import dates
from minutebook.importing.period import Period, months
from minutebook.importing.reading import Row
from minutebook.importing.refusal import RefusalError

MOST = 240
"""The most months in one file: twenty years."""


def by_month(
    rows: Iterable[Row], index: int, order: dates.Order, workspace: Path
) -> Iterator[tuple[Iterator[Row], Period]]:
    """The rows of each month, by the date at `index`, in the order of the months.

    A row without a date stays with the row before it. Raises `RefusalError` for too many months.
    """
    paths: dict[date, Path] = {}
    writers: dict[date, Any] = {}
    early: list[Row] = []
    month: date | None = None
    with ExitStack() as files:
        for row in rows:
            if row.blank:
                continue
            month = _month(row, index, order) or month
            if month is None:
                early.append(row)
                continue
            if month not in writers:
                if len(writers) == MOST:
                    raise RefusalError(f"has payments of more than {MOST} months: split it by year")
                paths[month] = workspace / f"month-{month:%Y-%m}"
                file = paths[month].open("w", encoding="utf-8", newline="")
                writers[month] = csv.writer(files.enter_context(file), lineterminator="\n")
            for one in (*early, row):
                writers[month].writerow([one.line, *one.cells])
            early = []
    if not paths:
        raise RefusalError("has no date to cut it into months by: leave --by-month out")
    for one in sorted(paths):
        yield _rows(paths[one]), months(one.year, one.month)


def _month(row: Row, index: int, order: dates.Order) -> date | None:
    said = dates.read(row.cells[index]) if index < len(row.cells) else None
    if isinstance(said, dates.Numbers):
        day = said.day(order)
        return day.replace(day=1) if day else None
    if isinstance(said, dates.Day):
        return said.day.replace(day=1)
    return said.start if isinstance(said, dates.Month) else None


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        for line, *cells in csv.reader(file):
            yield Row(int(line), cells)
