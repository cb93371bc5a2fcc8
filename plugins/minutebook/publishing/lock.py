"""A lock on a folder's name, so that two builds do not fill the same stage."""

from __future__ import annotations

from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]
    import msvcrt


class Lock:
    """Held from `take` to `release`, or to the end of the process however it ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def take(self) -> None:
        """Raises BlockingIOError when another process holds it."""
        file = self._path.open("ab")
        try:
            if fcntl:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            else:
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            file.close()
            message = "another build is filling the same folder; wait until it is done"
            raise BlockingIOError(message) from None
        self._file = file

    def release(self) -> None:
        """Let others have it. The file stays: removing it would let two hold it at once."""
        if self._file:
            self._file.close()
            self._file = None
