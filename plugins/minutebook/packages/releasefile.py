"""The table of one release as it can be downloaded: with the columns that it fills, exactly."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from minutebook.packages.rows import exact_rows
from minutebook.packages.tables import Table, tables
from minutebook.records.model import Release


def release_file(release: Release) -> Iterator[bytes]:
    """The CSV file piece by piece (RFC 4180, UTF-8), in the order of the rows and of the schema."""
    columns = [
        column
        for column in _table(release).columns
        if column.name in release.sums.columns or column.required
    ]
    yield _csv([[column.name for column in columns]])
    for some in exact_rows(release, columns):
        yield _csv(some)


def _table(release: Release) -> Table:
    return next(table for table in tables() if release.classification in table.row_of)


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    sheet = io.StringIO()
    csv.writer(sheet, lineterminator="\r\n").writerows(rows)
    return sheet.getvalue().encode()
