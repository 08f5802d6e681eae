"""Values with their places out of libyaml's events, without a node, a resolver or a constructor between.

This is the only place of this room where time matters: what each event needs stands in one object, scalars are read in one go.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from yaml import MarkedYAMLError, YAMLError
from yaml.cyaml import CParser  # pyright: ignore[reportAttributeAccessIssue]  its stubs leave it out
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from generator.diagnostics import Diagnostic
from generator.diagnostics.catalogue import diagnostic
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, field
from generator.source.double_keys import Doubles
from generator.source.mended_copy import Scanned
from generator.source.nodes import (
    KEPT,
    LARGE,
    MAX_DEPTH,
    MAX_PIECE,
    MAX_TEXT,
    PLAIN,
    QUOTED,
    SHORT,
    List,
    Map,
    Node,
    Scalar,
    Source,
    TextPiece,
    Written,
    locate,
)
from generator.source.yaml_traps import odd_key

MAX_ALIASED = 100_000  # values that aliases stand for, all aliases together
MAX_ALIASED_TEXT = 5_000_000  # code points of their texts

_PIECE = 1 << 16  # characters of a text that libyaml is given at once
_STYLES = {"": "plain", None: "plain", "'": "quoted", '"': "quoted", "|": "literal", ">": "folded"}
_QUOTES = ("'", '"')
_CORE = "tag:yaml.org,2002:"
_PROPERTIES = lazy(r"(?:[&!][^\s]*\s+)+")


@dataclass
class Reading:
    """What one pass over a text brought."""

    root: Node | None = None
    findings: list[Diagnostic] = field(default_factory=list)
    folded: list[tuple[Scalar, int]] = field(default_factory=list)  # scalars over several lines, with their last line
    lone: list[Scalar] = field(default_factory=list)  # plain values that begin on a line below their key
    fault: YAMLError | None = None
    last: Scanned | None = None  # the scalar before the fault
    doubles: Doubles = field(default_factory=Doubles)


class _Pieces:
    """A text as libyaml reads a stream: piece by piece, never all of it once more as UTF-8."""

    def __init__(self, text: str):
        self.text = text
        self.at = 0

    def read(self, _size: int) -> str:
        piece = self.text[self.at : self.at + _PIECE]
        self.at += _PIECE
        return piece


class RefusedText(YAMLError):
    """The text is refused as a whole; the finding is written down already."""


def parse(page: Source, text: str) -> Reading:
    """Read `text`, which is `page`'s or a repaired copy with the same lines."""
    builder = _Builder(page, text)
    try:
        builder.read()
    except YAMLError as fault:
        builder.reading.fault = fault
    else:
        builder.reading.root = builder.root
    return builder.reading


