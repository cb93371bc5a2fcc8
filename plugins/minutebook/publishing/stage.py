"""The stage: a folder beside the published one, made ready in full and then swapped with it at once.

A build that fails or is killed leaves the published folder as it was. After the swap the stage holds the
site before: what the next build shares with that one lies there already, and what it shares only with the
published one is linked over, so that only changed bytes are written and nothing is wiped.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import orjson

from minutebook.publishing.exchange import exchange
from minutebook.publishing.lock import Lock


class Laid(NamedTuple):
    """A file on the stage: what it was made from, its SHA-256, size in bytes and time of change in ns.

    `note` is whatever its maker wants to know of it when it is taken over.
    """

    key: str
    digest: str
    size: int
    changed: int
    note: str = ""


class Stage:
    """Where one build puts its files.

    `published` is the folder that a web server serves; `folder` the one being filled. Beside them lie the
    memories of what each holds (safe to delete).
    """

    def __init__(self, published: Path) -> None:
        self.published = published.resolve()
        self.folder = self._beside("staging")
        self._memory_file = self._beside("cache.json")
        self._folder_memory = self._beside("staging.cache.json")
        self._lock = Lock(self._beside("lock"))
        self._before: Mapping[str, Laid] = {}
        self._lying: dict[str, Laid] = {}
        self._folders: set[str] = set()
        self.files: dict[str, Laid] = {}
        """What this build put on the stage, by path."""

    def _beside(self, what: str) -> Path:
        return self.published.parent / f".{self.published.name}.{what}"

    def open(self) -> None:
        """Begin with the memory of the last build, and with what of the one before it still lies here.

        Raises OSError; BlockingIOError when another build is under way.
        """
        self.published.parent.mkdir(parents=True, exist_ok=True)
        self._lock.take()
        self._mend()
        self._before = _remembered(self._memory_file)
        known = _remembered(self._folder_memory)
        # From here on nobody knows what lies on the stage, until the swap.
        self._folder_memory.unlink(missing_ok=True)
        if known:
            self._lying = _sweep(self.folder, known)
        else:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)

    def _mend(self) -> None:
        """After a kill between two renames (no exchange on this system), put the old site back."""
        old = self._beside("old")
        if old.exists() and not self.published.exists():
            old.rename(self.published)

    def found(self, path: str, key: str) -> Laid | None:
        """Take over a file that an earlier build made from the same `key`; None when it has to be made."""
        known = self._lying.get(path)
        if known and known.key == key:
            return known
        known = self._before.get(path)
        if known and known.key == key and self._link(path, known):
            return known
        return None

    def _same(self, path: str, digest: str) -> Laid | None:
        """Take over a file of an earlier build that is the same, whatever it was made from."""
        for known in (self._lying.get(path), self._before.get(path)):
            if known and known.digest == digest:
                return self.found(path, known.key)
        return None

    def earlier(self, path: str) -> tuple[Path, Laid] | None:
        """The published file and what is known of it, to take a part of it over; None when it changed."""
        known, source = self._before.get(path), self.published / path
        try:
            found = source.stat()
        except OSError:
            return None
        if not known or (found.st_size, found.st_mtime_ns) != (known.size, known.changed):
            return None
        return source, known

    def _link(self, path: str, known: Laid) -> bool:
        source, target = f"{self.published}/{path}", self._place(path)
        try:
            found = os.stat(source)
            if (found.st_size, found.st_mtime_ns) != (known.size, known.changed):
                return False
            try:
                os.link(source, target)
            except OSError:
                shutil.copy2(source, target)
        except OSError:
            return False
        return True

    def _place(self, path: str) -> str:
        """Where `path` goes, with its folder made and nothing in its way.

        What lies there may be the same file as a published one: it is taken away, never written into.
        """
        target = f"{self.folder}/{path}"
        folder = target.rpartition("/")[0]
        if folder not in self._folders:
            try:
                _make_folder(folder)
            except (FileExistsError, NotADirectoryError):  # a file became a folder
                self._clear(path)
                os.makedirs(folder, exist_ok=True)
            self._folders.add(folder)
        if path in self._lying:
            os.unlink(target)
            del self._lying[path]
        elif self._lying and os.path.isdir(target):  # a folder became a file
            shutil.rmtree(target)
            self._lying = {
                one: laid for one, laid in self._lying.items() if not one.startswith(f"{path}/")
            }
        return target

    def _clear(self, path: str) -> None:
        """Remove the file that lies where a folder above `path` has to be."""
        for above in Path(path).parents:
            if self._lying.pop(above.as_posix(), None):
                (self.folder / above).unlink()

    def lay(self, path: str, content: bytes, key: str = "") -> Laid:
        """Put a file on the stage, unless it is there. Without a `key`, the content is the key."""
        digest = hashlib.sha256(content).hexdigest()
        same = self._same(path, digest)
        if same:
            return same._replace(key=key or digest)
        found = _write(self._place(path), content)
        return Laid(key or digest, digest, found.st_size, found.st_mtime_ns)

    def remember(self, path: str, laid: Laid) -> None:
        """Say that `path` lies on the stage. Raises ValueError when it does already."""
        if path in self.files:
            raise ValueError(f"two pages want the same address: {path}")
        self.files[path] = laid

    def put(self, path: str, content: bytes) -> None:
        """Lay a file and remember it."""
        if path in self.files:
            raise ValueError(f"two pages want the same address: {path}")
        self.remember(path, self.lay(path, content))

    def pour(self, path: str, chunks: Iterable[bytes], key: str = "") -> Laid:
        """Write a file piece by piece, so that it need not fit into memory; the caller has to remember it.

        With a `key`, nothing is asked of `chunks` when an earlier file was made from the same key.
        """
        kept = self.found(path, key) if key else None
        if kept:
            return kept
        part = self.folder / f"{path}.part"
        part.parent.mkdir(parents=True, exist_ok=True)
        made = hashlib.sha256()
        with part.open("wb") as file:
            for chunk in chunks:
                made.update(chunk)
                file.write(chunk)
        digest = made.hexdigest()
        kept = self._same(path, digest)
        if kept:
            part.unlink()
            return kept._replace(key=key or digest)
        target = Path(self._place(path))
        part.rename(target)
        found = target.stat()
        return Laid(key or digest, digest, found.st_size, found.st_mtime_ns)

    def publish(self) -> None:
        """Swap the stage with the published folder. Raises OSError, and then nothing has changed."""
        _remove(self.folder, self._lying.keys() - self.files.keys())
        old = self._beside("old")
        shutil.rmtree(old, ignore_errors=True)
        memory = self._beside("new.cache.json")
        memory.write_bytes(orjson.dumps({path: tuple(laid) for path, laid in self.files.items()}))
        if not self.published.exists():
            self.folder.rename(self.published)
        elif not exchange(self.folder, self.published):
            self.published.rename(old)
            self.folder.rename(self.published)
            old.rename(self.folder)
        if self._memory_file.exists() and self.folder.exists():
            self._memory_file.replace(self._folder_memory)
        memory.replace(self._memory_file)
        self._lock.release()

    def abandon(self) -> None:
        """Throw the stage away; the published folder stays as it was."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self._lock.release()


