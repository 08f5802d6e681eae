"""References that print nothing, one finding a cause: a name of a map that is mistyped where it is stated, a value that many texts
print, a sheet of a form that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.diagnostics import Diagnostic, Severity, Text
from generator.diagnostics.suggest import closest
from generator.diagnostics.wording import report_reasons as reasons
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import replace
from generator.report.compute import Computation
from generator.source import Map
from generator.source.nodes import scalars
from generator.standard.kinds import kind_of

_PATH = lazy(r"([^\W\d]\w*)((?:\.[^\W\d]\w*)*)")
_NAME = lazy(r"[^\W\d]\w*")
_INDEX = lazy(r"\[[0-9]+\]")
_LOST = (
    *("form-sheet-missing", "form-header-missing", "form-row-missing", "form-column-missing"),
    *("form-no-parent", "form-parent-empty", "form-no-place", "form-place-empty", "form-value-beside"),
)
_UNNAMED = ("form-name-twice", "form-name-empty")  # of a form: an entry of a map that got no name of its own


def tell_blanks_once(computation: Computation) -> None:
    """Leave of references that print nothing for one cause the first, at the cause where that is known."""
    blank = [found for found in computation.diagnostics if found.code == "narrative-blank"]
    blank.sort(key=lambda found: (found.location.line or 0, found.location.column or 0))
    lost = {
        path: found
        for found in computation.diagnostics
        if found.code in _LOST
        for path in found.arguments.get("paths", (found.location.path,))
    }
    if not blank and not lost:
        return
    changed: dict[Diagnostic, Diagnostic | None] = {}
    _of_sheets(computation, {path: found for path, found in lost.items() if path}, blank, changed)
    groups: dict[str, list[Diagnostic]] = {}
    for found in blank:
        if found not in changed:
            groups.setdefault(_cause(computation, found), []).append(found)
    unnamed = sum(found.code in _UNNAMED for found in computation.diagnostics)
    nowhere = [key for key in groups if _entry(computation, key) is not None]
    for key, group in groups.items():
        if key in nowhere and len(nowhere) <= unnamed:
            changed.update(dict.fromkeys(group))
        else:
            changed.update(dict.fromkeys(group[1:]))
            changed[group[0]] = _told(computation, key, group)
    computation.replace_all(changed)


def _of_sheets(
    computation: Computation,
    lost: dict[str, Diagnostic],
    blank: Iterable[Diagnostic],
    changed: dict[Diagnostic, Diagnostic | None],
) -> None:
    """What a missing sheet, row or column leaves open is told by it."""
    for found in computation.diagnostics:
        if found.code not in ("missing-value", "missing-record", "computed-blank"):
            continue
        own = _INDEX.sub("", found.location.path or "")
        lacking = {_INDEX.sub("", path) for path in found.arguments.get("inputs", ())} or {own}
        sheet = lost.get(own) or (lost[min(lacking)] if lacking <= lost.keys() else None)
        if sheet is not None:
            changed[found] = None
            changed[sheet] = replace(sheet, severity=Severity.ERROR)  # of a frozen finding the same, however often
    for found in blank:
        owner = _INDEX.sub("", (found.location.path or "").rpartition(".")[0])
        names = _NAME.findall(str(found.arguments["text"]))
        if any(name in lost or f"{owner}.{name}" in lost for name in names):
            changed[found] = None


def _cause(computation: Computation, found: Diagnostic) -> str:
    """What lacks a value, as far as every text of the report calls it alike."""
    text = str(found.arguments["text"])
    path = _PATH.match(text)
    if path is None or path[1] not in computation.root.section.cells:
        return f"{found.location.path}\0{text}"
    return path[0]


def _entry(computation: Computation, key: str) -> tuple[Map, str] | None:
    """The map and the name of an entry that a path names and the map does not have."""
    first, _, name = key.partition(".")
    cell, node = computation.root.section.cells.get(first), computation.root.source.get(first)
    if cell is None or not kind_of(cell.field).facts or not isinstance(node, Map) or "." in name or not name:
        return None
    return None if name in node else (node, name)


def _told(computation: Computation, key: str, group: list[Diagnostic]) -> Diagnostic:
    hint = group[0].hint_text or Text("", "")
    if (entry := _entry(computation, key)) is not None:
        names, name = entry
        used = _referred(computation, key.partition(".")[0])
        if near := closest(name, [one for one in names if one not in used]):
            return computation.made("map-name-unused", names.key_at[near], key, typed=near, text=key, count=len(group))
        if near := closest(name, names):  # texts refer to that one, too: here it is mistyped
            meant = reasons.DID_YOU_MEAN.filled(found=f"{key.partition('.')[0]}.{near}")
            hint = Text(meant.zh + hint.zh, f"{meant.en} {hint.en}")
    if len(group) > 1:
        more = reasons.MORE_BLANKS.filled(count=len(group) - 1)
        hint = Text(hint.zh + more.zh, hint.en + more.en)
    return replace(group[0], hint_text=hint)


def _referred(computation: Computation, first: str) -> set[str]:
    """The names of a map that the texts of the data file refer to."""
    pattern = re.compile(rf"{re.escape(first)}\.([^\W\d]\w*)")
    texts = (one.text for one in scalars(computation.root.source) if "{" in one.text)
    return {name for text in texts for name in pattern.findall(text)}
