"""What additions to a document must know of its template: members, styles, numberings, the highest ids."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from lxml import etree

from generator.kept.light_classes import dataclass
from generator.ooxml.package import Package
from generator.ooxml.relationships import related_part, related_root
from generator.ooxml.stated_numbers import whole
from generator.ooxml.wordprocessing import W, value_of
from generator.word.run.inherited_styles import inherited


@dataclass(frozen=True)
class Ground:
    """What additions must know of a template's package; read once, on first use.

    Args:
        package: the template.
        main: the member name of its main document.
    """

    package: Package
    main: str

    @cached_property
    def members(self) -> frozenset[str]:
        """Every member's name, in lower case: readers on Windows do not tell case apart."""
        return frozenset(name.lower() for name in self.package.members)

    @cached_property
    def media(self) -> Mapping[str, str]:
        """SHA-256 of a picture -> the member that holds it already."""
        return {
            hashlib.sha256(self.package.read(name)).hexdigest(): name
            for name in self.package.members
            if name.startswith("word/media/")
        }

    @cached_property
    def styles(self) -> Mapping[tuple[str, str], str]:
        """Type and lower-case name of a style -> its id."""
        return {
            (style.get(f"{W}type", "paragraph"), value_of(style, "name").lower()): style.get(f"{W}styleId", "")
            for style in self._children("styles", "style")
            if style.find(f"{W}name") is not None
        }

    @cached_property
    def default_styles(self) -> Mapping[str, str]:
        """Type of a style -> the id of its default."""
        return {
            style.get(f"{W}type", "paragraph"): style.get(f"{W}styleId", "")
            for style in self._children("styles", "style")
            if style.get(f"{W}default") in ("1", "true", "on")
        }

    @cached_property
    def style_ids(self) -> frozenset[str]:
        return frozenset(style.get(f"{W}styleId", "") for style in self._children("styles", "style"))

    @cached_property
    def abstracts(self) -> Mapping[str, str]:
        """Id of a numbering -> the abstract numbering behind it."""
        return abstract_numbers(self._children("numbering", "num"))

    @cached_property
    def numbered_styles(self) -> Mapping[str, tuple[str, str]]:
        """Id of a paragraph style that counts its paragraphs -> numbering and level."""
        return counting_styles(
            self._children("styles", "style"), self._children("numbering", "abstractNum"), self.abstracts
        )

    @cached_property
    def bulleted_styles(self) -> frozenset[str]:
        """Paragraph styles that stand in a list and do not count."""
        own = {
            style.get(f"{W}styleId", ""): style
            for style in self._children("styles", "style")
            if style.get(f"{W}type", "paragraph") == "paragraph"
        }
        bases = {identity: value_of(style, "basedOn") for identity, style in own.items()}
        numbers = {
            identity: number for identity, style in own.items() if (number := value_of(style, "pPr", "numPr", "numId"))
        }
        return frozenset(
            identity
            for identity, number in inherited(bases, numbers).items()
            if number in self.abstracts and identity not in self.numbered_styles
        )

    @cached_property
    def restarts(self) -> Mapping[str, str]:
        """Id of a numbering -> its overrides, as XML, with one for each level that lets it begin anew."""
        starts = {
            item.get(f"{W}abstractNumId", ""): {
                level.get(f"{W}ilvl", "0"): start.get(f"{W}val", "1")
                for level in item.findall(f"{W}lvl")
                if (start := level.find(f"{W}start")) is not None
            }
            for item in self._children("numbering", "abstractNum")
        }
        return {
            item.get(f"{W}numId", ""): _restarted(
                item, starts.get(self.abstracts.get(item.get(f"{W}numId", ""), ""), {})
            )
            for item in self._children("numbering", "num")
        }

    @cached_property
    def last_number(self) -> int:
        """The highest id of a numbering."""
        return max(
            (whole(item.get(f"{W}numId", 0), signed=True) for item in self._children("numbering", "num")), default=0
        )

    @cached_property
    def last_abstract(self) -> int:
        """The highest id of an abstract numbering."""
        items = self._children("numbering", "abstractNum")
        return max((whole(item.get(f"{W}abstractNumId", 0), signed=True) for item in items), default=-1)

    @cached_property
    def last_note(self) -> Mapping[str, int]:
        """The highest id of footnotes and endnotes."""
        return {
            kind: max(
                (whole(note.get(f"{W}id", 0), signed=True) for note in self._children(f"{kind}s", kind)), default=0
            )
            for kind in ("footnote", "endnote")
        }

    @cached_property
    def last_bookmark(self) -> int:
        """The highest id of a bookmark in any part."""
        ids = [0]
        for name in self.package.members:
            if name.startswith("word/") and name.endswith(".xml") and name.count("/") == 1:
                ids += map(int, re.findall(rb'<w:bookmarkStart\b[^>]*? w:id="(\d+)"', self.package.read(name)))
        return max(ids)

    def member(self, kind: str) -> str:
        """The part of the document that a kind of relationship leads to, such as `styles`; where it would be if it has none."""
        return related_part(self.package, self.main, kind) or f"{posixpath.dirname(self.main)}/{kind}.xml"

    def _children(self, part: str, tag: str) -> list[etree._Element]:
        root = related_root(self.package, self.main, part)
        return [] if root is None else root.findall(f"{W}{tag}")


