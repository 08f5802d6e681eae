"""Differences written as Word revisions: accepting all gives the new document, rejecting all the old one."""

import io
import itertools
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import run
from generator.compare import compare
from generator.compare.word.settle_revisions import settled
from generator.compare.word.tracked_document import tracked
from generator.diagnostics import InvalidDocument
from tests.support.examples import examples

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates" / "docx").glob("*.docx"))

words = st.text(alphabet="年度支出增加减少12.5%万元ab \t", max_size=12)
rows = st.lists(st.tuples(words, words), min_size=1, max_size=5)
blocks = st.lists(st.one_of(words, st.tuples(words, st.booleans()), rows), max_size=7)


def document(content) -> bytes:
    made = docx.Document()
    for block in content:
        if isinstance(block, list):
            table = made.add_table(0, 2)
            for row in block:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        elif isinstance(block, tuple):
            paragraph = made.add_paragraph("前", style="Quote" if block[1] else None)
            run_ = paragraph.add_run(block[0])
            run_.bold, run_.font.size = block[1], Pt(9)
        else:
            made.add_paragraph(block)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def apart(a, b, level="format") -> tuple[list[str], list[str]]:
    """What accepting all leaves of a difference from the new one, and rejecting all from the old one."""
    content = tracked(a, b)
    sides = ((b, settled(content, accept=True)), (a, settled(content, accept=False)))
    accepted, rejected = (
        [d.message for d in compare(*side, level=level, formatting="literal", ignore=["属性 title"])] for side in sides
    )
    return accepted, rejected


@examples(15)
@given(blocks, blocks)
def it_gives_either_document_back(old, new):
    assert apart(document(old), document(new)) == ([], [])


@examples(10)
@given(blocks, st.data())
def it_gives_either_back_where_blocks_moved(content, data):
    assert apart(document(content), document(data.draw(st.permutations(content)))) == ([], [])


@pytest.mark.parametrize(("a", "b"), list(itertools.combinations(TEMPLATES, 2)), ids=lambda path: path.stem)
def it_gives_either_template_back(a, b):
    assert apart(a, b, "structure") == ([], [])


def it_marks_what_changed_and_no_more():
    content = tracked(document(["支出161.4万元，增长5%"]), document(["支出162.4万元，增长5%"]))
    body = docx.Document(io.BytesIO(content)).element
    assert not [e for kind in ("rPrChange", "pPrChange", "sectPrChange") for e in body.iter(qn(f"w:{kind}"))]
    gone = ["".join(t.text for t in e.iter(qn("w:delText"))) for e in body.iter(qn("w:del"))]
    come = ["".join(t.text for t in e.iter(qn("w:t"))) for e in body.iter(qn("w:ins"))]
    assert (gone, come) == (["161.4"], ["162.4"])


def it_marks_a_moved_paragraph_as_moved():
    texts = ["一、基本情况", "二、绩效目标", "三、存在的问题", "四、改进措施"]
    content = tracked(document(texts), document([*texts[1:], texts[0]]))
    body = docx.Document(io.BytesIO(content)).element
    names = [e.get(qn("w:name")) for kind in ("moveFrom", "moveTo") for e in body.iter(qn(f"w:{kind}RangeStart"))]
    assert names == ["move1", "move1"]
    assert not list(body.iter(qn("w:delText")))


def it_marks_inserted_and_deleted_rows_as_rows():
    old, new = [("甲", "1"), ("乙", "2"), ("丙", "3")], [("甲", "1"), ("丙", "3"), ("丁", "4")]
    body = docx.Document(io.BytesIO(tracked(document([old]), document([new])))).element
    marks = [[e.tag.rpartition("}")[2] for e in row.iterfind(f"{qn('w:trPr')}/*")] for row in body.iter(qn("w:tr"))]
    assert marks == [[], ["del"], [], ["ins"]]


def it_carries_a_deleted_picture_along(tmp_path):
    made = docx.Document(io.BytesIO(document(["一", "二"])))
    made.paragraphs[1].add_run().add_picture(str(next((ROOT / "docs" / "images").glob("*.png"))), width=Pt(80))
    buffer = io.BytesIO()
    made.save(buffer)
    assert apart(buffer.getvalue(), document(["一", "二"])) == ([], [])


def it_is_the_same_every_time():
    a, b = document(["一", [("1", "2")]]), document(["二", [("1", "3")]])
    assert tracked(a, b) == tracked(a, b)


def it_refuses_workbooks():
    with pytest.raises(InvalidDocument) as refusal:
        tracked(*[ROOT / "templates" / "xlsx" / "dayu-2020.xlsx"] * 2)
    assert refusal.value.diagnostics[0].code == "compare-tracked-kind"


def it_writes_the_file_at_the_command_line_and_says_what_is_no_revision(tmp_path, capsys):
    old, new = docx.Document(io.BytesIO(document(["一"]))), docx.Document(io.BytesIO(document(["二"])))
    new.core_properties.title = "新"
    old.save(str(tmp_path / "a.docx"))
    new.save(str(tmp_path / "b.docx"))
    names = [str(tmp_path / name) for name in ("a.docx", "b.docx", "t.docx")]
    assert run(["diff", names[0], names[1], "--tracked", names[2]]) == 1
    printed = capsys.readouterr()
    assert "属性 title" in printed.err
    assert not compare(names[1], settled(names[2], accept=True))
    assert run(["diff", names[0], str(tmp_path), "--tracked", names[2]]) == 2
