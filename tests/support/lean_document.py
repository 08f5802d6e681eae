"""What python-docx begins a document from, without its hundred styles of tables: 350 KB that every test would read, write and compile."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from pathlib import Path

import docx.api

_LEFT_OUT = ("word/stylesWithEffects.xml", "docProps/thumbnail.jpeg")
_RELATION = re.compile(rb"<Relationship [^>]*(?:stylesWithEffects|thumbnail)[^>]*/>")
_OVERRIDE = re.compile(rb'<Override PartName="/word/stylesWithEffects[^>]*/>')
_KEPT = rb"TableNormal|TableGrid|LightGrid|LightGrid-Accent1"
_STYLE = re.compile(rb'<w:style\b[^>]*w:type="table"[^>]*w:styleId="(?!(?:%s)")[^>]*>.*?</w:style>' % _KEPT, re.S)


@cache
def lean_document() -> bytes:
    """An empty document."""
    content = io.BytesIO()
    with (
        zipfile.ZipFile(Path(docx.api.__file__).parent / "templates" / "default.docx") as whole,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        for name in whole.namelist():
            if not name.startswith(_LEFT_OUT):
                data = _OVERRIDE.sub(b"", _RELATION.sub(b"", whole.read(name)))
                written.writestr(name, _STYLE.sub(b"", data) if name == "word/styles.xml" else data)
    return content.getvalue()


def use_lean_documents() -> None:
    """Let `docx.Document()` begin from it."""
    docx.api._default_docx_path = lambda: io.BytesIO(lean_document())  # type: ignore[assignment]
