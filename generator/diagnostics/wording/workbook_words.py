"""What a finding of a workbook speaks about: its parts, in words for people."""

from generator.diagnostics import Text

NUMBER_FORMAT = Text("单元格的数字格式", "the number format of cells")
SIDES_SAME_ITEM = Text("并排的循环都用了变量“{name}”", "the loops side by side both call their item “{name}”")
SIDES_CONDITION = Text("并排的循环不能带条件", "loops side by side take no condition")
SIDES_LOOP = Text(
    "并排的循环里不能用“{used}”，只有 loop.index、loop.first",
    "loops side by side know loop.index and loop.first, not “{used}”",
)
SHEET_SETTING = Text(
    "工作表的设置（条件格式的界限、筛选、受保护的区域等）",
    "a setting of the sheet (a bound of a format, a filter, a protected range …)",
)
SHAPE_SETTING = Text("图形的设置（名称、链接等）", "a setting of a shape (its name, its link …)")
CHART_SETTING = Text("图表的设置（数字格式等）", "a setting of a chart (a number format …)")
TABLE_SETTING = Text("表格的设置（名称、汇总行等）", "a setting of a table (its name, its totals …)")
COMMENT_AUTHOR = Text("批注的作者", "the author of a comment")
DEFINED_NAME = Text("名称“{name}”", "the defined name “{name}”")
OTHER_PART = Text("不打印标签的部件（{kind}）", "a part that prints no tags ({kind})")
CONTROL = Text("控件", "a control")
ACTIVE_X = Text("ActiveX 控件或嵌入的对象", "an ActiveX control or embedded object")
EXTENSION = Text("扩展内容", "an extension")
ROW = Text("第{number}行", "row {number}")
COLUMN = Text("{letters}列", "column {letters}")
FUNCTION = Text("函数 {function} ", "the function {function}")
FORMULA_PART = Text("公式的这一处", "what stands there")
SLICED_TABLE = Text("切片器筛选的表格", "a table that a slicer filters")
PIVOT = Text("数据透视表", "a pivot table")
PIVOT_SOURCE = Text("数据透视表的数据源", "a pivot table's source")
SCENARIO = Text("方案", "a scenario")
CONSOLIDATION = Text("合并计算", "the consolidation")
HEADER_TWICE = Text("“{text}”与 {letters} 列的相同", "says “{text}” as column {letters} does")
HEADER_EMPTY = Text("是空的", "is empty")
DATA_TABLE = Text("模拟运算表", "the data table")
TABLE = Text("表格", "a table")
SLICER = Text("切片器", "a slicer")
TIMELINE = Text("日程表", "a timeline")
QUERY_TABLE = Text("查询表", "a query table")
XML_MAP = Text("XML 映射", "an XML map")
CONDITIONAL_FORMAT = Text("条件格式", "conditional format")
VALIDATION = Text("数据验证", "validation")
EXTENDED_FORMAT = Text("扩展的条件格式（x14）", "extended conditional format (x14)")
EXTENDED_VALIDATION = Text("扩展的数据验证（x14）", "extended validation (x14)")
EITHER = Text("{one}或{other}", "{one} or {other}")
