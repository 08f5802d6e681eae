"""The tags of a part, taken out of its text before docxtpl's `patch_xml` sees it.

Word splits a tag over runs as it likes. Here each tag is read from the text of its whole paragraph and put, as a short
*token*, into the run where it begins; a tag that takes the place of its row, cell, paragraph or run does so in the
tree. Tokens hold nothing that a regular expression could stumble over, and their numbers keep the place of each tag.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from generator.diagnostics import Location
from generator.diagnostics.catalogue import diagnostic
from generator.figures.foreign_placeholders import SIGNS
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import replace
from generator.ooxml.package import copy_of
from generator.ooxml.wordprocessing import (
    CHANGES,
    DELETED,
    DELETED_INSTRUCTION,
    INSTRUCTION,
    KEEP_SPACE,
    PPR,
    REMOVALS,
    RPR,
    RUN,
    TC,
    TEXT_BOX,
    Element,
    P,
    T,
    W,
    ancestor,
    xml_of,
)
from generator.template.faults import MERGES, PlacedTag
from generator.template.single_braces import single_braces
from generator.template.tags import find_tags, has_tags
from generator.word.compile.between_tags import check_between, check_text
from generator.word.compile.hosts import HOST_TAGS, lift
from generator.word.compile.tag_joins import codes, in_code, join_tags
from generator.word.compile.tag_rewrite import TEXTS, index_of, rewrite, starts_of
from generator.word.compile.tokens import FoundTag, Mode, Piece, Slot, Tokens, hide, location

_BRACE = lazy("[{}｛]").search
_SIGN = lazy(f"[{SIGNS}﹛︷【〔「《（(\\[]").search  # doubled ones may stand in two runs
_MARKDOWN = lazy(r"\|\s*markdown\s*(?:\([^()]*\)\s*)?$")


def mark_paragraphs(tokens: Tokens, paragraphs: Iterable[tuple[Element, Mapping[str, Any]]], *, nests: bool) -> None:
    """Turn the tags of paragraphs into tokens.

    Args:
        tokens: takes them.
        paragraphs: with their anchors.
        nests: whether paragraphs may hold text boxes, that is, other paragraphs.
    """
    hosted: list[FoundTag] = []
    raw = False
    for paragraph, anchor in paragraphs:
        if paragraph.getparent() is None:  # part of a comment
            continue
        nodes = _texts(paragraph, nests)
        if any(_BRACE(node.text or "") for node in nodes):
            _free_smart_tags(paragraph)
            where = location(anchor)
            if not raw:
                for tag, code in join_tags(paragraph, nests=nests):
                    tokens.faults.append(PlacedTag(tag, where).finding("word-field-in-tag", field=code))
                nodes = _texts(paragraph, nests)
            if not raw and _open_comment(nodes) >= 0 and _cut_comment(paragraph, nodes):
                nodes = _texts(paragraph, nests)
            in_code = {node for group in codes(paragraph, nests=nests) for node in group}
            found, raw = _mark(tokens, paragraph, [node for node in nodes if node not in in_code], where, raw=raw)
            hosted += found
            for group in codes(paragraph, nests=nests):
                hosted += _mark(tokens, paragraph, group, where, raw=False)[0]
        elif not raw and any(_SIGN(node.text or "") for node in nodes):
            tokens.braced += single_braces("".join(node.text or "" for node in nodes), location(anchor))
    if raw and tokens.raw is not None:
        tokens.faults.append(tokens.raw.finding("template-unclosed-block", end="{% endraw %}"))
    lift(tokens, hosted)


def _texts(paragraph: Element, nests: bool) -> list[Element]:
    """The texts of a paragraph, without those of text boxes in it."""
    nodes = [node for node in paragraph.iter(*TEXTS) if node.text]
    return [node for node in nodes if ancestor(node, P) is paragraph] if nests else nodes


def _free_smart_tags(paragraph: Element) -> None:
    """Take smart tags around runs away: Word has made none since 2010 and shows none; blocks may begin in one and end behind it."""
    for element in list(paragraph.iter(f"{W}smartTag")):
        parent = element.getparent()
        if parent is not None:
            for child in [one for one in element if one.tag != f"{W}smartTagPr"]:
                element.addprevious(child)
            parent.remove(element)


def _open_comment(nodes: list[Element]) -> int:
    """Where a comment begins that its paragraph does not end; −1 if there is none."""
    text = "".join(node.text or "" for node in nodes if node.tag in (T, INSTRUCTION))
    tags = [tag for tag in find_tags(text) if tag.mark == "{#" and not tag.closed] if "{#" in text else []
    return tags[-1].start if tags else -1


def _cut_comment(paragraph: Element, nodes: list[Element]) -> bool:
    """Take a comment over several paragraphs out; what stands behind it goes on in the paragraph where it began."""
    start = _open_comment(nodes)
    between: list[Element] = []
    for sibling in paragraph.itersiblings():
        texts = [node for node in sibling.iter(T) if node.text] if sibling.tag == P else []
        end = "".join(node.text or "" for node in texts).find("#}")
        between.append(sibling)
        if end >= 0:
            break
    else:
        return False
    position = 0
    for node in nodes:
        length = len(node.text or "")
        node.text = (node.text or "")[: max(0, start - position)]
        position += length
    position = 0
    for node in texts:
        length = len(node.text or "")
        node.text = (node.text or "")[max(0, end + 2 - position) :]
        node.set(KEEP_SPACE, "preserve")
        position += length
    paragraph.extend([child for child in between[-1] if child.tag != PPR])
    parent = paragraph.getparent()
    for element in between:
        if parent is not None:
            parent.remove(element)
    return True


def _mark(
    tokens: Tokens, paragraph: Element, nodes: list[Element], where: Location, *, raw: bool
) -> tuple[list[FoundTag], bool]:
    """The tags of one paragraph that take another's place, and whether it ends within `{% raw %}`; so it may begin."""
    live: list[Element] = []
    for node in nodes:
        change = _change(node, paragraph)
        if node.tag in (DELETED, DELETED_INSTRUCTION) or (change is not None and change.tag in REMOVALS):
            node.text = hide(node.text or "")  # deleted text is no template any more
        else:
            live.append(node)
    text = "".join(node.text or "" for node in live)
    if not has_tags(text):
        if not raw:
            check_text(tokens, text, where)
        for node in live:
            node.text = hide(node.text or "")
        return [], raw
    starts = starts_of(live)
    found: list[FoundTag] = []
    replaced: list[tuple[int, int, str]] = []
    tags = list(find_tags("{% raw %}" + text)) if raw else list(find_tags(text))
    if raw:  # positions count from the text's own beginning
        tags = [replace(tag, start=tag.start - 9, end=tag.end - 9) for tag in tags[1:]]
    alone = len(tags) == 1 and text.strip() == tags[0].text
    check_between(tokens, text, tags, where, raw=raw)
    begun = 0 if raw else -1
    if alone and not tags[0].host and _MARKDOWN.search(tags[0].body) and _in_paragraph(live[0], paragraph):
        tags = [replace(tags[0], host="p")]  # Markdown takes the place of its paragraph
    for tag in tags:
        placed = PlacedTag(tag, where, text)
        first, last = index_of(starts, tag.start), index_of(starts, tag.end - 1)
        if _across_change(paragraph, live[first], live[last], closed=tag.closed):
            tokens.faults.append(diagnostic("word-tag-across-change", where, tag=tag.text))
            replaced.append((tag.start, tag.end, hide(tag.text)))
            continue
        if tag.keyword == "raw" and tag.closed:
            begun = tag.end
            tokens.raw = placed
        elif tag.keyword == "endraw" and begun >= 0:
            replaced.append((begun, tag.start, hide(text[begun : tag.start])))
            begun = -1
        code = (text[: tag.start], text[tag.end :]) if live[first].tag == INSTRUCTION else None
        replacement = _token(tokens, placed, live[first], paragraph, alone=alone, code=code)
        if tag.closed and (tag.host or (tag.mark == "{%" and replacement)):
            found.append(FoundTag(placed, replacement, live[first]))
        replaced.append((tag.start, tag.end, replacement))
    if begun >= 0:
        replaced.append((begun, len(text), hide(text[begun:])))
    rewrite(paragraph, live, starts, sorted(one for one in replaced if one[0] < one[1]))
    return found, begun >= 0


