"""The data package as it lies on the stage."""

from __future__ import annotations

from dataclasses import dataclass, field

from minutebook.packages.descriptor import Made
from minutebook.publishing.stage import Laid


@dataclass(slots=True)
class Package:
    """What was made. `tables` are by name; `releases` the CSV file of each release, by its id.

    `files` holds the other files by their names: descriptor, archive, database, boundaries, catalogue.
    """

    laid: list[tuple[str, Laid]] = field(default_factory=list)
    tables: dict[str, Made] = field(default_factory=dict)
    releases: dict[str, Made] = field(default_factory=dict)
    parquet: dict[str, Made] = field(default_factory=dict)
    files: dict[str, Made] = field(default_factory=dict)
