"""YAML through libyaml's events: values with positions, duplicate keys, aliases and merge keys within a cap.

The events are read in one loop without a node, a resolver or a constructor between: the loop is the only
place of this room where time matters.
"""

from __future__ import annotations

from typing import Any

from yaml import MarkedYAMLError, YAMLError
from yaml.cyaml import CParser  # pyright: ignore[reportAttributeAccessIssue]
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
from generator.source.nodes import List, Map, Node, Scalar, Source, locate
from generator.source.yaml_faults import Repair, Scanned, mend_habit, repair
from generator.source.yaml_traps import odd_key, silent_traps

MAX_DEPTH = 100
MAX_ALIASED = 100_000  # values that aliases stand for, all aliases together
MAX_ALIASED_TEXT = 5_000_000  # code points of their texts
MAX_TEXT = 100_000  # code points of one text: some 200 pages
MAX_REPAIRS = 100  # syntax errors of one file that are told
MAX_REREAD = 3_000_000  # characters that are read again for them: large files tell fewer

_PIECE = 1 << 16  # characters of a text that libyaml is given at once
SHORT = 40  # characters of a text that is kept once, however often it stands …
KEPT = 20_000  # … and how many of them
_STYLES = {"": "plain", None: "plain", "'": "quoted", '"': "quoted", "|": "literal", ">": "folded"}
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


class _Stop(YAMLError):
    """The text is refused as a whole; the finding is written down already."""


def read_yaml(page: Source) -> tuple[Node | None, list[Diagnostic]]:
    """Values and findings of a YAML text; after a syntax error a repaired copy is read on, for further findings.

    Args:
        page: name and text of the file.
    """
    reading = parse(page, page.text)
    good = reading.fault is None and not reading.findings
    repaired = Repair([] if good else page.text.split("\n"))
    again = 0
    while not isinstance(reading.fault, _Stop):
        odd = next((finding for finding in reading.findings if finding.code == "odd-indentation"), None)
        if odd is not None and not repaired.guessed:  # read as part of a name: what follows is not where it was meant
            repaired.findings.append(odd)
            mend_habit(repaired, odd.code)
        elif reading.fault is None:
            break
        else:
            repair(page, repaired, reading.fault, reading.last)
        again += len(page.text)
        if len(repaired.findings) >= MAX_REPAIRS or repaired.given_up or again > MAX_REREAD:
            break
        reading = parse(page, "\n".join(repaired.lines))
    findings = repaired.findings + [repaired.moved_back(finding) for finding in reading.findings]
    if reading.root is not None:
        known = {finding.location.line for finding in findings}
        findings += (
            trap
            for trap in silent_traps(page, reading.root, reading.folded, reading.lone)
            if trap.location.line not in known and not (repaired.guessed and trap.code == "yaml-indentation")
        )
    return reading.root, findings


def parse(page: Source, text: str) -> Reading:
    """Read `text`, which is `page`'s or a repaired copy with the same lines."""
    reading = Reading()
    try:
        reading.root = _values(page, text, reading)
    except YAMLError as fault:
        reading.fault = fault
    return reading


