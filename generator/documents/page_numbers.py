"""Page numbers in tables of contents, of tables and of figures, and in references to pages: those of LibreOffice's layout.

LibreOffice lays out a copy that says at its end on which page each bookmark stands (`generator.word.run.contents_pages`); its
numbers go into our document, which stays ours in everything else.
"""

from __future__ import annotations

import io
from pathlib import Path

from generator.diagnostics import Diagnostic, Failure, Location
from generator.diagnostics.catalogue import diagnostic
from generator.documents.pdf import converted


def with_page_numbers(content: bytes, name: str, soffice: str) -> tuple[bytes, list[Diagnostic]]:
    """A Word document whose contents and references show pages, and a finding about those that nobody knows.

    Args:
        content: the document.
        name: its file name, for findings.
        soffice: LibreOffice's program (`generator.documents.pdf.find_soffice`).

    Raises:
        Failure: LibreOffice did not lay it out.
    """
    from generator.word.run.contents_pages import sounded, sounding, with_pages  # who renders workbooks needs no Word

    asked = sounding(content)
    if asked is None:
        return content, []
    import tempfile

    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / "sounding.docx"
        copy.write_bytes(asked.content)
        (laid_out,) = converted([copy], soffice)
    if not isinstance(laid_out, bytes):
        raise Failure([diagnostic("soffice-failed", name=name, reason=laid_out)])
    made, unknown = with_pages(content, sounded(asked, _end(laid_out)))
    found = [diagnostic("pages-unknown", Location(file=name), count=len(unknown))] if unknown else []
    return made, found


def _end(laid_out: bytes) -> str:
    """The text of the last pages of a PDF, those that name pages."""
    from pypdf import PdfReader  # most renders read no PDF

    texts: list[str] = []
    for page in reversed(PdfReader(io.BytesIO(laid_out)).pages):
        text = page.extract_text()
        if "pageref-" not in "".join(text.split()):
            break
        texts.insert(0, text)
    return "\n".join(texts)
