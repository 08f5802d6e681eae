"""Tables of contents, of figures and of tables: their entries are those of the document as it was printed.

A field TOC (ECMA-376 part 1 §17.16.5.68) keeps the entries of its last refresh. Here they are made anew from the headings,
or captions, of the rendered body, in the look of the template's entries. Pages are known only to a program that lays the
document out: new entries have none, and the field is marked for refreshing.
"""

from __future__ import annotations

import re

from lxml import etree

from generator.ooxml.package import Package, parse_xml, part_bytes
from generator.ooxml.stated_numbers import digits
from generator.ooxml.wordprocessing import FIELD_MARK, TEXT_BOX, Element, P, W, ancestor
from generator.word.run.contents_entries import (
    ListEntry,
    entry_models,
    entry_paragraph,
    is_entry,
    plain,
    put_entries,
    shown_text,
)
from generator.word.run.contents_fields import UNREAD, ContentsField, contents_fields, is_whole
from generator.word.run.field_results import refresh, results_of
from generator.word.run.heading_labels import Label, read_labels
from generator.word.run.heading_styles import Styles, labelled, level_of, read_styles, shown_words

_FIRST_MARK = 600_000_000  # Word names the bookmarks of headings _Toc with nine digits


def rebuilt(content: bytes, package: Package, main: str, numbering: bytes | None) -> bytes:
    """A rendered body whose tables of contents list what it holds.

    Args:
        content: the body's part.
        package: the template.
        main: the part's name.
        numbering: the numbering part as rendered.
    """
    root = parse_xml(content, part=main)
    fields = contents_fields(root)
    if not fields:
        return content
    styles = read_styles(package, main)
    labels = read_labels(None if numbering is None else parse_xml(numbering, part="numbering"))
    inside = {id(paragraph) for one in fields for paragraph in one.paragraphs}
    numbered = labelled(root, styles, labels)
    marks = _Marks(root)
    changed = False
    for one in fields:
        entries = _entries(root, one, styles, numbered, inside)
        # where its entries stay, their pages may be others than the template's
        changed = refresh(one.begin.find(FIELD_MARK)) or changed
        if entries is not None and _made_anew(one, entries, styles, marks):
            changed = True
    return part_bytes(root) if changed else content


def _entries(
    root: Element, one: ContentsField, styles: Styles, numbered: dict[Element, Label], inside: set[int]
) -> list[ListEntry] | None:
    """What a table of contents lists; None for one that chooses by what is not read here."""
    switches = one.told.switches
    if UNREAD & switches.keys():
        return None
    caption = switches.get("c", switches.get("a"))
    first, last = _range(switches["o"]) if "o" in switches else (1, 9 if not {"t", "u"} & switches.keys() else 0)
    chosen = _chosen(switches.get("t", ""))
    entries: list[ListEntry] = []
    part = _within(root, switches["b"]) if "b" in switches else None
    for paragraph in root.iter(P):
        elsewhere = part is not None and paragraph not in part
        if elsewhere or id(paragraph) in inside or ancestor(paragraph, TEXT_BOX) is not None:
            continue
        if caption is not None:
            level = 1 if _counts(paragraph, caption) else 0
        else:
            level = level_of(paragraph, styles, chosen, (first, last), outlines="u" in switches)
        text = shown_words(paragraph) if level else ""
        if text:
            label = numbered.get(paragraph)
            entries.append(ListEntry(paragraph, level, f"{label.text}\t{text}" if label and label.text else text))
    return entries


def _within(root: Element, name: str) -> set[Element]:
    """The paragraphs that a bookmark reaches over."""
    found: set[Element] = set()
    identity = ""
    for element in root.iter(P, f"{W}bookmarkStart", f"{W}bookmarkEnd"):
        if element.tag == P and identity:
            found.add(element)
        elif element.tag == f"{W}bookmarkStart" and element.get(f"{W}name", "").lower() == name.lower():
            identity = element.get(f"{W}id", "")
            if (paragraph := ancestor(element, P)) is not None:
                found.add(paragraph)
        elif element.tag == f"{W}bookmarkEnd" and identity and element.get(f"{W}id") == identity:
            break
    return found


def _range(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    least, most = digits(first.strip()), digits(last.strip())
    return (1, 9) if least is None or most is None else (least, most)


def _chosen(text: str) -> dict[str, int]:
    """Style name -> level, of `\\t "标题甲,1,标题乙,2"`."""
    parts = [part.strip() for part in re.split("[,;，；]", text)]
    levels = map(digits, parts[1::2])
    return {name.lower(): level for name, level in zip(parts[::2], levels, strict=False) if level is not None}


def _counts(paragraph: Element, name: str) -> bool:
    """Whether a paragraph holds a number of a sequence: a caption."""
    return any(one.told.keyword == "SEQ" and one.told.argument == name for one in results_of(paragraph))


class _Marks:
    """The bookmarks of a body, and new ones for headings."""

    def __init__(self, root: Element):
        marks = list(root.iter(f"{W}bookmarkStart"))
        self._ids = {mark.get(f"{W}id", "") for mark in marks}
        self._names = {mark.get(f"{W}name", "") for mark in marks}
        self._next = _FIRST_MARK

    def of(self, paragraph: Element) -> str:
        """The bookmark of a heading."""
        for mark in paragraph.iter(f"{W}bookmarkStart"):
            if (name := mark.get(f"{W}name", "")).startswith("_Toc"):
                return name
        self._next += 1
        while f"_Toc{self._next}" in self._names or str(self._next) in self._ids:
            self._next += 1
        name, identity = f"_Toc{self._next}", str(self._next)
        start = etree.Element(f"{W}bookmarkStart")
        start.set(f"{W}id", identity)
        start.set(f"{W}name", name)
        end = etree.SubElement(paragraph, f"{W}bookmarkEnd")
        end.set(f"{W}id", identity)
        paragraph.insert(1 if paragraph.find(f"{W}pPr") is not None else 0, start)
        return name


def _made_anew(one: ContentsField, entries: list[ListEntry], styles: Styles, marks: _Marks) -> bool:
    """Put the entries into a table of contents; whether it changed."""
    parent = one.paragraphs[0].getparent()
    if parent is None or not is_whole(one):
        return False
    old = [paragraph for paragraph in one.paragraphs if is_entry(one, paragraph)]
    if [shown_text(one, paragraph) for paragraph in old] == [plain(entry.text) for entry in entries]:
        return False
    models = entry_models(one, old or one.paragraphs, styles)
    hyperlinks, numbers = r"\h" in one.code, r"\n" not in one.code
    made = [
        entry_paragraph(entry, marks.of(entry.paragraph), models, styles, links=hyperlinks, numbers=numbers)
        for entry in entries
    ]
    put_entries(one, made, parent)
    return True
