"""Items of a list that state nothing but their name: one finding for all that such an item lacks."""

from __future__ import annotations

from generator.diagnostics import Diagnostic
from generator.diagnostics.wording import level_words as words
from generator.kept.light_classes import replace
from generator.report.record import Record
from generator.report.session import Session
from generator.report.shape_hints import NOTHING_WORDS
from generator.report.stated_text import says_nothing
from generator.source import Scalar

SHOWN = 8  # names that a hint lists


def tell_bare_items(session: Session) -> None:
    """Leave of what an item with a name alone lacks one finding, which names all of it."""
    lacking: dict[Record, list[tuple[str, Diagnostic]]] = {}
    for record, name, told in session.lacking:
        if record.index is not None and told in session.diagnostics:
            lacking.setdefault(record, []).append((name, told))
    blanks: dict[str, list[Diagnostic]] = {}
    for one in session.diagnostics if lacking else ():
        if one.code == "computed-blank":
            blanks.setdefault((one.location.path or "").rpartition(".")[0], []).append(one)
    changed: dict[Diagnostic, Diagnostic | None] = {}
    for record, found in lacking.items():
        stated = [node for node in record.source.values() if not says_nothing(node)]
        only = stated[0].text.strip() if len(stated) == 1 and isinstance(stated[0], Scalar) else ""
        if only in NOTHING_WORDS:  # no item at all
            first = found[0][1]
            told = replace(first, hint_text=words.NO_ROW[session.spelling].filled(text=only))
            changed |= {other: None for _, other in found[1:]} | {first: told}
            continue
        blank = blanks.get(record.path, [])
        if len(stated) > 1 or len(found) + len(blank) < 2:
            continue
        first = found[0][1]
        labels = [record.section.cells[name].field.label for name, _ in found]
        labels += [str(one.arguments["label"]) for one in blank]
        hint = words.ITEM_LACKS.filled(zh="、".join(labels[:SHOWN]), en=", ".join(labels[:SHOWN]))
        changed |= dict.fromkeys((*(told for _, told in found[1:]), *blank)) | {first: replace(first, hint_text=hint)}
    if changed:
        session.replace_all(changed)
