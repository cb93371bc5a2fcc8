"""Files, folders and archives -> items of bytes. What cannot be read is told, never passed over."""

from __future__ import annotations

import codecs
import gzip
import json
import lzma
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from minutebook.importing.records.found import Fault

LARGEST = 64 * 1024 * 1024
"""The largest file, unpacked."""
_BROKEN = (tarfile.TarError, EOFError, OSError, lzma.LZMAError, zlib.error)
_PASSED = frozenset({"README.md", ".DS_Store", "Thumbs.db"})


class UnreadableError(ValueError):
    """An item that holds no answer of the system; the text says why."""


@dataclass(frozen=True, slots=True)
class Item:
    """One file of the source: its name, and what stands in it."""

    name: str
    raw: bytes

    @property
    def suffix(self) -> str:
        """The ending of the name that says what it is: `.json`, `.xml`, `.csv`."""
        return Path(self.name.removesuffix(".gz")).suffix.lower()


def items(paths: list[Path]) -> Iterator[Item | Fault]:
    """Every file in the files, folders and archives named, in the order of their names."""
    for path in paths:
        if path.is_dir():
            for inner in sorted(path.rglob("*")):
                if inner.is_file() and inner.name not in _PASSED:
                    yield from _of_file(inner, inner.relative_to(path).as_posix())
        else:
            yield from _of_file(path, path.name)


def _of_file(path: Path, name: str) -> Iterator[Item | Fault]:
    if any(part in path.name for part in (".tar", ".tgz")):
        yield from _of_archive(path, name)
        return
    try:
        if path.name.endswith(".gz"):
            with gzip.open(path) as file:
                raw = file.read(LARGEST + 1)
        else:
            with path.open("rb") as plain:
                raw = plain.read(LARGEST + 1)
    except _BROKEN as error:
        yield Fault(name, "", f"cannot be read ({_why(error)})")
        return
    if len(raw) > LARGEST:
        yield Fault(name, "", f"is larger than {LARGEST:,} bytes")
        return
    yield Item(name, raw)


def _of_archive(path: Path, name: str) -> Iterator[Item | Fault]:
    """One member after the other, so that a large archive never stands in memory whole."""
    count = 0
    try:
        with tarfile.open(path, mode="r|*") as archive:
            for member in archive:
                if not member.isfile() or Path(member.name).name in _PASSED:
                    continue
                inner = f"{name}/{member.name.removeprefix('./')}"
                if member.size > LARGEST:
                    yield Fault(inner, "", f"is larger than {LARGEST:,} bytes")
                    continue
                file = archive.extractfile(member)
                raw = file.read() if file else b""
                if len(raw) < member.size:
                    raise EOFError
                count += 1
                yield Item(inner, raw)
    except _BROKEN as error:
        yield Fault(name, "", f"the archive ends early, after {count:,} files ({_why(error)})")


def _why(error: BaseException) -> str:
    return str(error)[:80] or "its end is missing"


def json_of(item: Item) -> Any:
    """What a JSON file says. Raises `UnreadableError`."""
    text = _text(item)
    try:
        loaded = json.loads(text)
        return _paired(loaded) if "\\ud" in text.lower() else loaded
    except (ValueError, RecursionError) as error:
        reason = "is cut off or is not JSON"
        place = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise UnreadableError(reason + place) from None


def _paired(value: Any) -> Any:
    """The same without halves of characters, which JSON may hold and no file can."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_paired(item) for item in value]
    if isinstance(value, dict):
        return {_paired(key): _paired(item) for key, item in value.items()}
    return value


def xml_of(item: Item) -> ElementTree.Element:
    """The root of an XML file. Raises `UnreadableError`, also for one that declares entities."""
    text = _text(item)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise UnreadableError("declares entities of its own, which are not read")
    try:
        return ElementTree.fromstring(text.encode("utf-8"))
    except ElementTree.ParseError as error:
        raise UnreadableError(f"is cut off or is not XML (line {error.position[0]})") from None


def decoded(raw: bytes) -> str:
    """Bytes as text: UTF-16 where the file begins with its mark, else UTF-8, else cp1252.

    A byte that means nothing becomes U+FFFD; the report counts these.
    """
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _text(item: Item) -> str:
    if not item.raw.strip():
        raise UnreadableError("is empty")
    text = decoded(item.raw)
    head = text[:2000].lstrip().lower()
    if head.startswith(("<!doctype html", "<html")) or "<html" in head:
        raise UnreadableError("is a web page (an error page?), not an answer of the system")
    text = text.lstrip()
    if text.startswith("<?xml"):  # it says another encoding than the text now has
        text = text[text.find("?>") + 2 :]
    return text
