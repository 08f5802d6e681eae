"""What is said of two standards compared, and of the differences between them."""

from __future__ import annotations

from generator.diagnostics.finding import Text

ADDED = Text("新增{what}：{new}", "{what} added: {new}")
REMOVED = Text("取消{what}：{old}", "{what} removed: {old}")
CHANGED = Text("{what}：{old} → {new}", "{what}: {old} → {new}")
NAMED = {
    "head": Text("{name}", "{name}"),
    "field": Text("字段 {name}", "field {name}"),
    "parameter": Text("参数 {name}", "parameter {name}"),
    "check": Text("校验 {name}", "check {name}"),
    "document": Text("文档 {name}", "document {name}"),
}
RENAMED = Text("字段改名", "field renamed")
PROPERTY = Text("字段 {name} 的{property}", "{property} of field {name}")
PROPERTIES = {
    "label": Text("表上名称", "label"),
    "type": Text("类型", "type"),
    "demand": Text("要求", "demand"),
    "unit": Text("单位", "unit"),
    "places": Text("小数位数", "places"),
    "least": Text("下限", "minimum"),
    "most": Text("上限", "maximum"),
    "formula": Text("公式", "formula"),
    "default": Text("默认值", "default"),
    "empty": Text("空着时印的字", "wording of a blank"),
}
