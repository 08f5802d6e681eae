"""The fields of a report by the place that a finding prints: `数据.yaml:41:10`, `第41行`, `填报!C49`."""

from __future__ import annotations

from collections.abc import Iterator

from generator.kept.lazy_patterns import lazy
from generator.report.compute import Computation
from generator.report.record import Record
from generator.source import List, Map, Node, Scalar, place_words

_CELL = lazy(r"(?:.*\.xls[xm]\s*[:：]?\s*)?(?P<cell>[^!！]+[!！]\$?[A-Za-z]{1,3}\$?[0-9]+)")
_LINE = lazy(
    r"(?:.*[:：]\s*)?(?:第\s*)?(?P<line>[0-9]+)\s*行(?:\s*第\s*(?P<c1>[0-9]+)\s*列)?|.*?[:：](?P<l2>[0-9]+)(?:[:：](?P<c2>[0-9]+))?"
)


def fields_at(computation: Computation, typed: str) -> list[tuple[Record, str]]:
    """The fields that the data file states at a place; none where the text is no place.

    Args:
        computation: the report.
        typed: a cell of a form, or a line with or without its column, with or without the file before it.
    """
    source, text = computation.source, typed.strip()
    if source.sheets:
        found = _CELL.fullmatch(text)
        cell = found["cell"].replace("！", "!").replace("$", "") if found else ""
        sheet, _, address = cell.rpartition("!")
        wanted = f"{sheet.strip(chr(39))}!{address.upper()}"
        return [(one, name) for one, name, at in _stated(computation) if cell and place_words(source, at).zh == wanted]
    found = _LINE.fullmatch(text)
    if found is None:
        return []
    line, column = int(found["line"] or found["l2"]), int(found["c1"] or found["c2"] or 0)
    there = [(one, name, at[1]) for one, name, at in _stated(computation) if at[0] == line]
    exactly = [(one, name) for one, name, start in there if start == column]
    return exactly or [(one, name) for one, name, _ in there]


def _stated(computation: Computation) -> Iterator[tuple[Record, str, tuple[int, int]]]:
    """Every field that the data file gives a value, with where it stands."""
    for records in computation.records.values():
        for record in records:
            for name, node in record.source.items():
                cell = record.section.cells.get(name)
                if cell is not None and cell.section is None:
                    yield from ((record, name, (one.line, one.column)) for one in _scalars(node))


def _scalars(node: Node) -> list[Scalar]:
    """What is stated of a field: of a list of texts each, of a published value the value."""
    if isinstance(node, Scalar):
        return [node] if node.text else []
    if isinstance(node, List):
        return [one for one in node if isinstance(one, Scalar)]
    return [one for one in node.values() if isinstance(one, Scalar)] if isinstance(node, Map) else []
