"""One mistake in a data file is one finding, at the value that was mistyped, with a hint that leads somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic
from generator.report.examine import examine

CASES = Path(__file__).parent.parent / "cases" / "data"
SAMPLE = Path(__file__).parents[2] / "data" / "shifeng-2020.yaml"


def told(text: str) -> list[Diagnostic]:
    return [found for found in examine(text.encode(), name="data.yaml")[1] if found.severity != "info"]


@pytest.mark.parametrize(
    ("case", "code", "line", "column", "hint"),
    [
        ("lvl-down", "unknown-field", 26, 5, "“全年执行数”是“资金”里的，请减少缩进"),
        ("lvl-up", "unknown-field", 26, 1, "“全年执行数”是“资金”里的，请增加缩进"),
        ("n-none", "value-not-number", 19, 11, "就填 0"),
        ("n-yuan2", "check-failed", 19, 11, ""),
        ("n-zero-width", "value-not-number", 19, 11, "U+200B，请删去它：123.45"),
        ("q-item-colon", "wrong-shape", 10, 7, '"组织: 文艺评奖和展演。"'),
        ("q-jinja-in-name", "narrative-in-plain", 4, 7, ""),
        ("q-score-neg", "value-below", 51, 17, ""),
        ("s-wrong-first", "check-failed", 67, 9, ""),
        ("st-over", "check-failed", 26, 10, "执行数不超过预算数"),
        ("st-wrong", "stated-differs", 20, 7, ""),
        ("t-both", "check-failed", 64, 20, ""),
        ("t-ge2", "value-not-choice", 72, 17, "是不是“≥”？"),
        ("x-fullbrace", "narrative-braces", 33, 24, "{{ 资金.全年执行数 }}"),
        ("x-onebrace", "narrative-braces", 33, 24, "{{ 资金.全年执行数 }}"),
    ],
)
def it_tells_a_case_once(case, code, line, column, hint):
    (found,) = told((CASES / f"{case}.yaml").read_text("utf-8"))
    assert (found.code, found.location.line, found.location.column) == (code, line, column)
    assert hint in str(found.hint)


def it_proposes_only_what_would_be_taken():
    found = told((CASES / "wz-98up.yaml").read_text("utf-8"))
    assert [str(one.hint) for one in found if one.code == "value-not-number"] == ["只填数，不填别的字：98%。"]


@pytest.mark.parametrize("written", ["120.6\u00a0万元", "１２０.６万元", "120\u200b.6万元", "120.6\ue000万元"])
def it_finds_a_copied_figure_behind_characters_that_nobody_sees(written):
    text = (CASES / "q-prose-nbsp.yaml").read_text("utf-8").replace("120.6\u00a0万元", written)
    found = told(text)
    assert sorted(one.code for one in found)[0] == "prose-figure"
    assert {one.code for one in found} < {"prose-figure", "text-invisible", "text-wide-digits"}
    assert {one.location.line for one in found} == {33}


@pytest.mark.parametrize(
    "written",
    [
        "{ 单位.简称 }",
        "{{ 单位.简称 }",
        "单位.简称 }}",
        "{％ if 年度 ％}",
        "{％ if 年度 ％}甲{％ endif ％}",
        "｛｛单位.简称｝}",
        "{｛ 单位.简称 }}",
        "{{ 单位.简称 }}}",
        "{{{单位.简称}}}",
        r"\{\{ 单位.简称 \}\}",
    ],
)
def it_prints_no_brace_in_silence(written):
    text = (CASES / "x-onebrace.yaml").read_text("utf-8").replace("{ 资金.全年执行数 }", written)
    found = told(text)
    assert [(one.severity, one.location.line) for one in found] == [("error", 33)]


@pytest.mark.parametrize("written", ['{{ "{{" }} 年度 }}', '{{ "{" }}注}', "{{ 单位.简称 }}"])
def it_prints_braces_that_are_meant(written):
    text = (CASES / "x-onebrace.yaml").read_text("utf-8").replace("{ 资金.全年执行数 }", written)
    assert [one.code for one in told(text) if one.severity == "error"] == []


@pytest.mark.parametrize(
    "written",
    [
        *(
            "{{年度 ｝",
            "{{ 年度 }",
            "{{%年度%}}",
            "{{年度｝",
            "{{ 年度 ]}",
            "{{ 年度 ））",
            "{{ 年度 } }",
            "{{年度 }｝",
            "{{年度%}",
        ),
        *(
            "{% 年度 %}",
            "{%年度%}",
            "{％年度％}",
            "{#年度#}",
            "{%年度}",
            "{{．年度}}",
            "{{年度。}}",
            "{{年度%}}",
            "{{年度:}}",
        ),
        *(
            "{{年度}}}",
            "{{{年度}}}",
            "｛{年度}}",
            "{ {年度} }",
            "｛年度｝",
            "{年度}",
            "【【年度】】",
            "[[年度]]",
            "<<年度>>",
        ),
    ],
)
@pytest.mark.parametrize("behind", ["", "{{ 资金.全年执行数 }}"])
def it_shows_how_a_reference_is_written(written, behind):
    text = (CASES / "x-onebrace.yaml").read_text("utf-8").replace("{ 资金.全年执行数 }", written + behind)
    (found,) = told(text)
    assert (found.severity, found.location.line) == ("error", 33)
    assert "{{ 年度 }}" in str(found.hint)


@pytest.mark.parametrize("written", ["{% if 年度 %}", "{{ 年度", "{% endif %}"])
def it_shows_no_form_where_none_is_certain(written):
    text = (CASES / "x-onebrace.yaml").read_text("utf-8").replace("{ 资金.全年执行数 }", written)
    (found,) = told(text)
    assert "{{ 年度 }}" not in str(found.hint)
