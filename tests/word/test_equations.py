"""Equations from LaTeX and MathML: Word's own, in the line or on one of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from generator import WordTemplate
from generator.diagnostics import InvalidTemplate
from tests.support import office, ooxml, words

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
SIZED = words.run("{{ 式|latex }}", '<w:color w:val="FF0000"/><w:sz w:val="44"/>')
RATE = r"\text{执行率}=\frac{\text{全年执行数}}{\text{全年预算数}}\times 100\%"
FORMULAS = {
    r"\frac{a}{b}": (["f"], "ab"),
    r"\sqrt[3]{x}+\sqrt{y}": (["rad"], "3x+y"),
    r"x_i^2": (["sSubSup"], "xi2"),
    r"\sum_{i=1}^{n} x_i": (["nary", "sSub"], "i=1nxi"),
    r"\begin{pmatrix}1&2\\3&4\end{pmatrix}": (["m", "d"], "1234"),
    r"f(x)=\begin{cases}1&x>0\\0&x\le 0\end{cases}": (["m"], "f(x)=1x>00x≤0"),
    r"a<b \& c": ([], "a<b&c"),
    r"\left(\frac{1}{2}\right)": (["d", "f"], "12"),
    RATE: (["f"], "执行率=全年执行数全年预算数×100%"),
    "执行率=1": ([], "执行率=1"),
    r"$E=mc^2$": (["sSup"], "E=mc2"),
    r"\binom{n}{k}": (["f"], "nk"),
}


def root(content: bytes) -> Any:
    return words.root(content)


def printed(*blocks: str, **context: Any) -> bytes:
    made = words.document(*blocks)
    content = WordTemplate(made).render(context)
    assert not ooxml.new_findings(made, content)
    return content


def text(element: Any) -> str:
    return "".join(node.text or "" for node in element.iter(f"{M}t"))


@pytest.mark.parametrize("latex", FORMULAS)
def it_prints_latex_as_an_equation_of_word(latex):
    (math,) = root(printed(words.paragraph("式：{{ 式|latex }}。"), 式=latex)).iter(f"{M}oMath")
    parts, content = FORMULAS[latex]
    assert text(math).replace(" ", "").replace("\u2009", "") == content
    for part in parts:
        assert next(math.iter(f"{M}{part}"), None) is not None


def it_stands_in_the_line_among_text_and_on_its_own_where_its_tag_does():
    content = printed(
        words.paragraph("式：{{ 式|latex }}。"),
        words.paragraph("{{ 式|latex }}"),
        words.paragraph("{{p 式|latex }}"),
        式="x^2",
    )
    inline, own, block = (one for one in root(content).iter(f"{words.W}p"))
    assert next(inline.iter(f"{M}oMathPara"), None) is None
    assert words.texts(content)[0] == "式：。"
    assert all(next(one.iter(f"{M}oMathPara"), None) is not None for one in (own, block))
    content = printed(words.paragraph("{{ 式|latex(false) }}"), 式="x^2")
    assert next(root(content).iter(f"{M}oMathPara"), None) is None


def it_keeps_chinese_words_whole_and_upright():
    (math,) = root(printed(words.paragraph("{{ 式|latex }}"), 式="全年执行数=a")).iter(f"{M}oMath")
    first = next(math.iter(f"{M}r"))
    assert text(first) == "全年执行数"
    assert first.find(f"{M}rPr/{M}nor") is not None


def it_takes_the_size_and_the_colour_of_its_tag():
    content = printed(words.paragraph("甲", SIZED), 式=r"\binom{a}{b}")
    for run in root(content).iter(f"{M}r"):
        assert run.find(f"{words.W}rPr/{words.W}sz").get(f"{words.W}val") == "44"
        assert run.find(f"{words.W}rPr/{words.W}color").get(f"{words.W}val") == "FF0000"


def it_makes_equations_as_values_of_latex_and_mathml():
    made = WordTemplate(words.document(words.paragraph("{{ 甲 }}与{{ 乙 }}")))
    mathml = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mfrac><mi>a</mi><mi>执行数</mi></mfrac></math>'
    content = made.render({"甲": made.equation("x^2"), "乙": made.equation(mathml=mathml)})
    assert [text(one) for one in root(content).iter(f"{M}oMath")] == ["x2", "a执行数"]
    assert made.render({"甲": made.equation("x^2"), "乙": made.equation(mathml=mathml)}) == content


def it_prints_equations_of_a_loop_and_nothing_for_a_blank():
    rows = [words.row("{%tr for 一 in 式们 %}"), words.row("{{ 一|latex }}"), words.row("{%tr endfor %}")]
    content = printed(words.table(*rows, columns=1), 式们=["x", "", "y"])
    assert [text(one) for one in root(content).iter(f"{M}oMath")] == ["x", "y"]


@pytest.mark.parametrize(
    "latex",
    [
        r"\frac{a}{b",
        r"\frac{a}",
        r"a}b",
        r"\没有{x}",
        r"\foo{x}",
        r"\begin{matrix}1",
        r"\end{matrix}",
        "x" * 6000,
        "{" * 3000 + "}" * 3000,
    ],
)
def it_names_the_place_of_what_is_no_equation(latex):
    made = WordTemplate(words.document(words.paragraph("甲"), words.paragraph("{{ 式|latex }}")))
    with pytest.raises(InvalidTemplate) as caught:
        made.render({"式": latex})
    (found,) = caught.value.diagnostics
    assert found.location.place is not None
    assert (found.code, found.location.place.zh) == ("equation-unreadable", "正文 第2段")


@pytest.mark.parametrize(
    "mathml",
    ["<math", "<p/>", "<!DOCTYPE x [<!ENTITY a 'b'>]><math>&a;</math>", "<math><mfrac><mi>a</mi></mfrac></math>"],
)
def it_refuses_what_is_no_mathml(mathml):
    made = WordTemplate(words.document(words.paragraph("{{ 式 }}")))
    with pytest.raises(InvalidTemplate) as caught:
        made.equation(mathml=mathml)
    assert caught.value.diagnostics[0].code == "equation-unreadable"


def it_stands_nowhere_but_in_paragraphs():
    field = f'<w:fldSimple w:instr="QUOTE {{{{ 式 }}}}">{words.run("甲")}</w:fldSimple>'
    made = WordTemplate(words.document(f"<w:p>{field}</w:p>"))
    with pytest.raises(InvalidTemplate) as caught:
        made.render({"式": made.equation("x")})
    assert caught.value.diagnostics[0].code == "object-not-here"


def it_loads_no_reader_of_equations_before_one_is_printed():
    command = [sys.executable, "-c", "import generator.word.template, sys; print(*sys.modules)"]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert not {"latex2mathml", "math_ml2omml"} & set(loaded)


@pytest.mark.office
def it_shows_equations_in_libreoffice(tmp_path: Path):
    file = tmp_path / "式.docx"
    file.write_bytes(
        printed(
            words.paragraph("{%p for 一 in 式们 %}"),
            words.paragraph("{{ 一|latex }}"),
            words.paragraph("{%p endfor %}"),
            式们=list(FORMULAS),
        )
    )
    (page,) = office.pdf_pages(office.convert([file], "pdf", tmp_path / "pdf")[file])
    assert "全年预算数" in page
