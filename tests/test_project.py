"""The files around the code: locks, workflows, and what may not stand in any of them."""

import importlib.metadata
import json
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def tracked() -> list[Path]:
    """Every file in git; nothing outside a checkout."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        pytest.skip("this is not a git checkout")
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


# Written in two parts, so that this file does not hold what it looks for.
FOREIGN = re.compile(
    "|".join(
        [
            "registry" + r"\.npmjs",
            "files" + r"\.pythonhosted",
            "pypi" + r"\.org/simple",
            "deb" + r"\.debian",
            r"(?<![\w./])/" + r"(?:work|tmp|root|farm)/\w",
            r"(?<![\w./])/" + r"(?:home|Users)/\w+/\w",
            r"\b[A-Z]:\\" + r"Users\\",
        ]
    )
)


@pytest.mark.parametrize(
    "text",
    [
        "https://registry." + "npmjs.org/sass",
        "--find-links /" + "tmp/wheels",
        "see /" + "home/ann/minutebook",
    ],
)
def test_what_is_looked_for_is_found(text: str) -> None:
    assert FOREIGN.search(text)


def test_no_registry_address_and_no_machine_path_is_tracked() -> None:
    found = []
    for path in tracked():
        text = path.read_bytes().decode("utf-8", "replace")
        for number, line in enumerate(text.splitlines(), 1):
            if FOREIGN.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number} {line[:100]}")
    assert not found


def workflow(text: str) -> dict[str, Any]:
    """A workflow with every scalar as text, so that the key `on` is not read as true."""
    data: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)
    return data


def complaints(text: str) -> list[str]:
    """What makes a workflow unsafe when anybody may open a pull request."""
    data, found = workflow(text), []
    if not set(data["on"]) <= {"pull_request", "push"}:
        found.append("trigger")
    if "secrets" in re.sub(r"#.*", "", text):
        found.append("secret")
    if data.get("permissions", None) not in ("{}", {}, {"contents": "read"}):
        found.append("permissions")
    for job in data["jobs"].values():
        writes = "write" in job.get("permissions", {}).values()
        steps = job["steps"]
        if writes and (
            "pull_request" in data["on"]
            or any("run" in s or "checkout" in s["uses"] for s in steps)
        ):
            found.append("write beside code")
        for step in steps:
            if "${{" in step.get("run", ""):
                found.append("text in a command")
            if "actions/checkout" in step.get("uses", "") and (
                step.get("with", {}).get("persist-credentials") != "false"
            ):
                found.append("token left behind")
    for line in re.findall(r"uses: *(.+)", text):
        if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line):
            found.append("action not pinned")
    return found


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_are_safe_for_hostile_forks(path: Path) -> None:
    assert complaints(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("  pull_request:", "  pull_request_target:", "trigger"),
        ("contents: read", "contents: write", "permissions"),
        ("run: .ci/run", "run: .ci/run ${{ secrets.KEY }}", "secret"),
        ("run: .ci/run", "run: echo ${{ github.head_ref }}", "text in a command"),
        ("@de0fac2e4500dabe0009e67214ff5f5447ce83dd #", "@v6 #", "action not pinned"),
        ("persist-credentials: false", "fetch-depth: 1", "token left behind"),
        ("    timeout-minutes: 10", "    permissions: {pages: write}", "write beside code"),
    ],
)
def test_an_unsafe_workflow_would_be_seen(old: str, new: str, complaint: str) -> None:
    text = (ROOT / ".github" / "workflows" / "check.yml").read_text("utf-8")
    assert old in text
    assert complaint in complaints(text.replace(old, new))


def test_pull_requests_are_checked_and_only_main_is_published() -> None:
    check, publish = (workflow(path.read_text("utf-8")) for path in WORKFLOWS)
    assert set(check["on"]) == {"pull_request"}
    assert publish["on"] == {"push": {"branches": ["main"]}}
    runs = [step.get("run") for job in check["jobs"].values() for step in job["steps"]]
    assert ".ci/run" in runs
    assert "python3 scripts/check.py --format github" in runs


def test_gitlab_checks_merge_requests_and_publishes_the_default_branch() -> None:
    jobs = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8"))
    assert jobs[".merge-request"]["rules"] == [
        {"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}
    ]
    assert "$CI_DEFAULT_BRANCH" in jobs["pages"]["rules"][0]["if"]
    assert "cache" not in jobs and "cache" not in jobs["default"]


def test_what_is_published_knows_the_history_of_the_records() -> None:
    """In a shallow clone, no page could say when its record last changed."""
    build = workflow(WORKFLOWS[1].read_text("utf-8"))["jobs"]["build"]
    assert build["steps"][0]["with"]["fetch-depth"] == "0"
    jobs = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8"))
    assert jobs["pages"]["variables"]["GIT_DEPTH"] == "0"


def pins(name: str) -> dict[str, str]:
    """Package -> version, as a lock in requirements/ says."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    return dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))


