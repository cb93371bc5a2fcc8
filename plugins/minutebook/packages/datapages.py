"""The data page, and a page for every table that explains each of its columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from minutebook.packages.columns import Column
from minutebook.packages.descriptor import SCHEMA_PROFILE, Made, table_schema
from minutebook.packages.duties import DUTIES
from minutebook.packages.keys import releases_of
from minutebook.packages.package import Package
from minutebook.packages.tables import Table, table_of, tables
from minutebook.publishing.language import _
from minutebook.publishing.page import Page
from minutebook.records.addresses import address as page_address
from minutebook.records.addresses import release_table
from minutebook.records.register import Register
from minutebook.records.schema import codelist

HOME = "data/"


def pages(package: Package) -> Iterable[Page]:
    """/data/ and /data/<table>/, which has its Table Schema as its twin."""
    made = {table: package.tables[table.name] for table in (*tables(), DUTIES)}
    yield Page(
        address=HOME,
        kind="page",
        template="data.html",
        view=partial(_home, made=made, package=package),
        twin=partial(_home_twin, made=made, package=package),
    )
    for table, one in made.items():
        yield Page(
            address=address(table.name),
            kind="page",
            template="data-table.html",
            view=partial(_table, table=table, made=one, package=package),
            twin=partial(_schema, table=table),
        )


def address(table: str) -> str:
    """The page of a table: `decisions` -> `data/decisions/`."""
    return f"{HOME}{table}/"


def _home(register: Register, made: Mapping[Table, Made], package: Package) -> dict[str, Any]:
    council = register.records.council
    return {
        "title": _("Data"),
        "description": None,
        "crumbs": [],
        "section": "data",
        "as_of": register.as_of,
        "revision": register.revision,
        "groups": _groups(made, package),
        "table_count": len(made),
        "row_count": sum(one.rows for one in made.values()),
        "boundary_count": len(register.records.geometries),
        "archive_kb": _kilobytes(package.files["package.zip"].bytes),
        "database_kb": _kilobytes(package.files["records.sqlite"].bytes),
        "boundary_kb": _kilobytes(package.files["places.geojson"].bytes),
        "catalogue_kb": _kilobytes(package.files["catalogue.jsonld"].bytes),
        "has_parquet": bool(package.parquet),
        "licence": {"title": council.licence.title, "url": council.licence.url},
        "contact": {"name": council.contact.name, "email": council.contact.email},
        "has_feeds": bool(council.site_url),
        "linked_data": _dataset(register),
    }


def _dataset(register: Register) -> dict[str, Any]:
    """For search engines of data (https://schema.org/Dataset)."""
    council = register.records.council
    found: dict[str, Any] = {
        "@type": "Dataset",
        "name": _("%(council)s: decisions, spending and participation") % {"council": council.name},
        "description": council.summary,
        "license": council.licence.url,
        "creator": {"@type": "GovernmentOrganization", "name": council.name},
        "dateModified": register.as_of.isoformat(),
        "isAccessibleForFree": True,
    }
    if council.site_url:
        address = f"{council.site_url.rstrip('/')}/{HOME}package.zip"
        found["distribution"] = {
            "@type": "DataDownload",
            "encodingFormat": "application/zip",
            "contentUrl": address,
        }
    return found


def _groups(made: Mapping[Table, Made], package: Package) -> list[dict[str, Any]]:
    """The tables under the type of record that they come from."""
    kinds = dict.fromkeys(table.kind for table in made)
    return [
        {
            "name": kind,
            "title": next(table.named for table in made if table.kind == kind),
            "tables": [
                {**_about(table), **_sizes(one), "parquet": _parquet(table, package)}
                for table, one in made.items()
                if table.kind == kind
            ],
        }
        for kind in kinds
    ]


def _about(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "title": table.named,
        "description": table.told,
        "address": address(table.name),
        "csv": f"{HOME}{table.name}.csv",
    }


def _sizes(made: Made) -> dict[str, Any]:
    return {"rows": made.rows, "kb": _kilobytes(made.bytes), "sha256": made.sha256}


def _parquet(table: Table, package: Package) -> dict[str, Any] | None:
    """The same table as Parquet, where that could be made."""
    made = package.parquet.get(table.name)
    return (
        {"address": f"{HOME}{table.name}.parquet", "kb": _kilobytes(made.bytes)} if made else None
    )


def _parts(register: Register, table: Table, package: Package) -> list[dict[str, Any]]:
    """The files of single releases that a table is made of, the newest first."""
    records = register.records
    found = sorted(
        releases_of(table, records) if table.row_of else (),
        key=lambda one: (one.period.start, one.id),
        reverse=True,
    )
    return [
        {
            "text": one.title,
            "csv": release_table(one.id),
            "page": page_address("release", one.id),
            "rows": package.releases[one.id].rows,
            "kb": _kilobytes(package.releases[one.id].bytes),
        }
        for one in found
    ]


def _kilobytes(size: int) -> int:
    return max(1, round(size / 1000))


def _home_twin(register: Register, made: Mapping[Table, Made], package: Package) -> dict[str, Any]:
    return {
        "title": _("Data"),
        "licence": register.records.council.licence.url,
        "as_of": register.as_of,
        "revision": register.revision,
        "package": f"{HOME}datapackage.json",
        "archive": f"{HOME}package.zip",
        "database": f"{HOME}records.sqlite",
        "catalogue": f"{HOME}catalogue.jsonld",
        "files": {
            f"{HOME}{name}": {"bytes": one.bytes, "sha256": one.sha256}
            for name, one in package.files.items()
        },
        "tables": [
            {**_about(table), "rows": one.rows, "bytes": one.bytes, "sha256": one.sha256}
            for table, one in made.items()
        ],
    }


def _table(register: Register, table: Table, made: Made, package: Package) -> dict[str, Any]:
    links: dict[str, str] = {}
    for own, name, _its in table.foreign_keys():
        links.setdefault(own[-1], name)
    about = _about(table)
    del about["address"]  # the page knows its own
    return {
        **about,
        **_sizes(made),
        "parquet": _parquet(table, package),
        "releases": _parts(register, table, package),
        "crumbs": [{"text": _("Data"), "address": HOME}],
        "section": "data",
        "columns": [_column(column, links) for column in table.every],
        "primary_key": table.primary_key,
        "licence": {
            "title": register.records.council.licence.title,
            "url": register.records.council.licence.url,
        },
    }


def _column(column: Column, links: Mapping[str, str]) -> dict[str, Any]:
    codes = codelist(column.node["codelist"]).values() if "codelist" in column.node else ()
    targets = [table_of(kind) for kind in column.targets]
    if not targets and column.name in links:
        targets = [links[column.name]]
    return {
        "name": column.name,
        "title": column.named,
        "description": column.told,
        "type": column.type,
        "money": column.node.get("format") == "money",
        "required": column.required,
        "codes": [
            {"code": one.code, "title": _(one.title), "description": _(one.description)}
            for one in codes
        ],
        "links": [{"text": name, "address": address(name)} for name in targets],
        **_limits(column),
    }


def _limits(column: Column) -> dict[str, Any]:
    """What a person may want to know of the constraints; a pattern is for machines."""
    return {
        "longest": column.node.get("maxLength") if column.type == "string" else None,
        "smallest": column.node.get("minimum"),
    }


def _schema(register: Register, table: Table) -> dict[str, Any]:
    return {"$schema": SCHEMA_PROFILE, **table_schema(table)}
