"""Every kind of problem, as `check.py` prints it.

After a sentence was changed on purpose, write the expected texts anew and read the difference:

    python3 scripts/test.py tests/test_records_cases.py --update-cases
"""

from __future__ import annotations

import ast
import functools
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import record_cases
from record_cases import BASE, DECISION, INVALID, ROW, check, decision, lay_out, release

from minutebook.records import (
    cells,
    document,
    entries,
    files,
    geometry,
    lines,
    load,
    logo,
    messages,
    private,
    reading,
    rules,
    schema,
    source,
    tables,
)
from minutebook.records.privacy import guard, numbers, pictures
from minutebook.records.rulebook import of_form, standard

RECORDS = Path(load.__file__).parent


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every case -> its content folder."""
    root = tmp_path_factory.mktemp("cases")
    return {name: lay_out(name, root / name / "content") for name in record_cases.names()}


@pytest.mark.parametrize("name", record_cases.names())
def test_case(name: str, laid_out: dict[str, Path], request: pytest.FixtureRequest) -> None:
    found = check(laid_out[name])
    assert found, f"the case {name} has no problem"
    expected = INVALID / f"{name}.expected"
    if request.config.getoption("--update-cases"):
        expected.write_text(found, encoding="utf-8", newline="\n")
    assert found == expected.read_text(encoding="utf-8")


def test_the_base_is_sound() -> None:
    assert check(BASE) == ""


def test_a_decision_can_keep_every_statutory_rule(tmp_path: Path) -> None:
    content = shutil.copytree(BASE, tmp_path / "content")
    record_cases.in_england(content)
    shutil.copy(record_cases.CASES / "valid" / "england.md", content / "decisions/2026-900.md")
    assert check(content) == ""


def test_every_expected_text_has_its_case() -> None:
    known = {*record_cases.names(), *record_cases.LINUX}
    assert {path.stem for path in INVALID.glob("*.expected")} == known


def sound_variants() -> Iterator[tuple[str, bytes, bytes]]:
    text, table = DECISION.encode() + b"## Reasons\n\nIt leaks.\n", ROW.encode()
    yield "as it is", text, table
    yield "with a byte order mark", b"\xef\xbb\xbf" + text, b"\xef\xbb\xbf" + table
    yield "from Windows", text.replace(b"\n", b"\r\n"), table.replace(b"\n", b"\r\n")
    yield "from an old Mac", text.replace(b"\n", b"\r"), table.replace(b"\n", b"\r")
    yield "without a last line end", text.rstrip(), table.rstrip()


@pytest.mark.parametrize(
    ("text", "table"), [pytest.param(*rest, id=name) for name, *rest in sound_variants()]
)
def test_every_editor_s_way_to_save_is_accepted(text: bytes, table: bytes, tmp_path: Path) -> None:
    content = shutil.copytree(BASE, tmp_path / "content")
    decision(content, text)
    release(content, table)
    loaded = load.load(content)
    assert not loaded.problems
    assert loaded.records is not None
    assert loaded.records.decisions["2026-900"].reasons == "It leaks."
    assert loaded.records.releases["2026-05"].payments[0].Amount == 1000


def test_a_line_separator_does_not_cut_a_row(tmp_path: Path) -> None:
    content = shutil.copytree(BASE, tmp_path / "content")
    release(content, ROW.replace("Book Barn", '"Book, Barn"'))
    assert "spending/2026-05.csv:2" in check(content)


@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_the_system_does_not_let_us_read(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tests may run as root, who may read everything; so the refusal is played."""
    content = lay_out("codelist", tmp_path / "content")
    scan, read = os.scandir, Path.read_bytes

    def denied(path: Any) -> Any:
        if str(path).rstrip("/").endswith("topics" if what == "folder" else "2026-900.md"):
            raise PermissionError(13, "Permission denied")
        return scan(path) if what == "folder" else read(path)

    monkeypatch.setattr(*((os, "scandir") if what == "folder" else (Path, "read_bytes")), denied)
    place = "content/topics" if what == "folder" else "content/decisions/2026-900.md"
    assert f"{place} cannot be read: Permission denied [unreadable]" in check(content)


# Every kind has a case


CALLS = {"Problem", "Complaint", "_problem", "_refuse", "refused"}


def codes() -> set[str]:
    """The codes of problems that the source can give."""
    found = {code for code, _ in messages._LIMITS.values()} | {"text"} | shapes() | private.CODES
    for path in RECORDS.rglob("*.py"):
        for word in words_of_calls(ast.parse(path.read_text(encoding="utf-8"))):
            found |= {word} if re.fullmatch("[a-z-]+", word) else set()
    return found


def words_of_calls(tree: ast.AST) -> Iterator[str]:
    """The texts that a module gives to what makes problems, directly or in a tuple with a name."""
    tuples: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple):
            for target in node.targets:
                tuples.setdefault(getattr(target, "id", ""), []).extend(node.value.elts)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in CALLS:
            for argument in node.args:
                if isinstance(argument, ast.Starred):
                    yield from texts(tuples.get(getattr(argument.value, "id", ""), []))
            yield from texts(node.args)