def test_each_lock_holds_all_of_the_one_before() -> None:
    assert pins("site").items() <= pins("dev").items() <= pins("bench").items()
    assert "pytest" in pins("dev").keys() - pins("site").keys()


@pytest.mark.parametrize("name", ["site", "dev", "bench", "node"])
def test_every_locked_package_has_a_hash_and_no_address(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    assert "://" not in text
    entries = re.split(r"\n(?=\S)", text.strip())
    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)


def test_what_the_project_asks_for_is_locked() -> None:
    data = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = {"site": data["dependencies"], "dev": data["optional-dependencies"]["dev"]}
    asked["bench"] = data["optional-dependencies"]["bench"]
    for name, wanted in asked.items():
        names = {re.split(r"[<>=!~ \[]", each)[0].lower() for each in wanted}
        assert names <= pins(name).keys()


def test_every_dependency_says_why() -> None:
    lines = (ROOT / "pyproject.toml").read_text("utf-8").split("[tool.")[0].splitlines()
    entries = [n for n, line in enumerate(lines) if re.match(r'    "[\w-]+[^"]*",$', line)]
    assert len(entries) > 20
    for number in entries:
        assert re.match(r"    # \w.{10,}", lines[number - 1]), lines[number]


def test_the_components_fit_the_macros() -> None:
    """The table of versions that belong together stands in the description of the macros."""
    package = importlib.metadata.metadata("govuk-frontend-jinja")
    description = str(package.get_payload() or package["Description"])
    rows = re.findall(r"^\| \[([\d.]+)\]\S+ *\| \[([\d.]+)\]", description, re.MULTILINE)
    wanted = json.loads((ROOT / "theme" / "package.json").read_text("utf-8"))["dependencies"]
    assert dict(rows)[package["Version"]] == wanted["govuk-frontend"]


def test_the_npm_lock_names_versions_and_hashes_but_no_registry() -> None:
    lock = json.loads((ROOT / "theme" / "package-lock.json").read_text("utf-8"))
    wanted = json.loads((ROOT / "theme" / "package.json").read_text("utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert all("integrity" in entry and "resolved" not in entry for entry in packages.values())
    for name, version in (wanted["dependencies"] | wanted["devDependencies"]).items():
        assert packages[f"node_modules/{name}"]["version"] == version


def test_what_set_up_and_builds_make_is_never_committed() -> None:
    made = ["theme/static/css/minutebook.css", "theme/static/lib/lunr.min.js", ".venv/pyvenv.cfg"]
    made += ["theme/node_modules/lunr/lunr.js", "output/index.html", ".cache/setup.lock"]
    made += [".output.cache.json", ".output.staging/index.html", "public/index.html"]
    tracked()
    done = subprocess.run(
        ["git", "check-ignore", *made], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == made


def test_the_licence_is_the_agpl_whole() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in text
    assert "END OF TERMS AND CONDITIONS" in text
