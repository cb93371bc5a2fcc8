"""The stage: a folder beside the published one, filled in full and then swapped with it at once.

A build that fails or is killed leaves the published folder as it was. What did not change is linked over
from it, so that only changed bytes are written.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from minutebook.publishing.lock import Lock


class Stage:
    """Where one build puts its files.

    `published` is the folder that a web server serves; `folder` the one being filled. Beside them lies a
    memory of what was published (safe to delete): for each file the key of what it was made from, its
    SHA-256, its size and its time of change.
    """

    def __init__(self, published: Path) -> None:
        self.published = published.resolve()
        self.folder = self._beside("staging")
        self._memory_file = self._beside("cache.json")
        self._lock = Lock(self._beside("lock"))
        self._before: dict[str, list[object]] = {}
        self.files: dict[str, tuple[str, str]] = {}
        """What was put on the stage: path -> (key, SHA-256)."""

    def _beside(self, what: str) -> Path:
        return self.published.parent / f".{self.published.name}.{what}"

    def open(self) -> None:
        """Begin with an empty folder and the memory of the last build.

        Raises OSError; BlockingIOError when another build is under way.
        """
        self.published.parent.mkdir(parents=True, exist_ok=True)
        self._lock.take()
        self._mend()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        try:
            self._before = json.loads(self._memory_file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            self._before = {}

    def _mend(self) -> None:
        """After a kill between two renames (no exchange on this system), put the old site back."""
        old = self._beside("old")
        if old.exists() and not self.published.exists():
            old.rename(self.published)

    def kept(self, path: str, key: str) -> str:
        """Take over a file of the published site that was made from the same `key`.

        Returns its SHA-256, or "" when there is none and it has to be made.
        """
        known = self._before.get(path)
        if not known or known[0] != key:
            return ""
        source, target = self.published / path, self.folder / path
        try:
            found = source.stat()
            if [found.st_size, found.st_mtime_ns] != known[2:]:
                return ""
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(source, target)
            except OSError:
                shutil.copy2(source, target)
        except OSError:
            return ""
        return str(known[1])

    def write(self, path: str, content: bytes, key: str = "") -> str:
        """Put a file on the stage; returns its SHA-256. Without a `key`, the content is the key."""
        digest = hashlib.sha256(content).hexdigest()
        if not key and self.kept(path, digest):
            return digest
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        return digest

    def note(self, path: str, key: str, digest: str) -> None:
        """Remember that `path` lies on the stage. Raises ValueError when it does already."""
        if path in self.files:
            raise ValueError(f"two pages want the same address: {path}")
        self.files[path] = (key, digest)

    def put(self, path: str, content: bytes) -> None:
        """Write a file and remember it."""
        digest = self.write(path, content)
        self.note(path, digest, digest)

    def stream(self, path: str, chunks: Iterable[bytes], key: str = "") -> tuple[str, int]:
        """Write a file piece by piece, so that it need not fit into memory, and remember it.

        With a `key`, nothing is asked of `chunks` when the published file was made from the same key.
        Returns its SHA-256 and its size in bytes.
        """
        digest, size = self.pour(path, chunks, key)
        self.note(path, key or digest, digest)
        return digest, size

    def pour(self, path: str, chunks: Iterable[bytes], key: str = "") -> tuple[str, int]:
        """What `stream` does but for the remembering, for a process that works for another."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        digest = self.kept(path, key) if key else ""
        if not digest:
            part = target.with_name(f"{target.name}.part")
            found = hashlib.sha256()
            with part.open("wb") as file:
                for chunk in chunks:
                    found.update(chunk)
                    file.write(chunk)
            digest = found.hexdigest()
            if not key and self.kept(path, digest):
                part.unlink()
            else:
                part.rename(target)
        return digest, target.stat().st_size

    def publish(self) -> None:
        """Swap the stage with the published folder. Raises OSError, and then nothing has changed."""
        old = self._beside("old")
        shutil.rmtree(old, ignore_errors=True)
        if not self.published.exists():
            self.folder.rename(self.published)
        elif _exchange(self.folder, self.published):
            self.folder.rename(old)
        else:
            self.published.rename(old)
            self.folder.rename(self.published)
        self._remember()
        shutil.rmtree(old, ignore_errors=True)
        self._lock.release()

    def _remember(self) -> None:
        memory = {}
        for path, (key, digest) in self.files.items():
            found = (self.published / path).stat()
            memory[path] = [key, digest, found.st_size, found.st_mtime_ns]
        self._memory_file.write_text(json.dumps(memory), encoding="utf-8")

    def abandon(self) -> None:
        """Throw the stage away; the published folder stays as it was."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self._lock.release()


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, where the system can: Linux renameat2, macOS renamex_np."""
    try:
        library = ctypes.CDLL(None)
        if sys.platform == "darwin":
            result = library.renamex_np(os.fsencode(one), os.fsencode(other), 2)
        else:
            here = -100  # AT_FDCWD: the paths are absolute, so it is not used
            result = library.renameat2(here, os.fsencode(one), here, os.fsencode(other), 2)
    except (AttributeError, OSError, TypeError):
        return False
    return bool(result == 0)
