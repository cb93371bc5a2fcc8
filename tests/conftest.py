"""What several tests share: each council is built once, and every test of the output reads that."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
import search_corpus
from html_pages import pages
from playwright.sync_api import Browser, sync_playwright

from minutebook.build import build
from minutebook.serving import SiteHandler

ROOT = Path(__file__).resolve().parents[1]
CONTENT = ROOT / "content"
SECOND = ROOT / "tests" / "second_council"
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
OPEN = ROOT / "tests" / "cases" / "valid" / "open"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-cases` writes what check prints now into `cases/invalid/*.expected`; golden likewise."""
    parser.addoption("--update-cases", action="store_true", help="rewrite cases/invalid/*.expected")
    parser.addoption("--update-golden", action="store_true", help="rewrite golden/")


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
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """5,000 documents to search, the files that are published of them, and 330 questions of every form."""
    folder = tmp_path_factory.mktemp("corpus")
    search_corpus.write(folder, 5000, 330)
    (folder / "theme").symlink_to(ROOT / "theme" / "static")
    return folder


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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
    )
    if not found:
        message = "Chromium is not installed: apt-get install chromium"
        if os.environ.get("MINUTEBOOK_BROWSER") == "required":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=found, args=FLAGS)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a server that serves a folder."""
    handler = partial(SiteHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The sample council's site on a server."""
    with serving(site) as found:
        yield found


@pytest.fixture(scope="session")
def kinds(site: Path) -> list[str]:
    """One address of every kind of page: the largest of each folder, and each folder's own list."""
    found: dict[str, tuple[int, str]] = {}
    for path in pages(site):
        folder, _, name = path.removesuffix("index.html").rstrip("/").partition("/")
        for prefix in ("year-", "status-", "topic-", "place-", "body-", "kind-", "page-"):
            name = prefix if name.startswith(prefix) else name
        kind = f"{folder}/{name if name.endswith('-') or not name else 'record'}"
        size = (site / path).stat().st_size
        found[kind] = max(found.get(kind, (0, "")), (size, path.removesuffix("index.html")))
    return sorted(path for _, path in found.values())
