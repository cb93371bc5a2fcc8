"""Words: every one on the site can be said in another language, and translators find them all."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import OPEN
from pseudo import english, write_catalogue, write_content

from minutebook.build import build
from minutebook.publishing import language


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a council in which nothing should be English."""
    folder = tmp_path_factory.mktemp("pseudo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "LOCALE", folder / "locale")
        write_catalogue(folder / "locale")
        write_content(OPEN, folder / "content")
        assert build(folder / "content", folder / "site") == 0
    language.speak("en")
    return folder / "site"


def test_no_word_of_the_interface_goes_past_the_catalogue(other: Path) -> None:
    ids = {path.name for path in OPEN.rglob("*")} | {path.stem for path in OPEN.rglob("*")}
    found = {}
    for path in sorted(other.rglob("*.html")):
        words = english(path.read_text(encoding="utf-8"), ids)
        if words:
            found[path.relative_to(other).as_posix()] = sorted(words)
    assert found == {}
