"""The import of one file, step by step, and of several in one run.

Two passes over the rows: the first finds out what the columns and dates are, the second takes them.
"""

from __future__ import annotations

import csv
import dataclasses
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from minutebook.importing import asking, columns, dates, header, money, ordering, reading, workbook
from minutebook.importing import period as periods
from minutebook.importing.added import Added, carry
from minutebook.importing.council import Organisation
from minutebook.importing.layouts import Layouts, layout_of, layouts
from minutebook.importing.months import by_month
from minutebook.importing.notes import notes_on
from minutebook.importing.opening import Export, open_export
from minutebook.importing.refusal import RefusalError
from minutebook.importing.release import Release, build
from minutebook.importing.shape import Shape, shape
from minutebook.importing.spool import Spool
from minutebook.importing.survey import Survey
from minutebook.importing.taking import Taken, Taker
from minutebook.importing.writing import Shelf, write
from minutebook.records.layouts import path_of
from minutebook.records.problems import shown


@dataclass(frozen=True, slots=True)
class Request:
    """What the officer asked for, besides the files."""

    organisation: Organisation
    classification: str = "payments"
    period: periods.Period | None = None
    date_order: dates.Order | None = None
    chosen: Mapping[str, str] = field(default_factory=dict)
    """Column -> header, where the synonyms do not say it."""
    sheet: str = ""
    by_month: bool = False
    dry_run: bool = False
    replace: bool = False
    asks: bool = False
    """Whether somebody is there to be asked."""


@dataclass(frozen=True, slots=True)
class File:
    """What was found out about one file before its rows were taken."""

    shape: Shape
    export: Export
    text: reading.Text
    delimiter: str
    header: header.Header
    blank: int
    matched: columns.Matched
    order: dates.Order


@dataclass(frozen=True, slots=True)
class Imported:
    """A release that was made from a file, or from one of its months."""

    file: File
    taken: Taken
    period: periods.Chosen
    release: Release
    record: Path
    changed: bool
    notes: tuple[str, ...]
    """What a reader of the release must know; published with it."""
    added: Added
    noted: str = ""
    """Where its columns were noted among the layouts of the organisation, if they are new."""


