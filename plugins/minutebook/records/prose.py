"""Markdown -> sanitised HTML. The only place where text is declared to be safe HTML.

Raw HTML is off, images are left out (they would call other hosts), and what is left goes through nh3.
A link such as `decision:2026-014` goes to the page of that record.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import markdown
import nh3
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup, escape

from minutebook.records.addresses import address
from minutebook.records.schema import record_types

_ROOT = "minutebook-root/"
# As `[text](decision:2026-014)`, with or without <> and a title, and as `[text]: decision:2026-014`.
_LINK = re.compile(r"\](?:\(|:) *<?([a-z]+):([^()\s<>\"']+)")
_ID = re.compile(r"[a-z0-9-]+")
_NESTED = re.compile(r"^[ \t]*(?:(?:>|(?:[-*+]|[0-9]{1,9}\.)[ \t])[ \t]*){20}", re.MULTILINE)
_BLOCK = re.compile(r"^ {0,3}(?:(?:#{1,6}|>|[-*+]|[0-9]{1,9}[.)]) +)+")
# A line of it has letters, digits and the punctuation of sentences, begins with none that could be a mark
# (a list, a heading, a definition) and does not end in a space (a line break).
_PLAIN_LINE = r"(?![0-9]+[.)])(?:[^\W_]|[\"'(£€‘“])(?:[^\W_]+|[ .,;:?!'\"()/%£€‘’“”–—-])*+(?<! )"
_PLAIN = re.compile(rf"{_PLAIN_LINE}(?:\n{{1,2}}{_PLAIN_LINE})*+\n?")
_ALIGN = re.compile(r"text-align: (left|center|right)")
_TAGS = (
    {"a", "abbr", "blockquote", "br", "code", "dd", "del", "dl", "dt", "em", "h2", "h3", "h4", "h5"}
    | {"hr", "li", "ol", "p", "pre", "strong", "sub", "sup", "ul"}
    | {"table", "tbody", "td", "th", "thead", "tr"}
)
BRACKETS = 1000
"""Opening brackets in one text; the converter's time grows with their square."""
_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "th": {"class"},
    "td": {"class"},
    "ol": {"start"},
    **{f"h{level}": {"id"} for level in range(2, 6)},
}


def html(source: str, root: str = "", anchors: bool = False) -> Markup:
    """Convert Markdown to HTML that is safe to show.

    `root` leads from the page to the root of the site, such as `../../`. With `anchors`, headings get
    ids (for pages of prose; elsewhere two sections could give the same one).
    """
    return Markup(_converted(source, anchors).replace(f'href="{_ROOT}', f'href="{root}'))


@functools.lru_cache(maxsize=4096)
def _converted(source: str, anchors: bool) -> str:
    if _PLAIN.fullmatch(source):
        # Most texts are plain paragraphs; what the converter makes of them is known, and it takes 50 times
        # as long. A test compares the two.
        return "<p>" + source.rstrip("\n").replace("\n\n", "</p>\n<p>") + "</p>"
    return _marked_up(source, anchors)


def _marked_up(source: str, anchors: bool) -> str:
    converter = _converter(anchors)
    converter.reset()
    try:
        made = converter.convert(source)
    except RecursionError:  # what tangled() does not see; the words are shown as they stand
        made = f"<p>{escape(source)}</p>"
        _converter.cache_clear()  # it still believes to be in the middle of that text
    return nh3.clean(
        made,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )


def plain(source: str) -> str:
    """The words of a Markdown text, without its marks: for search, descriptions and feeds."""
    lines = (line for line in source.split("\n") if not _is_rule(line))
    text = "\n".join(_BLOCK.sub("", line) for line in lines)
    text = re.sub(r"!?\[([^\[\]]*)\]\([^()]*\)", r"\1", text)
    text = re.sub(r"[*`~]{1,3}(?=\S)|(?<=\S)[*`~]{1,3}|\b_{1,3}|_{1,3}\b", "", text)
    return " ".join(text.replace("|", " ").split())


def tangled(source: str) -> bool:
    """Whether a Markdown text would take the converter to HTML too long or too deep."""
    return source.count("[") > BRACKETS or _NESTED.search(source) is not None


def _is_rule(line: str) -> bool:
    """The line between the head and the body of a table, a ruler or an underlined heading."""
    return not line.strip(" :|-=")


def links(source: str) -> Iterator[tuple[str, str]]:
    """The links to records in a text: type and id, as written, whether or not they exist."""
    for match in _LINK.finditer(source):
        if match[1] in record_types():
            yield match[1], match[2]


@functools.cache
def _converter(anchors: bool) -> markdown.Markdown:
    """One converter a process: making one costs more than using it."""
    extensions: list[str | Extension] = ["tables", "sane_lists", "def_list", _Safe()]
    if anchors:
        extensions.append("toc")
    return markdown.Markdown(extensions=extensions, output_format="html")


class _Safe(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.treeprocessors.register(_Rewrite(md), "minutebook", 0)


class _Rewrite(Treeprocessor):
    """Resolves links to records, and turns the alignment of cells from a style into a class."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            href = element.get("href")
            if href is not None:
                kind, colon, id = href.partition(":")
                if colon and kind in record_types() and _ID.fullmatch(id):
                    element.set("href", _ROOT + address(kind, id))
            align = _ALIGN.search(element.get("style", ""))
            if align:
                element.set("class", f"align-{align[1]}")
