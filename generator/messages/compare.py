"""Wording of the diagnostics of: compare."""

from generator.messages.wording import Wording, error

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
        "“{name}”已经损坏：缺少部件“{part}”。", "“{name}” is damaged: part “{part}” is missing."
    ),
}
