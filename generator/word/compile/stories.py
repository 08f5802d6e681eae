"""The parts of a Word template that hold tags, each compiled: body, headers and footers, notes, comments; properties,
charts and diagrams as plain XML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import Environment
from lxml import etree

from generator.diagnostics import Diagnostic, InvalidTemplate, Location
from generator.diagnostics.catalogue import diagnostic
from generator.kept.lazy_patterns import lazy
from generator.ooxml.package import Package
from generator.ooxml.relationships import content_type_of, relationships
from generator.ooxml.wordprocessing import (
    BODY,
    MAIN,
    STRICT,
    TEXT_BOX,
    A,
    Element,
    Places,
    R,
    W,
    put_at_end,
    put_before,
)
from generator.template.single_braces import SingleBraces, with_locals
from generator.template.tags import has_tags
from generator.word.compile.between_tags import check_whole
from generator.word.compile.checkboxes import mark_checkboxes
from generator.word.compile.compiled_story import WORD, CompiledPart, Stories
from generator.word.compile.content_controls import has_paths, mark_controls
from generator.word.compile.fed_charts import ChartMaker, FedChart, fed_charts, mark_charts
from generator.word.compile.hidden_parts import embedded_tags, free_controls, hidden_parts, left_tags
from generator.word.compile.inline_notes import NotesPart, move_notes, print_notes, with_notes
from generator.word.compile.jinja_source import assemble, compile_source
from generator.word.compile.other_texts import mark_nodes, mark_text, mark_the_rest
from generator.word.compile.part_tags import mark_paragraphs
from generator.word.compile.placeholders import mark_placeholders
from generator.word.compile.restarting_lists import read_numberings
from generator.word.compile.table_cells import apply_merges, guard_containers, note_loops_over_cells
from generator.word.compile.tag_joins import join_codes
from generator.word.compile.tagged_links import braces_in_targets, mark_links
from generator.word.compile.telling_paragraphs import telling_paragraphs, written_in_pieces
from generator.word.compile.tokens import BRACE, Anchors, Slot, Tokens, location
from generator.word.compile.twin_boxes import print_once, text_of, twin_boxes
from generator.word.run.contents_fields import forget_tags
from generator.word.run.sequences import HAS_SEQUENCE

_STORIES = {f"{WORD}{kind}+xml": kind for kind in ("header", "footer", "footnotes", "endnotes", "comments")}
_PLAIN = lazy(
    r"core-properties\+xml|extended-properties\+xml|custom-properties\+xml|\.chart\+xml|\.chartex\+xml|diagramData\+xml"
    r"|diagramDrawing\+xml|\.chartshapes\+xml|wordprocessingml\.settings\+xml|wordprocessingml\.document\.glossary\+xml"
    r"|wordprocessingml\.numbering\+xml"
)
_BRACE = lazy("[{}]|｛".encode())
# or what `PLACEHOLDER` begins with
_MEANT = lazy("[{}$#@%]|｛|＄|«|‹|＃|％|&lt;|﹛|︷|【【|〔〔|「「|《《|（（|\\[\\[|\\(\\(".encode())
_LEVEL_NUMBER = lazy(r"\{(?=%\d)")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def compile_stories(
    package: Package, main: str, environment: Environment, chart_data: ChartMaker | None = None
) -> Stories:
    """Compile every part of a template that holds tags.

    Args:
        package: the template.
        main: its main document.
        environment: of its tags.
        chart_data: compiles charts with their workbooks; None: tags in workbooks are an error.

    Raises:
        InvalidTemplate: with every fault of every part.
    """
    found: list[Diagnostic] = []
    charts, fed = fed_charts(package, main, chart_data, found)
    type_of = content_type_of(package)
    listed = list(_members(package, main))
    found += left_tags(package, main, type_of, {member for member, _, _ in listed}, fed)
    compiling = _Compiling(package, main, environment, charts, found, listed)
    try:
        for member, kind, anchor in listed:
            if member not in fed:
                compiling.part(member, kind, anchor)
    except InvalidTemplate as refusal:  # nothing more is read of what is too complex
        found += refusal.diagnostics
    if found:
        raise InvalidTemplate([fault.at(file=package.name or None) for fault in found])
    printed = {part.member for part in compiling.parts}
    last = _last_drawing(package, [member for member, kind, _ in listed if kind != "plain" and member not in printed])
    embedded, own = embedded_tags(package, type_of), compiling
    return Stories(
        *(tuple(own.parts), own.changes, last, own.contents, charts, embedded, own.sequences),
        *(tuple(own.regrid), tuple(own.halves), tuple(own.braced)),
    )


class _Compiling:
    """A template while its parts are compiled, one after the other: what is known of all of them."""

    def __init__(
        self,
        package: Package,
        main: str,
        environment: Environment,
        charts: dict[str, FedChart],
        found: list[Diagnostic],
        listed: list[tuple[str, str, dict[str, Any]]],
    ):
        self.package, self.main, self.environment = package, main, environment
        self.charts, self.found = charts, found
        self.parts: list[CompiledPart] = []
        self.changes: dict[str, bytes] = {}
        self.places = Places()
        self.notes = _notes(package, main, listed)
        self.numberings = read_numberings(package, main)
        self.contents = self.sequences = False
        self.regrid: list[str] = []
        self.halves: list[str] = []
        self.braced: list[SingleBraces] = []

    def part(self, member: str, kind: str, anchor: dict[str, Any]) -> None:
        """Compile a part, if it holds anything that a render prints."""
        if self._prints_nothing(member, kind):
            self.notes = {} if kind == "body" else self.notes
            return
        tokens, texts = Tokens(), dict[str, str]()
        root: Element | None = None
        if kind == "text":
            text = self.package.read(member).decode("utf-8-sig")
            marked = mark_text(tokens, text, location(anchor), "plain", unescape=True).encode()
        else:
            root = self.package.xml(member) if member not in self.notes else self.notes[member].root
            if kind == "plain":
                _mark_plain(tokens, root, anchor)
            else:
                root, texts = self._marked_story(tokens, member, kind, root, anchor)
            marked = b""
        self.braced += with_locals(tokens.braced, (one.placed.tag.text for one in tokens.pieces if one.placed))
        if not tokens.pieces and not tokens.faults:
            return
        prefixes = None
        if root is not None:
            prefixes = {prefix: uri for prefix, uri in root.nsmap.items() if prefix}
            written = written_in_pieces(root)
            root = None  # the tree takes eight times the memory of its text
            marked = b"".join(written)
            written.clear()
        tokens.forget_elements()
        marked = with_notes(marked, texts)
        story = kind not in ("plain", "text")
        source, faults = assemble(marked, tokens, story=story, numberings=self.numberings if story else None)
        del marked
        if kind == "text":  # what is no XML need not be balanced
            faults = []
        self.halves += [member] if tokens.halves else []
        compiled, more = compile_source(self.environment, source, self.charts)
        if any(fault.code == "word-host-outside" for fault in tokens.faults):
            more = [fault for fault in more if fault.code not in ("template-unexpected-end", "template-unclosed-block")]
            faults = []  # a block that such a tag opens or closes does not pair
        self.found += tokens.faults + more + (faults if not more else [])
        if compiled is not None:
            head = b"" if prefixes is None else _HEAD.encode()
            self.parts.append(CompiledPart(member, compiled, head, prefixes, tokens.held))

    def _prints_nothing(self, member: str, kind: str) -> bool:
        data = self.package.read(member)
        return (
            not _MEANT.search(data)
            and not (kind not in ("plain", "text") and has_paths(data))
            and not braces_in_targets(self.package, member)
            and (kind == "body" or member not in self.notes)
            and not (kind == "body" and self.charts)
        )

    def _marked_story(
        self, tokens: Tokens, member: str, kind: str, root: Element, anchor: dict[str, Any]
    ) -> tuple[Element, dict[str, str]]:
        """A story with its tokens; of the body, the texts of notes that take the place of their marks, by the marks."""
        body, notes = kind == "body", self.notes
        root = _declared(root, self.package.name)
        free_controls(self.package, self.main, root)
        if body:
            mark_charts(tokens, root, self.charts)
            self.contents = forget_tags(root) or self.contents
        own = [part for part in notes.values() if part.referred] if body else []
        self.changes |= _mark_story(tokens, self.package, member, root, anchor, self.places, own)
        self.regrid += [member] if tokens.regrid else []
        if body:
            branches = _branches(tokens)
            self.sequences = branches and HAS_SEQUENCE.search(self.package.read(member)) is not None
            if own and (branches or any(_has_tags(part) for part in own)):
                return root, move_notes(tokens, root, own)
            self.notes = {}
        elif member in notes and notes[member].referred:
            print_notes(tokens, notes[member])
        return root, {}


def _last_drawing(package: Package, kept: list[str]) -> int:
    """docxtpl's first number of a drawing, or the highest of the parts that are not printed."""
    numbers = [
        int(number)
        for member in kept
        for number in re.findall(rb'<wp:docPr\b[^<>]*? id="(\d{4,9})"', package.read(member))
    ]
    return max([1000, *numbers])


