"""The development server: what a browser is told, and what an author sees after a change."""

import http.client
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from minutebook import serving


@pytest.fixture
def output(tmp_path: Path) -> Path:
    site = tmp_path / "output"
    (site / "decisions").mkdir(parents=True)
    (site / "empty").mkdir()
    (site / "index.html").write_text("<h1>Home</h1>", "utf-8")
    (site / "404.html").write_text("<h1>Page not found</h1>", "utf-8")
    (site / "decisions" / "index.html").write_text("<h1>Decisions</h1>", "utf-8")
    for ending in serving.CONTENT_TYPES:
        (site / f"file{ending}").write_text("x", "utf-8")
    return site


@pytest.fixture
def server(output: Path) -> Iterator[serving.SiteServer]:
    server = serving.open_server("127.0.0.1", 0, output)
    assert isinstance(server, serving.SiteServer)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def ask(
    server: serving.SiteServer, path: str, method: str = "GET"
) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    connection.request(method, path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def test_a_page_is_served(server: serving.SiteServer) -> None:
    answer, body = ask(server, "/decisions/")
    assert (answer.status, body) == (200, b"<h1>Decisions</h1>")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


def test_an_address_without_its_slash_leads_to_the_page(server: serving.SiteServer) -> None:
    answer, _ = ask(server, "/decisions")
    assert (answer.status, answer.headers["Location"]) == (301, "/decisions/")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "path", ["/nothing", "/decisions/2026-999/", "/empty/", "/../pyproject.toml", "/%00"]
)
def test_what_is_not_there_gets_the_sites_own_page_and_status(
    server: serving.SiteServer, path: str, method: str
) -> None:
    answer, body = ask(server, path, method)
    assert answer.status == 404
    assert body == (b"<h1>Page not found</h1>" if method == "GET" else b"")


@pytest.mark.parametrize(("ending", "told"), serving.CONTENT_TYPES.items())
def test_content_types(server: serving.SiteServer, ending: str, told: str) -> None:
    answer, _ = ask(server, f"/file{ending}")
    assert answer.headers["Content-Type"] == told


@pytest.mark.parametrize("path", ["/", "/nothing"])
def test_headers_that_protect_are_on_every_answer(server: serving.SiteServer, path: str) -> None:
    answer, _ = ask(server, path)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Python" not in answer.headers["Server"]


def test_a_folder_that_is_replaced_is_served_anew(server: serving.SiteServer, output: Path) -> None:
    output.rename(output.with_name("old"))
    assert ask(server, "/")[0].status == 503
    output.mkdir()
    (output / "index.html").write_text("<h1>New</h1>", "utf-8")
    assert ask(server, "/")[1] == b"<h1>New</h1>"


def test_a_busy_port_is_said_with_a_free_one(server: serving.SiteServer, output: Path) -> None:
    answer = serving.open_server("127.0.0.1", server.server_port, output)
    assert isinstance(answer, str)
    assert f"Port {server.server_port} is in use" in answer
    offered = int(answer.split("--port ")[1].split(",")[0])
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", offered))


def test_a_busy_port_ends_serving_with_code_2(
    server: serving.SiteServer, output: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert serving.serve(output, ["false"], [], "127.0.0.1", server.server_port) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_host_that_is_not_ours_is_said(output: Path) -> None:
    answer = serving.open_server("no-such-host.invalid", 0, output)
    assert isinstance(answer, str)
    assert "is not an address of this machine" in answer


def test_a_change_builds_again_and_a_failing_build_says_so(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    content, result = tmp_path / "content", tmp_path / "result"
    content.mkdir()
    record = content / "record.md"
    record.write_text("first", "utf-8")
    build = (
        "import pathlib, sys;"
        f"text = pathlib.Path({str(record)!r}).read_text();"
        "text == 'wrong' and sys.exit(1);"
        f"pathlib.Path({str(result)!r}).write_text(text)"
    )
    stop = threading.Event()
    arguments = ([sys.executable, "-c", build], [content, tmp_path / "absent"], stop)
    watcher = threading.Thread(target=serving.rebuild_on_change, args=arguments)
    watcher.start()
    said = ""

    def write_until(text: str, sign: str) -> None:
        nonlocal said
        for _ in range(60):
            record.write_text(text, "utf-8")
            time.sleep(0.25)
            said += capfd.readouterr().err
            if sign in said:
                return
        pytest.fail(f"no {sign!r} in {said!r}")

    try:
        write_until("second", "Built in")
        assert result.read_text("utf-8") == "second"
        write_until("wrong", "Not built. The site stays as it was")
        assert result.read_text("utf-8") == "second"
    finally:
        stop.set()
        watcher.join(timeout=10)
    assert "Changed: record.md" in said


def test_what_set_up_makes_does_not_start_a_build() -> None:
    wanted = serving.SourceFilter()
    change = serving.Change.modified
    assert wanted(change, "/a/theme/scss/minutebook.scss")
    assert wanted(change, "/a/content/decisions/2026-014-library.md")
    assert not wanted(change, "/a/theme/static/css/minutebook.css")
    assert not wanted(change, "/a/plugins/minutebook/__pycache__/build.pyc")
