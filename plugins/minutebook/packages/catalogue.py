"""The catalogue for data portals: DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/) as JSON-LD.

The mandatory and recommended properties are those of DCAT-AP 3.0. A type of record is a dataset; payments
are a series with a dataset for each release; everything together, lists inside records as well, is one
dataset more, with its ZIP file and its database.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from minutebook.packages.descriptor import Made
from minutebook.packages.duties import DUTIES
from minutebook.packages.package import Package
from minutebook.packages.tables import Table, tables
from minutebook.publishing.language import _
from minutebook.records.addresses import address, release_table
from minutebook.records.model import Release
from minutebook.records.register import Register

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MEDIA = "https://www.iana.org/assignments/media-types/"
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_FORMATS = {
    ".csv": ("text/csv", "CSV"),
    ".zip": ("application/zip", "ZIP"),
    ".sqlite": ("application/vnd.sqlite3", "OCTET"),
    ".geojson": ("application/geo+json", "GEOJSON"),
    ".parquet": ("application/vnd.apache.parquet", "PARQUET"),
}
_LANGUAGES = {"en": "ENG", "cy": "CYM", "ga": "GLE", "de": "DEU", "fr": "FRA"}


def catalogue(register: Register, package: Package) -> dict[str, Any]:
    """The whole catalogue. Without the address of the site, its own addresses are relative to the file."""
    return _Catalogue(register, package).whole()


class _Catalogue:
    def __init__(self, register: Register, package: Package) -> None:
        self.register, self.package = register, package
        self.council = register.records.council
        self.root = f"{self.council.site_url.rstrip('/')}/" if self.council.site_url else "../"

    def whole(self) -> dict[str, Any]:
        datasets = [self._everything(), *self._tables(), *self._releases()]
        return {
            "@context": CONTEXT,
            "@id": f"{self.root}data/catalogue.jsonld",
            "@type": "dcat:Catalog",
            **self._common(_("Data of %s") % self.council.name, self.council.summary),
            "foaf:homepage": {"@id": f"{self.root}data/"},
            "dcat:themeTaxonomy": {"@id": f"{_AUTHORITY}data-theme"},
            "dcat:dataset": datasets,
        }

    def _common(self, title: str, description: str) -> dict[str, Any]:
        code = _LANGUAGES.get(next(iter(self.council.languages), "en"))
        return {
            "dct:title": title,
            "dct:description": description,
            "dct:publisher": {
                "@id": f"{self.root}#publisher",
                "@type": "foaf:Agent",
                "foaf:name": self.council.name,
            },
            "dct:license": {"@id": self.council.licence.url},
            **({"dct:language": {"@id": f"{_AUTHORITY}language/{code}"}} if code else {}),
        }

    def _dataset(self, place: str, title: str, description: str) -> dict[str, Any]:
        contact: dict[str, Any] = {
            "@type": "vcard:Kind",
            "vcard:fn": self.council.contact.name,
        }
        if self.council.contact.email:
            contact["vcard:hasEmail"] = {"@id": f"mailto:{self.council.contact.email}"}
        return {
            "@id": f"{self.root}{place}#dataset",
            "@type": "dcat:Dataset",
            **self._common(title, description),
            "dct:identifier": f"{self.council.id}/{place.strip('/')}",
            "dcat:landingPage": {"@id": f"{self.root}{place}"},
            "dcat:contactPoint": contact,
            "dcat:theme": {"@id": f"{_AUTHORITY}data-theme/GOVE"},
        }

    def _distribution(self, path: str, made: Made, title: str) -> dict[str, Any]:
        media, code = next(found for end, found in _FORMATS.items() if path.endswith(end))
        return {
            "@id": f"{self.root}{path}#distribution",
            "@type": "dcat:Distribution",
            "dct:title": title,
            "dcat:accessURL": {"@id": f"{self.root}{path}"},
            "dcat:downloadURL": {"@id": f"{self.root}{path}"},
            "dcat:mediaType": {"@id": f"{_MEDIA}{media}"},
            "dct:format": {"@id": f"{_AUTHORITY}file-type/{code}"},
            "dct:license": {"@id": self.council.licence.url},
            "dcat:byteSize": {"@value": str(made.bytes), "@type": "xsd:nonNegativeInteger"},
            "spdx:checksum": {
                "@type": "spdx:Checksum",
                "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
                "spdx:checksumValue": {"@value": made.sha256, "@type": "xsd:hexBinary"},
            },
        }

    def _everything(self) -> dict[str, Any]:
        files = self.package.files
        title = _("%s: decisions, spending and participation") % self.council.name
        names = {"package.zip": _("All tables (ZIP)"), "records.sqlite": _("All tables (SQLite)")}
        return {
            **self._dataset("data/", title, _("Every record of this site, as tables.")),
            "dct:modified": _day(self.register.as_of.isoformat()),
            "dcat:distribution": [
                self._distribution(f"data/{name}", files[name], what)
                for name, what in names.items()
            ],
        }

    def _tables(self) -> Iterator[dict[str, Any]]:
        for table in (*tables(), DUTIES):
            if table.parent and not table.row_of:
                continue  # a list inside a record: it is in the database and in the ZIP file
            made = self.package.tables[table.name]
            found = self._dataset(f"data/{table.name}/", table.named, table.told)
            found["dcat:distribution"] = self._files(table, made)
            if "payments" in table.row_of:
                found["@type"] = ["dcat:Dataset", "dcat:DatasetSeries"]
                found["dct:accrualPeriodicity"] = {"@id": f"{_AUTHORITY}frequency/MONTHLY"}
            yield found

    def _files(self, table: Table, made: Made) -> list[dict[str, Any]]:
        found = [self._distribution(f"data/{table.name}.csv", made, f"{table.named} (CSV)")]
        other = self.package.parquet.get(table.name)
        if other:
            path = f"data/{table.name}.parquet"
            found.append(self._distribution(path, other, f"{table.named} (Parquet)"))
        if table.name == "places":
            shapes = self.package.files["places.geojson"]
            found.append(
                self._distribution("data/places.geojson", shapes, _("Boundaries (GeoJSON)"))
            )
        return found

    def _releases(self) -> Iterator[dict[str, Any]]:
        for id, release in self.register.records.releases.items():
            yield self._release(release, self.package.releases[id])

    def _release(self, release: Release, made: Made) -> dict[str, Any]:
        found = self._dataset(
            address("release", release.id),
            release.title,
            release.notes
            or _("%(rows)s rows: %(title)s.")
            % {"rows": f"{release.row_count:,}", "title": release.title},
        )
        found["dct:temporal"] = {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _day(release.period.start.isoformat()),
            "dcat:endDate": _day(release.period.end.isoformat()),
        }
        if release.date_published:
            found["dct:issued"] = _day(release.date_published.isoformat())
        if release.classification == "payments":
            found["dcat:inSeries"] = {"@id": f"{self.root}data/payments/#dataset"}
        path = release_table(release.id)
        found["dcat:distribution"] = [self._distribution(path, made, f"{release.title} (CSV)")]
        return found


def _day(day: str) -> dict[str, str]:
    return {"@value": day, "@type": "xsd:date"}
