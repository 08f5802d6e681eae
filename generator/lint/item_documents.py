"""Documents that are about one record of a list: what their templates see, and where that stands in the report."""

from __future__ import annotations

from generator.kept.light_classes import replace
from generator.lint.path_types import PlacedUse
from generator.standard.model import Cell, Document, Section, Standard


def seen_by(standard: Standard, document: Document) -> Standard:
    """The standard as a document's template sees it: the record stands under the name of its list."""
    found = _list_of(standard, document)
    if found is None:
        return standard
    _, cell = found
    one = Cell(replace(cell.field, many=False, required=True), "data", section=cell.shape)  # it is there
    root = Section(standard.root.type, "", None, {**standard.root.cells, document.item: one})
    return replace(standard, root=root)


def in_report(placed: PlacedUse, standard: Standard, document: Document) -> PlacedUse:
    """A use of a path by a document's template, as a path of the report."""
    found = _list_of(standard, document)
    path, item = placed.use.path, document.item
    if found is None or not (path == item or path.startswith(f"{item}.")):
        return placed
    return replace(placed, use=replace(placed.use, path=f"{found[0]}[]{path[len(item) :]}"))


def _list_of(standard: Standard, document: Document) -> tuple[str, Cell] | None:
    """The path of the list of a document's `for`, and the list."""
    if document.each is None:
        return None
    section: Section | None = standard.root
    walked: list[str] = []
    cell: Cell | None = None
    for name in document.each.text.strip().removeprefix("报告.").split("."):
        cell = section.cells.get(name) if section else None
        if cell is None:
            return None
        walked.append(name)
        section = cell.shape
        if cell.field.many:
            walked[-1] += "[]"
    return (".".join(walked).removesuffix("[]"), cell) if cell is not None else None
