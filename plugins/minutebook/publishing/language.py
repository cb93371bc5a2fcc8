"""The words of the interface in the council's language, for templates and views alike (gettext).

A site is made in one language, its council's first, so that language is spoken by the whole process: the
build says `speak`, and every view says `_`. English needs no catalogue: its words are the messages.
"""

from __future__ import annotations

import gettext
import io
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

LOCALE = Path(__file__).resolve().parents[3] / "theme" / "locale"
"""Where the catalogues are: `cy/LC_MESSAGES/minutebook.po` holds the Welsh one."""

_spoken = gettext.NullTranslations()


def speak(language: str) -> None:
    """From now on, words come in `language` (BCP 47); those its catalogue does not know, in English.

    Raises ValueError when the catalogue cannot be read.
    """
    global _spoken
    path = catalogue(language)
    _spoken = _read(path, language) if path.is_file() else gettext.NullTranslations()


def catalogue(language: str) -> Path:
    """Where the catalogue of a language is, or would be."""
    return LOCALE / language / "LC_MESSAGES" / "minutebook.po"


def catalogues() -> list[Path]:
    """All catalogues: what was made with one of them is to be made again when it changes."""
    return sorted(LOCALE.rglob("*.po"))


def _read(path: Path, language: str) -> gettext.NullTranslations:
    """The catalogue as translators leave it: nobody has to compile it, and it cannot be out of date."""
    name = f"{path.name} of {language}"
    try:
        with path.open("rb") as file:
            found = read_po(file, language.replace("-", "_"), abort_invalid=True)
    except (PoFileError, UnicodeError) as error:
        raise ValueError(f"the catalogue {name} cannot be read: {error}") from None
    for message, wrong in found.check():
        said = message.id if isinstance(message.id, str) else message.id[0]
        # A place for a value that the translation misnames would stop the first page that has a value for it.
        raise ValueError(f'the catalogue {name}, at "{said}": {wrong[0]}')
    compiled = io.BytesIO()
    write_mo(compiled, found)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _(message: str) -> str:
    """A sentence or word of the interface, in the language of the site."""
    return _spoken.gettext(message) if message else ""


def many(one: str, more: str, number: int) -> str:
    """The form of a sentence that goes with a number."""
    return _spoken.ngettext(one, more, number)


def spoken(message: str) -> str:
    """Mark a word that stands in a table at the head of a module; `_` gives it where it is used."""
    return message
