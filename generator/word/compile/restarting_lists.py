"""Numbered lists within loops: the list of each item begins anew.

Word counts the paragraphs of one numbering through the whole document. The paragraphs of a numbering that all stand within
one loop are a list of that loop's turns, which begins anew with each turn of the loop around it; paragraphs of its first
level in a loop further in, or several under a head of the item, are a list of each turn. Headings go on, and so do lists
that have paragraphs outside of loops. A list that begins anew gets a numbering of its own (ECMA-376 part 1 §17.9.26).
"""

from __future__ import annotations

import re

from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, replace
from generator.ooxml.package import Package
from generator.ooxml.relationships import related_root
from generator.ooxml.stated_numbers import whole
from generator.ooxml.wordprocessing import Element, W, value_of, xml_of
from generator.word.compile.tokens import CLOSE, OPEN, PIECE, Piece, Tokens

_SCAN = lazy(
    rf"{PIECE}{OPEN}(?P<n>\d+){CLOSE}|\{{%[-+]?\s*{OPEN}(?P<m>\d+){CLOSE}\s*[-+]?%\}}"
    r"|<w:p(?: [^<>]*)?>(?P<properties><w:pPr>.*?(?:</w:pPr>|(?=<w:pPrChange)))?",
    re.DOTALL,
)
_STYLE = lazy(r'<w:pStyle w:val="([^"]*)"/>')
_NUMBERING = lazy(r"<w:numPr>.*?</w:numPr>|<w:numPr/>", re.DOTALL)
_NUMBER = lazy(r'(<w:numId w:val=")([^"{]*)(")')
_LEVEL = lazy(r'<w:ilvl w:val="(\d+)"/>')
_OUTLINE = lazy(r'<w:outlineLvl w:val="[0-8]"/>')
BEFORE_NUMBERS = lazy(r"<w:pPr>(?:<w:(?:pStyle|keepNext|keepLines|pageBreakBefore|framePr|widowControl)\b[^<>]*/>)*")
AFTER_INDENT = lazy(
    r"<w:(?:contextualSpacing|mirrorIndents|suppressOverlap|jc|textDirection|textAlignment|textboxTightWrap|outlineLvl"
    r"|divId|cnfStyle|rPr|sectPr|pPrChange)\b|</w:pPr>"
)


@dataclass(frozen=True, slots=True)
class NumberedStyle:
    """What a paragraph style says of numbers.

    Args:
        number: the numbering, "" for none.
        level: its level, from 0.
        indent: the indent that the style sets itself, as XML.
        heading: whether it is one of a heading.
    """

    number: str = ""
    level: int = 0
    indent: str = ""
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Numberings:
    """What the lists of a template need to know of its styles and numberings.

    Args:
        styles: id of a paragraph style -> what it says; the default style under "".
        counted: numbering and level that show a number.
        of_headings: numberings that number headings.
    """

    styles: dict[str, NumberedStyle]
    counted: frozenset[tuple[str, int]]
    of_headings: frozenset[str]


def read_numberings(package: Package, main: str) -> Numberings:
    """The numberings of a document."""

    def items(kind: str, tag: str) -> list[Element]:
        root = related_root(package, main, kind)
        return [] if root is None else root.findall(f"{W}{tag}")

    styles = _styles(items("styles", "style"))
    counted: dict[str, set[int]] = {}
    headed: set[str] = set()
    for abstract in items("numbering", "abstractNum"):
        identity = abstract.get(f"{W}abstractNumId", "")
        for level in abstract.findall(f"{W}lvl"):
            if value_of(level, "numFmt") not in ("bullet", "none"):
                counted.setdefault(identity, set()).add(whole(level.get(f"{W}ilvl", "0")))
            if styles.get(value_of(level, "pStyle"), NumberedStyle()).heading:
                headed.add(identity)
    numbers = {item.get(f"{W}numId", ""): value_of(item, "abstractNumId") for item in items("numbering", "num")}
    headed |= {numbers.get(style.number, "") for style in styles.values() if style.heading and style.number}
    return Numberings(
        styles,
        frozenset((number, level) for number, abstract in numbers.items() for level in counted.get(abstract, ())),
        frozenset(number for number, abstract in numbers.items() if abstract in headed),
    )


