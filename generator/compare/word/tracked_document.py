"""A Word document with its differences from an older one as revisions, to be accepted or rejected one by one."""

from __future__ import annotations

import copy
import posixpath

from lxml import etree

from generator.compare.align import align
from generator.compare.compare import compare
from generator.compare.difference import Comparison
from generator.compare.package_facts import R
from generator.compare.text_changes import similarity
from generator.compare.word.block_elements import inner_blocks
from generator.compare.word.settle_revisions import settle, settled
from generator.compare.word.table_differences import row_similarity
from generator.compare.word.tracked_parts import (
    all_rows_marked,
    canonical_forms,
    cells_of,
    containers,
    grid_columns,
    part_pairs,
    row_shape,
    same_member,
    style_ids,
    text_within,
)
from generator.compare.word.tracked_runs import Author, atoms, marked, note_look, tracked_content
from generator.diagnostics import InvalidDocument
from generator.diagnostics.catalogue import diagnostic
from generator.ooxml.overlay import Overlay
from generator.ooxml.package import Package, Source, local, open_package, take_out
from generator.ooxml.relationships import content_type_of, main_document, relationships
from generator.ooxml.wordprocessing import W, insert_before

_R_NAMES = (R + "id", R + "embed", R + "link", R + "pict")


def tracked(a: Source, b: Source, author: str = "generator") -> bytes:
    """Document `b` with its differences from `a` as revisions: text, paragraphs, moves, rows and tables, formats of characters
    and paragraphs; in the body, headers, footers and notes that both have.

    Revisions that `a` and `b` hold already are taken as accepted. Definitions (styles, lists, page setup) are those of `b`.

    Raises:
        Failure: a file is missing.
        InvalidDocument: a file is damaged, or is no Word document.
    """
    old, new = open_package(a), open_package(b)
    for package in (old, new):
        if not main_document(package).startswith("word/"):
            raise InvalidDocument([diagnostic("compare-tracked-kind", name=package.name or "(bytes)")])
    mains = main_document(old), main_document(new)
    overlay = Overlay(new)
    writing = _Writing(old, overlay, Author(author))
    for one, other in part_pairs(old, new, mains):
        before, after = old.xml(one), new.xml(other)
        settle(before, accept=True)
        settle(after, accept=True)
        story = _Story(writing, one, other)
        for container, partner in containers(before, after):
            story.blocks(container, partner)
            story.section(container, partner)
        overlay.write_xml(other, after)
        if story.links:
            overlay.relate(other, story.links)
    writing.finish()
    return overlay.build()


def untracked(a: Source, content: bytes, level: str = "structure") -> Comparison:
    """What rejecting every revision of a tracked document does not bring back of `a`: no revision of Word says it."""
    return compare(a, settled(content, accept=False), level=level)


class _Writing:
    """What all stories share: both packages, what is taken over from the old one."""

    def __init__(self, old: Package, overlay: Overlay, author: Author):
        self.old, self.overlay, self.author = old, overlay, author
        self.new = new = overlay.package
        self.added: dict[str, bytes] = {}
        self.styles = style_ids(old, new)
        self.same_lists = same_member(old, new, "word/numbering.xml")
        self.moves = 0

    def part(self, member: str) -> str:
        """The member of the new package that holds a part of the old one: one with the same bytes, or a copy."""
        data = self.old.read(member)
        if member in self.new and self.new.read(member) == data:
            return member
        stem, suffix = posixpath.splitext(member)
        name, number = member, 0
        while (name in self.new or name in self.added) and self.added.get(name) != data:
            number += 1
            name = f"{stem}-old{number}{suffix}"
        self.added[name] = data
        return name

    def finish(self) -> None:
        """Write what the package gains."""
        if not self.added:
            return
        known, before = content_type_of(self.new), content_type_of(self.old)
        types: list[tuple[str, str]] = []
        for name in self.added:
            stem, _, _ = name.partition("-old")
            type_ = before(name) or next((before(m) for m in self.old.members if m.startswith(stem) and before(m)), "")
            if type_ and known(name) != type_:
                types.append((name, type_))
        self.overlay.write_all(self.added)
        self.overlay.declare(*types)


