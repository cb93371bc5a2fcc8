"""The privacy guard: what it finds, what it leaves alone, and that it never repeats a secret."""

from __future__ import annotations

import random
import shutil
import time
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from record_cases import BASE, INVALID, check, lay_out

from minutebook.records.load import load
from minutebook.records.privacy import private_in_file, private_lines, search
from minutebook.records.privacy.numbers import is_nhs, luhn
from minutebook.records.source import MOST, RECORD_BYTES

FULL = RECORD_BYTES - 100
ROOT = Path(__file__).resolve().parents[1]
SECRETS = {
    "national-insurance": ("AB123456C", "number: AB 12 34 56 C.", "(jg103759a)", "ni:ZY654321D"),
    "nhs-number": ("NHS no. 9434765919", "485 777 3457", "485-777-3457", "NHS: 943 476 5919"),
    "payment-card": ("4111 1111 1111 1111", "5500-0000-0000-0004", "378282246310005"),
    "bank-details": (
        *("sort code 12-34-56", "Sort-code: 123456", "account number 12345678"),
        *("12-34-56 12345678", "GB82 WEST 1234 5698 7654 32", "GB82WEST12345698765432"),
    ),
    "personal-email": ("jo@gmail.com", "Jo.Bloggs+x@btinternet.com", "a@yahoo.co.uk", "b@me.com"),
    "personal-phone": ("07700 900123", "+44 7700 900123", "0044 7700900123", "07700-900-123"),
    "home-address": (
        *("lives at 14 Harbour Road", "home address: 3a Mill Lane", "Mrs Nix, 12 Old Mill Road"),
        *("Dr Ada Nix of 7 High Street", "resident of 9 Fen Close", "living at 1 Dock Row"),
    ),
    "date-of-birth": ("born on 1 May 1950", "DOB 01/05/50", "date of birth: 1950-05-01"),
    "hidden-text": ("<!-- x -->", "a\u200bb", "a\u00adb", "\U000e0041"),
}
HARMLESS = (
    *("2026-05-14 to 2026-06-30", "01632 960123", "0300 123 4567", "020 7946 0018"),
    *("£1,250,000.00", "bytes: 1811202", "E06999901", "MWK-2026-000123", "CAB/2026/047"),
    *("clerk@council.example", "info@medway.gov.uk", "mail@mencap.org.uk", "@UK Plc", "-Kiwi.Com-"),
    *("the library at 12 High Street", "a lease of 25 years", "born of need", "GB-COH-01234567"),
    *("Dr Barnardo's", "Miss Selfridge Ltd", "St James Place", "Ms-Tech 2026", "TR123456"),
    *("1234567890", "4857773456", "0123456789012345", "3fae0b1c2d4e5f60718293a4b5c6d7e8"),
    *("[0.1234567890123, 51.987654321]", "site of 44 homes in Mill Lane", "people living in flats"),
    *(
        "sort of code 12",
        "account of 2026",
        "GB12 ABCD 1234 5678 9012 34",
        "Bill 2 of 2026, 12 clauses",
    ),
)


@pytest.mark.parametrize(
    ("code", "text"), [(code, text) for code, texts in SECRETS.items() for text in texts]
)
def test_a_secret_is_found(code: str, text: str) -> None:
    for around in (text, f"Hello {text} there", f"\n# {text}\n", f'"{text}"'):
        assert code in {hit.code for hit in search(around)}, around


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_alike_is_left_alone(text: str) -> None:
    assert list(search(f"Hello {text} there")) == []


def test_check_digits_catch_nine_of_ten_invented_numbers() -> None:
    chance = random.Random(4)
    numbers = [f"{chance.randrange(10**9, 10**10)}" for _ in range(5000)]
    assert 0.07 < sum(map(is_nhs, numbers)) / 5000 < 0.11
    assert 0.08 < sum(map(luhn, numbers)) / 5000 < 0.12


def test_there_is_no_false_alarm_on_the_sample_and_other_sound_councils() -> None:
    for content in (ROOT / "content", ROOT / "tests" / "second_council", BASE):
        for path in sorted(content.rglob("*")):
            if path.suffix in (".md", ".yaml", ".csv", ".svg", ".geojson"):
                assert list(search(path.read_text("utf-8"))) == [], path


def test_a_message_never_repeats_the_secret() -> None:
    for name in ("private", "private-cells", "privacy-entry"):
        said = (INVALID / f"{name}.expected").read_text("utf-8")
        for secret in (
            "123456",
            "34 56",
            "5919",
            "3456",
            "1111",
            "900123",
            "bloggs",
            "Harbour",
            "WEST",
        ):
            assert secret not in said, (name, secret)


