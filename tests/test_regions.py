"""Nothing regional in Python: a sixth region needs a standard, two templates and a data file, and no code."""

import re
from pathlib import Path

import yaml

import generator

PACKAGE = Path(generator.__file__).parent
ROOT = Path(__file__).parent.parent
SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if "library" not in path.relative_to(PACKAGE).parts)

# what the five differ in: places, units, grade words of one region, what they call themselves, their evaluation models
REGIONAL = [
    "石峰",
    "株洲",
    "大余",
    "赣州",
    "万州",
    "重庆",
    "惠东",
    "惠州",
    "北塔",
    "邵阳",
    "湖南",
    "江西",
    "广东",
    "工商联",
    "工商业联合会",
    "总商会",
    "我联",
    "我单位",
    "本部门",
    "履职效能",
    "管理效率",
    "服务满意",
    "可持续性",
    "满意度指标",
    "产出指标",
    "效益指标",
    "成本指标",
    "三公",
    "良好",
    "优秀",
]


def literals(path: Path) -> str:
    """A module's text without the examples of its docstrings and comments."""
    text = re.sub(r'"""[\s\S]*?"""', "", path.read_text(encoding="utf-8"))
    return re.sub(r"(?m)\s#.*$", "", text)


def it_finds_the_package():
    assert len(SOURCES) > 50


def it_holds_no_regional_word():
    told = ((path, literals(path)) for path in SOURCES)
    assert [(path, word) for path, text in told for word in REGIONAL if word in text] == []


def it_holds_no_name_of_a_unit_or_a_standard():
    names = set()
    for file in (ROOT / "data").glob("*.yaml"):
        data = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
        names |= {file.stem, data["单位"]["名称"], data["单位"].get("简称", "")} - {""}
    assert len(names) > 10
    text = "\n".join(literals(path) for path in SOURCES)
    assert [name for name in sorted(names) if name in text] == []


def it_holds_no_figure_of_a_department_in_a_check():
    figures = set()
    for file in (ROOT / "data").glob("*.yaml"):
        figures |= set(re.findall(r"\d+\.\d+", file.read_text(encoding="utf-8")))
    assert len(figures) > 50
    for file in sorted((ROOT / "templates" / "standards").glob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        rules = re.findall(r"(?m)^\s*(?:rule|when): (.*)$", text) + re.findall(r"\b(?:rule|when): ([^,}]*)", text)
        assert rules
        for rule in rules:
            assert [figure for figure in re.findall(r"\d+\.\d+", rule) if figure in figures - {"0.005"}] == []
