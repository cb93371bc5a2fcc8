"""Sets up, once, what the commands need: `.venv`, the locked packages, the theme's assets.

Every script calls `ensure()` before it imports anything that is not in the standard library.
What was done is remembered in `.venv/setup.json` by the hash of what it was made from, so a
second start does nothing, and a changed lock file or stylesheet redoes only its own part.
All messages go to standard error: a script's standard output stays its own.
"""

import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python gets this far, and must be told
    sys.stderr.write(
        "Minutebook needs Python 3.11 or newer; this is Python {}.{}.\n"
        "  Install a newer one (python.org or your system's packages) and start this command with "
        "it,\n  for instance: python3.13 {}\n".format(*sys.version_info[:2], " ".join(sys.argv))
    )
    sys.exit(2)

import contextlib
import hashlib
import importlib.util
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from failures import explain

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("site", "dev", "bench")  # each holds all of the one before it
LIBRARIES = {  # of the front-end packages, the files that a browser needs as they are
    "lunr/lunr.min.js": "lunr.min.js",
    "govuk-frontend/dist/govuk/components/service-navigation/service-navigation.bundle.mjs": (
        "govuk/service-navigation.js"
    ),
}
OLDEST_NODE = (20, 19)  # what sass and html-validate in theme/package.json ask for


class SetUpError(Exception):
    """Set-up cannot go on; its text says why, and what to do."""


@dataclass(frozen=True)
class Step:
    """One part of set-up: done when every stamp is recorded and every file is there."""

    title: str
    stamps: dict[str, str]
    makes: tuple[Path, ...]
    run: Callable[[], None]


