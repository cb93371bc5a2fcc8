"""Puts a release into the content folder: whole or not at all, and never over somebody's work."""

from __future__ import annotations

import contextlib
import filecmp
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from minutebook.importing.council import fields
from minutebook.importing.refusal import RefusalError
from minutebook.importing.release import Release


@dataclass(slots=True)
class Shelf:
    """The spending folder of a content folder, and what this run has put there or would put."""

    content: Path
    claimed: dict[str, str] = field(default_factory=dict)
    """Id of a release -> the file of this run that it comes from."""

    def place(self, release: Release, name: str, sha256: str, replace: bool) -> tuple[Path, bool]:
        """Where the release goes (the path of its record), and whether that changes anything.

        Raises `RefusalError` if another file has the id, or if a release of this file was edited.
        """
        if other := self.claimed.get(release.id):
            raise RefusalError(
                f'gives the release "{release.id}", and so does {other}: import one of them, or '
                "say --period if one is for another time"
            )
        record = self.existing(release.id) or self._new(release)
        changed = self._differs(record.parent, release)
        if record.exists() and changed and not replace:
            raise RefusalError(self._taken(record, release.id, sha256))
        self.claimed[release.id] = name
        return record, changed

    def _new(self, release: Release) -> Path:
        return self.content / "spending" / release.folder / f"{release.id}.yaml"

    def existing(self, identity: str) -> Path | None:
        """The record that has this id already, wherever below the folder it is."""
        for path in sorted((self.content / "spending").rglob(f"{identity}*.yaml")):
            found = fields(self.content, path.relative_to(self.content).as_posix())
            if path.stem == identity or (found and found.get("id") == identity):
                return path
        return None

    def _differs(self, folder: Path, release: Release) -> bool:
        stale = f"{release.id}.rejected.csv"
        extra = stale not in release.files and (folder / stale).exists()
        return extra or any(not _equal(folder / name, path) for name, path in release.files.items())

    def _taken(self, record: Path, identity: str, sha256: str) -> str:
        found = fields(self.content, record.relative_to(self.content).as_posix()) or {}
        source = found.get("source")
        source = source if isinstance(source, dict) else {}
        shown = record.relative_to(self.content)
        if source.get("sha256") == sha256:
            return (
                f'was imported before as "{identity}", and {shown} or its table has changed since: '
                "nothing was written; say --replace to write it anew, which undoes those changes"
            )
        origin = f'from another file, "{source["title"]}"' if source.get("title") else "by hand"
        return (
            f'would become the release "{identity}", but {shown} was made {origin}: move that '
            "away, or say --replace to put this one in its place, or --period if this is for "
            "another time"
        )


def write(release: Release, record: Path) -> None:
    """Write the files of a release beside each other, the record last, and drop a stale list.

    Each file is whole or not there. Raises `RefusalError` if the folder cannot be written.
    """
    folder = record.parent
    staged: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, path in release.files.items():
            target = record if name.endswith(".yaml") else folder / name
            staged.append((_stage(folder, path), target))
        for temporary, target in staged:
            temporary.replace(target)
        if (stale := f"{release.id}.rejected.csv") not in release.files:
            (folder / stale).unlink(missing_ok=True)
    except OSError as error:
        for temporary, _ in staged:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
        why = error.strerror or "the system refuses"
        raise RefusalError(
            f"cannot be written to {folder} ({why}): mend that, then import it again"
        ) from None


def _stage(folder: Path, source: Path) -> Path:
    handle, name = tempfile.mkstemp(prefix=".importing-", dir=folder)
    os.close(handle)
    path = Path(name)
    shutil.copyfile(source, path)
    path.chmod(0o644)
    return path


def _equal(one: Path, other: Path) -> bool:
    try:
        return filecmp.cmp(one, other, shallow=False)
    except OSError:
        return False
