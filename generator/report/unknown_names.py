"""Names that a standard does not know: what each probably meant, by its spelling, by what it holds, or by what alone is lacking."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from generator.diagnostics import Text
from generator.diagnostics.suggest import closest
from generator.diagnostics.wording import level_words as words
from generator.diagnostics.wording import report_reasons as reasons
from generator.kept.lazy_patterns import lazy
from generator.ooxml.limits import limits
from generator.report.record import Record
from generator.report.session import Session
from generator.report.stated_text import says_nothing
from generator.source import List, Map, Node, Scalar
from generator.standard import Cell, Field
from generator.standard.convert import convert, loose
from generator.standard.kinds import BadValue, kind_of

SHOWN = 15  # names that a hint lists
_INDEX = lazy(r"\[\d+\]")
_ASIDE = lazy(r"[（(【\[〔][^（()）】\]〕]{0,80}[)）】\]〕]|[\s:：=*＊、，,.．。_-]+|\A[0-9]+[.、]?|[0-9.]{1,20}%?\Z")


def tell_unknown(session: Session, record: Record, unknown: list[str], required: tuple[str, ...]) -> set[str]:
    """Tell of names that the standard does not know; gives the fields that they probably meant.

    Args:
        session: the data file.
        record: what states them.
        unknown: the names.
        required: the fields of the record that must be there.
    """
    cells = record.section.cells
    meant: set[str] = set()
    lacking = [name for name in required if name not in record.source]
    lost = len(unknown) == len(record.source) and record.index is not None
    for name in unknown:
        node = record.source[name]
        told = len(session.unknown)
        if told + (name != unknown[-1]) >= limits().findings:  # the last that is printed says that there are more
            if not session.unknown_are_many:
                session.unknown_are_many = True
                session.tell("unknown-field-many", record.source.key_at[name], record.path_of(name), most=told)
            break
        found = _renamed(session, record, name) or _meant(record, name, node)
        hint = reasons.DID_YOU_MEAN.filled(found=found) if found else None
        if isinstance(node, Scalar) and (swapped := node.text.strip()) in cells and swapped not in record.source:
            hint = words.SWAPPED.filled(name=swapped, text=name)
            meant.add(swapped)
        elif isinstance(node, Scalar) and node.is_null and (parted := _parted(name, record)):
            hint = words.COLON_LOST.filled(name=parted[0], text=parted[1])
            meant.add(parted[0])
        elif found:
            meant.add(found)
        elif lost and lacking:  # an item that names none of its fields
            first = "、".join(lacking), ", ".join(lacking)
            hint = words.ITEM_LACKS.filled(zh=first[0], en=first[1])
            meant.update(lacking)
        elif len(unknown) == len(lacking) == 1 and _takes(cells[lacking[0]], node):
            label = cells[lacking[0]].field.label
            hint = words.ONLY_LACKING.filled(name=lacking[0], label=label)
            meant.add(lacking[0])
        else:
            shown = list(cells)[:SHOWN]
            hint = reasons.CAN_HOLD.filled(zh="、".join(shown), en=", ".join(shown))
        where = reasons.DATA_FILE
        if record.parent is not None:
            label = record.parent.section.cells[record.section.name].field.label
            where = Text(f"“{label}”", f"“{label}”")
        place = record.source.key_at[name]
        finding = session.tell("unknown-field", place, record.path_of(name), hint, where=where, name=name)
        session.unknown.append((record, name, finding))
        if lost and not found and lacking:
            break  # one item, one finding
    return meant


def _renamed(session: Session, record: Record, name: str) -> str | None:
    """What a field of an older version is called now, by the changes that the standard lists."""
    above, point, _ = _INDEX.sub("", record.path_of(name)).rpartition(".")
    now = name
    for change in session.standard.changes:
        now = change.renamed.get(f"{above}{point}{now}", now)
    return now if now != name and now in record.section.cells else None


def _parted(name: str, record: Record) -> tuple[str, str] | None:
    """The field and the value of `职务 主席`, a name without its colon: within braces it is a name alone."""
    field = max((cell for cell in record.section.cells if name.startswith(cell)), key=len, default="")
    value = name.removeprefix(field).strip(" \u3000=＝：:")
    return (field, value) if field and value and field not in record.source else None


def _meant(record: Record, name: str, node: Node) -> str | None:
    """The field that a name meant: by its label or spelling among those that can hold its value, or by what it holds."""
    cells = {key: cell for key, cell in record.section.cells.items() if _fits(cell, node)}
    labels = {cell.field.label: key for key, cell in cells.items()}
    open_names = {key: cell for key, cell in cells.items() if key not in record.source}
    plain = _ASIDE.sub("", name)
    exact = labels.get(name) or (plain if plain in cells else labels.get(plain))
    exact = exact or next((key for key in open_names if sorted(key) == sorted(plain)), None)
    held = _holding(open_names, node)
    return exact or held or closest(name, open_names) or closest(plain, open_names) or closest(name, cells)


def _fits(cell: Cell, node: Node) -> bool:
    """Whether a field can be meant by a name with such a value: of the same shape, or not yet filled."""
    many, naming = cell.field.many, _names_values(cell.field)
    if isinstance(node, Map):
        return not many and naming
    if isinstance(node, List):
        return many or kind_of(cell.field).lines
    return says_nothing(node) or (not many and not naming)


def _names_values(field: Field) -> bool:
    """Whether the field's values are names with values."""
    return field.record is not None or kind_of(field).keyed


def _holding(cells: Mapping[str, Cell], node: Node) -> str | None:
    """The one field not yet stated whose record has the names that a value holds."""
    items = node if isinstance(node, List) else [node]
    inner = next((one for one in items if isinstance(one, Map)), None)
    if not inner:
        return None
    found = [
        name
        for name, cell in cells.items()
        if cell.section is not None and all(key in cell.section.cells for key in inner)
    ]
    return found[0] if len(found) == 1 else None


def _takes(cell: Cell, node: Node) -> bool:
    """Whether a field would take a value."""
    field = cell.field
    if not isinstance(node, Scalar) or says_nothing(node):
        return _fits(cell, node) and not isinstance(node, Scalar)
    if field.many or _names_values(field) or kind_of(field).file:
        return False
    read: Callable[[str], Any] = convert(field) if kind_of(field).prose else loose(field)
    try:
        read(node.text)
    except BadValue:
        return False
    return re.fullmatch(r"[\d.%-]+", node.text.strip()) is None or not kind_of(field).prose