def _values(page: Source, text: str, reading: Reading) -> Node | None:
    get = CParser(_Pieces(text)).get_event
    styles = _STYLES
    known: dict[str, str] = {}  # texts that stand more than once are kept once
    folded, lone = reading.folded, reading.lone
    anchors: dict[str, Node] = {}
    aliased: dict[int, tuple[int, int, int]] = {}
    total = written = 0
    stack: list[tuple[Map | List | None, str | None, int]] = []
    holder: Map | List | None = None  # the container that is open
    in_map = False
    key: str | None = None  # the key of `holder` that waits for its value
    key_line = 0
    root: Node | None = None
    value: Any = None
    event: Any = None
    mark: Any
    try:
        while True:
            event = get()
            kind = type(event)
            if kind is ScalarEvent:
                mark = event.start_mark
                line = mark.line + 1
                column = mark.column + 1
                words = event.value
                if len(words) <= SHORT:
                    if words in known:
                        words = known[words]
                    elif len(known) < KEPT:
                        known[words] = words
                if in_map and key is None:
                    if event.anchor or event.tag:
                        column = _behind_properties(page, event, anchors, reading)
                    if words in holder:  # type: ignore[operator]
                        _duplicate(page, holder, words, line, column, reading)  # type: ignore[arg-type]
                    elif not words.isidentifier():
                        odd_key(page, words, line, column, reading.findings)
                    key = words
                    key_line = line
                    holder.add_key(words, line, column)  # type: ignore[union-attr]
                    continue
                style = styles[event.style]
                value = Scalar(words, line, column, style)
                if event.end_mark.line != mark.line and style != "literal":
                    folded.append((value, event.end_mark.line + 1))
                elif line != key_line and in_map and words:
                    lone.append(value)
                if len(words) > MAX_TEXT:
                    _too_long(page, value, reading)
                if event.anchor or event.tag:
                    _properties(page, event, value, anchors, reading)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                mark = event.start_mark
                if in_map and key is None:
                    _refused_key(page, text, mark, reading)
                    _skip(get)
                    _ = holder.key_at  # type: ignore[union-attr]  # this key has no place
                    key = f"\0{mark.index}"
                    key_line = mark.line + 1
                    continue
                value = (Map if kind is MappingStartEvent else List)(mark.line + 1, mark.column + 1)
                if event.anchor or event.tag:
                    _properties(page, event, value, anchors, reading)
                if holder is None:
                    root = value
                elif in_map:
                    holder[key] = value  # type: ignore[index]
                else:
                    holder.append(value)  # type: ignore[union-attr]
                stack.append((holder, key, key_line))
                if len(stack) > MAX_DEPTH:
                    _refuse(page, reading, "source-too-deep", mark, limit=MAX_DEPTH)
                holder, in_map, key = value, kind is MappingStartEvent, None
                if in_map:
                    value.begin()
                continue
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                if in_map:
                    if "<<" in holder:  # type: ignore[operator]
                        _merge(page, holder, reading)  # type: ignore[arg-type]
                    holder.end()  # type: ignore[union-attr]
                holder, key, key_line = stack.pop()
                in_map = type(holder) is Map
                key = None
                continue
            elif kind is AliasEvent:
                mark = event.start_mark
                name: str = event.anchor
                if name not in anchors:
                    reading.findings.append(
                        diagnostic("yaml-unknown-alias", locate(page, (mark.line + 1, mark.column + 1)), name=name)
                    )
                    value = Scalar("", mark.line + 1, mark.column + 1)
                else:
                    value = anchors[name]
                if value is holder or any(value is open_ for open_, _, _ in stack):
                    _refuse(page, reading, "yaml-alias-loop", mark, name=name)
                size, depth, letters = _measure(value, aliased)
                total += size
                written += letters
                if total > MAX_ALIASED:
                    _refuse(page, reading, "yaml-too-many-aliases", mark, limit=MAX_ALIASED)
                if written > MAX_ALIASED_TEXT:
                    _refuse(page, reading, "yaml-long-aliases", mark, limit=MAX_ALIASED_TEXT)
                if depth + len(stack) > MAX_DEPTH:
                    _refuse(page, reading, "source-too-deep", mark, limit=MAX_DEPTH)
                if in_map and key is None:
                    if not isinstance(value, Scalar):
                        _refused_key(page, text, mark, reading)
                        value = Scalar(f"\0{mark.index}", mark.line + 1, mark.column + 1)
                    key, key_line = value.text, mark.line + 1
                    holder.key_at[key] = (mark.line + 1, mark.column + 1)  # type: ignore[union-attr]
                    continue
            elif kind is StreamEndEvent or event is None:
                return root
            elif kind is DocumentStartEvent and root is not None:
                _refuse(page, reading, "yaml-several-documents", event.start_mark)
            else:
                continue
            # a scalar or an alias that is a value
            if in_map:
                holder[key] = value  # type: ignore[index]
                key = None
            elif holder is not None:
                holder.append(value)  # type: ignore[union-attr]
            else:
                root = value
    except MarkedYAMLError:
        if type(event) is ScalarEvent:
            start, end = event.start_mark, event.end_mark
            reading.last = Scanned(start.line + 1, start.column + 1, end.line + 1, styles[event.style])
        raise


