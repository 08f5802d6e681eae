"""Tokens: what stands for a tag while its part is taken apart and put together again.

A token holds nothing that a regular expression could stumble over; its number keeps the tag, its place, and where its
value will print.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from generator.diagnostics import Diagnostic, InvalidTemplate, Location
from generator.diagnostics.places import describe
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, field
from generator.ooxml.wordprocessing import Element, P, ancestor
from generator.template.faults import PlacedTag
from generator.template.single_braces import SingleBraces
from generator.template.tag_bounds import TagCount

# Unicode noncharacters: XML may hold them, no text does
OPEN, CLOSE, PIECE, BRACE, END_BRACE = "\ufdd2", "\ufdd3", "\ufdd4", "\ufdd5", "\ufdd6"
TOKEN = lazy(f"{OPEN}(\\d+){CLOSE}")
GRID_FOLLOWS = "generator-grid"  # marks a table whose grid follows its rows once they are printed
ROWS_MAY_LACK = "generator-rows"  # stands before a table that is left out if it prints no row, and behind it
_NOTES = lazy(r"\|\s*(?:foot|end)note\s*\(")
_ENDS = {"{{": "}}", "{%": "%}"}

Mode = Literal[
    "text", "run", "paragraph", "row", "cell", "attribute", "field", "formula", "argument", "quoted", "plain", "markup"
]


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a value is printed, for those that are more than a line of text.

    Args:
        mode: in the text of a run; in the place of a run, a paragraph, a row or a cell; in an attribute; in the code
            of a field, as a whole argument, as a part of one, in a formula, or within quotation marks; in the text of a part that is no story; or markup of the engine itself.
        paragraph: the properties of the paragraph around it, as XML.
        run: the properties of the run around it, as XML.
        alone: whether it is all that its paragraph holds.
        label: the tag's text, for a draft.
        boxed: whether it stands in a text box.
        divisible: whether the paragraph can end here, that is, its run stands in nothing but the paragraph.
        target: whether it begins the target of a HYPERLINK field.
    """

    mode: Mode = "text"
    paragraph: str = ""
    run: str = ""
    alone: bool = False
    label: str = ""
    divisible: bool = True
    boxed: bool = False
    target: bool = False


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
    braced: list[SingleBraces] = field(default_factory=list)
    raw: PlacedTag | None = None  # the last {% raw %}
    regrid: bool = False  # whether a table's grid is to follow once the part is printed
    held: bool = False  # whether tables of the part are marked that print no row perhaps
    count: TagCount = field(default_factory=TagCount)
    halves: bool = False  # whether a bookmark begins in one block and ends in another

    def tag(self, placed: PlacedTag, slot: Slot | None = None) -> str:
        """A tag as it stands in the source: docxtpl's delimiters around its token.

        Raises:
            InvalidTemplate: it is one too many.
        """
        self.pieces.append(Piece(placed, slot))
        tag = placed.tag
        if reason := self.count.too_many(tag):
            raise InvalidTemplate([placed.too_complex(reason)])
        if tag.mark == "{{" and "note" in tag.body and _NOTES.search(tag.body):
            anchor = placed.location.anchor or {}
            if anchor.get("part") != "body" or (slot is not None and slot.mode not in ("text", "run", "paragraph")):
                self.faults.append(placed.finding("note-not-here"))
        return f"{tag.mark}{tag.left} {OPEN}{len(self.pieces) - 1}{CLOSE} {tag.right}{_ENDS[tag.mark]}"

    def placed(self, number: int) -> PlacedTag:
        """The tag of a piece that is one."""
        found = self.pieces[number].placed
        assert found is not None
        return found

    def forget_elements(self) -> None:
        """Let go of the part's elements, when its tokens stand in it."""
        self.merges.clear()
        self.touched.clear()
        self.dynamic.clear()
        self.branching.clear()

    def source(self, source: str, placed: PlacedTag | None = None, slot: Slot | None = None) -> str:
        """Source of the engine itself, as a token; `{%` and `{{` at its beginning take the line of the tag."""
        self.pieces.append(Piece(placed, slot, source))
        return f"{PIECE}{OPEN}{len(self.pieces) - 1}{CLOSE}"

    def attribute(self, expression: str, placed: PlacedTag | None = None) -> str:
        """An expression of the engine itself that prints an attribute's value, as a token."""
        return self.source(f"{{{{\n {expression} }}}}", placed, Slot("attribute"))


@dataclass(slots=True)
class FoundTag:
    """A tag of a paragraph and the text where it begins."""

    placed: PlacedTag
    text: str  # its token with delimiters, "" for a tag that prints nothing
    node: Element


def location(anchor: Mapping[str, Any], file: str | None = None) -> Location:
    """A location in a document."""
    return Location(file=file, place=describe(anchor), anchor=dict(anchor))


@dataclass(frozen=True, slots=True)
class Anchors:
    """Where what a part holds stands.

    Args:
        paragraphs: the anchors of its paragraphs.
        part: the anchor of what stands in none.
    """

    paragraphs: Mapping[Element, Mapping[str, Any]]
    part: Mapping[str, Any]

    def place(self, element: Element | None) -> Location:
        """The location of a paragraph, or of what stands in one."""
        at = element if element is None or element.tag == P else ancestor(element, P)
        return location(self.part if at is None else self.paragraphs.get(at, self.part))


def hide(text: str) -> str:
    """Text whose braces neither Jinja nor `patch_xml` shall see, with docxtpl's escapes (`{_{`); `shown` undoes it."""
    if "_" in text:
        text = text.replace("{_{", "{{").replace("}_}", "}}").replace("{_%", "{%").replace("%_}", "%}")
    return text.replace("{", BRACE).replace("}", END_BRACE)


def shown(text: str) -> str:
    """Hidden text as it was."""
    return text.replace(BRACE, "{").replace(END_BRACE, "}")
