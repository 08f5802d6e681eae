"""The words of a summary, in Chinese and English: headings, states, what stands in place of a figure."""

from __future__ import annotations

from generator.diagnostics import Text
from generator.distribution.collection import Collection
from generator.distribution.submission import Submission

STATES = {
    "sound": Text("正常", "sound"),
    "warnings": Text("有提醒", "warnings"),
    "errors": Text("有错误", "errors"),
    "unreadable": Text("读不出", "unreadable"),
    "missing": Text("未报送", "missing"),
}
NUMBER = Text("序号", "No.")
ERRORS, WARNINGS = Text("错误", "errors"), Text("提醒", "warnings")
STATE, STATED, FILE = Text("状况", "state"), Text("所用标准", "standard"), Text("文件", "file")
TOTAL, AVERAGE = Text("合计", "total"), Text("平均", "average")
SUMMARY, FINDINGS = Text("汇总", "Summary"), Text("全部问题", "Findings")
MISSING, CHARTS = Text("未报送", "Missing"), Text("图表", "Charts")


def state_of(one: Submission, language: str) -> str:
    """What became of a data file, with what is wrong about its standard."""
    words = [STATES[one.state].in_language(language)]
    if one.other_version:
        words.append(Text("版本不符", "other version").in_language(language))
    if one.other_standard:
        words.append(Text("标准不符", "other standard").in_language(language))
    if one.other_digest:
        words.append(Text("标准被改动过", "edited standard").in_language(language))
    return ("、" if language == "zh" else ", ").join(words)


def heading_unit(heading: str, unit: str, language: str) -> str:
    """A heading with its unit, where it has one that the figures do not print."""
    if unit in ("", "%") or f"（{unit}" in heading or f"({unit}" in heading:
        return heading
    return f"{heading}（{unit}）" if language == "zh" else f"{heading} ({unit})"


def counts(collection: Collection, language: str) -> str:
    """One line: how many are to hand in, did, and how they fare."""
    submissions = collection.submissions
    wrong = sum(one.errors > 0 for one in submissions)
    warned = sum(one.errors == 0 and one.warnings > 0 for one in submissions)
    versions = sum(one.other_version for one in submissions)
    digests = sum(one.other_digest or one.other_standard for one in submissions)
    listed = collection.listed
    if language == "en":
        parts = [f"{listed} listed"] if listed is not None else []
        parts += [f"{len(submissions)} handed in", f"{wrong} with errors", f"{warned} with warnings only"]
        parts += [f"{len(collection.missing)} missing"] if listed is not None else []
        parts += [f"{len(collection.extra)} not listed"] if collection.extra else []
        parts += [f"{versions} of another version"] if versions else []
        parts += [f"{digests} of another standard"] if digests else []
        return ", ".join(parts)
    parts = [f"应报{listed}家"] if listed is not None else []
    parts += [f"已报{len(submissions)}家", f"有错误{wrong}家", f"只有提醒{warned}家"]
    parts += [f"未报{len(collection.missing)}家"] if listed is not None else []
    parts += [f"名册外{len(collection.extra)}家"] if collection.extra else []
    parts += [f"版本不符{versions}家"] if versions else []
    parts += [f"标准不符或被改动{digests}家"] if digests else []
    return "，".join(parts)
