"""Work spread over the processors of the machine."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

Job = TypeVar("Job")
Done = TypeVar("Done")

ALONE = 300
"""Up to so many jobs, starting other processes costs more than they save."""
TOGETHER = 50
"""How many jobs a process takes at a time."""

_work: tuple[Callable[[Any], Any], Sequence[Any], int] | None = None


def spread(
    function: Callable[[Job], Done],
    jobs: Sequence[Job],
    alone: int = ALONE,
    together: int = TOGETHER,
) -> list[Done]:
    """`[function(job) for job in jobs]`, in several processes when there are more jobs than `alone`.

    A process takes `together` jobs at a time: few when some of them are long.

    The processes are forked, so they share what is in memory already; what they return must be able to
    be pickled. Where forking is not safe (macOS) or not known (Windows), one process does it all.
    Whatever `function` raises is raised here.
    """
    global _work
    processors = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
    if len(jobs) <= alone or processors == 1:
        return [function(job) for job in jobs]
    _work = (function, jobs, together)
    try:
        with multiprocessing.get_context("fork").Pool(processors) as pool:
            starts = range(0, len(jobs), together)
            return [done for part in pool.imap(_part, starts) for done in part]
    finally:
        _work = None


def _part(start: int) -> list[Any]:
    assert _work
    function, jobs, together = _work
    return [function(job) for job in jobs[start : start + together]]
