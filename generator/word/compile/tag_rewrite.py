"""Tokens put into texts in the place of tags, whatever runs these were split over."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from generator.ooxml.package import take_out
from generator.ooxml.wordprocessing import (
    DELETED,
    DELETED_INSTRUCTION,
    INSTRUCTION,
    KEEP_SPACE,
    RPR,
    RUN,
    Element,
    T,
    W,
)
from generator.word.compile.tokens import hide

TEXTS = {T, INSTRUCTION, DELETED, DELETED_INSTRUCTION}
_BETWEEN = {f"{W}{name}" for name in ("proofErr", "lastRenderedPageBreak", "br", "tab", "softHyphen")}


def starts_of(nodes: list[Element]) -> list[int]:
    """Where each of the texts begins in all of them together, and where the last ends."""
    return [0, *accumulate(len(node.text or "") for node in nodes)]


def index_of(starts: list[int], position: int) -> int:
    """Which of the texts that begin at `starts` a position stands in."""
    return max(0, bisect_right(starts, position, hi=len(starts) - 1) - 1)


def rewrite(paragraph: Element, nodes: list[Element], starts: list[int], replaced: list[tuple[int, int, str]]) -> None:
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
                pieces[index].append(hide(text[position - start : span[0] - start]) + span[2])
                if span[1] > end:
                    between.append((index, index_of(starts, span[1] - 1)))
            position = max(position, span[1])
            if span[1] > end:
                break
            span = next(spans, None)
        if position < end:
            pieces[index].append(hide(text[position - start :]))
    for node, parts in zip(nodes, pieces, strict=True):
        text = "".join(parts)
        if text != node.text:
            node.text = text
            if text != text.strip() and node.tag == T:
                node.set(KEEP_SPACE, "preserve")
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
        if inside and (element.tag in _BETWEEN or (element.tag in (T, INSTRUCTION) and not element.text)):
            doomed.append(element)
        if element is last:
            break
    for element in doomed:
        take_from_run(element)


def take_from_run(node: Element) -> None:
    """Remove an element, and its run if nothing is left of it."""
    run = node.getparent()
    if run is None:
        return
    run.remove(node)
    if run.tag == RUN and all(child.tag == RPR for child in run):
        take_out(run)
