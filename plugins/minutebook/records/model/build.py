"""Valid document -> frozen object. Only for documents that the schema has passed."""

from __future__ import annotations

import datetime
import functools
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any, TypeVar

from minutebook.records.model.values import Pence

T = TypeVar("T")
SMALL = 3
"""Up to so many fields, equal objects are looked for: they are frozen and can be shared."""


def build(cls: type[T], document: Mapping[str, Any], /, **more: Any) -> T:
    """Make a `cls` from a document whose keys are its fields; `more` sets what is not in it."""
    as_key: Any = cls
    convert = _converters(as_key)
    return cls(**{key: convert[key](value) for key, value in document.items()}, **more)


def pence(text: str) -> Pence:
    """`-12.5` -> -1250. Takes what the schema's money pattern allows; exact, no float."""
    if text[-3:-2] == ".":  # as nearly every amount is written
        return Pence(int(text[:-3] + text[-2:]))
    whole, _, part = text.partition(".")
    amount = int(whole.removeprefix("-")) * 100 + int(part.ljust(2, "0") or 0)
    return Pence(-amount if whole.startswith("-") else amount)


def plain(amount: int) -> str:
    """-1250 -> `-12.50`, the way money is written in records and tables."""
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100}.{abs(amount) % 100:02d}"


@functools.cache
def _converters(cls: Any) -> dict[str, Callable[[Any], Any]]:
    hints = typing.get_type_hints(cls)
    return {part.name: _converter(hints[part.name]) for part in fields(cls)}


def _converter(hint: Any) -> Callable[[Any], Any]:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        hint = next(part for part in typing.get_args(hint) if part is not type(None))
    if typing.get_origin(hint) is tuple:
        each = _converter(typing.get_args(hint)[0])
        return tuple if each is _same else lambda values: tuple(map(each, values))
    if hint is Pence:
        return pence
    if hint is Decimal:
        return Decimal
    if hint is datetime.date:
        return datetime.date.fromisoformat
    if is_dataclass(hint):
        if len(fields(hint)) <= SMALL and set(_converters(typing.cast(Any, hint)).values()) == {
            _same
        }:
            share = _shared(hint)
            return lambda value: share(tuple(value.items()))
        return lambda value: build(typing.cast(type, hint), value)
    return _same


def _shared(cls: Any) -> Callable[[tuple[tuple[str, Any], ...]], Any]:
    """Make a small `cls` of plain values; equal ones, such as many members' votes, are one object."""

    @functools.lru_cache(maxsize=10_000)
    def share(values: tuple[tuple[str, Any], ...]) -> Any:
        return cls(**dict(values))

    return share


def _same(value: Any) -> Any:
    return value
