"""The tags of a part, taken out of its text before docxtpl's `patch_xml` sees it.

Word splits a tag over runs as it likes. Here each tag is read from the text of its whole paragraph and put, as a short
*token*, into the run where it begins; a tag that takes the place of its row, cell, paragraph or run does so in the
tree. Tokens hold nothing that a regular expression could stumble over, and their numbers keep the place of each tag.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from generator.diagnostics import Diagnostic, Location
from generator.messages import diagnostic
from generator.places import describe
from generator.render.faults import MERGES, PlacedTag
from generator.render.tags import Tag, find_tags, has_tags
from generator.render.word.structure import (
    CHANGES,
    DELETED,
    DELETED_INSTRUCTION,
    INSTRUCTION,
    PPR,
    REMOVALS,
    RPR,
    RUN,
    TC,
    TEXT_BOX,
    TR,
    Element,
    P,
    T,
    W,
    ancestor,
    put_before,
    put_in_place,
    xml_of,
)

# Unicode noncharacters: XML may hold them, no text does
OPEN, CLOSE, PIECE, BRACE = "\ufdd2", "\ufdd3", "\ufdd4", "\ufdd5"
TOKEN = re.compile(f"{OPEN}(\\d+){CLOSE}")
_ENDS = {"{{": "}}", "{%": "%}"}
_HOST_TAGS = {"tr": TR, "tc": TC, "p": P}
_BETWEEN = {f"{W}{name}" for name in ("proofErr", "lastRenderedPageBreak", "br", "tab", "softHyphen")}
_KEEP_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

Mode = Literal["text", "run", "paragraph", "row", "cell", "attribute", "field", "plain", "markup"]


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a value is printed, for those that are more than a line of text.

    Args:
        mode: in the text of a run; in the place of a run, a paragraph, a row or a cell; in an attribute; in the code
            of a field; in the text of a part that is no story; or markup of the engine itself.
        paragraph: the properties of the paragraph around it, as XML.
        run: the properties of the run around it, as XML.
        alone: whether it is all that its paragraph holds.
        label: the tag's text, for a draft.
    """

    mode: Mode = "text"
    paragraph: str = ""
    run: str = ""
    alone: bool = False
    label: str = ""


@dataclass(slots=True)
class Piece:
    """What a token stands for: a tag, or source of the engine itself (`source`) that belongs to a tag."""

    placed: PlacedTag | None
    slot: Slot | None = None
    source: str | None = None


@dataclass(slots=True)
class Tokens:
    """The tokens of a part and what is wrong with its tags."""

    pieces: list[Piece] = field(default_factory=list)
    faults: list[Diagnostic] = field(default_factory=list)
    merges: list[tuple[Element, PlacedTag, Element]] = field(default_factory=list)  # cell, {% vm %} …, its text
    touched: list[Element] = field(default_factory=list)  # containers whose blocks come and go
    dynamic: list[Element] = field(default_factory=list)  # tables whose cells come and go
    branching: dict[Element, None] = field(default_factory=dict)  # cells with statements in their text

    def tag(self, placed: PlacedTag, slot: Slot | None = None) -> str:
        """A tag as it stands in the source: docxtpl's delimiters around its token."""
        self.pieces.append(Piece(placed, slot))
        tag = placed.tag
        return f"{tag.mark}{tag.left} {OPEN}{len(self.pieces) - 1}{CLOSE} {tag.right}{_ENDS[tag.mark]}"

    def source(self, source: str, placed: PlacedTag | None = None, slot: Slot | None = None) -> str:
        """Source of the engine itself, as a token; `{%` and `{{` at its beginning take the line of the tag."""
        self.pieces.append(Piece(placed, slot, source))
        return f"{PIECE}{OPEN}{len(self.pieces) - 1}{CLOSE}"


@dataclass(slots=True)
class _Found:
    """A tag of a paragraph."""

    placed: PlacedTag
    text: str  # its token with delimiters, "" for a tag that prints nothing
    node: Element


def location(anchor: Mapping[str, Any], file: str | None = None) -> Location:
    """A location in a document."""
    return Location(file=file, place=describe(anchor), anchor=dict(anchor))


