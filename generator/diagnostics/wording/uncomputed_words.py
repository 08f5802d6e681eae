"""Why a formula has no value computed beforehand, in words for people."""

from generator.diagnostics import Text

LOCALE = Text("含有依区域设置而定的转换", "it converts text, which depends on the locale")
VOLATILE = Text("{name} 的结果随打开的时间或环境而变", "{name} changes with time or place")
NOT_KNOWN = Text("函数 {name} 不能预先计算", "{name} cannot be computed beforehand")
LET_ARGUMENTS = Text("LET 的参数不全", "LET lacks an argument")
SPANS_SHEETS = Text("跨工作表的区域", "it spans several sheets")
NO_NAME = Text("没有名称“{text}”", "there is no name “{text}”")
UNREADABLE = Text("公式无法识别", "the formula cannot be read")
COMPUTED_RANGE = Text("含有联合、相交或动态区域", "it joins, intersects or computes ranges")
TOO_LARGE = Text("数字太大或太小，显示方式不一", "so large or small a number is printed differently")
ROUNDING = Text("结果取决于末位舍入", "the result hangs on rounding")
LET_NAME = Text("LET 的名称无法识别", "a name of LET cannot be read")
NO_SHEET = Text("没有工作表“{name}”", "there is no sheet “{name}”")
OTHER_WORKBOOK = Text("引用了别的工作簿或不存在的表格", "it refers to another workbook, or to no table")
NAME_UNREADABLE = Text("名称的公式无法识别", "a name's formula cannot be read")
RELATIVE_NAME = Text("名称用的是相对引用", "a name refers to cells relatively")
MANY_ARGUMENTS = Text("函数 {name} 的参数太多", "{name} has too many arguments")
ONE_EXPECTED = Text("一个单元格里是一片区域或数组", "a range or an array stands where one value belongs")
HOLDS = Text("公式含有 {text}", "the formula holds {text}")
MANY_HIDDEN = Text("隐藏的行太多", "too many rows are hidden")
AGGREGATE_SUBTOTALS = Text("AGGREGATE 的区域里有小计", "AGGREGATE over an area with subtotals")
DATEDIF_UNIT = Text("DATEDIF 的这种单位不能预先计算", "DATEDIF with this unit cannot be computed beforehand")
CODE_PAGE = Text("CHAR 的结果依系统代码页而定", "CHAR depends on the system's code page")
TEXT_ARGUMENT = Text("{name} 的参数里有文字", "a text among the arguments of {name}")
AGGREGATE_OPTION = Text("AGGREGATE 的这种选项不能预先计算", "AGGREGATE with this option cannot be computed beforehand")
YEARFRAC_BASIS = Text("YEARFRAC 的这种基准不能预先计算", "YEARFRAC with this basis cannot be computed beforehand")
OVER_RANGE = Text("函数 {name} 用于一片区域", "{name} is applied to a range")
SUBTOTAL_HIDDEN = Text("SUBTOTAL 的结果取决于隐藏的行", "SUBTOTAL depends on which rows are hidden")
SHEET_GONE = Text("引用的工作表不存在", "it refers to a sheet that is not there")
SUBTOTAL_FILTER = Text("SUBTOTAL 的结果取决于筛选", "SUBTOTAL depends on what the filter hides")
CRITERION = Text("条件的含义随地区设置或取决于末位舍入", "what the criterion means depends on the locale")
TEXT_FORMAT = Text("TEXT 的格式不能预先计算", "TEXT with this format cannot be computed beforehand")
SIZES_DIFFER = Text("各区域大小不同", "its ranges differ in size")
WHAT_IF_TABLE = Text("模拟运算表不能预先计算", "what-if tables cannot be computed beforehand")
TABLE_AREA = Text("表格没有区域", "the table has no area")
TABLE_COLUMN = Text("表格没有这一列", "the table has no such column")
TABLE_ROW = Text("公式不在表格的数据行内", "the formula stands in no row of the table")
TABLE_PART = Text("表格没有这一部分", "the table has no such part")
DEPENDS = Text("它引用的单元格没有结果", "a cell that it depends on has no value")
FAILED = Text("计算失败", "the calculation failed")
CONVERTED = Text(
    "结果是 #VALUE!，或取决于末位舍入或地区设置", "the result is #VALUE!, or hangs on rounding or the locale"
)
MUCH_WORK = Text(
    "这个工作簿的公式要读的单元格超过{limit}个，打开时再由Excel计算",
    "the workbook's formulas read more than {limit} cells: Excel computes it when it is opened",
)
CIRCULAR = Text("循环引用", "it refers to itself")
NO_VALUE = Text("结果是 Excel 以外的程序显示不同的错误值", "the result is an error that programs show differently")
ARRAY_SIZE = Text(
    "数组公式的结果与它占的单元格大小不同", "the result of the array formula is not of the size of its cells"
)
