"""What was typed into the texts of a data file and is not meant so: characters that nobody sees, digits of double width, braces
that are no reference."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from generator.diagnostics import Severity, Text
from generator.figures.foreign_placeholders import PLACEHOLDER
from generator.formula.mistyped import nearly_a_tag
from generator.kept.lazy_patterns import lazy
from generator.report.compute import Computation
from generator.report.record import Record
from generator.source import List, Node, Scalar, position_in
from generator.standard import Cell, Section
from generator.standard.kinds import kind_of
from generator.standard.kinds.mended_values import INVISIBLE, INVISIBLE_CHARACTER

_WIDE_DIGITS = lazy(r"[０-９]+(?:[．.][０-９]+)?[％%]?")
# One set of characters first, which is what a search is quick by; some of them count only where they stand twice.
MARKED = rf"{INVISIBLE}０-９{{}}｛｝﹛︷【〔「《（\[(<%％$＄«‹#＃@"
MARKED_TWICE = (
    r"(?:(?<![【〔「《（\[(<%％])|(?<=【)【|(?<=〔)〔|(?<=「)「|(?<=《)《|(?<=（)（|(?<=\[)\[|(?<=\()\("
    r"|(?<=[<%％])(?=\s*+=?\s*+[^\W\d][\w.]*+\s*+[>%％]))"
)
_ANY = lazy(rf"[{MARKED}]{MARKED_TWICE}")
_TAG = lazy(r"\{\{(?:[^{}\"']|\"[^\"]*\"|'[^']*')*+\}\}")
_BRACED_TAG = lazy(r"(?<!\{)\{*" + _TAG.pattern + r"\}*")  # too many braces are told where the text is read
_STATEMENT = lazy(r"[{｛]\s*[%％]")
_LOOSE = lazy(
    r"(?<![{｛])[{｛]++(?:[%％#]?(?=\n*+[^\S\n])\s++|[%％#]?\s*+(?P<inner>[^\s{}｛｝][^{}｛｝\n]{0,79}?)\s*+[%％#]?+)[}｝]+"
    r"|[}｝]{2,}|(?<![{｛])[{｛]{2,}+(?=[^{｛]*\Z)"
)
_PATH = lazy(r"[^\W\d]\w*(?:\.[^\W\d]\w*|\[[^\]]*\])*\Z")
_NO_NAME = lazy(r"\W")
_DOUBLE = lazy(r"[{｛]{2}|[}｝]{2}")
_LITERAL = lazy(r"\{\{\s*([\"'])[{}]+\1\s*\}\}")


def is_marked(text: str) -> bool:
    """Whether a text holds such a character, or a brace that may belong to a reference."""
    return _ANY.search(text) is not None


def check_typed(computation: Computation, marked: Iterable[tuple[Record, str, str, Scalar]]) -> None:
    """Tell of every such place in the texts that the data file states.

    Args:
        computation: the report.
        marked: those that hold such a character: record, field, place in that, what is written.
    """
    for record, name, suffix, node in marked:
        _check(computation, record, record.section.cells[name], node, record.path_of(name) + suffix)


@lru_cache(maxsize=4096)
def textual(section: Section) -> tuple[str, ...]:
    """The inputs of a section that hold text, or a map of texts."""
    found = []
    for name, cell in section.cells.items():
        field = cell.field.of if kind_of(cell.field).facts and cell.field.of else cell.field
        if cell.origin == "data" and kind_of(field).prose:
            found.append(name)
    return tuple(found)


def scalars_in(node: Node) -> Iterable[tuple[Scalar, str]]:
    """The texts of a field, each with its place in it: none, an index or a key."""
    if isinstance(node, Scalar):
        return ((node, ""),)
    if isinstance(node, List):
        return [(item, f"[{index}]") for index, item in enumerate(node) if isinstance(item, Scalar)]
    return [(item, f".{key}") for key, item in node.items() if isinstance(item, Scalar)]


def _check(computation: Computation, record: Record, cell: Cell, node: Scalar, path: str) -> None:
    text = node.text
    unseen = INVISIBLE_CHARACTER.findall(text)
    if unseen:
        first = INVISIBLE_CHARACTER.search(text)
        assert first is not None
        points = list(dict.fromkeys(f"U+{ord(character):04X}" for character in unseen))
        around = text[max(0, first.start() - 6) : first.start() + 7]
        shown = INVISIBLE_CHARACTER.sub(lambda odd: f"‹U+{ord(odd[0]):04X}›", " ".join(around.split("\n")))
        at = position_in(computation.source, node, first.start())
        points_text = Text("、".join(points), ", ".join(points))
        computation.tell("text-invisible", at, path, points=points_text, count=len(unseen), shown=shown)
    wide = _WIDE_DIGITS.search(text)
    if wide:
        at = position_in(computation.source, node, wide.start())
        plain = wide[0].translate(WIDTH)
        computation.tell("text-wide-digits", at, path, text=wide[0], plain=plain)
    rest = _BRACED_TAG.sub(lambda tag: "\0" * len(tag[0]), text) if "{{" in text else text
    plain = cell.field.plain or cell.field.name == record.section.type.key
    if not plain and not _ANY.search(rest):
        return  # nothing but references
    if "{" in text or "}" in text or "｛" in text or "｝" in text:
        _check_braces(computation, record, cell, node, path, rest)
    for found in PLACEHOLDER.finditer(rest):
        if _is_reference(computation, record, found):
            at = position_in(computation.source, node, found.start())
            if plain:
                computation.tell("narrative-in-plain", at, path, label=cell.field.label, tag=found[0])
            else:
                computation.tell("narrative-braces", at, path, tag=found[0], right=f"{{{{ {found['inner']} }}}}")
            break


def _check_braces(computation: Computation, record: Record, cell: Cell, node: Scalar, path: str, rest: str) -> None:
    """The braces of a text; `rest` is what stands beside its references."""
    text = node.text
    plain = cell.field.plain or cell.field.name == record.section.type.key
    if plain:
        tag = _TAG.search(text)
        if tag and cell.field.name != record.section.type.key:
            at = position_in(computation.source, node, tag.start())
            computation.tell("narrative-in-plain", at, path, label=cell.field.label, tag=tag[0])
        elif not tag and (found := _LOOSE.search(text)) and _is_reference(computation, record, found):
            at = position_in(computation.source, node, found.start())
            computation.tell("narrative-in-plain", at, path, label=cell.field.label, tag=found[0])
        return
    if re.search(r"\{\{|\{%|\{#", rest) or _LITERAL.search(text):
        return  # printing the text tells of it; or braces are printed on purpose
    statements = 0
    for found in _LOOSE.finditer(rest):
        at = position_in(computation.source, node, found.start())
        if statement := _STATEMENT.match(found[0]):
            if not statements:  # the others end it
                nearly = nearly_a_tag(text, found.start())
                computation.tell("text-statement", at, path, nearly and nearly[0], tag=statement[0])
            statements += 1
            continue
        certain = _is_reference(computation, record, found)
        inner = (found["inner"] or "").strip(" \u3000\\")
        right = f"{{{{ {inner} }}}}" if inner and (certain or _PATH.match(inner)) else "{{ 字段 }}"
        severity = None if certain else Severity.WARNING
        computation.tell("narrative-braces", at, path, severity=severity, tag=found[0], right=right)


def _is_reference(computation: Computation, record: Record, found: re.Match[str]) -> bool:
    """Whether braces were meant to print a field: two of them, a statement, a name in full-width ones, a name that there is."""
    whole, inner = found[0], (found["inner"] or "").strip(" \u3000\\")
    if _DOUBLE.search(whole) or _STATEMENT.match(whole):
        return True
    wide = "｛" in whole or "｝" in whole
    if not inner:
        return wide
    if not _PATH.match(inner) and not wide:
        return False
    first = _NO_NAME.split(inner)[0]
    known = first in record.section.cells or first in computation.root.section.cells or first in ("报告", "本")
    return known or (wide and _PATH.match(inner) is not None)


def without_unseen(
    text: str, pieces: tuple[tuple[int, int, bool], ...]
) -> tuple[str, tuple[tuple[int, int, bool], ...]]:
    """A text as it is read aloud, without what nobody sees and with ordinary digits, and where its parts are written.

    Args:
        text: as it prints.
        pieces: of each part: its start in the text, its start as it is written, whether it is literal.
    """
    kept: list[str] = []
    made: list[tuple[int, int, bool]] = []
    length = 0
    for index, (begin, start, literal) in enumerate(pieces):
        end = pieces[index + 1][0] if index + 1 < len(pieces) else len(text)
        made.append((length, start, literal))
        position = begin
        for found in UNSEEN.finditer(text, begin, end):
            if found[0] in _WIDE:
                continue
            kept.append(text[position : found.start()])
            length += found.start() - position
            position = found.end()
            made.append((length, start + position - begin if literal else start, literal))
        kept.append(text[position:end])
        length += end - position
    return "".join(kept).translate(WIDTH), tuple(made)


_WIDE = "０１２３４５６７８９"
UNSEEN = lazy(f"[{INVISIBLE}０-９]")
WIDTH = {0xFF10 + digit: 0x30 + digit for digit in range(10)} | {ord("．"): ord("."), ord("％"): ord("%")}
