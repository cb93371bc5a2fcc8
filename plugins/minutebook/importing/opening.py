"""A path -> a finance export on disk, or a sentence saying what the file really is.

Exports are read piece by piece: nothing here depends on how large one is.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from minutebook.importing.refusal import RefusalError

NAME = 300
"""The longest file name that a release records as its source."""
BYTES = 1024**3
"""The largest export: far above a year of the largest council's payments."""
CHUNK = 1024**2
_RATIO = 200
"""How many times its packed size an export may grow to; text grows ten times, a bomb a thousand."""

_EXPORT_CSV = 'open it, choose "Save as" and "CSV UTF-8", and import that file'
_SIGNATURES = (
    (b"%PDF", f"is a PDF document, not a table: ask for the data itself, or {_EXPORT_CSV}"),
    (b"SQLite format 3\x00", "is an SQLite database, not a table: export the payments as CSV"),
    (b"\x89PNG", "is a picture, not a table: ask for the data itself"),
    (b"\xff\xd8\xff", "is a picture, not a table: ask for the data itself"),
    (b"{\\rtf", "is a word processor's document, not a table: ask for the data itself"),
)


@dataclass(frozen=True, slots=True)
class Export:
    """A finance export: its name without `.gz`, where its bytes lie unpacked, and their SHA-256."""

    name: str
    path: Path
    sha256: str
    workbook: bool


def open_export(path: Path, workspace: Path) -> Export:
    """Look at a `.csv`, `.csv.gz` or `.xlsx` file; what is packed is unpacked into `workspace`.

    Raises `RefusalError` for a file that is absent, unreadable, too large, empty or no table.
    """
    name = path.name
    plain = path
    start = _start(path)
    if start.startswith(b"\x1f\x8b"):
        plain = workspace / "unpacked"
        _unpack(path, plain)
        start = _start(plain)
        name = name[:-3] if name.lower().endswith(".gz") else name
    digest, size, blank = _digest(plain)
    if blank:
        raise RefusalError(f"is empty ({size:,} bytes): export or fetch it again")
    workbook = _is_workbook(start, plain, name)
    shown = "".join(char if char.isprintable() else "_" for char in name).strip()[:NAME]
    return Export(shown or "export.csv", plain, digest, workbook)


def _start(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise RefusalError("is a folder: name the files in it")
        with path.open("rb") as file:
            return file.read(4096)
    except FileNotFoundError:
        raise RefusalError("is not there: check the name and the folder") from None
    except (OSError, ValueError) as error:
        raise _unreadable(error) from None


def _unreadable(error: Exception) -> RefusalError:
    why = getattr(error, "strerror", None) or "the system refuses"
    return RefusalError(f"cannot be read ({why}): check that it may be read")


def _digest(path: Path) -> tuple[str, int, bool]:
    """The SHA-256 (hex), the size, and whether there is nothing but white space."""
    digest, size, blank = hashlib.sha256(), 0, True
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                size += len(chunk)
                if size > BYTES:
                    raise _too_large()
                digest.update(chunk)
                blank = blank and not chunk.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00")
    except OSError as error:
        raise _unreadable(error) from None
    return digest.hexdigest(), size, blank


def _unpack(path: Path, target: Path) -> None:
    size, most = 0, max(_RATIO * path.stat().st_size, 64 * CHUNK)
    try:
        with gzip.open(path) as file, target.open("wb") as out:
            while chunk := file.read(CHUNK):
                size += len(chunk)
                if size > min(most, BYTES):
                    raise _too_large()
                _write(out, chunk)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise RefusalError("is a damaged or incomplete gzip file: fetch or make it again") from None


def _write(out: BinaryIO, chunk: bytes) -> None:
    try:
        out.write(chunk)
    except OSError as error:
        why = error.strerror or "the system refuses"
        raise RefusalError(f"cannot be unpacked ({why}): make room, or unpack it first") from None


def _too_large() -> RefusalError:
    limit = BYTES // CHUNK
    return RefusalError(f"holds more than {limit:,} MiB once unpacked: split it, such as by month")


def _is_workbook(start: bytes, path: Path, name: str) -> bool:
    """True for an Excel workbook, False for text. Raises `RefusalError` for anything else."""
    for signature, sentence in _SIGNATURES:
        if start.startswith(signature):
            raise RefusalError(sentence)
    if start.startswith(b"PK\x03\x04"):
        return _archive(start, name)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        locked = _holds(path, "EncryptedPackage".encode("utf-16-le"))
        raise RefusalError(_LOCKED if locked else _OLD)
    if start.startswith(b"\x1f\x8b"):
        raise RefusalError("is packed more than once: unpack it first")
    _refuse_markup(start[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower())
    return False


def _refuse_markup(start: bytes) -> None:
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        raise RefusalError(
            "is a web page (HTML), not a table: perhaps an error page was saved; fetch it again"
        )
    if start.startswith(b"<"):
        raise RefusalError(f"is XML or HTML, not a table: {_EXPORT_CSV}")
    if start.startswith((b'{"', b"[{", b"{\n", b"{\r")):
        raise RefusalError("is JSON, not a table: export the payments as CSV")


_LOCKED = "is encrypted with a password: remove the password, then save it as CSV UTF-8 or .xlsx"
_OLD = f"is an Excel workbook of the old kind (.xls): {_EXPORT_CSV}, or save it as .xlsx"


def _archive(start: bytes, name: str) -> bool:
    """Whether a ZIP container is a workbook (bit 0 of its flags marks encryption)."""
    if start[6:7] and start[6] & 1:
        raise RefusalError(_LOCKED)
    if b"opendocument" in start[:200]:
        raise RefusalError(f"is an OpenDocument file: {_EXPORT_CSV}")
    if not (b"xl/" in start or b"[Content_Types].xml" in start or b"_rels/" in start):
        raise RefusalError("is a ZIP archive: unpack it and import the CSV files in it")
    if name.lower().endswith((".csv", ".txt", ".tsv")):
        raise RefusalError(
            f"is an Excel workbook although its name ends in {name[-4:]}: rename it to end in "
            f".xlsx and import that, or {_EXPORT_CSV}"
        )
    return True


def _holds(path: Path, wanted: bytes) -> bool:
    before = b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if wanted in before + chunk:
                return True
            before = chunk[-len(wanted) :]
    return False
