"""Read the stories of a Word document: body, headers, notes, text boxes, as blocks."""

from __future__ import annotations

from lxml import etree

from generator.compare.canonical import Properties, properties
from generator.compare.package_facts import Parts, R
from generator.compare.word.block_elements import attribute, inner_blocks
from generator.compare.word.document_model import Block, Note, Object, Paragraph
from generator.compare.word.document_styles import Styles
from generator.compare.word.list_counting import Counting
from generator.compare.word.read_inline import Inline, ReadField, Shared, add_bookmark
from generator.compare.word.read_objects import control, equation
from generator.compare.word.read_tables import read_table
from generator.ooxml.package import local
from generator.ooxml.relationships import Relationship
from generator.ooxml.stated_numbers import digits
from generator.ooxml.word_fields import OpenFields
from generator.ooxml.wordprocessing import W


class Story:
    """Reads the blocks of one part."""

    def __init__(self, parts: Parts, part: str, styles: Styles, shared: Shared | None = None):
        self.parts = parts
        self.main = part
        self.styles = styles
        self.shared = shared or Shared()
        self.relationships: dict[str, Relationship] = parts.relationships(part)
        self.fields = OpenFields(ReadField)
        self.pending: list[Object] = []  # marks between blocks, given to the next paragraph
        self._counting = Counting(styles.lists, self.shared.runs)
        self.hidden = False  # within a cell that was merged with the one above: nothing is printed, nothing counted
        # what the style of the table states of paragraphs and runs
        self.under: tuple[Properties, Properties] = ((), ())
        self._formats: dict[bytes, Properties] = {}
        self._notes: dict[str, dict[str, etree._Element]] = {}

    def part(self, name: str) -> tuple[Block, ...]:
        """The blocks of another part (a header, a footer), read once."""
        if name not in self.shared.read:
            self.shared.read[name] = self.inner(name).blocks(self.parts.xml(name))
        return self.shared.read[name]

    def blocks(self, container: etree._Element) -> tuple[Block, ...]:
        """The blocks of a body, a cell, a note, a text box."""
        found: list[Block] = []
        for element in inner_blocks(container):
            name = local(element)
            if name == "p":
                found.append(self.paragraph(element))
            elif name == "tbl":
                found.append(read_table(self, element))
            elif name == "bookmarkStart":
                add_bookmark(element, 0, self.pending)
            elif name == "sdtPr":
                self.pending.append(Object("control", 0, *control(element)))
            elif name in ("oMathPara", "oMath"):
                self.pending.append(equation(element, 0))
            elif name == "altChunk":
                target = self.relationships.get(element.get(R + "id", ""))
                digest = self.parts.digest(target.target) if target and not target.external else ""
                self.pending.append(Object("object", 0, ("altChunk", digest)))
        return tuple(found)

    def paragraph(self, element: etree._Element) -> Paragraph:
        """One paragraph."""
        own = element.find(W + "pPr")
        style_id = direct_outline = None
        num = mark = None
        if own is not None:
            style_id = attribute(own.find(W + "pStyle"))
            direct_outline = attribute(own.find(W + "outlineLvl"))
            num = own.find(W + "numPr")
            mark = own.find(W + "rPr")
        reader = Inline(self, style_id)
        reader.objects, self.pending = self.pending, []
        reader.children(element)
        reader.finish()
        level, list_id = self.styles.list_level(style_id, num)
        form = properties(own, ("pStyle", "numPr", "outlineLvl", "rPr", "sectPr"))
        if self.parts.effective:
            form = self.styles.seen_paragraph(style_id, level, num is not None, form, self.under[0])
        return Paragraph(
            "".join(reader.text),
            self.styles.name(style_id, "paragraph"),
            self.styles.heading(style_id, direct_outline),
            level,
            list_id,
            tuple(reader.spans),
            form,
            self.seen(mark, style_id, None),
            tuple(reader.objects),
            tuple(reader.volatile),
            None if level is None or self.hidden else self._counting.printed(list_id, level),
        )

    def seen(self, element: etree._Element | None, style_id: str | None, text: str | None) -> Properties:
        """A run's format, or what a reader sees of it in a paragraph of that style."""
        if not self.parts.effective:
            return self.run_format(element)
        character = direct = None
        if element is not None:
            character = attribute(element.find(W + "rStyle"))
            direct = self._direct(element)
        return self.styles.seen_run(style_id, character, direct or (), text, self.under[1])

    def _direct(self, element: etree._Element) -> Properties:
        key = etree.tostring(element)
        known = self._formats.get(key)
        if known is None:
            known = self._formats[key] = properties(element, ("rStyle", "ins", "del", "moveFrom", "moveTo"))
        return known

    def run_format(self, element: etree._Element | None) -> Properties:
        """A run's format with its character style by name; equal formats are the same object."""
        if element is None:
            return ()
        key = etree.tostring(element)
        known = self._formats.get(key)
        if known is None:
            known = properties(element, ("rStyle", "ins", "del", "moveFrom", "moveTo"))
            style = self.styles.name(attribute(element.find(W + "rStyle")), "character")
            default = self.styles.name(None, "character")
            if style and style != default:
                known = tuple(sorted([*known, ("rStyle", style)]))
            self._formats[key] = known
        return known

    def note(self, kind: str, note_id: str) -> int:
        """Read a footnote or endnote where its mark stands; its number."""
        store = self.shared.footnotes if kind == "footnote" else self.shared.endnotes
        element = self._note_elements(kind + "s").get(note_id)
        if element is not None:
            store.append(Note(self.inner(self._note_part(kind + "s")).blocks(element)))
        return len(store)

    def all_comments(self) -> tuple[Note, ...]:
        """The comments in the order of their marks; those without a mark last."""
        elements = self._note_elements("comments")
        order = sorted(elements, key=lambda i: (self.shared.comments.get(i, 1 << 30), digits(i) or 0))
        inner = self.inner(self._note_part("comments"))
        return tuple(Note(inner.blocks(elements[i]), elements[i].get(W + "author", "")) for i in order)

    def _note_part(self, kind: str) -> str | None:
        return self.parts.one(self.main, kind)

    def _note_elements(self, kind: str) -> dict[str, etree._Element]:
        if kind not in self._notes:
            part = self._note_part(kind)
            self._notes[kind] = (
                {} if part is None else {e.get(W + "id", ""): e for e in self.parts.xml(part) if local(e)}
            )
        return self._notes[kind]

    def inner(self, part: str | None = None) -> Story:
        """What reads blocks that are a story of their own: a note, a text box."""
        return Story(self.parts, part or self.main, self.styles, self.shared)
