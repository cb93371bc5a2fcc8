"""Rules about spending releases: what the record says of its rows is true of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from minutebook.records.entries import Entry
from minutebook.records.messages import Complaint
from minutebook.records.model.build import pence, plain
from minutebook.records.rules.links import Said
from minutebook.records.tables import Table


def release_complaints(entries: Iterable[Entry], tables: Mapping[str, Table]) -> Said:
    """The number of rows, their sum and the redactions agree with the table."""
    for entry in entries:
        if entry.kind != "release" or not entry.document or entry.problems:
            continue
        document = entry.document
        if ("table" in document) == ("rows" in document):
            message = "the rows must stand in a table or in the record: in one of the two"
            hint = 'name the CSV file under "table", or write "rows"'
            yield entry.path, Complaint("", "release-rows", message, hint)
        table = tables.get(entry.path)
        if table is not None and not table.problems:
            for name, said, counted in _told(document, table):
                if said != counted:
                    message = f"the record says {said} and the rows give {counted}"
                    hint = "import the file again, or correct the record"
                    yield entry.path, Complaint(f"/{name}", "release-total", message, hint)


def _told(document: Mapping[str, object], table: Table) -> Iterable[tuple[str, str, str]]:
    yield "row_count", str(document["row_count"]), str(table.sums.rows)
    yield "total", plain(pence(str(document["total"]))), plain(table.sums.total)
    if "RedactionReason" in table.properties:
        yield "redacted_count", str(document.get("redacted_count", 0)), str(table.sums.redacted)
