"""Places of a data file inside messages, and what to do with a file that is none."""

from generator.diagnostics import Text

LINE = Text("第{at}行", "line {at}")
LINE_AND_COLUMN = Text("第{line}行第{column}列", "line {line}, column {column}")
ENDED = Text(
    "单独一行“...”表示内容到此结束，后面却还有；请删去这一行",
    "“...” ends the content, and more follows; delete this line",
)
AN_OBJECT = Text("花括号括起来的一组内容", "a mapping in braces")
YAML_IN_JSON = Text(
    "这像是 YAML：请把文件名的结尾改成 .yaml。", "This looks like YAML: let the file's name end with .yaml."
)
NO_DOCUMENT = Text(
    "数据文件是 .yaml、.json 或填报表 .xlsx，不是写好的文档；填报表用 generator form 标准 -o 填报.xlsx 生成。",
    "A data file is .yaml, .json or a form (.xlsx), no finished document; generator form STANDARD -o FORM.xlsx makes a form.",
)
EXPORTED = Text(
    "导出的表用 generator form 标准 --fill 列表=文件.csv -o 填报.xlsx 填进填报表。",
    "An export goes into a form by generator form STANDARD --fill LIST=FILE.csv -o FORM.xlsx.",
)
WIDE_INDENTATION = Text("全角空格或特殊空格", "full-width or special spaces")
UNSEEN_AT_START = Text("看不见的字符", "an invisible character")
DELETE_UNSEEN = Text(
    "请删除它，或运行 generator check --fix；看不见的，把这一行的开头重新打一遍。",
    "Delete it, or run generator check --fix; where it cannot be seen, type the beginning of the line anew.",
)
AT_LEAST = Text(
    "“>=”在这里写成 ≥；如果是文字的开头，请把整段文字放进英文双引号。",
    "Here >= is written ≥; if a text begins with it, put the whole text in double quotes.",
)
PACKED = Text(
    "压缩包请先解压，再给里面的数据文件；财政局发的标准包用 generator standard install 安装。",
    "Unpack an archive and give the data file in it; a bureau's package is installed by generator standard install.",
)
PERHAPS_A_FORM = Text(
    "如果它是填报表，请把文件名的结尾改成 .xlsx；否则请检查是否给错了文件。",
    "If it is a form, let its name end in .xlsx; otherwise check that this is the right file.",
)
# what to do with an empty file, by what it is given as; a data file's own advice stands with the code
EMPTY = {
    "standard": Text(
        "这里要标准文件；用 generator standard init 名称 可以新建一个。",
        "A standard is wanted here; generator standard init ID makes one.",
    ),
    "context": Text(
        "这里要模板的取值，是 .yaml 或 .json 文件，例如“名称: 内容”；没有取值也请写 {}。",
        "The values of the template are wanted here, as YAML or JSON (name: value); write {} where there are none.",
    ),
    "rules": Text(
        "写要忽略的规则，例如 ignore: [place:表2]；不需要规则就去掉 --rules。",
        "Write the rules of what to overlook, as in ignore: [place:表2], or leave --rules out.",
    ),
    "table": Text(
        "请检查是否选错了文件，或者导出没有成功。", "Check that this is the right file, and that the export worked."
    ),
}
# the same for a file that is no text
NOT_TEXT = {
    "standard": Text(
        "标准是用记事本能打开的 .yaml 文件（或写它的名称，见 generator standards），请检查文件名。",
        "A standard is a .yaml file that a text editor opens (or its name, see generator standards); check the name.",
    ),
    "context": Text(
        "模板的取值是用记事本能打开的 .yaml 或 .json 文件，请检查文件名；模板写在它的前面。",
        "The values are a .yaml or .json file that a text editor opens; check the name; the template stands before it.",
    ),
    "rules": Text(
        "规则文件是用记事本能打开的 .yaml 文件，请检查 --rules 后面的文件名。",
        "A rules file is a .yaml file that a text editor opens; check the name behind --rules.",
    ),
    "table": Text(
        "请给 .csv 文件，或从软件里另存为 .csv 再用。",
        "Give a .csv file, or save it as .csv in the program that made it.",
    ),
}

# what a JSON text lacks at a place
A_VALUE = Text("一个值", "a value")
A_NAME = Text("双引号里的名称", "a name in double quotes")
CLOSING_BRACE = Text("右花括号 }", "a closing brace }")
CLOSING_BRACKET = Text("右方括号 ]", "a closing bracket ]")
A_COLON = Text("冒号 :", "a colon :")
COMMA_OR = Text("逗号或{closing}", "a comma or {closing}")

DAY_MEANT = Text("把单元格格式设为“日期”，或写成 {text}。", "Set the cell's format to date, or write {text}.")