def mark_paragraphs(tokens: Tokens, paragraphs: Iterable[tuple[Element, Mapping[str, Any]]], *, nests: bool) -> None:
    """Turn the tags of paragraphs into tokens.

    Args:
        tokens: takes them.
        paragraphs: with their anchors.
        nests: whether paragraphs may hold text boxes, that is, other paragraphs.
    """
    hosted: list[_Found] = []
    for paragraph, anchor in paragraphs:
        nodes = [node for node in paragraph.iter(T, INSTRUCTION, DELETED, DELETED_INSTRUCTION) if node.text]
        if nests:
            nodes = [node for node in nodes if ancestor(node, P) is paragraph]
        if any("{" in (node.text or "") for node in nodes):
            hosted += _mark(tokens, paragraph, nodes, location(anchor))
    _lift(tokens, hosted)


def _mark(tokens: Tokens, paragraph: Element, nodes: list[Element], where: Location) -> list[_Found]:
    """The tags of one paragraph; those that take another's place are returned."""
    live: list[Element] = []
    for node in nodes:
        if node.tag in (DELETED, DELETED_INSTRUCTION) or _change(node, paragraph) in REMOVALS:
            node.text = hide(node.text or "")  # deleted text is no template any more
        else:
            live.append(node)
    text = "".join(node.text or "" for node in live)
    if not has_tags(text):
        return []
    starts: list[int] = []
    position = 0
    for node in live:
        starts.append(position)
        position += len(node.text or "")
    starts.append(position)
    found: list[_Found] = []
    replaced: list[tuple[int, int, str]] = []
    tags = list(find_tags(text))
    alone = len(tags) == 1 and text.strip() == tags[0].text
    raw = -1
    for tag in tags:
        placed = PlacedTag(tag, where)
        first, last = _index(starts, tag.start), _index(starts, tag.end - 1)
        if _across_change(paragraph, live[first], live[last], closed=tag.closed):
            tokens.faults.append(diagnostic("word-tag-across-change", where, tag=tag.text))
            continue
        if tag.keyword == "raw" and tag.closed:
            raw = tag.end
        elif tag.keyword == "endraw" and raw >= 0:
            replaced.append((raw, tag.start, hide(text[raw : tag.start])))
            raw = -1
        replacement = _token(tokens, placed, live[first], paragraph, alone=alone)
        if tag.closed and (tag.host or (tag.mark == "{%" and replacement)):
            found.append(_Found(placed, replacement, live[first]))
        replaced.append((tag.start, tag.end, replacement))
    _rewrite(paragraph, live, starts, sorted(replaced))
    return found


def _token(tokens: Tokens, placed: PlacedTag, node: Element, paragraph: Element, *, alone: bool) -> str:
    tag = placed.tag
    if not tag.closed or not (tag.body or tag.mark == "{#"):
        tokens.pieces.append(Piece(placed))  # for `check_tags`
        return ""
    if tag.mark == "{#" or tag.keyword in ("raw", "endraw"):
        return ""
    if tag.keyword in MERGES and tag.mark == "{%":
        cell = ancestor(node, TC)
        if cell is None:
            tokens.faults.append(placed.finding("word-merge-outside", name=tag.keyword))
        else:
            tokens.merges.append((cell, placed, node))
        tokens.pieces.append(Piece(placed))
        return ""
    if tag.host in ("tr", "tc") and ancestor(node, _HOST_TAGS[tag.host]) is None:
        tokens.faults.append(placed.finding("word-host-outside", host=tag.host))
        return ""
    if tag.mark == "{%":
        cell = ancestor(node, TC) if not tag.host else None
        if cell is not None:
            tokens.branching.setdefault(cell)
        return tokens.tag(placed)
    run = ancestor(node, RUN)
    mode: Mode = {"": "text", "r": "run", "p": "paragraph", "tr": "row", "tc": "cell"}[tag.host]  # type: ignore[assignment]
    if node.tag == INSTRUCTION:
        mode = "field"
    properties = paragraph.find(PPR)
    if properties is not None and properties.find(f"{W}sectPr") is not None:
        properties = copy.deepcopy(properties)
        for section in properties.findall(f"{W}sectPr"):
            properties.remove(section)
    shape = xml_of(run.find(RPR)) if run is not None else ""
    return tokens.tag(placed, Slot(mode, xml_of(properties), shape, alone, tag.body))


def hide(text: str) -> str:
    """Text whose braces are no tags."""
    return text.replace("{{", BRACE * 2).replace("{%", BRACE + "%").replace("{#", BRACE + "#")


