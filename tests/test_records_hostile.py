"""Hostile files end in problems: soon, in few words, and never in a traceback."""

from __future__ import annotations

import functools
import itertools
import re
import shutil
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import record_cases
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from record_cases import BASE, DECISION, RELEASE, ROW, boundary, decision, release

from minutebook.records import load as loading
from minutebook.records.document import parse
from minutebook.records.load import Loaded, load
from minutebook.records.plainly import plain_fields
from minutebook.records.problems import report
from minutebook.records.schema import SCHEMAS, record_types, schema
from minutebook.records.source import BOUNDARY_BYTES, MOST, RECORD_BYTES, Refused

SECONDS = 1.0
MEMORY = 200_000_000
FULL = RECORD_BYTES - 1000
HEAD = DECISION.removesuffix("---\n")


def front(text: str) -> str:
    """A decision with more fields."""
    return f"{HEAD}{text}\n---\n"


def filled(piece: str, size: int = FULL) -> str:
    """A text of about `size` characters."""
    return piece * (size // len(piece))


def bomb() -> str:
    lines = ["a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    for before, name in itertools.pairwise("abcdefghi"):
        lines.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]")
    return "\n".join(lines)


DECISIONS: dict[str, Callable[[], str | bytes]] = {
    "alias bomb": lambda: front(bomb()),
    "flow lists": lambda: front("options: " + "[" * FULL),
    "flow lists, closed": lambda: front("options: " + "[" * 120_000 + "]" * 120_000),
    "flow fields": lambda: front("options: " + "{a: " * (FULL // 4)),
    "block lists": lambda: front("options:\n  " + "- " * (FULL // 2)),
    "block keys": lambda: front("? " * (FULL // 2)),
    "indentation": lambda: front("\n".join(" " * n + "a:" for n in range(700))),
    "a long scalar": lambda: front("identifier: " + "a" * FULL),
    "a long quoted scalar": lambda: front('identifier: "' + "\\u0041" * (FULL // 6) + '"'),
    "a long block scalar": lambda: front("identifier: |\n" + filled("  a\n")),
    "an unclosed quote": lambda: front('identifier: "' + filled("a\n")),
    "a long name": lambda: front("a" * FULL + ": b"),
    "a long explicit name": lambda: front("? " + "a" * FULL + "\n: b"),
    "a long anchor": lambda: front("identifier: &" + "a" * FULL + " b"),
    "a long tag": lambda: front("identifier: !" + "a" * FULL + " b"),
    "a Python object": lambda: front('identifier: !!python/object/apply:os.system ["true"]'),
    "a directive": lambda: f"---\n%YAML 1.1\n%TAG ! tag:{'a' * 1000},2026:\n---\nid: x\n---\n",
    "many directives": lambda: "---\n" + filled("%A b\n") + "---\n",
    "one name many times": lambda: front(filled("a:\n")),
    "many names": lambda: front("\n".join(f"name{n}:" for n in range(22_000))),
    "names like ours": lambda: front("\n".join(f"sumary{n}:" for n in range(20_000))),
    "many tabs": lambda: front(filled("\t\n")),
    "many anchors": lambda: front("\n".join(f"a{n}: &a{n} b" for n in range(15_000))),
    "a null byte": lambda: front("identifier: a\0b"),
    "not UTF-8": lambda: front("identifier: b").encode() + b"\xc3\x28" * 1000,
    "UTF-16": lambda: front("identifier: b").encode("utf-16"),
    "surrogates in UTF-8": lambda: front("identifier: b").encode() + b"\xed\xa0\x80",
    "a surrogate escape": lambda: front('identifier: "\\ud800"'),
    "merge marks": lambda: DECISION + filled("<<<<<<<\n"),
    "a list of wrong items": lambda: front("options: [" + filled("a,") + "]"),
    "a long list of ids": lambda: front("places: [" + filled("a,") + "]"),
    "a long list of fields": lambda: front(
        "places: [" + ",".join(f"{{a: {n}}}" for n in range(25_000)) + "]"
    ),
    "many wrong numbers": lambda: front("exempt: {paragraphs: [" + filled("x,") + "]}"),
    "a long number": lambda: front("exempt: {paragraphs: [" + "9" * FULL + "]}"),
    "a long amount": lambda: front("options: [{title: a, cost: " + "9" * FULL + "}]"),
    "a long id": lambda: front("meeting: " + "a-" * (FULL // 2)),
    "a long status": lambda: HEAD.replace("proposed", "proposed" * 30_000) + "---\n",
    "a long own id": lambda: HEAD.replace("2026-900", "2026-900" * 30_000) + "---\n",
    "a long web address": lambda: front("contact: {name: a, url: https://" + "a/" * 120_000 + "}"),
    "a long e-mail address": lambda: front("contact: {name: a, email: a@" + "a." * 120_000 + "}"),
    "spaces in a title": lambda: front("identifier: 'a" + " " * FULL + "'"),
    "spaces in a heading": lambda: DECISION + "## a" + " " * FULL + "b\n",
    "signs in a heading": lambda: DECISION + "## a" + filled(" #") + "b\n",
    "many headings": lambda: DECISION + filled("## a\n"),
    "an open fence": lambda: DECISION + "## Reasons\n\n```\n" + filled("## Context\n"),
    "many links": lambda: DECISION + "## Reasons\n\n" + filled("[a](decision:2019-1) ", 20_000),
    "a long link": lambda: DECISION + f"## Reasons\n\n[a](decision:{'a' * 39_000})\n",
    "many brackets": lambda: DECISION + "## Reasons\n\n" + "[" * 39_000,
    "nested quotes": lambda: DECISION + "## Reasons\n\n" + "> " * 19_000,
    "only line ends": lambda: "\n" * FULL,
    "only hyphens": lambda: filled("---\n"),
}
TABLES: dict[str, Callable[[], str | bytes]] = {
    "a million empty lines": lambda: ROW + "\n" * 1_000_000,
    "a million wrong rows": lambda: ROW + "a,b\n" * 1_000_000,
    "a million dangling links": lambda: (
        "BeneficiaryName,Amount,Place\n" + "a,1,nowhere\n" * 30_000 + "b,1,there\n" * 1000
    ),
    "a huge cell": lambda: ROW + "a" * 10_000_000 + ",1\n",
    "a huge quoted cell": lambda: ROW + '"' + "a\n" * 5_000_000 + '",1\n',
    "a quote that never closes": lambda: ROW + '"' + "a,1\n" * 2_000_000,
    "a huge header": lambda: "," * 10_000_000,
    "many columns": lambda: ",".join(f"c{n}" for n in range(10_000)),
    "many quotes": lambda: ROW + '"' * 10_000_001,
    "a null byte": lambda: ROW + "a\0,1\n",
    "not UTF-8": lambda: ROW.encode() + b"\xff,1\n",
    "merge marks": lambda: "<<<<<<<\n" * 1_000_000,
    "a byte order mark": lambda: b"\xef\xbb\xbf",
    "an archive": lambda: b"PK\x03\x04" + bytes(range(256)) * 100,
}
BOUNDARIES: dict[str, Callable[[], str]] = {
    "nesting": lambda: "[" * (BOUNDARY_BYTES - 10),
    "nested fields": lambda: '{"a":' * 500_000,
    "many lists": lambda: "[" + "[]," * 1_000_000 + "[]]",
    "a long number": lambda: '{"type": "Point", "coordinates": [' + "9" * 1_000_000 + ", 1]}",
    "infinity": lambda: '{"type": "Point", "coordinates": [1e999, -Infinity]}',
    "a type that is a list": lambda: '{"type": ["Point"], "coordinates": [1, 2]}',
    "features that are none": lambda: '{"type": "FeatureCollection", "features": [[]]}',
    "rings of rings": lambda: (
        '{"type": "Polygon", "coordinates": ' + "[" * 900 + "1" + "]" * 900 + "}"
    ),
    "text for numbers": lambda: '{"type": "Point", "coordinates": ["1", "2"]}',
    "truths for numbers": lambda: '{"type": "Point", "coordinates": [true, false]}',
}
HOSTILE = [
    *((decision, name, make) for name, make in DECISIONS.items()),
    *((release, name, make) for name, make in TABLES.items()),
    *((boundary, name, make) for name, make in BOUNDARIES.items()),
]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sound content."""
    return shutil.copytree(BASE, tmp_path_factory.mktemp("hostile") / "content")


@pytest.fixture
def content(base: Path) -> Iterator[Path]:
    """The sound content; what a test puts into it is taken out again."""
    load(base)  # so that the schemas are compiled before anything is timed
    yield base
    for name in ("decisions/2026-900.md", "spending/2026-05.yaml", "spending/2026-05.csv"):
        (base / name).unlink(missing_ok=True)
    shutil.copy(BASE / "places/harbour.geojson", base / "places/harbour.geojson")


def brief(loaded: Loaded) -> None:
    """The problems are told so that a person can read them."""
    assert loaded.records is None
    assert 0 < len(loaded.problems) <= MOST + 5
    assert max(len(problem.text().encode()) for problem in loaded.problems) < 2000
    text = report(loaded.problems)
    assert all(char.isprintable() or char == "\n" for char in text)


@pytest.mark.parametrize(
    ("put", "make"),
    [pytest.param(put, make, id=f"{put.__name__}: {name}") for put, name, make in HOSTILE],
)
def test_hostile_file(
    put: Callable[[Path, Any], None], make: Callable[[], str | bytes], content: Path
) -> None:
    put(content, make())
    started = time.process_time()
    loaded = load(content)
    assert time.process_time() - started < SECONDS
    brief(loaded)


@pytest.mark.parametrize(
    ("put", "text"),
    [
        pytest.param(release, ROW + "a,b\n" * 1_000_000, id="rows"),
        pytest.param(release, ROW + '"' + "a,1\n" * 2_000_000, id="quote"),
        pytest.param(boundary, "[" + "[]," * 1_000_000 + "[]]", id="lists"),
        pytest.param(decision, front(filled("a:\n")), id="names"),
    ],
)
def test_hostile_file_takes_little_memory(
    put: Callable[[Path, Any], None], text: str, content: Path
) -> None:
    put(content, text)
    tracemalloc.start()
    try:
        brief(load(content))
        assert tracemalloc.get_traced_memory()[1] < MEMORY
    finally:
        tracemalloc.stop()


def test_the_limit_of_time_can_fail(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the limit on the number of problems, the same file takes too long or says too much."""
    monkeypatch.setattr(loading, "MOST", 10**9)
    monkeypatch.setattr("minutebook.records.document.MOST", 10**9)
    decision(content, front(filled("a:\n", 50_000)))
    assert len(load(content).problems) > 10_000


# Whatever the bytes, there are records or problems

SETTINGS = settings(
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
NAMES = sorted({name for kind in record_types() for name in schema(kind).resolved["properties"]})
CODES = ["proposed", "executive", "officer", "cabinet", "2026-05-14", "2026-02-31", "12.50", "1e5"]
WORDS = st.sampled_from(
    [*CODES, "true", "NO", "012", "~", "", "=1+1", "\u202e", "a: b", "- ", "''"]
)
SIGNS = "-:?[]{},#&*!|>'\"%@` \n\t\\abc019\u2028\ufeff\0é😀"
SCALARS = WORDS | st.text(SIGNS, max_size=20) | st.text(max_size=10)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4).map(lambda items: "[" + ", ".join(items) + "]")
        | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3).map(
            lambda fields: "{" + ", ".join(f"{key}: {value}" for key, value in fields.items()) + "}"
        )
    ),
    max_leaves=6,
)
FIELDS = st.lists(st.tuples(st.sampled_from(NAMES) | SCALARS, VALUES), max_size=6).map(
    lambda fields: "".join(f"{name}: {value}\n" for name, value in fields)
)
BODIES = st.lists(
    st.sampled_from(["## Reasons\n", "## Context\n", "## \n", "```\n", "---\n", "[a](place:b)\n"])
    | st.text(SIGNS, max_size=30),
    max_size=6,
).map("".join)
CELLS = WORDS | st.text(SIGNS + ",", max_size=12)
HEADERS = st.lists(st.sampled_from(list(schema("payment").resolved["properties"])), max_size=5)


def answers(content: Path) -> None:
    loaded = load(content)
    if loaded.records is None:
        brief(loaded)
    else:
        assert loaded.problems == []


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A content folder with nothing in it but the council, so that thousands of loads are quick."""
    content = tmp_path_factory.mktemp("small") / "content"
    for folder in ("decisions", "spending", "places"):
        (content / folder).mkdir(parents=True)
    council = (BASE / "council.yaml").read_text(encoding="utf-8").replace("logo: logo.svg\n", "")
    (content / "council.yaml").write_text(council, encoding="utf-8")
    (content / "places" / "harbour.yaml").write_text(
        (BASE / "places" / "harbour.yaml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    boundary(content, '{"type": "Point", "coordinates": [1, 52]}')
    return content


@settings(SETTINGS, max_examples=1500)
@given(raw=st.binary(max_size=300))
@example(raw=b"\xff\xfe-\x00-\x00-\x00")
def test_any_bytes_as_a_record(raw: bytes, small: Path) -> None:
    decision(small, raw)
    try:
        answers(small)
    finally:
        (small / "decisions" / "2026-900.md").unlink()


@settings(SETTINGS, max_examples=1500)
@given(fields=FIELDS, body=BODIES, whole=st.booleans())
def test_any_fields_and_body(fields: str, body: str, whole: bool, small: Path) -> None:
    text = f"{HEAD if whole else '---' + chr(10)}{fields}---\n{body}"
    decision(small, text.encode("utf-8", "replace"))
    try:
        answers(small)
    finally:
        (small / "decisions" / "2026-900.md").unlink()


@settings(SETTINGS, max_examples=1500)
@given(text=st.text(SIGNS, max_size=80) | FIELDS)
def test_any_text_is_parsed_alike_with_and_without_places(text: str) -> None:
    """Records are read without places first, and with them when something is wrong."""

    def parsed(marks: Any) -> Any:
        try:
            return parse("a.yaml", text, marks).fields
        except Refused as refused:
            return refused.problems

    assert parsed(None) == parsed({})


LINES = st.tuples(
    st.sampled_from(["", "", "  ", "    ", " ", "- ", "  - ", "    - ", "- - ", "-   "]),
    st.sampled_from(["", "a:", "b:", "c_1:", "a: ", "b: ", "b: ", "a:  ", "B c: ", "# ", "? "]),
    st.sampled_from(
        ["", ">-", "|", ">", "|-", "|+", "''", '""', "x", "-1", "- x", "#", "x #y", "x#y"]
    )
    | st.sampled_from(
        ["x: y", "x:y", ":x", "x:", "x ", "'x'", '"x"', "'x' y", "'it''s'", '"\\x41"']
    )
    | st.text("ab:# -'\"\\é\xa0,[]{}&*!|>%@`?.~=", max_size=8),
).map("".join)


@settings(SETTINGS, max_examples=4000)
@given(lines=st.lists(LINES, max_size=9), end=st.sampled_from(["", "\n"]))
@example(lines=["a: >-", "  x", "  y ", "b:", "- c_1:", "  - x", "  b: 'y'", "# z"], end="\n")
def test_the_plain_part_of_yaml_is_read_as_all_of_it_is(lines: list[str], end: str) -> None:
    text = "\n".join(lines) + end
    fields = plain_fields(text)
    if fields is not None:
        assert parse("a.yaml", text, {}).fields == fields


def test_records_are_plain() -> None:
    """What reads records fast reads most of the sample, not only what measurements are made with."""
    read = 0
    paths = sorted((SCHEMAS.parent / "content").rglob("*.md"))
    for path in paths:
        fields = path.read_text("utf-8").partition("\n---\n")[0].removeprefix("---\n")
        read += plain_fields(fields + "\n") is not None
    assert read > len(paths) / 2


@settings(SETTINGS, max_examples=1500)
@given(
    header=HEADERS,
    rows=st.lists(st.lists(CELLS, max_size=5), max_size=4),
    tail=st.text(SIGNS + ","),
)
def test_any_table(header: list[str], rows: list[list[str]], tail: str, small: Path) -> None:
    lines = [",".join(cells) for cells in [["BeneficiaryName", "Amount", *header], *rows]]
    release(small, ("\n".join(lines) + tail).encode("utf-8", "replace"), RELEASE)
    try:
        answers(small)
    finally:
        (small / "spending" / "2026-05.csv").unlink()
        (small / "spending" / "2026-05.yaml").unlink()


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.sampled_from(["Point", "Polygon"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["type", "coordinates", "geometry", "features"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@settings(SETTINGS, max_examples=500)
@given(value=JSON)
def test_any_boundary(value: Any, small: Path) -> None:
    import json

    boundary(small, json.dumps(value))
    answers(small)


# No pattern takes long


@functools.cache
def patterns() -> tuple[str, ...]:
    """Every pattern in every schema."""
    text = "".join(path.read_text(encoding="utf-8") for path in SCHEMAS.glob("*.schema.json"))
    return tuple(
        sorted({found.encode().decode("unicode_escape") for found in PATTERN.findall(text)})
    )


PATTERN = re.compile(r'"pattern": "((?:[^"\\]|\\.)*)"')
ADVERSE = [
    "a",
    "1",
    "-",
    "a-",
    "1-",
    ".",
    "1.",
    "a.",
    "a@",
    " ",
    " a",
    "/",
    "https://",
    "\n",
    "#",
    "é",
]


def slowest(pattern: str, size: int) -> float:
    found = re.compile(pattern)
    worst = 0.0
    for head, piece in itertools.product(("", "a@", "https://", "1"), ADVERSE):
        text = head + piece * (size // len(piece)) + "\0"
        started = time.process_time()
        found.search(text)
        worst = max(worst, time.process_time() - started)
    return worst


@pytest.mark.parametrize("pattern", patterns())
def test_no_pattern_of_a_schema_is_slow(pattern: str) -> None:
    assert slowest(pattern, 20_000) < 0.1


def test_a_slow_pattern_is_found() -> None:
    assert slowest("^(a+)+$", 24) > 0.1
    assert len(patterns()) > 5


def test_ten_thousand_examples_are_tried() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    source += Path(record_cases.__file__).with_name("test_records_prose.py").read_text("utf-8")
    source += Path(record_cases.__file__).with_name("test_records_schema.py").read_text("utf-8")
    assert sum(map(int, re.findall(r"max_examples=(\d+)", source))) >= 10_000
