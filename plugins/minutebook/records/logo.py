"""The council's logo: a picture, and nothing that a browser would run."""

from __future__ import annotations

import re
from pathlib import Path

from minutebook.records.problems import Problem, shown
from minutebook.records.source import RECORD_BYTES, Refused, contents, read

_PNG = b"\x89PNG\r\n\x1a\n"
# A reader may open the picture by itself, and then a browser treats SVG like a page: scripts run, and what
# it names is fetched. Only a plain drawing passes; links into the drawing itself (#...) do.
_ACTIVE = re.compile(
    r"<\s*(!DOCTYPE|!ENTITY|\?xml-stylesheet|[\w.-]*:?(script|foreignObject|iframe|embed|object|handler"
    r"|set|animate\w*))\b|[\s\"'/]on\w+\s*=|href\s*=\s*[\"']?\s*[^#\"'\s]|url\(\s*[\"']?[^#\"'\s]"
    r"|@import|javascript:|&#",
    re.IGNORECASE,
)


def logo(root: Path, path: str) -> bytes:
    """The bytes of a PNG or plain SVG file. Raises `Refused`."""
    hint = "save the logo as PNG, or as plain SVG without scripts and links"
    if path.endswith(".png"):
        raw = contents(root, path, RECORD_BYTES)
        if not raw.startswith(_PNG):
            raise Refused(Problem(path, 0, 0, "", "logo", "is not a PNG picture", hint))
        return raw
    text = read(root, path).text
    match = _ACTIVE.search(text)
    if "<svg" not in text:
        raise Refused(Problem(path, 0, 0, "", "logo", "is not an SVG picture", hint))
    if match:
        line = text.count("\n", 0, match.start()) + 1
        message = f"{shown(match[0].strip())} may not stand in a picture"
        raise Refused(Problem(path, line, 1, "", "logo", message, hint))
    return text.encode()
