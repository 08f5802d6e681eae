"""Pages compared as images: what differs, where, with what is written and shown."""

import io
import shutil

import docx
import pytest
from PIL import Image

from generator.cli import run
from generator.compare import compare, page_images, to_html
from generator.compare.difference import Comparison, Findings, Level
from generator.diagnostics import Failure

office = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftoppm")), reason="LibreOffice and pdftoppm draw the pages"
)


def document(path, *pages):
    made = docx.Document()
    for index, text in enumerate(pages):
        if index:
            made.add_page_break()
        made.add_paragraph(text)
    made.save(path)
    return path


def paper(size=(100, 200), box=None):
    page = Image.new("RGB", size, "white")
    if box:
        page.paste((0, 0, 0), box)
    return page


@pytest.fixture
def drawn(monkeypatch):
    """What would be drawn of two documents."""

    def set_pages(*sides):
        monkeypatch.setattr(page_images, "_draw", lambda documents: [list(side) for side in sides])

    return set_pages


def pages(tmp_path):
    found = page_images.with_pages(Comparison(), tmp_path / "a.docx", tmp_path / "b.docx", tmp_path / "pages")
    return [d.message for d in found], sorted(path.name for path in (tmp_path / "pages").glob("*")), found


def it_tells_the_share_and_the_box_of_the_pixels_that_differ(drawn, tmp_path):
    drawn([paper(), paper()], [paper(), paper(box=(10, 20, 30, 60))])
    told, files, found = pages(tmp_path)
    assert told == ["第2页：页面图像有 4.00% 的像素不同（左 10% 至 30%，上 10% 至 30%）"]
    assert files == ["page-002-marked.png", "page-002-new.png", "page-002-old.png"]
    assert [(d.kind, d.place, d.anchor) for d in found] == [("page", "第2页", {"part": "page", "number": 2})]
    marked = Image.open(tmp_path / "pages" / "page-002-marked.png")
    assert marked.getpixel((20, 40)) == (220, 0, 0)


def it_tells_pages_that_one_of_them_lacks_and_other_sizes(drawn, tmp_path):
    drawn([paper(), paper()], [paper((100, 210))])
    assert pages(tmp_path)[:2] == (
        ["第1页：页面大小 100 × 200 → 100 × 210 像素", "第2页：少了一页"],
        ["page-001-new.png", "page-001-old.png", "page-002-old.png"],
    )


def it_removes_the_images_of_an_earlier_run_and_nothing_else(drawn, tmp_path):
    (tmp_path / "pages").mkdir()
    for name in ("page-007-old.png", "notes.txt"):
        (tmp_path / "pages" / name).write_bytes(b"")
    drawn([paper()], [paper()])
    assert pages(tmp_path)[:2] == ([], ["notes.txt"])


def it_sees_no_smoothed_edge():
    nearly = paper()
    nearly.putpixel((5, 5), (240, 240, 240))
    assert page_images._compare(Findings(Level.TEXT), 1, paper(), nearly) is None


def it_shows_the_images_on_the_page(drawn, tmp_path):
    drawn([paper()], [paper(box=(0, 0, 50, 50))])
    html = to_html(pages(tmp_path)[2])
    assert html.count("data:image/png;base64,") == 3
    assert "不同处" in html


def it_says_which_program_is_missing(monkeypatch, tmp_path):
    monkeypatch.setattr(page_images, "_pdftoppm", lambda: None)
    monkeypatch.setattr(page_images, "find_soffice", lambda: "soffice")
    with pytest.raises(Failure) as refusal:
        page_images.with_pages(Comparison(), tmp_path / "a.docx", tmp_path / "b.docx", tmp_path)
    assert refusal.value.diagnostics[0].code == "compare-pages-tool"
    assert "pdftoppm" in refusal.value.diagnostics[0].message


def it_refuses_what_has_no_pages(tmp_path):
    a = document(tmp_path / "a.docx", "甲")
    assert run(["diff", str(tmp_path), str(tmp_path), "--pages", str(tmp_path / "p")]) == 2
    assert run(["diff", str(a), str(a), "--pages", str(tmp_path / "p")]) in (0, 2)


@office
@pytest.mark.slow
def it_draws_the_pages_of_real_documents(tmp_path, capsys):
    a, b = (
        document(tmp_path / "a.docx", "本年支出161.4万元", "附表"),
        document(tmp_path / "b.docx", "本年支出162.4万元", "附表"),
    )
    assert run(["diff", str(a), str(b), "--level", "text", "--pages", str(tmp_path / "p")]) == 1
    out = capsys.readouterr().out
    assert "第1页：页面图像有" in out
    assert "第2页" not in out
    assert Image.open(io.BytesIO((tmp_path / "p" / "page-001-marked.png").read_bytes())).width > 500
    assert not page_images.with_pages(compare(a, a), a, a, tmp_path / "q")
