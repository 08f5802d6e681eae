"""Excel templates examined before any data exists: paths against a standard, guidance, units, formats, formulas.

What loops will move is foreseen by the engine itself (`generator.excel.foresight`): addresses that cannot follow,
formulas that will have no value before Excel computes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.diagnostics import Diagnostic, InvalidDocument, InvalidTemplate, Location
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.places import in_document
from generator.excel.read.workbook import Workbook
from generator.excel.template import ExcelTemplate
from generator.kept.light_classes import dataclass
from generator.lint.optional_values import optional_in_words
from generator.lint.path_types import PlacedUse, check_uses, placed_use
from generator.lint.sheet_cells import TaggedCells, sheet_cells
from generator.lint.silenced import told
from generator.lint.template_rules import loops_and_years, workbook_rules
from generator.lint.text_rules import doubled_unit, guidance, printed_field, printed_paths
from generator.lint.unfed_charts import unfed_sheet_charts
from generator.ooxml.package import Source, open_package, read_bytes
from generator.standard import Standard
from generator.standard.kinds import kind_named
from generator.template.single_braces import meant_as_tags
from generator.template.tags import Tag, find_tags, has_tags


@dataclass(frozen=True, slots=True)
class Text:
    """A cell's text with its tags, place and number format."""

    text: str
    tags: tuple[Tag, ...]
    location: Location
    format: str

    @property
    def alone(self) -> bool:
        """Whether one printing tag is all that the cell holds: its value keeps its type."""
        return len(self.tags) == 1 and self.tags[0].mark == "{{" and self.tags[0].text == self.text.strip()


def lint_excel(source: Source, standard: Standard | None = None) -> tuple[list[Diagnostic], list[PlacedUse]]:
    """Everything that can be said of an Excel template before data.

    Args:
        source: path, bytes or binary file.
        standard: whose fields it prints; without one its paths are not checked.

    Returns:
        The findings, and every use of a path, for fields that no template prints.

    Raises:
        Failure: there is no such file.
    """
    name, content = read_bytes(source)
    try:
        template = ExcelTemplate(source if name else content)
        package = open_package(content, own=True)  # the template found it sound
        workbook = Workbook(package)
        sheets = sheet_cells(workbook)
        texts = list(_texts(workbook, sheets))
    except (InvalidTemplate, InvalidDocument) as fault:
        return list(fault.diagnostics), []
    placed = [placed_use(use, tag) for use, tag in template.uses()]
    found: list[Diagnostic] = []
    if standard is not None:
        found += check_uses(placed, standard)
        found += optional_in_words(template.uses(), standard)
        found += _values(texts, placed, standard)
        found += loops_and_years([(text.text, text.tags, text.location) for text in texts], standard)
        found += meant_as_tags(template.single_braces(), {*standard.root.cells, *standard.parameters})
    found += workbook_rules(workbook, sheets, placed, standard)
    found += unfed_sheet_charts(workbook)
    found += (one for text in texts for one in guidance(text.text, text.tags, text.location))
    found += _unforeseen(template.foresee(), found)
    commented = ((text.tags, text.location) for text in texts)
    return told(found, commented, name, complete=standard is not None), placed


def _unforeseen(foreseen: list[Diagnostic], found: list[Diagnostic]) -> list[Diagnostic]:
    """What rendering would come to, without formulas of which lint tells why they have no value."""
    told_of = {str(one.location.anchor) for one in found if "formula" in one.arguments}
    return [one for one in foreseen if one.code != "excel-not-computed" or str(one.location.anchor) not in told_of]


def _texts(workbook: Workbook, sheets: Iterable[TaggedCells]) -> Iterator[Text]:
    """The texts of a workbook's cells, sheet by sheet."""
    formats = _number_formats(workbook)
    for sheet in sheets:
        for one in sheet.cells.values():
            if not one.formula:
                location = in_document({"sheet": sheet.name, "cell": one.coordinate})
                tags = tuple(find_tags(one.value)) if has_tags(one.value) else ()
                yield Text(one.value, tags, location, formats[one.style] if one.style < len(formats) else "")


def _number_formats(workbook: Workbook) -> list[str]:
    """The number format of each cell format; of Excel's own only those of percents, which lint looks for."""
    part = workbook.part_of_kind("styles")
    if not part:
        return []
    root = workbook.package.xml(part)
    codes = {"9": "0%", "10": "0.00%"}
    for element in root.iter("{*}numFmt"):
        codes[element.get("numFmtId", "")] = element.get("formatCode", "")
    listed = root.find("{*}cellXfs")
    return [codes.get(xf.get("numFmtId", "0"), "") for xf in listed.iterfind("{*}xf")] if listed is not None else []


def _values(texts: Iterable[Text], uses: Iterable[PlacedUse], standard: Standard) -> Iterator[Diagnostic]:
    """Units behind a tag that repeat the field's own, percents in cells that do not show them as such."""
    printed = printed_paths(uses)
    for text in texts:
        for tag in text.tags:
            yield from doubled_unit(text.text, tag, text.location, printed, standard)
            target = printed_field(tag, text.location, printed, standard) if text.alone else None
            if target is not None and kind_named(target.kind).hundredths and "%" not in text.format:
                yield diagnostic("lint-percent-format", text.location, tag=tag.text, format=text.format)
