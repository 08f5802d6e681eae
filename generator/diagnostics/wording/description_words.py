"""Words of the documentation of a standard."""

from __future__ import annotations

from generator.diagnostics.finding import Text

HEADINGS = {
    "标准说明": Text("：标准说明", ": the standard"),
    "标准": Text("标准", "standard"),
    "年度": Text("年度", "year"),
    "摘要": Text("摘要", "digest"),
    "间隔": Text("，", ", "),
    "版本变化": Text("版本变化", "Changes by version"),
    "版本": Text("版本", "version"),
    "变化": Text("变化", "changes"),
    "字段表": Text("字段", "Fields"),
    "字段": Text("字段", "field"),
    "表上的名称": Text("表上的名称", "name on the form"),
    "填什么": Text("填什么", "takes"),
    "单位": Text("单位", "unit"),
    "要求": Text("要求", "demand"),
    "规则": Text("规则", "rule"),
    "怎么算": Text("怎么算", "computed from"),
    "校验规则": Text("校验规则", "Checks"),
    "范围": Text("范围", "of"),
    "应当": Text("应当", "has to hold"),
    "不符时": Text("不符时", "if not"),
    "参数表": Text("参数", "Parameters"),
    "参数": Text("参数", "parameter"),
    "值": Text("值", "value"),
    "依据": Text("依据", "reference"),
    "生成的文档": Text("生成的文档", "Documents"),
    "文件名": Text("文件名", "file name"),
    "模板": Text("模板", "template"),
}
ORIGINS = {
    "set": Text("由上级给出", "given by its parent"),
    "total": Text("各项相加", "added up"),
    "formula": Text("计算", "computed"),
    "text": Text("自动行文", "worded"),
}
REQUIRED, OPTIONAL = Text("必填", "required"), Text("选填", "optional")
LIST_BELOW, GROUP_BELOW = Text("列表，见下", "a list, see below"), Text("一组字段，见下", "fields, see below")
LIST_OF = Text("列表，每项是{kind}", "a list, each item {kind}")
EXAMPLE = Text("，例如", ", such as")
REPORT, LISTED = Text("报告", "Report"), Text("（列表）", " (list)")
WARNING, ERROR = Text("提醒", "warning"), Text("错误", "error")
UNSET = Text("（未定）", "(not set)")
RENAMED = Text("{before} 改名为 {name}", "{before} is now {name}")
ADDED, REMOVED = Text("新增 {path}", "added {path}"), Text("取消 {path}", "removed {path}")
BETWEEN, ENUMERATED = Text("；", "; "), Text("、", ", ")
PLACE = Text("〔{path}〕", "[{path}]")
