"""Whether a supplier's name is withheld, and why (codes of `redaction-reason`)."""

from __future__ import annotations

import re

# "Redactive Media Ltd" is a company: the word must end after "redact" or "redacted".
_BEGINS = re.compile(
    r"\W*(?:(?:supplier|vendor|payee)?\s*names?\s+(?:redacted|withheld|removed|suppressed)"
    r"|redact(?:ed)?|reacted(?=,?\s+(?:personal|data|name))|withheld)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\W*(?:x{3,}|\*{2,}|personal (?:data|information|details)|(?:private |an )?individuals?"
    r"|private persons?|data protection(?: act(?: \d{4})?)?|gdpr|confidential|exempt"
    r"|commercially (?:confidential|sensitive)|sensitive(?: data)?|not disclosed|name not published"
    r"|suppressed)\W*|\*{2,}",
    re.IGNORECASE,
)
_REASONS = (
    ("safeguarding", re.compile(r"safeguard|vulnerable|\bchild|foster|adoption", re.IGNORECASE)),
    (
        "personal",
        re.compile(
            r"personal|individual|private person|data protection|gdpr|\bdpa\b", re.IGNORECASE
        ),
    ),
    ("commercial", re.compile(r"commercial", re.IGNORECASE)),
)


def reason(name: str) -> str:
    """The code of the reason if the words of `name` withhold a name, otherwise nothing."""
    if not (_BEGINS.match(name) or _WHOLE.fullmatch(name)):
        return ""
    return told(name)


def told(words: str) -> str:
    """The reason that these words give; `not-stated` if they give none."""
    return next((code for code, pattern in _REASONS if pattern.search(words)), "not-stated")
