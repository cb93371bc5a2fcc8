"""The data package: every record as CSV tables, described for people and machines, below `data/`."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from pelican import signals

from minutebook.packages import datapages
from minutebook.packages.making import Making
from minutebook.packages.package import Package
from minutebook.publishing.output import Output
from minutebook.publishing.page import Page
from minutebook.records.processes import ALONE, beside
from minutebook.records.register import Register


class Packages(Output):
    """Tables, descriptor, archive, database and catalogue, and the pages that explain them."""

    def generate_context(self) -> None:
        """Called by Pelican before any output is made: a large package is made beside the pages."""
        making = Making(self.site.stage, self.site.register, self._cache())
        records = self.site.register.records
        rows = sum(release.sums.rows for release in records.releases.values())
        large = rows + sum(map(len, records.by_type.values())) > ALONE
        self._wait: Callable[[], Package] = beside(making.run) if large else making.run

    def generate_output(self, writer: Any) -> None:
        """Called by Pelican. The files come first, because the pages tell their sizes."""
        try:
            self.made = self._wait()
        except sqlite3.Error as error:
            raise OSError(f"the database could not be written: {error}") from None
        for path, laid in self.made.laid:
            self.site.stage.remember(path, laid)
        self.site.counts["rows"] = {name: made.rows for name, made in self.made.tables.items()}
        super().generate_output(writer)

    def pages(self, register: Register) -> Iterable[Page]:
        """The data page and a page for each table."""
        return datapages.pages(self.made)

    def _cache(self) -> Path | None:
        """The folder in which something of this site is kept from one build to the next."""
        if self.site.cache is None:
            return None
        site = hashlib.sha256(str(self.site.stage.published).encode()).hexdigest()
        return self.site.cache / "packages" / site[:16]


def register() -> None:
    """Called by Pelican."""
    signals.get_generators.connect(_generators)


def _generators(pelican: Any) -> type[Packages]:
    return Packages
