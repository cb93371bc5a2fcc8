"""Builds the site, or serves it while it is being written.

    python3 scripts/site.py serve
    python3 scripts/site.py build [--content DIR] [--output DIR] [--as-of DATE]

Exit codes: 0 done, 1 problems in the records, 2 wrong use.
"""

import argparse
import re
import sys
from datetime import date
from pathlib import Path

import bootstrap
import command

ROOT = bootstrap.ROOT


def iso_date(text: str) -> date:
    """A date typed as 2026-05-31."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f'"{text[:40]}" is not a date: write it as 2026-05-31')


def port(text: str) -> int:
    """A port number."""
    if text.isdecimal() and 0 < int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f'"{text[:40]}" is not a port: use a number from 1 to 65535')


def folder(text: str) -> Path:
    """A folder that exists."""
    path = Path(text)
    if path.is_dir():
        return path.resolve()
    raise argparse.ArgumentTypeError(f'there is no folder "{text[:200]}"')


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(description="Build the site, or serve it while you write.")
    commands = top.add_subparsers(dest="command", required=True, metavar="build|serve")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--content", type=folder, default=ROOT / "content", metavar="DIR", help="the records"
    )
    common.add_argument(
        "--output", type=Path, default=ROOT / "output", metavar="DIR", help="the published site"
    )
    common.add_argument(
        "--as-of",
        type=iso_date,
        metavar="DATE",
        help="the day the site is true for (2026-05-31); else the newest commit's",
    )
    commands.add_parser("build", parents=[common], help="check the records and build the site")
    serving = commands.add_parser(
        "serve", parents=[common], help="build, serve on this machine, rebuild on change"
    )
    serving.add_argument("--port", type=port, default=8000, help="default 8000")
    serving.add_argument("--host", default="127.0.0.1", help="default: this machine only")
    return top


def sources() -> list[Path]:
    """What a site is made from besides its records; all but what set-up puts there."""
    theme = [path for path in (ROOT / "theme").iterdir() if path.name != "node_modules"]
    return [ROOT / "plugins", ROOT / "schemas", ROOT / "pelicanconf.py", *theme]


def refusal(content: Path, output: Path) -> str | None:
    """Why this output folder may not be replaced, or None if it may."""
    if output.is_file():
        return f'"{output}" is a file: --output names a folder.'
    for kept in (content, Path.home().resolve(), *sources()):
        if output == kept or output in kept.parents:
            return f'"{output}" holds other things, which a build would replace: name a new folder.'
    if content in output.parents:
        return f'"{output}" is among the records: name a folder outside "{content}".'
    if output.is_dir() and any(output.iterdir()) and not (output / "manifest.json").is_file():
        return f'"{output}" is not empty and holds no site: name a new folder, or empty this one.'
    return None


def main() -> int:
    """Do what the command line says; returns the exit code."""
    options = parser().parse_args()
    output = options.output.resolve()
    refused = refusal(options.content, output)
    if refused:
        print(refused, file=sys.stderr)
        return 2
    bootstrap.ensure()
    if options.command == "build":
        from minutebook.build import build

        code = build(options.content, output, options.as_of)
        if code == 0:
            print(f"Published in {output}")
        return code

    from minutebook.serving import serve

    again = [sys.executable, __file__, "build"]
    again += ["--content", str(options.content), "--output", str(output)]
    again += ["--as-of", options.as_of.isoformat()] if options.as_of else []
    watched = [options.content, *sources()]
    return serve(output, again, watched, options.host, options.port)


if __name__ == "__main__":
    command.start(main)
