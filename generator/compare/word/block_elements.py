"""Block elements of a Word part, and the lone attribute of most elements."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from generator.ooxml.package import local
from generator.ooxml.wordprocessing import W


def attribute(element: etree._Element | None) -> str | None:
    """The `w:val` of an element, None where there is none."""
    return None if element is None else element.get(W + "val")


def whole_number(element: etree._Element | None) -> int | None:
    """The `w:val` of an element as a number, None where there is none."""
    text = attribute(element)
    return int(text) if text is not None and re.fullmatch(r"-?[0-9]{1,20}", text) else None


def inner_blocks(container: etree._Element) -> Iterator[etree._Element]:
    """The block elements of a container, those within content controls and tracked insertions too."""
    for element in container:
        name = local(element)
        if name in ("sdt", "customXml", "sdtContent", "ins", "moveTo"):
            yield from inner_blocks(element)
        elif name == "AlternateContent":
            for choice in element:
                if local(choice) in ("Choice", "Fallback"):
                    yield from inner_blocks(choice)
                    break
        elif name:
            yield element
