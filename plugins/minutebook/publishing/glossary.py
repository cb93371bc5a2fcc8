"""The words that councils use and nobody else does: each leads to where the council explains it.

A heading on one of the council's own pages, such as `### Call-in` on /about/, explains the word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from minutebook.records.addresses import address
from minutebook.records.prose import html
from minutebook.records.records import Records

_HEADING = re.compile(r'<h[2-5] id="([^"]+)">(.*?)</h[2-5]>', re.DOTALL)


def glossary(records: Records) -> Mapping[str, str]:
    """For each word that is explained, in lower case, the address of its explanation."""
    found: dict[str, str] = {}
    for id, page in records.pages.items():
        for anchor, words in _HEADING.findall(html(page.body, anchors=True)):
            found.setdefault(_key(Markup(words).striptags()), f"{address('page', id)}#{anchor}")
    return found


def explained(known: Mapping[str, str]) -> Callable[..., Markup]:
    """The filter that links a text to the explanation of a word (of itself, if none is named)."""

    @pass_context
    def explained(context: Context, text: str, word: str = "") -> Markup:
        where = known.get(_key(word or text))
        if not where:
            return escape(text)
        link = Markup('<a class="mb-term" href="{}{}">{}</a>')
        return link.format(context["root"], where, text)

    return explained


def _key(words: str) -> str:
    return " ".join(words.split()).casefold()
