"""Fonts of documents that this machine does not have, so that a PDF made here prints others in their place."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from lxml import etree

from generator.diagnostics import Diagnostic
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording.standard_words import listed
from generator.lint.fonts import read_fonts
from generator.ooxml.package import Package, open_package
from generator.ooxml.stated_numbers import whole
from generator.ooxml.wordprocessing import RUN, P, T

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SECONDS = 20


def absent_fonts(documents: Sequence[Path]) -> Diagnostic | None:
    """What a PDF of these documents prints in other fonts; None where all are there, or nobody can say.

    Fontconfig knows which families there are, by every name that they bear (`fc-list`); without it nothing is said.
    """
    known = _families()
    if not known:
        return None
    used = dict.fromkeys(font for document in documents for font in _used(open_package(str(document))))
    lacking = [font for font in used if font.casefold() not in known]
    names = listed(lacking)
    return diagnostic("pdf-fonts-substituted", names=names) if lacking else None


def _families() -> frozenset[str]:
    program = shutil.which("fc-list")
    if program is None:
        return frozenset()
    try:
        listed = subprocess.run([program, ":", "family"], capture_output=True, timeout=_SECONDS, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    lines = listed.decode("utf-8", "replace").splitlines()
    return frozenset(name.strip().casefold() for line in lines for name in line.split(",") if name.strip())


def _used(package: Package) -> Iterator[str]:
    """The fonts in which a document prints its texts."""
    if "xl/workbook.xml" in package:
        yield from _of_workbook(package)
    elif "word/document.xml" in package:
        yield from _of_word(package)


def _of_word(package: Package) -> Iterator[str]:
    fonts = read_fonts(_root(package, "word/styles.xml"), _root(package, "word/theme/theme1.xml"))
    for member in package.members:
        if not member.startswith("word/") or not member.endswith(".xml"):
            continue
        if not member[5:].startswith(("document", "header", "footer", "footnotes")):
            continue
        for paragraph in package.xml(member).iter(P):
            for run in paragraph.iter(RUN):
                if text := "".join(node.text or "" for node in run.iter(T)):
                    yield from fonts.printed(run, paragraph, text)


def _of_workbook(package: Package) -> Iterator[str]:
    styles = _root(package, "xl/styles.xml")
    if styles is None:
        return
    named = [font.find(f"{_SHEET}name") for font in styles.iterfind(f"{_SHEET}fonts/{_SHEET}font")]
    formats = [whole(one.get("fontId", "0")) for one in styles.iterfind(f"{_SHEET}cellXfs/{_SHEET}xf")]
    for index in sorted(set(_formats(package))):
        if index < len(formats) and formats[index] < len(named):
            name = named[formats[index]]
            if name is not None and name.get("val"):
                yield name.get("val", "")


def _formats(package: Package) -> Iterator[int]:
    """The formats of the cells that hold something."""
    for member in package.members:
        if member.startswith("xl/worksheets/sheet"):
            cells: Iterable[etree._Element] = package.xml(member).iter(f"{_SHEET}c")
            yield from (whole(cell.get("s", "0")) for cell in cells if len(cell))


def _root(package: Package, member: str) -> etree._Element | None:
    return package.xml(member) if member in package else None
