"""What a payment and a contract have in common: names, references, words."""

from __future__ import annotations

import functools
import re
import unicodedata

_ENDINGS = frozenset(
    re.findall(
        r"\w+",
        "ltd limited plc llp llc lp cic cio inc uk gb the co company trust trustees group holdings "
        "services and",
    )
)
"""Words of a name that one clerk writes and another leaves out."""

_COMMON = frozenset(
    re.findall(
        r"\w+",
        "about after also been being council from have into made more much must only other over paid "
        "payment payments people places service services some than that their them there they this "
        "through under until upon very what when where which while will with work works year years "
        "month monthly quarter invoice contract borough every instead",
    )
)
"""Words that say nothing of what a payment is for."""

_WORD = re.compile(r"[a-z]{4,}")
_SPLIT = re.compile(r"[\s,;:()\[\]]+")
_NOT_CODE = re.compile(r"[^a-z0-9]+")
_SHORTEST = 5


@functools.lru_cache(maxsize=65536)
def plain_name(name: str) -> str:
    """A name as it is compared: no case, no more than single spaces."""
    return " ".join(name.casefold().split())


@functools.lru_cache(maxsize=65536)
def bare_name(name: str) -> str:
    """The telling words of a name: `THORNWAY CARE LTD` and `Thornway Care Limited` have the same.

    It is empty where no telling word is left; then the name is like no other.
    """
    letters = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", " ", letters.replace("'", "")).split()
    return " ".join(word for word in words if word not in _ENDINGS)


def code(text: str) -> str:
    """A reference as it is compared: `MBC/2025/0017` and `mbc-2025-0017` are the same."""
    return _NOT_CODE.sub("", text.casefold())


def is_telling(text: str) -> bool:
    """Whether a reference can be told from a date or an invoice number: it has letters and digits."""
    found = code(text)
    letters = any(char.isalpha() for char in found)
    return len(found) >= _SHORTEST and letters and any(char.isdigit() for char in found)


def codes(text: str) -> set[str]:
    """Everything in a text that may be a reference: up to three words on end that hold a digit."""
    if not any(char.isdigit() for char in text):
        return set()
    words = [word for word in _SPLIT.split(text) if word]
    return {
        code("".join(words[start:end]))
        for start in range(len(words))
        for end in range(start + 1, min(start + 3, len(words)) + 1)
    }


@functools.lru_cache(maxsize=65536)
def words(text: str) -> frozenset[str]:
    """The words of a text that say what it is about, without a plural's last letter."""
    found = _WORD.findall(text.casefold())
    return frozenset(word.rstrip("s") for word in found if word not in _COMMON)
