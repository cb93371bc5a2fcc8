"""datapackage.json: what the tables are, after the Data Package standard, version 2.

https://datapackage.org/standard/data-package/. Everything needed to read the data stands in it, so a
reader asks the network for nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from minutebook.packages.tables import Table
from minutebook.publishing.language import _, spoken
from minutebook.records.model import Council
from minutebook.records.records import Records
from minutebook.records.register import Register

PACKAGE_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
SCHEMA_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"

_DIALECT = {
    "header": True,
    "delimiter": ",",
    "lineTerminator": "\n",
    "quoteChar": '"',
    "doubleQuote": True,
    # Said although it is the default: a reader that guesses could take the first rows for another kind.
    "skipInitialSpace": False,
}


@dataclass(frozen=True, slots=True)
class Made:
    """A file of the package as it lies on the stage. `rows` counts what it holds, without the header."""

    rows: int
    bytes: int
    sha256: str


def table_schema(table: Table) -> dict[str, Any]:
    """The Table Schema of a table (https://datapackage.org/standard/table-schema/)."""
    found: dict[str, Any] = {
        "fields": [column.field() for column in table.every],
        "primaryKey": table.primary_key,
    }
    keys = [
        {
            "fields": own,
            "reference": {"resource": "" if name == table.name else name, "fields": its},
        }
        for own, name, its in table.foreign_keys()
    ]
    return {**found, "foreignKeys": keys} if keys else found


def descriptor(register: Register, made: Mapping[Table, Made], boundaries: Made) -> dict[str, Any]:
    """The whole descriptor. `boundaries` is the GeoJSON file of the places."""
    records = register.records
    council = records.council
    found: dict[str, Any] = {
        "$schema": PACKAGE_PROFILE,
        "name": council.id,
        "title": _("%(council)s: decisions, spending and participation")
        % {"council": council.name},
        "description": _description(council),
        "created": f"{register.as_of.isoformat()}T00:00:00Z",
    }
    if register.revision:
        found["version"] = register.revision
    if council.site_url:
        found["homepage"] = f"{council.site_url.rstrip('/')}/data/"
    shared = _terms(council)
    found |= {**shared, "contributors": _contributors(council)}
    found["resources"] = [_resource(table, one, shared, records) for table, one in made.items()]
    found["resources"].append(_boundaries(boundaries, shared))
    return found


def as_json(value: Any) -> bytes:
    """JSON as it is published: readable, and the same for the same value."""
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode()


def _description(council: Council) -> str:
    parts = [council.demonstration, council.summary, _(_EXPLAINED)]
    return "\n\n".join(part for part in parts if part)


_EXPLAINED = spoken(
    "A table for every type of record, and one for every list inside a record; `position` counts the rows"
    " of a list from 1. Amounts of money are exact decimals in the currency of their record. Text is as it"
    " was written: a spreadsheet may take a cell that begins with = + - or @ for a formula."
)


def _terms(council: Council) -> dict[str, Any]:
    licence = {
        "name": council.licence.name,
        "title": council.licence.title,
        "path": council.licence.url,
    }
    source = {"title": _("Records of %(council)s") % {"council": council.name}}
    path = council.repository or council.website
    return {"licenses": [licence], "sources": [{**source, "path": path} if path else source]}


def _contributors(council: Council) -> list[dict[str, Any]]:
    found: dict[str, Any] = {"title": council.name}
    if council.website:
        found["path"] = council.website
    if council.contact.email:
        found["email"] = council.contact.email
    return [{**found, "roles": ["publisher", "rightsHolder"]}]


def _resource(
    table: Table, made: Made, shared: Mapping[str, Any], records: Records
) -> dict[str, Any]:
    return {
        "name": table.name,
        "title": table.named,
        "description": table.told,
        "type": "table",
        "path": f"{table.name}.csv",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": made.bytes,
        "hash": f"sha256:{made.sha256}",
        "rows": made.rows,
        "dialect": _DIALECT,
        **shared,
        "sources": [*shared["sources"], *_imported(table, records)],
        "schema": table_schema(table),
    }


def _imported(table: Table, records: Records) -> Iterable[dict[str, str]]:
    """The files that the payments were imported from, each once."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for release in records.releases.values():
        if release.source and release.classification in table.row_of:
            title, url = release.source.title, release.source.url or ""
            found[title, url] = {"title": title, "path": url} if url else {"title": title}
    return found.values()


def _boundaries(made: Made, shared: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": "place-boundaries",
        "title": _("Place: Boundaries"),
        "description": _(
            "The boundary of each place that has one, as GeoJSON (RFC 7946); the id of a feature is the id"
            " of the place."
        ),
        "path": "places.geojson",
        "scheme": "file",
        "format": "geojson",
        "mediatype": "application/geo+json",
        "encoding": "utf-8",
        "bytes": made.bytes,
        "hash": f"sha256:{made.sha256}",
        **shared,
    }
