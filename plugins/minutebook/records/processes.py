"""Work spread over the processors of the machine."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

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
    processors = _processors()
    if len(jobs) <= alone or processors == 1:
        return [function(job) for job in jobs]
    _work = (function, jobs, together)
    gc.freeze()  # what is there now is shared, and looking through it would copy it
    try:
        with multiprocessing.get_context("fork").Pool(processors, gc.disable) as pool:
            starts = range(0, len(jobs), together)
            return [done for part in pool.imap(_part, starts) for done in part]
    finally:
        _work = None


def beside(function: Callable[[], Done]) -> Callable[[], Done]:
    """Begin `function()` in a process of its own; call what is returned to wait for what it gives.

    Where processes cannot be forked, it is done when it is waited for. What it raises is raised then.
    """
    if _processors() == 1:
        return function
    gc.freeze()
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_tell, args=(function, theirs), daemon=True)
    process.start()
    theirs.close()

    def wait() -> Done:
        try:
            good, found = ours.recv()
        except EOFError:
            raise RuntimeError("a process was ended before its work was done") from None
        finally:
            process.join()
            ours.close()
        if not good:
            raise found
        return cast(Done, found)

    return wait


def _tell(function: Callable[[], Any], to: Any) -> None:
    try:
        found = (True, function())
    except Exception as error:
        found = (False, error)
    to.send(found)


def _processors() -> int:
    """How many processes can work at once: one where forking is not safe, or inside such a process."""
    if sys.platform != "linux" or multiprocessing.current_process().daemon:
        return 1
    return len(os.sched_getaffinity(0))


def _part(start: int) -> list[Any]:
    assert _work
    function, jobs, together = _work
    done = [function(job) for job in jobs[start : start + together]]
    gc.collect()  # once a part, not after every few hundred objects
    return done