def _index(starts: list[int], position: int) -> int:
    low, high = 0, len(starts) - 2
    while low < high:
        middle = (low + high + 1) // 2
        if starts[middle] <= position:
            low = middle
        else:
            high = middle - 1
    return low


def _change(node: Element, paragraph: Element) -> str | None:
    """The tracked change that a text stands in."""
    for parent in node.iterancestors():
        if parent is paragraph:
            return None
        if parent.tag in CHANGES:
            return str(parent.tag)
    return None


def _across_change(paragraph: Element, first: Element, last: Element, *, closed: bool) -> bool:
    """Whether a tag from `first` to `last` stands partly inside a tracked change, or has one within it."""
    if next(paragraph.iter(*CHANGES), None) is None:
        return False
    if not closed:
        return True
    if first is last:
        return False

    def around(node: Element) -> Element | None:
        return next((parent for parent in node.iterancestors() if parent.tag in CHANGES), None)

    if around(first) is not around(last):
        return True
    between = False
    for element in paragraph.iter():
        if element is first:
            between = True
        elif element is last:
            return False
        elif between and element.tag in CHANGES:
            return True
    return False


def mark_nodes(tokens: Tokens, paragraph: Element, nodes: list[Element], where: Location, mode: Mode) -> None:
    """Turn the tags of texts that form one paragraph of another language (DrawingML) into tokens."""
    text = "".join(node.text or "" for node in nodes)
    if not has_tags(text):
        return
    starts = [0]
    for node in nodes:
        starts.append(starts[-1] + len(node.text or ""))
    replaced = []
    for tag in find_tags(text):
        placed = PlacedTag(tag, where)
        token = ""
        if not tag.closed or not (tag.body or tag.mark == "{#"):
            tokens.pieces.append(Piece(placed))
        elif tag.mark != "{#" and tag.keyword not in ("raw", "endraw"):
            token = tokens.tag(placed, Slot(mode, label=tag.body) if tag.mark == "{{" else None)
        replaced.append((tag.start, tag.end, token))
    _rewrite(paragraph, nodes, starts, replaced)


def _rewrite(paragraph: Element, nodes: list[Element], starts: list[int], replaced: list[tuple[int, int, str]]) -> None:
    """Put tokens into the text; a tag that spanned runs leaves only the one where it begins."""
    pieces: list[list[str]] = [[] for _ in nodes]
    spans = iter(replaced)
    span = next(spans, None)
    between: list[tuple[int, int]] = []
    for index, node in enumerate(nodes):
        text, start, end = node.text or "", starts[index], starts[index + 1]
        position = start
        while span is not None and span[0] < end:
            if span[0] >= start:
                pieces[index].append(text[position - start : span[0] - start] + span[2])
                if span[1] > end:
                    between.append((index, _index(starts, span[1] - 1)))
            position = max(position, span[1])
            if span[1] > end:
                break
            span = next(spans, None)
        if position < end:
            pieces[index].append(text[position - start :])
    for node, parts in zip(nodes, pieces, strict=True):
        text = "".join(parts)
        if text != node.text:
            node.text = text
            if text != text.strip() and node.tag == T:
                node.set(_KEEP_SPACE, "preserve")
    for first, last in between:
        _clear(paragraph, nodes[first], nodes[last])


def _clear(paragraph: Element, first: Element, last: Element) -> None:
    """Remove what a tag left empty between its first text and its last: texts, their runs, proofing marks."""
    inside = False
    doomed: list[Element] = []
    for element in paragraph.iter():
        if element is first:
            inside = True
            continue
        if inside and element.tag in _BETWEEN:
            doomed.append(element)
        if inside and element.tag in (T, INSTRUCTION) and not element.text:
            doomed.append(element)
        if element is last:
            break
    for element in doomed:
        run = element.getparent()
        if run is None:
            continue
        run.remove(element)
        if run.tag == RUN and all(child.tag == RPR for child in run):
            parent = run.getparent()
            if parent is not None:
                parent.remove(run)


