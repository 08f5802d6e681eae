"""The order of calculation, which names cells that moved, and the mark that formulas are to be computed anew."""

from __future__ import annotations

import re

from generator.excel.read.workbook import Workbook
from generator.kept.lazy_patterns import lazy
from generator.ooxml.overlay import Overlay
from generator.ooxml.package import CONTENT_TYPES
from generator.ooxml.relationships import related_parts, relationships_member
from generator.ooxml.spreadsheet import double_quoted

_CALCULATION = lazy(rb"<(\w+:)?calcPr((?:\s[^>]*?)?)(/>|>.*?</(?:\w+:)?calcPr>)", re.S)


_BEFORE_CALCULATION = lazy(
    rb"(</(?:\w+:)?(?:definedNames|externalReferences|functionGroups|sheets)>|<(?:\w+:)?functionGroups[^>]*/>)", re.S
)


def forget_calculation_chain(workbook: Workbook, parts: Overlay, recalculate: bool) -> None:
    """The order of calculation names cells that moved, so it goes; Excel makes it anew. Mark what must be recalculated."""
    for part in related_parts(parts, workbook.main, "calcChain"):
        parts.leave_out(part)
        member = relationships_member(workbook.main)
        links = double_quoted(parts.read(member))
        parts.write(member, re.sub(rb"<(?:\w+:)?Relationship\s[^>]*?/calcChain\"[^>]*/>", b"", links))
        escaped = re.escape(part.encode())
        types = double_quoted(parts.read(CONTENT_TYPES))
        override = rb'<(?:\w+:)?Override\s[^>]*?"/?' + escaped + rb'"[^>]*/>'
        parts.write(CONTENT_TYPES, re.sub(override, b"", types))
    if recalculate:
        xml = double_quoted(parts.read(workbook.main))
        marked = mark_for_recalculation(xml)
        if marked != xml:
            parts.write(workbook.main, marked)


def mark_for_recalculation(xml: bytes) -> bytes:
    """The workbook part with `fullCalcOnLoad`: programs compute every formula when they open it."""
    match = _CALCULATION.search(xml)
    if match is not None:
        attributes = re.sub(rb'\s(?:fullCalcOnLoad|calcCompleted)="[^"]*"', b"", match[2])
        written = b'<%bcalcPr%b fullCalcOnLoad="1"%b' % (match[1] or b"", attributes, match[3])
        return xml[: match.start()] + written + xml[match.end() :]
    found = list(_BEFORE_CALCULATION.finditer(xml))
    last = found[-1]
    prefix = re.match(rb"</?(\w+:)?", last[0])
    written = b'<%bcalcPr fullCalcOnLoad="1"/>' % ((prefix[1] if prefix else None) or b"")
    return xml[: last.end()] + written + xml[last.end() :]
