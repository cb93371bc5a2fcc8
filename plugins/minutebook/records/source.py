"""Bytes of a file -> text that is safe to parse. Every limit on hostile input lives here."""

from __future__ import annotations

import hashlib
import itertools
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from minutebook.records.problems import Problem

RECORD_BYTES = 256 * 1024
"""The largest record: far above any real one, far below what slows a parser down."""
TABLE_BYTES = 64 * 1024 * 1024
"""The largest table beside a record."""
BOUNDARY_BYTES = 4 * 1024 * 1024
"""The largest boundary file beside a record; parsed, it takes many times as much memory."""
DEPTH = 20
"""How deeply lists and fields may be nested in YAML, and folders in the content folder."""
EVENTS = 60_000
"""How many names and values (and beginnings and ends of lists and groups) a record may hold."""
NAME = 80
"""The longest name of a field, in characters."""
LINE = 100_000
"""The longest line of a table, in characters."""
MOST = 100
"""How many problems of one file are told: more would bury the first, which often caused the rest."""

_CONFLICT = re.compile(r"^(<{7}|\|{7}|={7}|>{7})( |$)", re.MULTILINE)
# Control characters, other line ends than \n, and what turns the direction of the text around it: none
# of them can be seen, and a record must not say one thing to an editor and another to a parser.
CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
# Of plain English text, nothing is left when these are taken out: ten times as fast as a search.
_SEEN = bytes([9, 10, *range(32, 127)])


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

    Raises `Refused` for a file that is a link, too large, unreadable, not UTF-8 or empty, and for one
    that holds control characters or the marks of an unfinished merge.
    """
    raw = contents(root, path, limit)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        message = f"byte 0x{raw[error.start]:02x} is not UTF-8 text"
        hint = 'save the file with the encoding "UTF-8"'
        raise Refused(Problem(path, line, column, "", "encoding", message, hint)) from None
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    problems = [*itertools.islice(_conflicts(path, text), MOST), *_control_characters(path, text)]
    if problems:
        raise Refused(*problems)
    if not text.strip():
        raise Refused(_empty(path))
    return Source(path, text, hashlib.sha256(raw).hexdigest())


def digest_of(root: Path, path: str) -> str:
    """The SHA-256 of a file; empty where it cannot be read."""
    try:
        return hashlib.sha256(contents(root, path, RECORD_BYTES)).hexdigest()
    except Refused:
        return ""


def contents(root: Path, path: str, limit: int) -> bytes:
    """The bytes of a file. Raises `Refused` for one that is a link, too large or unreadable."""
    openable(root, path, limit)
    try:
        return Path(f"{root}/{path}").read_bytes()
    except OSError as error:
        raise unreadable(path, error) from None


def openable(root: Path, path: str, limit: int) -> None:
    """Look at a file from outside. Raises `Refused` for one that is a link, too large or unreadable."""
    try:
        found = os.lstat(f"{root}/{path}")
    except OSError as error:
        raise unreadable(path, error) from None
    if stat.S_ISLNK(found.st_mode):
        hint = "put the file itself here"
        raise Refused(Problem(path, 0, 0, "", "link", "is a symbolic link", hint))
    if found.st_size > limit:
        message = f"is {found.st_size:,} bytes long; at most {limit:,} are allowed"
        raise Refused(Problem(path, 0, 0, "", "too-large", message, "shorten or split it"))


def unreadable(path: str, error: OSError) -> Refused:
    """That a file cannot be read, and why."""
    message = f"cannot be read: {error.strerror or 'the system refuses'}"
    hint = "check that it exists and may be read"
    return Refused(Problem(path, 0, 0, "", "unreadable", message, hint))


def _empty(path: str) -> Problem:
    return Problem(path, 0, 0, "", "empty", "is empty", "fill it in, or delete it")


def _conflicts(path: str, text: str) -> Iterator[Problem]:
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return
    message = "the mark of an unfinished merge stands here"
    hint = "keep the right version and delete the lines with <<<<<<<, ======= and >>>>>>>"
    line, before = 1, 0
    for match in _CONFLICT.finditer(text):
        line += text.count("\n", before, match.start())
        before = match.start()
        yield Problem(path, line, 1, "", "merge-conflict", message, hint)


def _control_characters(path: str, text: str) -> list[Problem]:
    match = (
        None
        if text.isascii() and not text.encode().translate(None, _SEEN)
        else CONTROL.search(text)
    )
    if not match:
        return []
    line = text.count("\n", 0, match.start()) + 1
    column = match.start() - (text.rfind("\n", 0, match.start()) + 1) + 1
    return [Problem(path, line, column, "", "control-character", *unseen(match[0]))]


def unseen(character: str) -> tuple[str, str]:
    """Message and hint about a character that may not stand in a record."""
    message = f"the character U+{ord(character):04X} cannot be seen and may not stand in a record"
    return message, "delete it"
