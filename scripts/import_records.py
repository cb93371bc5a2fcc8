"""Turns what council systems hold into records. See docs/import-records.md."""

import sys

import bootstrap

if __name__ == "__main__":
    bootstrap.ensure(theme=False)

    from minutebook.importing.records.command import main

    sys.exit(main())
