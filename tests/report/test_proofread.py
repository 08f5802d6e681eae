"""Figures in the texts of a data file: what is told, where, and how it is kept."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import run
from generator.report.editor_schema import json_schema
from tests.support.examples import examples
from tests.support.reports import findings, report, standard, told

FIELDS = """
types:
  指标: {key: 名称, fields: {名称: text, 分值: score, 说明: {type: text, required: false}}}
fields:
  年度: year
  上年度: year = 年度 - 1
  资金: {fields: {执行数: {type: money, label: 全年执行数}, 预算数: money, 率: percent = 执行数 / 预算数}}
  事实: {type: map, of: number, required: false}
  面积: {type: number, unit: ㎡, required: false}
  指标: {type: list of 指标, required: false}
  清单: {type: list of text, required: false}
  成绩: {type: list, required: false, fields: {标题: text, 内容: {type: paragraphs, required: false}}}
  原文: {type: text, required: false, plain: true}
  句: {type: text, required: false}
  段: {type: paragraphs, required: false}
"""
HEAD = "年度: 2020\n资金: {执行数: 161.4, 预算数: 173.2}\n"
FIRST = 4  # the line behind HEAD


@pytest.fixture(scope="module")
def used(tmp_path_factory):
    return standard(tmp_path_factory.mktemp("standard"), FIELDS)


def codes(used, text: str) -> list[str]:
    return [found.code for found in findings(used, HEAD + text)]


def hints(used, text: str) -> list[str]:
    return [found.hint or "" for found in findings(used, HEAD + text) if found.code == "prose-figure"]


@pytest.mark.parametrize(
    ("sentence", "reference"),
    [
        ("支出161.4万元", "资金.执行数"),
        ("支出161.40万元", "资金.执行数"),
        ("支出161万元", "资金.执行数"),
        ("支出1,614,000元", "资金.执行数"),
        ("支出0.01614亿元", "资金.执行数"),
        ("执行率93.19%", "资金.率"),
        ("执行率93.2％", "资金.率"),
        ("走访52家企业", "事实.走访家数"),
        ("捐款捐物292万余元", "事实.捐赠"),
        ("会员1255人", "事实.会员"),
        ("办公用房320.5㎡", "面积"),
        ("本项12.5分", '指标["产出"].分值'),
    ],
)
def it_tells_a_literal_figure_with_the_reference_to_write(used, sentence, reference):
    rest = "事实: {走访家数: 52, 捐赠: 292, 会员: 1255}\n面积: 320.5\n指标: [{名称: 产出, 分值: 12.5}]\n"
    found = hints(used, rest + f"句: {sentence}\n")
    assert len(found) == 1
    assert f"{{{{ {reference} }}}}" in found[0]


@pytest.mark.parametrize(
    "sentence",
    [
        "支出{{ 资金.执行数 }}万元，执行率{{ 资金.率 }}",
        "支出162.4万元，执行率93%，满意度100%",
        "第52家，52岁，52号，编号A161.4元",
        "走访152人，52次，10万元",
        "按《支出161.4万元的报告》办理",
        "历时161.4分钟，12.5分之一",
        "支出161.4至200吨",
    ],
)
def it_leaves_other_numbers_alone(used, sentence):
    text = f"事实: {{走访家数: 52, 扶持资金: 10}}\n句: {sentence}\n"
    assert codes(used, text) == []


def it_leaves_texts_alone_that_cannot_refer(used):
    assert codes(used, "原文: 支出161.4万元\n指标: [{名称: 支出161.4万元, 分值: 1}]\n") == []


def it_refers_as_the_text_can(used):
    assert "{{ 分值 }}分" in hints(used, "指标: [{名称: 一, 分值: 12.5, 说明: 计12.5分}]\n")[0]
    other = "指标: [{名称: 一, 分值: 12.5}, {名称: 二, 分值: 1, 说明: 计12.5分}]\n"
    reference = hints(used, other)[0].removeprefix("写成 ").partition("分，")[0]
    assert reference == '{{ 指标["一"].分值 }}'
    mended = report(used, HEAD + other.replace("计12.5分", f"'计{reference}分'"))
    assert str(mended.value("指标[1].说明")) == "计12.5分"


def it_points_at_the_literal_in_every_kind_of_text(used):
    plain = told(used, HEAD + "句: 支出161.4万元\n")
    assert plain == [("prose-figure", FIRST, 6, "句")]
    block = told(used, HEAD + "段: |\n  年初。\n  全年{{ 年度 }}支出161.4万元\n")
    assert block == [("prose-figure", FIRST + 2, 15, "段")]
    items = told(used, HEAD + "清单:\n  - 甲\n  - 全年支出161.4万元\n")
    assert items == [("prose-figure", FIRST + 2, 9, "清单[1]")]
    nested = told(used, HEAD + "成绩:\n  - 标题: 一\n    内容: 支出161.4万元\n")
    assert nested == [("prose-figure", FIRST + 2, 11, "成绩[0].内容")]


@pytest.mark.parametrize(
    ("sentence", "code", "words"),
    [
        ("比上年126.14万元增加35.26万元，增长27.95%", None, ""),
        ("比上年126.14万元增加35.26万元，增长2.8%", "prose-change", "2.8%"),
        ("收入359.11万元，较上年决算数增加1.14万元，增长3.18%", "prose-change", "3.18%"),
        ("收入359.11万元，较上年决算数增加1.14万元，增长0.32%", None, ""),
        ("支出261.64万元，占72.86%，较年初预算数增加32.92万元，增长14.39%", None, ""),
        ("支出比上年减少3万元，增长2%", "prose-direction", "增长2%"),
        ("支出比上年减少3万元，下降2%", None, ""),
        ("收入增加3万元，支出下降5%", None, ""),
        ("会员52家，比上年40家增加12家，增长30%", None, ""),
        ("会员52家，比上年40家增加12家，增长20%", "prose-change", "20%"),
        ("较上年0.5亿元增加0.1亿元，增长50%", "prose-change", "50%"),
        ("收入0.6亿元，比上年增加0.1亿元，增长50%", "prose-change", "50%"),
        ("收入0.6亿元，比上年增加0.1亿元，增长20%", None, ""),
        ("费用0万元，较上年支出数增加0万元，增长0.00%", None, ""),
        ("收入{{ 资金.执行数 }}万元，比上年增加1.4万元，增长8.7%", "prose-change", "8.7%"),
        ("收入{{ 资金.执行数 }}万元，比上年增加1.4万元，增长0.88%", None, ""),
    ],
)
def it_compares_a_change_with_its_rate_and_base(used, sentence, code, words):
    found = [entry for entry in told(used, HEAD + f"句: {sentence}\n") if entry[0] != "prose-figure"]
    assert found == ([(code, FIRST, 4 + sentence.index(words), "句")] if code else [])


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("内设机构3个，分别为办公室、经济部、会员部。", False),
        ("内设机构3个，分别为办公室、会员部。", True),
        ("内设3个股室，分别是办公室、会员和商会部、经济部", False),
        ("内设3个股室，分别是办公室、会员部和经济部", False),
        ("内设两个股室：为办公室、会员部、经济部", True),
        ("协会2家，包括建筑业协会、房地产协会等", False),
        ("协会2家，包括建筑业协会（含装饰、建材）、房地产协会", False),
        ("在职5人，包括行政3人、工勤2人", False),
        ("内设机构1个，为综合办公室。", False),
        ("内设机构2个，分别为综合办公室。", True),
        ("第3个，为甲、乙", False),
        ("十二项制度，分别为甲、乙", True),
        ("印发《关于3个，分别为甲、乙的通知》的3个部门", False),
        ("走访20余家企业，包括甲公司、乙公司", True),
        ("走访20余家企业，包括甲公司、乙公司等", False),
        ("培训不少于3个班，分别为甲班、乙班", True),
        ("培训不少于2个班，分别为甲班、乙班、丙班", False),
        ("内设不超过2个股室，分别为甲、乙、丙", True),
        ("内设不超过3个股室，分别为甲、乙", False),
        ("内设3个以内的股室，包括甲、乙", False),
        ("内设机构2个，分别为综合办公室", True),
        ("内设约3个股室，分别为甲、乙", False),
        ("主要做了三个方面的工作：一是甲；二是乙。", True),
        ("主要做了三个方面的工作：一是甲；二是乙；三是丙。", False),
        ("采取2项措施。一是甲。二是乙。三是丙。", True),
        ("抓好三点。第一，甲；第二，乙。", True),
        ("开展5场活动，一是甲，二是乙。", False),
        ("走访企业25.5家", True),
        ("办结问题5.5件", True),
        ("提高2.5个百分点", False),
        ("历时1.5个月", False),
        ("平均每家走访2.5次", False),
        ("帮扶人口1.8万人", False),
        ("走访企业25.0家", False),
    ],
)
def it_counts_the_names_that_are_announced(used, sentence, wrong):
    assert codes(used, f"句: {sentence}\n") == (["prose-count"] if wrong else [])


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("全年执行数130万元", True),
        ("本年全年执行数为1,300,000元", False),  # 300,000 is another number; a thousands separator is left alone
        ("全年执行数共16.14万元。", True),
        ("全年执行数161万元", False),  # rounded
        ("上年全年执行数130万元", False),
        ("计划全年执行数130万元", False),
        ("全年执行数130万元左右", False),
        ("全年执行数不超过130万元", False),
        ("人均全年执行数13万元", False),
        ("项目全年执行数13万元", False),
    ],
)
def it_compares_a_figure_that_has_its_name_before_it_with_the_field(used, sentence, wrong):
    found = [code for code in codes(used, f"句: {sentence}\n") if code == "prose-differs"]
    assert found == (["prose-differs"] if wrong else [])
    if wrong:
        kept = f"句: {sentence}\n保留: [{{处: 句, 文字: {sentence}, 理由: 另一口径}}]\n"
        assert codes(used, kept) == []


def it_counts_names_that_references_print(used):
    text = "指标: [{名称: 产出, 分值: 1}, {名称: 效益, 分值: 1}]\n句: '指标3个，分别为{{ join(指标, 名称) }}'\n"
    assert codes(used, text) == ["prose-count"]
    assert codes(used, text.replace("3个", "{{ count(指标) }}个")) == []


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("2018年支出减少", True),
        ("2000年支出减少", True),
        ("截至2018年底", True),
        ("2023年支出减少", True),
        ("{{ 年度 }}年、2019年、{{ 上年度 }}年", False),
        ("2012年成立以来", False),
        ("2018年印发的办法", False),
        ("2021年将继续推进。", False),
        ("2021年3月自评", False),
        ("2022年3月自评", True),
        ("复排2015年创作的剧目", False),
        ("“十四五”规划和到2035年远景目标", False),
        ("2016年至2018年，2021—2025年", False),
        ("《2017年工作要点》和余联字〔2017〕11号", False),
        ("编号12017年", False),
    ],
)
def it_tells_years_that_do_not_belong(used, sentence, wrong):
    assert codes(used, f"句: 其中{sentence}\n") == (["prose-year"] if wrong else [])


def it_keeps_what_has_a_reason_and_tells_of_idle_entries(used):
    text = "句: 全市161.4万元，本县161.4万元\n清单: [甲, 全市161.4万元]\n"
    entry = "保留:\n  - {处: 句, 文字: 全市161.4万元, 理由: 全市口径}\n"
    assert told(used, HEAD + text + entry) == [
        ("prose-figure", FIRST, 1 + text.rindex("161.4万元\n清单"), "句"),
        ("prose-figure", FIRST + 1, 11, "清单[1]"),
    ]
    both = entry + "  - {处: 句, 文字: 本县161.4万元, 理由: 巧合}\n  - {处: '清单[1]', 文字: 161.4万元, 理由: 巧合}\n"
    assert codes(used, text + both) == []
    assert codes(used, "句: 全市\n" + entry) == ["kept-unused"]
    by_key = "指标: [{名称: 产出, 分值: 1, 说明: 支出161.4万元}]\n"
    kept = "保留: [{处: '指标[\"产出\"].说明', 文字: 161.4万元, 理由: 巧合}]\n"
    assert codes(used, by_key + kept) == []


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ("保留: 全部", "kept-shape"),
        ("保留: [句]", "kept-shape"),
        ("保留: [{处: 句, 理由: 巧合}]", "kept-shape"),
        ("保留: [{处: 句, 文字: 161.4万元, 原因: 巧合}]", "kept-shape"),
        ("保留: [{处: [句], 文字: 161.4万元, 理由: 巧合}]", "kept-shape"),
        ("保留: [{处: 句, 文字: 161.4万元, 理由: ''}]", "kept-without-reason"),
        ("保留: ", None),
        ("保留: []", None),
    ],
)
def it_tells_of_entries_that_are_no_such(used, entry, code):
    assert codes(used, f"{entry}\n句: 甲\n")[:1] == ([code] if code else [])


def it_has_entries_in_the_json_schema(used):
    assert json_schema(used)["properties"]["保留"]["items"]["required"] == ["处", "文字", "理由"]


def it_makes_warnings_of_the_command_line(used, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(used.path.parent)
    (tmp_path / "d.yaml").write_text("标准: case\n" + HEAD + "句: 支出161.4万元\n", encoding="utf-8")
    monkeypatch.setenv("GENERATOR_LIBRARY", str(tmp_path / "library"))
    (tmp_path / "library" / "standards").mkdir(parents=True)
    (tmp_path / "library" / "standards" / "case.yaml").write_bytes(used.path.read_bytes())
    assert run(["check", str(tmp_path / "d.yaml"), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["warnings"] == 1
    assert run(["check", str(tmp_path / "d.yaml"), "--strict"]) == 1


WORDS = st.sampled_from(
    [
        "全年",
        "支出",
        "收入",
        "走访",
        "企业",
        "会员",
        "增加",
        "减少",
        "增长",
        "下降",
        "分别为",
        "包括",
        "办公室",
        "、",
        "，",
        "。",
        "等",
        "和",
        "万元",
        "家",
        "个",
        "年",
        "“",
        "”",
        "（",
        "）",
        "第",
        "一",
        "二",
        "《",
        "》",
        "比上年",
    ]
)


@examples(300)
@given(st.lists(WORDS, max_size=30).map("".join))
def it_says_nothing_of_prose_without_figures(used, sentence):
    found = [
        code
        for code in codes(used, f"句: {json.dumps('甲' + sentence, ensure_ascii=False)}\n")
        if code != "prose-count" and not code.startswith("text-")
    ]
    assert found == []


@examples(200)
@given(
    st.lists(
        st.sampled_from(["全年走访。", "  \n", "支出{{ 年度 }}元，", "会议3次；", "😀", "约5万元。\n"]), max_size=8
    ).map("".join),
    st.sampled_from(
        [("161.4万元", "prose-figure"), ("2015年", "prose-year"), ("增加3万元，减少5%", "prose-direction")]
    ),
)
def it_finds_a_planted_fault_at_its_line_and_column(used, before, planted):
    words, code = planted
    lines = [f"{before}其中{words}".split("\n")][0]
    written = "".join(f"  {line.strip()}\n" if line.strip() else "\n" for line in ["头", *lines])
    text = "标准: case\n" + HEAD + "段: |\n" + written
    found = [entry for entry in told(used, HEAD + "段: |\n" + written) if entry[0] == code]
    assert len(found) == 1
    line, column = found[0][1], found[0][2]
    assert line is not None
    assert column is not None
    at = words.index("减少") if code == "prose-direction" else 0
    assert text.split("\n")[line - 1][column - 1 :].startswith(words[at:])


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("支出116.4万元", True),
        ("支出164.1万元", True),
        ("支出1614万元", True),
        ("支出16.14万元", True),
        ("支出161.4元", True),
        ("支出160.4万元", False),
        ("支出162.4万元", False),
        ("支出161万余元", False),
        ("签订1600万元的合同", False),
        ("走访1614家企业", False),
        ("走访164.1公里", False),
        ("会费146.1万元", False),
        ("投资3.5亿元", False),
        ("投资16140.5万元", False),
        ("完成116.4%", False),
        ("补助411.6万元", False),
        ("2016年4月，捐款6.14万元", False),
    ],
)
def it_tells_a_literal_that_is_a_figure_mistyped(used, sentence, told):
    assert ("prose-slip" in codes(used, f"句: {sentence}\n")) == told


@pytest.mark.parametrize(
    ("field", "text", "path"),
    [
        ("事: {type: map, of: text}", "事: {一: 支出。。}", "事.一"),
        ("事: {type: list of paragraphs}", "事: [好, 支出。。]", "事[1]"),
        ("事: text", "事: 支出。。", "事"),
    ],
)
def it_reads_texts_wherever_they_are_kept(tmp_path, field, text, path):
    found = told(standard(tmp_path, f"fields: {{{field}}}\n"), text + "\n")
    assert [(code, at) for code, _, _, at in found] == [("text-twice", path)]


@pytest.mark.parametrize(
    ("label", "text", "told_of"),
    [
        ("人员经费增减的主要原因", "主要原因是人员调整", "主要原因是"),
        ("执行率偏低的原因", "其主要原因：资金下达较晚", "其主要原因："),
        ("执行率偏低的原因", "原因在于资金下达较晚", "原因在于"),
        ("接待费的用途", "主要用于招商接待", "主要用于"),
        ("部门整体支出的使用方向", "主要用途是人员支出", "主要用途是"),
        ("人员经费增减的主要原因", "原因较多，主要是人员调整", None),
        ("人员经费增减的主要原因", "2020年人员调整，主要原因是退休", None),
        ("扣分原因", "主要原因是资金下达较晚", None),  # a cell of its own
        ("存在的问题及原因分析", "主要原因是认识不够", None),
        ("接待费的用途", "用于招商接待", None),
        ("资金用途", "主要用于招商接待", None),
    ],
)
def it_tells_a_text_that_begins_with_the_words_printed_before_it(tmp_path, label, text, told_of):
    found = told(standard(tmp_path, f"fields: {{事: {{type: text, label: {label}}}}}\n"), f"事: {text}\n")
    assert [(code, column) for code, _, column, _ in found] == (
        [("text-repeated-lead", 4 + text.index(told_of))] if told_of else []
    )
