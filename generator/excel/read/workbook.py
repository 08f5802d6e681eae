"""A workbook template as it is read: its sheets, shared strings and cell formats (ECMA-376 part 1, chapter 18)."""

from __future__ import annotations

import copyreg
import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from lxml import etree

from generator.diagnostics import InvalidDocument, Location
from generator.diagnostics.catalogue import diagnostic
from generator.excel.read.sheet_xml import Run, rich_runs
from generator.kept.light_classes import dataclass
from generator.ooxml.cell_dates import format_code, shows_date
from generator.ooxml.deflater import Deflated, deflate
from generator.ooxml.package import Package
from generator.ooxml.relationships import related_part, relationships
from generator.ooxml.stated_numbers import real, whole
from generator.template.tags import has_tags

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_GENERAL = ("general", "g/通用格式")  # LibreOffice writes it as a format of the workbook's own


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the workbook: its name, part, relationship, state ("visible", "hidden", "veryHidden")."""

    index: int
    name: str
    part: str
    relationship: str
    state: str
    worksheet: bool


@dataclass(frozen=True, slots=True)
class CellFormat:
    """What a cell's style says that rendering must know: is it a date, does its text wrap, how big is its font.

    Args:
        size: of the font, in points.
        general: it has no number format.
        indent: in steps of about 3 characters.
    """

    date: bool = False
    wrap: bool = False
    size: float = 11.0
    general: bool = True
    indent: int = 0
    bold: bool = False


class Workbook:
    """A workbook package with what its templates need looked up; nothing in it changes after it is read."""

    def __init__(self, package: Package):
        self.package = package
        self.main = self._main_part()
        if self.main.endswith(".bin"):  # .xlsb
            raise self._no_workbook()
        if not str(self.tree.tag).endswith("}workbook"):
            raise self._no_workbook()
        self.space: str = etree.QName(self.tree).namespace or MAIN
        self.relationships = relationships(package, self.main)

    def __reduce__(self) -> tuple[Any, ...]:
        """What is kept of it for another process."""
        names = ("package", "main", "space", "relationships", "sheets", "tagged_strings", "date_1904", "formats")
        return copyreg.__newobj__, (Workbook,), {name: getattr(self, name) for name in names}  # type: ignore[attr-defined]  what `object.__reduce_ex__` gives

    @cached_property
    def tree(self) -> etree._Element:
        """The workbook's own part."""
        return self.package.xml(self.main)

    def _main_part(self) -> str:
        if part := related_part(self.package, "", "officeDocument"):
            return part
        raise self._no_workbook()

    def _no_workbook(self) -> InvalidDocument:
        name = self.package.name
        return InvalidDocument([diagnostic("excel-no-workbook", Location(file=name or None), name=name or "(bytes)")])

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets in their order; chart sheets and the like have `worksheet` false."""
        found = []
        for index, element in enumerate(self.tree.iterfind(f"{{{self.space}}}sheets/{{{self.space}}}sheet")):
            identifier = next((value for key, value in element.attrib.items() if str(key).endswith("}id")), "")
            relationship = self.relationships.get(str(identifier))
            if relationship is None or relationship.target not in self.package:
                raise InvalidDocument(
                    [
                        diagnostic(
                            "package-damaged", name=self.package.name, reason=f"{element.get('name')}: {identifier}"
                        )
                    ]
                )
            found.append(
                Sheet(
                    index,
                    element.get("name", ""),
                    relationship.target,
                    str(identifier),
                    element.get("state", "visible"),
                    relationship.kind == "worksheet",
                )
            )
        return tuple(found)

    def part_of_kind(self, kind: str) -> str:
        """The part that the workbook is related to as `kind` ("sharedStrings", "styles", …); "" where it has none."""
        links = (one for one in self.relationships.values() if not one.external and one.kind == kind)
        return next((link.target for link in links if link.target in self.package), "")

    @cached_property
    def tagged_strings(self) -> Mapping[int, tuple[Run, ...]]:
        """The shared strings that hold tags, by index."""
        part = self.part_of_kind("sharedStrings")
        if not part:
            return {}
        data = self.package.read(part)
        if b"{" not in data and b"&#" not in data:
            return {}
        found = {}
        for index, item in enumerate(self._strings(part)):
            runs = rich_runs(item)
            if has_tags("".join(run.text for run in runs)):
                found[index] = tuple(runs)
        return found

    def _strings(self, part: str) -> list[etree._Element]:
        return [item for item in self.package.xml(part) if isinstance(item.tag, str)]

    @cached_property
    def shared_texts(self) -> tuple[str, ...]:
        """The plain text of every shared string."""
        part = self.part_of_kind("sharedStrings")
        return tuple("".join(run.text for run in rich_runs(item)) for item in self._strings(part)) if part else ()

    @cached_property
    def strings_without_tags(self) -> Deflated | None:
        """The shared strings with those emptied that hold tags (they are printed where they are used); None: unchanged."""
        part = self.part_of_kind("sharedStrings")
        if not part or not self.tagged_strings:
            return None
        counter = iter(range(1 << 30))

        def blank(match: re.Match[bytes]) -> bytes:
            if next(counter) not in self.tagged_strings:
                return match[0]
            prefix = match[1] or b""
            return b"<%bsi><%bt/></%bsi>" % (prefix, prefix, prefix)

        data = self.package.read(part)
        data = re.sub(rb"<(\w+:)?si(?:\s[^>]*)?(?:(?<=/)>|(?<!/)>.*?</(?:\w+:)?si>|/>)", blank, data, flags=re.S)
        data = re.sub(rb'(<(?:\w+:)?sst[^>]*?)\scount="\d+"', rb"\1", data, count=1)  # optional, and no longer known
        return deflate(data)

    @cached_property
    def date_1904(self) -> bool:
        """Whether days count from 1904-01-01."""
        properties = self.tree.find(f"{{{self.space}}}workbookPr")
        return properties is not None and properties.get("date1904") in ("1", "true")

    @cached_property
    def formats(self) -> tuple[CellFormat, ...]:
        """The cell formats by style index."""
        part = self.part_of_kind("styles")
        if not part:
            return (CellFormat(),)
        root = self.package.xml(part)
        space = f"{{{etree.QName(root).namespace}}}"
        codes = {
            whole(element.get("numFmtId", "0")): element.get("formatCode", "")
            for element in root.iterfind(f"{space}numFmts/{space}numFmt")
        }
        fonts = []
        for font in root.iterfind(f"{space}fonts/{space}font"):
            size = font.find(f"{space}sz")
            bold = font.find(f"{space}b")
            fonts.append(
                (
                    real(size.get("val", "11")) if size is not None else 11.0,
                    bold is not None and bold.get("val", "1") not in ("0", "false"),
                )
            )
        found = []
        for element in root.iterfind(f"{space}cellXfs/{space}xf"):
            number = whole(element.get("numFmtId", "0"))
            font = whole(element.get("fontId", "0"))
            alignment = element.find(f"{space}alignment")
            size, bold = fonts[font] if font < len(fonts) else (11.0, False)
            found.append(
                CellFormat(
                    shows_date(format_code(number, codes)),
                    alignment is not None and alignment.get("wrapText") in ("1", "true"),
                    size,
                    number == 0 or codes.get(number, "").strip().casefold() in _GENERAL,
                    whole(alignment.get("indent", "0")) if alignment is not None else 0,
                    bold,
                )
            )
        return tuple(found) or (CellFormat(),)

    def format(self, style: int) -> CellFormat:
        """The cell format of a style index."""
        return self.formats[style] if style < len(self.formats) else self.formats[0]
