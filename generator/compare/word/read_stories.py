"""Read the stories of a Word document: body, headers, notes, text boxes, as blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from lxml import etree

from generator.compare.canonical import Properties, properties
from generator.compare.chart_model import Chart, read_chart
from generator.compare.package_facts import Parts, R
from generator.compare.word.block_elements import attribute, inner_blocks
from generator.compare.word.document_model import Block, Note, Object, Paragraph, Span
from generator.compare.word.document_styles import Styles
from generator.compare.word.effective_format import stretches
from generator.compare.word.field_instructions import AUTOMATIC, instruction_of, is_volatile
from generator.compare.word.list_counting import Counting
from generator.compare.word.read_objects import consume, control, equation, frame, identity, outside_text_boxes
from generator.compare.word.read_tables import read_table
from generator.kept.light_classes import dataclass, field
from generator.ooxml.package import local
from generator.ooxml.relationships import Relationship
from generator.ooxml.wordprocessing import W

_TRANSPARENT = frozenset(("smartTag", "customXml", "dir", "bdo", "ins", "moveTo", "sdtContent"))
_SESSION_BOOKMARK = re.compile(r"_(GoBack|Hlk\d*)$")


@dataclass
class Shared:
    """What is numbered through all stories of one document."""

    footnotes: list[Note] = field(default_factory=list)
    endnotes: list[Note] = field(default_factory=list)
    textboxes: list[tuple[Block, ...]] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    comments: dict[str, int] = field(default_factory=dict)
    read: dict[str, tuple[Block, ...]] = field(default_factory=dict)
    runs: Iterator[int] = field(default_factory=lambda: count(1))


class Story:
    """Reads the blocks of one part."""

    def __init__(self, parts: Parts, part: str, styles: Styles, shared: Shared | None = None):
        self.parts = parts
        self.main = part
        self.styles = styles
        self.shared = shared or Shared()
        self.relationships: dict[str, Relationship] = parts.relationships(part)
        self.fields: list[list[Any]] = []  # open complex fields: [instruction, in result, object index, volatile]
        self.pending: list[Object] = []  # marks between blocks, given to the next paragraph
        self._counting = Counting(styles.lists, self.shared.runs)
        self.hidden = False  # within a cell that was merged with the one above: nothing is printed, nothing counted
        self.under: tuple[Properties, Properties] = (
            (),
            (),
        )  # what the style of the table states of paragraphs and runs
        self._formats: dict[bytes, Properties] = {}
        self._notes: dict[str, dict[str, etree._Element]] = {}

    def part(self, name: str) -> tuple[Block, ...]:
        """The blocks of another part (a header, a footer), read once."""
        if name not in self.shared.read:
            other = Story(self.parts, name, self.styles, self.shared)
            self.shared.read[name] = other.blocks(self.parts.xml(name))
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
                self._bookmark(element, 0, self.pending)
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
        reader = _Inline(self, style_id)
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
            inner = Story(self.parts, self._note_part(kind + "s") or self.main, self.styles, self.shared)
            store.append(Note(inner.blocks(element)))
        return len(store)

    def all_comments(self) -> tuple[Note, ...]:
        """The comments in the order of their marks; those without a mark last."""
        elements = self._note_elements("comments")
        order = sorted(elements, key=lambda i: (self.shared.comments.get(i, 1 << 30), int(i) if i.isdigit() else 0))
        inner = Story(self.parts, self._note_part("comments") or self.main, self.styles, self.shared)
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

    def _bookmark(self, element: etree._Element, position: int, objects: list[Object]) -> None:
        name = element.get(W + "name", "")
        if not _SESSION_BOOKMARK.match(name):
            objects.append(Object("bookmark", position, AUTOMATIC.sub(r"_\1", name)))


class _Inline:
    """The content of one paragraph while it is read."""

    def __init__(self, story: Story, style_id: str | None = None):
        self.story = story
        self.style_id = style_id
        self.text: list[str] = []
        self.length = 0
        self.spans: list[Span] = []
        self.objects: list[Object] = []
        self.volatile: list[str] = []

    def put(self, text: str, look: Properties) -> None:
        """Add text in a format; within a volatile field's result it is kept apart."""
        if not text:
            return
        if any(field[1] and field[3] for field in self.story.fields):
            self.volatile.append(text)
            return
        self.text.append(text)
        if self.spans and self.spans[-1].format == look and self.spans[-1].end == self.length:
            self.spans[-1] = Span(self.spans[-1].start, self.length + len(text), look)
        else:
            self.spans.append(Span(self.length, self.length + len(text), look))
        self.length += len(text)

    def add(self, kind: str, what: Any, look: Any = ()) -> None:
        """Add an object at the present position."""
        self.objects.append(Object(kind, self.length, what, look))

    def finish(self) -> None:
        """Order the objects that stand at one position by meaning, not by how editors write them."""
        self.objects.sort(key=lambda o: o.position)

    def children(self, container: etree._Element) -> None:
        for element in container:
            name = local(element)
            if name == "r":
                self.run(element)
            elif name == "hyperlink":
                self.hyperlink(element)
            elif name == "fldSimple":
                self.simple_field(element)
            elif name == "sdt":
                own = element.find(W + "sdtPr")
                if own is not None:
                    self.add("control", *control(own))
                self.children(element)
            elif name in _TRANSPARENT:
                start = self.length
                self.children(element)
                if name in ("ins", "moveTo"):
                    self.objects.append(
                        Object("inserted", start, ("".join(self.text)[start:], element.get(W + "author", "")))
                    )
            elif name in ("del", "moveFrom"):
                gone = "".join(t.text or "" for t in element.iter(W + "delText", W + "t"))
                self.add("deleted", (gone, element.get(W + "author", "")))
            elif name == "bookmarkStart":
                self.story._bookmark(element, self.length, self.objects)
            elif name in ("commentRangeStart", "commentReference"):
                self.comment(element)
            elif name in ("oMath", "oMathPara"):
                self.objects.append(equation(element, self.length))
            elif name == "AlternateContent":
                self.alternate(element, ())

    def comment(self, element: etree._Element) -> None:
        known = self.story.shared.comments
        comment_id = element.get(W + "id", "")
        if comment_id not in known:
            known[comment_id] = len(known) + 1
            self.add("comment", known[comment_id])

    def hyperlink(self, element: etree._Element) -> None:
        target = element.get(W + "anchor", "")
        target = "#" + AUTOMATIC.sub(r"_\1", target) if target else ""
        relation = self.story.relationships.get(element.get(R + "id", ""))
        if relation:
            target = relation.target + target
        index, start = len(self.objects), self.length
        self.children(element)
        shown = "".join(self.text)[start:]
        self.objects.insert(index, Object("link", start, target, (shown, element.get(W + "tooltip", ""))))

    def simple_field(self, element: etree._Element) -> None:
        instruction = instruction_of(element.get(W + "instr", ""))
        self.add("field", instruction)
        self.story.fields.append([instruction, True, None, is_volatile(instruction)])
        self.children(element)
        self.story.fields.pop()

    def run(self, element: etree._Element) -> None:
        own = element.find(W + "rPr")
        look = self.story.seen(own, self.style_id, None)
        for child in element:
            name = local(child)
            if name == "t" and self.story.parts.effective:
                for stretch in stretches(child.text or ""):
                    self.put(stretch, self.story.seen(own, self.style_id, stretch))
            else:
                self.run_child(child, name, look)

    def run_child(self, child: etree._Element, name: str, look: Properties) -> None:
        fields = self.story.fields
        if name == "t":
            self.put(child.text or "", look)
        elif name == "fldChar":
            self.field_mark(child.get(W + "fldCharType"))
        elif name == "instrText":
            if fields:
                fields[-1][0] += child.text or ""
        elif name in ("tab", "ptab"):
            self.put("\t", look)
        elif name in ("br", "cr"):
            kind = child.get(W + "type", "textWrapping")
            if kind == "textWrapping":
                self.put("\n", look)
            else:
                self.add("break", kind)
        elif name == "noBreakHyphen":
            self.put("\u2011", look)
        elif name == "softHyphen":
            self.put("\u00ad", look)
        elif name == "sym":
            font, code = child.get(W + "font", ""), child.get(W + "char", "")
            self.put(
                chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{1,5}", code) else "", (*look, ("symbolFont", font))
            )
        elif name in ("footnoteReference", "endnoteReference"):
            kind = name.removesuffix("Reference")
            self.add(kind, self.story.note(kind, child.get(W + "id", "")))
        elif name == "commentReference":
            self.comment(child)
        elif name == "AlternateContent":
            self.alternate(child, look)
        elif name in ("drawing", "pict", "object"):
            self.drawing(child)
        elif name == "ruby":
            for inner in child:
                if local(inner) in ("rt", "rubyBase"):
                    if local(inner) == "rt":
                        self.add("object", ("ruby", "".join(t.text or "" for t in inner.iter(W + "t"))))
                    else:
                        self.children(inner)

    def alternate(self, element: etree._Element, look: Properties) -> None:
        """Of alternatives the first is read: the later ones say the same to older readers."""
        for choice in element:
            if local(choice) in ("Choice", "Fallback"):
                for inner in choice:
                    if local(inner) == "r":
                        self.run(inner)
                    else:
                        self.run_child(inner, local(inner), look)
                return

    def field_mark(self, kind: str | None) -> None:
        fields = self.story.fields
        if kind == "begin":
            fields.append(["", False, len(self.objects), False])
            self.add("field", "")
        elif kind in ("separate", "end") and fields:
            field = fields[-1]
            if not field[1]:
                instruction = instruction_of(field[0])
                index = field[2]
                if index < len(self.objects) and self.objects[index].kind == "field" and not self.objects[index].value:
                    self.objects[index] = self.objects[index]._replace(value=instruction)
                else:
                    self.add("field", instruction)
                field[3] = is_volatile(instruction)
            if kind == "separate":
                field[1] = True
            else:
                fields.pop()

    def drawing(self, element: etree._Element) -> None:
        """A drawing: its pictures, charts and text boxes; a shape without any of them by its outline."""
        story = self.story
        extent = next(((e.get("cx", ""), e.get("cy", "")) for e in element.iter() if local(e) == "extent"), ())
        alt = next((e.get("descr") or e.get("title") or "" for e in element.iter() if local(e) == "docPr"), "")
        look = (extent, alt, frame(element))
        found = False
        for inner in outside_text_boxes(element):
            name = local(inner)
            if name in ("blip", "imagedata"):
                relation_id = inner.get(R + "embed") or inner.get(R + "link") or inner.get(R + "id") or ""
                relation = story.relationships.get(relation_id)
                if relation:
                    same = identity(story.parts, relation)
                    self.add("image", same, look)
                    found = True
            elif name == "chart" and (relation := story.relationships.get(inner.get(R + "id", ""))):
                root = story.parts.xml(relation.target)
                story.shared.charts.append(read_chart(root))
                self.add("chart", len(story.shared.charts), look)
                consume(story.parts, relation.target)
                found = True
            elif name == "OLEObject":
                relation = story.relationships.get(inner.get(R + "id", ""))
                same = "" if relation is None else identity(story.parts, relation)
                self.add("object", (inner.get("ProgID", ""), same))
                found = True
            elif name == "txbxContent":
                reader = Story(story.parts, story.main, story.styles, story.shared)
                slot = len(story.shared.textboxes)
                story.shared.textboxes.append(())
                story.shared.textboxes[slot] = reader.blocks(inner)
                self.add("textbox", slot + 1, look)
                found = True
        if not found:
            shape = next((e.get("prst") or "" for e in element.iter() if local(e) == "prstGeom"), local(element))
            self.add("shape", shape, look)
