"""content/ -> the published site: load, let Pelican's plugins make everything, swap when whole."""

from __future__ import annotations

import contextlib
import gc
import io
import json
import logging
import os
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pelican
from pelican.log import init as init_logging
from pelican.settings import read_settings

from minutebook.publishing.language import speak
from minutebook.publishing.output import SETTING, Site
from minutebook.publishing.press import PageError, Press
from minutebook.publishing.revisions import Repository, repository
from minutebook.publishing.stage import Stage
from minutebook.records.load import load
from minutebook.records.problems import report
from minutebook.records.records import Records
from minutebook.records.register import register
from minutebook.records.rows import let_go

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache"
"""What is remembered from one build to the next; may be deleted at any time."""


def build(
    content: Path, output: Path, as_of: date | None = None, without: Sequence[str] = ()
) -> int:
    """Build the site of the records in `content` and publish it in `output`.

    `without` names plugins to leave out, such as `minutebook.search` (for measurements). Returns 0 when
    the site is published, 1 when it is not; then `output` is as it was, and standard error says why.
    """
    collecting = gc.isenabled()
    gc.unfreeze()  # what the build before in this process shared with others; not at the end, which may be
    gc.disable()  # that of the process. Records are many, and hardly anything among them is circular.
    try:
        return _build(content, output, as_of, without)
    finally:
        let_go()
        gc.freeze()
        if collecting:
            gc.enable()


def _build(content: Path, output: Path, as_of: date | None, without: Sequence[str]) -> int:
    loaded = load(content, CACHE)
    if loaded.records is None:
        print(report(loaded.problems), file=sys.stderr)
        return 1
    known = repository(content)
    day = as_of or _day(loaded.records, known)
    if day is None:
        print(_NO_DAY, file=sys.stderr)
        return 1
    stage = Stage(output)
    try:
        speak(loaded.records.council.languages[0])
        stage.open()
    except (OSError, ValueError) as error:
        print(f"The site was not built: {error}.", file=sys.stderr)
        return 1
    try:
        site = _site(loaded.records, day, known, stage)
        _run(site, content, without)
        stage.put("manifest.json", manifest(site))
        stage.publish()
    except (OSError, ValueError, RuntimeError, PageError) as error:
        if os.environ.get("MINUTEBOOK_DEBUG"):
            raise
        print(f"The site was not published: {error}.", file=sys.stderr)
        stage.abandon()
        return 1
    return 0


_NO_DAY = (
    "The site needs a date to reckon from, and there is none: the records are not in git."
    ' Give one with --as-of 2026-05-14, or put "as_of" into council.yaml.'
)


def _day(records: Records, known: Repository) -> date | None:
    """The one clock: SOURCE_DATE_EPOCH, else the council's own as-of date, else the newest commit.

    A council that names a date (a demonstration, an archive) means it, whenever it was committed.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return records.council.as_of or known.day


def _site(records: Records, day: date, known: Repository, stage: Stage) -> Site:
    linked = register(records, day, known.revision, known.history)
    return Site(linked, stage, Press(linked, stage, ROOT / "theme", CACHE / "templates"), CACHE)


def _run(site: Site, content: Path, without: Sequence[str]) -> None:
    """Let Pelican run its plugins. It logs errors and goes on, so every error is made fatal."""
    init_logging(level=logging.WARNING, fatal="errors", name="pelican")
    override: dict[str, Any] = {
        SETTING: site,
        "PATH": str(content),
        "OUTPUT_PATH": str(site.stage.folder),
    }
    settings = read_settings(str(ROOT / "pelicanconf.py"), override=override)
    settings["PLUGINS"] = [name for name in settings["PLUGINS"] if name not in without]
    said = _Said()
    logging.getLogger("pelican").addHandler(said)
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # it would count articles
            pelican.Pelican(settings).run()
    except RuntimeError as error:  # how Pelican answers a logged error when errors are fatal
        raise RuntimeError(said.last or str(error)) from error
    finally:
        logging.getLogger("pelican").removeHandler(said)


class _Said(logging.Handler):
    """Keeps the last error that was logged: Pelican's exception does not repeat it."""

    last = ""

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR:
            self.last = " ".join(record.getMessage().split())


def manifest(site: Site) -> bytes:
    """What was published: revision, date, how many of everything, and each file's SHA-256."""
    records = site.register.records
    found = {
        "revision": site.register.revision,
        "as_of": site.register.as_of.isoformat(),
        "records": {kind: len(every) for kind, every in records.by_type.items()},
        "pages": dict(sorted(site.press.printed.items())),
        **site.counts,
        "files": {path: laid.digest for path, laid in sorted(site.stage.files.items())},
    }
    return f"{json.dumps(found, indent=1)}\n".encode()
