"""What changed between two versions of a paragraph."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.compare.difference import Level
from generator.compare.format_labels import style_label
from generator.compare.text_changes import describe_change
from generator.compare.word.comparing_state import Comparing
from generator.compare.word.document_model import Paragraph
from generator.compare.word.format_differences import compare_formats, list_label
from generator.compare.word.object_differences import compare_equations, compare_objects
from generator.diagnostics.wording import comparison_terms as terms


def compare_paragraph(
    comparing: Comparing,
    old: Paragraph,
    new: Paragraph,
    anchor: Mapping[str, Any],
    *,
    header: str = "",
    plain: bool = False,
    old_anchor: Mapping[str, Any] | None = None,
) -> None:
    """Note what differs between two paragraphs at `anchor`; `plain` tells short texts whole, as in cells."""
    findings = comparing.findings
    where: dict[str, Any] = {"header": header, "old_anchor": old_anchor}
    if old == new:
        comparing.note_lists(old, new, anchor, where)
        return
    if old.text != new.text:
        change = describe_change(old.text, new.text, plain)
        findings.add("text", comparing.text, anchor, "text", old=old.text, new=new.text, change=change, **where)
    if old.volatile != new.volatile:
        findings.leave_out("volatile")
    compare_equations(comparing, old, new, anchor, where)
    if not findings.wants(Level.STRUCTURE):
        return
    _kind(comparing, old, new, anchor, where)
    compare_objects(comparing, old, new, anchor, where)
    if findings.wants(Level.FORMAT):
        compare_formats(comparing, old, new, anchor, where)


def _kind(comparing: Comparing, old: Paragraph, new: Paragraph, anchor: Mapping[str, Any], where: Any) -> None:
    findings = comparing.findings
    if old.style != new.style:
        structural = old.heading != new.heading or old.list != new.list
        level = Level.STRUCTURE if structural else Level.FORMAT
        findings.add("style", level, anchor, "style", old=style_label(old.style), new=style_label(new.style), **where)
        if old.list and new.list and old.list.level == new.list.level:
            comparing.note_lists(old, new, anchor, where, told=structural)
        return
    if old.heading != new.heading:
        before, after = old.heading or None, new.heading or None
        findings.add(
            "heading", Level.STRUCTURE, anchor, "heading", old=before or terms.BODY, new=after or terms.BODY, **where
        )
    if old.list is None and new.list is None:
        return
    if old.list and new.list and old.list.level == new.list.level:
        comparing.note_lists(old, new, anchor, where)
    else:
        before, after = list_label(old.list), list_label(new.list)
        findings.add("list", Level.STRUCTURE, anchor, "list", old=before, new=after, **where)
