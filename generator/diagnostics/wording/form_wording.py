"""Wording of the diagnostics of: form (filled-in workbooks as data files, and what is converted)."""

from generator.diagnostics.wording.entry import Wording, error, info, warning

WORDING: dict[str, Wording] = {
    "form-output": error(
        "填报表要写成 .xlsx 文件，不能是“{name}”。",
        "A form is written as .xlsx, not as “{name}”.",
        "文件名以 .xlsx 结尾，例如 填报.xlsx。",
        "Let its name end with .xlsx, such as form.xlsx.",
    ),
    "form-other-format": error(
        "{ending} 文件不能作为数据文件读取。",
        "A {ending} file cannot be read as a data file.",
        "在 WPS 或 Excel 里打开，另存为“Excel 文件（*.xlsx）”；设了打开密码的先去掉密码。",
        "Open it in WPS or Excel and save it as .xlsx; take off a password to open.",
    ),
    "form-not-workbook": error(
        "这个文件里没有工作簿的内容。",
        "The file does not hold a workbook.",
        "请交填报表本身（.xlsx）。",
        "Give the form itself (.xlsx).",
    ),
    "form-damaged": error(
        "工作簿读不出来：{reason}。",
        "The workbook cannot be read: {reason}.",
        "在 WPS 或 Excel 里打开，另存为新的 .xlsx 再试。",
        "Open it in WPS or Excel, save it as a new .xlsx and try again.",
    ),
    "form-below-table": error(
        "表格下面写着“{text}”：看不出是表里的一行还是说明，没有读入。",
        "Below the table stands “{text}”: it may be a row of the table or a remark, and was not read.",
        "是数据就挪进表格（或把表格右下角往下拉，包住这一行）；是说明就挪到表格右边或删掉。",
        "A row goes into the table (or drag the table's corner over it); a remark goes beside the table, or away.",
    ),
    "form-not-ours": error(
        "这个工作簿不是填报表：没有找到填报表的标记。",
        "This workbook is no form: the marks of a form were not found.",
        "请在财政部门下发的填报表里填，不要把内容复制到新的工作簿；也可用 generator form 标准 -o 填报.xlsx 重新生成。",
        "Fill in the form that was issued, not a new workbook; generator form STANDARD -o FILE.xlsx makes a new one.",
    ),
    "form-later": error(
        "这份填报表由更新版本的程序生成（格式 {format}），这里读不懂。",
        "The form was made by a later version of this program (format {format}).",
        "请升级程序。",
        "Upgrade the program.",
    ),
    "form-sheet-missing": warning(
        "填报表里没有工作表“{title}”，里面的内容按没有填处理。",
        "The form lacks the sheet “{title}”; what belongs there counts as not filled in.",
        "如果不是有意删除，请从原来的填报表里复制回来。",
        "Unless it was deleted on purpose, copy it back from the original form.",
    ),
    "form-sheet-copied": warning(
        "工作表“{title}”是“{original}”的副本，没有读取。",
        "The sheet “{title}” is a copy of “{original}” and was not read.",
        "要填的内容放进“{original}”，然后删除副本。",
        "Put what is meant into “{original}” and delete the copy.",
    ),
    "form-row-missing": warning(
        "“{label}”这一行被删除了，按没有填处理。",
        "The row of “{label}” was deleted and counts as not filled in.",
        "如果不是有意删除，请从原来的填报表里复制回来。",
        "Unless it was deleted on purpose, copy it back from the original form.",
    ),
    "form-column-missing": warning(
        "找不到“{label}”这一列，按没有填处理。",
        "The column “{label}” was not found and counts as not filled in.",
        "请恢复这一列的表头，或从原来的填报表里复制回来。",
        "Restore the column's header, or copy it back from the original form.",
    ),
    "form-header-missing": error(
        "工作表“{title}”里找不到表头。",
        "The header of the table on sheet “{title}” was not found.",
        "请从原来的填报表里复制表头那一行。",
        "Copy the header row from the original form.",
    ),
    "form-header-again": warning(
        "表头“{text}”在表里又出现了一次，这一行没有读入。",
        "The header “{text}” stands in the table once more; its row was not read.",
        "请删去这一行。",
        "Delete the row.",
    ),
    "form-value-beside": warning(
        "{label}：填写的格子空着，旁边的格子里写着“{text}”，没有读入。",
        "{label}: its cell is empty, and “{text}” stands beside it, which was not read.",
        "是要填的值，就挪到 {where}；是备注，就写明是什么。",
        "If it is the value, move it to {where}; if it is a note, say so in words.",
    ),
    "form-formula": error(
        "{label}：这里要填数或文字，不能是公式“{formula}”。",
        "{label}: a value is wanted here, not the formula “{formula}”.",
        "复制这个单元格，“选择性粘贴—数值”贴回原处，或直接输入结果。",
        "Copy the cell and paste it in place as values, or type the result.",
    ),
    "form-error-value": error(
        "{label}：单元格里是错误值 {text}。",
        "{label}: the cell holds the error value {text}.",
        "请改成要填的值；没有就清空。",
        "Give the value that is meant, or clear the cell.",
    ),
    "form-date-for-text": error(
        "{label}：单元格里是日期（{text}），这里要填文字。",
        "{label}: the cell holds a date ({text}) where a text belongs.",
        "把单元格格式设为“文本”，再按要印出来的样子输入，例如 2020年12月。",
        "Set the cell's format to text and type it as it shall print.",
    ),
    "form-date-for-number": error(
        "{label}：单元格里是日期（{text}），这里要填数。",
        "{label}: the cell holds a date ({text}) where a number belongs.",
        "把单元格格式设为“常规”，再输入这个数。",
        "Set the cell's format to general and type the number.",
    ),
    "form-number-for-date": error(
        "{label}：“{text}”不是日期。",
        "{label}: “{text}” is not a date.",
        "把单元格格式设为“日期”，或写成 2020-12-31。",
        "Set the cell's format to date, or write 2020-12-31.",
    ),
    "form-time": error(
        "{label}：单元格里是时间（{text}），读不成要填的值。",
        "{label}: the cell holds a time ({text}).",
        "把单元格格式设为“文本”，再输入。",
        "Set the cell's format to text and type it again.",
    ),
    "form-long-number": error(
        "{label}：“{text}”超过15位，表格软件只保留前15位，后面的已经变成0。",
        "{label}: “{text}” has more than the 15 digits that a spreadsheet keeps.",
        "把单元格格式设为“文本”，再重新输入。",
        "Set the cell's format to text and type it again.",
    ),
    "form-percent-unsure": error(
        "{label}：单元格显示为 {text}，是不是要填 {meant}？",
        "{label}: the cell shows {text}; is {meant} meant?",
        "直接输入 {meant}；如果就是 {text}，把单元格格式设为“文本”再输入 {text}。",
        "Type {meant}; if {text} is right, set the cell's format to text and type {text}.",
    ),
    "form-two-values": error(
        "{label}：这里是“{text}”，前面已经填了“{before}”。",
        "{label}: here it is “{text}”, but “{before}” was given before.",
        "同一项只填一次，或填成一样。",
        "Give it once, or the same twice.",
    ),
    "form-place-empty": error(
        "“{label}”没有选，不知道这一行填的是哪一项。",
        "“{label}” is empty: the row belongs to nothing.",
        "从下拉列表里选：{known}……",
        "Choose from the list: {known} …",
    ),
    "form-no-place": error(
        "“{label}”里没有“{text}”这一项。",
        "“{label}” does not know “{text}”.",
        "从下拉列表里选：{known}……",
        "Choose from the list: {known} …",
    ),
    "form-parent-empty": error(
        "“{label}”空着，不知道这一行属于哪一项。",
        "“{label}” is empty: the row belongs to nothing.",
        "填上级表里的名称或序号：{known}。",
        "Give the name or number that stands in the table above it: {known}.",
    ),
    "form-no-parent": error(
        "“{label}”：上级表里没有“{text}”{more}。",
        "“{label}”: there is no “{text}” in the table above it{more}.",
        "与上级表里的名称或序号一致，那里有：{known}。",
        "Write it as in the table above it, which has: {known}.",
    ),
    "form-number-twice": error(
        "序号“{text}”重复。",
        "The number “{text}” stands twice.",
        "每一行的序号不能相同。",
        "Give every row a number of its own.",
    ),
    "form-name-empty": error(
        "填了值，没有填名称。", "There is a value without a name.", "补上名称。", "Give the name."
    ),
    "form-name-twice": error(
        "名称“{text}”重复。", "The name “{text}” stands twice.", "每个名称只写一行。", "Give every name once."
    ),
    "form-path-empty": error(
        "填了值，没有填是哪个字段。",
        "There is a value without its field.",
        "补上字段，例如 资金.执行率。",
        "Give the field.",
    ),
    "form-stated-empty": error(
        "写了字段“{text}”，没有填公布的值。",
        "The field “{text}” is given without its published value.",
        "补上公布的值；不用的，把这一行清空。",
        "Give the published value, or clear the row.",
    ),
    "form-no-path": error(
        "没有“{text}”这个字段。",
        "There is no field “{text}”.",
        '写字段的路径，例如 资金.执行率；列表里的写 指标["数量指标"].分值。',
        "Give the field's path.",
    ),
    "form-older-version": warning(
        "这份表按 {standard} 的 {made} 版填写，现行版本是 {own}。",
        "The form was made by version {made} of {standard}; the present one is {own}.",
        "用 generator form 这份表 -o 新表.xlsx 换成现行版本的填报表，核对后再交。",
        "generator form FILE -o NEW.xlsx moves it to a form of the present version.",
    ),
    "fill-no-list": error(
        "没有“{name}”这个列表。", "There is no list “{name}”.", "可以填的列表：{known}。", "There are: {known}."
    ),
    "fill-file": error(
        "“{name}”不是 .csv 或 .xlsx 文件。",
        "“{name}” is no .csv or .xlsx file.",
        "从财务软件导出成 .csv 或 .xlsx 再填。",
        "Export to .csv or .xlsx.",
    ),
    "fill-cell-too-long": error(
        "“{name}”里有一格超过 131072 个字，多半是引号没有成对。",
        "a cell of “{name}” has more than 131072 characters; most likely a quotation mark has no other.",
        "请从财务软件重新导出，或用 Excel、WPS 另存为 .xlsx。",
        "Export it anew, or save it as .xlsx in Excel or WPS.",
    ),
    "fill-columns": error(
        "“{path}”要的列在导出文件里没有找到：{names}。",
        "Columns of “{path}” were not found in the export: {names}.",
        "列名不同时用 --columns 导出的列=表里的列 指明；导出文件里没有用到的列：{spare}。",
        "Where labels differ say --columns EXPORT=FORM; columns of the export that were not used: {spare}.",
    ),
    "fill-left-out": info(
        "导出文件里没有用到的列：{names}。",
        "Columns of the export that were not used: {names}.",
        "需要的用 --columns 导出的列=表里的列 指明。",
        "Where one is wanted say --columns EXPORT=FORM.",
    ),
    "fill-argument": error(
        "“{text}”要写成 {form}。",
        "Write “{text}” as {form}.",
        "例如 --fill 指标=导出.csv，--columns 金额=决算数。",
        "Such as --fill LIST=FILE.csv, --columns EXPORT=FORM.",
    ),
    "mark-one-form": error(
        "--mark 一次标注一份填报表，这里有{count}份。",
        "--mark marks one form at a time, there are {count} files.",
        "逐份标注。",
        "Mark them one by one.",
    ),
    "mark-no-form": error(
        "“{name}”不是填报表，不能标注。",
        "“{name}” is no form and cannot be marked.",
        "--mark 只用于填报表（.xlsx）；其他数据文件看 check 印出的行号。",
        "--mark is for forms; for other data files see the lines that check prints.",
    ),
    "mark-itself": error(
        "标注要另存一份，不能写回“{name}”。",
        "The marked copy cannot be written over “{name}”.",
        "换一个文件名，例如 --mark 审核.xlsx。",
        "Give another name.",
    ),
    "convert-target": error(
        "不能写成“{name}”：只有 .yaml、.json、.xlsx。",
        "cannot write “{name}” as a data file: there are .yaml, .json and .xlsx.",
        "例如 -o 数据.yaml。",
        "Such as -o data.yaml.",
    ),
    "convert-not-carried": warning(
        "没有带过去：{path}（{text}）。",
        "Not carried over: {path} ({text}).",
        "目标格式放不下这一项，请在新文件里补上。",
        "The target has no place for it; add it by hand.",
    ),
    "convert-comments": info(
        "{count}处注释没有带过去：这种格式没有注释。",
        "{count} comments were not carried over: the format has none.",
        "需要保留的说明写进数据里。",
        "Write down elsewhere what must be kept.",
    ),
}
