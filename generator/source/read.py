"""The door of this room: a file's bytes to its values, or every finding about its syntax."""

from __future__ import annotations

import os
import zipfile
import zlib
from typing import BinaryIO

from generator.diagnostics import Diagnostic, Invalid, has_errors
from generator.diagnostics.catalogue import diagnostic
from generator.ooxml.file_endings import (
    DATA_ENDINGS,
    EXCEL_ENDINGS,
    FORM_ENDINGS,
    OTHER_DOCUMENTS,
    OTHER_WORKBOOKS,
    TEXT_DOCUMENTS,
    ending_of,
)
from generator.ooxml.package import read_bytes
from generator.source.decoding import Role, decode
from generator.source.from_yaml import read_yaml
from generator.source.nodes import Map, Scalar, Source, is_json, locate


def read_source(
    source: str | os.PathLike[str] | bytes | BinaryIO,
    name: str | None = None,
    *,
    mapping: bool = True,
    form: bool = False,
    role: Role = "data",
) -> Source:
    """Read a YAML or JSON file (a name that ends in .json, or a text without a name that begins with a bracket), or a form.

    Args:
        source: a path, or the content.
        name: what findings call the file; the path as typed where it is not given.
        mapping: whether the content must be a mapping, as that of data files, standards and contexts must.
        form: whether it may be a filled-in form, as data files may.
        role: what it is given as, for the advice on a file that holds nothing or no text.

    Raises:
        Failure: there is no such file, it is a folder, or it cannot be read.
        Invalid: with every finding about its encoding and syntax, in the order of the file.
    """
    found, data = read_bytes(source)
    name = found if name is None else name
    if form and is_form(name, data):
        from generator.source.from_form import read_form

        return read_form(name, data)
    text, findings = decode(data, name, role)
    del data  # of a large file as much as its text
    page = Source(name, text, Map())
    if findings and not text:
        raise Invalid(findings)
    if is_json(name, text):
        from generator.source.from_json import read_json

        root, more = read_json(page)
    else:
        root, more = read_yaml(page)
    faulty = {finding.location.line for finding in findings}  # what follows from a bad character is not told again
    findings += (finding for finding in more if finding.location.line not in faulty)
    if not findings and (root is None or (isinstance(root, Scalar) and root.is_null)):
        findings.append(diagnostic("source-no-content", locate(page, None), spelling=page.spelling))
    elif not findings and mapping and not isinstance(root, Map):
        findings.append(diagnostic("source-not-mapping", locate(page, root), spelling=page.spelling))
    if root is None or has_errors(findings):
        raise Invalid(sorted(findings, key=_place))
    return Source(name, text, root)


_WORKBOOKS = (*EXCEL_ENDINGS, *OTHER_WORKBOOKS)
_OTHERS = (".csv", *OTHER_DOCUMENTS, *TEXT_DOCUMENTS)
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def is_workbook_name(name: str) -> bool:
    """Whether a file is a workbook by its name."""
    return ending_of(name) in _WORKBOOKS


def is_form(name: str, data: bytes) -> bool:
    """Whether a data file is a workbook (or something else that no text file is), by its name or its first bytes."""
    ending = ending_of(name)
    return ending in _WORKBOOKS or ending in _OTHERS or (ending not in DATA_ENDINGS and data.startswith((_ZIP, _OLE)))


_LOOKED_AT = 1 << 20  # bytes of a workbook's list of sheets and names; a bomb would inflate to gigabytes


def holds_form(path: str | os.PathLike[str]) -> bool:
    """Whether a file is a workbook that says it is a form; rendered workbooks lie beside data files, too."""
    if ending_of(path) not in FORM_ENDINGS:
        return False
    try:
        with zipfile.ZipFile(path) as archive, archive.open("xl/workbook.xml") as part:
            return b'"_generator"' in part.read(_LOOKED_AT)
    except (OSError, KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error):
        return False


def _place(finding: Diagnostic) -> tuple[int, int]:
    return finding.location.line or 0, finding.location.column or 0
