"""Text of a source -> text that a record may hold. Nothing is added but the mark of a cut."""

from __future__ import annotations

import html
import re
import unicodedata

from minutebook.records.prose import tangled
from minutebook.records.source import CONTROL

_SPACE = re.compile(r"\s+")
_MARKS = re.compile(r"([\\`*_\[\]<>#|~])")
_STARTS = re.compile(r"^(\s*)([-+=:]|\d+[.)])(?=\s|[-=:]|$)", re.MULTILINE)
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_MARKUP = re.compile(r"</?(?:p|div|li|br|tr|td|table|span|h[1-6]|ul|ol|b|i|strong|em)\b", re.I)
_BREAKS = re.compile(r"</(?:p|div|li|h[1-6]|tr)>|<br\s*/?>", re.I)
_INLINE = re.compile(r"</?(?:a|b|i|u|em|strong|span|font|sup|sub|small|o:p)\b[^<>]{0,2000}>", re.I)
_HIDDEN = (
    ("<!--", "-->"),
    *((f"<{tag}", f"</{tag}>") for tag in ("head", "style", "script", "xml")),
)
_GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
)
# What has no width: nobody sees it, and machines stumble over it.
_UNSEEN = re.compile("[\u00ad\u180e\u200b\u200e\u200f\u2060-\u2064\U000e0000-\U000e007f]")
CUT = "…"
PROSE = 40_000


def line(text: object, longest: int = 0) -> str:
    """The text on one line without what cannot be seen; cut at a word and marked where too long."""
    if isinstance(text, dict | list | bool):  # no text: the source has another shape than is known
        return ""
    plain = unicodedata.normalize("NFC", "" if text is None else str(text))
    plain = _SPACE.sub(" ", CONTROL.sub(" ", _SPACE.sub(" ", plain))).strip()
    plain = _UNSEEN.sub("", plain)
    if not longest or len(plain) <= longest:
        return plain
    head = plain[: longest - 1]
    return (head.rpartition(" ")[0] or head).rstrip(" ,;:-") + CUT


def prose(text: object) -> str:
    """Plain text as Markdown that shows it as it is: paragraphs kept, every mark made harmless.

    Empty where it is too long or too tangled for a record; ask `too_long()` first to tell of it.
    """
    plain = CONTROL.sub(" ", str(text or "").replace("\r\n", "\n").replace("\r", "\n"))
    plain = _UNSEEN.sub("", plain.replace("\t", " "))
    paragraphs = [_SPACE.sub(" ", part).strip() for part in re.split(r"\n\s*\n|\n", plain)]
    marked = [_STARTS.sub(r"\1\\\2", _MARKS.sub(r"\\\1", part)) for part in paragraphs if part]
    # A backslash cannot make a digit harmless, so it stands before the dot.
    marked = [re.sub(r"^\\(\d+)([.)])", r"\1\\\2", part) for part in marked]
    whole = "\n\n".join(marked)
    return "" if len(whole) > PROSE or tangled(whole) else whole


def untagged(text: object) -> str:
    """HTML of a source as plain text."""
    whole = html.unescape(str(text or ""))
    if "<" not in whole and "&" not in whole:
        return whole.strip()
    if _MARKUP.search(whole):  # there, a line end means no more than a space
        whole = _BREAKS.sub("\n", _unhidden(whole.replace("\n", " ").replace("\r", " ")))
    return html.unescape(_TAGS.sub(" ", _INLINE.sub("", whole))).strip()


def _unhidden(text: str) -> str:
    """HTML without what no reader sees, such as the styles that a word processor leaves behind."""
    for begins, ends in _HIDDEN:
        lower = text.lower()
        if len(lower) != len(text) or begins not in lower:
            continue
        kept, place = [], 0
        while (start := lower.find(begins, place)) >= 0:
            end = lower.find(ends, start)
            if end < 0:
                break
            kept.append(text[place:start])
            place = end + len(ends)
        text = "".join([*kept, text[place:]])
    return text


def numbered(what: str, number: object) -> str:
    """What the source calls something, such as `matter 77`; empty where it has no number."""
    said = line(number, 200)
    return f"{what}{said}" if said else ""


def web(text: object) -> str:
    """A web address as records hold it; empty if the text is none."""
    said = line(text).replace(" ", "%20").replace('"', "%22").replace("'", "%27")
    said = said.replace("<", "%3C").replace(">", "%3E")
    return said if said.lower().startswith(("http://", "https://")) else ""


def slug(text: object, longest: int = 70) -> str:
    """An id: lower-case letters, digits and single hyphens."""
    plain = str(text or "").translate(_GERMAN).replace("'", "").replace("’", "")
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    return plain[:longest].rstrip("-")
