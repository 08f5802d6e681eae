"""What to do about the syntax of a data file: hints of findings."""

from generator.diagnostics import Text

KEEP_ONE = Text(
    "请保留一处，删除另一处；如果是列表的又一项，请用“}, {”把两项隔开。",
    "Keep one and delete the other; if this is one more item of a list, part the two by “}, {”.",
)
END_ITEM_FIRST = Text(
    "请在上一项末尾写“}”，逗号后用“{”开始这一项。",
    "End the item before with “}”, and begin this one behind a comma with “{”.",
)
ASCII_COLON = Text("请改成英文冒号“:”。", "Write an ASCII colon.")
ASCII_COMMA = Text("请改成英文逗号“,”。", "Write an ASCII comma.")
DELETE_CHARACTER = Text("请删除这个字符；文字里换行请写 \\n。", "Delete it; write a line break inside a text as \\n.")
CHECK_BRACKETS = Text("请检查括号。", "Check the brackets.")
LINE = Text("第{at}行", "line {at}")
