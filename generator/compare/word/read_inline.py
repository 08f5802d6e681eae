"""Read what stands in a paragraph of a Word document: texts with their formats, and objects at their positions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any, Protocol

from lxml import etree

from generator.compare.canonical import Properties
from generator.compare.chart_model import Chart, read_chart
from generator.compare.package_facts import Parts, R
from generator.compare.word.document_model import Block, Note, Object, Span
from generator.compare.word.effective_format import stretches
from generator.compare.word.read_objects import consume, control, equation, frame, identity, outside_text_boxes
from generator.kept.light_classes import dataclass, field
from generator.ooxml.package import local
from generator.ooxml.relationships import Relationship
from generator.ooxml.word_fields import VOLATILE, OpenField, OpenFields
from generator.ooxml.wordprocessing import W

_AUTOMATIC = re.compile(r"_(Toc|Ref|Hlk)\d+")  # bookmarks that editors make
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


@dataclass(slots=True)
class ReadField(OpenField):
    """A field that is being read, and which object of its paragraph stands for it."""

    index: int = 0


class Blocks(Protocol):
    """What reads blocks."""

    def blocks(self, container: etree._Element) -> tuple[Block, ...]:
        """The blocks of a text box."""
        ...


class InlineStory(Protocol):
    """The story that a paragraph stands in."""

    parts: Parts
    shared: Shared
    relationships: dict[str, Relationship]
    fields: OpenFields[ReadField]

    def seen(self, element: etree._Element | None, style_id: str | None, text: str | None) -> Properties:
        """A run's format."""
        ...

    def note(self, kind: str, note_id: str) -> int:
        """A note's number."""
        ...

    def inner(self, part: str | None = None) -> Blocks:
        """What reads a story of its own."""
        ...


def add_bookmark(element: etree._Element, position: int, objects: list[Object]) -> None:
    """A bookmark that an author set; editors set others, which mean nothing."""
    name = element.get(W + "name", "")
    if not _SESSION_BOOKMARK.match(name):
        objects.append(Object("bookmark", position, _AUTOMATIC.sub(r"_\1", name)))


