"""The council's colours as a stylesheet and an icon. Inline styles would need a weaker security policy."""

from __future__ import annotations

from collections.abc import Iterator

from minutebook.records.model import Council

_BRAND = "#23395b"
_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    '<rect width="32" height="32" rx="5" fill="{brand}"/>'
    '<path d="M7 8h7l2 2 2-2h7v15h-7l-2 2-2-2H7z" fill="none" stroke="#fff" stroke-width="2.4"/>'
    '<path d="M16 10v14" stroke="#fff" stroke-width="2"/></svg>\n'
)


def stylesheet(council: Council) -> str:
    """theme/council.css: custom properties, and a class for each political group, `group-1` onwards."""
    return "\n".join(_rules(council)) + "\n"


def _rules(council: Council) -> Iterator[str]:
    colours = council.colours
    if colours:
        values = [f"--mb-brand: {colours.brand}", f"--govuk-brand-colour: {colours.brand}"]
        if colours.accent:
            values.append(f"--mb-accent: {colours.accent}")
        if colours.link:
            values.append(f"--govuk-link-colour: {colours.link}")
        yield f":root {{ {'; '.join(values)}; }}"
    for number, group in enumerate(council.groups, 1):
        yield f".group-{number} {{ fill: {group.colour}; }}"


def icon(council: Council) -> str:
    """theme/icon.svg: an open minute book on the council's colour."""
    return _ICON.format(brand=council.colours.brand if council.colours else _BRAND)
