"""The templates of the theme, with the words, filters and components that they use."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    Undefined,
    pass_context,
)
from jinja2.runtime import Context, Macro
from markupsafe import Markup

from minutebook.publishing.engine import Engine
from minutebook.publishing.frame import (
    frame_part,
    linked_data,
    logo_address,
    prose_pages,
    security_policy,
)
from minutebook.publishing.glossary import explained, glossary
from minutebook.publishing.language import _, catalogues, many
from minutebook.publishing.words import Words
from minutebook.records.prose import html
from minutebook.records.records import Records
from minutebook.records.schema import SCHEMAS, codelist

ENGINE = Path(__file__).resolve().parents[1]
_MAKERS = ("babel", "govuk-frontend-jinja", "jinja2", "markdown", "nh3")


class Missing(Undefined):
    """A value that a view forgot is an error where it would be shown, never an empty place.

    It may be tested for, because the components test for options that nobody gave.
    """

    __str__ = __iter__ = __len__ = Undefined._fail_with_undefined_error  # type: ignore[assignment]


def engine(
    settings: Mapping[str, Any], records: Records, theme: Path, cache: Path | None = None
) -> Engine:
    """The template engine of a site, with our loader, filters and translations.

    Pelican's own falls through to a built-in theme without a word, so it is not used; `settings` are those
    that Pelican would give it. In the folder `cache`, compiled templates are kept from one build to the next.
    """
    components = PackageLoader("govuk_frontend_jinja")
    loader = ChoiceLoader(
        [
            FileSystemLoader(theme / "templates"),
            PrefixLoader({"govuk_frontend_jinja": components}),
        ]
    )
    language = records.council.languages[0]
    env = Engine(loader, settings, _, many)
    env.undefined = Missing
    if cache:
        cache.mkdir(parents=True, exist_ok=True)
        dialect = _dialect(records, theme)
        env.new = next(cache.glob(f"{dialect}-*"), None) is None
        env.bytecode_cache = FileSystemBytecodeCache(str(cache), f"{dialect}-%s.cache")
    words = Words(language, records.council.currency)
    # The same days, numbers and codes stand on many pages, and Babel works each of them out anew.
    kept = functools.lru_cache(maxsize=8192)
    code = kept(lambda code, name: _(codelist(name)[code].title) if code else "")
    number = kept(words.number)
    env.filters.update(
        date=kept(words.date),
        short_date=kept(words.short_date),
        month=kept(words.month),
        number=number,
        percent=kept(words.percent),
        money=kept(words.money),
        round_money=kept(words.round_money),
        tally=lambda counts: ", ".join(
            f"{number(each['value'])} {code(each['option'], 'vote-option').lower()}"
            for each in counts
        ),
        prose=_prose,
        linked_data=linked_data,
        url=_url,
        anchor=_anchor,
        anchors=_anchors,
        made_by=_made_by(),
        code=code,
        explained=explained(glossary(records)),
    )
    env.globals.update(
        council=records.council,
        language=language,
        words=words,
        prose_pages=prose_pages(records),
        logo_address=logo_address(records),
        frame_part=frame_part(),
        content_security_policy=security_policy(env),
    )
    return env


def _dialect(records: Records, theme: Path) -> str:
    """What a compiled template depends on: these files, Jinja, the words, and the templates it includes.

    Jinja works out `1000000 | round_money` when it compiles, so also language and currency.
    """
    council, here = records.council, Path(__file__)
    made_for = (council.languages[0], council.currency, version("jinja2"))
    digest = hashlib.sha256(repr(made_for).encode())
    settings = ENGINE.parents[1] / "pelicanconf.py"
    for path in (here, here.with_name("engine.py"), settings, *_files((theme / "templates", "*"))):
        digest.update(path.read_bytes())
    for path in catalogues():
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@pass_context
def _prose(context: Context, source: str | None, anchors: bool = False) -> Markup:
    """Markdown of a record -> safe HTML with links that work from this page."""
    return html(source, context["root"], anchors) if source else Markup("")


@pass_context
def _url(context: Context, address: str) -> str:
    """An address below the root -> a link that works from this page, under any sub-path."""
    return f"{context['root']}{address}"


@functools.lru_cache(maxsize=16_384)
def _link(root: str, address: str, text: str) -> Markup:
    """The same people, places and topics are named on many pages."""
    return Markup('<a href="{}{}">{}</a>').format(root, address, text)


@pass_context
def _anchor(context: Context, item: Mapping[str, str]) -> Markup:
    """{"text", "address"} -> a link."""
    return _link(context["root"], item["address"], item["text"])


@pass_context
def _anchors(context: Context, items: Iterable[Mapping[str, str]], joint: str = ", ") -> Markup:
    """Several links, with commas between them."""
    root = context["root"]
    return Markup(joint).join([_link(root, item["address"], item["text"]) for item in items])


def _made_by() -> Callable[..., Markup]:
    """What a macro makes of a row that stands on many pages; the row's `address` says which it is.

    The macro may use nothing but the row, `more` (a plain value) and `root`.
    """
    made: dict[tuple[str, str, str, str], Markup] = {}

    @pass_context
    def made_by(context: Context, row: Mapping[str, Any], macro: Macro, more: str = "") -> Markup:
        key = (macro.name, context["root"], row["address"], more)
        if key not in made:
            made[key] = macro(row, more) if more else macro(row)
        return made[key]

    return made_by


def ingredients(theme: Path, records: Records) -> str:
    """A digest of all that a page is made of besides its view: engine, templates, schemas, frame."""
    frame = (records.council.document, prose_pages(records), glossary(records))
    digest = hashlib.sha256(repr(frame).encode())
    for package in _MAKERS:
        digest.update(f"{package} {version(package)}\n".encode())
    made_with = _files((ENGINE, "*.py"), (theme / "templates", "*"))
    for path in (*made_with, *catalogues()):
        digest.update(path.read_bytes())
    for path in _files((SCHEMAS, "*")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files(*places: tuple[Path, str]) -> Iterable[Path]:
    for folder, pattern in places:
        yield from sorted(path for path in folder.rglob(pattern) if path.is_file())


def plain_data(value: Any) -> Any:
    """What JSON cannot hold by itself: dates become ISO 8601 text. For `json.dumps(default=…)`."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot stand in a view")
