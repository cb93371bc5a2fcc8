"""Suggests which contract and decision payments belong to. See docs/follow-the-money.md."""

import bootstrap
import command

if __name__ == "__main__":
    bootstrap.ensure(theme=False)

    from minutebook.linking.command import main

    command.start(main)
