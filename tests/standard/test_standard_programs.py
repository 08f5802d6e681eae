"""A program of a section computes, and sorts out checks, as the formulas by themselves do, or leaves the record to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.report import examine
from generator.standard import load, standard_programs
from tests.support.reports import standard

USED = """
parameters:
  底线: {type: number, value: 60}
types:
  指标:
    key: 名
    fields:
      名: text
      目标: text = 目标数 ~ '家'
      目标数: optional number
      完成: {type: text, default: {formula: 目标}}
      完成数: {type: number, required: false, formula: number_in(完成)}
      比: {type: number, places: 3, formula: 完成数 / 目标数}
      率: optional percent = 完成数 / 目标数
      好: {type: text, required: false, formula: "'是' if says(名, '增', '升') else '否' if 完成数 > 报告.年度 - 2000"}
      巨: {type: number, required: false, formula: 完成数 * 1000000000 * 1000000000 * 1000000}
      注: optional text
      档: {type: choice, of: [甲, 乙], default: 甲}
      说: optional text = 好 ~ 档
    checks:
      - {id: 够, rule: "完成数 >= 底线 or 注", message: "{{ 名 }}不够"}
      - {id: 真, when: "好 == '是' and not says(名, '不')", rule: "率 > 1", message: 没有增}
      - {id: 序, rule: "0 <= 目标数 <= 1000", message: 目标}
      - {id: 年, when: has(注), rule: "(报告.年度 ~ '年') in 注", message: 年, severity: warning}
      - {id: 全, rule: "目标数 <= 报告.总", message: 总}
fields:
  年度: year
  总: optional number
  各: {type: list of 指标, required: false}
  合: {type: number, formula: sum(各.完成数)}
"""
TEXTS = ["52家", "3", "无", "{{ 报告.年度 }}家", "{{ 目标数 }}", "2020年", "''", "年度", "[1]", "12家和3家"]
FIELDS = {
    "名": st.sampled_from(["增收", "不升", "稳", "{{ 报告.年度 }}增"]),
    "目标数": st.sampled_from(["1", "0", "-5", "60", "x", "5000", "''"]),
    "完成": st.sampled_from(TEXTS),
    "完成数": st.sampled_from(["52", "3", "{公布: 4, 理由: 因}"]),
    "比": st.sampled_from(["1", "52"]),
    "率": st.sampled_from(["100%", "5%"]),
    "注": st.sampled_from(TEXTS),
    "档": st.sampled_from(["甲", "乙", "丙"]),
    "说": st.sampled_from(["是甲", "否乙"]),
    "巨": st.sampled_from(["1"]),
}
OFTEN = ("名", "目标数")
items = st.fixed_dictionaries(
    {name: FIELDS[name] for name in OFTEN}, optional={name: one for name, one in FIELDS.items() if name not in OFTEN}
)


@pytest.fixture(scope="module")
def used(tmp_path_factory):
    return standard(tmp_path_factory.mktemp("programs"), USED)


def looked_at(used, data, after):
    """Every finding about a data file, and every value of its records."""
    earlier, standard_programs.AFTER = standard_programs.AFTER, after
    standard_programs._asked.cache_clear()
    try:
        found, told = examine(data, used, name="data.yaml")
    finally:
        standard_programs.AFTER = earlier
        standard_programs._asked.cache_clear()
    if found is None:
        return told, None
    records = [one for of in found.root.store.records.values() for one in of]
    return told, [
        ({name: str(one[name]) for name in one.section.cells if name != "各"}, one.exact_values or {})
        for one in records
    ]


@given(st.lists(items, max_size=4), st.sampled_from(["2020", "x", "'{{ 总 }}'"]), st.sampled_from(["5", "10000", "y"]))
def it_finds_and_computes_the_same(used, rows, year, most):
    lines = ["标准: case", f"年度: {year}", f"总: {most}", "各:" if rows else "各: []"]
    for row in rows:
        lines += [f"  {'-' if not at else ' '} {name}: {value}" for at, (name, value) in enumerate(row.items())]
    data = "\n".join(lines).encode()
    assert looked_at(used, data, 0) == looked_at(used, data, 10**9)


def it_computes_all_that_reads_no_other_record(used):
    standard_programs._asked.cache_clear()
    for _ in range(standard_programs.AFTER):
        assert standard_programs.programs_of(used) is None
    made = standard_programs.programs_of(used)
    assert {path: sorted(program.fields) for path, program in made.records.items()} == {
        "各[]": sorted(["目标", "完成", "完成数", "比", "率", "好", "巨", "说"])
    }
    assert {path: program.others for path, program in made.checks.items()} == {"各[]": ()}
    standard_programs._asked.cache_clear()


def it_takes_what_an_earlier_process_made(tmp_path, monkeypatch):
    folder = tmp_path / "kept"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("GENERATOR_CACHE", str(folder))
    made = []
    for times in (standard_programs.AFTER + 1, standard_programs.SOON):
        standard_programs._asked.cache_clear()
        load._LOADED.clear()
        used = standard(tmp_path, USED)
        for _ in range(times):
            programs = standard_programs.programs_of(used)
        made.append(programs)
    ours, theirs = made
    assert theirs.records.keys() == ours.records.keys()
    assert theirs.checks["各[]"].others == ours.checks["各[]"].others
    assert theirs.records["各[]"].compute.__code__ == ours.records["各[]"].compute.__code__
    assert theirs.words["增长"] == ours.words["增长"] == {"增"}
    data = (
        "标准: case\n年度: 2020\n总: 5\n各:\n  - {名: 增收, 目标数: 3, 完成: 4家}\n  - {名: 稳, 目标数: 5}\n".encode()
    )
    found, told = examine(data, used, name="data.yaml")
    assert found.root.store.programs is theirs
    assert looked_at(used, data, 10**9)[0] == told


def it_makes_programs_anew_for_a_standard_that_has_changed(tmp_path, monkeypatch):
    folder = tmp_path / "kept"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("GENERATOR_CACHE", str(folder))
    for text in (USED, USED.replace("完成数 / 目标数", "目标数 / 完成数")):
        used = standard(tmp_path, text)
        for _ in range(standard_programs.SOON):
            assert standard_programs.programs_of(used) is None
        for _ in range(standard_programs.AFTER):
            programs = standard_programs.programs_of(used)
        assert programs is not None
