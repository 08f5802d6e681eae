"""What a draft says where a value is missing or at fault, within the texts of the data file too.

A text is printed once, when it is first read; a draft therefore reads the data file once more, with marks where the report's own
texts print nothing (`draft_reading`).
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from generator.figures import Blank
from generator.figures.marked_text import MARKED, MarkedText
from generator.formula import INVALID, Compiled, InvalidInput, Recorder
from generator.formula.scope import ROOT
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import replace
from generator.report.record import Record, Seen
from generator.report.stated_text import says_nothing
from generator.source import List, Map, Node, Scalar
from generator.standard.kinds import kind_of
from generator.standard.model import PUBLISHED

if TYPE_CHECKING:
    from generator.standard import Cell

LONGEST_TYPED = 24  # characters of a value at fault that its mark shows
_LAST_NAME = lazy(r"[^\W\d]\w*(?=\W*$)")


class HalfRead(dict[str, Any]):
    """A map of a draft of which a value is at fault: the others print, but nothing is made of all of them."""

    def values(self) -> Any:
        """Its values, for a total."""
        raise InvalidInput


class DraftMarks:
    """The marks of one draft."""

    def __init__(self) -> None:
        self._wrong: dict[str, Node | None] = {}  # by the path of a value at fault: what stands there, if it was read
        self._blanks: dict[str, dict[str, Blank]] = {}  # by mark and path

    def at_fault(self, path: str, node: Node | None = None) -> None:
        """Note that the value at a path is at fault, and what stands there."""
        if node is not None or path not in self._wrong:
            self._wrong[path] = node

    def typed(self, record: Record, name: str) -> str:
        """What the data file says in a field whose value is at fault; "" where it says nothing, or nothing wrong."""
        node, path = record.source.get(name), record.path_of(name)
        if node is None or says_nothing(node):
            return ""
        if path in self._wrong:
            return _shown(node)
        if record.section.cells[name].section is None:
            for inner in self._wrong:
                if inner.startswith((f"{path}[", f"{path}.")):
                    return _shown(_inside(node, inner[len(path) :]))
        return ""

    def typed_at(self, path: str) -> str:
        """What the data file says at a path whose value is at fault; "" where nothing is known of it."""
        node = self._wrong.get(path)
        return "" if node is None or says_nothing(node) else _shown(node)

    def of_tag(self, record: Record, expression: Compiled) -> str:
        """The marks of a tag that has no value: one for each field that it waits for, which the text cannot do without."""
        blanks = _blanks_of(self, record, expression)
        if not blanks:
            name = _last_name(expression.text)
            blanks = [Blank(expression.text, name or expression.text, required=True, draft=True)]
        return "".join(self.noted(replace(blank, required=True, optional=False)) for blank in blanks)

    def of_fault(self, text: str, path: str, label: str) -> str:
        """The mark of a tag that cannot be read, in the text of a field."""
        return self.noted(Blank(path, label, required=True, draft=True, typed=_cut(text)))

    def noted(self, blank: Blank) -> str:
        """The mark of a blank, for texts."""
        mark = blank.to_fill_in
        self._blanks.setdefault(mark, {}).setdefault(blank.path, blank)
        return mark

    def marked(self, text: str) -> str:
        """A text as templates see it, with the blanks whose marks stand in it."""
        if "【" not in text:
            return text
        blanks = [blank for mark in MARKED.findall(text) for blank in self._blanks.get(mark, {}).values()]
        return MarkedText(text, blanks) if blanks else text


def _blanks_of(marks: DraftMarks, record: Record, expression: Compiled) -> list[Blank]:
    """The fields without a value that an expression reads, in reading order."""
    found: dict[str, Blank] = {}
    seen: Seen = {}
    with suppress(InvalidInput):
        expression.function(Recorder(record, seen))
    whole, last = True, _last_name(expression.text)
    for other, name in seen.values():
        cell = other.section.cells[name]
        if other.get(name) is None or other.get(name) is INVALID:
            if cell.shape is not None:
                whole = False
                continue
            blank = _blank(marks, cell, other.path_of(name), (other, name))
            if kind_of(cell.field).keyed and last and last != name:
                blank = replace(blank, path=f"{blank.path}.{last}", label=last)  # an entry of a map
            found[blank.path] = blank
        elif kind_of(cell.field).keyed and last in (other.get(name) or ()):
            path = f"{other.path_of(name)}.{last}"
            if other[name][last] is None:
                found[path] = Blank(path, last, required=True, draft=True, typed=marks.typed_at(path))
    if not found or not whole:
        for path in expression.paths:
            if (blank := _through(marks, record, path)) is not None:
                found.setdefault(blank.path, blank)
    return list(found.values())


def _blank(marks: DraftMarks, cell: Cell, path: str, at: tuple[Record, str] | None) -> Blank:
    field = cell.field
    lacking = at is not None and at[0].get(at[1]) is INVALID
    return Blank(
        path,
        field.label,
        required=lacking,
        draft=True,
        optional=not field.needed and not lacking,
        typed=marks.typed(*at) if lacking and at is not None else "",
        computed=cell.origin != "data",
    )


def _through(marks: DraftMarks, record: Record, path: tuple[str, ...]) -> Blank | None:
    """The blank that a path leads to, through records that are not there too."""
    at: Record | None = record
    section, written = record.section, record.path
    for index, name in enumerate(path):
        if index == 0 and name == ROOT:
            at, section, written = record.root, record.root.section, ""
            continue
        cell = section.cells.get(name)
        if cell is None:
            return None
        value: Any = None
        if at is not None:
            try:
                value = at[name]
            except InvalidInput:
                value = INVALID
        written = f"{written}.{name}" if written else name
        if index == len(path) - 1:
            empty = value is None or value is INVALID
            return _blank(marks, cell, written, None if at is None else (at, name)) if empty else None
        if isinstance(value, Record):
            at, section = value, value.section
        elif cell.shape is not None and not cell.field.many:
            at, section = None, cell.shape
        else:
            return None
    return None


def _inside(node: Node, path: str) -> Node:
    """What stands at the rest of a path (`[2]`, `.走访家数`), as far as it leads."""
    for step in path.replace("[", ".").replace("]", "").split("."):
        if isinstance(node, List) and step.isdecimal() and int(step) < len(node):
            node = node[int(step)]
        elif isinstance(node, Map) and step in node:
            node = node[step]
    return node


def _last_name(text: str) -> str:
    """The name that an expression ends with, whatever its filters."""
    name = _LAST_NAME.search(text.partition("|")[0])
    return name[0] if name else ""


def _shown(node: Node) -> str:
    return _cut(_words(node))


def _words(node: Node) -> str:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Map):
        if PUBLISHED in node:
            return _words(node[PUBLISHED])
        return "；".join(f"{name}：{_words(inner)}" for name, inner in node.items())
    return "、".join(map(_words, node))


def _cut(text: str) -> str:
    """A text short enough for a mark, and without what would end it."""
    text = " ".join(text.split()).replace("【", "［").replace("】", "］")
    return text if len(text) <= LONGEST_TYPED else f"{text[: LONGEST_TYPED - 1]}…"
