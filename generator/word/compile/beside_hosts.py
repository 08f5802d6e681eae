"""What stands beside a tag that takes the place of its row, cell or paragraph.

A loop or condition that begins and ends in one host prints that host, with its content, for each turn. Otherwise the host
goes with its tags: sections, breaks, drawings, fields and the ends of bookmarks are kept at their side of the tag, a label
whose merged cell reaches over the rows below is printed in the first of them, and any other content is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import dropwhile

from lxml import etree

from generator.diagnostics.wording import word_words as words
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, field
from generator.ooxml.package import copy_of, take_out
from generator.ooxml.wordprocessing import (
    MC,
    PPR,
    RPR,
    RUN,
    TBL,
    TCPR,
    TEXT_BOX,
    Element,
    P,
    T,
    W,
    ancestor,
    cells,
    leave_text,
    put_before,
    put_behind,
    rows,
)
from generator.template.faults import MERGES, match_blocks
from generator.word.compile.tokens import CLOSE, OPEN, PIECE, FoundTag, Tokens, shown

_TAG = lazy(f"(\\{{[{{%][-+]? {OPEN}\\d+{CLOSE} [-+]?[}}%]\\}})")
_NUMBER = lazy(f"{OPEN}(\\d+){CLOSE}")
_RANGES = {f"{W}{name}" for name in ("bookmarkStart", "bookmarkEnd", "permStart", "permEnd")}
_COMMENT_RANGES = {f"{W}commentRangeStart", f"{W}commentRangeEnd"}
_KEPT = {f"{W}{name}" for name in ("drawing", "pict", "object", "fldChar", "instrText")} | {f"{MC}AlternateContent"}
_AS_TEXT = {
    f"{W}{name}" for name in ("sym", "footnoteReference", "endnoteReference", "ptab", "ruby", "altChunk", "subDoc")
} | {f"{{http://schemas.openxmlformats.org/officeDocument/2006/math}}{name}" for name in ("oMath", "oMathPara")}
_HOST_NAMES = {"tr": words.TABLE_ROW, "tc": words.CELL, "p": words.PARAGRAPH}


@dataclass(slots=True)
class _Content:
    """What stands beside the tags of a host, by the number of its tags in front of it."""

    texts: dict[int, list[str]] = field(default_factory=dict)
    kept: dict[int, list[Element]] = field(default_factory=dict)  # drawings, breaks, fields
    ranges: dict[int, list[Element]] = field(default_factory=dict)  # ends of bookmarks and the like


def replace_host(tokens: Tokens, element: Element, host: str, ones: list[FoundTag], hosts: Iterable[Element]) -> bool:
    """Let the tags of a host take its place; whether the host is gone.

    Args:
        tokens: takes what is at fault.
        element: the row, cell or paragraph.
        host: `tr`, `tc` or `p`.
        ones: the tags within it, in order, that are statements or name this host.
        hosts: every host of this kind that has tags.
    """
    name = element.tag
    own = [one for one in ones if ancestor(one.node, name) is element]
    named = [one for one in own if one.placed.tag.host == host and one.text]
    content = _beside(tokens, element, named, {})
    if (content.texts or (content.kept and host != "p")) and _governs_itself(named, content, host):
        _wrap(element, named)
        return False
    carried: dict[Element, list[Element]] = _labels(tokens, element, ones, set(hosts)) if host == "tr" else {}
    lifted = [one for one in own if one.placed.tag.host == host or not any(_inside(one.node, cell) for cell in carried)]
    lifted = [one for one in lifted if one.placed.tag.host in ("", host) or one.placed.tag.mark == "{%"]
    content = _beside(tokens, element, [one for one in lifted if one.text], carried)
    merges = [placed for cell, placed, _ in tokens.merges if _inside(cell, element) and placed.tag.keyword in MERGES]
    refused = [*_texts(content), *(placed.tag.text for placed in merges)]
    if host != "p" and content.kept and not refused:
        refused = ["…"]
    if refused:
        placed = next(one for one in own if one.placed.tag.host == host).placed
        tokens.faults.append(placed.finding("word-beside-host", text=_short(refused), host=_HOST_NAMES[host]))
    _carry(tokens, element, named, carried)
    texts = [one.text for one in lifted if one.text]
    if host == "p":
        _keep_fields_whole(content.kept, [one.placed.tag.keyword for one in lifted if one.text])
    for number in range(len(texts) + 1):
        for marker in content.ranges.get(number, ()):
            element.addprevious(copy_of(marker))
        last = number == len(texts)
        if host == "p" and (remains := _remains(element, content.kept.get(number, []), last=last)) is not None:
            element.addprevious(remains)
        if not last:
            put_before(element, lifted_token(texts[number]))
    leave_text(element)
    return True


def _keep_fields_whole(kept: dict[int, list[Element]], keywords: list[str]) -> None:
    """Let a field that ends beside an opening tag end before its block, and one that begins beside a closing tag behind it.

    Args:
        kept: what is kept, by the number of tags in front of it.
        keywords: of the tags, in order.
    """
    closes = [keyword.startswith("end") for keyword in keywords]
    depth = 0
    open_marks: list[tuple[int, Element]] = []
    for number in sorted(kept):
        for node in [*kept[number]]:
            kind = node.get(f"{W}fldCharType") if node.tag == f"{W}fldChar" else ""
            if kind == "begin":
                depth += 1
                open_marks.append((number, node))
            elif kind == "end" and depth:
                depth -= 1
                open_marks.pop()
            elif kind == "end" and number and not any(closes[:number]):
                kept[number].remove(node)
                kept.setdefault(0, []).append(node)
    last = len(keywords)
    for number, node in open_marks:
        if number < last and all(closes[number:]):
            at = kept[number].index(node)
            kept[last] = kept[number][at:] + kept.get(last, [])
            del kept[number][at:]


def lifted_token(text: str) -> str:
    """The token of a tag that stands between elements: `patch_xml` shall not see it."""
    return PIECE + text[text.index(OPEN) : text.index(CLOSE) + 1] if text else ""


def _inside(node: Element, element: Element) -> bool:
    return node is element or any(parent is element for parent in node.iterancestors())


def _texts(content: _Content) -> list[str]:
    return [text for number in sorted(content.texts) for text in content.texts[number]]


def _short(texts: Iterable[str]) -> str:
    whole = "".join(texts).strip()
    return whole if len(whole) <= 20 else whole[:20] + "…"


def _beside(tokens: Tokens, element: Element, tags: list[FoundTag], carried: dict[Element, list[Element]]) -> _Content:
    """What an element holds beside some of its tags, and beside cells whose content goes elsewhere."""
    content = _Content()
    texts = {one.text for one in tags}
    number = 0
    for node in _walk(element, set(carried)):
        if node.tag == T:
            for word in _TAG.split(node.text or ""):
                if word in texts:
                    number += 1
                elif (found := _NUMBER.search(word)) and _TAG.fullmatch(word):
                    placed = tokens.pieces[int(found[1])].placed
                    if placed is not None and (placed.tag.mark != "{%" or tags):
                        content.texts.setdefault(number, []).append(placed.tag.text)
                elif word.strip():
                    content.texts.setdefault(number, []).append(shown(word))
        elif node.tag in _AS_TEXT:
            content.texts.setdefault(number, []).append(_what(node))
        elif node.tag in _KEPT or (node.tag == f"{W}br" and node.get(f"{W}type") in ("page", "column")):
            content.kept.setdefault(number, []).append(node)
        elif node.tag in _RANGES or node.tag in _COMMENT_RANGES:
            content.ranges.setdefault(number, []).append(node)
    _drop_own_ranges(content)
    return content


def _walk(element: Element, skipped: set[Element]) -> Iterator[Element]:
    """The nodes of an element in order, without what is kept as a whole, equations, and some cells."""
    for child in element:
        if child in skipped or not isinstance(child.tag, str):
            continue
        yield child
        if child.tag not in _KEPT and child.tag not in _AS_TEXT and child.tag != TEXT_BOX:
            yield from _walk(child, skipped)


def _what(node: Element) -> str:
    text = "".join(str(part) for part in node.itertext()).strip()
    return shown(text) if text else etree.QName(node).localname


def _drop_own_ranges(content: _Content) -> None:
    """Word's mark of the last edit, and ranges that begin and end in the host around nothing that is kept."""
    pairs: dict[tuple[str, str], list[Element]] = {}
    for marker in (one for number in sorted(content.ranges) for one in content.ranges[number]):
        kind = etree.QName(marker).localname.removesuffix("Start").removesuffix("End")
        pairs.setdefault((kind, marker.get(f"{W}id", "")), []).append(marker)
    doomed: list[Element] = []
    for (kind, _), both in pairs.items():
        if len(both) == 2 and (kind in ("commentRange", "perm") or both[0].get(f"{W}name") == "_GoBack"):
            doomed += both
    for number in list(content.ranges):
        content.ranges[number] = [one for one in content.ranges[number] if one not in doomed]


