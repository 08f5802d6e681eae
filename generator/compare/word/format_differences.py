"""What looks different in a paragraph that was kept: its format, and those of its characters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.compare.canonical import Properties, changed
from generator.compare.difference import Level
from generator.compare.format_labels import property_label, told_changes
from generator.compare.text_changes import equal_stretches, quoted
from generator.compare.word.comparing_state import Comparing
from generator.compare.word.document_model import ListLevel, Paragraph
from generator.compare.word.effective_format import goes_on
from generator.diagnostics.wording import comparison_terms as terms


def list_label(level: ListLevel | None) -> Any:
    """A list level as a message says it, from 1."""
    return level.level + 1 if level else terms.NONE


def compare_formats(
    comparing: Comparing, old: Paragraph, new: Paragraph, anchor: Mapping[str, Any], where: Any
) -> None:
    findings = comparing.findings
    told = comparing.by_style(old.style, new.style) | comparing.by_table
    for name, before, after in changed(old.format, new.format):
        if (name, before, after) in told:
            continue
        if comparing.effective and name in ("ind", "tabs") and (old.list or new.list):
            if list_label(old.list) != list_label(new.list):
                continue  # follows from the change of the list
            key = (old.list_id, new.list_id, new.list, name, before, after)
            if old.list != new.list and key in comparing.list_indents:
                continue
            comparing.list_indents.add(key)
        findings.add_property("paragraph-format", Level.FORMAT, anchor, name, before, after, **where)
    found = [(start, end, left) for start, end, all_of in run_changes(old, new) if (left := _left(all_of, told))]
    if comparing.effective:
        found = _over_other_scripts(found, new.text)
    for start, end, changes in found:
        text = quoted(new.text[start:end], 30)
        findings.add("run-format", Level.FORMAT, anchor, "run-format", text=text, **told_changes(changes), **where)
    if old.mark != new.mark and not found and old.text == new.text:
        # an editor formats the mark together with the text: alone it matters in empty paragraphs and to list numbers
        changes = _left(changed(old.mark, new.mark), told)
        if not changes or (comparing.effective and new.text and not new.list):
            return
        told_of = {"text": property_label("mark"), **told_changes(changes), **where}
        findings.add("run-format", Level.FORMAT, anchor, "run-format", **told_of)


def _over_other_scripts(
    found: list[tuple[int, int, list[tuple[str, Any, Any]]]], text: str
) -> list[tuple[int, int, list[tuple[str, Any, Any]]]]:
    """One change of Chinese text is one, though digits stand within it that another font prints."""
    joined: list[tuple[int, int, list[tuple[str, Any, Any]]]] = []
    for start, end, changes in found:
        if joined and joined[-1][1] == start and text[start:end].isspace() and set(changes) <= set(joined[-1][2]):
            joined[-1] = (joined[-1][0], end, joined[-1][2])  # a blank shows less of the same change
            continue
        index = next((k for k in reversed(range(len(joined))) if joined[k][2] == changes), None)
        if index is not None and goes_on(changes, text[joined[index][1] : start]):
            joined[index] = (joined[index][0], end, changes)
        else:
            joined.append((start, end, changes))
    return joined


def _left(changes: list[tuple[str, Any, Any]], told: set[Any]) -> list[tuple[str, Any, Any]]:
    return [change for change in changes if change not in told] if told else changes


def run_changes(old: Paragraph, new: Paragraph) -> list[tuple[int, int, list[tuple[str, Any, Any]]]]:
    """The stretches of the new text that were kept but look different: start, end, the properties that changed."""
    found: list[tuple[int, int, list[tuple[str, Any, Any]]]] = []
    for i, j, length in equal_stretches(old.text, new.text):
        position = 0
        while position < length:
            a, a_end = _format_at(old, i + position)
            b, b_end = _format_at(new, j + position)
            step = min(a_end - i, b_end - j, length)
            if a != b and (changes := changed(a, b)):
                start, end = j + position, j + step
                if found and found[-1][1] == start and found[-1][2] == changes:
                    found[-1] = (found[-1][0], end, changes)
                else:
                    found.append((start, end, changes))
            position = step
    return found


def _format_at(paragraph: Paragraph, position: int) -> tuple[Properties, int]:
    for span in paragraph.spans:
        if span.start <= position < span.end:
            return span.format, span.end
    return (), len(paragraph.text) + 1
