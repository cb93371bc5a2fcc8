"""Every sentence and word of the interface, for translators: the template of all catalogues.

The words are those of the templates and views, and of what the software itself says about records: the
titles and descriptions of schemas and codelists, and the rules. The format is GNU gettext's PO.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from minutebook.publishing.language import LOCALE, catalogue
from minutebook.records.identifiers import schemes
from minutebook.records.schema import SCHEMAS

ROOT = SCHEMAS.parent
POT = LOCALE / "minutebook.pot"
_ENGINE = Path(__file__).resolve().parents[1]
_VIEWS = ("feeds", "packages", "pages", "publishing", "search")
_KEYWORDS = {"_": None, "gettext": None, "spoken": None, "many": (1, 2), "ngettext": (1, 2)}
_TEMPLATE_OPTIONS = {
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "newstyle_gettext": "true",
    "silent": "false",
}
_TOLD = ("title", "description", "sectionTitle")
_RULE = ("title", "requires", "mend", "source")

Found = tuple[Path, Any, list[str]]
"""The file, the message (with its plural, a pair of them), and comments for translators."""


def messages() -> Iterator[Found]:
    """All that is to be translated, file by file in a fixed order."""
    for name in _VIEWS:
        for path in sorted((_ENGINE / name).rglob("*.py")):
            yield from _source(path, "python")
    for path in sorted((ROOT / "theme/templates").rglob("*.html")):
        yield from _source(path, "jinja2.ext.babel_extract", _TEMPLATE_OPTIONS)
    for path in sorted(SCHEMAS.glob("*.schema.json")):
        yield from ((path, text, []) for text in _told(json.loads(path.read_text("utf-8"))))
    for path in sorted((SCHEMAS / "codelists").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield from ((path, row[name], []) for name in ("title", "description"))
    for scheme in schemes().values():
        yield SCHEMAS / "identifier-schemes.csv", scheme.title, []
    for path in sorted((SCHEMAS / "rulebooks").glob("*.yaml")):
        book = yaml.safe_load(path.read_text("utf-8"))
        for value in book.get("parameters", {}).values():
            if isinstance(value, str):
                yield path, value, []
        for rule in book["rules"].values():
            yield from ((path, rule[name], []) for name in _RULE if name in rule)


def _source(path: Path, method: str, options: dict[str, str] | None = None) -> Iterator[Found]:
    with path.open("rb") as file:
        found = extract(method, file, _KEYWORDS, ("For translators:",), options)
        yield from ((path, message, comments) for _line, message, comments, _context in found)


def _told(node: Any) -> Iterator[str]:
    """The titles and descriptions in a schema, however deep."""
    if isinstance(node, list):
        for item in node:
            yield from _told(item)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key in _TOLD and isinstance(value, str):
                yield value
            yield from _told(value)


def template() -> Catalog:
    """The catalogue without a language, whose messages name the files that they stand in."""
    found = Catalog(project="Minutebook", charset="utf-8", fuzzy=False)
    for path, message, comments in messages():
        if message:
            where = [(path.relative_to(ROOT).as_posix(), 0)]
            found.add(message, locations=where, auto_comments=comments)
    return found


def written(found: Catalog) -> bytes:
    """A catalogue as a file: sorted, without line numbers or the time, so that only words make it differ."""
    buffer = io.BytesIO()
    write_po(
        buffer, found, omit_header=found.locale is None, sort_output=True, include_lineno=False
    )
    return buffer.getvalue()


def renew(language: str) -> tuple[int, int]:
    """Bring the catalogue of a language up to date, or begin it; returns how many are done, of how many.

    What a translator wrote is kept; a message that changed keeps its translation, marked as fuzzy, which is
    not shown until somebody has read it.
    """
    path, words = catalogue(language), template()
    locale = language.replace("-", "_")
    if path.exists():
        with path.open("rb") as file:
            own = read_po(file, locale)
        words.creation_date = own.creation_date  # else every renewal would change the file
    else:
        about = f"# The words of Minutebook in {Locale.parse(locale).english_name}."
        own = Catalog(locale, header_comment=about, project="Minutebook", charset="utf-8")
        own.fuzzy = False
    own.update(words)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written(own))
    every = [message for message in own if message.id]
    return sum(1 for one in every if one.string and any(one.string) and not one.fuzzy), len(every)
