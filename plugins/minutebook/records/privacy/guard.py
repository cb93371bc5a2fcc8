"""Text -> the personal data in it. Everything is looked at: fields, prose, comments and cells.

A whole register is read on every check, so what is rare is found by what is cheap: one search for runs of
digits, and plain words before any longer pattern.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from minutebook.records.privacy.numbers import is_iban, kind_of
from minutebook.records.problems import Problem
from minutebook.records.source import MOST

# Every number that is looked for begins with six digits, with at most one sign between two of them.
_RUN = re.compile(r"\d(?:[ -]?\d){5,}", re.ASCII)
_AFTER = 16
"""So far behind its run of digits a number may end, with what must not follow it."""
# What stands before is looked at after the first digit: a search for one sign is many times as fast.
_DIGITS = re.compile(r"\d(?<![\w.]\d)(?:[ -]?\d){5,18}(?: ?[A-Da-d])?(?![\w-])", re.ASCII)
# A National Insurance number begins with letters, so its digits may follow one.
_NINO = re.compile(r"\d(?<=[A-Za-z ]\d)\d ?\d\d ?\d\d ?[A-Da-d](?![\w-])", re.ASCII)
_MAIL = re.compile(
    r"@(?:g(?:oogle)?mail|hotmail|outlook|live|msn|y(?:ahoo|mail)|icloud|me|mac|aol|btinternet|sky|talktalk"
    r"|virginmedia|ntlworld|tiscali|blueyonder|proton(?:mail)?|gmx|fastmail|zoho|tutanota)"
    r"\.(?:com|co\.uk|net|me|org|de)\b",
    re.IGNORECASE,
)
_STREET = (
    r"\d{1,4}[A-Za-z]?,?\s+(?:[A-Z][\w'’]{1,20}\s+){1,3}(?:Road|Street|Avenue|Lane|Close|Drive|Way|Terrace"
    r"|Gardens|Crescent|Court|Place|Grove|Row|Mews|Walk|Rise|Hill|Square)\b"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[ /.-](?:\d{{1,2}}|{_MONTH})[ /.-]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}})"
# code, what it may begin with (looked for as it stands, or in lower case), the pattern itself
_PHRASES: tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...] = (
    (
        "home-address",
        ("home address", "liv", "resid"),
        re.compile(
            r"\b(?i:home address|liv(?:es|ed|ing)\s(?:at|in)|resident\s(?:at|of)|resid(?:es|ing)\s(?:at|in))"
            rf"\b[^.\n]{{0,40}}?\b{_STREET}"
        ),
    ),
    (
        "home-address",
        ("Mr", "Ms", "Miss", "Dr"),
        re.compile(
            rf"\b(?:Mr|Mrs|Ms|Miss|Dr)\.?\s(?:[A-Z][\w'’-]{{0,20}}\s?){{1,3}}(?:,|\sof)\s{_STREET}"
        ),
    ),
    (
        "date-of-birth",
        ("date of birth", "date_of_birth", "born", "dob", "d.o.b"),
        re.compile(
            rf"\b(?:date[ _]of[ _]birth|d\.?o\.?b\b\.?|born(?:\son)?)[\W_]{{0,10}}{_DAY}",
            re.IGNORECASE,
        ),
    ),
    (
        "bank-details",
        ("sort", "account n"),
        re.compile(
            r"\b(?:sort[ -]?code\W{1,5}(?:is\s)?\d\d[ -]?\d\d[ -]?\d\d"
            r"|account (?:number|no)\W{1,5}(?:is\s)?\d{8})\b",
            re.IGNORECASE,
        ),
    ),
    ("bank-details", ("GB",), re.compile(r"(?<!\w)GB\d\d ?[A-Z]{4}(?: ?\d{4}){3} ?\d\d(?!\w)")),
    ("hidden-text", ("<!--",), re.compile("<!--")),
)
_ACCOUNT = re.compile(r"\d(?<![\w-]\d)\d-\d\d-\d\d[ ,;/]{1,3}\d{8}(?![\w-])", re.ASCII)
# What has no width, and the invisible twins of the letters: a reader sees nothing, a machine reads it.
_UNSEEN = re.compile("[\u00ad\u180e\u200b\u200e\u200f\u2060-\u2064\U000e0000-\U000e007f]")


@dataclass(frozen=True, slots=True)
class Hit:
    """Something personal: `code` is its rule, `start` where it begins, `length` how long it is."""

    code: str
    start: int
    length: int


def search(text: str) -> Iterator[Hit]:
    """Everything personal in a text."""
    for run in _RUN.finditer(text):
        yield from _numbers(text, *run.span())
    if "@" in text:
        for match in _MAIL.finditer(text):
            yield Hit("personal-email", match.start(), len(match[0]))
    if not text.isascii():
        for match in _UNSEEN.finditer(text):
            yield Hit("hidden-text", match.start(), 1)
    lower = text.lower()
    if len(lower) != len(text):  # a few letters grow in lower case; then places would shift
        lower = "".join(char.lower() if char.isascii() else char for char in text)
    for code, words, pattern in _PHRASES:
        for word in words:
            where = lower if word.islower() else text
            place = where.find(word)
            while place >= 0:
                found = pattern.match(text, place)
                if found and (word != "GB" or is_iban(found[0])):
                    yield Hit(code, place, len(found[0]))
                place = where.find(word, place + len(word))


def _numbers(text: str, start: int, end: int) -> Iterator[Hit]:
    """The personal numbers that begin in a run of digits."""
    last = end + _AFTER
    for match in _DIGITS.finditer(text, start, last):
        kind = kind_of(text[max(match.start() - 24, 0) : match.start()], match[0])
        if kind and kind != "national-insurance" and match.start() < end:
            yield Hit(kind, match.start(), len(match[0]))
    for match in _NINO.finditer(text, start, last):
        before = text[max(match.start() - 24, 0) : match.start()]
        if match.start() < end and kind_of(before, match[0]):
            yield Hit("national-insurance", match.start(), len(match[0]))
    for match in _ACCOUNT.finditer(text, start, last):
        if match.start() < end:
            yield Hit("bank-details", match.start(), len(match[0]))


_WHAT = {
    "national-insurance": "a National Insurance number",
    "nhs-number": "an NHS number",
    "payment-card": "the number of a payment card",
    "bank-details": "bank details",
    "personal-email": "a personal e-mail address",
    "personal-phone": "a mobile telephone number",
    "home-address": "somebody's home address",
    "date-of-birth": "somebody's date of birth",
    "hidden-text": "text that a reader cannot see",
}
WITHDRAW = (
    "take it out before anybody else sees it; once a branch was pushed it is public: tell the data"
    " protection officer and have it removed from the history as well"
)


def private_lines(path: str, text: str) -> list[Problem]:
    """The first problems of a text, each with its line; what was found is never repeated."""
    problems = []
    for hit in itertools.islice(search(text), MOST + 1):
        line = text.count("\n", 0, hit.start) + 1
        column = hit.start - (text.rfind("\n", 0, hit.start) + 1) + 1
        problems.append(told(path, hit.code, line, column))
    return problems


def told(path: str, code: str, line: int, column: int) -> Problem:
    """One problem; it says what was found and not what it was."""
    message, hint = f"this looks like {_WHAT[code]}", WITHDRAW
    if code == "hidden-text":
        message, hint = f"{_WHAT[code]} stands here", "delete it, or write it so that it is seen"
    return Problem(path, line, column, "", code, message, hint)