def _refuse(page: Source, reading: Reading, code: str, mark: Any, **arguments: Any) -> None:
    reading.findings.append(diagnostic(code, locate(page, (mark.line + 1, mark.column + 1)), **arguments))
    raise _Stop


def _duplicate(page: Source, holder: Map, key: str, line: int, column: int, reading: Reading) -> None:
    reading.doubles.tell(page, holder, key, (line, column), reading.findings)


def _too_long(page: Source, value: Scalar, reading: Reading) -> None:
    reading.findings.append(diagnostic("text-too-long", locate(page, value), length=len(value.text), limit=MAX_TEXT))


def _refused_key(page: Source, text: str, mark: Any, reading: Reading) -> None:
    """A mapping or list as a key: `{{ x }}` without quotes, or something that no data file says."""
    if text[mark.index - 1 : mark.index + 1] == "{{":
        finding = diagnostic("yaml-unquoted-braces", locate(page, (mark.line + 1, mark.column)))
    else:
        finding = diagnostic("yaml-key-not-text", locate(page, (mark.line + 1, mark.column + 1)))
    reading.findings.append(finding)


def _skip(get: Any) -> None:
    """Pass over the rest of a container whose start was read; what is far too deep is read no further.

    Raises:
        _Stop: it is: libyaml takes the square of the depth.
    """
    depth = 1
    while depth:
        if depth > 10 * MAX_DEPTH:
            raise _Stop
        kind = type(get())
        if kind is MappingStartEvent or kind is SequenceStartEvent:
            depth += 1
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            depth -= 1


def _behind_properties(page: Source, event: Any, anchors: dict[str, Node], reading: Reading) -> int:
    """The column of a key that has an anchor or a tag before it."""
    start = event.start_mark
    value = Scalar(event.value, start.line + 1, start.column + 1, _STYLES[event.style])
    _properties(page, event, value, anchors, reading)
    return value.column


def _properties(page: Source, event: Any, value: Node, anchors: dict[str, Node], reading: Reading) -> None:
    """Anchor and tag: the value's column is that of its text, behind them; a tag that converts is refused."""
    if event.anchor:
        anchors[event.anchor] = value
    shown = page.line_text(value.line)
    found = _PROPERTIES.match(shown, value.column - 1)
    tag = event.tag
    if tag and tag != "!" and not tag.startswith(_CORE):
        reading.findings.append(diagnostic("yaml-tag", locate(page, value), tag=tag))
    elif (
        tag and tag.startswith(_CORE) and tag[len(_CORE) :] not in ("str", "int", "float", "bool", "null", "map", "seq")
    ):
        reading.findings.append(diagnostic("yaml-tag", locate(page, value), tag="!!" + tag[len(_CORE) :]))
    if isinstance(value, Scalar):
        if found and found.end() < len(shown):
            value.column = found.end() + 1
        if value.style == "plain" and tag in ("!", _CORE + "str"):
            value.style = "quoted"


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


def _merge(page: Source, holder: Map, reading: Reading) -> None:
    """Take over the entries of the mappings that the key `<<` names; what the mapping states itself stays."""
    line, column = holder.key_at["<<"]
    if not page.line_text(line).startswith("<<", column - 1):
        return  # a quoted "<<" is a text
    named = holder.pop("<<")
    del holder.key_at["<<"]
    for each in named if isinstance(named, List) else [named]:
        if not isinstance(each, Map):
            reading.findings.append(diagnostic("yaml-merge", locate(page, (line, column))))
            return
        for key, value in each.items():
            if key not in holder:
                holder[key] = value
                holder.key_at[key] = each.key_at[key]