def paragraphs(package: Package, main: str) -> Iterator[tuple[Element, dict[str, Any]]]:
    """Every paragraph of a document's stories with its anchor: body, headers and footers, notes, comments, text boxes."""
    places = Places()
    for member, kind, anchor in _members(package, main):
        if kind != "plain":
            for story, where in _walked(package.xml(member), anchor):
                yield from places.walk(story, where)


def _walked(root: Element, anchor: dict[str, Any]) -> list[tuple[Element, dict[str, Any]]]:
    """The stories of a part with their anchors: the body, each note of its own."""
    if anchor["part"] == "body":
        body = root.find(BODY)
        return [] if body is None else [(body, anchor)]
    if anchor["part"] in ("footnote", "endnote", "comment"):
        notes = [note for note in root if isinstance(note.tag, str) and note.get(f"{W}type", "normal") == "normal"]
        return [(note, {**anchor, "number": number}) for number, note in enumerate(notes, 1)]
    return [(root, anchor)]


def _members(package: Package, main: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Members that may hold tags, the body first, then those of the body in their order; with their anchors."""
    yield main, "body", {"part": "body"}
    type_of = content_type_of(package)
    sections = _sections(package, main)
    charts = 0
    for member in package.members:
        type_ = type_of(member)
        if kind := _STORIES.get(type_):
            anchor: dict[str, Any] = {"part": kind.removesuffix("s")}
            if kind in ("header", "footer"):
                anchor |= sections.get(member, {"section": 1})
            yield member, kind, anchor
        elif _PLAIN.search(type_):
            if "chart" in type_:
                charts += 1
                yield member, "plain", {"part": "chart", "number": charts}
            elif "propert" in type_:
                yield member, "plain", {"part": "property", "name": ""}
            else:
                yield member, "plain", {"part": "part", "name": member}
    for member, kind in hidden_parts(package, main, type_of):
        yield member, kind, {"part": "part", "name": member}


def _sections(package: Package, main: str) -> dict[str, dict[str, Any]]:
    """Member of a header or footer -> the first section that shows it, and on which pages."""
    related = relationships(package, main)
    found: dict[str, dict[str, Any]] = {}
    for number, section in enumerate(package.xml(main).iter(f"{W}sectPr"), 1):
        for reference in section.iter(f"{W}headerReference", f"{W}footerReference"):
            link = related.get(reference.get(f"{R}id", ""))
            if link is None:
                continue
            kind = reference.get(f"{W}type", "default")
            place = {"section": number} | ({"kind": kind} if kind != "default" else {})
            found.setdefault(link.target, place)
    return found


def _declared(root: Element, name: str) -> Element:
    """The root with the prefixes that the engine's own XML uses."""
    namespace = etree.QName(root).namespace
    if namespace == STRICT:
        raise InvalidTemplate([diagnostic("word-strict", Location(file=name or None), name=name or "(bytes)")])
    wanted = {"w": MAIN, "r": R[1:-1]}
    if any(root.nsmap.get(prefix) != uri for prefix, uri in wanted.items()):
        made = etree.Element(root.tag, nsmap={**root.nsmap, **wanted})  # type: ignore[arg-type]  prefixes as lxml takes them
        for key, value in root.attrib.items():
            made.set(key, value)
        made.text = root.text
        made.extend(list(root))
        return made
    return root


def _mark_story(
    tokens: Tokens,
    package: Package,
    member: str,
    root: Element,
    anchor: dict[str, Any],
    places: Places,
    notes: list[NotesPart],
) -> dict[str, bytes]:
    """Put tokens into a story; the member's relationships where links had tags in their targets."""
    nests = next(root.iter(TEXT_BOX), None) is not None
    stories = _walked(root, anchor)
    boxes = twin_boxes(root) if nests else []
    telling = telling_paragraphs(root)
    placed = [
        found
        for story, where in stories
        for found in places.walk(story, where)
        if telling is None or found[0] in telling
    ]
    del telling
    mark_paragraphs(tokens, placed, nests=nests)
    if any(_has_tags(part) for part in notes) or _branches(tokens):
        for part in notes:
            part.check_number()
        for note, where in [(note, part.anchors[note]) for part in notes for note in part.referred.values()]:
            inner = list(Places().walk(note, where))
            mark_paragraphs(tokens, inner, nests=False)
            mark_placeholders(tokens, note, Anchors(dict(inner), where))
            mark_the_rest(tokens, note, Anchors(dict(inner), where))
    for paragraph, _ in placed:
        join_codes(paragraph, nests=nests)
    anchors = Anchors(dict(placed), anchor)
    changes = mark_links(tokens, package, member, root, anchors)
    mark_checkboxes(tokens, root, anchors)
    mark_controls(tokens, root, anchors)
    mark_placeholders(tokens, root, anchors)
    mark_the_rest(tokens, root, anchors)
    note_loops_over_cells(tokens, root)
    guard_containers(tokens)
    apply_merges(tokens)
    for number, (box, twin) in enumerate(boxes):
        print_once(tokens, box, twin, f"__box{number}")
    if anchor["part"] == "body" and stories:
        body = stories[0][0]
        end = tokens.source("{{\n __ending() }}", None, Slot("markup"))
        if len(body) and body[-1].tag == f"{W}sectPr":
            put_before(body[-1], end)
        elif len(body):
            put_at_end(body, end)
    return changes


def _notes(package: Package, main: str, listed: list[tuple[str, str, dict[str, Any]]]) -> dict[str, NotesPart]:
    """The parts of notes that the body refers to."""
    found: dict[str, NotesPart] = {}
    if all(kind not in ("footnotes", "endnotes", "comments") for _, kind, _ in listed):
        return found
    body = package.xml(main)
    for member, kind, anchor in listed:
        if kind not in ("footnotes", "endnotes", "comments") or braces_in_targets(package, member):
            continue
        root = _declared(package.xml(member), package.name)
        walked = _walked(root, anchor)
        notes = {note.get(f"{W}id", ""): note for note, _ in walked}
        part = NotesPart(member, kind.removesuffix("s"), root, notes, dict(walked))
        part.refer(body)
        if part.referred:
            found[member] = part
    return found


def _has_tags(part: NotesPart) -> bool:
    return any(has_tags(text_of(note)) for note in part.referred.values())


def _branches(tokens: Tokens) -> bool:
    """Whether what a part holds may be printed not at all, or several times."""
    return any(piece.placed is not None and piece.placed.tag.mark == "{%" for piece in tokens.pieces)


def _mark_plain(tokens: Tokens, root: Element, anchor: Mapping[str, Any]) -> None:
    """Put tokens into a part that is no story: texts, and paragraphs of DrawingML."""
    for name in (A, W):
        for paragraph in root.iter(f"{name}p"):
            mark_nodes(tokens, paragraph, list(paragraph.iter(f"{name}t")), location(anchor))
    for element in root.iter():
        text = element.text or ""
        if not isinstance(element.tag, str) or element.tag in (f"{A}t", f"{W}t") or not _BRACE.search(text.encode()):
            continue
        where = anchor
        if anchor["part"] == "property":
            named = next((one.get("name") for one in (element, *element.iterancestors("*")) if one.get("name")), None)
            where = {**anchor, "name": named or etree.QName(element).localname}
        check_whole(tokens, text, location(where))
        if has_tags(text):
            element.text = mark_text(tokens, text, location(where), "plain")
    for element in root.iter():
        for key, value in element.attrib.items() if isinstance(element.tag, str) else ():
            text = str(value)
            if element.tag == f"{W}lvlText":  # {%1}: the number of the first level in braces
                text = _LEVEL_NUMBER.sub(BRACE, text)
            else:
                check_whole(tokens, text, location(anchor))
            if has_tags(text):
                element.set(key, mark_text(tokens, text, location(anchor), "attribute"))
