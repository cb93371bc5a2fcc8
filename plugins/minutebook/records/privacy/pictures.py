"""Files -> what they say about people besides what they show: by their first bytes, never by their name."""

from __future__ import annotations

import re

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
HEAD = 16
"""So many bytes tell what kind of file it is."""


def private_in_file(path: str, raw: bytes) -> list[Problem]:
    """What must not be published with a file: Office files and archives, places and names in its notes."""
    for magic, what in _MAGIC:
        if raw.startswith(magic):
            message = f"this is {what}, which may hold more than it shows"
            hint = "publish plain text, CSV or PDF instead, and look at what was hidden in it"
            return [_problem(path, "office-file", message, hint)]
    if raw.startswith(b"%PDF") and _AUTHOR.search(raw):
        message = "the properties of this PDF name its author or the program that made it"
        return [
            _problem(path, "file-properties", message, "remove the properties and save it again")
        ]
    if _has_place(raw):
        message = "this picture says where or by what it was taken (EXIF)"
        return [_problem(path, "file-properties", message, "save the picture without EXIF")]
    return []


def _has_place(raw: bytes) -> bool:
    """EXIF stands in the APP1 part of a JPEG (JEITA CP-3451) and in the eXIf chunk of a PNG."""
    if raw.startswith(b"\xff\xd8"):
        return b"Exif\0\0" in raw
    return raw.startswith(b"\x89PNG\r\n\x1a\n") and (
        b"eXIf" in raw or b"Raw profile type exif" in raw
    )


def _problem(path: str, code: str, message: str, hint: str) -> Problem:
    return Problem(path, 0, 0, "", code, message, hint)