def _governs_itself(named: list[FoundTag], content: _Content, host: str) -> bool:
    """Whether the tags of a host open blocks, then close them, and nothing else; in a paragraph around all it holds."""
    ends = [one.placed.tag.keyword.startswith("end") for one in named]
    opened = ends.index(True) if True in ends else 0
    if not opened or not all(ends[opened:]) or 2 * opened != len(ends):
        return False
    if match_blocks([one.placed for one in named]) or any(one.placed.tag.mark != "{%" for one in named):
        return False
    return host != "p" or (set(content.texts) <= {opened} and set(content.kept) <= {opened})


def _wrap(element: Element, named: list[FoundTag]) -> None:
    """Put the tags of a host around it."""
    half = len(named) // 2
    for one in named:
        one.node.text = (one.node.text or "").replace(one.text, "", 1)
    if element.tag == P:
        section = element.find(f"{PPR}/{W}sectPr")
        if section is not None:  # it ends behind the last of them
            behind = etree.Element(P)
            etree.SubElement(behind, PPR).append(copy_of(section))
            take_out(section)
            tail, element.tail = element.tail, None
            element.addnext(behind)
            behind.tail = tail
    put_before(element, "".join(lifted_token(one.text) for one in named[:half]))
    put_behind(element, "".join(lifted_token(one.text) for one in named[half:]))


