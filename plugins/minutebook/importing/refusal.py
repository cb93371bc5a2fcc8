"""A file that cannot be imported, said in a sentence."""


class RefusalError(Exception):
    """The import of one file cannot go on; the text says what was found and how to mend it."""
