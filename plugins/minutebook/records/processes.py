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

_work: tuple[Callable[[Any], Any], Sequence[Any]] | None = None


def spread(function: Callable[[Job], Done], jobs: Sequence[Job]) -> list[Done]:
    """`[function(job) for job in jobs]`, in several processes when there is much to do.

    The processes are forked, so they share what is in memory already; what they return must be able to
    be pickled. Where forking is not safe (macOS) or not known (Windows), one process does it all.
    Whatever `function` raises is raised here.
    """
    global _work
    processors = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
    if len(jobs) <= ALONE or processors == 1:
        return [function(job) for job in jobs]
    _work = (function, jobs)
    try:
        with multiprocessing.get_context("fork").Pool(processors) as pool:
            starts = range(0, len(jobs), TOGETHER)
            return [done for part in pool.imap(_part, starts) for done in part]
    finally:
        _work = None


def _part(start: int) -> list[Any]:
    assert _work
    function, jobs = _work
    return [function(job) for job in jobs[start : start + TOGETHER]]
