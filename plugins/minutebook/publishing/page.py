"""One page of the site, before it is rendered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from minutebook.records.register import Register

View = Callable[[Register], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be.

    `address` as in `records/addresses.py`; `kind` is the type of the record shown, `list` for lists and
    `page` for others (the manifest counts by it); `template` a file in `theme/templates`. `view` gives the
    finished values that the template shows: plain data that JSON can hold (dates as dates, money as
    pence), with at least `title`. It is a pure function of the register: the same register, the same
    view. `twin` gives what the JSON beside the page says, `sheet` its sums as CSV; None where there is none.

    `basis`, where there is one, is a short text that changes whenever anything changes that the page, its
    twin or its sheet is made from. It must be far cheaper than the view: a page whose basis is as it was is
    not looked at again. See `pages/basis.py`.
    """

    address: str
    kind: str
    template: str
    view: View
    twin: View | None = None
    sheet: Callable[[Register], bytes] | None = None
    basis: Callable[[Register], str] | None = None
