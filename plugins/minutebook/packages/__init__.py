"""The data package: every record as CSV tables, described for people and machines, below `data/`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pelican import signals

from minutebook.packages import datapages
from minutebook.packages.archive import archive
from minutebook.packages.boundaries import as_geojson, boundaries
from minutebook.packages.descriptor import Made, as_json, descriptor
from minutebook.packages.duties import DUTIES, DutySheet
from minutebook.packages.rows import Sheet
from minutebook.packages.tables import Table, tables
from minutebook.publishing.output import Output
from minutebook.publishing.page import Page
from minutebook.publishing.stage import Laid
from minutebook.records.processes import ALONE, spread
from minutebook.records.register import Register

FOLDER = "data"


class Packages(Output):
    """Tables, descriptor and archive, and the pages that explain them."""

    def generate_output(self, writer: Any) -> None:
        """Called by Pelican. The files come first, because the pages tell their sizes."""
        self.made = self._write()
        self.site.counts["rows"] = {table.name: made.rows for table, made in self.made.items()}
        super().generate_output(writer)

    def pages(self, register: Register) -> Iterable[Page]:
        """The data page and a page for each table."""
        return datapages.pages(self.made, self.archive_bytes)

    def _write(self) -> Mapping[Table, Made]:
        stage, register = self.site.stage, self.site.register
        made = self._tables()
        shapes = boundaries(register.records)
        places = self._put("places.geojson", len(shapes["features"]), as_geojson(shapes))
        whole = as_json(descriptor(register, made, places))
        package = self._put("datapackage.json", 0, whole)
        names = ["datapackage.json", *(f"{table.name}.csv" for table in made), "places.geojson"]
        pieces = archive(stage.folder / FOLDER, names)
        # The descriptor holds the checksum of every other file, so it stands for all of them.
        key = f"zip {package.sha256}"
        self.archive_bytes = stage.stream(f"{FOLDER}/package.zip", pieces, key).size
        return made

    def _tables(self) -> dict[Table, Made]:
        """Write every table, several at once; few rows are written sooner than processes start."""
        records = self.site.register.records
        sheets = [(table, Sheet(table, records)) for table in tables()]
        every = [*sheets, (DUTIES, DutySheet(self.site.register))]
        alone = 0 if sum(map(len, records.by_type.values())) > ALONE else len(every)
        done = spread(lambda pair: self._pour(*pair), every, alone, together=1)
        for (table, _), (laid, _) in zip(every, done, strict=True):
            self.site.stage.remember(_path(table), laid)
        return {table: made for (table, _), (_, made) in zip(every, done, strict=True)}

    def _pour(self, table: Table, sheet: Sheet | DutySheet) -> tuple[Laid, Made]:
        laid = self.site.stage.pour(_path(table), sheet.chunks())
        return laid, Made(sheet.rows, laid.size, laid.digest)

    def _put(self, name: str, rows: int, content: bytes) -> Made:
        laid = self.site.stage.stream(f"{FOLDER}/{name}", iter([content]))
        return Made(rows, laid.size, laid.digest)


def _path(table: Table) -> str:
    return f"{FOLDER}/{table.name}.csv"


def register() -> None:
    """Called by Pelican."""
    signals.get_generators.connect(_generators)


def _generators(pelican: Any) -> type[Packages]:
    return Packages
