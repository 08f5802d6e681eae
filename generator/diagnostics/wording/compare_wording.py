"""Wording of the diagnostics of: compare."""

from generator.diagnostics.wording.entry import Wording, error

WORDING: dict[str, Wording] = {
    "compare-not-office": error(
        "“{name}”不是 Word 文档（.docx），也不是 Excel 工作簿（.xlsx）。",
        "“{name}” is neither a Word document (.docx) nor an Excel workbook (.xlsx).",
        "只能比较 .docx 和 .xlsx 文件；其他格式请先另存为这两种。",
        "Only .docx and .xlsx files can be compared; save other formats as one of these first.",
    ),
    "compare-binary-workbook": error(
        "“{name}”是二进制工作簿（.xlsb），不能读取。",
        "“{name}” is a binary workbook (.xlsb), which cannot be read.",
        "请用 Excel 或 WPS 打开它，另存为 .xlsx。",
        "Open it in Excel or WPS and save it as .xlsx.",
    ),
    "compare-part-missing": error(
        "“{name}”已经损坏：缺少部件“{part}”。",
        "“{name}” is damaged: part “{part}” is missing.",
        "请用 Word、Excel 或 WPS 打开它，能打开就重新保存；不能打开请换一份完好的文件。",
        "Open it in Word, Excel or WPS and save it again; if it does not open, take a sound copy.",
    ),
    "compare-level": error(
        "没有“{level}”这个比较级别。",
        "there is no level “{level}”.",
        "可用的级别：text（文字和数值）、structure（结构）、format（格式）。",
        "The levels are text, structure and format.",
    ),
    "compare-formatting": error(
        "没有“{formatting}”这种格式比较方式。",
        "there is no way “{formatting}” to compare formats.",
        "可用的有：effective（按读者所见，默认）和 literal（按文件里的写法）。",
        "There are effective (what a reader sees, the default) and literal (as it is written).",
    ),
    "compare-tracked-kind": error(
        "只有两份 Word 文档才能写成带修订的文档：“{name}”不是。",
        "only two Word documents can be written as one with revisions: “{name}” is none.",
        "--tracked 请给两个 .docx；比较数据文件时，请先用 render 生成文档。",
        "Give --tracked two .docx files; render a data file first.",
    ),
    "compare-marked-kind": error(
        "只有两个 Excel 工作簿能写成带标记的工作簿：“{name}”不是。",
        "only two Excel workbooks can be written as one with marks: “{name}” is none.",
        "--marked 请给两个 .xlsx；Word 文档请用 --tracked；比较数据文件时，请先用 render 生成工作簿。",
        "Give --marked two .xlsx files; for Word documents use --tracked; render a data file first.",
    ),
    "compare-output-suffix": error(
        "“{name}”的扩展名应为“{suffix}”，与 B 相同。",
        "“{name}” must have the suffix “{suffix}”, as B has.",
        "扩展名与内容不符的文件，Word、Excel 打不开；请改成“{suffix}”。",
        "Word and Excel do not open a file whose suffix contradicts what is in it: use “{suffix}”.",
    ),
    "compare-pages-kind": error(
        "比较页面图像需要两份 Word 或 Excel 文档：“{name}”不是。",
        "page images are compared of two Word or Excel documents: “{name}” is none.",
        "--pages 请给两个文件；比较文件夹时请逐个文件比较，比较数据文件时请先用 render 生成文档。",
        "Give --pages two files; compare folders file by file, and render a data file first.",
    ),
    "compare-pages-tool": error(
        "比较页面图像需要 {tool}，这台电脑上没有找到。",
        "page images need {tool}, which was not found on this machine.",
        "安装 LibreOffice 和 poppler-utils 后重试；或去掉 --pages，只按内容比较。",
        "Install LibreOffice and poppler-utils and try again; or leave out --pages.",
    ),
    "compare-pages-failed": error(
        "“{name}”的页面没有能画成图像：{reason}",
        "the pages of “{name}” could not be drawn: {reason}",
        "请先把它另存为 PDF，看能否打开；不能打开请换一份完好的文件。",
        "Save it as PDF and see whether it opens; if it does not, take a sound copy.",
    ),
    "compare-rule": error(
        "忽略规则写得不对：{rule}",
        "not an ignore rule: {rule}",
        "规则写作 place:表2 第5行、field:总分、pattern:正则表达式 或 kind:property。",
        "Write place:…, field:…, pattern:… (a regular expression) or kind:….",
    ),
    "compare-pattern": error(
        "忽略规则里的正则表达式“{pattern}”有误（{reason}）。",
        "the regular expression “{pattern}” of an ignore rule is at fault ({reason}).",
        "请检查括号是否成对；要匹配括号、点号本身，请在前面加“\\”，如“\\(”“\\.”。",
        "Brackets come in pairs; a bracket or dot that is meant as such takes a “\\” before it.",
    ),
    "compare-pattern-costly": error(
        "忽略规则里的正则表达式“{pattern}”用了{seconds}秒还没有比完。",
        "the regular expression “{pattern}” of an ignore rule was not done after {seconds} s.",
        "请去掉重复里面的重复，如“(\\d+)*”写成“\\d*”；几个“.*”连着的，改成更窄的写法。",
        "Take a repeat out of a repeat: “\\d*” for “(\\d+)*”; write something narrower for several “.*” in a row.",
    ),
    "compare-tolerance": error(
        "容差“{tolerance}”不是数。",
        "the tolerance “{tolerance}” is no number.",
        "写一个不小于 0 的数（0.01）或百分比（0.1%）。",
        "Give a number that is not negative (0.01) or a percentage (0.1%).",
    ),
    "compare-rules-file": error(
        "比较规则文件“{name}”有误：{reason}。",
        "the rules file “{name}” is at fault: {reason}.",
        "文件里只能有 level、formatting、tolerance 和 ignore（规则的列表）。",
        "It may hold level, formatting, tolerance and ignore (a list of rules).",
    ),
    "compare-folder-missing": error(
        "找不到文件夹“{name}”。",
        "there is no folder “{name}”.",
        "请检查路径；比较文件夹时，两边都要是文件夹。",
        "Check the path; to compare folders, both sides must be one.",
    ),
    "compare-no-counterpart": error(
        "渲染出来的文档里没有与“{name}”对应的；有：{names}。",
        "nothing that was rendered corresponds to “{name}”; there is: {names}.",
        "请把文档的文件名改成渲染时的文件名。",
        "Give the document the name that rendering gives it.",
    ),
}
