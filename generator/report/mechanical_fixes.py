"""`check --fix`: what was typed wrongly and can have meant one thing only, put right in the text of a data file.

Comments, layout, line ends and encoding stay; a fix never goes beyond its line. What it writes reads as what was written,
where that could be read at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from generator.diagnostics import Failure, Invalid
from generator.kept.light_classes import dataclass
from generator.ooxml.saving import file_finding
from generator.report.chosen_standard import DIGEST_KEY, STANDARD_KEYS
from generator.report.compute import Computation
from generator.report.examine import examine
from generator.report.mended_standard import mended_name, standard_named
from generator.report.read_records import ALSO, KEPT, NAMED_ITEM
from generator.report.record import Record
from generator.report.typed_text import WIDTH
from generator.source import List, Map, Node, Scalar, Source
from generator.source.decoding import Written, written
from generator.source.extents import extent
from generator.source.nodes import is_json
from generator.source.read import is_form, is_workbook_name
from generator.source.slip_fixes import mend_slips
from generator.standard import Field
from generator.standard.kinds import kind_of
from generator.standard.kinds.mended_values import INVISIBLE
from generator.standard.meant_value import meant
from generator.standard.model import PUBLISHED, REASON

_NAMES = {*STANDARD_KEYS, DIGEST_KEY, ALSO, KEPT, PUBLISHED, REASON, "字段", "值", "处"}
# Private use is left: it may be a rare character that some font has.
_UNSEEN = re.compile(f"(?![\ue000-\uf8ff\U000f0000-\U0010fffd])[{INVISIBLE}]")
_SPACES = re.compile("[\xa0\u2000-\u200a\u202f\u205f]")
_FAMILIAR = re.compile(r"[\x20-\x7e\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’…—·]")
_WIDE_DIGITS = re.compile(r"[０-９]+(?:[．.][０-９]+)?[％%]?")
_DOTTED = re.compile(r"\{\{\s*[^\W\d]\w*(?:\s*[.。．]\s*[^\W\d]\w*)+\s*\}\}")
_WIDE_TAG = re.compile(r"[{｛]{2}([^{}｛｝\n]++)[}｝]{2}")


@dataclass(frozen=True)
class Fixed:
    """What putting right came to.

    Args:
        content: the file, in its own encoding and with its own line ends.
        changes: lines of a unified difference without context; characters that nobody sees are shown by their number.
        count: how many lines were changed.
    """

    content: bytes
    changes: tuple[str, ...]
    count: int


def fix(data: bytes, name: str) -> Fixed:
    """A data file with its slips of the keyboard put right.

    Args:
        data: the content of a YAML or JSON file.
        name: what findings call it.

    Raises:
        Failure: it is a form, whose cells are put right in the form itself.
    """
    if is_workbook_name(name):
        raise Failure([file_finding("fix-form", name)])
    found = None if is_form(name, data) else written(data)
    if found is None:  # a document of another kind, or one with characters that cannot be read: reading tells it
        return Fixed(data, (), 0)
    text = found.text
    json = is_json(name, text)
    named = mended_name(text)
    mended = mend_slips(Source(name, named, Map()), _known(named), json=json)
    for _ in range(3):  # a reference that was put right may let another text be read
        again = _values_fixed(mended, name)
        if again == mended:
            break
        mended = mend_slips(Source(name, again, Map()), _known(again), json=json)  # `{{` needs quotes
    return _fixed(found, text, mended, name)


def _fixed(found: Written, before: str, after: str, name: str) -> Fixed:
    if before == after:
        return Fixed(found.data, (), 0)
    changes = [f"--- {name}", f"+++ {name}"]
    pairs = zip(before.split("\n"), after.split("\n"), strict=True)
    for number, (old, new) in enumerate(pairs, 1):
        if old != new:
            changes += (f"@@ -{number} +{number} @@", f"-{_shown(old)}", f"+{_shown(new)}")
    return Fixed(found.encode(after), tuple(changes), len(changes) // 3)


def _shown(line: str) -> str:
    return _UNSEEN.sub(lambda odd: f"‹U+{ord(odd[0]):04X}›", line)


def _known(text: str) -> set[str]:
    """The names that can stand before a colon in this data file."""
    standard = standard_named(text)
    return _NAMES.union(*(section.cells for section in standard.root.walk())) if standard else {*_NAMES}


def _values_fixed(text: str, name: str) -> str:
    """The text with its values put right, as far as it can be read by a standard."""
    report = None
    with suppress(Invalid):  # the standard's fault, which checking tells
        report, _ = examine(text.encode(), None, name, to_its_end=True)
    if report is None:
        return text
    computation = report.computation
    edits: dict[tuple[int, int], str] = {}
    for record, field, node in _nodes(computation):
        at = extent(computation.source, node)
        if at is None:
            continue
        raw = computation.source.text[slice(*at)]
        new = _new(raw, node, field, is_key=field.name == record.section.type.key)
        if new is not None and new != raw:
            edits[at] = new
    for node, new in _named_items(computation):
        at = extent(computation.source, node)
        if at is not None and computation.source.text[slice(*at)] == node.text:
            edits[at] = new
    for (start, end), new in sorted(edits.items(), reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _nodes(computation: Computation) -> Iterator[tuple[Record, Field, Scalar]]:
    """Every single value that the data file states of a field."""
    for records in computation.records.values():
        for record in records:
            for name, node in record.source.items():
                cell = record.section.cells.get(name)
                if cell is not None and cell.field.record is None and not kind_of(cell.field).file:
                    field = cell.field.of if kind_of(cell.field).keyed and cell.field.of else cell.field
                    yield from ((record, field, scalar) for scalar in _scalars(node))


def _named_items(computation: Computation) -> Iterator[tuple[Scalar, str]]:
    """Items that should be fields with values and are a text that begins with a field's name and a colon: `- 标题：会议`; as they are written."""
    for records in computation.records.values():
        for record in records:
            for name, node in record.source.items():
                cell = record.section.cells.get(name)
                if cell is None or cell.section is None or not isinstance(node, List):
                    continue
                for item in node:
                    if not isinstance(item, Scalar):
                        continue
                    found = NAMED_ITEM.fullmatch(item.text)
                    if found and found[1] in cell.section.cells and "\n" not in item.text and ": " not in found[2]:
                        yield item, f"{found[1]}: {found[2]}"


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, List):
        for item in node:
            yield from _scalars(item)
    else:
        for key, item in node.items():
            if key != REASON:
                yield from _scalars(item)


