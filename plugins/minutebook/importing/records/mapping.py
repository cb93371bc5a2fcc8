"""The documented tables by which a format's fields and codes become ours (schemas/mappings/)."""

from __future__ import annotations

import fnmatch
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from minutebook.importing.refusal import RefusalError
from minutebook.records.schema import SCHEMAS, codelist

FOLDER = SCHEMAS / "mappings"


@dataclass(slots=True)
class Mapping:
    """One mapping: `codes` by codelist, and whatever else the format needs under `rest`."""

    name: str
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    rest: dict[str, Any] = field(default_factory=dict)

    def code(self, name: str, text: object) -> str:
        """The code that a text of the source means, by the first entry that fits it; empty if none.

        An entry may hold `*` for any text. Case and white space do not matter. An entry that maps to
        nothing says that the text is known and means no code.
        """
        said = plain(text)
        table = self.codes.get(name, {})
        if said in table:
            return table[said]
        for pattern, code in table.items():
            if "*" in pattern and fnmatch.fnmatchcase(said, pattern):
                return code
        return ""

    def knows(self, name: str, text: object) -> bool:
        """Whether an entry of the mapping fits the text."""
        said = plain(text)
        return any(fnmatch.fnmatchcase(said, pattern) for pattern in self.codes.get(name, {}))


def plain(text: object) -> str:
    """A text as it is compared."""
    return " ".join(str(text or "").split()).casefold().replace("[", "(").replace("]", ")")


def load(named: str) -> Mapping:
    """A mapping by its name in schemas/mappings/ or by the path of a file.

    Raises `RefusalError` if there is none, it cannot be read, or a code is not in its codelist.
    """
    path = Path(named) if named.endswith((".yaml", ".yml")) else FOLDER / f"{named}.yaml"
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    except (OSError, UnicodeDecodeError):
        known = ", ".join(sorted(one.stem for one in FOLDER.glob("*.yaml")))
        raise RefusalError(f"there is no mapping {path}; name a file, or one of: {known}") from None
    except yaml.YAMLError:
        raise RefusalError(f"the mapping {path} is not YAML that can be read") from None
    if not isinstance(loaded, dict):
        raise RefusalError(f"the mapping {path} holds no fields")
    codes = loaded.pop("codes", {})
    made = {
        name: {plain(text): code for text, code in table.items()} for name, table in codes.items()
    }
    _check(path, made)
    return Mapping(path.stem, made, loaded)


def _check(path: Path, codes: dict[str, dict[str, str]]) -> None:
    for name, table in codes.items():
        known = codelist(name)
        for text, code in table.items():
            if code and code not in known:
                raise RefusalError(
                    f'{path}: "{text}" is mapped to "{code}", which is not in the codelist {name}'
                )