def called(node: ast.Call) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def texts(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def shapes() -> set[str]:
    """The shapes that have a pattern: each is the code of its own problem."""
    defined = schema._file("common")["$defs"]
    return {name for name, node in defined.items() if "pattern" in node}


@functools.cache
def told() -> str:
    return "".join(path.read_text(encoding="utf-8") for path in INVALID.glob("*.expected"))


@pytest.mark.parametrize("code", sorted(codes() - {"unreadable"}))
def test_every_kind_of_problem_has_a_case(code: str) -> None:
    assert f"[{code}]" in told()


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_kind_of_problem_is_explained(code: str) -> None:
    """Whatever `check.py` prints in square brackets, `check.py --explain` knows."""
    rule = standard("england").rules.get(code) or of_form()[code]
    assert rule.title and rule.requires and rule.mend and rule.source


def test_nothing_is_explained_that_is_never_told() -> None:
    assert of_form().keys() <= codes()


def test_no_case_tells_of_a_kind_that_does_not_exist() -> None:
    assert set(re.findall(r" \[([a-z0-9_-]+)\]$", told(), re.MULTILINE)) <= codes()


def test_the_search_for_kinds_finds_them() -> None:
    assert {"yaml", "codelist", "too-long", "money", "more", "vote-roll", "unreadable"} <= codes()


# No check is for show: without it, some case comes out differently


def nothing(*_: Any, **__: Any) -> Iterator[Any]:
    return iter(())


NEVER = re.compile("(?!)")


def without(code: str) -> tuple[Any, ...]:
    """The phrases of the privacy guard but for those of one rule."""
    return tuple(phrase for phrase in guard._PHRASES if phrase[0] != code)


CHECKS: list[tuple[Any, str, Any]] = [
    (load, "link_complaints", nothing),
    (load, "release_complaints", nothing),
    (load, "row_problems", nothing),
    (load, "_no_file", lambda root, entry, name, value: None),
    (source, "_conflicts", nothing),
    (source, "_control_characters", nothing),
    (document._Reader, "_tabs", lambda self: None),
    (document._Reader, "_seen", lambda self, event, pointer: None),
    (document._Reader, "_plain_only", lambda self, event, pointer: None),
    (document, "DEPTH", 1000),
    (document, "NAME", 1000),
    (schema.RecordSchema, "complaints", nothing),
    (schema, "repeated_section", messages.empty_section),
    (schema, "empty_section", messages.repeated_section),
    (schema, "is_date", lambda value: True),
    (cells, "is_date", lambda value: True),
    (lines, "LINE", 10**7),
    (tables.Table, "_header", lambda self, header: True),
    (entries, "_misnamed", nothing),
    (files, "_refusal", lambda path, entry: None),
    (geometry, "_positions", lambda value, depth: True),
    (geometry, "_FARTHEST", (10**9, 10**9, 10**9)),
    (logo, "_ACTIVE", re.compile("(?!)")),
    (logo, "_PNG", b""),
    (private, "private_in_file", nothing),
    (load, "private_cells", nothing),
    (load, "idle_entries", nothing),
    (load, "unexplained", lambda found, council: list(found)),
    (entries, "private_lines", lambda path, text: []),
    (guard, "_DIGITS", NEVER),
    (guard, "_NINO", NEVER),
    (guard, "_ACCOUNT", NEVER),
    (guard, "_MAIL", NEVER),
    (guard, "_UNSEEN", NEVER),
    (guard, "is_iban", lambda text: False),
    (numbers, "luhn", lambda digits: False),
    (numbers, "is_nhs", lambda digits: False),
    (numbers, "_MOBILE", NEVER),
    (pictures, "_MAGIC", ()),
    (pictures, "_AUTHOR", re.compile(b"(?!)")),
    (pictures, "_has_place", lambda raw: False),
    *((guard, "_PHRASES", without(code)) for code in sorted({it[0] for it in guard._PHRASES})),
    (reading, "what_is_asked", nothing),
    *((rules, rule.__name__, rule) for rule in rules.OWN),
    *((rules, rule.__name__, rule) for rule in rules.RULES),
    *((rules, rule.__name__, rule) for rule in rules.STATUTORY["england"]),
]


@pytest.mark.parametrize(
    ("where", "what", "instead"), [pytest.param(*it, id=it[1]) for it in CHECKS]
)
def test_without_its_check_a_case_comes_out_differently(
    where: Any,
    what: str,
    instead: Any,
    laid_out: dict[str, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if where is rules:
        own = tuple(rule for rule in rules.OWN if rule is not instead)
        monkeypatch.setattr(reading, "OWN", own)
        left = tuple(rule for rule in rules.RULES if rule is not instead)
        monkeypatch.setattr(load, "RULES", left)
        book = tuple(rule for rule in rules.STATUTORY["england"] if rule is not instead)
        monkeypatch.setattr(load, "STATUTORY", {"england": book})
    else:
        monkeypatch.setattr(where, what, instead)
    for name in sorted(laid_out.keys() - {"pipe"}):  # which would be waited for
        expected = (INVALID / f"{name}.expected").read_text(encoding="utf-8")
        try:
            found = check(laid_out[name])
        except (KeyError, TypeError, AttributeError, AssertionError):
            return  # what stands behind the check relies on it
        if found != expected:
            return
    pytest.fail(f"{what} can be taken away and no case tells")
