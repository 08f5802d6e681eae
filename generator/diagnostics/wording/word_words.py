"""What findings about Word templates speak of: what stands beside a tag, charts, what is wrong with an equation."""

from generator.diagnostics import Text

TABLE_ROW = Text("表格行", "table row")
CELL = Text("单元格", "cell")
PARAGRAPH = Text("段落", "paragraph")

TABLE = Text("表格", "a table")
SECTION_END = Text("分节符", "a section's end")
PAGE_BREAK = Text("分页符", "a page break")
PICTURE = Text("图片或图形", "a picture or drawing")
NOTE = Text("脚注、尾注或批注", "a note or comment")
FIELD = Text("域", "a field")
BOOKMARK = Text("书签", "a bookmark")
OTHER_TAG = Text("别的标签", "another tag")
OTHER_CONTENT = Text("别的内容", "other content")

CHART_DATA = Text("图表{number}的数据", "data of chart {number}")

TOO_DEEP = Text("嵌套太深", "it is nested too deeply")
EMPTY = Text("是空的", "it is empty")
TOO_LONG = Text("超过{most}个字", "it has more than {most} characters")
UNKNOWN_COMMAND = Text("不认识命令 {command}", "the command {command} is not known")
BRACES = Text("花括号不成对", "its braces do not match")
BEGIN_AND_END = Text("\\begin{{{name}}} 和 \\end 不成对", "\\begin{{{name}}} and \\end do not match")
NO_MATHML = Text("不是 MathML", "it is no MathML")
PART_MISSING = Text("少了一部分", "a part of it is missing")