def _token(
    tokens: Tokens,
    placed: PlacedTag,
    node: Element,
    paragraph: Element,
    *,
    alone: bool,
    code: tuple[str, str] | None = None,
) -> str:
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
    if tag.host in ("tr", "tc") and ancestor(node, HOST_TAGS[tag.host]) is None:
        tokens.faults.append(placed.finding("word-host-outside", host=tag.host))
        return ""
    if tag.mark == "{%":
        cell = ancestor(node, TC) if not tag.host else None
        if cell is not None:
            tokens.branching.setdefault(cell)
        if tag.keyword != "call":
            return tokens.tag(placed)
    run = ancestor(node, RUN)
    mode: Mode = {"": "text", "r": "run", "p": "paragraph", "tr": "row", "tc": "cell"}[tag.host]  # type: ignore[assignment]  each is a `Mode`
    target = False
    if code is not None:
        mode, target = in_code(*code)
    properties = _properties(paragraph)
    if properties is not None and properties.find(f"{W}sectPr") is not None:
        properties = copy_of(properties)
        for section in properties.findall(f"{W}sectPr"):
            properties.remove(section)
    shape = xml_of(run.find(RPR)) if run is not None else ""
    divisible = run is not None and run.getparent() is paragraph
    return tokens.tag(
        placed,
        Slot(mode, xml_of(properties), shape, alone, tag.body, divisible, ancestor(node, TEXT_BOX) is not None, target),
    )


def _in_paragraph(node: Element, paragraph: Element) -> bool:
    """Whether a text stands in a run of the paragraph itself."""
    run = ancestor(node, RUN)
    return node.tag == T and run is not None and run.getparent() is paragraph


def _properties(paragraph: Element) -> Element | None:
    """The properties of a paragraph, which stand before its runs: of a thousand runs none is looked at."""
    first = next((child for child in paragraph if child.tag in (PPR, RUN)), None)
    return first if first is not None and first.tag == PPR else None


def _change(node: Element, paragraph: Element) -> Element | None:
    """The tracked change of a paragraph that a text stands in."""
    around = next((parent for parent in node.iterancestors() if parent is paragraph or parent.tag in CHANGES), None)
    return None if around is paragraph else around


def _across_change(paragraph: Element, first: Element, last: Element, *, closed: bool) -> bool:
    """Whether a tag from `first` to `last` stands partly inside a tracked change, or has one within it."""
    if next(paragraph.iter(*CHANGES), None) is None:
        return False
    if not closed:
        return True
    if first is last:
        return False
    if _change(first, paragraph) is not _change(last, paragraph):
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
