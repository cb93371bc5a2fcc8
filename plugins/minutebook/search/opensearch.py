"""An OpenSearch description, by which a browser can add this search to its own (OpenSearch 1.1)."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from minutebook.records.model import Council

_DESCRIPTION = """<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>{short}</ShortName>
<Description>{about}</Description>
<InputEncoding>UTF-8</InputEncoding>
<Image width="32" height="32" type="image/svg+xml">{icon}</Image>
<Url type="text/html" template={search}/>
</OpenSearchDescription>
"""


def description(council: Council) -> bytes:
    """The description for a council whose site has an address. A short name has at most 16 characters."""
    site = f"{(council.site_url or '').rstrip('/')}/"
    return _DESCRIPTION.format(
        short=escape(council.name[:16].strip()),
        about=escape(council.name),
        icon=escape(f"{site}theme/icon.svg"),
        search=quoteattr(f"{site}search/?q={{searchTerms}}"),
    ).encode()
