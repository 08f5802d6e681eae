"""`missed`: the words of a target that its result does not reach; nothing where it is not sure."""

from __future__ import annotations

import pytest

from generator.formula.missed_targets import missed


@pytest.mark.parametrize(
    ("target", "result", "direction", "words"),
    [
        ("95%±2", "90%", "≥", "95%±2"),
        ("3—5期", "2期", "≥", "3—5期"),
        ("三至五期", "两期", "≥", "3至5期"),
        ("每季度1次", "全年3次", "≥", "1次"),
        ("4-5次；法律培训每季度不少于3次", "举办4次；讲座11次", "≥", "3次"),
        ("消费扶贫不少于300万元", "投资1.5亿元；开展消费扶贫，消费扶贫超过200万元", "≥", None),  # of which, is not sure
        ("开展消费扶贫不少于300万元", "投资1.5亿元；开展消费扶贫超过200万元", "≥", "300万元"),
        ("不少于300个", "255家企业", "≥", "300个"),
        ("不少于200个", "255家企业", "≥", None),
        ("约100人", "96人", "≥", None),
        ("约100人", "80人", "≥", "100人"),
        ("24小时内", "3天", "≤", "24小时"),
        ("1个月内", "31天", "≤", None),
        ("10—12万元", "13万元", "≤", "10—12万元"),
        ("19:1", "18:1", "≥", None),
        ("15个", "9个", "说不准", None),
        ("2020年6月30日前", "7月15日", "说不准", "2020年6月30日"),
        ("年底前", "次年1月", "≥", "年底"),
        ("第三季度", "8月", "≥", None),
        ("3月启动，6月完成", "9月", "≥", None),
        ("每年3月", "5月", "≥", None),
        ("前三名", "第5名", "≥", "前三名"),
        ("统一部署", "一部分", "≥", None),
        ("现场处理困难问题不少于30个；全年办理30件", "化解困难问题29个；交办56件，办结55件", "≥", "30个"),
        ("现场处理困难问题不少于30个", "化解困难问题30个；交办56件", "≥", None),
        ("现场处理困难问题不少于30个", "召开困难企业座谈会2个；交办56件", "≥", None),  # another thing
        ("企业座谈不少于5次；走访30家", "召开企业座谈2次，村级企业座谈3次，青年座谈6次", "≥", None),  # both may count
        (None, "1次", "≥", None),
    ],
)
def it_names_what_a_result_does_not_reach(target: str | None, result: str, direction: str, words: str | None):
    assert missed(target, result, direction) == words
