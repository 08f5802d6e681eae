"""Why a value of the command line is refused: words of findings, for Typer's own are English and pydantic's."""

from generator.diagnostics import Text

NO_STANDARD_OUTPUT = Text(
    "“-”不是文件名，这个命令只写文件（new 和 schema 不写 -o 就印在标准输出）",
    "“-” is no file name, and this command writes files alone (new and schema print without -o)",
)
OTHER_KIND = Text(
    "Word 模板只能写成 Word 文件，Excel 模板只能写成 Excel 文件；请把“{output}”的后缀改成 {ending}。",
    "a Word template makes a Word file, an Excel template an Excel file; give “{output}” the ending {ending}.",
)
OF_A_PACKAGE = Text(
    "“{name}”不是标准包，没有可以这样核对的；请给标准包文件（.zip）。",
    "“{name}” is no package and has nothing to be verified by it; give the package (.zip).",
)
OTHER_ENDING = Text(
    "模板“{template}”和汇总“{output}”的后缀要相同。",
    "the template “{template}” and the summary “{output}” want the same ending.",
)
NO_DATA_ENDING = Text(
    "“{name}”的后缀不是数据文件的（.yaml、.yml、.json 或填报表 .xlsx）。",
    "“{name}” has not the ending of a data file (.yaml, .yml, .json or a form, .xlsx).",
)
NO_CHOICE = Text("“{value}”不在可选值 {choices} 之中。", "“{value}” is not one of {choices}.")
NO_WHOLE_NUMBER = Text("要写整数。", "a whole number is wanted.")
TOO_SMALL = Text("不能小于 {bound}。", "it is at least {bound}.")
TOO_LARGE = Text("不能大于 {bound}。", "it is at most {bound}.")
NOTHING_MEANT = Text("", "")
MEANT = Text("是不是“{name}”？", "; did you mean “{name}”?")
EMPTY = Text(
    "有一个参数是空的（“”）；在脚本里，多半是变量没有值。",
    'an argument is empty (""); in a script a variable probably has no value.',
)
OF_TEMPLATES = Text(
    "它说明模板属于哪一份标准，而“{name}”是标准；要检查别的标准，直接写它的名称。",
    "it says which standard a template belongs to, and “{name}” is a standard; to examine another one, name it instead.",
)
SAME_NAME = Text(
    "“{name}”就是原来的标准；下一年度的要有自己的名称。",
    "“{name}” is the standard that it comes from; the next one needs a name of its own.",
)