def _restarted(number: etree._Element, starts: Mapping[str, str]) -> str:
    """The overrides of a numbering that begins anew: ECMA-376 part 1 §17.9.27 wants a start for each level."""
    own = {override.get(f"{W}ilvl", "0"): override for override in number.findall(f"{W}lvlOverride")}
    made = []
    for level in sorted({*own, *starts, "0"}, key=int):
        override = own.get(level)
        start = None if override is None else override.find(f"{W}startOverride")
        other = None if override is None else override.find(f"{W}lvl")
        value = starts.get(level, "1") if start is None else start.get(f"{W}val", "1")
        definition = "" if other is None else etree.tostring(other, encoding="unicode", with_tail=False)
        made.append(f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{value}"/>{definition}</w:lvlOverride>')
    return "".join(made)


def abstract_numbers(numberings: Iterable[etree._Element]) -> dict[str, str]:
    """Id of each numbering -> the abstract numbering behind it."""
    return {
        item.get(f"{W}numId", ""): value_of(item, "abstractNumId")
        for item in numberings
        if item.find(f"{W}abstractNumId") is not None
    }


def counting_styles(
    styles: Iterable[etree._Element], numberings: Iterable[etree._Element], abstracts: Mapping[str, str]
) -> dict[str, tuple[str, str]]:
    """Paragraph styles that count their paragraphs -> numbering and level; bullets and headings do not count.

    Args:
        styles: the styles of a document.
        numberings: its abstract numberings.
        abstracts: id of a numbering -> the abstract numbering behind it.
    """
    counted = {
        item.get(f"{W}abstractNumId", "")
        for item in numberings
        for level in item.findall(f"{W}lvl")
        for form in level.findall(f"{W}numFmt")
        if level.get(f"{W}ilvl") == "0" and form.get(f"{W}val") not in ("bullet", "none")
    }
    bases: dict[str, str] = {}
    own: dict[str, tuple[str, str] | None] = {}  # None: a heading, which counts by its level and not by its place
    for style in styles:
        if style.get(f"{W}type", "paragraph") == "paragraph":
            identity = style.get(f"{W}styleId", "")
            bases[identity] = value_of(style, "basedOn")
            own.pop(identity, None)  # the last of styles of one id holds
            number = value_of(style, "pPr", "numPr", "numId")
            if style.find(f"{W}pPr/{W}outlineLvl") is not None:
                own[identity] = None
            elif number:
                own[identity] = number, value_of(style, "pPr", "numPr", "ilvl") or "0"
    return {
        identity: numbered
        for identity, numbered in inherited(bases, own).items()
        if numbered is not None and abstracts.get(numbered[0]) in counted
    }
