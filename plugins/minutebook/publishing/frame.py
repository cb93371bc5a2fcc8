"""What the frame of every page needs besides the page's own values: security policy, prose pages, logo."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, pass_context
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from minutebook.records.addresses import address
from minutebook.records.records import Records

_SCRIPT = re.compile(r"<script[^>]*>(.+?)</script>", re.DOTALL)
_BARE = (
    '{% extends "govuk_frontend_jinja/template.html" %}'
    "{% block header %}{% endblock %}{% block footer %}{% endblock %}"
)
_POLICY = (
    "default-src 'none'; script-src 'self' {hashes}; style-src 'self'; img-src 'self' data:;"
    " font-src 'none'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'"
)


def security_policy(env: Environment) -> str:
    """The Content-Security-Policy of every page: nothing but our own files, and GOV.UK's inline script.

    The script's hash is taken from GOV.UK's template as it is rendered, so a new version of it brings its
    own (CSP Level 3, hash-source).
    """
    rendered = env.from_string(_BARE).render()
    hashes = " ".join(f"'sha256-{_hash(script)}'" for script in _SCRIPT.findall(rendered))
    return _POLICY.format(hashes=hashes)


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def frame_part() -> Callable[[Context, str], TemplateModule]:
    """What gives a part of the frame, such as the footer, made once for all pages that share it.

    A part may use what is the same on every page of the site, and of the page's own values only `root`,
    `section` and `stamp`.
    """
    made: dict[str, TemplateModule] = {}

    @pass_context
    def part(context: Context, name: str) -> TemplateModule:
        own = {key: context[key] for key in ("root", "section", "stamp") if key in context}
        key = f"{name} {sorted(own.items())}"
        if key not in made:
            made[key] = context.environment.get_template(name).make_module(own)
        return made[key]

    return part


def prose_pages(records: Records) -> list[dict[str, str]]:
    """The pages that the council wrote, for the footer."""
    return [
        {"text": page.title, "address": address("page", id)} for id, page in records.pages.items()
    ]


def logo_address(records: Records) -> str:
    """Where the council's logo stands on the site; empty where it has none."""
    logo = records.council.logo
    return f"theme/logo{Path(logo).suffix}" if logo else ""


def linked_data(data: Mapping[str, Any], canonical: str = "") -> Markup:
    """A description in schema.org's vocabulary -> JSON-LD that cannot end the script that holds it."""
    found = {"@context": "https://schema.org", **data}
    if canonical:
        found["url"] = canonical
    return htmlsafe_json_dumps(found)
