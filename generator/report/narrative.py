"""Prints the texts of a data file: `{{ }}` is evaluated once, by the evaluator of formulas."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache

from generator.diagnostics.wording import report_reasons as reasons
from generator.figures.markdown_text import literal
from generator.formula import Compiled, Fault, FormulaError, InvalidInput, Names, Tag, compile_printed, parse_text
from generator.formula.tree import Concatenation
from generator.formula.value_text import contradicting
from generator.kept.lazy_patterns import lazy
from generator.report.draft_marks import DraftMarks
from generator.report.record import Record
from generator.report.session import Session
from generator.source import Scalar, locate, position_in
from generator.standard import Field, RecordType

_TAGS = lazy(r"(\{\{(?:(?!\{\{).)*?\}\}|\{%(?:(?!\{%).)*?%\}|\{#(?:(?!\{#).)*?#\})", re.S)
_SIMPLE = lazy(r"(\{\{[^{}]*[^{}-]\}\})")  # a tag that ends at its first braces, whatever stands around it
_REMEMBERED = 2_000  # characters of a text that is remembered for the next data file


def print_narrative(session: Session, record: Record, field: Field, node: Scalar, path: str) -> str | None:
    """A text with its tags printed; None where it is at fault."""
    if session.as_written:
        return node.text
    path = path or record.path_of(field.name)
    if session.marks is not None:
        return _text_of_draft(session, session.marks, record, field, node.text, path)
    key = (record.section.type, node.text)
    compiled = session.compiled.get(key)
    if compiled is None:
        make = _compiled if len(node.text) <= _REMEMBERED else _compiled.__wrapped__
        compiled, faults = make(record.section.type, session.standard.root.type, node.text)
        for fault in faults:
            found = fault.at(locate(session.source, position_in(session.source, node, fault.offset), path))
            session.note(found)
        if faults:
            return None
        session.compiled[key] = compiled  # indicators repeat each other's words
    pieces: list[tuple[int, str, bool]] = []
    written = 0
    for index, part in enumerate(compiled):
        if isinstance(part, str):
            pieces.append((written, part, True))
            continue
        tag, expression = part
        value = expression.function(record)
        if value is None:
            place = position_in(session.source, node, tag.start)
            session.tell("narrative-blank", place, path, text=expression.text)
        following = compiled[index + 1] if index + 1 < len(compiled) else ""
        if isinstance(following, str) and (after := contradicting(expression.type.unit, following)):
            unit = reasons.PERCENT if expression.type.unit == "%" else expression.type.unit
            place = position_in(session.source, node, tag.start)
            session.tell("narrative-unit", place, path, text=expression.text, unit=unit, after=after)
        pieces.append((tag.start, value or "", False))
        written = tag.end
    session.printed[id(node)] = pieces
    if field.markdown:
        return "".join(part if typed else literal(part) for _, part, typed in pieces)
    return "".join(part for _, part, _ in pieces)


def _text_of_draft(session: Session, marks: DraftMarks, record: Record, field: Field, text: str, path: str) -> str:
    """A text with marks in the place of tags that have no value or cannot be read."""
    own, root = record.section.type, session.standard.root.type
    parts, faults = _compiled.__wrapped__(own, root, text)
    if faults:  # each tag by itself, so that the others print
        parts = []
        for piece in _TAGS.split(text):
            inner, wrong = _compiled.__wrapped__(own, root, piece)
            parts += [marks.of_fault(piece, path, field.label)] if wrong else inner
    shown = []
    for part in parts:
        if isinstance(part, str):
            shown.append(part)
            continue
        names = Names(own, root, {}, narrative=True)
        value = "".join(_shown_in_draft(marks, record, one) for one in _joined(part, names))
        shown.append(literal(value) if field.markdown else value)
    return "".join(shown)


def _joined(part: tuple[Tag, Compiled], names: Names) -> list[Compiled]:
    """What a tag joins by `~`, one by one: the words beside a value that is missing stay."""
    node = part[0].node
    return [compile_printed(one, names) for one in node.parts] if isinstance(node, Concatenation) else [part[1]]


def _shown_in_draft(marks: DraftMarks, record: Record, expression: Compiled) -> str:
    """What an expression prints in a draft: its value, or its marks."""
    value = None
    with suppress(InvalidInput):
        value = expression.function(record)
    return marks.of_tag(record, expression) if value is None else value


@lru_cache(maxsize=1024)  # departments repeat the words of the standard's sample
def _compiled(
    within: RecordType, root: RecordType, text: str
) -> tuple[list[str | tuple[Tag, Compiled]], tuple[Fault, ...]]:
    """The parts of a text in a record of a type, its tags compiled, and what is wrong with them."""
    simple = _of_known_tags(within, root, text)
    if simple is not None:
        return simple, ()
    names = Names(within, root, {}, narrative=True)
    faults: list[Fault] = []
    try:
        parts = parse_text(text, filters=True)
    except FormulaError as error:
        parts, faults = error.parts, list(error.faults)
    compiled: list[str | tuple[Tag, Compiled]] = []
    for part in parts:
        try:
            compiled.append(part if isinstance(part, str) else (part, compile_printed(part.node, names)))
        except FormulaError as error:
            faults += error.faults
    return compiled, tuple(faults)


def _of_known_tags(within: RecordType, root: RecordType, text: str) -> list[str | tuple[Tag, Compiled]] | None:
    """The same of a text without other braces than those of its tags, by tags that other texts hold, too; None of another."""
    parts: list[str | tuple[Tag, Compiled]] = []
    at = 0
    for index, piece in enumerate(_SIMPLE.split(text)):
        end = at + len(piece)
        if index % 2:
            known = _tag(within, root, piece)
            if known is None:
                return None
            parts.append((Tag(known[0].node, at, end), known[1]))
        elif "{" in piece or "}" in piece:
            return None
        elif piece:
            parts.append(piece)
        at = end
    return parts


@lru_cache(maxsize=4096)
def _tag(within: RecordType, root: RecordType, text: str) -> tuple[Tag, Compiled] | None:
    """The one tag that a text is, compiled; None where anything is wrong with it."""
    try:
        (tag,) = parse_text(text, filters=True)
        assert isinstance(tag, Tag)
        return tag, compile_printed(tag.node, Names(within, root, {}, narrative=True))
    except FormulaError:
        return None
