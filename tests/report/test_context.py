"""What templates and the command line get of a report."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import Failure
from generator.figures import Blank, Figure, Paragraphs
from generator.report import examine, read_report, safe_name
from generator.report.context import Contexts
from generator.report.draft_reading import draft_reading
from generator.source import Map, read_source
from generator.standard import available, load_standard
from tests.support.examples import examples
from tests.support.reports import LIBRARY, report, standard

ROOT = Path(__file__).parents[2]
SHIFENG = ROOT / "data" / "shifeng-2020.yaml"


@pytest.fixture(scope="module")
def shifeng():
    return load_standard(str(ROOT / "templates/standards/shifeng-2020.yaml"))


def plain(value):
    """A context as JSON, so that two can be compared."""
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, list | Paragraphs):
        return [plain(item) for item in value]
    return f"{type(value).__name__} {value}"


def it_gives_plain_values_only(shifeng):
    allowed = (dict, list, str, Figure, Paragraphs, Blank)

    def walk(value):
        assert type(value) in allowed or type(value).__name__ == "Date", type(value)
        for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            walk(item)

    context = read_report(SHIFENG, shifeng).context()
    walk(context)
    assert {"年度", "资金", "指标", "总分", "等级标准"} <= context.keys()


def it_prints_and_compares_figures(shifeng):
    context = read_report(SHIFENG, shifeng).context()
    assert str(context["资金"]["全年执行数"]) == "161.4"
    assert str(context["资金"]["执行率"]) == "100%"
    assert context["资金"]["执行率"] >= 0.9
    assert context["资金"]["执行率"] == 1
    assert str(context["年度"]) == "2020"


def it_keeps_the_identity_of_records(shifeng):
    context = read_report(SHIFENG, shifeng).context()
    rows = [row for first in context["指标"] for second in first["二级指标"] for row in second["三级指标"]]
    assert len({id(row) for row in rows}) == len(rows)


def reordered(node, draw):
    """The same data file with the keys of every mapping in another order."""
    if isinstance(node, Map):
        keys = draw(st.permutations([key for key in node if key != "标准"]))
        keys = (["标准"] if "标准" in node else []) + keys
        return {key: reordered(node[key], draw) for key in keys}
    if isinstance(node, list):
        return [reordered(item, draw) for item in node]
    return None if node.is_null else node.text


def containers(value, found=None):
    """Every dict and list of a context, by identity."""
    found = {} if found is None else found
    if isinstance(value, dict | list) and id(value) not in found:
        found[id(value)] = value
        for item in value.values() if isinstance(value, dict) else value:
            containers(item, found)
    return found


def it_gives_documents_contexts_of_their_own_with_the_same_values(shifeng):
    read = read_report(SHIFENG, shifeng)
    first, second = (context for _, context in read.contexts())
    assert plain(first) == plain(second) == plain(read.context())
    assert [*first] == [*second]
    assert not containers(first).keys() & containers(second).keys()
    assert len(containers(first)) == len(containers(second))  # a record is one dict, in a copy too


def it_keeps_what_a_blank_is_called_to_its_own_place(shifeng):
    once, again = (read_report(SHIFENG, shifeng).context() for _ in range(2))

    def blanks(value, path=""):
        if isinstance(value, Blank):
            assert value.path == path
            yield value
        named = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for name, item in named:
            yield from blanks(item, f"{path}[{name}]" if isinstance(value, list) else f"{path}.{name}".lstrip("."))

    own = [name for name in once if name not in shifeng.parameters]
    found = [*blanks({name: once[name] for name in own})]
    assert found == [*blanks({name: again[name] for name in own})]
    assert len(found) > 100


@examples(12)
@given(st.data())
def it_does_not_depend_on_the_order_of_keys(shifeng, data):
    root = read_source(SHIFENG).root
    text = json.dumps(reordered(root, data.draw), ensure_ascii=False)
    expected = plain(read_report(SHIFENG, shifeng).context())
    assert plain(read_report(text.encode(), shifeng, name="data.json").context()) == expected


def it_names_documents_safely(tmp_path):
    used = standard(
        tmp_path,
        "fields: {名: text}\ndocuments: [{template: docx/a.docx, name: '{{ 名 }}报告'}, {template: docx/b.docx, name: '{{ 名 }}报告'}]\n",
    )
    names = [name for _, name in report(used, "名: 'a/b:c?'\n").documents()]
    assert names == ["a／b：c？报告.docx", "a／b：c？报告（2）.docx"]
    assert safe_name("con") == "con_"
    assert [safe_name(name) for name in ("NUL.甲", "con .甲", "COM¹", "conin$", "合同")] == [
        "NUL_.甲",
        "con _.甲",
        "COM¹_",
        "conin$_",
        "合同",
    ]
    assert safe_name(" a. ") == "a"
    assert safe_name("--pdf") == "－-pdf"
    assert safe_name("甲\u202e\u200b\x01乙/../..") == "甲乙／..／"
    assert len(safe_name("a" * 500)) == 120
    assert len(safe_name("长" * 500).encode()) <= 220
    assert safe_name("e\u0301") == "\u00e9"


@given(st.text())
def it_never_makes_a_name_that_windows_refuses(text):
    name = safe_name(text)
    assert not set(name) & set('\\/:*?"<>|')
    assert name == name.strip(". ")
    assert name.upper().split(".")[0] not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT1"}


def it_gives_a_draft_of_a_file_that_only_lacks_values(tmp_path):
    used = standard(
        tmp_path,
        "types: {表: {fields: {数: money, 率: percent = 数 / 2}}}\n"
        "fields: {甲: {type: money, label: 金额}, 乙: money = 甲 + 1, 表: 表, 名: text}\n",
    )
    found, told = examine("标准: case\n名: 一\n".encode(), used, name="data.yaml")
    assert [finding.code for finding in told] == ["missing-value", "missing-record"]
    assert found is not None
    context = found.context()
    assert context["甲"] == Blank("甲", "金额", "", True)
    assert context["表"]["数"] == Blank("表.数", "数", "", True)
    assert context["乙"].required  # computed from what is missing
    assert context["名"] == "一"


def it_names_the_documents_of_a_draft_by_the_standard_where_their_name_is_missing(tmp_path):
    used = standard(tmp_path, "fields: {名: text}\ndocuments: [{template: docx/a.docx, name: '{{ 名 }}报告'}]\n")
    found, _ = examine("标准: case\n".encode(), used)
    assert found is not None
    assert [name for _, name in found.documents()] == ["case.docx"]


def it_gives_a_draft_of_a_file_with_a_wrong_value(tmp_path):
    used = standard(tmp_path, "fields: {甲: {type: money, label: 金额}, 乙: list of text}\n")
    found, told = examine("标准: case\n甲: x\n".encode(), used)
    assert [finding.code for finding in told] == ["missing-value", "value-not-number"]
    assert found is not None
    assert str(found.context()["甲"]) == ""
    read = draft_reading(found.computation)
    drafted = Contexts(marks=read.marks).record(read.root)
    assert (str(drafted["甲"]), [str(item) for item in drafted["乙"]]) == ("【有误：x】", ["【待填：乙】"])
    assert examine(b"a: [", used)[0] is None


def it_explains_a_figure_down_to_the_lines_of_the_data_file(shifeng):
    found = read_report(str(SHIFENG), shifeng).explain("资金.得分")
    assert (found.path, found.value, found.formula) == ("资金.得分", "10", "min(分值, 分值 * 执行率)")
    by_path = {}

    def walk(explained):
        by_path[explained.path] = explained
        for inner in explained.inputs:
            walk(inner)

    walk(found)
    leaf = by_path["资金.当年财政拨款.全年预算数"]
    assert (leaf.value, leaf.origin, leaf.location.file) == ("160.44", "data", str(SHIFENG))
    lines = SHIFENG.read_text(encoding="utf-8").split("\n")
    assert lines[leaf.location.line - 1][leaf.location.column - 1 :].startswith("160.44")
    assert by_path["执行率分值"].origin == "parameter"
    assert json.loads(json.dumps(found.as_json()))["inputs"]


def it_finds_values_by_path_and_by_key(shifeng):
    found = read_report(SHIFENG, shifeng)
    assert found.value("指标[0].名称") == found.value('指标["产出指标"].名称') == "产出指标"
    with pytest.raises(KeyError):
        found.value("指标[99].名称")
    with pytest.raises(Failure):
        found.explain("没有")


def it_finds_the_standard_by_the_files_first_key(tmp_path, monkeypatch):
    monkeypatch.setenv("GENERATOR_LIBRARY", os.pathsep.join([str(tmp_path), str(LIBRARY)]))
    monkeypatch.chdir(tmp_path)
    own = {summary.id for summary in available() if summary.path.is_relative_to(LIBRARY)}
    assert {"example", "vocabulary"} >= own >= {"example"}
    for head in ("标准: example", "standard: example", "标准: example@1.0.0", "标准: example@1.0"):
        found, told = examine(f"{head}\n".encode())
        assert found is not None
        assert {finding.code for finding in told} == {"missing-value", "missing-record"}
    assert [finding.code for finding in examine("标准: example@1.1\n".encode())[1]] == ["report-standard-version"]
    with pytest.raises(Failure):
        read_report("标准: 没有\n".encode())


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["名称", "分值", "公布", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@examples(60)
@given(
    st.dictionaries(
        st.sampled_from(["年度", "单位", "人员", "资金", "指标", "成绩", "项目", "事实", "总分", "另载"]), VALUES
    )
)
def it_takes_any_data_without_another_error(shifeng, values):
    text = json.dumps({"标准": "shifeng-2020", **values}, ensure_ascii=False)
    try:
        found, told = examine(text.encode("utf-8", "surrogatepass"), shifeng, name="data.json")
    except Failure:
        return
    assert found is not None or told
