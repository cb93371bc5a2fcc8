"""Numbers that name a person or open an account: told from other numbers by their check digits."""

from __future__ import annotations

import re

_LETTERS = re.compile(
    r"(?:(?<=\W)|(?<=^))(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?$"
)
_MOBILE = re.compile(r"(?:(?:\+|00)44(?:0)?|0)7[1-57-9]\d{8}")
_NHS = re.compile(r"\d{3}([ -])\d{3}\1\d{4}")


def kind_of(before: str, found: str) -> str:
    """The kind of number that `found` is (digits with single spaces or hyphens), or nothing.

    `before` is what stands before it. National Insurance numbers are built after HMRC's manual NIM39110,
    NHS numbers have a modulus 11 check digit (NHS Data Dictionary), cards that of ISO/IEC 7812 (Luhn).
    """
    letter = found[-1] if found[-1].isalpha() else ""
    digits = re.sub(r"\D", "", found)
    if letter:
        good = len(digits) == 6 and _LETTERS.search(before[-4:].upper())
        return "national-insurance" if good else ""
    plus = "+" if before.endswith("+") else ""
    if _MOBILE.fullmatch(plus + digits):
        return "personal-phone"
    labelled = "nhs" in before[-24:].lower()
    if len(digits) == 10 and is_nhs(digits) and (labelled or _looks_nhs(found)):
        return "nhs-number"
    if 13 <= len(digits) <= 19 and digits[0] in "3456" and luhn(digits):
        return "payment-card"
    return ""


def _looks_nhs(found: str) -> bool:
    """Without a word for it, only the usual grouping and the numbers given out in England and Wales."""
    return bool(_NHS.fullmatch(found)) and found[0] in "467"


def is_nhs(digits: str) -> bool:
    """Whether ten digits are an NHS number."""
    rest = sum((10 - place) * int(digit) for place, digit in enumerate(digits[:9])) % 11
    return (11 - rest) % 11 == int(digits[9])


def luhn(digits: str) -> bool:
    """Whether the last digit checks the others; all the same digit is nobody's card."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        double = int(digit) * 2 if place % 2 else int(digit)
        total += double - 9 if double > 9 else double
    return total % 10 == 0 and len(set(digits)) > 1


def is_iban(text: str) -> bool:
    """Whether this is an IBAN (ISO 13616): rearranged and read as a number, it is 1 modulo 97."""
    plain = text.replace(" ", "").upper()
    moved = plain[4:] + plain[:4]
    return int("".join(str(int(char, 36)) for char in moved)) % 97 == 1
