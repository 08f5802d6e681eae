"""The parts of the package as a render has them: what it changed, else the template's; their shared strings."""

from __future__ import annotations

import zlib
from collections.abc import MutableMapping

from generator.excel.read.workbook import Relationship, Workbook, relationships_part
from generator.ooxml.package import Deflated, parse_xml


class PresentParts:
    """The parts of the package as the render has them: what it changed, else the template's."""

    def __init__(self, workbook: Workbook, changes: MutableMapping[str, bytes | Deflated | None]):
        self._workbook = workbook
        self._changes = changes
        self._relationships: dict[str, dict[str, Relationship]] = {}

    def read(self, part: str) -> bytes:
        """A part's content."""
        changed = self._changes.get(part)
        if isinstance(changed, bytes):
            return changed
        if changed is None:
            return self._workbook.package.read(part)
        return zlib.decompress(changed.data, -zlib.MAX_WBITS) if changed.method else changed.data

    def __contains__(self, part: str) -> bool:
        return self._changes[part] is not None if part in self._changes else part in self._workbook.package

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """A part's relationships to parts that are there: identifier → (kind, part)."""
        from posixpath import dirname, join, normpath

        member = relationships_part(part)
        if member not in self:
            return {}
        found = {}
        for element in parse_xml(self.read(member), part=member):
            if not isinstance(element.tag, str) or element.get("TargetMode") == "External":
                continue
            target = element.get("Target", "")
            base = "" if target.startswith("/") else dirname(part)
            target = normpath(join(base, target.lstrip("/")))
            if target in self:
                found[element.get("Id", "")] = (element.get("Type", "").rpartition("/")[2], target)
        return found


class PresentStrings:
    """The shared strings as the render has them, read when the first is asked for."""

    def __init__(self, workbook: Workbook, parts: PresentParts):
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
