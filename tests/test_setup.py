"""Set-up: what is done again after which change, and what a person is told when it fails."""

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
ALL = ["venv", "packages", "project", "npm", "css"]


@pytest.fixture
def bootstrap(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    import bootstrap

    return bootstrap


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    for name in ("pyproject.toml", "requirements", "theme/package.json", "theme/package-lock.json"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
        copy(ROOT / name, root / name)
    (root / "theme" / "scss" / "parts").mkdir(parents=True)
    (root / "theme" / "scss" / "minutebook.scss").write_text("a { b: c }", "utf-8")
    return root


class Recorder:
    """Stands in for the commands of set-up: notes each, and makes the files it would make."""

    def __init__(self, bootstrap: ModuleType, root: Path) -> None:
        self.done: list[str] = []
        self.failing: str = ""
        self.setup = bootstrap.SetUp(root)
        self.setup.run = self.run
        self.setup._node = lambda: None
        self.error = bootstrap.SetUpError
        self.libraries = bootstrap.LIBRARIES

    def run(self, command: list[str], what: str, folder: Path | None = None) -> None:
        line = " ".join(command)
        marks = {
            "venv": "-m venv",
            "packages": "--require-hashes",
            "project": "-e .",
            "npm": " ci ",
        }
        name = next((name for name, mark in marks.items() if mark in line), "css")
        if name == self.failing:
            raise self.error("it failed")
        self.done.append(name)
        theme = self.setup.theme
        makes = {
            "venv": [self.setup.python],
            "npm": [theme / "node_modules" / name for name in self.libraries],
            "css": [theme / "static" / "css" / "minutebook.css"],
        }
        for path in makes.get(name, []):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("made", "utf-8")

    def complete(self, extra: str = "site", theme: bool = True) -> list[str]:
        self.done.clear()
        self.setup.complete(extra, theme)
        return list(self.done)


@pytest.fixture
def recorder(bootstrap: ModuleType, tree: Path) -> Recorder:
    return Recorder(bootstrap, tree)


def test_the_first_start_does_everything_and_the_second_nothing(recorder: Recorder) -> None:
    assert recorder.complete() == ALL
    assert recorder.complete() == []
    assert recorder.complete(theme=False) == []


@pytest.mark.parametrize(
    ("changed", "redone"),
    [
        ("requirements/site.txt", ["packages"]),
        ("pyproject.toml", ["project"]),
        ("theme/package-lock.json", ["npm", "css"]),
        ("theme/scss/minutebook.scss", ["css"]),
        ("theme/scss/parts/new.scss", ["css"]),
        ("requirements/bench.txt", []),
        ("README.md", []),
    ],
)
def test_a_change_redoes_its_own_part_only(
    recorder: Recorder, tree: Path, changed: str, redone: list[str]
) -> None:
    recorder.complete()
    with (tree / changed).open("a", encoding="utf-8") as file:
        file.write("\n# changed\n")
    assert recorder.complete() == redone


@pytest.mark.parametrize(
    ("removed", "redone"),
    [
        ("theme/node_modules", ["npm"]),
        ("theme/static/css", ["css"]),
        ("theme/static/lib", ["css"]),
        (".venv", ALL),
        (".cache", []),
    ],
)
def test_what_was_removed_is_made_again(
    recorder: Recorder, tree: Path, removed: str, redone: list[str]
) -> None:
    recorder.complete()
    shutil.rmtree(tree / removed)
    assert recorder.complete() == redone


def test_a_moved_project_is_set_up_anew(
    recorder: Recorder, bootstrap: ModuleType, tree: Path
) -> None:
    recorder.complete()
    moved = Recorder(bootstrap, tree.rename(tree.with_name("elsewhere")))
    assert moved.complete() == ALL


def test_the_tests_need_more_packages_and_the_site_no_fewer(recorder: Recorder) -> None:
    recorder.complete("site")
    assert recorder.complete("dev") == ["packages"]
    assert recorder.complete("site") == []


def test_reading_records_needs_no_front_end(recorder: Recorder) -> None:
    assert recorder.complete(theme=False) == ["venv", "packages", "project"]


def test_a_failure_keeps_what_was_done_and_goes_on_from_there(recorder: Recorder) -> None:
    recorder.failing = "npm"
    with pytest.raises(recorder.error):
        recorder.complete()
    recorder.failing = ""
    assert recorder.complete() == ["npm", "css"]


def test_a_damaged_note_of_what_was_done_is_no_note(recorder: Recorder) -> None:
    recorder.complete()
    for text in ("", "{", "[]", '"x"'):
        recorder.setup.record.write_text(text, "utf-8")
        assert recorder.complete() == ALL


def test_a_step_that_makes_nothing_is_said(recorder: Recorder) -> None:
    recorder.setup._css = lambda: None
    with pytest.raises(recorder.error, match=r"minutebook\.css is not there"):
        recorder.complete()


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("npm error code ENOTFOUND", "registry could not be reached"),
        ("Temporary failure in name resolution", "registry could not be reached"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM", "not what the lock file names"),
        ("npm error code EINTEGRITY", "not what the lock file names"),
        ("ERROR: No matching distribution found for nh3==0.3.8", "no ready-made package"),
        ("PermissionError: [Errno 13] Permission denied: 'x'", "may not be written"),
        ("Error: expected '}'.\n  scss/minutebook.scss 3:1", "scss/minutebook.scss 3:1"),
        ("", "(nothing)"),
    ],
)
def test_a_failure_is_explained(bootstrap: ModuleType, printed: str, told: str) -> None:
    message = bootstrap.explain("the thing", printed)
    assert told in message
    assert message.startswith("Set-up could not make the thing.")


def test_an_unknown_failure_is_quoted_briefly(bootstrap: ModuleType) -> None:
    assert len(bootstrap.explain("it", "\n".join(map(str, range(10_000)))).splitlines()) < 20


@pytest.mark.parametrize("name", ["bootstrap", "site", "check", "test", "new", "lock"])
def test_an_old_python_gets_as_far_as_the_sentence(name: str) -> None:
    # Python 3.6 is what some long-lived servers still call python3.
    text = (ROOT / "scripts" / f"{name}.py").read_text("utf-8")
    ast.parse(text, feature_version=(3, 6))
    assert "from __future__" not in text  # annotations came with 3.7


def test_an_old_python_is_refused_in_a_sentence() -> None:
    old = "import sys; sys.version_info = (3, 9, 2); sys.path.insert(0, sys.argv[1]);"
    command = [sys.executable, "-c", f"{old} import bootstrap", str(ROOT / "scripts")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 2
    assert "needs Python 3.11 or newer; this is Python 3.9" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_second_start_is_quick() -> None:
    # Against the record of this very checkout: all that a start does when nothing is to do.
    code = (
        "import sys, time; started = time.perf_counter(); sys.path.insert(0, sys.argv[1]);"
        "import bootstrap; pending = bootstrap.SetUp().pending('site', True);"
        "print(time.perf_counter() - started)"
    )
    command = [sys.executable, "-c", code, str(ROOT / "scripts")]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(3)]
    assert min(float(run.stdout) for run in runs) < 0.2


def script(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """A script as a person starts it, in this checkout."""
    name, *rest = arguments
    command = [sys.executable, str(ROOT / "scripts" / name), *rest]
    environment = {**os.environ, **variables}
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["site.py"], "the following arguments are required"),
        (["site.py", "biuld"], "invalid choice"),
        (["site.py", "build", "--content", "no/such"], 'there is no folder "no/such"'),
        (["site.py", "build", "--as-of", "31 May"], "write it as 2026-05-31"),
        (["site.py", "build", "--as-of", "2026-02-31"], "write it as 2026-05-31"),
        (["site.py", "serve", "--port", "0"], "from 1 to 65535"),
        (["site.py", "serve", "--port", "http"], "from 1 to 65535"),
        (["site.py", "build", "--output", "."], "holds other things"),
        (["site.py", "build", "--output", "plugins"], "holds other things"),
        (["site.py", "build", "--output", "tests"], "holds no site"),
        (["site.py", "build", "--output", "LICENSE"], "is a file"),
        (["site.py", "build", "--output", "content/site"], "among the records"),
        (["check.py", "--content", "no/such"], 'There is no folder "no/such"'),
        (["check.py", "--content", "tests", "no.md"], 'There is no file or folder "no.md"'),
        (["check.py", "--content", "tests", "LICENSE"], "is not among the records"),
        (["check.py", "--format", "xml"], "invalid choice"),
    ],
)
def test_wrong_use_is_said_with_code_2(arguments: list[str], told: str) -> None:
    done = script(*arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_the_record_of_this_checkout_is_readable() -> None:
    record = ROOT / ".venv" / "setup.json"
    if record.exists():  # absent only where somebody manages the environment by hand
        assert {"root", "site.txt"} <= json.loads(record.read_text("utf-8")).keys()
