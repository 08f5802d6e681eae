"""Read a workbook to the neutral model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import etree

from generator.compare.canonical import NOISE, Properties, attributes, tree
from generator.compare.excel.formula_references import read_area
from generator.compare.excel.read_rows import Strings, read_rows, rest_of, string
from generator.compare.excel.sheet_drawings import read_drawings
from generator.compare.excel.workbook_model import Area, Line, Looks, Rule, Sheet, TableData, Workbook
from generator.compare.excel.workbook_styles import CellFormats
from generator.compare.metadata import read_properties, rest_digests
from generator.compare.package_facts import Parts, R, text_of
from generator.kept.name_sets import names, pairs
from generator.ooxml.addresses import MAX_COLUMNS
from generator.ooxml.package import local
from generator.ooxml.relationships import Relationship
from generator.ooxml.stated_numbers import Misstated, digits, real, whole

_EXTENSION_NOISE = NOISE | {"id", "xfId"}
_SKIP = NOISE | {"uid", "extLst"}
_MARGINS = {side: f"{side}Margin" for side in ("left", "right", "top", "bottom", "header", "footer")}
_PAGE_DEFAULTS = pairs(
    "orientation=portrait scale=100 fitToWidth=1 fitToHeight=1 firstPageNumber=1 pageOrder=downThenOver "
    "cellComments=none copies=1 gridLinesSet=1"
)
_PAGE = ("printOptions", "pageMargins", "pageSetup", "rowBreaks", "colBreaks")
# What the other elements of a sheet are: read elsewhere, worked out anew by every editor, or traces of a session.
_KNOWN = names(
    "sheetData dimension sheetViews sheetFormatPr cols mergeCells dataValidations conditionalFormatting hyperlinks drawing "
    "legacyDrawing legacyDrawingHF tableParts autoFilter headerFooter phoneticPr sheetCalcPr"
)


def read_workbook(parts: Parts, main: str, looks: Looks | None = None) -> Workbook:
    """Read the workbook whose main part is `main`; `looks` collects the formats of both sides of a comparison.

    Raises:
        InvalidDocument: a part is damaged, missing or not well-formed.
    """
    root = parts.xml(main)
    groups = rest_of(root)
    looks = looks or Looks()
    formats = CellFormats(parts, main, looks)
    strings = Strings(parts, main, formats.colours)
    relationships = parts.relationships(main)
    sheets: list[Sheet] = []
    for element in _inside(groups, "sheets"):
        sheet = Sheet(element.get("name", ""), element.get("state", "visible"))
        sheets.append(sheet)
        relation = relationships.get(element.get(R + "id", ""))
        if relation is not None:
            _read_sheet(sheet, parts, relation.target, strings, formats)
    defined: dict[tuple[str, str], tuple[str, bool]] = {}
    for element in _inside(groups, "definedNames"):
        index = element.get("localSheetId")
        scope = sheets[at].name if (at := digits(index)) is not None and at < len(sheets) else ""
        key = (element.get("name", ""), scope)
        if key[0] != "_xlnm._FilterDatabase":  # follows the filter of its sheet
            defined[key] = (element.text or "", element.get("hidden") in ("1", "true"))
    properties = next((e for e in root if local(e) == "workbookPr"), None)
    if name := parts.one(main, "calcChain"):
        parts.read.add(name)
    if formats.colours is not None and (theme := parts.one(main, "theme")) and not any(s.drawings for s in sheets):
        parts.read.add(parts.find(theme) or theme)  # what cells take from it is worked out
    found, traces = read_properties(parts)
    return Workbook(
        parts.package.name,
        sheets,
        defined,
        _settings(root),
        found,
        traces,
        rest_digests(parts),
        formats.looks[0],
        properties is not None and properties.get("date1904") in ("1", "true"),
        looks,
        parts.picture if any(sheet.drawings for sheet in sheets) else None,
    )


_CALCULATION = ("calcMode", "iterate", "iterateCount", "iterateDelta", "fullPrecision", "refMode")


def _settings(root: etree._Element) -> Properties:
    """What holds for the whole workbook: protection, links, how it calculates; each attribute by itself."""
    found: list[tuple[str, Any]] = []
    for element in root:
        name = local(element)
        if name in ("workbookProtection", "externalReferences", "fileSharing"):
            found.append((name, tree(element)))
        elif name == "workbookPr":
            skipped = ("codeName", "defaultThemeVersion", "filterPrivacy", "id", "date1904", "dateCompatibility")
            found += attributes(element, skipped)
        elif name == "calcPr":
            iterates = ("iterate", "1") in attributes(element)
            skipped = () if iterates else ("iterateCount", "iterateDelta")
            found += [pair for pair in attributes(element, skipped) if pair[0] in _CALCULATION]
    return tuple(sorted((name, value) for name, value in found if not (value and value[1:] == ((), (), ""))))


def _inside(groups: Mapping[str, Sequence[etree._Element]], name: str) -> Iterator[etree._Element]:
    """The elements within those of a name."""
    return (element for group in groups.get(name, ()) for element in group)


def _read_sheet(sheet: Sheet, parts: Parts, part: str, strings: Strings, formats: CellFormats) -> None:
    root = read_rows(sheet, parts, part, strings, formats)
    groups = rest_of(root)
    relationships = parts.relationships(part)
    for element in _inside(groups, "cols"):
        _columns(sheet, element, formats)
    sheet.merges = tuple(read_area(e.get("ref", "")) for e in _inside(groups, "mergeCells") if e.get("ref"))
    sheet.validations = tuple(_validation(e) for e in _inside(groups, "dataValidations") if local(e))
    sheet.conditionals = _conditionals(groups.get("conditionalFormatting", []), formats)
    for element in _inside(groups, "hyperlinks"):
        relation = relationships.get(element.get(R + "id", ""))
        target = relation.target if relation else ""
        if location := element.get("location"):
            target += "#" + location
        sheet.links[read_area(element.get("ref", "A1"))] = (target, element.get("tooltip", ""))
    _read_parts_beside(sheet, parts, part)
    for element in groups.get("autoFilter", []):
        sheet.filter = read_area(element.get("ref", "A1"))
        if len(element):
            sheet.others = {**sheet.others, "autoFilter": tree(element, _SKIP)[2]}
    sheet.page = _page(groups)
    sheet.view = _view(groups)
    sheet.session = tuple(_session(view) for view in _inside(groups, "sheetViews"))
    for element in groups.get("headerFooter", []):
        sheet.header_footer = {local(e): (e.text or "") for e in element if e.text}
        if flags := attributes(element):
            sheet.page = (*sheet.page, ("headerFooter", flags))
    for name, elements in groups.items():
        if name in _KNOWN:
            continue
        for element in elements:
            _resolve(element, parts, relationships)
        if name and name not in _PAGE:
            sheet.others = {**sheet.others, **dict(_other(name, elements))}


def _read_parts_beside(sheet: Sheet, parts: Parts, part: str) -> None:
    """Comments, drawings and tables of a sheet."""
    if comments := parts.one(part, "comments"):
        _comments(sheet, parts.xml(comments))
        for drawing in parts.related(part, "vmlDrawing"):
            data = parts.bytes(drawing)
            if data.count(b"ObjectType=") != data.count(b'ObjectType="Note"'):
                parts.read.discard(drawing)  # form controls: compared by bytes
    for drawing in parts.related(part, "drawing"):
        sheet.drawings += read_drawings(parts, drawing)
    for table in parts.related(part, "table"):
        sheet.tables += (_table(parts.xml(table)),)


def _other(name: str, elements: Sequence[etree._Element]) -> Iterator[tuple[str, Any]]:
    """What elements of a sheet say that nothing here reads, by a name."""
    if name == "sheetPr":
        children = [child for element in elements for child in element]
        if kept := tuple(tree(child) for child in children if local(child) == "tabColor"):
            yield "tabColor", kept
        if outline := tuple(pair for child in children if local(child) == "outlinePr" for pair in attributes(child)):
            yield "outlinePr", outline
    elif name == "extLst":
        for inner in (inner for element in elements for extension in element for inner in extension):
            yield local(inner), tree(inner, _EXTENSION_NOISE)
    else:
        yield name, tuple(tree(element) for element in elements)


def _columns(sheet: Sheet, element: etree._Element, formats: CellFormats) -> None:
    style = element.get("style")
    line = Line(
        f"{round(real(element.get('width') or 0), 2):g}" if element.get("width") else "",
        element.get("customWidth") in ("1", "true"),
        element.get("hidden") in ("1", "true"),
        whole(element.get("outlineLevel", 0)),
        formats.own(style),
    )
    first, last = whole(element.get("min", 1)), whole(element.get("max", 1))
    if not 0 < first <= MAX_COLUMNS:
        raise Misstated(first)
    for column in range(first, min(last, MAX_COLUMNS if last - first < 200 else first + 199) + 1):
        sheet.columns[column] = line


def _areas(text: str) -> tuple[Area, ...]:
    return tuple(sorted(read_area(part) for part in text.split()))


def _validation(element: etree._Element) -> Rule:
    formulas = tuple(text_of(e) for e in element if local(e).startswith("formula"))
    return Rule(_areas(element.get("sqref", "")), formulas, attributes(element, ("sqref",)))


def _conditionals(groups: list[etree._Element], formats: CellFormats) -> tuple[Rule, ...]:
    found: list[tuple[int, Rule]] = []
    for group in groups:
        areas = _areas(group.get("sqref", ""))
        for element in group:
            if local(element) != "cfRule":
                continue
            index = element.get("dxfId")
            look = (
                formats.differential[at] if (at := digits(index)) is not None and at < len(formats.differential) else ()
            )
            formulas = tuple(e.text or "" for e in element if local(e) == "formula")
            what = (
                attributes(element, ("dxfId", "priority")),
                tuple(tree(e, _SKIP) for e in element if local(e) not in ("formula", "extLst", "")),
            )
            found.append((whole(element.get("priority", 0), signed=True), Rule(areas, formulas, what, look)))
    found.sort(key=lambda entry: entry[0])
    return tuple(rule for _, rule in found)


def _comments(sheet: Sheet, root: etree._Element) -> None:
    groups = rest_of(root)
    authors = [e.text or "" for e in _inside(groups, "authors")]
    for element in _inside(groups, "commentList"):
        text = next((string(e)[0] for e in element if local(e) == "text"), "")
        index = whole(element.get("authorId", 0))
        author = authors[index] if index < len(authors) else ""
        sheet.comments[read_area(element.get("ref", "A1"))[:2]] = (author, text)


def _table(root: etree._Element) -> TableData:
    columns = tuple(e.get("name", "") for e in root.iter() if local(e) == "tableColumn")
    what = (
        columns,
        tuple(pair for pair in attributes(root) if pair[0] in ("totalsRowCount", "headerRowCount", "insertRow")),
        tuple(tree(e, _SKIP) for e in root if local(e) == "tableStyleInfo"),
        tuple(
            (e.get("name", ""), tree(inner))
            for e in root.iter()
            if local(e) == "tableColumn"
            for inner in e
            if local(inner) in ("calculatedColumnFormula", "totalsRowFormula")
        ),
    )
    return TableData(root.get("displayName") or root.get("name") or "", read_area(root.get("ref", "A1")), what)


def _page(groups: dict[str, list[etree._Element]]) -> Properties:
    found: list[tuple[str, Any]] = []
    for name in _PAGE:
        for element in groups.get(name, []):
            if name in ("rowBreaks", "colBreaks"):
                if breaks := sorted(whole(e.get("id", 0)) for e in element if e.get("id")):
                    found.append((name, tuple(breaks)))
                continue
            for key, text in element.attrib.items():
                plain = str(key).rpartition("}")[2]
                if plain in ("id", "horizontalDpi", "verticalDpi", "usePrinterDefaults"):
                    continue
                shown = str(text)
                shown = {"true": "1", "false": "0"}.get(shown, shown)
                if name == "pageMargins":
                    shown = f"{real(shown):g}"
                if name == "pageMargins" or (shown not in ("0", "default") and _PAGE_DEFAULTS.get(plain) != shown):
                    found.append((_MARGINS.get(plain, plain), shown))
    for element in groups.get("sheetPr", []):
        for child in element:
            if local(child) == "pageSetUpPr" and child.get("fitToPage") in ("1", "true"):
                found.append(("fitToPage", "1"))
    return tuple(sorted(found))


def _resolve(root: etree._Element, parts: Parts, relationships: Mapping[str, Relationship]) -> None:
    """Put what is referred to where the id of a relationship stands: a picture's digest, otherwise the kind."""
    for element in root.iter():
        for key in list(element.attrib):
            relation = relationships.get(str(element.attrib[key])) if str(key).startswith(R) else None
            if relation is not None:
                known = relation.kind == "image" and not relation.external and parts.find(relation.target)
                del element.attrib[key]
                element.set("target", parts.digest(relation.target) if known else relation.kind)


