"""Files -> what they say about people besides what they show: by their first bytes, never by their name."""

from __future__ import annotations

import contextlib
import itertools
import re
import zlib
from collections.abc import Iterator

from minutebook.records.problems import Problem

_MAGIC = (
    (b"PK\x03\x04", "an Office file or a ZIP archive"),
    (b"PK\x05\x06", "an Office file or a ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file"),
    (b"{\\rtf", "a text of a word processor"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf\x27\x1c", "an archive"),
    (b"\x1f\x8b", "an archive"),
    (b"BZh", "an archive"),
    (b"\xfd7zXZ\x00", "an archive"),
    (b"\x28\xb5\x2f\xfd", "an archive"),
)
_AUTHOR = re.compile(rb"/(?:Author|Creator)\s*[(<][^)>\s]|<(?:dc:creator|pdf:Author)\b")
_STREAM = re.compile(rb"stream\r?\n")
_STREAMS, _INFLATED = 200, 4_000_000
"""So many parts of a PDF are unpacked, and so many bytes of them in all."""
HEAD = 16
"""So many bytes tell what kind of file it is."""


def private_in_file(path: str, raw: bytes) -> list[Problem]:
    """What must not be published with a file: Office files and archives, places and names in its notes."""
    for magic, what in _MAGIC:
        if raw.startswith(magic):
            message = f"this is {what}, which may hold more than it shows"
            hint = "publish plain text, CSV or PDF instead, and look at what was hidden in it"
            return [_problem(path, "office-file", message, hint)]
    if raw.startswith(b"%PDF") and _names_author(raw):
        message = "the properties of this PDF name its author or the program that made it"
        return [
            _problem(path, "file-properties", message, "remove the properties and save it again")
        ]
    if _has_place(raw):
        message = "this picture says where or by what it was taken (EXIF)"
        return [_problem(path, "file-properties", message, "save the picture without EXIF")]
    return []


def _names_author(raw: bytes) -> bool:
    """Properties stand in the open, in XMP, or since PDF 1.5 in packed parts (ISO 32000-1, 7.5.7).

    What is encrypted cannot be looked into, so it counts as naming somebody.
    """
    return (
        b"/Encrypt" in raw
        or _AUTHOR.search(raw) is not None
        or any(_AUTHOR.search(part) or b"/Encrypt" in part for part in _unpacked(raw))
    )


def _unpacked(raw: bytes) -> Iterator[bytes]:
    left = _INFLATED
    for match in itertools.islice(_STREAM.finditer(raw), _STREAMS):
        if left <= 0 or raw[match.end() : match.end() + 1] not in (b"x", b"H", b"h", b"X"):
            continue  # no zlib begins here
        with contextlib.suppress(zlib.error):
            part = zlib.decompressobj().decompress(raw[match.end() :][:left], left)
            left -= len(part)
            yield part


def _has_place(raw: bytes) -> bool:
    """EXIF stands in the APP1 part of a JPEG (JEITA CP-3451) and in the eXIf chunk of a PNG."""
    if raw.startswith(b"\xff\xd8"):
        return b"Exif\0\0" in raw
    return raw.startswith(b"\x89PNG\r\n\x1a\n") and (
        b"eXIf" in raw or b"Raw profile type exif" in raw
    )


def _problem(path: str, code: str, message: str, hint: str) -> Problem:
    return Problem(path, 0, 0, "", code, message, hint)