class Inline:
    """The content of one paragraph while it is read."""

    def __init__(self, story: InlineStory, style_id: str | None = None):
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
        if any(one.told.keyword in VOLATILE for one in self.story.fields.printing()):
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
        """Read the elements of a paragraph, or of what stands around some of them."""
        for element in container:
            read = _IN_PARAGRAPH.get(local(element))
            if read is not None:
                read(self, element)

    def content_control(self, element: etree._Element) -> None:
        own = element.find(W + "sdtPr")
        if own is not None:
            self.add("control", *control(own))
        self.children(element)

    def inserted(self, element: etree._Element) -> None:
        start = self.length
        self.children(element)
        self.objects.append(Object("inserted", start, ("".join(self.text)[start:], element.get(W + "author", ""))))

    def deleted(self, element: etree._Element) -> None:
        gone = "".join(t.text or "" for t in element.iter(W + "delText", W + "t"))
        self.add("deleted", (gone, element.get(W + "author", "")))

    def bookmark(self, element: etree._Element) -> None:
        add_bookmark(element, self.length, self.objects)

    def math(self, element: etree._Element) -> None:
        self.objects.append(equation(element, self.length))

    def comment(self, element: etree._Element) -> None:
        known = self.story.shared.comments
        comment_id = element.get(W + "id", "")
        if comment_id not in known:
            known[comment_id] = len(known) + 1
            self.add("comment", known[comment_id])

    def hyperlink(self, element: etree._Element) -> None:
        target = element.get(W + "anchor", "")
        target = "#" + _AUTOMATIC.sub(r"_\1", target) if target else ""
        relation = self.story.relationships.get(element.get(R + "id", ""))
        if relation:
            target = relation.target + target
        index, start = len(self.objects), self.length
        self.children(element)
        shown = "".join(self.text)[start:]
        self.objects.insert(index, Object("link", start, target, (shown, element.get(W + "tooltip", ""))))

    def simple_field(self, element: etree._Element) -> None:
        instruction = _one_spelling(element.get(W + "instr", ""))
        self.add("field", instruction)
        self.story.fields.open.append(ReadField(instruction, True))
        self.children(element)
        self.story.fields.open.pop()

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
        read = _IN_RUN.get(name)
        if read is not None:
            read(self, child, look)

    def instruction(self, child: etree._Element, _: Properties) -> None:
        self.story.fields.instruct(child.text or "")

    def line_break(self, child: etree._Element, look: Properties) -> None:
        kind = child.get(W + "type", "textWrapping")
        if kind == "textWrapping":
            self.put("\n", look)
        else:
            self.add("break", kind)

    def symbol(self, child: etree._Element, look: Properties) -> None:
        font, code = child.get(W + "font", ""), child.get(W + "char", "")
        text = chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{1,5}", code) else ""
        self.put(text, (*look, ("symbolFont", font)))

    def note(self, child: etree._Element, _: Properties) -> None:
        kind = local(child).removesuffix("Reference")
        self.add(kind, self.story.note(kind, child.get(W + "id", "")))

    def ruby(self, child: etree._Element, _: Properties) -> None:
        for inner in child:
            if local(inner) == "rt":
                self.add("object", ("ruby", "".join(t.text or "" for t in inner.iter(W + "t"))))
            elif local(inner) == "rubyBase":
                self.children(inner)

    def alternate(self, element: etree._Element, look: Properties = ()) -> None:
        """Of alternatives the first is read: the later ones say the same to older readers."""
        for choice in element:
            if local(choice) in ("Choice", "Fallback"):
                for inner in choice:
                    if local(inner) == "r":
                        self.run(inner)
                    else:
                        self.run_child(inner, local(inner), look)
                return

    def field_mark(self, child: etree._Element, _: Properties) -> None:
        kind = child.get(W + "fldCharType")
        one = self.story.fields.mark(kind)
        if one is None:
            return
        if kind == "begin":
            one.index = len(self.objects)
            self.add("field", "")
        elif kind == "separate" or not one.parted:
            instruction, index = _one_spelling(one.code), one.index
            if index < len(self.objects) and self.objects[index].kind == "field" and not self.objects[index].value:
                self.objects[index] = self.objects[index]._replace(value=instruction)
            else:
                self.add("field", instruction)

    def drawing(self, element: etree._Element, _: Properties) -> None:
        """A drawing: its pictures, charts and text boxes; a shape without any of them by its outline."""
        story = self.story
        extent = next(((e.get("cx", ""), e.get("cy", "")) for e in element.iter() if local(e) == "extent"), ())
        alt = next((e.get("descr") or e.get("title") or "" for e in element.iter() if local(e) == "docPr"), "")
        look = (extent, alt, frame(element))
        known = len(self.objects)
        for inner in outside_text_boxes(element):
            name = local(inner)
            if name in ("blip", "imagedata"):
                relation_id = inner.get(R + "embed") or inner.get(R + "link") or inner.get(R + "id") or ""
                if relation := story.relationships.get(relation_id):
                    self.add("image", identity(story.parts, relation), look)
            elif name == "chart" and (relation := story.relationships.get(inner.get(R + "id", ""))):
                root = story.parts.xml(relation.target)
                story.shared.charts.append(read_chart(root))
                self.add("chart", len(story.shared.charts), look)
                consume(story.parts, relation.target)
            elif name == "OLEObject":
                relation = story.relationships.get(inner.get(R + "id", ""))
                same = "" if relation is None else identity(story.parts, relation)
                self.add("object", (inner.get("ProgID", ""), same))
            elif name == "txbxContent":
                slot = len(story.shared.textboxes)
                story.shared.textboxes.append(())
                story.shared.textboxes[slot] = story.inner().blocks(inner)
                self.add("textbox", slot + 1, look)
        if len(self.objects) == known:
            shape = next((e.get("prst") or "" for e in element.iter() if local(e) == "prstGeom"), local(element))
            self.add("shape", shape, look)


_IN_PARAGRAPH: dict[str, Callable[[Inline, etree._Element], None]] = {
    "r": Inline.run,
    "hyperlink": Inline.hyperlink,
    "fldSimple": Inline.simple_field,
    "sdt": Inline.content_control,
    **dict.fromkeys(("smartTag", "customXml", "dir", "bdo", "sdtContent"), Inline.children),
    **dict.fromkeys(("ins", "moveTo"), Inline.inserted),
    **dict.fromkeys(("del", "moveFrom"), Inline.deleted),
    "bookmarkStart": Inline.bookmark,
    **dict.fromkeys(("commentRangeStart", "commentReference"), Inline.comment),
    **dict.fromkeys(("oMath", "oMathPara"), Inline.math),
    "AlternateContent": Inline.alternate,
}
_IN_RUN: dict[str, Callable[[Inline, etree._Element, Properties], None]] = {
    "t": lambda reader, child, look: reader.put(child.text or "", look),
    "fldChar": Inline.field_mark,
    "instrText": Inline.instruction,
    **dict.fromkeys(("tab", "ptab"), lambda reader, _, look: reader.put("\t", look)),
    **dict.fromkeys(("br", "cr"), Inline.line_break),
    "noBreakHyphen": lambda reader, _, look: reader.put("\u2011", look),
    "softHyphen": lambda reader, _, look: reader.put("\u00ad", look),
    "sym": Inline.symbol,
    **dict.fromkeys(("footnoteReference", "endnoteReference"), Inline.note),
    "commentReference": lambda reader, child, _: reader.comment(child),
    "AlternateContent": Inline.alternate,
    **dict.fromkeys(("drawing", "pict", "object"), Inline.drawing),
    "ruby": Inline.ruby,
}


def _one_spelling(instruction: str) -> str:
    """A field's instruction in one spelling, without the numbers of bookmarks that editors make."""
    return _AUTOMATIC.sub(r"_\1", " ".join(instruction.split()))