def test_an_explanation_lets_through_what_it_names_and_no_more(tmp_path: Path) -> None:
    content = shutil.copytree(BASE, tmp_path / "content")
    case = INVALID / "privacy-entry" / "decisions" / "2026-900.md"
    shutil.copy(case, content / "decisions")
    council = content / "council.yaml"
    entry = "{file: decisions/2026-900.md, rule: personal-phone, count: 3, reason: Of offices.}"
    council.write_text(f"{council.read_text('utf-8')}privacy: [{entry}]\n", encoding="utf-8")
    assert check(content) == ""
    record = content / "decisions" / "2026-900.md"
    record.write_text(f"{record.read_text('utf-8')}\nAnd 07700 900126.\n", encoding="utf-8")
    assert check(content).count("[personal-phone]") == 4


def test_what_is_private_is_not_remembered_as_sound(tmp_path: Path) -> None:
    content = lay_out("private", tmp_path / "content")
    first = load(content, tmp_path / "cache").problems
    assert first
    assert load(content, tmp_path / "cache").problems == first


def packed(text: bytes) -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj <</Filter /FlateDecode>>\nstream\n"
        + zlib.compress(text)
        + b"\nendstream"
    )


@pytest.mark.parametrize(
    "raw",
    [
        b"%PDF-1.4\n/Author (Jo Bloggs)",
        b"%PDF-1.4\n/Author <FEFF004A006F>",
        b"%PDF-1.4\n/Author (\xfe\xff\0J\0o)",
        b"%PDF-1.7\n<x:xmpmeta><dc:creator><rdf:Seq><rdf:li>Jo</rdf:li></rdf:Seq></dc:creator>",
        packed(b"<</Type /ObjStm>> /Author (Jo Bloggs)"),
        packed(b"<x:xmpmeta><dc:creator><rdf:li>Jo</rdf:li></dc:creator>"),
        packed(b"1 0 2 0") + b"\n" + packed(b"/Creator (Word)"),
        b"%PDF-1.7\ntrailer <</Encrypt 5 0 R>>",
    ],
)
def test_a_pdf_that_names_its_author_is_found(raw: bytes) -> None:
    assert [it.code for it in private_in_file("a.csv", raw)] == ["file-properties"]


def test_a_pdf_without_properties_is_left_alone() -> None:
    for raw in (b"%PDF-1.7\n/Author ()", packed(b"BT (Author) Tj ET"), packed(b"x")[:60]):
        assert private_in_file("a.csv", raw) == []


def test_a_pdf_that_unpacks_to_very_much_is_read_in_time() -> None:
    raw = packed(b"\0" * 100_000_000) + b"stream\n" * 100_000
    start = time.process_time()
    assert private_in_file("a.csv", raw) == []
    assert time.process_time() - start < 1


# Hostile text

HOSTILE = {
    "digits": "1" * FULL,
    "digits and spaces": "1 " * (FULL // 2),
    "digits and hyphens": "12-34-56-" * (FULL // 9),
    "accounts": "12-34-56 12345678 " * (FULL // 18),
    "words for a home": "lives at " * (FULL // 9),
    "words and streets": "lives at 1 Aa Bb Cc " * (FULL // 20),
    "titles": "Mr Aa Bb Cc, " * (FULL // 13),
    "births": "born " * (FULL // 5),
    "signs after a birth": "born" + "_" * FULL,
    "beginnings of an IBAN": "GB" * (FULL // 2),
    "signs of mail": "@" * FULL,
    "mail": "@gmail.com " * (FULL // 11),
    "comments": "<!--" * (FULL // 4),
    "nothing to see": "\u200b" * (FULL // 3),
    "letters that grow": "\u0130" * (FULL // 2),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_in_time(name: str) -> None:
    start = time.process_time()
    found = private_lines("a.md", HOSTILE[name])
    assert time.process_time() - start < 1
    assert len(found) <= MOST + 1


@settings(derandomize=True, deadline=None, database=None, max_examples=500)
@given(st.text(st.one_of(st.characters(), st.sampled_from("0123456789 -@ABCGB\n"))))
def test_any_text_gives_hits_that_lie_in_it(text: str) -> None:
    for hit in search(text):
        assert 0 <= hit.start < hit.start + hit.length <= len(text)


@settings(derandomize=True, deadline=None, database=None, max_examples=500)
@given(st.binary())
def test_any_bytes_are_looked_at(raw: bytes) -> None:
    assert len(private_in_file("a.png", raw)) <= 1