class Import:
    """The import of one file; `run` does it."""

    def __init__(self, request: Request, shelf: Shelf, known: Layouts, workspace: Path) -> None:
        self.request, self.shelf, self.known = request, shelf, known
        self.workspace = workspace
        self.shape: Shape = shape(request.classification)
        self.file: File

    def run(self, path: Path) -> list[Imported]:
        """Import one export and, unless it is a dry run, write its release, or one for each month.

        Raises `RefusalError`, with one sentence, if that cannot be done; then nothing was written.
        """
        request = self.request
        export = open_export(path, self.workspace)
        text = self._text(export)
        synonyms = self._synonyms()
        own = [] if request.chosen else self.known.of(request.classification)
        delimiter, found = header.find(text, synonyms, self.shape, own, request.organisation.id)
        survey = self._survey(text, delimiter, found, synonyms, export.name)
        matched = self._matched(survey, found)
        self._refuse_above(text, delimiter, found, matched)
        doubt = asking.order_of if request.asks else None
        remembered = found.layout.date_order if found.layout else ""
        order, said = ordering.settled(
            survey.evidence(matched.taken), export.name, request.date_order, remembered, doubt
        )
        if request.asks and not found.layout:
            asking.confirm(export.name, matched, [])
        self.file = File(self.shape, export, text, delimiter, found, survey.blank, matched, order)
        made = [self._release(*part) for part in self._parts()]
        for one in made:
            if one.changed and not request.dry_run:
                write(one.release, one.record)
        layout = (
            None
            if found.layout
            else layout_of(
                request.classification, found.labels, matched.taken, order if said else ""
            )
        )
        new = layout is not None and self.known.remember(layout, request.dry_run)
        noted = path_of(request.organisation.id) if new else ""
        return [dataclasses.replace(one, noted=noted) for one in made]

    def _parts(self) -> Iterator[tuple[Iterable[reading.Row], periods.Period | None]]:
        """The rows of each release to be made, and its period where that is settled."""
        file = self.file
        rows = reading.below(file.text, file.delimiter, file.header.last_line)
        if not self.request.by_month:
            yield rows, self.request.period
            return
        date = file.matched.taken.get(self.shape.date)
        if date is None or not self.shape.dated:
            raise RefusalError("has no dates to cut it into months by: leave --by-month out")
        yield from by_month(rows, date.index, file.order, self.workspace)

    def _release(self, rows: Iterable[reading.Row], period: periods.Period | None) -> Imported:
        file, request = self.file, self.request
        folder = Path(tempfile.mkdtemp(dir=self.workspace))
        spool = Spool(folder, self.shape, list(file.matched.taken))
        width = len(file.header.labels)
        taken = Taker(self.shape, file.matched.taken, width, file.order, spool).take(rows)
        spool.close()
        self._refuse_nothing(taken, file.header)
        name = file.export.name
        days = taken.days or taken.months
        chosen = periods.choose(days, name, period, self.shape.dated)
        if request.by_month:
            taken.totals.clear()  # they are of the whole file
        notes = notes_on(taken, chosen.period, file.matched, self.shape)
        labels, owner = file.header.labels, request.organisation
        release = build(file.export, taken, spool, labels, chosen.period, owner, notes)
        kept = self._carried(release)
        record, changed = self.shelf.place(release, name, file.export.sha256, request.replace)
        return Imported(file, taken, chosen, release, record, changed, notes, kept)

    def _carried(self, release: Release) -> Added:
        """What was added to the release that is there already, put into the one that would replace it."""
        record, table = self.shelf.existing(release.id), f"{release.id}.csv"
        old = record.parent / table if record else None
        if old is None or not old.exists():
            return Added()
        try:
            return carry(old, release.files[table], self.shape)
        except (OSError, UnicodeDecodeError, csv.Error):
            raise RefusalError(
                f"would replace {old.relative_to(self.shelf.content)}, which cannot be read as CSV (UTF-8), "
                "so nobody can tell what people added to it: mend it or move it away"
            ) from None

    def _text(self, export: Export) -> reading.Text:
        if export.workbook:
            return workbook.as_text(export.path, self.workspace, self.request.sheet)
        if self.request.sheet:
            raise RefusalError("is no workbook and has no sheets: leave --sheet out")
        return reading.decode(export.path)

    def _synonyms(self) -> columns.Synonyms:
        found = columns.known(self.request.classification)
        for layout in self.known.of(self.request.classification):
            if not layout.headers and not layout.cells:
                found = found.with_chosen(layout.names())
        return found.with_chosen(self.request.chosen)

    def _survey(
        self,
        text: reading.Text,
        delimiter: str,
        found: header.Header,
        synonyms: columns.Synonyms,
        name: str,
    ) -> Survey:
        period = self.request.period or _sure(name)
        within = (period.start, period.end) if period and self.shape.dated else None
        places = found.layout.places() if found.layout else None
        survey = Survey(found.labels, synonyms, self.shape, places, within)
        return survey.see(reading.below(text, delimiter, found.last_line))

    def _matched(self, survey: Survey, found: header.Header) -> columns.Matched:
        if found.layout:
            return survey.matching().placed(found.layout.places())
        matched = survey.matching().matched()
        for column, label in self.request.chosen.items():
            source = matched.taken.get(column)
            if source is None or columns.key(source.label) != columns.key(label):
                raise RefusalError(
                    f"has no column {shown(label)}, which was said to be {column}: check its name"
                )
        return matched

    def _refuse_above(
        self, text: reading.Text, delimiter: str, found: header.Header, matched: columns.Matched
    ) -> None:
        """What stands above a header is a title; if it looks like payments, the header is not the first."""
        amount, name = (matched.taken[column].index for column in self.shape.required)
        for row in reading.head(text, delimiter, header.SEARCHED):
            if row.line >= found.line:
                return
            cells = [*row.cells, *[""] * (max(amount, name) + 1 - len(row.cells))]
            if cells[name].strip() and money.readable(cells[amount]):
                raise RefusalError(
                    f"has a row on line {row.line} that looks like a payment, above its header on "
                    f"line {found.line}: the header at the top is missing; export it again with one"
                )

    def _refuse_nothing(self, taken: Taken, found: header.Header) -> None:
        if not taken.rows:
            raise RefusalError(
                f"has a header on line {found.line} and no payment below it: export it again, or "
                "leave it out"
            )
        if not taken.payments:
            line, reason = taken.problems[0]
            raise RefusalError(
                f"has no row that can be taken, out of {taken.rows:,}; on line {line}, {reason}: "
                f"see that the header on line {found.line} stands above the right cells"
            )


def _sure(name: str) -> periods.Period | None:
    named, sure = periods.in_name(name)
    return named if sure else None


def import_files(
    paths: Sequence[Path], request: Request, content: Path
) -> list[tuple[Path, Imported | str]]:
    """Import every file; a file that fails gives its sentence and does not stop the others."""
    shelf, known = Shelf(content), layouts(content, request.organisation.id)
    results: list[tuple[Path, Imported | str]] = []
    for path in paths:
        with tempfile.TemporaryDirectory(prefix="minutebook-import-") as workspace:
            try:
                made = Import(request, shelf, known, Path(workspace)).run(path)
                results += [(path, one) for one in made]
            except RefusalError as refusal:
                results.append((path, str(refusal)))
            except UnicodeError:
                results.append((path, "holds bytes that are no text: export it as CSV UTF-8"))
    return results
