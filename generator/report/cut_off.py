"""A data file that ends too early: one finding at its end, instead of one for everything that would have followed."""

from __future__ import annotations

from generator.diagnostics import Diagnostic, Severity
from generator.diagnostics.wording import level_words as words
from generator.report.compute import Computation
from generator.source import List, Map, Node, Scalar

FEWEST = 3  # parts that are missing at the end of a file that ends with a whole line; one that is being filled in lacks more than it has
PROSE = 20  # letters of a text that is a sentence
SHOWN = 20  # letters of a text that a finding shows
_FOLLOWS = ("computed-blank", "check-failed", "narrative-blank", "text-unpaired", "text-tag-open", "text-breaks-off")
_LACKS = ("missing-value", "missing-record", "missing-row", "wrong-shape")
_ENDS = "。！？；…”’》）)】!?;.%"


def tell_cut_off(computation: Computation) -> None:
    """Tell that a file of YAML was cut off: its last parts are missing, or it ends in the middle of a sentence."""
    source, root = computation.source, computation.root.source
    if computation.spelling != "yaml" or not root or not source.text:
        return
    whole = source.text.endswith("\n")
    order = [*computation.root.section.cells]
    stated = [name for name in root if name in order]
    if not stated:
        return
    last = stated[-1]
    lacking = [(name, told) for at, name, told in computation.lacking if at is computation.root and name not in root]
    behind = lacking and all(order.index(name) > order.index(last) for name, _ in lacking)
    final = _last(root[last])
    if behind and len(stated) > 1 and (not whole or FEWEST <= len(lacking) < len(stated)):
        gone = {told for _, told in lacking}
        kept = [found for found in computation.diagnostics if found not in gone and not _follows(found, last)]
        computation.diagnostics = dict.fromkeys(kept)
        names = [computation.root.section.cells[name].field.label for name, _ in lacking]
        hint = words.CUT_OFF.filled(zh="、".join(names[:8]), en=", ".join(names[:8]), count=len(names))
        at = (final.line, final.column) if final is not None else root.key_at[last]
        computation.tell("source-cut", at, last, hint, shown=_tail(source.text))
    elif not whole and final is not None and not lacking and _half(final):
        at = (final.line, final.column)
        told = [
            one for one in computation.diagnostics if one.code == "text-breaks-off" and one.location.line == final.line
        ]
        for one in told:  # of the same end
            computation.diagnostics.pop(one, None)
        computation.tell("source-cut", at, last, severity=Severity.WARNING, shown=_tail(source.text))


def _follows(found: Diagnostic, last: str) -> bool:
    """Whether a finding follows from the missing rest: what it lacks, or what the part that was cut lacks."""
    path = found.location.path or ""
    inside = path == last or path.startswith((f"{last}.", f"{last}["))
    return found.code in _FOLLOWS or (inside and found.code in _LACKS)


def _last(node: Node) -> Scalar | None:
    """The last single value within a value."""
    while isinstance(node, Map | List):
        if not node:
            return None
        node = [*node.values()][-1] if isinstance(node, Map) else node[-1]
    return node if isinstance(node, Scalar) else None


def _half(node: Scalar) -> bool:
    """Whether a text is prose without an end."""
    text = node.text.strip()
    return len(text) >= PROSE and any(mark in text for mark in "，。；") and text[-1] not in _ENDS


def _tail(text: str) -> str:
    line = text.rstrip().rpartition("\n")[2].strip()
    return line if len(line) <= SHOWN else "…" + line[-SHOWN:]
