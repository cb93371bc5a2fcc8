"""Words: every one on the site can be said in another language, and translators find them all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from conftest import CONTENT, SECOND
from pseudo import cyrillic, english, write_catalogue, write_content

from minutebook.build import build
from minutebook.packages.duties import DUTIES
from minutebook.packages.tables import tables
from minutebook.publishing import language
from minutebook.publishing.catalogue import POT, renew, template, written
from minutebook.records.load import load
from minutebook.records.records import Records
from minutebook.records.rulebook import in_force


@pytest.fixture(scope="module")
def locale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder of catalogues in place of our own."""
    folder = tmp_path_factory.mktemp("locale")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "LOCALE", folder)
        yield folder
    language.speak("en")


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("greek") / "content"
    write_content(CONTENT, folder)
    return folder


@pytest.fixture(scope="module")
def greek(locale: Path, content: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a council in which nothing should be English."""
    write_catalogue(locale)
    output = tmp_path_factory.mktemp("pseudo") / "site"
    assert build(content, output) == 0
    return output


@pytest.fixture(scope="module")
def records(content: Path) -> Records:
    found = load(content).records
    assert found
    return found


@pytest.fixture(scope="module")
def ids(records: Records) -> set[str]:
    """What stands on pages in no language: ids, references, the codes of rules, names of tables."""
    found = {record.document["id"] for _, record in records}
    found |= {each.reference for one in records.participation.values() for each in one.proposals}
    found |= {table.name for table in tables()} | {DUTIES.name}
    return found | set(in_force(records.council.document).rules)


def test_no_word_of_the_interface_goes_past_the_catalogue(
    greek: Path, records: Records, ids: set[str]
) -> None:
    # What the check says of a record is not the interface's: officers read the same in the terminal.
    said = [warning.message for warning in records.warnings]
    found = {}
    for path in sorted(greek.rglob("*.html")):
        words = english(path.read_text(encoding="utf-8"), ids, said)
        if words:
            found[path.relative_to(greek).as_posix()] = sorted(words)
    assert found == {}


def test_feeds_and_results_of_the_search_go_through_it_too(greek: Path, ids: set[str]) -> None:
    for path in sorted(greek.glob("feeds/*.atom")):
        text = path.read_text(encoding="utf-8")
        for part in text.replace("<summary", "<title").split("<title")[1:]:
            assert english(part.split(">", 1)[1].split("</")[0], ids) == set(), path.name
    card = json.loads((greek / "search/cards/0.json").read_text(encoding="utf-8"))
    assert card["type"] == cyrillic("Decision")
    assert english(card["state"], ids) == set()


def test_an_english_word_would_be_found() -> None:
    page = '<p title="See more">2026-001 Τεχτ <code>id</code> текст <b>Late</b> papers</p>'
    assert {each.split()[0] for each in english(page, {"2026-001"})} == {
        "See",
        "more",
        "Late",
        "papers",
    }


def test_what_a_catalogue_does_not_know_is_said_in_english(locale: Path) -> None:
    path = language.catalogue("cy")
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid "Decisions"\nmsgstr "Penderfyniadau"\n\n#, fuzzy\nmsgid "Places"\nmsgstr "Lle?"\n',
        encoding="utf-8",
    )
    language.speak("cy")
    assert language._("Decisions") == "Penderfyniadau"
    assert language._("Places") == "Places"  # nobody has read that translation yet
    assert language._("Topics") == "Topics"
    language.speak("en")
    assert language._("Decisions") == "Decisions"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nonsense", "cannot be read"),
        ('msgid "%(name)s, page %(number)s"\nmsgstr "%(nom)s, %(number)s"', "%(name)s, page"),
    ],
)
def test_a_broken_catalogue_is_told(
    text: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "LOCALE", tmp_path)
        path = language.catalogue("en")
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
        assert build(SECOND, tmp_path / "site") == 1
    said = capsys.readouterr().err
    assert "minutebook.po of en" in said
    assert told in said
    assert not (tmp_path / "site").exists()
    language.speak("en")


def test_renewing_keeps_what_a_translator_wrote(locale: Path) -> None:
    path = language.catalogue("ga")
    done, every = renew("ga")
    assert (done, every) == (0, len(template()))
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('msgid "Decisions"\nmsgstr ""', 'msgid "Decisions"\nmsgstr "Cinntí"'),
        encoding="utf-8",
    )
    assert renew("ga") == (1, every)
    before = path.read_bytes()
    assert b"Cinnt" in before
    assert renew("ga") == (1, every)
    assert path.read_bytes() == before


def test_the_template_of_the_catalogues_is_current() -> None:
    """Made by `python3 scripts/translate.py`, whenever a word of the interface changed."""
    with POT.open("rb") as file:
        kept = {message.id for message in read_po(file)}
    now = {message.id for message in template()}
    assert now - kept == set(), "run python3 scripts/translate.py"
    assert kept - now == set(), "run python3 scripts/translate.py"
    assert written(template()) == written(template())


def test_an_edited_catalogue_reaches_every_page(tmp_path: Path) -> None:
    """Pages that were right before are not printed again, unless their words changed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "LOCALE", tmp_path / "locale")
        site, path = tmp_path / "site", language.catalogue("en")
        assert build(SECOND, site) == 0
        path.parent.mkdir(parents=True)
        for wording in ("Choices", "Verdicts"):
            path.write_text(f'msgid "Decisions"\nmsgstr "{wording}"\n', encoding="utf-8")
            assert build(SECOND, site) == 0
            for page in ("index.html", "decisions/2026-001/index.html", "404.html"):
                assert f">{wording}</a>" in (site / page).read_text(encoding="utf-8")
    language.speak("en")
