"""What importers note in imports/ is checked and guarded as records are."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutebook.importing.records.command import main
from minutebook.importing.records.engine import Request, import_records
from minutebook.importing.refusal import RefusalError
from minutebook.records.load import load

SECOND = Path(__file__).resolve().parent / "second_council" / "council.yaml"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    (folder / "imports").mkdir(parents=True)
    (folder / "council.yaml").write_bytes(SECOND.read_bytes())
    return folder


def told(content: Path, text: str, name: str = "aliases.yaml") -> list[tuple[int, str]]:
    (content / "imports" / name).write_text(text, encoding="utf-8")
    return [(problem.line, problem.code) for problem in load(content).problems]


def test_a_sound_list_of_aliases_is_no_problem(content: Path) -> None:
    text = (
        "people:\n  - id: al-moss\n    names: [Al Moss, A. J. Moss]\n"
        "bodies:\n  - id: planning\n    names: [Planning Committee]\n"
        "apart:\n  - [jo-smith, john-smith]\n"
    )
    assert told(content, text) == []


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("people:\n  - id: al\n    name: Al\n", 3, "unknown-field"),
        ("people:\n  - names: [Al]\n", 2, "missing-field"),
        ("people:\n  - id: Al Moss\n    names: [Al]\n", 2, "id"),
        ("people: []\npeople: []\n", 2, "duplicate-key"),
        ("people:\n  - {id: al, names: [Al]}\n  - {id: al, names: [Bo]}\n", 3, "duplicate"),
        ("people:\n  - {id: al, names: [Al]}\n  - {id: bo, names: [' AL']}\n", 3, "text"),
        ("people:\n  - {id: al, names: [Al]}\n  - {id: bo, names: [AL]}\n", 3, "duplicate"),
        ("apart:\n  - [al, al]\n", 2, "duplicate"),
        ("apart:\n  - [al]\n", 2, "too-few"),
        ("bodys: []\n", 1, "unknown-field"),
        ("people: [\n", 2, "yaml"),
        ("# ask 07700 900123\n", 1, "personal-phone"),
    ],
)
def test_each_mistake_is_told_with_its_line(content: Path, text: str, line: int, code: str) -> None:
    found = told(content, text)
    if code == "text":
        assert found and found[0][0] == line
    else:
        assert (line, code) in found


def test_a_file_that_nobody_reads_is_told(content: Path) -> None:
    assert told(content, "people: []\n", "alias.yaml") == [(0, "unknown-file")]


def test_an_import_refuses_what_check_refuses(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "a.json"
    source.write_text('{"persons": []}')
    (content / "imports" / "aliases.yaml").write_text("people:\n  - id: al\n")
    with pytest.raises(RefusalError, match=r"aliases\.yaml:2"):
        import_records(Request("popolo", [source], content))
    assert main(["popolo", str(source), "--into", str(content)]) == 2
    assert '"names" is missing' in capsys.readouterr().err


def test_what_the_importer_notes_is_sound(content: Path, tmp_path: Path) -> None:
    rows = "Ref,When,What,Notes,Al Moss,B. Al Moss,Alan Moss\n1,3/4/2020,Roof,x,YES,,NO\n"
    (tmp_path / "a.csv").write_text(rows)
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(
        "title: Test\nsystem: table\ndates: dmy\nrecord: decision\nneeds: [Ref]\nkey: [Ref]\n"
        "columns: {title: What, date_decided: When}\nvotes: {after: Notes}\n"
        "codes:\n  vote-option: {'YES': for, 'NO': against}\n"
    )
    request = Request("table", [tmp_path / "a.csv"], content, str(mapping))
    import_records(request)
    rows = rows.replace("YES,,NO", "YES,YES,NO")
    (tmp_path / "a.csv").write_text(rows)
    import_records(request)
    noted = (content / "imports" / "suggested-aliases.yaml").read_text()
    assert "matched:" in noted and "maybe:" in noted
    assert load(content).problems == []
