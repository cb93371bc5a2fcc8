"""How every script starts and ends: an exit code, and never a traceback for a stopped command."""

import os
import sys
from collections.abc import Callable
from typing import NoReturn


def start(main: Callable[[], int]) -> NoReturn:
    """Run `main` and end the process with the exit code it returns."""
    try:
        code = main()
        sys.stdout.flush()
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:  # whoever read our output, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 141
    sys.exit(code)
