"""Read a document or workbook, whatever is in its XML."""

from __future__ import annotations

from typing import Any

from generator.compare.package_facts import Parts
from generator.diagnostics import InvalidDocument
from generator.diagnostics.catalogue import diagnostic
from generator.ooxml.stated_numbers import Misstated


def read(parts: Parts, main: str, kind: str, looks: Any = None) -> Any:
    """The model of a Word document or workbook.

    Raises:
        InvalidDocument: a part is damaged, missing, not well-formed, states a number or an address that is none, or nests
            without end.
    """
    try:
        if kind == "word":
            from generator.compare.word.read_parts import read_document

            return read_document(parts, main)
        from generator.compare.excel.read_workbook import read_workbook

        return read_workbook(parts, main, looks)
    except Misstated as fault:
        raise InvalidDocument(fault.within(parts.package.name)) from None
    except RecursionError as fault:  # of nested elements
        name = parts.package.name or "(bytes)"
        raise InvalidDocument([diagnostic("package-damaged", name=name, reason=str(fault)[:200])]) from None
