"""The thorough check against a schema, which says what is wrong; only for what the fast one refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema


def validator(resolved: dict[str, Any], is_date: Callable[[str], bool]) -> Any:
    """A validator of the library for a resolved schema."""
    formats = jsonschema.FormatChecker(formats=())
    formats.checks("date")(lambda value: not isinstance(value, str) or is_date(value))
    return _Validator(resolved, format_checker=formats)


def _items(
    validator: Any, items: Any, value: Any, node: Any
) -> Iterator[jsonschema.ValidationError]:
    """The items of a list, unless there are too many, which is told by itself."""
    if isinstance(value, list) and len(value) <= node.get("maxItems", len(value)):
        for place, item in enumerate(value):
            yield from validator.descend(item, items, path=place)


def _unique(
    validator: Any, rule: Any, value: Any, node: Any
) -> Iterator[jsonschema.ValidationError]:
    """In linear time, which the library's own check is not; only plain values stand in such lists."""
    if validator.is_type(value, "array"):
        plain = [item for item in value if not isinstance(item, (list, dict))]
        if rule and len(set(plain)) < len(plain):
            yield jsonschema.ValidationError("twice")


def _pattern(
    validator: Any, pattern: str, value: Any, node: Any
) -> Iterator[jsonschema.ValidationError]:
    """As in the compiled pass and in ECMA-262, `$` is the very end, not also before a last line end."""
    if isinstance(value, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), value):
        yield jsonschema.ValidationError("pattern")


_Validator: Any = jsonschema.validators.extend(  # type: ignore[no-untyped-call]
    jsonschema.Draft202012Validator,
    {"items": _items, "uniqueItems": _unique, "pattern": _pattern},
)