class _Story:
    """One part: blocks of the old one come into the new one as deleted."""

    def __init__(self, writing: _Writing, old_part: str, new_part: str):
        self.writing, self.author = writing, writing.author
        self.old_part, self.new_part = old_part, new_part
        self.old_links = relationships(writing.old, old_part)
        self.new_links = relationships(writing.new, new_part)
        self.links: list[tuple[str, str, str, bool]] = []

    def adopt(self, element: etree._Element) -> etree._Element:
        """A copy of an element of the old document that stands in the new one: links, styles, lists by its names."""
        found = copy.deepcopy(element)
        for inner in list(found.iter()):
            name = local(inner)
            if name in ("pStyle", "rStyle", "tblStyle"):
                identity = self.writing.styles.get(inner.get(W + "val", ""))
                if identity is None:
                    take_out(inner)
                else:
                    inner.set(W + "val", identity)
            elif name in ("sectPr", "commentReference", "commentRangeStart", "commentRangeEnd") or (
                name == "numPr" and not self.writing.same_lists
            ):
                take_out(inner)
            for key in _R_NAMES:
                if key in inner.attrib:
                    self._link(inner, key)
        return found

    def _link(self, element: etree._Element, key: str) -> None:
        link = self.old_links.get(str(element.get(key)))
        if link is None:
            return
        type_, external = link.type, link.external
        target = link.target if external else self.writing.part(link.target)
        for identity, new in self.new_links.items():
            if (new.type, new.external, new.target) == (type_, external, target):
                element.set(key, identity)
                return
        identity = next((known for known, kind, other, _ in self.links if (kind, other) == (type_, target)), "")
        if not identity:
            identity = f"rIdOld{len(self.links) + 1}"
            self.links.append((identity, type_, target, external))
        element.set(key, identity)

    def blocks(self, old: etree._Element, new: etree._Element) -> None:
        """Mark what differs between the blocks of two containers, in the new one."""
        before, after = ([e for e in inner_blocks(c) if local(e) in ("p", "tbl")] for c in (old, new))
        texts = [[text_within(e) for e in side] for side in (before, after)]
        keys = [[(local(e), text_within(e)) for e in side] for side in (before, after)]
        aligned = align(
            *keys,
            similarity=lambda i, j: similarity(texts[0][i], texts[1][j]) if keys[0][i][0] == keys[1][j][0] else 0.0,
            movable=lambda i: len(texts[0][i].strip()) > 1,
            compatible=lambda i, j: keys[0][i][0] == keys[1][j][0],
        )
        moves = {pair: self._move() for pair in aligned.moved if keys[0][pair[0]][0] == "p"}
        from_move = {i: name for (i, _), name in moves.items()}
        to_move = {j: name for (_, j), name in moves.items()}
        partners = dict(aligned.pairs)
        waiting: list[etree._Element] = []
        for i, element in enumerate(before):
            if i not in partners:
                waiting.append(self._gone(element, from_move.get(i)))
                continue
            anchor = after[partners[i]]
            for block in waiting:
                anchor.addprevious(block)
            waiting = []
        last = new[-1] if len(new) and local(new[-1]) == "sectPr" else None
        for block in waiting:
            insert_before(new, block, last)
        for i, j in aligned.pairs:
            if local(after[j]) == "p":
                self._paragraph(before[i], after[j])
            else:
                self._table(before[i], after[j])
        for j in sorted([*aligned.inserted, *(j for _, j in aligned.moved)]):
            self._mark_block(after[j], "ins", to_move.get(j))
        self._keep_tables_apart(new)

    def section(self, old: etree._Element, new: etree._Element) -> None:
        """Note the old page setup of the last section."""
        before, after = old.find(W + "sectPr"), new.find(W + "sectPr")
        if before is None or after is None:
            return
        sides = [
            [copy.deepcopy(c) for c in s if local(c) not in ("headerReference", "footerReference")]
            for s in (before, after)
        ]
        if canonical_forms(sides[0]) != canonical_forms(sides[1]):
            change = self.author.mark("sectPrChange")
            etree.SubElement(change, W + "sectPr").extend(sides[0])
            after.append(change)

    def _move(self) -> str:
        self.writing.moves += 1
        return f"move{self.writing.moves}"

    def _keep_tables_apart(self, container: etree._Element) -> None:
        """Tables that touch become one: a paragraph that nobody keeps stands between them."""
        for table in list(container.iterfind(W + "tbl")):
            following = table.getnext()
            if following is None or local(following) != "tbl":
                continue
            if all_rows_marked(table) or all_rows_marked(following):
                paragraph = etree.Element(W + "p")
                mark = etree.SubElement(etree.SubElement(paragraph, W + "pPr"), W + "rPr")
                mark.extend((self.author.mark("ins"), self.author.mark("del")))
                table.addnext(paragraph)

    def _gone(self, element: etree._Element, move: str | None) -> etree._Element:
        found = self.adopt(element)
        self._mark_block(found, "del", move)
        return found

    def _mark_block(self, element: etree._Element, kind: str, move: str | None) -> None:
        if local(element) == "tbl":
            for row in inner_blocks(element):
                if local(row) == "tr":
                    self._mark_row(row, kind)
            return
        wrap = {"del": "moveFrom", "ins": "moveTo"}[kind] if move else kind
        pieces, rest = atoms(element)
        own = element.find(W + "pPr")
        for child in list(element):
            if child is not own:
                element.remove(child)
        # text that moved away keeps `w:t`: only `w:del` has `w:delText`
        element.extend(marked(pieces, "ins" if move and kind == "del" else kind, self.author, wrap))
        if kind == "ins":
            element.extend(rest)
        self._mark_paragraph(element, wrap)
        if move:
            start, end = self.author.mark(f"{wrap}RangeStart"), self.author.mark(f"{wrap}RangeEnd")
            start.set(W + "name", move)
            end.set(W + "id", start.get(W + "id", ""))
            del end.attrib[W + "author"]
            place = 1 if element.find(W + "pPr") is not None else 0
            element.insert(place, start)
            element.append(end)

    def _mark_paragraph(self, element: etree._Element, kind: str) -> None:
        own = element.find(W + "pPr")
        if own is None:
            own = etree.Element(W + "pPr")
            element.insert(0, own)
        look = own.find(W + "rPr")
        if look is None:
            look = etree.Element(W + "rPr")
            insert_before(own, look, own.find(W + "sectPr"))
        look.insert(0, self.author.mark(kind))

    def _mark_row(self, row: etree._Element, kind: str) -> None:
        own = row.find(W + "trPr")
        if own is None:
            own = etree.Element(W + "trPr")
            exception = row.find(W + "tblPrEx")
            row.insert(0, own) if exception is None else exception.addnext(own)
        own.append(self.author.mark(kind))
        for cell in row.iter(W + "tc"):
            for block in list(inner_blocks(cell)):
                if local(block) == "p":
                    self._mark_block(block, kind, None)

    def _paragraph(self, old: etree._Element, new: etree._Element) -> None:
        adopted = self.adopt(old)
        content = tracked_content(adopted, new, self.author)
        own = new.find(W + "pPr")
        for child in list(new):
            if child is not own:
                new.remove(child)
        new.extend(content)
        self._paragraph_format(adopted.find(W + "pPr"), new)

    def _paragraph_format(self, before: etree._Element | None, paragraph: etree._Element) -> None:
        after = paragraph.find(W + "pPr")
        sides = [
            [c for c in (own if own is not None else ()) if local(c) not in ("rPr", "sectPr", "pPrChange")]
            for own in (before, after)
        ]
        mark = before.find(W + "rPr") if before is not None else None
        plain = [canonical_forms(side) for side in sides]
        if plain[0] == plain[1] and mark is None and (after is None or after.find(W + "rPr") is None):
            return
        if after is None:
            after = etree.Element(W + "pPr")
            paragraph.insert(0, after)
        note_look(after, mark, self.author)
        if plain[0] != plain[1]:
            change = self.author.mark("pPrChange")
            etree.SubElement(change, W + "pPr").extend(copy.deepcopy(child) for child in sides[0])
            after.append(change)
        if not len(after):
            paragraph.remove(after)

    def _properties(self, old: etree._Element, new: etree._Element, name: str) -> None:
        """Note the old properties of a table, row or cell in the new ones."""
        before, after = old.find(W + name), new.find(W + name)
        held = list(self.adopt(before)) if before is not None else []
        now = list(after) if after is not None else []
        if canonical_forms(held) == canonical_forms(now):
            return
        if after is None:
            after = etree.Element(W + name)
            exception = new.find(W + "tblPrEx")
            new.insert(0, after) if exception is None else exception.addnext(after)
        change = self.author.mark(f"{name}Change")
        if name == "tblGrid":
            del change.attrib[W + "author"]  # CT_TblGridChange has none
        etree.SubElement(change, W + name).extend(held)
        after.append(change)

    def _table(self, old: etree._Element, new: etree._Element) -> None:
        before, after = ([r for r in inner_blocks(t) if local(r) == "tr"] for t in (old, new))
        shapes = [[row_shape(row) for row in side] for side in (before, after)]
        if len(grid_columns(old)) != len(grid_columns(new)):
            new.addprevious(self._gone(old, None))
            self._mark_block(new, "ins", None)
            return
        cells = [[[text_within(c) for c in cells_of(row)] for row in side] for side in (before, after)]
        aligned = align(
            *[[tuple(row) for row in side] for side in cells],
            similarity=lambda i, j: row_similarity(cells[0][i], cells[1][j]),
        )
        pairs = [(i, j) for i, j in aligned.pairs if shapes[0][i] == shapes[1][j]]
        partners = dict(pairs)
        come = set(range(len(after))) - set(partners.values())
        waiting: list[etree._Element] = []
        for i, row in enumerate(before):
            if i in partners:
                for gone in waiting:
                    after[partners[i]].addprevious(gone)
                waiting = []
                continue
            gone = self.adopt(row)
            self._mark_row(gone, "del")
            waiting.append(gone)
        new.extend(waiting)
        for name in ("tblPr", "tblGrid"):
            self._properties(old, new, name)
        for i, j in pairs:
            self._properties(before[i], after[j], "trPr")
            for one, other in zip(cells_of(before[i]), cells_of(after[j]), strict=True):
                self._properties(one, other, "tcPr")
                self.blocks(one, other)
        for j in come:
            self._mark_row(after[j], "ins")
