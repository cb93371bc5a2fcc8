"""A council in which every word, of interface and records, stands in an alphabet that English has not.

What is still English on its pages went past gettext: records are written in Greek letters, the catalogue in
Cyrillic ones, and the language is Greek, in which Babel writes dates and numbers.
"""

from __future__ import annotations

import csv
import re
import shutil
import string
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import yaml

from minutebook.publishing.catalogue import template, written
from minutebook.records.load import load
from minutebook.records.schema import schema

_LATIN = string.ascii_lowercase + string.ascii_uppercase
GREEK = str.maketrans(_LATIN, "αβγδεφγηιξκλμνοπκρστυβωχψζΑΒΓΔΕΦΓΗΙΞΚΛΜΝΟΠΚΡΣΤΥΒΩΧΨΖ")
CYRILLIC = str.maketrans(_LATIN, "абцдефгхийклмнопярстувшжызАБЦДЕФГХИЙКЛМНОПЯРСТУВШЖЫЗ")
_KEPT = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}|<[^<>]+>|&\w+;|%[sd]")
"""In a message: places for values, elements and entities."""
_MARKDOWN_KEPT = re.compile(r"\]\([^)]*\)|<[^<>]+>|https?://\S+")
_FREE = (None, r"^\S(.*\S)?$")
_PLAIN = ("time_zone", "branch", "media_type", "fingerprint")
_CELLS = (
    *("Title", "Description", "RecipientOrgName", "GrantProgrammeTitle", "Identifier"),
    *("SupplierName", "ProcurementMethod", "ContractReference", "MerchantCategory"),
    "BeneficiaryName",
    "Purpose",
    "OrganisationalUnit",
    "CategoryInternalName",
    "CapitalRevenue",
)


def cyrillic(message: str) -> str:
    """A message in Cyrillic letters, its places and elements as they are."""
    parts, kept = _KEPT.split(message), [*_KEPT.findall(message), ""]
    return "".join(
        f"{part.translate(CYRILLIC)}{own}" for part, own in zip(parts, kept, strict=True)
    )


def write_catalogue(locale: Path) -> None:
    """The Greek catalogue with every message in Cyrillic letters."""
    words = template()
    words.locale = "el"
    for message in words:
        if isinstance(message.id, tuple):
            message.string = tuple(cyrillic(each) for each in message.id)
        elif message.id:
            message.string = cyrillic(message.id)
    path = locale / "el" / "LC_MESSAGES" / "minutebook.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(written(words))


def write_content(source: Path, content: Path) -> None:
    """The records of `source` with all that a person wrote freely in Greek letters."""
    shutil.copytree(source, content)
    records = load(source).records
    assert records
    every = [("council", records.council), *records]
    for kind, record in every:
        path = content / record.path
        found = _greek(schema(kind).resolved, dict(record.document))
        if kind == "council":
            found["languages"] = ["el"]
        path.write_text(_file(found, schema(kind).sections, path.suffix), encoding="utf-8")
    for path in content.rglob("*.csv"):
        _translate_cells(path)


def _greek(node: Mapping[str, Any], value: Any) -> Any:
    if isinstance(value, dict):
        parts = node.get("properties", {})
        return {
            key: each if key in _PLAIN else _greek(parts.get(key, {}), each)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [_greek(node.get("items", {}), each) for each in value]
    free = node.get("pattern") in _FREE and not {"enum", "refersTo"} & node.keys()
    if not isinstance(value, str) or node.get("type") != "string" or not free:
        return value
    if node.get("format") in (None, "markdown"):
        parts, kept = _MARKDOWN_KEPT.split(value), [*_MARKDOWN_KEPT.findall(value), ""]
        return "".join(
            f"{part.translate(GREEK)}{own}" for part, own in zip(parts, kept, strict=True)
        )
    return value


def _file(found: dict[str, Any], sections: Mapping[str, str], suffix: str) -> str:
    fields = {key: value for key, value in found.items() if key not in sections.values()}
    text = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False)
    if suffix != ".md":
        return text
    parts = [
        f"## {heading}\n\n{found[field]}\n" if heading != "*" else f"{found[field]}\n"
        for heading, field in sections.items()
        if field in found
    ]
    return f"---\n{text}---\n\n" + "\n".join(parts)


def _translate_cells(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        for row in rows:
            cells = {name: row[name].translate(GREEK) for name in {*_CELLS} & row.keys()}
            writer.writerow({**row, **cells})


_ATTRIBUTES = ("alt", "aria-label", "placeholder", "title", "content", "label")
_NOT_WORDS = ("script", "style", "code", "pre")
_NOT_SAID = ("viewport", "theme-color", "Content-Security-Policy", "color-scheme", "og:url")


class _Reader(HTMLParser):
    """Collects what a page says: its text, and the attributes that are read out or shown."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _NOT_WORDS
        own = dict(attrs)
        named = own.get("name") or own.get("property") or own.get("http-equiv")
        for name, value in attrs:
            shown = name in _ATTRIBUTES or (name.startswith("data-") and " " in (value or ""))
            if value and shown and named not in _NOT_SAID:
                self.said.append(value)

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _NOT_WORDS

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said.append(data)


_NAMES = {
    *("DuckDB", "pandas", "Datasette", "frictionless", "frictionlessdata", "SQLite", "Parquet"),
    *("Minutebook", "SHA-256", "CSV", "PDF", "JSON", "ODS", "ODT", "ZIP", "GeoJSON", "kB", "MB"),
}
_ADDRESS = re.compile(
    r"https?://\S+|\S+@\S+|\{\w+\}|\b[0-9a-f]{64}\b|\b[\w/.-]+\.(?:md|yaml|json|csv|zip|geojson|atom|ics)\b"
)


def english(html: str, ids: set[str], allowed: Iterable[str] = ()) -> set[str]:
    """The words in Latin letters that a page says, but for ids, addresses, files and names of programs.

    `allowed` holds whole sentences that may be English.
    """
    reader = _Reader()
    reader.feed(html)
    found = set()
    for said in reader.said:
        text = _ADDRESS.sub(" ", said)
        for sentence in allowed:
            text = text.replace(sentence, "")
        for word in re.findall(r"[\w.-]*[A-Za-z]{2,}[\w.-]*", text):
            bare = word.strip(".-")
            if bare not in ids and bare not in _NAMES:
                found.add(f"{bare} ({' '.join(said.split())[:70]})")
    return found
