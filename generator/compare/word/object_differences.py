"""What changed of what stands in a paragraph beside its text: pictures, fields, notes, links, controls, equations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.compare.align import align
from generator.compare.canonical import changed
from generator.compare.difference import Level
from generator.compare.plain_lines import flat
from generator.compare.text_changes import quoted
from generator.compare.word.comparing_state import Comparing
from generator.compare.word.document_model import Object, Paragraph
from generator.diagnostics import Text
from generator.diagnostics.wording import comparison_terms as terms

NOTES = ("footnote", "endnote", "comment", "textbox", "chart")
OBJECTS = {
    "image": terms.IMAGE,
    "field": terms.FIELD,
    "bookmark": terms.BOOKMARK,
    "link": terms.HYPERLINK,
    "break": terms.BREAK,
    "math": terms.EQUATION,
    "control": terms.CONTENT_CONTROL,
    "object": terms.EMBEDDED_OBJECT,
    "shape": terms.SHAPE,
    "inserted": terms.TRACKED_INSERTION,
    "deleted": terms.TRACKED_DELETION,
    "footnote": terms.FOOTNOTE,
    "endnote": terms.ENDNOTE,
    "comment": terms.COMMENT,
    "textbox": terms.TEXT_BOX,
    "chart": terms.CHART,
}

_NUMBER = re.compile("-?[0-9]{1,20}")

CONTROL_PROPERTIES = {
    "lock": terms.LOCK,
    "items": terms.ITEMS,
    "dateFormat": terms.DATE_FORMAT,
    "checked": terms.CHECK_MARK,
    "dataBinding": terms.DATA_BINDING,
    "multiLine": terms.SEVERAL_LINES,
    "showingPlcHdr": terms.SHOWS_ITS_PLACEHOLDER,
    "temporary": terms.REMOVED_WHEN_FILLED_IN,
    "appearance": terms.APPEARANCE,
    "color": terms.COLOUR,
}


def compare_equations(
    comparing: Comparing, old: Paragraph, new: Paragraph, anchor: Mapping[str, Any], where: Any
) -> None:
    """Equations say something as the text does: they are told at its level."""
    before, after = ([o for o in side.objects if o.kind == "math"] for side in (old, new))
    if before != after:
        _kind_of_object(comparing, "math", before, after, old.text == new.text, anchor, where)


def compare_objects(
    comparing: Comparing, old: Paragraph, new: Paragraph, anchor: Mapping[str, Any], where: Any
) -> None:
    if old.objects == new.objects:
        return
    for kind in dict.fromkeys(o.kind for o in (*old.objects, *new.objects)):
        before = [o for o in old.objects if o.kind == kind]
        after = [o for o in new.objects if o.kind == kind]
        if kind == "math" or (kind in ("inserted", "deleted") and old.text != new.text):
            continue  # the change of the text tells it
        if kind in NOTES:
            before, after = _marks(comparing, kind, before, after, anchor, where)
        if before != after:
            _kind_of_object(comparing, kind, before, after, old.text == new.text, anchor, where)


def _marks(
    comparing: Comparing, kind: str, before: list[Object], after: list[Object], anchor: Mapping[str, Any], where: Any
) -> tuple[list[Object], list[Object]]:
    """The marks of notes that are on both sides, under their new numbers; a note that came or went is told with the notes."""
    known = comparing.notes.get(kind, {})
    come = set(known.values())
    left = [o._replace(value=known[o.value]) for o in before if o.value in known]
    right = [o for o in after if o.value in come]
    for mark in left:
        if all(mark.value != o.value for o in right):
            label = OBJECTS[kind]
            named = Text(f"{label.zh}{mark.value}", f"{label.en} {mark.value}")
            comparing.findings.add(kind, Level.STRUCTURE, anchor, "object-left", object=named, **where)
    here = {o.value for o in left} & {o.value for o in right}
    return [o for o in left if o.value in here], [o for o in right if o.value in here]


def _kind_of_object(
    comparing: Comparing,
    kind: str,
    before: list[Object],
    after: list[Object],
    same_text: bool,
    anchor: Mapping[str, Any],
    where: Any,
) -> None:
    findings, label = comparing.findings, OBJECTS[kind]
    level = comparing.text if kind == "math" else Level.STRUCTURE
    aligned = align([o.value for o in before], [o.value for o in after], movable=lambda _: True)
    for i, j in (*aligned.pairs, *aligned.moved):
        a, b = before[i], after[j]
        if a.value != b.value:
            told = kind in ("image", "object", "math") and not _readable(a.value, b.value)
            wording, sides = "object-changed" if told else "object-value", (_identity(a.value), _identity(b.value))
            findings.add(kind, level, anchor, wording, old=sides[0], new=sides[1], object=label, **where)
        elif same_text and (a.position != b.position or (i, j) in aligned.moved):
            findings.add(kind, level, anchor, "object-moved", object=label, **where)
        if a.format != b.format and not (kind == "math" and a.value != b.value):
            _look(comparing, kind, a, b, same_text, anchor, where)
    for objects, came in (([before[i] for i in aligned.deleted], False), ([after[j] for j in aligned.inserted], True)):
        for one in objects:
            told = {"object": label, "text": _told(one.value), "gone": False}
            findings.add_presence(kind, level, anchor, "object", _identity(one.value), came, **told, **where)


def _readable(old: Any, new: Any) -> bool:
    return all(isinstance(v, str) and not _is_digest(v) for v in (old, new)) and old != new


def _is_digest(value: str) -> bool:
    return len(value) == 64 and all(c in "0123456789abcdef" for c in value)


def _identity(value: Any) -> str:
    if isinstance(value, str) and _is_digest(value):
        return f"sha256:{value[:16]}"
    return "、".join(filter(None, map(flat, value))) if isinstance(value, tuple) else flat(value)


def _told(value: Any) -> str:
    if isinstance(value, int) or (isinstance(value, str) and _is_digest(value)):
        return ""
    return quoted(_identity(value))


def _look(
    comparing: Comparing, kind: str, old: Object, new: Object, same_text: bool, anchor: Mapping[str, Any], where: Any
) -> None:
    findings, label = comparing.findings, OBJECTS[kind]

    def tell(level: Level, name: Text, before: Any, after: Any) -> None:
        findings.add_value(
            kind, level, anchor, Text(f"{label.zh}{name.zh}", f"{label.en} {name.en}"), before, after, **where
        )

    if kind == "link":
        if same_text and old.format[0] != new.format[0]:
            tell(Level.STRUCTURE, terms.TEXT_OF_LINK, quoted(old.format[0]), quoted(new.format[0]))
        if old.format[1] != new.format[1]:
            tell(Level.STRUCTURE, terms.TOOLTIP, quoted(old.format[1]), quoted(new.format[1]))
        return
    if kind == "math":
        tell(Level.FORMAT, terms.STRUCTURE, *_first_change(old.format, new.format))
        return
    if kind == "control":
        for name, before, after in changed(old.format, new.format):
            label_of = CONTROL_PROPERTIES.get(name) or Text(f" {name}", name)
            tell(Level.STRUCTURE, label_of, before or terms.NONE, after or terms.NONE)
        return
    if len(old.format) != 3 or len(new.format) != 3:
        return
    if old.format[1] != new.format[1]:
        tell(Level.STRUCTURE, terms.ALTERNATIVE_TEXT, quoted(old.format[1]), quoted(new.format[1]))
    if old.format[0] != new.format[0] and not _as_large(old.format[0], new.format[0]):
        tell(Level.FORMAT, terms.SIZE, _extent(old.format[0]), _extent(new.format[0]))
    elif old.format[2] != new.format[2]:
        tell(Level.FORMAT, terms.LAYOUT, *_first_change(old.format[2], new.format[2]))


def _as_large(old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    """Whether two sizes in EMU are the same to a tenth of a millimetre."""
    if len(old) != len(new) or not all(_NUMBER.fullmatch(part) for part in (*old, *new)):
        return False
    return all(abs(int(a) - int(b)) <= 3_600 for a, b in zip(old, new, strict=True))


def _extent(extent: tuple[str, ...]) -> str:
    """A size in centimetres; drawings count in EMU, 360,000 to the centimetre."""
    sides = (f"{int(side) / 360000:.2f}" if _NUMBER.fullmatch(side) else side for side in extent)
    return " × ".join(sides) + " cm" if extent else "-"


def _first_change(old: Any, new: Any) -> tuple[str, str]:
    """The first leaf in which two trees differ."""
    while isinstance(old, tuple) and isinstance(new, tuple) and len(old) == len(new) and old:
        old, new = next((a, b) for a, b in zip(old, new, strict=True) if a != b)
    return _cut(flat(old)), _cut(flat(new))


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
