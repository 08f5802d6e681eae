"""Text boxes that stand twice, for new programs and for old ones, and print once."""

from __future__ import annotations

from generator.ooxml.wordprocessing import MC, TEXT_BOX, Element, W, ancestor, put_at_end
from generator.template.tags import has_tags
from generator.word.compile.tokens import Slot, Tokens


def twin_boxes(root: Element) -> list[tuple[Element, Element]]:
    """Text boxes that stand twice, for new programs and as a fallback for old ones; the fallback's content is put off."""
    found: list[tuple[Element, Element]] = []
    for alternate in root.iter(f"{MC}AlternateContent"):
        choices = [box for box in alternate.iter(TEXT_BOX) if ancestor(box, f"{MC}Choice") is not None]
        fallbacks = [box for box in alternate.iter(TEXT_BOX) if ancestor(box, f"{MC}Fallback") is not None]
        if not choices or len(choices) != len(fallbacks):
            continue
        for box, twin in zip(choices, fallbacks, strict=True):
            if has_tags(text_of(box)) and text_of(box) == text_of(twin):
                for child in list(twin):
                    twin.remove(child)
                found.append((box, twin))
    return found


def text_of(element: Element) -> str:
    return "".join(node.text or "" for node in element.iter(f"{W}t"))


def print_once(tokens: Tokens, box: Element, twin: Element, name: str) -> None:
    """Print what a box holds once, and show it in its twin too."""
    box.text = tokens.source(f"{{% set {name} %}}") + (box.text or "")
    shown = tokens.source("{% endset %}") + tokens.source(f"{{{{\n {name} }}}}", None, Slot("markup"))
    put_at_end(box, shown)  # where a tag took the place of its only paragraph, it is empty
    twin.text = tokens.source(f"{{{{\n {name} }}}}", None, Slot("markup"))
