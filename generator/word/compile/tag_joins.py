"""What Word puts into a tag that its author did not: line breaks, tabs, the field of an automatic hyperlink."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, field
from generator.ooxml.wordprocessing import INSTRUCTION, KEEP_SPACE, Element, P, T, W, ancestor
from generator.template.tags import Tag, find_tags, has_tags
from generator.word.compile.tag_rewrite import take_from_run

FIELD = f"{W}fldChar"
_REFERENCE = lazy(r"\b(?:REF|PAGEREF|NOTEREF|HYPERLINK)\b")
_BLANKS = {f"{W}br", f"{W}tab", f"{W}cr"}


@dataclass(slots=True)
class _Field:
    """A field of a paragraph: where its result's text begins and ends, its code, the elements that make it a field."""

    begin: int
    end: int = -1
    code: str = ""
    elements: list[Element] = field(default_factory=list)


def join_tags(paragraph: Element, *, nests: bool) -> list[tuple[Tag, str]]:
    """Take out of the tags of a paragraph what does not belong to them: a break becomes a blank, the text of an automatic
    hyperlink stays without its field. The tags that another field crosses come back, with its code.

    Args:
        paragraph: its texts may change.
        nests: whether it may hold text boxes.
    """
    text = "".join(node.text or "" for node in _own(paragraph, nests) if node.tag == T)
    if not has_tags(text):
        return []
    tags = list(find_tags(text))
    blanks: list[tuple[Element, Element]] = []
    fields: list[_Field] = []
    opened: list[_Field] = []
    position, last = 0, None
    for node in _own(paragraph, nests):
        if node.tag == T:
            position, last = position + len(node.text or ""), node
        elif node.tag in _BLANKS and last is not None and _around(tags, position):
            if node.get(f"{W}type", "textWrapping") == "textWrapping":
                blanks.append((node, last))
        elif node.tag == INSTRUCTION and opened:
            opened[-1].code += node.text or ""
            opened[-1].elements.append(node)
        elif node.tag == FIELD:
            _field(node, position, fields, opened)
    for node, before in blanks:
        before.text = (before.text or "") + " "
        take_from_run(node)
    crossed: list[tuple[Tag, str]] = []
    for one in fields:
        tag = _around(tags, one.begin) or (_around(tags, one.end) if one.end >= 0 else None)
        if tag is None:
            continue
        if one.end >= 0 and re.match(r"\s*HYPERLINK\b", one.code):
            for element in one.elements:
                take_from_run(element)
        else:
            crossed.append((tag, one.code.strip()))
    return crossed


def _field(node: Element, position: int, fields: list[_Field], opened: list[_Field]) -> None:
    kind = node.get(f"{W}fldCharType")
    if kind == "begin":
        opened.append(_Field(position))
        fields.append(opened[-1])
    if not opened:
        return
    opened[-1].elements.append(node)
    if kind == "end":
        opened.pop().end = position


def codes(paragraph: Element, *, nests: bool) -> Iterator[list[Element]]:
    """The texts of each field's code in a paragraph; a field within it parts them."""
    group: list[Element] = []
    for node in _own(paragraph, nests):
        if node.tag == INSTRUCTION:
            group.append(node)
        elif node.tag in (FIELD, T) and group:
            yield group
            group = []
    if group:
        yield group


def join_codes(paragraph: Element, *, nests: bool) -> None:
    """Put a reference that Word parted over several runs into the first of them, so that it can follow its bookmark."""
    for group in codes(paragraph, nests=nests):
        code = "".join(node.text or "" for node in group)
        if len(group) > 1 and "{" not in code and _REFERENCE.search(code):
            group[0].text = code
            group[0].set(KEEP_SPACE, "preserve")
            for node in group[1:]:
                node.text = ""


def quoted(code: str) -> bool:
    """Whether the code of a field, up to here, has a quotation mark open."""
    plain = re.sub(r"\{\{(?:(?!\{\{).)*?\}\}|\{%(?:(?!\{%).)*?%\}|\{#(?:(?!\{#).)*?#\}", "", code)
    return re.findall(r'\\.|"', plain).count('"') % 2 == 1


def in_code(before: str, after: str) -> tuple[Literal["field", "formula", "argument", "quoted"], bool]:
    """Where a tag stands in the code of a field, and whether it begins the target of a link.

    Args:
        before: the code in front of the tag.
        after: the code behind it.
    """
    target = re.fullmatch(r'\s*HYPERLINK\s+"?', before, re.IGNORECASE) is not None
    if quoted(before):
        return "quoted", target
    if before.lstrip().startswith("="):
        return "formula", False
    whole = before[-1:].isspace() and (not after or after[0].isspace())
    return ("argument" if whole and before.strip() else "field"), target


def _own(paragraph: Element, nests: bool) -> Iterator[Element]:
    for node in paragraph.iter(T, INSTRUCTION, FIELD, *_BLANKS):
        if not nests or ancestor(node, P) is paragraph:
            yield node


def _around(tags: list[Tag], position: int) -> Tag | None:
    return next((tag for tag in tags if tag.start < position < tag.end), None)
