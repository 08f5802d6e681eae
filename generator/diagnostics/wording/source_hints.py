"""Places of a data file inside messages, and what to do with a file that is none."""

from generator.diagnostics import Text

LINE = Text("第{at}行", "line {at}")
LINE_AND_COLUMN = Text("第{line}行第{column}列", "line {line}, column {column}")
NO_DOCUMENT = Text(
    "数据文件是 .yaml、.json 或填报表 .xlsx，不是写好的文档；填报表用 generator form 标准 -o 填报.xlsx 生成。",
    "A data file is .yaml, .json or a form (.xlsx), no finished document; generator form STANDARD -o FORM.xlsx makes a form.",
)
EXPORTED = Text(
    "导出的表用 generator form 标准 --fill 列表=文件.csv -o 填报.xlsx 填进填报表。",
    "An export goes into a form by generator form STANDARD --fill LIST=FILE.csv -o FORM.xlsx.",
)

# what a JSON text lacks at a place
A_VALUE = Text("一个值", "a value")
A_NAME = Text("双引号里的名称", "a name in double quotes")
CLOSING_BRACE = Text("右花括号 }", "a closing brace }")
CLOSING_BRACKET = Text("右方括号 ]", "a closing bracket ]")
A_COLON = Text("冒号 :", "a colon :")
COMMA_OR = Text("逗号或{closing}", "a comma or {closing}")
