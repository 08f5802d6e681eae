"""Words within findings about standards: what may be written, what to do where a standard is missing, why lint objects."""

from __future__ import annotations

from generator.diagnostics.finding import Text

FORMATS = Text("可以写 markdown 或 text。", "It is markdown or text.")
SEVERITIES = Text("可以写 error 或 warning。", "It is error or warning.")
PERCENT_SIGN = Text("百分数的单位只有 %，不用写 unit。", "The unit of a percent is %; leave unit out.")
PERCENT_UNIT = Text("百分数", "percent")
NEAREST = Text("是不是“{near}”？", "Did you mean “{near}”?")
IS_ANOTHER_FILE = Text(
    "“{name}”是别的文件；这里要写标准的名称，或者标准的文件（.yaml）。generator standards 列出现有的标准。",
    "“{name}” is a file of another kind; give the name of a standard, or its file (.yaml). See generator standards for what is there.",
)
IS_FOLDER = Text(
    "“{name}”是文件夹；这里要写标准的名称，或者其中某个文件，例如 标准.yaml。generator standards 列出现有的标准。",
    "“{name}” is a folder; give the name of a standard, or one of the files in it (.yaml). See generator standards for what is there.",
)
DATA_FILE = Text(
    "这是数据文件，用 generator check 检查；这里要标准，它的是 {standard}。",
    "This is a data file, examined by generator check; a standard is wanted here: its own is {standard}.",
)
INSTALL = Text(
    "向发布单位索取标准包 {package}，用 generator standard install 文件.zip 安装；generator standards 列出现有的标准。",
    "Get the package {package} from its issuer and install it by generator standard install FILE.zip; "
    "see generator standards for what is there.",
)

THE_STANDARD = Text("标准", "the standard")
READS_NO_FIELD = Text("它不看任何字段", "it reads no field")
BOTH_SIDES_ONE = Text("两边是同一个值", "both sides are one")
ALWAYS = Text("怎么填它都成立", "it holds whatever is filled in")
NEVER = Text("怎么填它都不成立", "it never holds, whatever is filled in")
TAKES_NOTHING = Text("一项也不取", "it takes no item")
SAME_BOUND = Text("和“{other}”同样从{bound}起", "it begins at {bound}, as “{other}” does")
ABOVE_MOST = Text("它从{bound}起，而“{text}”最大是{most}", "it begins at {bound}, and “{text}” is {most} at most")
RECORDS_PRINTED = Text(
    "请用循环逐项打印，或用 {{{{ {name}|map(attribute='{field}')|join('、') }}}} 连成一句。",
    "Print its items in a loop, or join what names them: {{{{ {name}|map(attribute='{field}')|join('、') }}}}.",
)
YES_OR_NO = Text("写成 {name} 或 not {name}。", "Write {name} or not {name}.")
UNUSED = {"parameters": Text("参数", "parameter"), "types": Text("类型", "type")}


def listed(names: list[str] | tuple[str, ...]) -> Text:
    """Names in a row."""
    return Text("、".join(names), ", ".join(names))
