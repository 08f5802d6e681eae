"""Which parts and tables of two documents correspond, for revisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from generator.compare.canonical import NOISE, tree
from generator.compare.package_facts import R
from generator.compare.word.block_elements import inner_blocks
from generator.ooxml.package import Package, local
from generator.ooxml.relationships import related_parts, relationships
from generator.ooxml.wordprocessing import W


def part_pairs(old: Package, new: Package, mains: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """The parts of both documents that hold stories: main parts, notes, headers and footers in the order of the sections."""
    yield mains
    sides = [story_parts(package, main) for package, main in ((old, mains[0]), (new, mains[1]))]
    for kind in ("footnotes", "endnotes", "header", "footer"):
        lists = [side.get(kind, []) for side in sides]
        if len(lists[0]) == len(lists[1]):
            yield from zip(*lists, strict=True)


def story_parts(package: Package, main: str) -> dict[str, list[str]]:
    """The parts of notes, headers and footers by their kind."""
    notes = {kind: related_parts(package, main, kind) for kind in ("footnotes", "endnotes")}
    found = {kind: parts for kind, parts in notes.items() if parts}
    links = relationships(package, main)
    for reference in package.xml(main).iter(W + "headerReference", W + "footerReference"):
        link = links.get(reference.get(R + "id", ""))
        if link is not None:
            part, kind = link.target, local(reference)[:6]
            if part not in found.setdefault(kind, []):
                found[kind].append(part)
    return found


def containers(old: etree._Element, new: etree._Element) -> Iterator[tuple[etree._Element, etree._Element]]:
    """The elements of two parts that hold the blocks of one story each."""
    name = local(new)
    if name == "document":
        before, after = old.find(W + "body"), new.find(W + "body")
        if before is not None and after is not None:
            yield before, after
    elif name in ("footnotes", "endnotes"):
        known = {note.get(W + "id"): note for note in old}
        yield from ((known[n.get(W + "id")], n) for n in new if n.get(W + "id") in known)
    else:
        yield old, new


def same_member(old: Package, new: Package, member: str) -> bool:
    """Whether two packages hold a member with the same content."""
    return member in old and member in new and old.read(member) == new.read(member)


def style_ids(old: Package, new: Package) -> dict[str, str]:
    """Ids of the old document's styles -> those of the styles of the same name in the new one."""
    sides: list[dict[tuple[str, str], str]] = []
    for package in (old, new):
        found: dict[tuple[str, str], str] = {}
        if "word/styles.xml" in package:
            for style in package.xml("word/styles.xml").iter(W + "style"):
                name = style.find(W + "name")
                label = name.get(W + "val", "") if name is not None else ""
                found[style.get(W + "type", ""), label.lower()] = style.get(W + "styleId", "")
        sides.append(found)
    return {identity: sides[1][key] for key, identity in sides[0].items() if key in sides[1]}


def text_within(element: etree._Element) -> str:
    """The text of an element, with its tabs and breaks."""
    signs = {"tab": "\t", "br": "\n", "p": "\n"}
    found = element.iter(W + "t", *(W + name for name in signs))
    return "".join(signs.get(local(e), e.text or "") for e in found)


def canonical_forms(properties: Sequence[etree._Element]) -> list[str]:
    """Properties by meaning: order and namespace declarations say nothing."""
    return sorted(repr(tree(element)) for element in properties if local(element) not in NOISE)


def grid_columns(table: etree._Element) -> list[etree._Element]:
    """The columns of a table's grid."""
    return list(table.iterfind(f"{W}tblGrid/{W}gridCol"))


def cells_of(row: etree._Element) -> list[etree._Element]:
    """A row's cells."""
    return [cell for cell in inner_blocks(row) if local(cell) == "tc"]


def row_shape(row: etree._Element) -> list[tuple[str, str]]:
    """How a row's cells are merged; rows of other shapes are other rows."""
    found: list[tuple[str, str]] = []
    for cell in cells_of(row):
        span, merge = cell.find(f"{W}tcPr/{W}gridSpan"), cell.find(f"{W}tcPr/{W}vMerge")
        columns = "1" if span is None else span.get(W + "val", "1")
        found.append((columns, "" if merge is None else merge.get(W + "val", "continue")))
    return found


def all_rows_marked(table: etree._Element) -> bool:
    """Whether all rows of a table came, or went."""
    rows = [row for row in inner_blocks(table) if local(row) == "tr"]
    return all(any(local(m) in ("ins", "del") for m in row.iterfind(W + "trPr/*")) for row in rows)