def _styles(items: list[Element]) -> dict[str, NumberedStyle]:
    """What each paragraph style says of numbers, its own and what it inherits; each is looked at once, however deep they are based."""
    own = {item.get(f"{W}styleId", ""): item for item in items if item.get(f"{W}type", "paragraph") == "paragraph"}
    known: dict[str, tuple[NumberedStyle, bool]] = {}
    for identity in own:
        waiting: dict[str, None] = {}
        at = identity
        while at in own and at not in known and at not in waiting:
            waiting[at] = None
            at = value_of(own[at], "basedOn")
        inherited = known.get(at, (NumberedStyle(), False))
        for at in reversed(waiting):
            known[at] = inherited = _inheriting(own[at], *inherited)
    found: dict[str, NumberedStyle] = {}
    for identity, style in own.items():
        resolved = known[identity][0]
        found[identity] = replace(resolved, number="") if resolved.number == "0" else resolved
        if style.get(f"{W}default") in ("1", "true", "on"):
            found[""] = found[identity]
    return found


def _inheriting(style: Element, base: NumberedStyle, numbered: bool) -> tuple[NumberedStyle, bool]:
    """What a style says of numbers beside what it is based on, and whether it or that says anything of numberings."""
    properties = style.find(f"{W}pPr")
    if properties is None:
        return base, numbered
    numbering = properties.find(f"{W}numPr")
    indent = xml_of(properties.find(f"{W}ind"))
    heading = base.heading or value_of(properties, "outlineLvl") in [*"012345678"]
    if numbering is None:
        return NumberedStyle(base.number, base.level, indent or base.indent, heading), numbered
    level = whole(value_of(numbering, "ilvl") or 0)
    return NumberedStyle(value_of(numbering, "numId"), level, indent, heading), True


@dataclass(slots=True)
class _Loop:
    """A loop: its parent, and what stands in its turns."""

    parent: _Loop | None
    begin: int  # behind its tag
    heads: bool = False  # whether its turns begin with something that is in no list


@dataclass(slots=True)
class _Paragraph:
    """A numbered paragraph: its numbering, level and place."""

    number: str
    level: int
    loop: _Loop | None
    certain: bool  # whether each turn of its loop prints it
    match: re.Match[str]
    style: NumberedStyle | None  # the style that numbers it, if it does not itself


def restart_lists(xml: str, tokens: Tokens, numberings: Numberings) -> str:
    """The part with lists that begin anew.

    Args:
        xml: the part with its tokens.
        tokens: what they stand for; takes more.
        numberings: of the template.
    """
    edits: list[tuple[int, int, str]] = []
    begins: dict[int, list[str]] = {}
    for number, paragraphs in _numbered(xml, tokens, numberings).items():
        loop = _begun_by(paragraphs)
        if loop is None:
            continue
        begins.setdefault(loop.begin, []).append(number)
        for paragraph in paragraphs:
            value = tokens.attribute(f"__list({number!r})")
            edits.append((*paragraph.match.span("properties"), _numbered_by(paragraph, value)))
    for position, numbers in begins.items():
        source = "".join(tokens.source(f"{{% do __list_begins({number!r}) %}}") for number in numbers)
        edits.append((position, position, source))
    for start, end, text in sorted(edits, reverse=True):
        xml = xml[:start] + text + xml[end:]
    return xml


