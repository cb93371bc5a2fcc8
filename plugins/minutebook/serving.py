"""The development server: shows the built site, rebuilds it when something changes.

For the author's own machine, not for the public: publish the output folder with a web server.
"""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from typing import Any

from watchfiles import Change, DefaultFilter, watch

NOT_BUILT = (
    b"<!doctype html><html lang=en><meta charset=utf-8><title>Not built yet</title>"
    b"<h1>The site is not built yet</h1>"
    b"<p>The terminal says what has to be mended. Then load this page again.</p>"
)

CONTENT_TYPES = {
    ".atom": "application/atom+xml",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".geojson": "application/geo+json",
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".sqlite": "application/vnd.sqlite3",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/xml",
    ".yaml": "application/yaml",
    ".zip": "application/zip",
}
"""Stated here, so that the machine's own table of types cannot change what a browser is told."""

HEADERS = {
    "Cache-Control": "no-store",  # an author must never look at yesterday's page
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class SiteHandler(SimpleHTTPRequestHandler):
    """Answers from the output folder as a good static host does: own 404 page, no listings."""

    server_version = "Minutebook"
    sys_version = ""
    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, **CONTENT_TYPES}  # noqa: RUF012

    def end_headers(self) -> None:
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def send_head(self) -> Any:
        """Find what is asked for; a zero byte in an address would be an error of the system's."""
        if "\0" in self.translate_path(self.path):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        """A folder without index.html is not there: its list of files is nobody's business."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer "not found" with the site's own page, everything else as the base class does."""
        if code != HTTPStatus.NOT_FOUND:
            super().send_error(code, message, explain)
            return
        folder = Path(self.directory)
        if not folder.is_dir():
            code, page = HTTPStatus.SERVICE_UNAVAILABLE, NOT_BUILT
        elif (folder / "404.html").is_file():
            page = (folder / "404.html").read_bytes()
        else:
            page = b"<!doctype html><title>Not found</title><h1>Not found</h1>"
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Only what went wrong is worth a line."""
        if isinstance(code, int) and code >= 400:
            say(f"{int(code)} {self.path[:200]!r}")

    def log_error(self, format: str, *args: Any) -> None:
        """Said by log_request already."""


class SiteServer(ThreadingHTTPServer):
    """A server for one folder, which may be replaced while it runs."""

    allow_reuse_address = os.name != "nt"  # on Windows it would share a port that is in use

    def __init__(self, host: str, port: int, output: Path) -> None:
        super().__init__((host, port), partial(SiteHandler, directory=str(output)))

    def server_bind(self) -> None:
        """Bind without the base class's look-up of our name, which can take seconds."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle of an answer is not worth a traceback."""
        if not isinstance(sys.exception(), ConnectionError):
            say(f"A request could not be answered: {sys.exception()}")


class SourceFilter(DefaultFilter):
    """Changes that make a new build necessary: not what set-up itself makes in the theme."""

    def __call__(self, change: Change, path: str) -> bool:
        made = ("/theme/static/css/", "/theme/static/lib/", ".egg-info/")
        return super().__call__(change, path) and not any(
            part in path.replace(os.sep, "/") for part in made
        )


def say(line: str) -> None:
    """Show a line to the author."""
    print(line, file=sys.stderr, flush=True)


def free_port(host: str, after: int) -> int | None:
    """The next port above `after` that nobody listens on, if one of the next 50 is free."""
    for port in range(after + 1, min(after + 51, 65536)):
        with socket.socket() as probe:
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    return None


def open_server(host: str, port: int, output: Path) -> SiteServer | str:
    """A server that listens, or a sentence that says why there is none."""
    try:
        return SiteServer(host, port, output)
    except socket.gaierror:
        return f'"{host}" is not an address of this machine: leave --host out to use this machine.'
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            other = free_port(host, port)
            mend = f"Use --port {other}, which is free." if other else "Use another --port."
            return f"Port {port} is in use, perhaps by another copy of this command. {mend}"
        if error.errno in (errno.EACCES, errno.EPERM):
            return f"This account may not use port {port}. Use one above 1023, such as --port 8000."
        return f"Nothing can listen on {host} port {port}: {error.strerror}."


def rebuild(command: Sequence[str]) -> int:
    """Build in a process of its own, so that changed code and templates are taken up."""
    started = time.monotonic()
    code = subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode
    if code == 0:
        say(f"Built in {time.monotonic() - started:.1f} s.")
    else:
        say("Not built. The site stays as it was when it last built.")
    return code


def rebuild_on_change(
    command: Sequence[str], watched: Sequence[Path], stop: threading.Event
) -> None:
    """Build again after every change of the watched folders, until `stop` is set."""
    present = [path for path in watched if path.exists()]
    for changes in watch(
        *present, watch_filter=SourceFilter(), stop_event=stop, raise_interrupt=False
    ):
        names = sorted({Path(path).name for _, path in changes})
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        say(f"Changed: {', '.join(names[:3])}{more}. Building ...")
        rebuild(command)


def serve(
    output: Path, command: Sequence[str], watched: Sequence[Path], host: str, port: int
) -> int:
    """Build with `command`, serve `output`, build again when a `watched` folder changes.

    Returns the exit code: 0 after Ctrl-C, 2 if the port cannot be used or `command` was wrong.
    """
    server = open_server(host, port, output)
    if isinstance(server, str):
        say(server)
        return 2
    stop = threading.Event()
    watcher = threading.Thread(target=rebuild_on_change, args=(command, watched, stop), daemon=True)
    with server:
        try:
            if rebuild(command) == 2:
                return 2
            watcher.start()
            shown = "localhost" if host in ("127.0.0.1", "0.0.0.0") else host
            say(f"Serving http://{shown}:{server.server_port}/ - stop with Ctrl-C.")
            server.serve_forever()
        except KeyboardInterrupt:
            say("\nStopped.")
        finally:
            stop.set()
    return 0
