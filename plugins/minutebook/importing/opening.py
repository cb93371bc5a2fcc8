"""A path -> the bytes of a finance export, or a sentence saying what the file really is."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from dataclasses import dataclass
from pathlib import Path

from minutebook.importing.refusal import RefusalError
from minutebook.records.source import TABLE_BYTES

NAME = 300
"""The longest file name that a release records as its source."""

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
    """A finance export: its name without `.gz`, its bytes and their SHA-256, both uncompressed."""

    name: str
    raw: bytes
    sha256: str


def open_export(path: Path) -> Export:
    """Read a `.csv` or `.csv.gz` file.

    Raises `RefusalError` for a file that is absent, unreadable, too large, empty or no text table.
    """
    raw = _bytes(path)
    name = path.name
    if raw.startswith(b"\x1f\x8b"):
        raw = _unpacked(raw)
        name = name[:-3] if name.lower().endswith(".gz") else name
    _check(raw)
    shown = "".join(char if char.isprintable() else "_" for char in name).strip()[:NAME]
    return Export(shown or "export.csv", raw, hashlib.sha256(raw).hexdigest())


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise RefusalError("is a folder: name the files in it")
        with path.open("rb") as file:
            raw = file.read(TABLE_BYTES + 1)
    except FileNotFoundError:
        raise RefusalError("is not there: check the name and the folder") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "the system refuses"
        raise RefusalError(f"cannot be read ({why}): check that it may be read") from None
    _check_size(raw)
    return raw


def _unpacked(raw: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as file:
            unpacked = file.read(TABLE_BYTES + 1)
    except (OSError, EOFError, zlib.error):
        raise RefusalError("is a damaged or incomplete gzip file: fetch or make it again") from None
    _check_size(unpacked)
    return unpacked


def _check_size(raw: bytes) -> None:
    if len(raw) > TABLE_BYTES:
        limit = TABLE_BYTES // 1024**2
        raise RefusalError(f"holds more than {limit} MiB: split it, for instance by month")


def _check(raw: bytes) -> None:
    """Raise `RefusalError` unless the bytes may be a text table."""
    if not raw.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise RefusalError(f"is empty ({len(raw):,} bytes): export or fetch it again")
    for signature, sentence in _SIGNATURES:
        if raw.startswith(signature):
            raise RefusalError(sentence)
    if raw.startswith(b"PK\x03\x04"):
        raise RefusalError(_archive(raw))
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        encrypted = "EncryptedPackage".encode("utf-16-le") in raw
        raise RefusalError(_LOCKED if encrypted else f"is an Excel workbook: {_EXPORT_CSV}")
    if raw.startswith(b"\x1f\x8b"):
        raise RefusalError("is packed more than once: unpack it first")
    start = raw[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        raise RefusalError(
            "is a web page (HTML), not a table: perhaps an error page was saved; fetch it again"
        )
    if start.startswith(b"<"):
        raise RefusalError(f"is XML or HTML, not a table: {_EXPORT_CSV}")
    if start.startswith((b'{"', b"[{", b"{\n", b"{\r")):
        raise RefusalError("is JSON, not a table: export the payments as CSV")


_LOCKED = "is encrypted with a password: remove the password, then save it as CSV UTF-8"


def _archive(raw: bytes) -> str:
    """What a ZIP container is (a workbook is one; bit 0 of its flags marks encryption)."""
    if raw[6:7] and raw[6] & 1:
        return _LOCKED
    if b"xl/" in raw or b"[Content_Types].xml" in raw[:4096]:
        return f"is an Excel workbook: {_EXPORT_CSV}"
    if b"opendocument" in raw[:200]:
        return f"is an OpenDocument file: {_EXPORT_CSV}"
    return "is a ZIP archive: unpack it and import the CSV files in it"
