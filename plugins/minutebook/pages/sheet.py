"""Sums as CSV: the figures of one picture."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from minutebook.records.model.build import plain


def sheet(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    """A table as CSV (RFC 4180, UTF-8)."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(head)
    table.writerows(rows)
    return text.getvalue().encode()


def months(amounts: Mapping[date, int]) -> bytes:
    """What was paid in each month. No cell needs a quote."""
    rows = [f"{month.isoformat()[:7]},{plain(amounts[month])}\r\n" for month in sorted(amounts)]
    return f"Month,Paid\r\n{''.join(rows)}".encode()
