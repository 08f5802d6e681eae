"""What a form with its findings marked says."""

from __future__ import annotations

from generator.diagnostics.finding import Text

HEAD = (
    Text("序号", "No."),
    Text("程度", "severity"),
    Text("位置", "place"),
    Text("问题", "finding"),
    Text("怎么改", "hint"),
)
COUNTS = Text("审核结果：{errors}个错误，{warned}个警告", "{errors} errors, {warned} warnings")