def _numbered(xml: str, tokens: Tokens, numberings: Numberings) -> dict[str, list[_Paragraph]]:
    """Numbering -> its paragraphs, of numberings that count and number no headings."""
    found: dict[str, list[_Paragraph]] = {}
    loop: _Loop | None = None
    conditions: list[_Loop | None] = []  # the loops that open conditions stand in
    macros = 0
    for match in _SCAN.finditer(xml):
        if (piece := match["n"] or match["m"]) is not None:
            keyword = _keyword(tokens.pieces[int(piece)])
            if keyword == "for":
                loop = _Loop(loop, match.end())
            elif keyword == "endfor" and loop is not None:
                loop = loop.parent
            elif keyword == "if":
                conditions.append(loop)
            elif keyword == "endif" and conditions:
                conditions.pop()
            macros += (keyword in ("macro", "call")) - (keyword in ("endmacro", "endcall"))
        elif match[0].startswith("<w:p") and not macros:
            paragraph = _paragraph(match, loop, loop not in conditions, numberings)
            if paragraph is not None:
                found.setdefault(paragraph.number, []).append(paragraph)
            elif loop is not None and not any(one.loop is loop for ones in found.values() for one in ones):
                loop.heads = True
    return found


def _keyword(piece: Piece) -> str:
    """The statement that a piece is, "" if it is a value or source of the engine itself."""
    if piece.placed is None or piece.source is not None or piece.placed.tag.mark != "{%":
        return ""
    return piece.placed.tag.keyword


def _paragraph(match: re.Match[str], loop: _Loop | None, certain: bool, known: Numberings) -> _Paragraph | None:
    properties = match["properties"] or ""
    named = _STYLE.search(properties)
    style = known.styles.get(named[1] if named else "", NumberedStyle())
    numbering = _NUMBERING.search(properties)
    own = numbering and _NUMBER.search(numbering[0])
    level_of = numbering and _LEVEL.search(numbering[0])
    number = own[2] if own else style.number
    level = int(level_of[1]) if level_of else 0 if own else style.level
    counts = (number, level) in known.counted and number not in known.of_headings
    if not counts or style.heading or _OUTLINE.search(properties):
        return None
    return _Paragraph(number, level, loop, certain, match, None if own else style)


def _begun_by(paragraphs: list[_Paragraph]) -> _Loop | None:
    """The loop with each of whose turns the list of these paragraphs begins anew."""
    common = _around(paragraphs[0].loop)
    for paragraph in paragraphs[1:]:
        chain = _around(paragraph.loop)
        common = [one for one, other in zip(common, chain, strict=False) if one is other]
    if not common:
        return None
    innermost = common[-1]
    first = min(paragraph.level for paragraph in paragraphs)
    tops = [paragraph for paragraph in paragraphs if paragraph.level == first]
    if any(paragraph.loop is not innermost for paragraph in tops):
        return innermost
    if innermost.heads and sum(paragraph.certain for paragraph in tops) > 1:
        return innermost
    return innermost.parent


def _around(loop: _Loop | None) -> list[_Loop]:
    """A loop and those around it, the outermost first."""
    found: list[_Loop] = []
    while loop is not None:
        found.insert(0, loop)
        loop = loop.parent
    return found


def _numbered_by(paragraph: _Paragraph, value: str) -> str:
    """The properties of a paragraph with another numbering; the indent of a style that numbers stays above the list's."""
    properties = paragraph.match["properties"] or "<w:pPr></w:pPr>"
    style = paragraph.style
    if style is None:
        numbering = _NUMBERING.search(properties)
        assert numbering is not None
        made = _NUMBER.sub(lambda match: match[1] + value + match[3], numbering[0])
        return properties[: numbering.start()] + made + properties[numbering.end() :]
    properties = _NUMBERING.sub("", properties)
    made = f'<w:numPr><w:ilvl w:val="{paragraph.level}"/><w:numId w:val="{value}"/></w:numPr>'
    before = BEFORE_NUMBERS.match(properties)
    at = before.end() if before is not None else len("<w:pPr>")
    properties = properties[:at] + made + properties[at:]
    if style.indent and "<w:ind " not in properties:
        after = AFTER_INDENT.search(properties)
        at = after.start() if after is not None else len(properties)
        properties = properties[:at] + style.indent + properties[at:]
    return properties
