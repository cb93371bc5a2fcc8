"""Who may import whom, and how large a room may grow: the house stays one that a newcomer can walk through.

The order of the rooms is in `plugins/README.md`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PLUGINS = ROOT / "plugins"
LINES = 300

Imports = Mapping[str, set[str]]

# What stands on what in records/: a module may import modules of its own step and of those before it.
STEPS = (
    {"problems", "processes"},
    {"plainly", "source"},
    {"document"},
    {"messages", "thorough"},
    {"schema"},
    {
        "addresses",
        "geometry",
        "identifiers",
        "logo",
        "memory",
        "model",
        "privacy",
        "prose",
        "references",
        "rulebook",
        "slugs",
        "workingdays",
    },
    {"cellguard", "cells", "entries", "files", "lines", "records"},
    {"rows"},
    {"payments", "tables"},
    {"knowntables"},
    {"layouts", "notes", "payees", "private"},
    {"links", "register", "rules"},
    {"completeness", "load", "once", "reading", "shelving"},
    {"ledger"},
    {"overdue"},
)
OUTPUTS = ("pages", "packages", "feeds", "search", "importing", "linking")
SITE = {"pelican", "jinja2", "babel", "feedgenerator", "icalendar", "lunr", "frictionless", "rich"}


def modules() -> dict[str, Path]:
    """Every module of the engine -> its file."""
    found = {}
    for path in PLUGINS.rglob("*.py"):
        parts = path.relative_to(PLUGINS).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported(source: str, module: str, known: Iterable[str]) -> set[str]:
    """The modules that a source imports at its head: modules of the engine in full, others by root."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            inner = {name for name in names if name in known}
            found |= inner | ({str(node.module)} if names - inner else set())
    return {name if name in known else name.split(".")[0] for name in found}


@pytest.fixture(scope="module")
def imports() -> Imports:
    known = modules()
    return {
        module: imported(path.read_text(encoding="utf-8"), module, known)
        for module, path in known.items()
    }


def room(module: str) -> str:
    """`minutebook.records.load` -> `records`."""
    return [*module.split("."), ""][1] if module.startswith("minutebook") else ""


def step(module: str) -> int:
    """How far along the flow a module of records/ stands; -1 for the package itself."""
    name = [*module.split("."), "", ""][2]
    found = [number for number, names in enumerate(STEPS) if name in names]
    assert found or not name, f"say in STEPS where {module} stands"
    return found[0] if found else -1


def wrong_way(imports: Imports) -> list[str]:
    """What imports what it may not."""
    found = []
    for module, others in imports.items():
        for other in others:
            here, there = room(module), room(other)
            if here == there == "records":
                bad = step(other) > step(module)
            elif here == "records":
                bad = bool(there) or other in SITE
            elif here == "publishing":
                bad = there not in ("", "records", "publishing")
            elif here in OUTPUTS:
                bad = there in set(OUTPUTS) - {here} or (
                    here in ("importing", "linking") and other == "pelican"
                )
            else:
                bad = False
            if bad or other == "scripts" or (ROOT / "scripts" / f"{other}.py").exists():
                found.append(f"{module} imports {other}")
    return sorted(found)


def circle(imports: Imports) -> list[str]:
    """Modules that import each other in a circle, the first such found."""
    done: set[str] = set()

    def walk(module: str, path: list[str]) -> list[str]:
        if module in path:
            return path[path.index(module) :]
        if module in done:
            return []
        for other in sorted(imports.get(module, ())):
            found = walk(other, [*path, module])
            if found:
                return found
        done.add(module)
        return []

    return next((found for module in sorted(imports) if (found := walk(module, []))), [])


def test_imports_go_one_way(imports: Imports) -> None:
    assert wrong_way(imports) == []


def test_nothing_imports_in_a_circle(imports: Imports) -> None:
    assert circle(imports) == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("minutebook.records.problems", "from minutebook.records.source import read"),
        ("minutebook.records.schema", "from minutebook.records import load"),
        ("minutebook.records.load", "import jinja2.ext"),
        ("minutebook.records.load", "from pelican import signals"),
        ("minutebook.records.load", "from minutebook.publishing.page import Page"),
        ("minutebook.publishing.page", "def late():\n    import minutebook.pages"),
        ("minutebook.pages.decision", "from minutebook.search import browse"),
        ("minutebook.search", "from minutebook.pages import decision"),
        ("minutebook.importing.engine", "from minutebook.packages import x"),
        ("minutebook.build", "import bootstrap"),
        ("minutebook.build", "from scripts.site import main"),
    ],
)
def test_a_wrong_import_is_found(module: str, source: str) -> None:
    assert wrong_way({module: imported(source, module, modules())}) != []


def test_a_circle_is_found() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c"]


def test_the_rooms_are_there() -> None:
    assert {room(module) for module in modules()} >= {"records", "publishing", *OUTPUTS}


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=path.relative_to(ROOT).as_posix())
        for folder in ("plugins", "scripts")
        for path in sorted((ROOT / folder).rglob("*.py"))
    ],
)
def test_a_file_stays_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES


def test_public_functions_and_classes_say_what_they_are_for() -> None:
    silent = [
        f"{module}.{node.name}"
        for module, path in modules().items()
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []
