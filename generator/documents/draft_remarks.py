"""What was found about a data file, as its draft lists it: errors, and checks that fail, each with its place."""

from __future__ import annotations

from generator.diagnostics import Diagnostic, Severity
from generator.report import Report
from generator.source import place_order
from generator.template.draft_list import Remark

# what is missing has a mark in the document, and an entry in its list
_MISSING = frozenset(("missing-value", "missing-record", "missing-row", "computed-blank", "narrative-blank"))


def draft_remarks(report: Report) -> tuple[Remark, ...]:
    """The findings that the documents of a draft list, in the order of the data file."""
    told = [
        finding
        for finding in report.diagnostics
        if finding.code not in _MISSING and (finding.severity is Severity.ERROR or finding.code == "check-failed")
    ]
    told.sort(key=lambda finding: place_order(report.source, finding.location))
    return tuple(Remark(finding.location.path or "", _words(finding)) for finding in told)


def _words(finding: Diagnostic) -> str:
    where = finding.location
    place = where.place or (f"第{where.line}行" if where.line else "")
    words = finding.text.zh.rstrip("。")
    shown = f"{place}：{words}。" if place else f"{words}。"
    return " ".join("".join(sign for sign in shown if sign.isprintable() or sign.isspace()).split())