def _make_folder(path: str) -> None:
    try:
        os.mkdir(path)  # nearly always what is above is there
    except (FileNotFoundError, FileExistsError):
        os.makedirs(path, exist_ok=True)


def _write(path: str, content: bytes) -> os.stat_result:
    """Write a new file with as few calls to the system as it takes: there are tens of thousands."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(file, rest) :]
        return os.fstat(file)
    finally:
        os.close(file)


def _remembered(file: Path) -> dict[str, Laid]:
    try:
        known = orjson.loads(file.read_bytes())
        return {path: Laid(*laid) for path, laid in known.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _sweep(folder: Path, known: Mapping[str, Laid]) -> dict[str, Laid]:
    """Take out of a folder what is not known to be in it, and what is not as it was; returns what stays."""
    staying: dict[str, Laid] = {}
    below = len(f"{folder}/")
    above = _folders(known)
    folders = [str(folder)]
    for here in folders:
        with os.scandir(here) as entries:
            for entry in entries:
                path = entry.path[below:].replace(os.sep, "/")
                if entry.is_dir(follow_symlinks=False):
                    if path in above:
                        folders.append(entry.path)
                    else:
                        shutil.rmtree(entry.path)
                    continue
                laid, found = known.get(path), entry.stat(follow_symlinks=False)
                if laid and (laid.size, laid.changed) == (found.st_size, found.st_mtime_ns):
                    staying[path] = laid
                else:
                    os.unlink(entry.path)
    return staying


def _folders(paths: Iterable[str]) -> set[str]:
    """The folders that hold these paths, and those that hold them."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _remove(folder: Path, paths: Iterable[str]) -> None:
    """Remove files, and the folders that are empty then."""
    for path in paths:
        file = folder / path
        file.unlink()
        for above in file.relative_to(folder).parents:
            try:
                (folder / above).rmdir()
            except OSError:  # not empty
                break
