"""Prose becomes HTML that a browser runs nothing of, and every address is decided in one place."""

from __future__ import annotations

import ast
import re
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from minutebook.records import addresses, prose
from minutebook.records.schema import record_types

TAGS = {"a", "abbr", "blockquote", "br", "code", "dd", "del", "dl", "dt", "em", "h2", "h3", "h4"}
TAGS |= {"h5", "hr", "li", "ol", "p", "pre", "strong", "sub", "sup", "table", "tbody", "td", "th"}
TAGS |= {"thead", "tr", "ul"}
ATTRIBUTES = {"href", "title", "rel", "class", "start", "id"}

# After the OWASP XSS Filter Evasion Cheat Sheet, in our own words, and what Markdown adds to it: one a line,
# where \\n, \\t and \\x01 stand for those characters.
ATTACKS = Path(__file__).parent / "cases" / "hostile" / "prose.txt"
CASES = [
    re.sub(r"\\(x[0-9a-f]{2}|n|t)", lambda found: ast.literal_eval(f'"{found[0]}"'), line)
    for line in ATTACKS.read_text(encoding="utf-8").splitlines()
]


class Reader(HTMLParser):
    """Finds what a browser would act on."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self.wrong.append(f"<{tag} {name}>")
            if name == "class" and value not in ("align-left", "align-center", "align-right"):
                self.wrong.append(f"class={value}")
            if name == "href" and self.dangerous(value or ""):
                self.wrong.append(f"href={value}")

    @staticmethod
    def dangerous(address: str) -> bool:
        """Browsers leave out leading blanks, tabs and line ends before they look for the scheme."""
        bare = re.sub(r"[\t\r\n]", "", address).lstrip("".join(map(chr, range(33)))).lower()
        scheme = re.match(r"([a-z][a-z0-9+.-]*):", bare)
        return scheme is not None and scheme[1] not in ("http", "https", "mailto")

    def handle_comment(self, data: str) -> None:
        self.wrong.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.wrong.append("declaration")

    def handle_pi(self, data: str) -> None:
        self.wrong.append("instruction")


def wrong(html: str) -> list[str]:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.wrong


@pytest.mark.parametrize("anchors", [False, True], ids=["plain", "anchors"])
@pytest.mark.parametrize("source", CASES)
def test_a_known_attack_does_nothing(source: str, anchors: bool) -> None:
    assert wrong(prose.html(source, "../../", anchors)) == []
    assert wrong(prose.html(f"A word\n\n{source}\n\nand another.", "", anchors)) == []


@pytest.mark.parametrize(
    "html",
    [
        "<script>",
        "<p onclick=x>",
        "<p style=x>",
        "<img src=x>",
        "<a href=' java\tscript:x'>",
        "<a href=data:x>",
        "<td class=x>",
        "<!-- x -->",
        "<iframe>",
    ],
)
def test_what_a_browser_would_act_on_is_found(html: str) -> None:
    assert wrong(html) != []


def test_the_converter_alone_would_not_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the sanitiser, some of these attacks succeed: it is not there for show."""
    monkeypatch.setattr(prose.nh3, "clean", lambda html, **_: html)
    made = [prose._converted.__wrapped__(source, False) for source in CASES]
    assert [html for html in made if wrong(html)] != []


PIECES = st.sampled_from(
    [
        *CASES,
        "\n\n",
        "    ",
        "javascript:",
        "data:",
        "style=",
        "|",
        "-|-",
        *"<>\"'`*_&#;=()[]!-\\\x02\x03",
    ]
)
MARKDOWN = st.lists(PIECES | st.text(max_size=5), max_size=8).map("".join)


@settings(derandomize=True, deadline=None, database=None, max_examples=2000)
@given(source=MARKDOWN, anchors=st.booleans())
@example(source="1. " * 2000, anchors=False)
@example(source="- * " * 2000, anchors=True)
def test_nothing_in_prose_is_run(source: str, anchors: bool) -> None:
    assert wrong(prose.html(source, "../../", anchors)) == []
    assert isinstance(prose.plain(source), str)


@settings(derandomize=True, deadline=None, database=None, max_examples=300)
@given(source=MARKDOWN)
def test_the_same_text_gives_the_same_html(source: str) -> None:
    made = prose._converted.__wrapped__
    made("## Another text\n\n[a]: https://other.example", True)
    assert made(source, False) == made(source, False)


def test_a_text_that_is_too_deep_spoils_no_other() -> None:
    assert "- * - *" in prose.html("- * " * 2000)
    assert prose.html("[x](page:about)").startswith('<p><a href="about/"')


LONG = {
    "brackets": "[" * prose.BRACKETS,
    "images": "![" * prose.BRACKETS,
    "links": "[](" * prose.BRACKETS,
    "stars": "*" * 40_000,
    "stars and words": "*a **b " * 5_000,
    "backticks": "".join("`" * number + " " for number in range(1, 280)),
    "angles": "<" * 40_000,
    "quotes": ">" * 19 + " a",
    "spaces": "a" + " " * 40_000 + "b",
    "lines": "a" + "\n" * 40_000 + "b",
    "bars": "|" * 40_000 + "\n" + "|-" * 20_000,
    "table": "a|b\n-|-\n" + "|\n" * 15_000,
    "definitions": "[a]: b\n" * (prose.BRACKETS - 1),
    "signs": "#" * 40_000,
    "tabs": "\t" * 40_000 + "a",
    "parentheses": "[a](" + "(" * 40_000,
}


