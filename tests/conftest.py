"""What several tests share: each council is built once, and every test of the output reads that."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from minutebook.build import build

ROOT = Path(__file__).resolve().parents[1]
CONTENT = ROOT / "content"
SECOND = ROOT / "tests" / "second_council"
OPEN = ROOT / "tests" / "cases" / "valid" / "open"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-cases` writes what check prints now into `cases/invalid/*.expected`."""
    parser.addoption("--update-cases", action="store_true", help="rewrite cases/invalid/*.expected")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of the sample council."""
    output = tmp_path_factory.mktemp("sample") / "site"
    assert build(CONTENT, output) == 0
    return output


@pytest.fixture(scope="session")
def second_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of a second council: other content, and no other change."""
    output = tmp_path_factory.mktemp("second") / "site"
    assert build(SECOND, output) == 0
    return output


@pytest.fixture(scope="session")
def open_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of a small council that has something of everything, for packages and feeds."""
    output = tmp_path_factory.mktemp("open") / "site"
    assert build(OPEN, output) == 0
    return output


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real data of other councils, where a developer has it. It is never part of the project."""
    named = os.environ.get("MINUTEBOOK_SHARED_DATA")
    folder = Path(named) if named else ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no real data here: set MINUTEBOOK_SHARED_DATA to its folder")
    return folder


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the second council's records, to break."""
    copy = tmp_path / "content"
    shutil.copytree(SECOND, copy)
    return copy