def _remains(paragraph: Element, kept: list[Element], *, last: bool) -> Element | None:
    """A paragraph of what is kept beside a tag; the last one ends the section that the paragraph ended."""
    properties = paragraph.find(PPR)
    section = properties.find(f"{W}sectPr") if properties is not None and last else None
    if section is None and not kept:
        return None
    made = etree.Element(P)
    if properties is not None:
        own = copy_of(properties)
        for old in own.findall(f"{W}sectPr") if not last else []:
            own.remove(old)
        made.append(own)
    for node in kept:
        chain = [parent for parent in node.iterancestors() if _inside(parent, paragraph) and parent is not paragraph]
        holder = made
        for parent in reversed(chain):
            shell = etree.SubElement(holder, parent.tag)
            shell.attrib.update(parent.attrib)
            shape = parent.find(RPR) if parent.tag == RUN else None
            if shape is not None:
                shell.append(copy_of(shape))
            holder = shell
        holder.append(copy_of(node))
    return made


def _labels(tokens: Tokens, row: Element, ones: list[FoundTag], hosts: set[Element]) -> dict[Element, list[Element]]:
    """Cells of a row that begin a merge over rows that stay -> the cells of those rows that continue it."""
    table = ancestor(row, TBL)
    if table is None:
        return {}
    merging = {cell for cell, _, _ in tokens.merges}
    below = list(dropwhile(lambda line: line is not row, rows(table)))[1:]
    following = [(line, {column: cell for cell, column in cells(line)}) for line in below]
    found: dict[Element, list[Element]] = {}
    for cell, column in cells(row):
        hosted = [one for one in ones if _inside(one.node, cell) and one.placed.tag.host not in ("", "tr")]
        if _merge(cell) != "restart" or cell in merging or hosted:
            continue
        continuing: list[Element] = []
        for line, columns in following:
            own = columns.get(column)
            if own is None or _merge(own) != "continue" or own in merging:
                break
            if line not in hosts:
                continuing.append(own)
        if continuing:
            found[cell] = continuing
    return found


def _merge(cell: Element) -> str:
    merge = cell.find(f"{TCPR}/{W}vMerge")
    return "" if merge is None else merge.get(f"{W}val", "continue")


def _carry(tokens: Tokens, row: Element, named: list[FoundTag], carried: dict[Element, list[Element]]) -> None:
    """Print the labels of a row that goes in the first row that follows it."""
    behind = bool(named) and all(one.placed.tag.keyword.startswith("end") for one in named)
    texts = [one.text for one in named]
    for cell, continuing in carried.items():
        name = f"label{len(tokens.pieces)}"
        begin = tokens.source(f"{{% do __label_begins('{name}') %}}")
        (put_behind if behind else put_before)(row, begin)
        for node in cell.iter(T):
            for text in texts:
                node.text = (node.text or "").replace(text, "", 1)
        for own in continuing:
            label = copy_of(cell)
            put_before(own, tokens.source(f"{{% if __label('{name}') %}}"))
            own.addprevious(label)
            label.tail = tokens.source("{% else %}")
            put_behind(own, tokens.source("{% endif %}"))
