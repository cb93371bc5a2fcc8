"""Renews the lock files in requirements/ from pyproject.toml.

    python3 scripts/lock.py [--upgrade]

Without --upgrade a version that is locked stays, as far as pyproject.toml allows it. The front-end
lock is renewed with npm, in theme/: npm install --omit-lockfile-registry-resolved
"""

import argparse
import os
import subprocess
import sys

import bootstrap
import command

COMPILE = ("pip", "compile", "--quiet", "--universal", "--python-version=3.11", "--generate-hashes")
PLAIN = ("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links")
# Each lock is made within the one before it, so that all of them name the same versions.
LOCKS = {
    "site": ("pyproject.toml",),
    "dev": ("pyproject.toml", "--extra=dev", "--constraint=requirements/site.txt"),
    "bench": (
        "pyproject.toml",
        "--extra=dev",
        "--extra=bench",
        "--constraint=requirements/dev.txt",
    ),
    "node": ("requirements/node.in",),
}


def main() -> int:
    """Write the four lock files; returns the exit code."""
    parser = argparse.ArgumentParser(description="Renew the lock files in requirements/.")
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions allowed")
    upgrade = ["--upgrade"] if parser.parse_args().upgrade else []
    bootstrap.ensure("dev", theme=False)
    for name, sources in LOCKS.items():
        output = f"--output-file=requirements/{name}.txt"
        command = [sys.executable, "-m", "uv", *COMPILE, *PLAIN, *upgrade, *sources, output]
        if subprocess.run(command, cwd=bootstrap.ROOT, env=os.environ, check=False).returncode:
            print(f"requirements/{name}.txt could not be renewed; see above.", file=sys.stderr)
            return 2
        print(f"requirements/{name}.txt is current.")
    return 0


if __name__ == "__main__":
    command.start(main)