def _new(raw: str, node: Scalar, field: Field, *, is_key: bool) -> str | None:
    """What is to be written in the place of a value; None for what stays."""
    if kind_of(field).prose:
        text = _text(raw)
        return text if field.plain or is_key else _DOTTED.sub(_points, _WIDE_TAG.sub(_tag, text))
    return meant(field, node.text) if raw == node.text else None


def _tag(found: re.Match[str]) -> str:
    whole = found[0]
    inner = found[1].strip(" \u3000") or found[1][-1]
    return f"{{{{ {inner} }}}}" if "｛" in whole or "｝" in whole else whole


def _points(found: re.Match[str]) -> str:
    """A path with its points: `{{ 资金。全年执行数 }}`."""
    return re.sub(r"(?:(?<!\s)\s++|)[。．]\s*", ".", found[0])


def _text(raw: str) -> str:
    """A text without characters that nobody sees, its digits of ordinary width."""

    def unseen(found: re.Match[str]) -> str:
        before, after = raw[found.start() - 1 : found.start()], raw[found.end() : found.end() + 1]
        if _SPACES.match(found[0]):
            return " " if before.isascii() and after.isascii() and before.isalnum() and after.isalnum() else ""
        familiar = all(not one or one == "\n" or _FAMILIAR.match(one) for one in (before, after))
        return "" if familiar else found[0]

    plain = _UNSEEN.sub(unseen, raw)
    return _WIDE_DIGITS.sub(lambda digits: digits[0].translate(WIDTH), plain)
