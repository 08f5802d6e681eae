"""A workbook's sheets, names and what their cells hold, read from a package within limits and from nothing else.

For what only reads cells (filled-in forms, exports, lists of units): a tenth of the time of a library that also reads looks,
and every malformed part ends in one refusal.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.diagnostics import InvalidDocument, Text
from generator.diagnostics.wording import ooxml_words as words
from generator.kept.light_classes import dataclass
from generator.ooxml.addresses import parse_area
from generator.ooxml.cell_dates import format_code
from generator.ooxml.package import Package, local, open_package
from generator.ooxml.relationships import main_document, relationships
from generator.ooxml.soundness import is_xml, xml_fault
from generator.ooxml.worksheet_cells import Note, SheetCells, Surroundings, TableArea, Unsound, read_sheet, rich_text

_Related = list[tuple[str, str, str]]  # id, kind, member


@dataclass(frozen=True, slots=True)
class WorkbookCells:
    """A workbook.

    Args:
        sheets: its worksheets in the order of the tabs; chart sheets are none.
        names: what the defined names of the whole workbook stand for.
        since_1904: it counts days from 1904.
    """

    sheets: tuple[SheetCells, ...]
    names: dict[str, str]
    since_1904: bool = False

    @property
    def titles(self) -> tuple[str, ...]:
        """The worksheets' titles."""
        return tuple(sheet.title for sheet in self.sheets)


def is_workbook(package: Package) -> bool:
    """Whether a package's main document is a workbook."""
    main = main_document(package)
    return main in package and is_xml(main) and local(package.xml(main)) == "workbook"


def check_workbook(content: bytes) -> None:
    """Read a workbook to its last cell before a library with fewer bounds does.

    Raises:
        InvalidDocument: it is no package, or damaged.
        Unsound: it is no workbook, or a part is missing or malformed.
    """
    package = open_package(content)
    if not is_workbook(package):
        raise Unsound(words.NO_WORKBOOK)
    read_workbook_cells(package)


def read_workbook_cells(package: Package) -> WorkbookCells:
    """Read every worksheet of a workbook.

    Args:
        package: for which `is_workbook` holds.

    Raises:
        Unsound: a part is missing or malformed.
    """
    main = main_document(package)
    root = _tree(package, main)
    related = list(_related(package, main))
    properties = next((child for child in root if local(child) == "workbookPr"), None)
    since_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    around = Surroundings(_strings(package, related), _formats(package, related), since_1904)
    sheets: list[SheetCells] = []
    for element in _below(root, "sheets"):
        if (sheet := _sheet(package, element, related, around)) is not None:
            if any(sheet.title == other.title for other in sheets):
                raise Unsound(words.SHEETS_OF_ONE_NAME.filled(title=sheet.title))
            sheets.append(sheet)
    if not sheets:
        raise Unsound(words.NO_SHEET)
    names = {
        element.get("name", ""): element.text or ""
        for element in _below(root, "definedNames")
        if element.get("localSheetId") is None
    }
    return WorkbookCells(tuple(sheets), names, since_1904)


def _sheet(package: Package, element: Any, related: _Related, around: Surroundings) -> SheetCells | None:
    title = element.get("name", "")
    identity = next((value for key, value in element.attrib.items() if str(key).endswith("}id")), "")
    found = next((one for one in related if one[0] == identity), None)
    if found is None or not title:
        raise Unsound(words.SHEET_WITHOUT_PART.filled(title=title))
    _, kind, part = found
    if kind != "worksheet":
        return None
    data = _sound(package, part)
    notes: dict[tuple[int, int], Note] = {}
    tables: list[TableArea] = []
    for _, inner, member in _related(package, part):
        if inner == "comments":
            notes.update(_notes(_tree(package, member)))
        elif inner == "table":
            tables.extend(_table(_tree(package, member)))
    return read_sheet(title, element.get("state", "visible"), data, around, notes, tuple(tables))


def _related(package: Package, part: str) -> Iterator[tuple[str, str, str]]:
    for identity, link in relationships(package, part).items():
        if not link.external:
            yield identity, link.kind, link.target


def _sound(package: Package, part: str) -> bytes:
    """A part's content, which is XML without a DTD whatever the part is called."""
    if part not in package:
        raise Unsound(words.PART_MISSING.filled(part=part))
    data = package.read(part)
    if not is_xml(part) and (fault := xml_fault(data)):
        raise Unsound(Text(f"{part}: {fault}", f"{part}: {fault}"))
    return data


def _tree(package: Package, part: str) -> Any:
    _sound(package, part)
    try:
        return package.xml(part)
    except InvalidDocument as fault:
        raise Unsound(Text(f"{part}: {fault}", f"{part}: {fault}")) from None


def _strings(package: Package, related: _Related) -> tuple[str, ...]:
    part = next((member for _, kind, member in related if kind == "sharedStrings"), None)
    if part is None:
        return ()
    return tuple(rich_text(child) for child in _tree(package, part) if local(child) == "si")


def _formats(package: Package, related: _Related) -> tuple[str, ...]:
    """The number format of each cell style; without styles every cell has the first."""
    part = next((member for _, kind, member in related if kind == "styles" and member in package), None)
    if part is None:
        return ("General",)
    root = _tree(package, part)
    own = {
        int(element.get("numFmtId", "")): element.get("formatCode", "General")
        for element in _below(root, "numFmts")
        if _is_number(element.get("numFmtId"))
    }
    found = []
    for element in _below(root, "cellXfs"):
        number = element.get("numFmtId", "0")
        if not _is_number(number):
            raise Unsound(words.NUMBER_FORMAT.filled(part=part, number=number[:20]))
        found.append(format_code(int(number), own))
    return tuple(found) or ("General",)


def _notes(root: Any) -> Iterator[tuple[tuple[int, int], Note]]:
    authors = [element.text or "" for element in _below(root, "authors")]
    for element in _below(root, "commentList"):
        area = parse_area(element.get("ref", ""))
        if area is None or area.top is None or area.left is None:
            continue  # a note of no cell says nothing of any
        text = next((child for child in element if local(child) == "text"), None)
        author = element.get("authorId", "")
        known = _is_number(author) and int(author) < len(authors)
        words = "" if text is None else rich_text(text)
        yield (area.top.number, area.left.number), Note(words, authors[int(author)] if known else "")


def _table(root: Any) -> Iterator[TableArea]:
    area = parse_area(root.get("ref", ""))
    if area is not None and area.top and area.bottom and area.left and area.right:
        yield TableArea(area.top.number, area.bottom.number, area.left.number, area.right.number)


def _below(root: Any, name: str) -> Iterator[Any]:
    """The elements inside the first child of that name."""
    holder = next((child for child in root if local(child) == name), ())
    return (child for child in holder if isinstance(child.tag, str))


def _is_number(text: str | None) -> bool:
    return text is not None and text.isascii() and text.isdecimal() and len(text) < 9