@pytest.mark.parametrize("name", LONG)
def test_long_prose_is_converted_soon(name: str) -> None:
    assert not prose.tangled(LONG[name])
    started = time.process_time()
    prose._converted.__wrapped__(LONG[name], False)
    assert time.process_time() - started < 2
    started = time.process_time()
    prose.plain(LONG[name])
    assert len(list(prose.links(LONG[name]))) == 0
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize(
    "source", ["[" * (prose.BRACKETS + 1), "1. " * 20, ">\t" * 30, "> - " * 10]
)
def test_tangled_prose_is_found(source: str) -> None:
    assert prose.tangled(f"A text\n{source}")


# What prose is for


@pytest.mark.parametrize(
    ("source", "href"),
    [
        ("[x](decision:2026-014)", "../../decisions/2026-014/"),
        ('[x](decision:2026-014 "title")', "../../decisions/2026-014/"),
        ("[x](<page:about>)", "../../about/"),
        ("[x][1]\n\n[1]: place:harbour", "../../places/harbour/"),
        ("[x](https://a.example/?b=c)", "https://a.example/?b=c"),
        ("[x](mailto:a@b.example)", "mailto:a@b.example"),
    ],
)
def test_links(source: str, href: str) -> None:
    assert f'href="{href}"' in prose.html(source, "../../")


@pytest.mark.parametrize("source", ["[x](decision:../x)", "[x](decision:a/b)", "[x](meeting:A)"])
def test_a_link_to_what_is_no_id_leads_nowhere(source: str) -> None:
    assert "href" not in prose.html(source)


def test_links_to_records_are_found_however_they_are_written() -> None:
    source = '[a](decision:1) [b](<place:p> "t") [c][r] [d](https://x.example)\n\n[r]: person:ada'
    assert list(prose.links(source)) == [("decision", "1"), ("place", "p"), ("person", "ada")]


def test_the_alignment_of_a_table_is_a_class() -> None:
    html = prose.html("a|b\n-:|:-:\n1|2")
    assert '<td class="align-right">' in html
    assert "style" not in html


def test_headings_have_anchors_only_on_pages_of_prose() -> None:
    assert 'id="why"' in prose.html("### Why", anchors=True)
    assert "id=" not in prose.html("### Why")


def test_plain_words() -> None:
    source = (
        "### Head\n\nSome **bold** and _it_, snake_case, [a link](decision:1), 2 * 3.\n\n> - `x`"
    )
    assert prose.plain(source) == "Head Some bold and it, snake_case, a link, 2 * 3. x"
    assert prose.plain("a|b\n-|-\n1|2") == "a b 1 2"


# Addresses


@pytest.mark.parametrize("kind", record_types())
def test_every_record_has_its_address(kind: str) -> None:
    address = addresses.address(kind, "2026-014")
    if kind == "supplier":  # below the spending that it is part of
        assert address == "spending/suppliers/2026-014/"
    else:
        assert re.fullmatch(r"([a-z]+/)?2026-014/", address)
    assert addresses.file(address) == f"{address}index.html"
    assert addresses.twin(address) != addresses.file(address)
    assert addresses.root(address) == "../" * address.count("/")


def test_no_two_records_share_an_address() -> None:
    made = [addresses.address(kind, "a") for kind in record_types()]
    made += [addresses.list_address(kind) for kind in record_types() if kind != "page"]
    files: list[Any] = [addresses.file(each) for each in made] + [
        addresses.twin(each) for each in made
    ]
    assert len(set(files)) == len(files)


def test_ids_that_would_take_the_place_of_a_list_are_reserved() -> None:
    for kind in record_types():
        if kind != "supplier":  # the twin of their list lies beside its folder
            assert addresses.twin(addresses.address(kind, "index")) in {
                addresses.twin(addresses.list_address(kind)),
                "index/index.json",
            }
        assert "index" in addresses.reserved(kind)
    assert set(record_types().values()) <= addresses.reserved("page")


@pytest.mark.parametrize(
    ("address", "file", "twin", "root"),
    [
        ("", "index.html", "index.json", "./"),
        ("about/", "about/index.html", "about/index.json", "../"),
        ("decisions/1/", "decisions/1/index.html", "decisions/1.json", "../../"),
        ("data/a.csv", "data/a.csv", "data/a.csv.json", "../"),
    ],
)
def test_files_of_addresses(address: str, file: str, twin: str, root: str) -> None:
    assert (addresses.file(address), addresses.twin(address), addresses.root(address)) == (
        file,
        twin,
        root,
    )


# Words, marks and breaks in any order: about a third of these texts are plain.
PLAIN = ("Word", "the £5", "1", "2026.", "3)", "naïve", "e\u0301", "²", "’", "'", '"', "(", ")")
BREAKS = (" ", " ", " ", "\n", "\n", "\n\n", ",", ".", "-", "–", "%", "/", "?", "!", ";", "…", ":")


@settings(max_examples=2000, deadline=None)
@given(
    st.lists(st.sampled_from(PLAIN + BREAKS), min_size=1, max_size=24).map("".join), st.booleans()
)
@example("Costs £5 (net).\n2026. A list\n\nTerm\n: meaning\n", False)
@example("One\n\n\nTwo", True)
@example("Two words  \nand a break", False)
def test_plain_paragraphs_are_what_the_converter_makes_of_them(text: str, anchors: bool) -> None:
    assert prose._converted.__wrapped__(text, anchors) == prose._marked_up(text, anchors)


def test_paragraphs_of_the_sample_are_plain_often_enough_to_matter() -> None:
    assert prose._PLAIN.fullmatch(
        "It’s agreed (5 %), for £2,000: “yes” – at last.\nAnd so.\n\nWhy not?"
    )
    assert not prose._PLAIN.fullmatch("It is *agreed*.")
