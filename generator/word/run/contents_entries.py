"""The entries of a table of contents, written in the look of those of the template."""

from __future__ import annotations

import copy
import re

from lxml import etree

from generator.kept.light_classes import dataclass
from generator.ooxml.package import take_out
from generator.ooxml.wordprocessing import KEEP_SPACE, RUN, Element, P, T, W
from generator.word.run.contents_fields import ContentsField, result_of
from generator.word.run.field_results import results_of
from generator.word.run.heading_styles import Styles, style_of


@dataclass(frozen=True, slots=True)
class ListEntry:
    """An entry: the paragraph that it stands for, its level and text."""

    paragraph: Element
    level: int
    text: str


def plain(text: str) -> str:
    return "".join(text.split())


def is_entry(one: ContentsField, paragraph: Element) -> bool:
    return any(node.tag == T for node in result_of(one, paragraph))


def shown_text(one: ContentsField, paragraph: Element) -> str:
    """The text of an entry, without spaces and its page."""
    pages = {node for field in results_of(paragraph) if field.told.keyword == "PAGEREF" for node in field.texts}
    return plain("".join(node.text or "" for node in result_of(one, paragraph) if node.tag == T and node not in pages))


def entry_models(one: ContentsField, paragraphs: list[Element], styles: Styles) -> dict[int, Element]:
    """Level -> an entry of the template."""
    found: dict[int, Element] = {}
    for paragraph in paragraphs:
        name = styles.names.get(style_of(paragraph, styles), "")
        level = int(name[4:]) if re.fullmatch("toc [1-9]", name) else 1
        if level not in found and next(result_of(one, paragraph), None) is not None:
            found[level] = paragraph
    return found


def entry_paragraph(
    entry: ListEntry, anchor: str, models: dict[int, Element], styles: Styles, *, links: bool, numbers: bool
) -> Element:
    """An entry in the look of the template's entry of its level."""
    model = models.get(entry.level)
    near = model if model is not None else next(iter(models.values()), None)
    made = _empty(near)
    for section in made.iter(f"{W}sectPr"):
        take_out(section)
    if model is None and (style := styles.identity(f"toc {entry.level}")):
        _restyle(made, style)
    look = _look(near)
    holder = made
    if links:
        holder = etree.SubElement(made, f"{W}hyperlink")
        holder.set(f"{W}anchor", anchor)
        holder.set(f"{W}history", "1")
    for number, part in enumerate(entry.text.split("\t")):
        if number:
            etree.SubElement(_run(holder, look), f"{W}tab")
        put_text(holder, look, part)
    if numbers:
        etree.SubElement(_run(holder, look), f"{W}tab")
        put_page(holder, look, anchor, "")
    return made


def _restyle(paragraph: Element, style: str) -> None:
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = etree.SubElement(paragraph, f"{W}pPr")
    own = properties.find(f"{W}pStyle")
    if own is None:
        own = etree.Element(f"{W}pStyle")
        properties.insert(0, own)
    own.set(f"{W}val", style)


def _look(model: Element | None) -> Element | None:
    """The properties of the text of an entry."""
    for run in model.iter(RUN) if model is not None else ():
        if run.find(T) is not None:
            return run.find(f"{W}rPr")
    return None


def _run(parent: Element, look: Element | None) -> Element:
    run = etree.SubElement(parent, RUN)
    if look is not None:
        run.append(copy.deepcopy(look))
    return run


def put_text(parent: Element, look: Element | None, text: str) -> None:
    """Put a run with a text behind what an element holds."""
    node = etree.SubElement(_run(parent, look), T)
    node.text = text
    node.set(KEEP_SPACE, "preserve")


def put_page(parent: Element, look: Element | None, anchor: str, shown: str) -> None:
    """The same with a reference to the page of a bookmark, and what it shows until that is known."""
    for kind in ("begin", "separate", "end"):
        if kind == "separate":
            code = etree.SubElement(_run(parent, look), f"{W}instrText")
            code.text = rf" PAGEREF {anchor} \h "
            code.set(KEEP_SPACE, "preserve")
        mark = etree.SubElement(_run(parent, look), f"{W}fldChar")
        mark.set(f"{W}fldCharType", kind)
        if kind == "separate":
            put_text(parent, look, shown)


def put_entries(one: ContentsField, made: list[Element], parent: Element) -> None:
    """Put new entries between the code of a field and its end; what stands around the field in its paragraphs stays."""
    first, last = one.paragraphs[0], one.paragraphs[-1]
    ends_apart = first is not last and not is_entry(one, last)
    code = _top(one.separate, first) if one.separate is not None else None
    head = [child for child in first if child.tag != f"{W}pPr"]
    head = head[: head.index(code) + 1] if code is not None and code in head else head
    closing = _top(one.end, last)
    tail = [child for child in last if child.tag != f"{W}pPr"]
    tail = tail[tail.index(closing) :] if closing in tail else []
    made = made or [_empty(first)]
    for number, child in enumerate(head):
        made[0].insert(number + (made[0].find(f"{W}pPr") is not None), child)
    if not ends_apart:
        made[-1].extend(tail)
    at = parent.index(first)
    for paragraph in one.paragraphs:
        if paragraph is last and ends_apart:
            for child in [child for child in last if child.tag != f"{W}pPr" and child not in tail]:
                last.remove(child)
        elif paragraph.getparent() is not None:
            take_out(paragraph)
    parent[at:at] = made  # at once: each insertion by a number walks there


def _empty(model: Element | None) -> Element:
    made = etree.Element(P)
    properties = None if model is None else model.find(f"{W}pPr")
    if properties is not None:
        made.append(copy.deepcopy(properties))
    return made


def _top(element: Element, paragraph: Element) -> Element:
    """The child of a paragraph that holds an element."""
    while (above := element.getparent()) is not None and above is not paragraph:
        element = above
    return element
