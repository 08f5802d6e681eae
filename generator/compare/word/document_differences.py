"""Two Word documents compared: stories, notes, sections, styles, settings, properties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.compare.align import Alignment, align
from generator.compare.canonical import changed
from generator.compare.chart_model import Chart
from generator.compare.difference import Findings, Level
from generator.compare.format_labels import told_changes
from generator.compare.shared_parts import compare_chart, compare_parts, compare_properties
from generator.compare.text_changes import quoted, similarity
from generator.compare.word.block_pairs import compare_blocks
from generator.compare.word.comparing_state import Comparing, style_changes
from generator.compare.word.document_model import Block, Document, Note, Section, Style, all_blocks, blocks_text
from generator.compare.word.list_differences import compare_lists
from generator.compare.word.object_differences import OBJECTS
from generator.diagnostics import Text
from generator.diagnostics.wording import comparison_terms as terms

BODY = {"part": "body"}


def compare_documents(old: Document, new: Document, findings: Findings) -> Alignment:
    """Note what differs between two documents; the alignment of their bodies."""
    notes = {kind: _align_notes(old.notes[kind], new.notes[kind]) for kind in old.notes}
    notes["chart"] = _align_charts(old.charts, new.charts)
    numbers = {kind: {i + 1: j + 1 for i, j in (*aligned.pairs, *aligned.moved)} for kind, aligned in notes.items()}
    comparing = Comparing(findings, notes=numbers, styles=(old.seen_styles, new.seen_styles))
    aligned = compare_blocks(comparing, old.body, new.body, BODY)
    if not findings.wants(Level.STRUCTURE):
        return aligned
    comparing.text = Level.STRUCTURE
    _bands(comparing, old.sections, new.sections)
    for kind in old.notes:
        _compare_notes(comparing, kind, old.notes[kind], new.notes[kind], notes[kind])
    compare_lists(findings, comparing.list_pairs, comparing.effective)
    for i, j in (*notes["chart"].pairs, *notes["chart"].moved):
        compare_chart(findings, old.charts[i], new.charts[j], {"part": "chart", "number": j + 1})
    _tell_notes(
        comparing, "chart", notes["chart"], [chart.title for chart in old.charts], [c.title for c in new.charts]
    )
    compare_properties(findings, old.properties, new.properties, old.traces, new.traces)
    _sections(findings, old.sections, new.sections, comparing.effective)
    if findings.wants(Level.FORMAT):
        if old.seen_styles is None:
            _styles(findings, old, new)
        else:
            _tell_seen_styles(findings, old, new)
            findings.leave_out("styles")
        for name, before, after in changed(old.settings, new.settings):
            findings.add_property(
                "settings", Level.FORMAT, {"part": "part", "name": "word/settings.xml"}, name, before, after
            )
    compare_parts(findings, old.parts, new.parts)
    return aligned


def _tell_seen_styles(findings: Findings, old: Document, new: Document) -> None:
    """What a reader sees changed of each style that both documents use; what it takes from another style is told there."""
    if old.seen_styles is None or new.seen_styles is None:
        return
    used = [{block.style for blocks in _stories(one) for block in all_blocks(blocks)} for one in (old, new)]
    told: dict[str, set[Any]] = {}
    for name, before in old.seen_styles.items():
        after = new.seen_styles.get(name)
        if after is not None and (changes := style_changes(before, after)):
            told[name] = set(changes)
    for name in sorted(told.keys() & _with_bases(used[0] & used[1], old)):
        before, after = old.seen_styles[name], new.seen_styles[name]
        above = told.get(before.based_on, set()) if before.based_on == after.based_on else set()
        changes = [change for change in style_changes(before, after) if change not in above]
        if after.type == "table":
            changes = [change for change in changes if change[0] == "tblStylePr"]  # its whole definition
        if changes:
            findings.add("style", Level.FORMAT, {"part": "style", "name": name}, "text", **told_changes(changes))


def _with_bases(names: set[str], document: Document) -> set[str]:
    """Styles, and those that they are based on."""
    found: set[str] = set()
    for name in names:
        while name and name not in found:
            found.add(name)
            style = (document.seen_styles or {}).get(name)
            name = style.based_on if style else ""
    return found


def _stories(document: Document) -> Iterator[tuple[Block, ...]]:
    yield document.body
    for section in document.sections:
        yield from (*section.headers.values(), *section.footers.values())
    for notes in document.notes.values():
        yield from (note.blocks for note in notes)


def _align_notes(old: Sequence[Note], new: Sequence[Note]) -> Alignment:
    before, after = [blocks_text(n.blocks) for n in old], [blocks_text(n.blocks) for n in new]
    return align(
        before, after, similarity=lambda i, j: similarity(before[i], after[j]), movable=lambda i: len(before[i]) > 1
    )


def _align_charts(old: Sequence[Chart], new: Sequence[Chart]) -> Alignment:
    def alike(i: int, j: int) -> float:
        return 0.9 if old[i].title == new[j].title or old[i].series == new[j].series else 0.5

    return align(old, new, similarity=alike)


def _compare_notes(
    comparing: Comparing, kind: str, old: Sequence[Note], new: Sequence[Note], aligned: Alignment
) -> None:
    for i, j in sorted((*aligned.pairs, *aligned.moved), key=lambda pair: pair[1]):
        anchor = {"part": kind, "number": j + 1}
        compare_blocks(comparing, old[i].blocks, new[j].blocks, anchor)
        if old[i].author != new[j].author:
            comparing.findings.add_value(kind, Level.STRUCTURE, anchor, terms.AUTHOR, old[i].author, new[j].author)
    _tell_notes(
        comparing, kind, aligned, [blocks_text(one.blocks) for one in old], [blocks_text(one.blocks) for one in new]
    )


def _tell_notes(comparing: Comparing, kind: str, aligned: Alignment, old: Sequence[str], new: Sequence[str]) -> None:
    """Tell the notes that went and came, given as their texts."""
    label = OBJECTS[kind]
    for indices, texts, came in ((aligned.deleted, old, False), (aligned.inserted, new, True)):
        for index in indices:
            anchor, text = {"part": kind, "number": index + 1}, texts[index]
            note = Text(f"{label.zh}{index + 1}", f"{label.en} {index + 1}")
            told = {"at": BODY, "note": note, "text": quoted(text) if text else ""}
            comparing.findings.add_presence(kind, Level.STRUCTURE, anchor, "note", text, came, **told)


def _paired_sections(old: Sequence[Section], new: Sequence[Section]) -> Alignment:
    if len(old) == len(new):
        return Alignment([(i, i) for i in range(len(old))], [], [], [])
    # from the end: the last section is the document's own, breaks come before it
    aligned = align([s.format for s in reversed(old)], [s.format for s in reversed(new)])
    a, b = len(old) - 1, len(new) - 1
    return Alignment(
        sorted((a - i, b - j) for i, j in aligned.pairs),
        sorted(a - i for i in aligned.deleted),
        sorted(b - j for j in aligned.inserted),
        [],
    )


def _bands(comparing: Comparing, old: Sequence[Section], new: Sequence[Section]) -> None:
    """Headers and footers; what a section takes over from the one before is told there only."""
    told: set[tuple[int, int]] = set()
    for i, j in _paired_sections(old, new).pairs:
        for part, before, after in (
            ("header", old[i].headers, new[j].headers),
            ("footer", old[i].footers, new[j].footers),
        ):
            for kind in ("default", "first", "even"):
                a, b = before.get(kind, ()), after.get(kind, ())
                if (id(a), id(b)) in told or (not a and not b):
                    continue
                told.add((id(a), id(b)))
                anchor: dict[str, Any] = {"part": part, "section": j + 1}
                if kind != "default":
                    anchor["kind"] = kind
                _band(comparing, a, b, anchor)


def _band(comparing: Comparing, old: tuple[Block, ...], new: tuple[Block, ...], anchor: Mapping[str, Any]) -> None:
    if old and new:
        compare_blocks(comparing, old, new, anchor)
        return
    text = blocks_text(old or new)
    if not text.strip() and all(not getattr(block, "objects", ("table",)) for block in (*old, *new)):
        return  # an empty header is as good as none
    told = {"object": {"header": terms.HEADER, "footer": terms.FOOTER}[anchor["part"]], "text": quoted(text)}
    comparing.findings.add_presence(anchor["part"], Level.STRUCTURE, anchor, "object", text, bool(new), **told)


def _seen_margins(margins: Any, old: Section, new: Section) -> Any:
    """Margins without where a header or footer would stand that one of two sections does not have."""
    if not isinstance(margins, tuple):
        return margins
    there = {"header": bool(old.headers and new.headers), "footer": bool(old.footers and new.footers)}
    return tuple(pair for pair in margins if there.get(pair[0], True))


def _sections(findings: Findings, old: Sequence[Section], new: Sequence[Section], effective: bool) -> None:
    aligned = _paired_sections(old, new)
    for indices, sections, came in ((aligned.deleted, old, False), (aligned.inserted, new, True)):
        for index in indices:
            anchor = dict(BODY, paragraph=sections[index].paragraph) if sections[index].paragraph else dict(BODY)
            findings.drop_blank(anchor, not came)  # the paragraph that only carries the break
            findings.add_presence("section", Level.STRUCTURE, anchor, "section", None, came)
    for i, j in aligned.pairs:
        for name, before, after in changed(old[i].format, new[j].format):
            old_value, new_value = _page_change(before, after)
            if effective and name == "pgMar":
                old_value, new_value = (_seen_margins(value, old[i], new[j]) for value in (old_value, new_value))
                if old_value == new_value:
                    continue
            findings.add_property(
                "page-setup", Level.FORMAT, {"part": "section", "number": j + 1}, name, old_value, new_value
            )


def _page_change(old: Any, new: Any) -> tuple[Any, Any]:
    """Of a property with several attributes, those that changed."""
    try:
        before, after = dict(old), dict(new)
    except (TypeError, ValueError):
        return old, new
    names = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
    return (tuple((n, before[n]) for n in names if n in before), tuple((n, after[n]) for n in names if n in after))


def _styles(findings: Findings, old: Document, new: Document) -> None:
    for name in sorted({*old.styles, *new.styles}):
        before, after = old.styles.get(name), new.styles.get(name)
        if before == after:
            continue
        anchor = {"part": "style", "name": name}
        if before is None or after is None:
            findings.add_presence("style", Level.FORMAT, anchor, "style", None, before is None)
            continue
        changes = _style_changes(before, after)
        findings.add("style", Level.FORMAT, anchor, "text", **told_changes(changes))
    if old.defaults != new.defaults:
        before_all = {f"{group}.{name}": value for group, pairs in old.defaults for name, value in pairs}
        after_all = {f"{group}.{name}": value for group, pairs in new.defaults for name, value in pairs}
        changes = changed(tuple(sorted(before_all.items())), tuple(sorted(after_all.items())))
        changes = [(name.partition(".")[2], a, b) for name, a, b in changes]
        findings.add("style", Level.FORMAT, {"part": "style", "name": "docDefaults"}, "text", **told_changes(changes))


def _style_changes(old: Style, new: Style) -> list[tuple[str, Any, Any]]:
    facts = ("basedOn", old.based_on, new.based_on), ("type", old.type, new.type), ("tblStylePr", old.table, new.table)
    rest = (change for change in facts if change[1] != change[2])
    return [*changed(old.paragraph, new.paragraph), *changed(old.run, new.run), *rest]
