"""Texts with tags: a cell's, or one beside the cells (a comment, a header, a text box)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from jinja2 import Environment, TemplateSyntaxError, nodes

from generator.diagnostics import Diagnostic, Location
from generator.excel.read.sheet_xml import Run
from generator.excel.run.cell_values import run_mark
from generator.kept.light_classes import dataclass, field, replace
from generator.template.faults import MERGES, PlacedTag, check_complexity, check_tag, match_blocks, syntax_fault
from generator.template.tags import Tag, find_tags


@dataclass(slots=True)
class Content:
    """What a cell with tags holds, before it becomes part of a program.

    Args:
        place: the cell's line.
        alone: the one expression of a cell that holds nothing else.
        pieces: text, run marks and expressions in turns, for any other cell.
        properties: the run properties that run marks number; empty for plain text.
        before: statements that run before the cell's row is printed.
        merges: `vm`, `hm`, `colspan`, `cellbg` with their expressions.
    """

    place: int
    alone: nodes.Expr | None = None
    pieces: list[str | nodes.Expr] = field(default_factory=list)
    properties: tuple[bytes, ...] = ()
    before: list[nodes.Node] = field(default_factory=list)
    merges: list[tuple[str, nodes.Expr | None]] = field(default_factory=list)


def tag_source(tag: Tag) -> str:
    """A tag as Jinja reads it: normalised, without its scope."""
    end = {"{{": "}}", "{%": "%}", "{#": "#}"}[tag.mark]
    return f"{tag.mark}{tag.left} {tag.body} {tag.right}{end}"


class TagReader:
    """Compiles the texts of one sheet; its tags are numbered, the number is their line in the program.

    Args:
        environment: of the sheet's programs.
        findings: takes what is wrong.
    """

    def __init__(self, environment: Environment, findings: list[Diagnostic]):
        self.environment = environment
        self.findings = findings
        self.places: list[PlacedTag] = []
        self.blocks = 0

    def place(self, location: Location, tag: Tag, text: str = "") -> int:
        """The line of a tag; each has its own. `text` is the text in which it stands."""
        self.places.append(PlacedTag(tag, location, text))
        return len(self.places)

    def check(self, tag: Tag, location: Location) -> bool:
        """Whether a tag is well-formed by itself; what is wrong goes to the findings."""
        found = check_tag(self.environment, PlacedTag(tag, location))
        self.findings += found
        return not found

    def parse(self, source: str, line: int) -> list[nodes.Node] | None:
        """The nodes of a snippet, all at `line`; a fault that its tags did not show by themselves is a finding."""
        place = self.places[line - 1]
        try:
            tree = self.environment.parse(source)
        except TemplateSyntaxError as fault:
            if not self.findings:
                self.findings.append(syntax_fault(place, fault))
            return None
        if tree.find(nodes.Block):
            self.findings.append(place.finding("template-unsupported-statement", name="block"))
            return None
        tree.set_lineno(line, override=True)
        return tree.body

    def expression(self, body: str, line: int) -> nodes.Expr | None:
        """One expression."""
        found = self.parse("{{ " + body + " }}", line)
        if not found or not isinstance(found[0], nodes.Output):
            return None
        return found[0].nodes[0]

    def content(self, location: Location, runs: Sequence[Run]) -> Content:
        """What a text with tags holds, its tags compiled."""
        text = "".join(run.text for run in runs)
        tags = list(find_tags(text))
        shown = replace(tags[0], text=text.strip()) if len(tags) > 1 else tags[0]
        line = self.place(location, shown)
        content = Content(line)
        content.properties = tuple(run.properties for run in runs) if any(run.properties for run in runs) else ()
        if not self._sound(tags, location):
            return content
        plain: list[Tag] = []
        for tag in tags:
            if tag.mark == "{%" and tag.keyword in MERGES:
                body = tag.body[len(tag.keyword) :].strip()
                own = self.place(location, tag)
                content.merges.append((tag.keyword, self.expression(body, own) if body else None))
            else:
                plain.append(tag)
        removed = [(tag.start, tag.end) for tag in tags if tag not in plain]
        pieces = _cut(text, runs, plain, removed, bool(content.properties))
        statements = [piece for piece in pieces if isinstance(piece, Tag) and piece.mark == "{%"]
        values = [piece for piece in pieces if isinstance(piece, Tag) and piece.mark == "{{"]
        blank = not any(isinstance(piece, str) and not _only_marks(piece) for piece in pieces)
        if statements and blank and not values and all(tag.keyword in ("set", "do") for tag in statements):
            for tag in statements:
                content.before += self.parse(tag_source(tag), self.place(location, tag)) or []
        elif statements or any(tag.left or tag.right for tag in plain):
            content.before, content.pieces = self._block(pieces, line)
        elif len(values) == 1 and blank:
            content.alone = self.expression(values[0].body, line)
            if content.properties:
                start = values[0].start
                content.properties = (_run_at(runs, start).properties,)
        else:
            for piece in pieces:
                if isinstance(piece, str):
                    content.pieces.append(piece)
                elif piece.mark == "{{":
                    found = self.expression(piece.body, self.place(location, piece, text))
                    if found is not None:
                        content.pieces.append(found)
        return content

    def _sound(self, tags: Sequence[Tag], location: Location) -> bool:
        """Whether tags are well-formed, each by itself and as blocks; what is wrong goes to the findings."""
        sound = True
        for tag in tags:
            if tag.host == "p":
                self.findings.append(PlacedTag(tag, location).finding("excel-tag-of-word"))
            sound = self.check(tag, location) and sound
        placed = [PlacedTag(tag, location) for tag in tags if tag.host not in ("tr", "tc")]
        found = (check_complexity(placed) or match_blocks(placed)) if sound else []
        self.findings += found
        return sound and not found

    def _block(self, pieces: Sequence[str | Tag], line: int) -> tuple[list[nodes.Node], list[str | nodes.Expr]]:
        """A cell with control tags: its text is put together first, under a name of its own."""
        source = "".join(piece if isinstance(piece, str) else tag_source(piece) for piece in pieces)
        body = self.parse(source, line)
        self.blocks += 1
        name = f"__cell{self.blocks}"
        if body is None:
            return [], []
        block = nodes.AssignBlock(nodes.Name(name, "store", lineno=line), None, body, lineno=line)
        return [block], [nodes.Name(name, "load", lineno=line)]


def _run_at(runs: Sequence[Run], position: int) -> Run:
    for run in runs:
        if position < len(run.text):
            return run
        position -= len(run.text)
    return runs[-1]


def _only_marks(text: str) -> bool:
    return not re.sub("\x02[0-9]+\x03", "", text).strip()


def _cut(
    text: str, runs: Sequence[Run], tags: Sequence[Tag], removed: Iterable[tuple[int, int]], rich: bool
) -> list[str | Tag]:
    """A cell's text as text and tags in turns, with a mark wherever a run begins; a tag belongs to the run it begins in."""
    starts: dict[int, int] = {}
    position = 0
    for number, run in enumerate(runs):
        if number and rich:
            starts[position] = number
        position += len(run.text)
    spans: list[tuple[int, int, Tag | None]] = [(tag.start, tag.end, tag) for tag in tags]
    spans += [(start, end, None) for start, end in removed]
    spans.sort(key=lambda span: span[0])
    pieces: list[str | Tag] = []
    position = 0

    def add(start: int, end: int) -> None:
        cuts = [start, *sorted(cut for cut in starts if start < cut < end), end]
        for begin, stop in itertools.pairwise(cuts):
            if begin in starts:
                pieces.append(run_mark(starts[begin]))
            if begin < stop:
                pieces.append(text[begin:stop])

    pending: int | None = None
    for start, end, tag in [*spans, (len(text), len(text), None)]:
        if pending is not None and position not in starts:
            pieces.append(run_mark(pending))
        pending = None
        add(position, start)
        if start in starts and tag is not None:
            pieces.append(run_mark(starts[start]))
        inside = [starts[cut] for cut in starts if start < cut < end]
        if tag is not None and tag.mark != "{#":
            pieces.append(tag)
        pending = inside[-1] if inside else None
        position = end
    return pieces
