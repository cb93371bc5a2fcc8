"""The table of what fell due: computed from the records, so it has no schema of a record."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from minutebook.packages.columns import Column
from minutebook.packages.tables import POSITION, Table
from minutebook.publishing.language import spoken
from minutebook.records.completeness import completeness
from minutebook.records.register import Register


def _column(name: str, title: str, text: str, **node: object) -> Column:
    required = name not in ("done", "body")
    return Column(name, title, text, {"type": "string", **node}, required=required)


DUTIES = Table(
    name="completeness",
    title=spoken("Completeness"),
    description=spoken(
        "What fell due by the day of publication, and when it was done: notices, expected decisions,"
        " promised evaluations, answers and spending."
    ),
    kind="completeness",
    keys=(
        _column(
            POSITION,
            spoken("Number"),
            spoken("The place of the row, from 1."),
            type="integer",
            minimum=1,
        ),
    ),
    columns=(
        _column(
            "rule", spoken("Rule"), spoken("The code of the rule; the page /rules/ explains it.")
        ),
        _column(
            "record_type", spoken("Record type"), spoken("The type of the record that owes it.")
        ),
        _column("record", spoken("Record"), spoken("The id of the record that owes it.")),
        _column(
            "title",
            spoken("Title"),
            spoken("What the record is called, or the month that is owed."),
        ),
        _column(
            "body",
            spoken("Who decides"),
            spoken("The id of the body, post or person that decides."),
        ),
        _column("due", spoken("Due"), spoken("The last day in time."), format="date"),
        _column(
            "done",
            spoken("Done"),
            spoken("The day on which it was done, if it was."),
            format="date",
        ),
        _column("late", spoken("Late now"), spoken("True while it is late."), type="boolean"),
    ),
)


class DutySheet:
    """The rows of that table. `rows` counts those that `chunks` has given."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.rows = 0

    def chunks(self) -> Iterator[bytes]:
        """The CSV file: UTF-8, comma, quotes where needed, a line feed after each row."""
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(column.name for column in DUTIES.every)
        for row in self.values():
            writer.writerow(row)
            self.rows += 1
        yield buffer.getvalue().encode()

    def values(self) -> Iterator[list[str]]:
        """The rows as text."""
        found = completeness(self.register)
        for number, duty in enumerate(found.duties, 1):
            late = "true" if duty.late_on(found.as_of) else "false"
            days = [day.isoformat() if day else "" for day in (duty.due, duty.done)]
            yield [str(number), duty.code, duty.kind, duty.id, duty.title, duty.body, *days, late]
