"""A golden case for each finding about LibreOffice, which makes PDFs and counts pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.diagnostics import Failure
from generator.documents import page_numbers, pdf
from generator.lint import absent_fonts
from tests.support import words
from tests.support.told import CASES, check_case, told

ROOT = Path(__file__).parents[2]


def without_office() -> None:
    with pytest.MonkeyPatch.context() as machine:
        machine.setattr(pdf.shutil, "which", lambda name: None)
        machine.setattr(pdf, "_elsewhere", list)
        pdf.find_soffice()


def office_that_does_nothing() -> None:
    Path("报告.docx").write_bytes(b"x")
    pdf.convert_to_pdf([Path("报告.docx")], "没有这个程序")


def fonts_of_another_machine() -> None:
    with pytest.MonkeyPatch.context() as machine:
        machine.setattr(absent_fonts, "_families", lambda: frozenset({"宋体", "times new roman"}))
        found = absent_fonts.absent_fonts(
            [ROOT / "templates/docx/dayu-2020.docx", ROOT / "templates/xlsx/dayu-2020.xlsx"]
        )
    assert found is not None
    raise Failure([found])


def pages_that_nobody_says() -> None:
    """A document whose pages LibreOffice did not name."""
    code = '<w:fldSimple w:instr=" PAGEREF _Toc1 "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    mark = '<w:bookmarkStart w:id="1" w:name="_Toc1"/><w:bookmarkEnd w:id="1"/>'
    with pytest.MonkeyPatch.context() as machine:
        machine.setattr(page_numbers, "converted", lambda files, soffice: iter([b"%PDF-"]))
        machine.setattr(page_numbers, "_end", lambda laid_out: "")
        content = words.document(words.paragraph("总则", mark), words.paragraph("见第", code, "页"))
        _, found = page_numbers.with_page_numbers(content, "报告.docx", "soffice")
    raise Failure(found)


MADE: dict[str, Callable[[], object]] = {
    "soffice-missing": without_office,
    "pdf-fonts-substituted": fonts_of_another_machine,
    "soffice-failed": office_that_does_nothing,
    "pages-unknown": pages_that_nobody_says,
}


@pytest.mark.parametrize("code", MADE)
def it_says_what_is_wrong(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(tmp_path)
    check_case(
        code, list(told(MADE[code])), CASES / "package" / code, bool(request.config.getoption("--update-golden"))
    )
