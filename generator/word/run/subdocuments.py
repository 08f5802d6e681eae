"""Sub-documents as values: `{{p 附件 }}` prints the body of another document, with what it needs.

Styles are found by type and name in the template, as docxcompose does, and added where it has none; numberings start
anew; pictures, charts, embedded files, links, footnotes and endnotes are carried over. Headers, footers, comments and
the last section's page settings stay behind.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Callable
from typing import Any

from generator.kept.light_classes import dataclass
from generator.ooxml.package import read_bytes
from generator.ooxml.relationships import (
    Relationship,
    content_type_of,
    moved_links,
    relationships,
    relationships_member,
    resolve,
)
from generator.ooxml.wordprocessing import W
from generator.word.run.additions import Part
from generator.word.run.merged_documents import MARKED, Prepared, prepare


@dataclass(frozen=True)
class SubDocument:
    """A document that a template prints among its own blocks; it holds the content, nothing of a template."""

    content: bytes
    name: str = ""

    def blocks(self, part: Part) -> str:
        """Its blocks, as XML for a part."""
        return _Printing(prepare(self.content), self.content, part).blocks()


def subdocument(source: Any) -> SubDocument:
    """A document as a value of a context, printed by `{{p … }}`.

    Args:
        source: path, bytes or binary file of a .docx, or a `docx.Document` of python-docx.

    Raises:
        Failure: there is no such file.
        InvalidDocument: it cannot be read.
        InvalidTemplate: it is no Word document.
    """
    if hasattr(source, "part") and hasattr(source, "save"):
        buffer = io.BytesIO()
        source.save(buffer)
        source = buffer.getvalue()
    name, content = read_bytes(source)
    prepare(content)  # what is wrong with it is told here, not while a template renders
    return SubDocument(content, name)


class _Printing:
    """One sub-document printed once, into one part of one rendering."""

    def __init__(self, prepared: Prepared, content: bytes, part: Part):
        self.prepared = prepared
        self.part = part
        self.all = part.additions
        self.source = f"{hash(content)}"
        self.made: dict[tuple[str, str], str] = {}
        self.content_type: Callable[[str], str] | None = None
        self.copied: dict[str, str] = {}

    def blocks(self) -> str:
        return self._fill(self.prepared.body, self.part.member)

    def _fill(self, text: str, member: str, own: str = "") -> str:
        def filled(match: re.Match[str]) -> str:
            kind, key = match[1], match[2]
            if kind == "self":
                return own
            if kind in ("rel", "footnoterel", "endnoterel"):
                return self._relationship(kind, key, member)
            if kind in ("paragraph", "character", "table", "numbering"):
                return self._style(kind, key)
            known = self.made.get((kind, key))
            if known is None:
                known = self.made[kind, key] = getattr(self, f"_{kind}")(key)
            return known

        return MARKED.sub(filled, text)

    def _style(self, kind: str, identity: str) -> str:
        known = self.all.style_map.get((self.source, identity))
        if known is not None:
            return known
        found = self.prepared.styles.get(identity)
        if found is None:  # Word takes an undeclared style for the default one
            return self.all.ground.default_styles.get(kind, identity)
        type_, name, xml = found
        ground = self.all.ground
        there = ground.styles.get((type_, name.lower()))
        if there is not None:
            self.all.style_map[self.source, identity] = there
            return there
        new, number = identity, 0
        while new in ground.style_ids or new in self.all.styles:
            number += 1
            new = f"{identity}{number}"
        self.all.style_map[self.source, identity] = new
        self.all.styles[new] = ""  # keeps its place while the styles that it is based on are added
        filled = self._fill(xml, ground.member("styles"), new)
        self.all.styles[new] = filled
        return new

    def _num(self, identity: str) -> str:
        found = self.prepared.numbers.get(identity)
        if found is None or found[0] not in self.prepared.abstracts:
            return "0"
        ground = self.all.ground
        abstract = str(self.all.next("abstract", ground.last_abstract))
        number = str(self.all.next("number", ground.last_number))
        self.made["num", identity] = number  # a style of the numbering may refer back to it
        member = ground.member("numbering")
        self.all.abstract_numbers.append(self._fill(self.prepared.abstracts[found[0]], member, abstract))
        overrides = self._fill(found[1], member)
        self.all.numbers.append(
            f'<w:num xmlns:w="{W[1:-1]}" w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'
        )
        return number

    def _count(self, style: str) -> str:
        """A numbering of its own for the paragraphs that a style counts."""
        ground = self.all.ground
        here = self._style("paragraph", style)
        if here in self.all.styles:  # carried over, and its numbering with it
            return self._num(self.prepared.counting[style][0])
        if here not in ground.numbered_styles:
            return "0"
        numbering, level = ground.numbered_styles[here]
        return self.all.started(ground.abstracts[numbering], level)

    def _bookmark(self, _: str) -> str:
        return str(self.all.next("bookmark", self.all.ground.last_bookmark))

    def _name(self, name: str) -> str:
        new, number = name, 0
        while new.casefold() in self.all.bookmark_names:
            number += 1
            new = f"{name[:36]}_{number}"
        self.all.bookmark_names.add(new.casefold())
        return new

    def _drawing(self, _: str) -> str:
        return str(self.all.drawing_id())

    def _footnote(self, identity: str) -> str:
        return self._note("footnote", identity)

    def _endnote(self, identity: str) -> str:
        return self._note("endnote", identity)

    def _note(self, kind: str, identity: str) -> str:
        ground = self.all.ground
        new = str(self.all.next(kind, ground.last_note[kind]))
        member = ground.member(f"{kind}s")
        xml = self.prepared.notes.get((kind, identity))
        if xml is not None:
            self.all.notes.setdefault(kind, []).append(self._fill(xml, member, new))
        return new

    def _relationship(self, kind: str, identity: str, member: str) -> str:
        source = self.prepared.main
        if kind != "rel":
            source = resolve(source, f"{kind.removesuffix('rel')}s.xml")
        key = (f"{kind} {member}", identity)
        if key not in self.made:
            found = relationships(self.prepared.package, source).get(identity)
            if found is None:
                return identity
            self.made[key] = self._carried(found, member)
        return self.made[key]

    def _carried(self, found: Relationship, member: str) -> str:
        target = found.target if found.external else self._copy(found.target)
        return self.all.relate(member, found.type, target, external=found.external)

    def _copy(self, member: str) -> str:
        """Carry a part over, and what it relates to; a picture that is there already is used again."""
        if member in self.copied:
            return self.copied[member]
        package = self.prepared.package
        if self.content_type is None:
            self.content_type = content_type_of(package)
        content, type_ = package.read(member), self.content_type(member)
        related = relationships(package, member)
        if type_.startswith("image/") and not related:
            self.copied[member] = self.all.add_media(content, posixpath.splitext(member)[1][1:].lower(), type_)
            return self.copied[member]
        name = self.all.add_part(f"word/{member.removeprefix('word/')}", content, type_)
        self.copied[member] = name
        if related:
            there = [link.target for link in related.values() if not link.external and link.target in package]
            moved = {target: self._copy(target) for target in there}
            self.all.new_members[relationships_member(name)] = moved_links(package, member, name, moved)
        return name