def _lift(tokens: Tokens, found: list[_Found]) -> None:
    """Let the tags with a host letter take the place of their row, cell, paragraph or run."""
    gone: set[Element] = set()
    for host, name in _HOST_TAGS.items():
        groups: dict[Element, list[_Found]] = {}
        for one in found:
            element = ancestor(one.node, name)
            if one.placed.tag.host == host and element is not None and not _within(one.node, gone):
                groups.setdefault(element, [])
        for one in found:
            if one.placed.tag.mark == "{%" or one.placed.tag.host == host:
                for element in one.node.iterancestors(name):
                    if element in groups:
                        groups[element].append(one)
        for element, ones in groups.items():
            if _within(element, gone):
                continue
            _note_container(tokens, element, host)
            put_in_place(element, "".join(_lifted(one.text) for one in ones))
            gone.add(element)
    for one in found:
        if one.placed.tag.host == "r" and one.text and not _within(one.node, gone):
            _split_run(one)


def _lifted(text: str) -> str:
    """The token of a tag that stands between elements: `patch_xml` shall not see it."""
    return PIECE + text[text.index(OPEN) : text.index(CLOSE) + 1] if text else ""


def _within(node: Element, gone: set[Element]) -> bool:
    return bool(gone) and (node in gone or any(parent in gone for parent in node.iterancestors()))


def _note_container(tokens: Tokens, element: Element, host: str) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if host == "p":
        tokens.touched.append(parent)
    elif host == "tc":
        table = ancestor(element, f"{W}tbl")
        if table is not None:
            tokens.dynamic.append(table)
    else:
        table = element if element.tag == f"{W}tbl" else ancestor(element, f"{W}tbl")
        if table is not None:
            tokens.touched.append(table)


def _split_run(one: _Found) -> None:
    """Put a `{{r }}` tag between runs; what stood before and behind it in its run keeps its format."""
    run = ancestor(one.node, RUN)
    text = one.node.text or ""
    at = text.find(one.text)
    if run is None or at < 0:
        return
    parent = run.getparent()
    assert parent is not None
    behind = copy.deepcopy(run)
    for child in list(behind):
        behind.remove(child)
    properties = run.find(RPR)
    if properties is not None:
        behind.append(copy.deepcopy(properties))
    rest = text[at + len(one.text) :]
    following = list(one.node.itersiblings())
    if rest:
        made = copy.deepcopy(one.node)
        made.text, made.tail = rest, None
        made.set(_KEEP_SPACE, "preserve")
        behind.append(made)
    behind.extend(following)
    one.node.text = text[:at]
    one.node.set(_KEEP_SPACE, "preserve")
    if not one.node.text:
        run.remove(one.node)
    behind.tail, run.tail = run.tail, None
    parent.insert(parent.index(run) + 1, behind)
    put_before(behind, _lifted(one.text))
    for piece in (run, behind):
        if all(child.tag == RPR for child in piece):
            put_in_place(piece, "")


def mark_attributes(
    tokens: Tokens, root: Element, anchors: Mapping[Element, Mapping[str, Any]], part: Mapping[str, Any]
) -> None:
    """Turn the tags in attributes (alternative texts, tooltips, titles) into tokens."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        for key, value in element.attrib.items():
            text = str(value)
            if "{" in text and has_tags(text):
                paragraph = element if element.tag == P else ancestor(element, P)
                anchor = anchors.get(paragraph, part) if paragraph is not None else part
                element.set(key, mark_text(tokens, text, location(anchor), "attribute"))


def mark_text(tokens: Tokens, text: str, where: Location, mode: Mode) -> str:
    """Turn the tags of a text that is no paragraph's into tokens."""
    out: list[str] = []
    position = 0
    for tag in find_tags(text):
        out.append(text[position : tag.start])
        position = tag.end
        placed = PlacedTag(tag, where)
        if not tag.closed or not (tag.body or tag.mark == "{#"):
            tokens.pieces.append(Piece(placed))
        elif tag.mark != "{#" and tag.keyword not in ("raw", "endraw"):
            out.append(tokens.tag(placed, Slot(mode, label=tag.body) if tag.mark == "{{" else None))
    return "".join(out) + text[position:]


__all__ = [
    "BRACE",
    "CLOSE",
    "OPEN",
    "PIECE",
    "TEXT_BOX",
    "TOKEN",
    "Piece",
    "Slot",
    "Tag",
    "Tokens",
    "hide",
    "location",
    "mark_attributes",
    "mark_nodes",
    "mark_paragraphs",
    "mark_text",
]
