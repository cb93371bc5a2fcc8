"""All files of the data package, onto the stage: what did not change is taken over, not made again."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from minutebook.packages import database, parquet, segments
from minutebook.packages.archive import archive
from minutebook.packages.boundaries import as_geojson, boundaries
from minutebook.packages.catalogue import catalogue
from minutebook.packages.descriptor import Made, as_json, descriptor
from minutebook.packages.duties import DUTIES, DutySheet
from minutebook.packages.keys import digest, release_key
from minutebook.packages.package import Package
from minutebook.packages.parts import Parts
from minutebook.packages.releasefile import release_file
from minutebook.packages.tables import Table, tables
from minutebook.publishing.stage import Laid, Stage
from minutebook.records.addresses import release_table
from minutebook.records.processes import ALONE, spread
from minutebook.records.register import Register

FOLDER = "data"
DATABASE = "records.sqlite"
ARCHIVE = "package.zip"
CATALOGUE = "catalogue.jsonld"


class Making:
    """Makes the package of one register on one stage. `cache` is a folder for what is kept between builds."""

    def __init__(self, stage: Stage, register: Register, cache: Path | None) -> None:
        self.stage, self.register, self.cache = stage, register, cache
        self.package, self.parts = Package(), Parts(register.records)

    def run(self) -> Package:
        """Lay every file; the caller has to remember what was `laid`. Raises OSError, `sqlite3.Error`."""
        self._releases()
        self._tables()
        self._boundaries()
        every = {**{table: self.package.tables[table.name] for table in tables()}}
        every[DUTIES] = self.package.tables[DUTIES.name]
        whole = as_json(descriptor(self.register, every, self.package.files["places.geojson"]))
        self._stream("datapackage.json", [whole])
        with ThreadPoolExecutor(1) as other:  # packing leaves Python's lock alone most of the time
            packing = other.submit(self._archive)
            self._database()
            self._take(ARCHIVE, packing.result())
        self._parquet()
        self._stream(CATALOGUE, [as_json(catalogue(self.register, self.package))])
        return self.package

    def _stream(self, name: str, pieces: Iterable[bytes], key: str = "", rows: int = 0) -> None:
        self._take(name, self.stage.pour(f"{FOLDER}/{name}", pieces, key), rows)

    def _take(self, name: str, laid: Laid, rows: int = 0) -> None:
        self.package.laid.append((f"{FOLDER}/{name}", laid))
        self.package.files[name] = Made(rows, laid.size, laid.digest)

    def _releases(self) -> None:
        for id, release in self.register.records.releases.items():
            key = f"release {release_key(release)}"
            laid = self.stage.pour(release_table(id), release_file(release), key)
            self.package.laid.append((release_table(id), laid))
            self.package.releases[id] = Made(release.sums.rows, laid.size, laid.digest)

    def _tables(self) -> None:
        """Every table, several at once; few rows are written sooner than processes start."""
        records = self.register.records
        every = (*tables(), DUTIES)
        alone = 0 if sum(map(len, records.by_type.values())) > ALONE else len(every)
        for table, (laid, rows) in zip(
            every, spread(self._table, every, alone, together=1), strict=True
        ):
            self.package.laid.append((_path(table), laid))
            self.package.tables[table.name] = Made(rows, laid.size, laid.digest)

    def _table(self, table: Table) -> tuple[Laid, int]:
        path = _path(table)
        if table is not DUTIES:
            return segments.pour(self.stage, path, table, self.parts.of(table))
        sheet = DutySheet(self.register)
        return self.stage.pour(path, sheet.chunks()), sheet.rows

    def _boundaries(self) -> None:
        shapes = boundaries(self.register.records)
        self._stream("places.geojson", [as_geojson(shapes)], rows=len(shapes["features"]))

    def _archive(self) -> Laid:
        names = ["datapackage.json", *(f"{name}.csv" for name in self.package.tables)]
        pieces = archive(self.stage.folder / FOLDER, [*names, "places.geojson"])
        # The descriptor holds the checksum of every other file, so it stands for all of them.
        key = f"zip {self.package.files['datapackage.json'].sha256}"
        return self.stage.pour(f"{FOLDER}/{ARCHIVE}", pieces, key)

    def _database(self) -> None:
        parts = {name: made.sha256 for name, made in self.package.tables.items()}
        key = digest(["database", json.dumps(parts)])
        self._stream(DATABASE, self._database_pieces(), key)

    def _database_pieces(self) -> Iterator[bytes]:
        made = self.stage.folder / f".{DATABASE}"
        try:
            try:
                self._write_database(made, self.cache)
            except sqlite3.Error:
                if self.cache is None:
                    raise
                shutil.rmtree(self.cache, ignore_errors=True)  # it may be damaged
                self._write_database(made, None)
            with made.open("rb") as file:
                while piece := file.read(1 << 20):
                    yield piece
        finally:
            with suppress(OSError):
                made.unlink(missing_ok=True)

    def _write_database(self, path: Path, cache: Path | None) -> None:
        path.unlink(missing_ok=True)
        duties = DutySheet(self.register).values()
        contents = {name: made.sha256 for name, made in self.package.tables.items()}
        more = [(DUTIES, duties)]
        records = self.register.records
        database.write(path, tables(), records, more, cache, contents, self._rows)

    def _rows(self, table: Table) -> Iterator[list[str]]:
        """The rows of a table from its file, which is quicker than to make them again."""
        with (self.stage.folder / _path(table)).open(encoding="utf-8", newline="") as file:
            found = csv.reader(file)
            next(found)
            yield from found

    def _parquet(self) -> None:
        if not parquet.available():
            return
        every: Sequence[Table] = (*tables(), DUTIES)
        for table in every:
            made, name = self.package.tables[table.name], f"{table.name}.parquet"
            pour: Callable[[], Iterator[bytes]] = parquet.writer(
                table, self.stage.folder / _path(table)
            )
            self._stream(name, pour(), f"parquet {parquet.version()} {made.sha256}")
            self.package.parquet[table.name] = self.package.files.pop(name)


def _path(table: Table) -> str:
    return f"{FOLDER}/{table.name}.csv"
