"""A sentence that tells a person why nothing was done."""


class RefusalError(Exception):
    """Raised with one plain sentence; nothing was written."""
