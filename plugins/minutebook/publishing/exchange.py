"""Two folders change places in one step."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path


def exchange(one: Path, other: Path) -> bool:
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
