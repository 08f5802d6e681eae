"""Paragraph styles as a table of contents asks for them: levels of headings and the numbers in front of them."""

from __future__ import annotations

import re

from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, field
from generator.ooxml.package import Package
from generator.ooxml.relationships import related_root
from generator.ooxml.stated_numbers import whole
from generator.ooxml.wordprocessing import RUN, Element, P, T, W, ancestor, value_of
from generator.word.run.heading_labels import Label, Labels
from generator.word.run.inherited_styles import inherited

_HEADING = lazy(r"heading ([1-9])$")


@dataclass(slots=True)
class Styles:
    """Paragraph styles: id -> its lower-case name, its outline level and numbering with those of the styles below it."""

    names: dict[str, str] = field(default_factory=dict)
    outlines: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, tuple[str, int]] = field(default_factory=dict)
    default: str = ""

    def identity(self, name: str) -> str:
        return next((one for one, own in self.names.items() if own == name), "")


def read_styles(package: Package, main: str) -> Styles:
    """The paragraph styles of a document."""
    stylesheet = related_root(package, main, "styles")
    found = Styles()
    if stylesheet is None:
        return found
    own = {
        item.get(f"{W}styleId", ""): item
        for item in stylesheet.findall(f"{W}style")
        if item.get(f"{W}type", "paragraph") == "paragraph"
    }
    bases = {identity: value_of(style, "basedOn") for identity, style in own.items()}
    outlines: dict[str, int] = {}
    numbers: dict[str, str] = {}
    levels: dict[str, int] = {}
    for identity, style in own.items():
        found.names[identity] = value_of(style, "name").lower()
        if style.get(f"{W}default") in ("1", "true", "on"):
            found.default = identity
        properties = style.find(f"{W}pPr")
        if properties is None:
            continue
        if outline := value_of(properties, "outlineLvl"):
            outlines[identity] = whole(outline)
        numbering = properties.find(f"{W}numPr")
        if numbering is not None:
            levels[identity] = whole(value_of(numbering, "ilvl") or outline or "0")
            if number := value_of(numbering, "numId"):
                numbers[identity] = number
    found.outlines.update(inherited(bases, outlines))
    numbers = inherited(bases, numbers)
    found.numbers.update({one: (numbers.get(one, ""), level) for one, level in inherited(bases, levels).items()})
    return found


def style_of(paragraph: Element, styles: Styles) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return styles.default if style is None else style.get(f"{W}val", "")


def heading_level(paragraph: Element, styles: Styles) -> int:
    """The level of a heading by its style or by its own outline level, 0 of other paragraphs."""
    levels = (level_of(paragraph, styles, {}, (1, 9), outlines=outlines) for outlines in (False, True))
    return next(filter(None, levels), 0)


def labelled(root: Element, styles: Styles, labels: Labels) -> dict[Element, Label]:
    """Paragraph -> the number in front of it."""
    found: dict[Element, Label] = {}
    for paragraph in root.iter(P):
        number, level = _numbering(paragraph, styles)
        label = labels.label(number, level) if number else None
        if label is not None:
            found[paragraph] = label
    return found


def has_number(paragraph: Element, styles: Styles) -> bool:
    """Whether a paragraph belongs to a numbering."""
    return _numbering(paragraph, styles)[0] != ""


def _numbering(paragraph: Element, styles: Styles) -> tuple[str, int]:
    """The numbering of a paragraph and its level there; "" for none."""
    number, level = styles.numbers.get(style_of(paragraph, styles), ("", 0))
    own = paragraph.find(f"{W}pPr/{W}numPr")
    if own is not None:
        number, level = value_of(own, "numId") or number, whole(value_of(own, "ilvl") or level)
    return ("" if number == "0" else number), level


def named_like(name: str, styles: Styles) -> set[str]:
    """The paragraph styles that a field means by a name: a style's own, a heading's in Chinese, or a heading's level."""
    wanted = name.strip().lower()
    if match := re.fullmatch(r"(?:标题\s*)?([1-9])", wanted):
        wanted = f"heading {match[1]}"
    return {identity for identity, own in styles.names.items() if wanted in own.split(",")}


def level_of(
    paragraph: Element, styles: Styles, chosen: dict[str, int], levels: tuple[int, int], *, outlines: bool
) -> int:
    """The level of a paragraph in a table of contents, 0 if it is not in it."""
    style = style_of(paragraph, styles)
    name = styles.names.get(style, "")
    if name in chosen:
        return chosen[name]
    heading = _HEADING.match(name)
    level = int(heading[1]) if heading else 0
    if not level and outlines:
        own = paragraph.find(f"{W}pPr/{W}outlineLvl")
        level = (styles.outlines.get(style, 9) if own is None else whole(own.get(f"{W}val", "9"))) + 1
        return level if level <= min(9, levels[1] or 9) and level >= levels[0] else 0
    return level if levels[0] <= level <= levels[1] else 0


def shown_words(paragraph: Element) -> str:
    """The text of a heading or caption, without footnotes and line breaks."""
    out: list[str] = []
    for node in paragraph.iter(T, f"{W}tab", f"{W}br", f"{W}noBreakHyphen"):
        parent = node.getparent()
        if parent is not None and parent.tag == RUN and ancestor(node, P) is paragraph:
            if node.tag == T:
                out.append(node.text or "")
            else:
                out.append("-" if node.tag == f"{W}noBreakHyphen" else " ")
    return " ".join("".join(out).split(" ")).strip()
