"""The shared strings of a workbook as a render has them."""

from __future__ import annotations

from generator.excel.read.workbook import Workbook
from generator.ooxml.overlay import Overlay
from generator.ooxml.package import parse_xml


class PresentStrings:
    """The shared strings as the render has them, read when the first is asked for."""

    def __init__(self, workbook: Workbook, parts: Overlay):
        self._workbook, self._parts = workbook, parts
        self._texts: list[str] | None = None

    def __call__(self, index: int) -> str:
        if self._texts is None:
            part = self._workbook.part_of_kind("sharedStrings")
            self._texts = _read_strings(self._parts.read(part)) if part else []
        return self._texts[index] if index < len(self._texts) else ""


def _read_strings(xml: bytes) -> list[str]:
    from generator.excel.read.sheet_xml import rich_runs

    return ["".join(run.text for run in rich_runs(item)) for item in parse_xml(xml) if isinstance(item.tag, str)]