class SetUp:
    """Set-up of the project in `root`; the parts a command needs, in order."""

    def __init__(self, root: Path = ROOT) -> None:
        self.root = root
        self.venv = root / ".venv"
        self.bin = self.venv / ("Scripts" if os.name == "nt" else "bin")
        self.python = self.bin / ("python.exe" if os.name == "nt" else "python")
        self.theme = root / "theme"
        self.record = self.venv / "setup.json"

    def stamps(self) -> dict[str, str]:
        """What is recorded as done; nothing if the record is absent or unreadable."""
        try:
            stamps = json.loads(self.record.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return stamps if isinstance(stamps, dict) else {}

    def digest(self, *paths: Path) -> str:
        """One hash over the names and bytes of these files."""
        digest = hashlib.sha256()
        for path in sorted(paths):
            digest.update(path.relative_to(self.root).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
        return digest.hexdigest()

    def steps(self, extra: str, theme: bool) -> list[Step]:
        """The parts that a command with these needs stands on, first things first."""
        wanted = LOCKS[: LOCKS.index(extra) + 1]
        locks = {name: self.root / "requirements" / f"{name}.txt" for name in wanted}
        packages = {f"{name}.txt": self.digest(lock) for name, lock in locks.items()}
        project = {"project": self.digest(self.root / "pyproject.toml")}
        steps = [
            Step(
                "a Python environment in .venv",
                {"root": str(self.root)},
                (self.python,),
                self._venv,
            ),
            Step(
                "Python packages (a minute or so)",
                packages,
                (),
                lambda: self._pip(f"requirements/{extra}.txt"),
            ),
            Step("linking the project", project, (), self._project),
        ]
        if theme:
            npm = [self.theme / "package.json", self.theme / "package-lock.json"]
            scss = list((self.theme / "scss").rglob("*.scss"))
            css = self.theme / "static" / "css" / "minutebook.css"
            libraries = [self.libraries / name for name in LIBRARIES.values()]
            modules = self.theme / "node_modules"
            steps += [
                Step("front-end packages", {"npm": self.digest(*npm)}, (modules,), self._npm_ci),
                Step(
                    "the stylesheet",
                    {"css": self.digest(*npm, *scss)},
                    (css, *libraries),
                    self._css,
                ),
            ]
        return steps

    def pending(self, extra: str, theme: bool) -> list[Step]:
        """The steps that are still to do, or to do again."""
        recorded = self.stamps()
        return [
            step
            for step in self.steps(extra, theme)
            if not step.stamps.items() <= recorded.items()
            or not all(path.exists() for path in step.makes)
        ]

    def complete(self, extra: str, theme: bool) -> None:
        """Do what is pending. Raises SetUpError; what was done until then stays done."""
        if not self.pending(extra, theme):
            return
        with one_at_a_time(self.root / ".cache" / "setup.lock"):
            todo = self.pending(extra, theme)
            while todo:
                self.do(todo[0])
                todo = self.pending(extra, theme)  # a new .venv makes all the rest pending
            say("Set-up is complete.")

    def do(self, step: Step) -> None:
        """Do one step and record it. Raises SetUpError, also if it left a file unmade."""
        say(f"Setting up: {step.title} ...")
        step.run()
        for path in step.makes:
            if not path.exists():
                raise SetUpError(f"Set-up made {step.title}, but {path} is not there.")
        stamps = {**self.stamps(), **step.stamps}
        self.record.write_text(json.dumps(stamps, indent=2), "utf-8")

    def _venv(self) -> None:
        if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
            raise SetUpError(
                "This Python has no venv module, which makes the environment.\n"
                "  On Debian or Ubuntu: sudo apt install python3-venv; then start this again."
            )
        moved = self.stamps().get("root") not in (None, str(self.root))
        if self.venv.exists() and (moved or not self.python.exists()):
            shutil.rmtree(self.venv)
        self.run([sys.executable, "-m", "venv", str(self.venv)], "the Python environment")

    def _pip(self, lock: str) -> None:
        # Wheels only: nothing that is downloaded is executed in order to install it.
        options = ["--require-hashes", "--only-binary", ":all:", "--no-deps", "-r", lock]
        self.run([*self.pip, *options], "the Python packages")

    def _project(self) -> None:
        # The locked setuptools builds it, so that no second download is needed.
        self.run([*self.pip, "--no-deps", "--no-build-isolation", "-e", "."], "the project")

    @property
    def pip(self) -> list[str]:
        """The start of an install command."""
        quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
        return [str(self.python), "-m", "pip", "install", *quiet]

    def _npm_ci(self) -> None:
        self._node()
        options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        self._npm(["ci", *options], "the front-end packages")

    def _css(self) -> None:
        self._node()
        self._npm(["run", "--silent", "build"], "the stylesheet (theme/scss)")
        for source, name in LIBRARIES.items():
            (self.libraries / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.theme / "node_modules" / source, self.libraries / name)

    @property
    def libraries(self) -> Path:
        """Where the theme serves them from."""
        return self.theme / "static" / "lib"

    def _node(self) -> None:
        """Make sure of npm and a new enough Node.js: this machine's, else one from PyPI."""
        if not (shutil.which("npm", path=self.path) and new_enough(self.path)):
            say("Setting up: Node.js, which this machine lacks ...")
            self._pip("requirements/node.txt")

    def _npm(self, arguments: list[str], what: str) -> None:
        npm = shutil.which("npm", path=self.path) or "npm"
        self.run([npm, *arguments], what, folder=self.theme)

    @property
    def path(self) -> str:
        """PATH as in the activated environment, so that its own Node.js, if any, is found."""
        return os.pathsep.join([str(self.bin), os.environ.get("PATH", os.defpath)])

    def run(self, command: list[str], what: str, folder: Path | None = None) -> None:
        """Run a command quietly. Raises SetUpError with an explanation if it fails."""
        environment = {**os.environ, "PATH": self.path, "PYTHONUTF8": "1"}
        try:
            done = subprocess.run(
                command,
                cwd=folder or self.root,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
            )
        except OSError as error:
            raise SetUpError(f"{command[0]} could not be started: {error.strerror}.") from error
        if done.returncode:
            raise SetUpError(explain(what, done.stdout))


def new_enough(path: str) -> bool:
    """Whether the Node.js on this PATH can run the front-end tools."""
    node = shutil.which("node", path=path)
    if node is None:
        return False
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    parts = told.strip().lstrip("v").split(".")[:2]
    return all(part.isdigit() for part in parts) and tuple(map(int, parts)) >= OLDEST_NODE


@contextlib.contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Wait until no other command is setting up: two installers in one .venv would break it."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as handle:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def say(line: str) -> None:
    """Show a line of progress."""
    print(line, file=sys.stderr, flush=True)


def ensure(extra: str = "site", theme: bool = True) -> None:
    """Set up what is missing, then go on inside .venv: the script starts again there.

    `extra` is the lock to install (site, dev or bench); `theme=False` leaves out the front-end
    assets, for commands that only read records. Ends the process with code 2, and a sentence,
    if set-up fails.
    """
    setup = SetUp()
    try:
        setup.complete(extra, theme)
    except SetUpError as error:
        say(str(error))
        sys.exit(2)
    except OSError as error:
        say(f"Set-up could not write {error.filename or 'a file'}: {error.strerror}.")
        sys.exit(2)
    except KeyboardInterrupt:
        say("Set-up was stopped. Start the same command again to go on with it.")
        sys.exit(130)
    os.environ["PATH"] = setup.path
    if Path(sys.prefix).resolve() == setup.venv.resolve():
        return
    command = [str(setup.python), *sys.argv]
    if os.name == "nt":  # there, exec would give the prompt back before the work is done
        sys.exit(subprocess.run(command).returncode)
    sys.stdout.flush()
    os.execv(command[0], command)
