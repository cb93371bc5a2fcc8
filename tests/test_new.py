"""A new record from a few answers: the file passes the checks, and a wrong answer is explained."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from minutebook.drafting import Draft, slug
from minutebook.records.document import parse

ROOT = Path(__file__).resolve().parent.parent
ANSWERS = {
    "title": 'Longer hours: "yes" to the Café library #2',
    "summary": "The library would stay open until eight - on Mondays, 12:30 to 20:00.",
    "classification": "executive",
    "origin": "officer",
    "decision_maker": "cabinet",
    "date_proposed": "2026-05-14",
    "context": "Why: because people asked.\n\n- NO\n- 012",
}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A council with one body and two decisions, one of which cannot be read."""
    files = {
        "bodies/cabinet.yaml": "id: cabinet\n",
        "decisions/2026/2026-007-old.md": "---\nid: 2026-007\n---\n",
        "decisions/2026/2026-012-broken.md": "",
        "decisions/2025/2025-099.md": "---\nid: 2025-099\n---\n",
    }
    for name, text in files.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path / "content"


def options(answers: dict[str, str]) -> list[str]:
    return [word for name in answers for word in (f"--{name.replace('_', '-')}", answers[name])]


def new(
    content: Path, answers: dict[str, str], typed: str | None = None
) -> subprocess.CompletedProcess[str]:
    script = [sys.executable, str(ROOT / "scripts" / "new.py"), "decision"]
    command = [*script, "--content", str(content), *options(answers)]
    given = {"input": typed} if typed is not None else {"stdin": subprocess.DEVNULL}
    return subprocess.run(command, capture_output=True, text=True, **given)  # type: ignore[call-overload,no-any-return]


def test_the_file_holds_the_answers_and_takes_the_next_id(content: Path) -> None:
    done = new(content, ANSWERS)
    path = "decisions/2026/2026-013-longer-hours-yes-to-the-cafe.md"
    assert path in done.stdout.replace(os.sep, "/")
    document = parse(path, (content / path).read_text("utf-8"))
    fields = {**document.fields, "context": document.sections[0].text}
    assert fields == {"id": "2026-013", "status": "proposed", **ANSWERS}
    assert document.sections[0].heading == "Context"


def test_what_is_still_to_be_written_is_said(content: Path) -> None:
    said = new(content, ANSWERS).stdout
    assert "## Reasons" in said
    assert "## Context" not in said


def test_the_record_itself_has_no_problem(content: Path) -> None:
    draft = Draft("decision", content)
    path = draft.write("2026-013", {"status": "proposed", **ANSWERS})
    assert draft.problems(path) == []
    assert draft.problems("decisions/2026/2026-012-broken.md")  # the check does look


def test_a_second_record_gets_another_id_and_nothing_is_replaced(content: Path) -> None:
    new(content, ANSWERS)
    new(content, ANSWERS)
    names = sorted(path.name[:8] for path in (content / "decisions" / "2026").iterdir())
    assert names == ["2026-007", "2026-012", "2026-013", "2026-014"]


@pytest.mark.parametrize(
    ("field", "answer", "told"),
    [
        ("classification", "execitive", 'did you mean "executive"?'),
        ("decision_maker", "cabinot", 'did you mean "cabinet"?'),
        ("date_proposed", "2026-02-31", "is not a day of the calendar"),
        ("summary", "y" * 301, "at most 300"),
        ("title", "", "--title: Title is needed."),
    ],
)
def test_a_wrong_answer_is_explained_and_nothing_written(
    content: Path, field: str, answer: str, told: str
) -> None:
    done = new(content, {**ANSWERS, field: answer})
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert len(list((content / "decisions" / "2026").iterdir())) == 2


def test_wrong_use_is_said_with_code_2(content: Path) -> None:
    assert new(content / "no-such", ANSWERS).returncode == 2
    script = [sys.executable, str(ROOT / "scripts" / "new.py"), "agenda"]
    done = subprocess.run(script, capture_output=True, text=True)
    assert (done.returncode, "invalid choice" in done.stderr) == (2, True)


@pytest.mark.skipif(sys.platform == "win32", reason="a pretended terminal needs a Unix system")
def test_on_a_terminal_it_asks_and_asks_again(content: Path) -> None:
    import pty

    master, slave = pty.openpty()
    rest = {name: ANSWERS[name] for name in ANSWERS if name not in ("classification", "origin")}
    script = [sys.executable, str(ROOT / "scripts" / "new.py"), "decision"]
    command = [*script, "--content", str(content), *options(rest)]
    with subprocess.Popen(command, stdin=slave, stdout=subprocess.PIPE, text=True) as process:
        # Kind, wrongly and then rightly; status as usual; origin; the rest is left for later.
        os.write(master, b"cabinet\nexecutive\n\nofficer\n\n\n\n")
        said = process.communicate(timeout=30)[0]
    os.close(master)
    os.close(slave)
    assert '"cabinet" is not known; ' in said
    assert "Status [proposed]" in said
    assert "2026-013" in said


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Longer hours at the town's library on Mondays", "longer-hours-at-the-towns-library"),
        ("Café Ærø", "cafe-r"),
        ("???", ""),
    ],
)
def test_a_files_name_comes_from_the_title(title: str, words: str) -> None:
    assert slug(title) == words
