"""The tags of texts that are no paragraphs of Word: attributes, equations, DrawingML, field codes."""

from __future__ import annotations

import html
import unicodedata
from typing import cast

from lxml import etree

from generator.diagnostics import Location
from generator.kept.light_classes import replace
from generator.ooxml.wordprocessing import Element, W
from generator.template.faults import PlacedTag
from generator.template.tags import find_tags, has_tags
from generator.word.compile.between_tags import check_whole
from generator.word.compile.tag_joins import in_code
from generator.word.compile.tag_rewrite import TEXTS, rewrite, starts_of
from generator.word.compile.tokens import Anchors, Mode, Piece, Slot, Tokens

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


def mark_nodes(tokens: Tokens, paragraph: Element, nodes: list[Element], where: Location) -> None:
    """Turn the tags of texts that form one paragraph of another language (DrawingML, equations) into tokens."""
    text = "".join(node.text or "" for node in nodes)
    check_whole(tokens, text, where, single=not paragraph.tag.startswith(_MATH))  # braces of an equation group
    if not has_tags(text):
        return
    replaced = []
    for tag in find_tags(text):
        if paragraph.tag.startswith(_MATH):  # Word writes the letters of equations as mathematical italics
            tag = replace(tag, body=unicodedata.normalize("NFKC", tag.body))
        placed = PlacedTag(tag, where)
        token = ""
        if not tag.closed or not (tag.body or tag.mark == "{#"):
            tokens.pieces.append(Piece(placed))
        elif tag.mark != "{#" and tag.keyword not in ("raw", "endraw"):
            token = tokens.tag(placed, Slot("plain", label=tag.body) if tag.mark == "{{" else None)
        replaced.append((tag.start, tag.end, token))
    rewrite(paragraph, nodes, starts_of(nodes), replaced)


# a part of 20 MB has a million elements, most of them properties of runs
_TELLING = etree.XPath(
    "descendant-or-self::*[@*[contains(., '{') or contains(., '}') or contains(., '｛')]"
    " or text()[contains(., '{')] or self::m:r]",
    namespaces={"m": _MATH[1:-1]},
)


def mark_the_rest(tokens: Tokens, root: Element, anchors: Anchors) -> None:
    """Turn the tags in attributes (alternative texts, tooltips, titles) and in other texts (formulas) into tokens."""
    for element in cast("list[Element]", _TELLING(root)):
        if not isinstance(element.tag, str):
            continue
        for key, value in element.attrib.items():
            text = str(value)
            check_whole(tokens, text, anchors.place(element))
            if "{" in text and has_tags(text):
                code = element.tag == f"{W}fldSimple"
                element.set(key, mark_text(tokens, text, anchors.place(element), "field" if code else "attribute"))
        before = element.getprevious()
        if element.tag == f"{_MATH}r" and (before is None or before.tag != f"{_MATH}r"):
            _mark_equation(tokens, element, anchors.place(element))
        text = element.text
        if text and "{" in text and element.tag not in (*TEXTS, f"{_MATH}t") and has_tags(text):
            element.text = mark_text(tokens, text, anchors.place(element), "plain")


def _mark_equation(tokens: Tokens, first: Element, where: Location) -> None:
    """Turn the tags of runs of an equation that follow each other into tokens."""
    runs = [first]
    while (following := runs[-1].getnext()) is not None and following.tag == f"{_MATH}r":
        runs.append(following)
    parent = first.getparent()
    assert parent is not None
    mark_nodes(tokens, parent, [node for run in runs for node in run.iter(f"{_MATH}t")], where)


def mark_text(tokens: Tokens, text: str, where: Location, mode: Mode, *, unescape: bool = False) -> str:
    """Turn the tags of a text that is no paragraph's into tokens; in HTML, what tags hold may be written as entities."""
    out: list[str] = []
    position = 0
    for tag in find_tags(text):
        out.append(text[position : tag.start])
        position = tag.end
        placed = PlacedTag(replace(tag, body=html.unescape(tag.body)) if unescape else tag, where)
        if not tag.closed or not (tag.body or tag.mark == "{#"):
            tokens.pieces.append(Piece(placed))
        elif tag.mark != "{#" and tag.keyword not in ("raw", "endraw"):
            own, target = in_code(text[: tag.start], text[tag.end :]) if mode == "field" else (mode, False)
            out.append(tokens.tag(placed, Slot(own, label=tag.body, target=target) if tag.mark == "{{" else None))
    return "".join(out) + text[position:]
