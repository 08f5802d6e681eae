"""A document compared with a data file: the difference is told by place and by field."""

from pathlib import Path

import pytest

from generator import compare, load_standard

ROOT = Path(__file__).parent.parent
OLD = "目标数: 2, 完成数: 2, 计量单位: 次, 分值: 2, 得分: 2"
NEW = "目标数: 4, 完成数: 5, 计量单位: 次, 分值: 2, 得分: 2"


@pytest.fixture
def documents(tmp_path):
    return {
        path.suffix: path
        for path in load_standard("shifeng-2020").read(ROOT / "data/shifeng-2020.yaml").render(tmp_path)
    }


@pytest.fixture
def data(tmp_path):
    text = (ROOT / "data" / "shifeng-2020.yaml").read_text(encoding="utf-8")
    assert OLD in text
    assert "退休人数: 3" in text
    path = tmp_path / "数据.yaml"
    path.write_text(text.replace(OLD, NEW).replace("退休人数: 3", "退休人数: 4"), encoding="utf-8")
    return path


def it_names_the_fields_of_a_word_report(documents, data):
    told = {difference.place: difference.field for difference in compare(documents[".docx"], data)}
    assert told["表2 第4行 第5列"] == "指标[0].二级指标[0].三级指标[2].年度指标值"
    assert told["表2 第4行 第6列"] == "指标[0].二级指标[0].三级指标[2].实际完成值"
    assert told["正文 第13段"] == "人员.总人数、退休说法"


def it_names_the_fields_of_a_workbook(documents, data):
    told = {difference.place: difference.field for difference in compare(documents[".xlsx"], data)}
    assert told == {
        "附件1!E14": "指标[0].二级指标[0].三级指标[2].年度指标值",
        "附件1!F14": "指标[0].二级指标[0].三级指标[2].实际完成值",
    }


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
def it_tells_no_difference_where_rendering_gives_the_same(documents, suffix):
    assert not compare(documents[suffix], ROOT / "data" / "shifeng-2020.yaml").differences
