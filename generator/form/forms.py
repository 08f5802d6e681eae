"""The door of this room: the form of a standard, empty or filled from a data file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from generator.diagnostics import Diagnostic, InvalidReport, Location
from generator.diagnostics.catalogue import diagnostic
from generator.form.arrangement import Arrangement, arrange
from generator.form.carried import lost, shown
from generator.form.cell_writing import LONGEST
from generator.form.comments import comments_of
from generator.form.exports import fill_list
from generator.form.typed_values import typed_text
from generator.form.workbook_writing import FormWriter
from generator.formula import INVALID
from generator.kept.light_classes import dataclass, replace
from generator.ooxml.package import read_bytes
from generator.report.chosen_standard import choose_standard
from generator.report.examine import examine
from generator.report.field_paths import find
from generator.source import read_source
from generator.source.from_form import read_form
from generator.source.nodes import List, Map, Node, Scalar, Source
from generator.standard.identity import standard_digest, standard_reference
from generator.standard.model import PUBLISHED, REASON, Standard

HEADS = ("标准", "standard")


@dataclass(frozen=True)
class Form:
    """A form's bytes, and what of the data file it could not take."""

    content: bytes
    notes: tuple[Diagnostic, ...] = ()


def blank_form(standard: Standard, language: str = "zh") -> Form:
    """The empty form of a standard."""
    return filled_form(standard, Source("", "", Map()), language=language)


def filled_form(standard: Standard, source: Source, root: Any = None, language: str = "zh") -> Form:
    """The form of a standard with the values of a data file; what has no cell goes to the sheet of published values.

    Args:
        standard: the standard.
        source: the data file as read.
        root: its computed record, for the grey cells; without one they are empty.
        language: of what the form says to the one who fills it in, `zh` or `en`.
    """
    tree = source.root
    assert isinstance(tree, Map)
    head = next((node.text.strip() for name, node in tree.items() if name in HEADS and isinstance(node, Scalar)), "")
    arrangement = arrange(standard, head or standard_reference(standard), standard_digest(standard), language)
    comments = comments_of(source) if tree else {}
    content = _written(arrangement, tree, root, [], comments)
    stated = []
    for path, node in lost(_without_head(tree), read_form("", content).root):
        stated += _stated(path, node)
    if stated:
        content = _written(arrangement, tree, root, stated, comments)
    notes = []
    again = read_form("", content)
    if left := len(comments) - len(again.comments):
        notes.append(diagnostic("convert-comments", Location(file=source.name or None), count=left))
    for path, node in lost(_without_head(tree), again.root):
        at = Location(file=source.name or None, path=path)
        notes.append(diagnostic("convert-not-carried", at, path=path, text=shown(node)))
    return Form(content, tuple(notes))


def form_of(
    data: Any,
    standard: Standard | None = None,
    name: str | None = None,
    fills: Mapping[str, str] | None = None,
    columns: Mapping[str, str] | None = None,
    language: str = "zh",
) -> Form:
    """The form filled from a data file, which may hold errors: they are for `check`.

    Args:
        data: path, content or binary file; None for an empty form of the standard.
        standard: instead of the one that the file names.
        name: what findings call the file.
        fills: by the path of a list, the export (CSV or .xlsx) that fills it.
        columns: by a column of an export, the form's, where their labels differ.
        language: of what the form says to the one who fills it in, `zh` or `en`.

    Raises:
        Invalid: its syntax is at fault, or it names no standard.
        InvalidStandard: the standard is at fault.
        Failure: a file or the standard cannot be read, or an export does not fit.
    """
    if data is None:
        content, source = b"", Source("", "", Map())
    else:
        found, content = read_bytes(data)
        source = read_source(content, found if name is None else name, form=True)
    root = source.root
    assert isinstance(root, Map)
    findings: list[Diagnostic] = []
    chosen = choose_standard(source, root, standard, findings) if data is not None else standard
    if chosen is None:
        raise InvalidReport(findings)
    notes: list[Diagnostic] = []
    if fills:
        arrangement = arrange(chosen, "", "")
        for path, file in fills.items():
            notes += fill_list(arrangement, root, path, file, columns or {})
    report = examine(content, chosen, source.name)[0] if content and not fills else None
    form = filled_form(chosen, source, report.root if report is not None else None, language)
    refused = [found for found in source.findings if found.severity == "error"]
    return replace(form, notes=(*refused, *notes, *form.notes))


def _without_head(tree: Map) -> Map:
    found = Map()
    found.update({name: node for name, node in tree.items() if name not in HEADS})
    return found


def _written(
    arrangement: Arrangement,
    tree: Map,
    root: Any,
    stated: list[tuple[str, str, str]],
    comments: dict[tuple[int, int], str],
) -> bytes:
    return FormWriter(arrangement, tree, _shows(root), stated, comments).write()


def _shows(root: Any) -> Callable[[str], Any]:
    """The value of a computed field by its path."""

    def show(path: str) -> Any:
        found = find(root, path) if root is not None else None
        if found is None:
            return None
        record, name = found
        value = record[name]
        return None if value is INVALID else value

    return show


def _stated(path: str, node: Node) -> list[tuple[str, str, str]]:
    """The rows of the sheet of published values that state a value; a long text in several."""
    if isinstance(node, Map) and PUBLISHED in node:
        return [(path, typed_text(node[PUBLISHED]), typed_text(node.get(REASON)))]
    if isinstance(node, Map | List):
        return [] if node else [(path, "{}" if isinstance(node, Map) else "[]", "")]
    assert isinstance(node, Scalar)
    pieces = range(0, len(node.text), LONGEST)
    return [(path, node.text[start : start + LONGEST], "") for start in pieces]
