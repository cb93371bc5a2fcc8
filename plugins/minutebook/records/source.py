"""Bytes of a file -> text that is safe to parse. Every limit on hostile input lives here."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from minutebook.records.problems import Problem

RECORD_BYTES = 256 * 1024
"""The largest record: far above any real one, far below what slows a parser down."""
TABLE_BYTES = 64 * 1024 * 1024
"""The largest table or boundary file beside a record."""
DEPTH = 20
"""How deeply lists and fields may be nested in YAML."""

_CONFLICT = re.compile(r"^(<{7}|\|{7}|={7}|>{7})( |$)", re.MULTILINE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff\ufeff]")


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its path below the content folder, its text and its SHA-256 (hex)."""

    path: str
    text: str
    digest: str


class Refused(Exception):
    """A file that cannot be parsed at all; `problems` says why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems


def read(root: Path, path: str, limit: int = RECORD_BYTES) -> Source:
    """Read `path` below `root` as UTF-8 with Unix line ends.

    Raises `Refused` for a file that is a link, too large, empty, unreadable, not UTF-8, holds control
    characters or the marks of an unfinished merge.
    """
    raw = _bytes(root, path, limit)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        message = f"byte 0x{raw[error.start]:02x} is not UTF-8 text"
        hint = 'save the file with the encoding "UTF-8"'
        raise Refused(Problem(path, line, column, "", "encoding", message, hint)) from None
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    problems = [*_conflicts(path, text), *_control_characters(path, text)]
    if problems:
        raise Refused(*problems)
    return Source(path, text, hashlib.sha256(raw).hexdigest())


def _bytes(root: Path, path: str, limit: int) -> bytes:
    def refused(code: str, message: str, hint: str) -> Refused:
        return Refused(Problem(path, 0, 0, "", code, message, hint))

    full = root / path
    if full.is_symlink():
        raise refused("link", "is a symbolic link", "put the file itself here")
    try:
        size = full.stat().st_size
        if size > limit:
            message = f"is {size:,} bytes long; at most {limit:,} are allowed"
            raise refused("too-large", message, "shorten or split it")
        raw = full.read_bytes()
    except OSError as error:
        message = f"cannot be read: {error.strerror or 'the system refuses'}"
        raise refused("unreadable", message, "check that it exists and may be read") from None
    if not raw.strip():
        raise refused("empty", "is empty", "fill it in, or delete it")
    return raw


def _conflicts(path: str, text: str) -> list[Problem]:
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return []
    message = "the mark of an unfinished merge stands here"
    hint = "keep the right version and delete the lines with <<<<<<<, ======= and >>>>>>>"
    return [
        Problem(
            path, text.count("\n", 0, match.start()) + 1, 1, "", "merge-conflict", message, hint
        )
        for match in _CONFLICT.finditer(text)
    ]


def _control_characters(path: str, text: str) -> list[Problem]:
    match = _CONTROL.search(text)
    if not match:
        return []
    line = text.count("\n", 0, match.start()) + 1
    column = match.start() - (text.rfind("\n", 0, match.start()) + 1) + 1
    message = f"the character U+{ord(match[0]):04X} cannot be shown and may not stand in a record"
    return [Problem(path, line, column, "", "control-character", message, "delete it")]
