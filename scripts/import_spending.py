"""Turns finance exports, as published, into spending releases. See docs/import-spending.md."""

import sys

import bootstrap

if __name__ == "__main__":
    bootstrap.ensure(theme=False)

    from minutebook.importing.command import main

    sys.exit(main())
