"""To be filled."""


def register() -> None:
    """Called by Pelican."""
