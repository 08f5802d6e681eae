"""The values that a data file gives and that formulas come to, as they are kept: read, narrative printed, rounded."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from generator.diagnostics.wording import level_words as words
from generator.diagnostics.wording import report_reasons as reasons
from generator.figures import Paragraphs, round_half_up
from generator.formula import INVALID, InvalidInput
from generator.report.draft_marks import HalfRead
from generator.report.narrative import print_narrative
from generator.report.pictures import picture
from generator.report.prescribed_items import prescribed_entries
from generator.report.record import Record
from generator.report.session import Session
from generator.report.shape_hints import NOTHING_WORDS
from generator.report.stated_text import has_tag, says_nothing
from generator.source import List, Map, Node, Refused, Scalar, place_words
from generator.standard import Field
from generator.standard.convert import convert, single
from generator.standard.kinds import TOO_LARGE, BadValue, kind_of, stored_places
from generator.standard.kinds.text_kinds import MAX_TEXT, check_text, paragraphs
from generator.standard.model import PUBLISHED


def stored(session: Session, record: Record, field: Field, value: Any) -> Any:
    """A computed value as it is kept: rounded half-up to the field's places."""
    if value is None or value is INVALID:
        return value
    if field.many:
        return [stored_one(session, record, field, item, None) for item in value]
    if type(value) is str and len(value) <= MAX_TEXT and not kind_of(field).lines:  # what most values are
        return value
    return stored_one(session, record, field, value, field.name)


def stored_one(session: Session, record: Record, field: Field, value: Any, name: str | None) -> Any:
    """The same of one item; `name` keeps the exact number of a field."""
    if isinstance(value, Decimal):
        if abs(value) >= TOO_LARGE:
            at = record.place
            session.tell("value-too-large", at, record.path_of(field.name), label=field.label, text=f"{value:.3E}")
            raise InvalidInput
        rounded = round_half_up(value, stored_places(field))
        if rounded is not value and name is not None and rounded != value:
            if record.exact_values is None:
                record.exact_values = {}
            record.exact_values[name] = value
        return rounded
    kind = kind_of(field)
    if kind.lines and not isinstance(value, Paragraphs):
        value = paragraphs(field, str(value))
    elif isinstance(value, Paragraphs) and kind.sentence:
        value = str(value)
    if isinstance(value, str) and len(value) > MAX_TEXT:
        told = {"label": field.label, "length": len(value), "limit": MAX_TEXT}
        session.tell("value-too-long", record.place, record.path_of(field.name), **told)
        raise InvalidInput
    return value


def given(session: Session, record: Record, field: Field, node: Node) -> Any:
    """The value of an input from its node, narrative printed."""
    if isinstance(node, Map) and PUBLISHED in node:
        session.tell("exception-on-input", node, record.path_of(field.name), label=field.label)
        return INVALID
    if field.many:
        if not isinstance(node, List):
            session.wrong_shape(field, node, record.path_of(field.name))
            return INVALID
        check_items(session, record, field, node)
        if kind_of(field).prose:
            _tell_repeated(session, record, field, node)
            _tell_nothing(session, record, field, node)
        item_field, path = single(field), record.path_of(field.name)
        items = [(index, item) for index, item in enumerate(node) if not says_nothing(item)]
        values = [one(session, record, item_field, item, f"{path}[{index}]") for index, item in items]
        return INVALID if any(value is INVALID for value in values) else values
    return one(session, record, field, node, "")


def _entries(session: Session, record: Record, field: Field, node: Map, path: str) -> Any:
    """Names with their values."""
    of = field.of or Field(field.name, "number")
    if field.fixed is not None:
        node = prescribed_entries(session, record, field, node)
    found = {
        name: None if says_nothing(item) else one(session, record, of, item, f"{path}.{name}")
        for name, item in node.items()
    }
    wrong = [name for name, value in found.items() if value is INVALID]
    if wrong and session.marks is None:
        return INVALID
    return HalfRead({**found, **dict.fromkeys(wrong)}) if wrong else found


def one(session: Session, record: Record, field: Field, node: Node, path: str) -> Any:
    """A single value, or an item of a list at `path`."""
    if isinstance(node, Refused):  # a finding of the form says why
        return INVALID
    kind = kind_of(field)
    if kind.keyed and isinstance(node, Map):
        return _entries(session, record, field, node, path or record.path_of(field.name))
    if kind.lines and isinstance(node, List):
        base = path or record.path_of(field.name)
        lines = []
        for index, item in enumerate(node):
            value = one(session, record, field, item, f"{base}[{index}]")
            if value is INVALID:
                return INVALID
            lines.extend(value)
        return Paragraphs(lines)
    if kind.keyed or not isinstance(node, Scalar):
        session.wrong_shape(field, node, path or record.path_of(field.name))
        return INVALID
    text = node.text
    try:
        if "{" in text and kind.prose and not field.plain and has_tag(text):
            check_text(text)
            text = print_narrative(session, record, field, node, path)
            if text is None:
                return INVALID
            printed = paragraphs(field, text) if kind.lines else text.strip()
            return stored_one(session, record, field, printed, None)
        if field.plain and "{{" in text and field.name == record.section.type.key:
            session.tell("narrative-in-key", node, path or record.path_of(field.name), label=field.label)
            return INVALID
        if kind.file and not session.as_written:
            return picture(session, record, field, node, path or record.path_of(field.name))
        return convert(field)(text)
    except BadValue as bad:
        session.bad_value(bad, node, field, path or record.path_of(field.name))
        return INVALID


def _tell_nothing(session: Session, record: Record, field: Field, node: List) -> None:
    """Tell of an item that says that there is none."""
    for index, item in enumerate(node):
        if isinstance(item, Scalar) and item.text.strip() in NOTHING_WORDS:
            path = f"{record.path_of(field.name)}[{index}]"
            hint = words.NO_ITEMS[session.spelling] if len(node) == 1 else words.DELETE_ITEM
            session.tell("nothing-listed", item, path, hint, label=field.label, text=item.text.strip())
            return


def _tell_repeated(session: Session, record: Record, field: Field, node: List) -> None:
    """Tell of texts of a list that stand there once already."""
    first: dict[str, Scalar] = {}
    for index, item in enumerate(node):
        if not isinstance(item, Scalar) or says_nothing(item):
            continue
        before = first.setdefault(item.text.strip(), item)
        if before is not item:
            place = place_words(session.source, (before.line, before.column))
            path = f"{record.path_of(field.name)}[{index}]"
            session.tell("repeated-text", item, path, label=field.label, place=place)


def check_items(session: Session, record: Record, field: Field, node: List) -> None:
    """The number of items of a list against its bounds."""
    count = len(node)
    low, high = field.minimum, field.maximum
    bound = None
    if isinstance(low, Decimal) and count < low:
        bound = reasons.AT_LEAST.filled(low=low)
    elif isinstance(high, Decimal) and count > high:
        bound = reasons.AT_MOST.filled(high=high)
    if bound:
        session.tell("value-items", node, record.path_of(field.name), label=field.label, count=count, bound=bound)