def _session(view: etree._Element) -> tuple[str, ...]:
    """Where the reader was when the workbook was saved."""
    selected = [e.get("sqref", "A1") for e in view if local(e) == "selection"]
    return (view.get("topLeftCell", ""), view.get("zoomScale", "100"), view.get("view", "normal"), *selected)


def _view(groups: dict[str, list[etree._Element]]) -> Properties:
    found: list[tuple[str, Any]] = []
    for view in _inside(groups, "sheetViews"):
        for name in ("showGridLines", "showRowColHeaders", "showZeros"):
            if view.get(name) in ("0", "false"):
                found.append((name, False))
        for name in ("rightToLeft", "showFormulas"):
            if view.get(name) in ("1", "true"):
                found.append((name, True))
        for pane in view:
            if local(pane) == "pane" and pane.get("state") in ("frozen", "frozenSplit"):
                found.append(("pane", f"{real(pane.get('ySplit', 0)):g} × {real(pane.get('xSplit', 0)):g}"))
    for element in groups.get("sheetFormatPr", []):
        for name in ("defaultColWidth", "defaultRowHeight"):
            if element.get(name) and (name == "defaultColWidth" or element.get("customHeight") in ("1", "true")):
                found.append((name, f"{real(element.get(name, 0)):g}"))
    return tuple(sorted(set(found), key=repr))