class _Builder:
    """The values of a text as far as it is read: the containers that are open, and the key that waits for its value."""

    __slots__ = (
        "aliased", "anchors", "get", "holder", "in_map", "key", "key_line", "known", "own", "page", "reading", "root",
        "stack", "text", "total", "written",
    )  # fmt: skip

    def __init__(self, page: Source, text: str):
        self.page, self.text, self.reading = page, text, Reading()
        self.get: Callable[[], Any] = CParser(_Pieces(text)).get_event
        self.own = text is page.text and len(text) > LARGE  # no repaired copy of it
        self.known: dict[str, str] = {}  # names that stand more than once are kept once
        self.anchors: dict[str, Node] = {}
        self.aliased: dict[int, tuple[int, int, int]] = {}
        self.total = self.written = 0  # values that aliases stand for, and the code points of their texts
        self.stack: list[tuple[Any, str | None, int]] = []
        self.holder: Any = None  # the container that is open
        self.in_map = False
        self.key: str | None = None  # the key of `holder` that waits for its value
        self.key_line = 0
        self.root: Node | None = None

    def read(self) -> None:
        """Read the text to its end.

        Raises:
            YAMLError: it cannot be read on.
        """
        get, scalar = self.get, self.scalar
        handlers: dict[type, Callable[[Any], None]] = {
            MappingStartEvent: self.begin,
            SequenceStartEvent: self.begin,
            MappingEndEvent: self.end,
            SequenceEndEvent: self.end,
            AliasEvent: self.alias,
            DocumentStartEvent: self.document,
        }
        event: Any = None
        try:
            while True:
                event = get()
                kind = type(event)
                if kind is ScalarEvent:
                    scalar(event)
                elif kind in handlers:
                    handlers[kind](event)
                elif kind is StreamEndEvent or event is None:
                    return
        except MarkedYAMLError:
            if type(event) is ScalarEvent:
                start, end = event.start_mark, event.end_mark
                self.reading.last = Scanned(start.line + 1, start.column + 1, end.line + 1, _STYLES[event.style])
            raise

    def scalar(self, event: Any) -> None:
        """A text: the next key of a mapping, or a value."""
        mark = event.start_mark
        line = mark.line + 1
        words = event.value
        in_map = self.in_map
        if in_map and self.key is None:
            if len(words) <= SHORT:
                known = self.known
                if words in known:
                    words = known[words]
                elif len(known) < KEPT:
                    known[words] = words
            self.name(event, words, line, mark.column + 1)
            return
        style, end = event.style, event.end_mark
        start, length = mark.index, len(words)
        if event.anchor or event.tag:
            value = self.marked(event, line, mark.column + 1)
        elif self.own and not style and end.index - start == length <= MAX_PIECE:
            value = TextPiece(self.page, start, length, PLAIN)
        elif self.own and style in _QUOTES and end.index - start == length + 2 <= MAX_PIECE and end.line == mark.line:
            value = TextPiece(self.page, start + 1, length, QUOTED)  # no escape of as many characters as it stands for
        else:
            value = Written(words, line, mark.column + 1, _STYLES[style])
        if end.line != mark.line and style != "|":
            self.reading.folded.append((value, end.line + 1))
        elif line != self.key_line and in_map and words:
            self.reading.lone.append(value)
        if length > MAX_TEXT:
            self.tell("text-too-long", (value.line, value.column), length=length, limit=MAX_TEXT)
        if in_map:
            self.holder[self.key] = value
            self.key = None
        else:
            self.put(value)

    def name(self, event: Any, words: str, line: int, column: int) -> None:
        """A key of the open mapping."""
        if event.anchor or event.tag:
            column = self.marked(event, line, column).column
        holder = self.holder
        if words in holder:
            self.reading.doubles.tell(self.page, holder, words, (line, column), self.reading.findings)
        elif not words.isidentifier():
            odd_key(self.page, words, line, column, self.reading.findings)
        self.key, self.key_line = words, line
        holder.add_key(words, line, column)

    def put(self, value: Node) -> None:
        """A value where it belongs: to the key that waits, into the list that is open, or as the root."""
        if self.in_map:
            self.holder[self.key] = value
            self.key = None
        elif self.holder is not None:
            self.holder.append(value)
        else:
            self.root = value

    def begin(self, event: Any) -> None:
        """A mapping or a list begins."""
        mark = event.start_mark
        if self.in_map and self.key is None:
            self.refuse_key(mark)
            self.skip()
            _ = self.holder.key_at  # this key has no place
            self.key, self.key_line = f"\0{mark.index}", mark.line + 1
            return
        mapping = type(event) is MappingStartEvent
        value = (Map if mapping else List)(mark.line + 1, mark.column + 1)
        if event.anchor or event.tag:
            self.properties(event, value, (value.line, value.column))
        key = self.key
        self.put(value)
        self.stack.append((self.holder, key, self.key_line))
        if len(self.stack) > MAX_DEPTH:
            self.refuse("source-too-deep", mark, limit=MAX_DEPTH)
        self.holder, self.in_map, self.key = value, mapping, None
        if isinstance(value, Map):
            value.begin()

    def end(self, _: Any) -> None:
        """The open mapping or list ends."""
        if self.in_map:
            if "<<" in self.holder:
                self.merge()
            self.holder.end()
        self.holder, _, self.key_line = self.stack.pop()
        self.in_map = type(self.holder) is Map
        self.key = None

    def alias(self, event: Any) -> None:
        """A value, or a key, that stands elsewhere.

        Raises:
            RefusedText: aliases stand for too much, or for what they are in.
        """
        mark, name = event.start_mark, event.anchor
        at = mark.line + 1, mark.column + 1
        value = self.anchors.get(name)
        if value is None:
            self.tell("yaml-unknown-alias", at, name=name)
            value = Written("", *at)
        if value is self.holder or any(value is open_ for open_, _, _ in self.stack):
            self.refuse("yaml-alias-loop", mark, name=name)
        size, depth, letters = _measure(value, self.aliased)
        self.total += size
        self.written += letters
        if self.total > MAX_ALIASED:
            self.refuse("yaml-too-many-aliases", mark, limit=MAX_ALIASED)
        if self.written > MAX_ALIASED_TEXT:
            self.refuse("yaml-long-aliases", mark, limit=MAX_ALIASED_TEXT)
        if depth + len(self.stack) > MAX_DEPTH:
            self.refuse("source-too-deep", mark, limit=MAX_DEPTH)
        if not self.in_map or self.key is not None:
            self.put(value)
            return
        if not isinstance(value, Scalar):
            self.refuse_key(mark)
            value = Written(f"\0{mark.index}", *at)
        self.key, self.key_line = value.text, at[0]
        self.holder.key_at[self.key] = at

    def document(self, event: Any) -> None:
        """A document begins: there is one."""
        if self.root is not None:
            self.refuse("yaml-several-documents", event.start_mark)

    def tell(self, code: str, at: tuple[int, int], **arguments: Any) -> None:
        """Write a finding down."""
        self.reading.findings.append(diagnostic(code, locate(self.page, at), **arguments))

    def refuse(self, code: str, mark: Any, **arguments: Any) -> None:
        """Refuse the text as a whole.

        Raises:
            RefusedText: always.
        """
        self.tell(code, (mark.line + 1, mark.column + 1), **arguments)
        raise RefusedText

    def refuse_key(self, mark: Any) -> None:
        """A mapping or list as a key: `{{ x }}` without quotes, or something that no data file says."""
        if self.text[mark.index - 1 : mark.index + 1] == "{{":
            self.tell("yaml-unquoted-braces", (mark.line + 1, mark.column))
        else:
            self.tell("yaml-key-not-text", (mark.line + 1, mark.column + 1))

    def skip(self) -> None:
        """Pass over the rest of a container whose start was read; what is far too deep is read no further.

        Raises:
            RefusedText: it is: libyaml takes the square of the depth.
        """
        depth = 1
        while depth:
            if depth > 10 * MAX_DEPTH:
                raise RefusedText
            kind = type(self.get())
            if kind is MappingStartEvent or kind is SequenceStartEvent:
                depth += 1
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                depth -= 1

    def properties(self, event: Any, value: Node, at: tuple[int, int]) -> None:
        """Anchor and tag of a value, which stand at `at`; a tag that converts is refused."""
        if event.anchor:
            self.anchors[event.anchor] = value
        tag = event.tag
        if tag and tag != "!" and not tag.startswith(_CORE):
            self.tell("yaml-tag", at, tag=tag)
        elif (
            tag and tag != "!" and tag.removeprefix(_CORE) not in ("str", "int", "float", "bool", "null", "map", "seq")
        ):
            self.tell("yaml-tag", at, tag="!!" + tag.removeprefix(_CORE))

    def marked(self, event: Any, line: int, column: int) -> Scalar:
        """A text with anchor or tag, behind which it stands."""
        shown, style = self.page.line_text(line), _STYLES[event.style]
        found = _PROPERTIES.match(shown, column - 1)
        begin = found.end() + 1 if found and found.end() < len(shown) else column
        value = Written(event.value, line, begin, style)
        if style == "plain" and event.tag in ("!", _CORE + "str"):
            value = Written(event.value, line, begin, "quoted")
        self.properties(event, value, (line, column))
        return value

    def merge(self) -> None:
        """Take over the entries of the mappings that the key `<<` names; what the open mapping states itself stays."""
        holder = self.holder
        line, column = holder.key_at["<<"]
        if not self.page.line_text(line).startswith("<<", column - 1):
            return  # a quoted "<<" is a text
        named = holder.pop("<<")
        del holder.key_at["<<"]
        for each in named if isinstance(named, List) else [named]:
            if not isinstance(each, Map):
                known = [one for one in self.reading.findings if one.code == "yaml-unknown-alias"]
                if any(one.location.line == each.line and one.location.column == each.column for one in known):
                    return  # the name that is not there is told
                self.tell("yaml-merge", (line, column))
                return
            for key, value in each.items():
                if key not in holder:
                    holder[key] = value
                    holder.key_at[key] = each.key_at[key]


def _measure(node: Node, known: dict[int, tuple[int, int, int]]) -> tuple[int, int, int]:
    """How many values a node holds, itself among them, how deep it is, how long its texts are; aliases as often as they stand."""
    if isinstance(node, Scalar):
        return 1, 0, len(node.text)
    found = known.get(id(node))
    if found is None:
        size, depth, letters = 1, 0, 0
        for item in node.values() if isinstance(node, Map) else node:
            more, below, longer = _measure(item, known)
            size += more
            letters += longer
            depth = max(depth, below)
        found = known[id(node)] = size, depth + 1, letters
    return found
