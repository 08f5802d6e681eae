"""Wording of the diagnostics of: package (reading and writing files and OPC packages)."""

from generator.messages.wording import Wording, error

WORDING: dict[str, Wording] = {
    "file-missing": error(
        "找不到文件：{name}", "no such file: {name}", "请检查文件名和所在文件夹。", "Check the name and the folder."
    ),
    "file-is-folder": error("“{name}”是文件夹，这里需要一个文件。", "“{name}” is a folder; a file belongs here."),
    "file-unreadable": error("无法读取文件“{name}”：{reason}", "cannot read “{name}”: {reason}"),
    "file-empty": error("文件是空的：{name}", "the file is empty: {name}"),
    "package-not-zip": error(
        "“{name}”不是 Word 或 Excel 文件，或者已经损坏。",
        "“{name}” is not a Word or Excel file, or is damaged.",
        "请用 Word 或 WPS 打开它，另存为 .docx 或 .xlsx。",
        "Open it in Word or WPS and save it as .docx or .xlsx.",
    ),
    "package-old-format": error(
        "“{name}”是旧格式（.doc/.xls）或加密的文件，不能读取。",
        "“{name}” is in an old format (.doc/.xls) or encrypted; it cannot be read.",
        "请用 Word 或 WPS 打开它，去掉密码，另存为 .docx 或 .xlsx。",
        "Open it in Word or WPS, remove the password and save it as .docx or .xlsx.",
    ),
    "package-encrypted": error("“{name}”里的“{part}”是加密的，不能读取。", "“{part}” in “{name}” is encrypted."),
    "package-damaged": error("“{name}”已经损坏：{reason}", "“{name}” is damaged: {reason}"),
    "package-too-large": error("“{name}”超出限制：{reason}", "“{name}” is over the limit: {reason}"),
    "package-bad-name": error("“{name}”里有不允许的条目名：{part}", "“{name}” holds a forbidden entry name: {part}"),
    "xml-damaged": error(
        "“{name}”的部件“{part}”不是合法的 XML：{reason}", "part “{part}” of “{name}” is not well-formed XML: {reason}"
    ),
    "xml-doctype": error(
        "“{name}”的部件“{part}”含有 DOCTYPE，不允许。",
        "part “{part}” of “{name}” holds a DOCTYPE, which is not allowed.",
    ),
    "output-folder": error("无法写入文件夹“{name}”：{reason}", "cannot write to the folder “{name}”: {reason}"),
    "output-unwritable": error(
        "无法写入“{name}”：{reason}",
        "cannot write “{name}”: {reason}",
        "如果文件正在 Word、WPS 或 Excel 中打开，请先关闭它。",
        "If the file is open in Word, WPS or Excel, close it first.",
    ),
    "output-too-large": error("“{name}”超过 4 GiB，写不出来。", "“{name}” would exceed 4 GiB."),
}
