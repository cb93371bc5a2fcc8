"""The templates of the theme, with the words, filters and components that they use."""

from __future__ import annotations

import functools
import gettext
import hashlib
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    Undefined,
    pass_context,
)
from jinja2.runtime import Context
from markupsafe import Markup

from minutebook.publishing.frame import (
    frame_part,
    linked_data,
    logo_address,
    prose_pages,
    security_policy,
)
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


def furnish(env: Environment, records: Records, theme: Path) -> None:
    """Give Pelican's template engine our loader, filters and translations.

    Its own loader falls through to a built-in theme without a word, so it is replaced.
    """
    components = PackageLoader("govuk_frontend_jinja")
    env.loader = ChoiceLoader(
        [
            FileSystemLoader(theme / "templates"),
            PrefixLoader({"govuk_frontend_jinja": components}),
        ]
    )
    env.auto_reload = False  # templates do not change during a build
    env.undefined = Missing
    language = records.council.languages[0]
    env.add_extension("jinja2.ext.i18n")
    found = gettext.translation("minutebook", theme / "locale", [language], fallback=True)
    env.install_gettext_translations(found, newstyle=True)  # type: ignore[attr-defined]
    words = Words(language, records.council.currency)
    env.filters.update(
        date=functools.lru_cache(maxsize=4096)(words.date),
        short_date=functools.lru_cache(maxsize=4096)(words.short_date),
        month=words.month,
        number=words.number,
        percent=words.percent,
        money=words.money,
        round_money=words.round_money,
        prose=_prose,
        linked_data=linked_data,
        url=_url,
        code=lambda code, name: found.gettext(codelist(name)[code].title) if code else "",
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


@pass_context
def _prose(context: Context, source: str | None, anchors: bool = False) -> Markup:
    """Markdown of a record -> safe HTML with links that work from this page."""
    return html(source, context["root"], anchors) if source else Markup("")


@pass_context
def _url(context: Context, address: str) -> str:
    """An address below the root -> a link that works from this page, under any sub-path."""
    return f"{context['root']}{address}"


def ingredients(theme: Path, records: Records) -> str:
    """A digest of all that a page is made of besides its view: engine, templates, schemas, frame."""
    frame = (records.council.document, prose_pages(records))
    digest = hashlib.sha256(repr(frame).encode())
    for package in _MAKERS:
        digest.update(f"{package} {version(package)}\n".encode())
    for path in _files((ENGINE, "*.py"), (theme / "templates", "*"), (theme / "locale", "*.mo")):
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
