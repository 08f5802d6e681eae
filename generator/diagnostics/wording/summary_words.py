"""The words of a summary, in Chinese and English: headings, states, what stands in place of a figure."""

from __future__ import annotations

from generator.diagnostics.finding import Severity, Text

STATES = {
    "sound": Text("正常", "sound"),
    "warnings": Text("有提醒", "warnings"),
    "errors": Text("有错误", "errors"),
    "unreadable": Text("读不出", "unreadable"),
    "absent": Text("找不到文件", "no such file"),
    "missing": Text("未报送", "missing"),
}
OTHER_VERSION = Text("版本不符", "other version")
OTHER_STANDARD = Text("标准不符", "other standard")
EDITED_STANDARD = Text("标准被改动过", "edited standard")
NOT_LISTED = Text("不在名册里", "not listed")
COMMA, ENUMERATION = Text("，", ", "), Text("、", ", ")
HEADING_UNIT = Text("{heading}（{unit}）", "{heading} ({unit})")

NUMBER = Text("序号", "No.")
ERRORS, WARNINGS = Text("错误", "errors"), Text("提醒", "warnings")
STATE, STATED, FILE = Text("状况", "state"), Text("所用标准", "standard"), Text("文件", "file")
TOTAL, AVERAGE = Text("合计", "total"), Text("平均", "average")
SUMMARY, FINDINGS = Text("汇总", "Summary"), Text("全部问题", "Findings")
MISSING, CHARTS = Text("未报送", "Missing"), Text("图表", "Charts")
TITLE = Text("{title}汇总表", "Summary: {title}")
ISSUED = Text("标准 {standard}，摘要 {digest}，{issuer}", "standard {standard}, digest {digest}, {issuer}")

EVERY_FINDING = Text("全部问题", "Every finding")
FINDING_HEADINGS = (
    Text("序号", "No."),
    Text("单位", "department"),
    Text("级别", "severity"),
    Text("问题", "finding"),
    Text("怎么改", "what to do"),
    Text("位置", "place"),
    Text("文件", "file"),
    Text("编号", "code"),
)
LEVELS = {Severity.ERROR: Text("错误", "error"), Severity.WARNING: Text("提醒", "warning")}
LINE = Text("第{line}行第{column}列", "line {line}:{column}")
MORE = Text("另有{more}条问题没有列出：每份文件最多列200条。", "{more} more are not listed: at most 200 a file.")
BACK = Text("单击单位名称回到汇总。", "A department's name leads back to the summary.")
MISSING_TITLE = Text("未报送和名册外的单位", "Missing and not listed")
MISSING_HEADINGS = (NUMBER, Text("单位", "department"), Text("情况", "state"))

DEPARTMENTS, GRADE = Text("单位数", "departments"), Text("等级", "grade")
GRADES = Text("等级分布", "Grades")

COUNTED = {
    "listed": Text("应报{n}家", "{n} listed"),
    "handed in": Text("已报{n}家", "{n} handed in"),
    "wrong": Text("有错误{n}家", "{n} with errors"),
    "warned": Text("只有提醒{n}家", "{n} with warnings only"),
    "missing": Text("未报{n}家", "{n} missing"),
    "extra": Text("名册外{n}家", "{n} not listed"),
    "versions": Text("版本不符{n}家", "{n} of another version"),
    "digests": Text("标准不符或被改动{n}家", "{n} of another standard"),
}
