"""Wording of the diagnostics of: excel."""

from generator.diagnostics.wording.entry import Wording, error, warning

WORDING: dict[str, Wording] = {
    "excel-no-workbook": error(
        "“{name}”不是 Excel 工作簿。",
        "“{name}” is not an Excel workbook.",
        "请用 Excel 或 WPS 表格打开它，另存为 .xlsx。",
        "Open it in Excel or WPS and save it as .xlsx.",
    ),
    "excel-unsafe-link": error(
        "公式 HYPERLINK 的链接“{target}”不允许。",
        "the formula HYPERLINK leads to “{target}”, which is not allowed.",
        "数据里的链接只能指向网页（http、https）、邮箱（mailto）或工作簿内的位置。",
        "Links from data lead to pages (http, https), mail (mailto) or places in the workbook.",
    ),
    "excel-control-row-mixed": error(
        "第{position}行写有“{tag}”，这一行会消失，但行内还有别的内容。",
        "row {position} holds “{tag}” and will disappear, but it holds something else too.",
        "控制标签要单独占一行，请把别的内容移到上一行或下一行。",
        "Give the control tag a row of its own; move the rest up or down.",
    ),
    "excel-control-column-mixed": error(
        "{position}列写有“{tag}”，这一列会消失，但列内还有别的内容。",
        "column {position} holds “{tag}” and will disappear, but it holds something else too.",
        "控制标签要单独占一列，请把别的内容移到旁边的列。",
        "Give the control tag a column of its own; move the rest aside.",
    ),
    "excel-tag-not-for-rows": error(
        "标签“{tag}”：“{name}”不能控制行、列或工作表。",
        "the tag “{tag}”: “{name}” cannot control rows, columns or sheets.",
        "可以用 for、if、elif、else、set、with 和它们的结尾。",
        "Use for, if, elif, else, set, with and their ends.",
    ),
    "excel-tag-of-word": error(
        "标签“{tag}”是 Word 模板的写法，Excel 里没有段落。",
        "the tag “{tag}” is one of Word templates; Excel has no paragraphs.",
        "控制行请写 tr，控制列请写 tc。",
        "Write tr for rows, tc for columns.",
    ),
    "excel-loops-beside": error(
        "标签“{tag}”的循环不能与同一行里的另一个并排：{reason}。",
        "the loop of “{tag}” cannot stand beside the other one of its row: {reason}.",
        "请让每个循环用自己的变量、只管自己标签所在列起的各列；要嵌套的循环请写在两行里。",
        "Let each loop have variables of its own and use them only in its columns, from its tag on; write nested loops in two "
        "rows.",
    ),
    "excel-wide-braces": error(
        "“{tag}”不是标签：花括号是全角的，或者中间有看不见的字符。",
        "“{tag}” is no tag: its braces are full-width, or something unseen stands between them.",
        "请用半角重新输入“{{{{”和“}}}}”（或“{{%”和“%}}”）；确实要印出它，请写在 {{% raw %}} 和 {{% endraw %}} 之间。",
        "Type “{{{{” and “}}}}” (or “{{%” and “%}}”) anew; to print it as it is, put it between {{% raw %}} and {{% endraw %}}.",
    ),
    "excel-half-tag": error(
        "“{tag}”是半个标签，没有开头。",
        "“{tag}” is half a tag: it has no beginning.",
        "请补上开头的“{{{{”或“{{%”，或者删去结尾；确实要印出它，请写在 {{% raw %}} 和 {{% endraw %}} 之间。",
        "Add “{{{{” or “{{%” in front of it, or delete its end; to print it, put it between {{% raw %}} and {{% endraw %}}.",
    ),
    "excel-tag-left": error(
        "标签“{tag}”写在{what}里，那里不能打印。",
        "the tag “{tag}” stands in {what}, where nothing can be printed.",
        "请把数据打印到单元格里，或者删去这个标签。",
        "Print the data into a cell, or remove the tag.",
    ),
    "excel-tag-in-formula": error(
        "标签“{tag}”写在公式里，公式里不能写标签。",
        "the tag “{tag}” stands in a formula, which cannot hold tags.",
        "请把数据打印到单元格里，让公式引用那个单元格。",
        "Print the value into a cell and let the formula refer to it.",
    ),
    "excel-control-character": error(
        "标签“{tag}”：文字里有 Excel 不能保存的字符 {character}：{text}",
        "the tag “{tag}”: the text holds {character}, which Excel cannot store: {text}",
        "请在数据里删去这个字符（多半是从别处复制带来的）。",
        "Delete it from the data; it was probably copied from elsewhere.",
    ),
    "excel-text-too-long": error(
        "标签“{tag}”：文字有 {length} 个字符，一个单元格最多 32767 个：{text}",
        "the tag “{tag}”: the text has {length} characters; a cell holds 32,767: {text}",
        "请缩短文字，或者拆到几个单元格里。",
        "Shorten it, or spread it over several cells.",
    ),
    "excel-row-too-high": warning(
        "这一行的文字要{needed}磅高，Excel 的行最高{limit}磅：印出来后面的字看不到。",
        "the text of this row needs {needed} points; a row of Excel has {limit} at most: when printed, its end is not seen.",
        "请缩短这一行的文字；或者请标准的制定单位把模板里的这一列加宽，或字号改小。",
        "Shorten the text of this row, or have the column of the template made wider or its letters smaller.",
    ),
    "excel-not-finite": error(
        "标签“{tag}”：{value} 不是数，不能写进单元格。",
        "the tag “{tag}”: {value} is no number that a cell can hold.",
        "请检查数据里的计算，例如除数为零。",
        "Check the data: a division by zero, for one.",
    ),
    "excel-too-many-rows": error(
        "工作表超过 {limit} 行，Excel 装不下。",
        "the sheet passes {limit} rows, more than Excel holds.",
        "请把数据分到几张工作表。",
        "Spread the data over several sheets.",
    ),
    "excel-too-many-columns": error(
        "工作表超过 {limit} 列，Excel 装不下。",
        "the sheet passes {limit} columns, more than Excel holds.",
        "请减少列，或者改为按行排列。",
        "Use fewer columns, or lay the data out in rows.",
    ),
    "excel-merges-overlap": error(
        "合并的单元格 {one} 和 {other} 重叠。",
        "the merged cells {one} and {other} overlap.",
        "请检查模板里的合并单元格，以及 vm、hm、colspan 标签。",
        "Look at the template's merged cells and at its vm, hm and colspan tags.",
    ),
    "excel-not-a-colour": error(
        "标签“{tag}”：“{value}”不是颜色。",
        "the tag “{tag}”: “{value}” is no colour.",
        "颜色写成六位十六进制数，如 FFC000。",
        "Write a colour as six hexadecimal digits, such as FFC000.",
    ),
    "excel-not-a-count": error(
        "标签“{tag}”：“{value}”不是列数。",
        "the tag “{tag}”: “{value}” is no number of columns.",
        "请写 1 到 1000 的整数。",
        "Give a whole number from 1 to 1000.",
    ),
    "excel-sheet-tag": error(
        "标签“{tag}”：没有这种工作表标签，或者在这张表里已经写过一次。",
        "the tag “{tag}”: there is no such tag for sheets, or the sheet has one already.",
        "可以写 {{%sheet for x in 列表 %}}、{{%sheet if 条件 %}}、{{%sheet name 名称 %}}、{{%sheet hide 条件 %}}，各一次。",
        "Write {{%sheet for x in list %}}, {{%sheet if condition %}}, {{%sheet name text %}}, {{%sheet hide condition %}}, each once.",
    ),
    "excel-sheet-name-control": error(
        "工作表名里只能写 {{{{ }}}} 标签，不能写“{tag}”。",
        "a sheet's name takes {{{{ }}}} tags, not “{tag}”.",
        "请把它写在表内单独的一行里：{{%sheet … %}}。",
        "Write it in a row of its own on the sheet: {{%sheet … %}}.",
    ),
    "excel-sheet-unnamed": error(
        "工作表的名称打印出来是空的。",
        "the sheet's name prints as nothing.",
        "请检查数据里用来给这张表取名的字段是否填写。",
        "Check in the data that the field which names it is filled in.",
    ),
    "excel-no-sheet": error(
        "打印出来的工作簿里没有一张可见的工作表。",
        "the workbook has no visible sheet.",
        "请至少保留一张工作表：检查 {{%sheet for %}} 的列表是否为空，以及 if 和 hide 的条件。",
        "Keep one: look at the list of {{%sheet for %}} and at the conditions of if and hide.",
    ),
    "excel-sheet-not-repeatable": error(
        "工作表“{sheet}”按数据生成了{count}张，但它含有{what}，不能复制。",
        "the sheet “{sheet}” became {count} sheets, but it holds {what}, which cannot be copied.",
        "请把它移到另一张工作表，或者把表格转换为普通区域。",
        "Move it to another sheet, or turn the table into a plain range.",
    ),
}
