"""XML of a web service: its elements by their plain names, and the text that stands in them."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from minutebook.importing.records.words import line, untagged


def tidied(root: Element) -> Element:
    """The same tree with plain names in small letters: SOAP puts a namespace before each of them."""
    for node in root.iter():
        if isinstance(node.tag, str):
            node.tag = node.tag.rpartition("}")[2].lower()
    return root


def raw(node: Element, *names: str) -> str:
    """The text of the first of these elements that has any, paragraphs kept; entities are often
    written twice, and HTML stands in them as text."""
    for name in names:
        said = untagged(node.findtext(name))
        if said:
            return said
    return ""


def told(node: Element, *names: str) -> str:
    """The same on one line."""
    return line(raw(node, *names))


def is_true(said: str) -> bool:
    """Whether a flag is set; one that is not there is not."""
    return said.lower() in ("true", "1", "yes")
