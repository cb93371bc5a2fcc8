"""Text -> text as it is indexed, and its words as lunr knows them.

The browser prepares what a person types in the same way (theme/static/js/search/words.mjs).
"""

from __future__ import annotations

import re
import string
import unicodedata

from lunr.stemmer import PorterStemmer
from lunr.stop_word_filter import stop_word_filter
from lunr.token import Token
from lunr.tokenizer import SEPARATOR_CHARS
from lunr.trimmer import trimmer

_TOKEN = re.compile(f"[^{re.escape(SEPARATOR_CHARS)}]+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_PENCE = re.compile(r"(?<=\d)\.00\b")
_GENITIVE = re.compile(r"'s\b|'")
_POINT = re.compile(r"\.(?!\d)")
_MARK = re.compile(r"[^\w\s.-]|[\x1c-\x1f]")
_MARKS = {
    ord(mark): " " for mark in (*string.punctuation, *"\x1c\x1d\x1e\x1f\v\f") if mark not in "_.-"
}
"""The same marks in ASCII: replacing these one by one is ten times as fast as by the expression."""


def normalised(text: str) -> str:
    """Take money, references, apostrophes and accents apart, which lunr's trimmer leaves whole.

    `£231,456.00` becomes `231456`, `CAB/2026/01` becomes `CAB 2026 01`, `the council’s café` becomes
    `the council cafe`.
    """
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text.replace("’", "'"))
        text = "".join(letter for letter in parts if unicodedata.category(letter)[0] != "M")
    if "," in text:
        text = _THOUSANDS.sub("", text)
    if ".00" in text:
        text = _PENCE.sub("", text)
    if "'" in text:
        text = _GENITIVE.sub("", text)
    text = text.translate(_MARKS) if text.isascii() else _MARK.sub(" ", text)
    return _POINT.sub(" ", text) if "." in text else text


def tokens(text: str) -> list[str]:
    """The words of a normalised text as lunr's tokenizer cuts it."""
    text = text.lower()
    if text.isascii():
        return text.replace("-", " ").split()
    return _TOKEN.findall(text)


class _Stemmer(PorterStemmer):  # type: ignore[misc]
    """lunr.py's stemmer with the one step in which it differs from lunr.js set right.

    lunr.py makes `highwai` of `highway`, lunr.js does not; a browser would never find such a word.
    """

    def step1c(self) -> None:
        """A last y becomes i after a consonant that is not the first letter."""
        if self.k > 1 and self.b[self.k] == "y" and self.b[self.k - 1] not in "aeiou":
            self.b = self.b[: self.k] + "i"


_porter = _Stemmer()


def stemmer(token: Token, i: int | None = None, every: list[Token] | None = None) -> Token:
    """The word's stem, as lunr.js finds it."""
    return token.update(_porter.stem)


class Terms(dict[str, str]):
    """Word -> the term under which it stands in the index; empty for a stop word. Remembers each word.

    `forms` holds for each word that is not a stop word what is left of it before it is stemmed.
    """

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, str] = {}

    def __missing__(self, word: str) -> str:
        if word.isascii() and word.isdigit():  # every step would leave it as it is
            self[word] = self.forms[word] = word
            return word
        term = ""
        trimmed = str(trimmer(Token(word)))
        if stop_word_filter(Token(trimmed)):
            self.forms[word] = trimmed
            term = str(stemmer(Token(trimmed)))
        self[word] = term
        return term
