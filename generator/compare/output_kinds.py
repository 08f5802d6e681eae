"""Which documents can be written as a copy of B with the differences in it, under which names, and which have pages to draw."""

from __future__ import annotations

from pathlib import Path

from generator.diagnostics import Failure
from generator.diagnostics.catalogue import diagnostic
from generator.ooxml.file_endings import OFFICE_ENDINGS, WORD_ENDINGS
from generator.ooxml.saving import refuse_no_folder


def check_output(a: str, b: str, output: str, suffixes: tuple[str, ...]) -> None:
    """Refuse sides that are of no such kind, and a file whose suffix is not that of B, whose content it gets.

    Args:
        a, b: the two sides as typed.
        output: the file to write.
        suffixes: `WORD_ENDINGS` or `EXCEL_ENDINGS`.

    Raises:
        Failure: a side, or the file's suffix, is of another kind.
    """
    for name in (a, b):
        if Path(name).is_dir() or Path(name).suffix.lower() not in suffixes:
            code = "compare-tracked-kind" if suffixes == WORD_ENDINGS else "compare-marked-kind"
            raise Failure([diagnostic(code, name=name)])
    suffix = Path(b).suffix.lower()
    if Path(output).suffix.lower() != suffix:
        raise Failure([diagnostic("compare-output-suffix", name=output, suffix=suffix)])


def check_pages(a: str, b: str, folder: str) -> None:
    """Refuse sides whose pages no program draws: folders, data files; and a folder for their images that can be none.

    Raises:
        Failure: a side is no Word or Excel document, or the folder is a file.
    """
    refuse_no_folder(folder)
    for name in (a, b):
        if Path(name).suffix.lower() not in OFFICE_ENDINGS:
            raise Failure([diagnostic("compare-pages-kind", name=name)])
