"""Wording of the diagnostics of: package (reading and writing files and OPC packages)."""

from generator.diagnostics.wording.entry import Wording, error, warning

WORDING: dict[str, Wording] = {
    "file-missing": error(
        "找不到文件：{name}", "no such file: {name}", "请检查文件名和所在文件夹。", "Check the name and the folder."
    ),
    "file-is-folder": error(
        "这里需要一个文件，“{name}”{what}。",
        "a file belongs here; “{name}” {what}.",
        "请写出文件夹里的文件名。",
        "Name a file in that folder.",
    ),
    "file-unreadable": error(
        "无法读取文件“{name}”：{reason}",
        "cannot read “{name}”: {reason}",
        "请检查文件名、权限，以及文件是否正被别的程序打开。",
        "Check the name, the permission, and whether another program has the file open.",
    ),
    "file-empty": error(
        "文件是空的：{name}",
        "the file is empty: {name}",
        "请检查是否选错了文件，或者上次保存没有完成。",
        "Check that this is the right file and that it was saved completely.",
    ),
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
    "package-encrypted": error(
        "“{name}”里的“{part}”是加密的，不能读取。",
        "“{part}” in “{name}” is encrypted.",
        "请用 Word 或 WPS 打开它，去掉密码后另存。",
        "Open it in Word or WPS, remove the password and save it.",
    ),
    "package-damaged": error(
        "“{name}”已经损坏：{reason}",
        "“{name}” is damaged: {reason}",
        "文件可能没有传完整，请重新取得一份，或用 Word、WPS 打开后另存。",
        "It may be an incomplete copy: get it again, or open it in Word or WPS and save it anew.",
    ),
    "package-misstated": error(
        "文件里应当写数或单元格地址的地方，写的是“{text}”",
        "The file says “{text}” where a number or the address of a cell belongs",
        "文件可能被别的程序改坏了：请用 Word、WPS 或 Excel 打开后另存。",
        "Another program may have spoilt it: open it in Word, WPS or Excel and save it anew.",
    ),
    "package-too-large": error(
        "“{name}”超出限制：{reason}",
        "“{name}” is over the limit: {reason}",
        "这不像一份正常的文档，请核对来源，或用 Word、WPS 打开后另存。",
        "This is no ordinary document: check where it comes from, or open it in Word or WPS and save it anew.",
    ),
    "package-bad-name": error(
        "“{name}”里有不允许的条目名：{part}",
        "“{name}” holds a forbidden entry name: {part}",
        "这不像 Word 或 Excel 保存的文件，请核对来源。",
        "Word and Excel do not save such files: check where it comes from.",
    ),
    "xml-damaged": error(
        "“{name}”的部件“{part}”不是合法的 XML：{reason}",
        "part “{part}” of “{name}” is not well-formed XML: {reason}",
        "文件可能没有传完整，请重新取得一份，或用 Word、WPS 打开后另存。",
        "It may be an incomplete copy: get it again, or open it in Word or WPS and save it anew.",
    ),
    "xml-doctype": error(
        "“{name}”的部件“{part}”含有 DOCTYPE，不允许。",
        "part “{part}” of “{name}” holds a DOCTYPE, which is not allowed.",
        "这不像 Word 或 Excel 保存的文件，请核对来源。",
        "Word and Excel do not save such files: check where it comes from.",
    ),
    "output-folder": error(
        "无法写入文件夹“{name}”：{reason}",
        "cannot write to the folder “{name}”: {reason}",
        "请换一个能写入的文件夹（-o）。",
        "Name a folder that can be written to (-o).",
    ),
    "output-unwritable": error(
        "无法写入“{name}”：{reason}",
        "cannot write “{name}”: {reason}",
        "如果文件正在 Word、WPS 或 Excel 中打开，请先关闭它。",
        "If the file is open in Word, WPS or Excel, close it first.",
    ),
    "active-macros": error(
        "部件“{part}”含有{what}，不能使用。",
        "part “{part}” holds {what}, which is not allowed.",
        "请去掉宏后另存为 .docx 或 .xlsx；确实需要、来源可靠时加 --allow-macros。",
        "Save it without macros as .docx or .xlsx; where you need them and trust their source, add --allow-macros.",
    ),
    "active-content": error(
        "部件“{part}”含有{what}{detail}。",
        "part “{part}” holds {what}{detail}.",
        "请核对来源，在 Word、WPS 或 Excel 里去掉它再用（规则见 docs/security.md）。",
        "Check where it comes from and take it out in Word, WPS or Excel (the rules are in docs/security.md).",
    ),
    "output-is-input": error(
        "“{name}”是这次读取的文件，不能被结果覆盖。",
        "“{name}” is a file that this reads: the result must not take its place.",
        "请用 {option} 写另一个文件名。",
        "Name another file ({option}).",
    ),
    "output-too-large": error(
        "“{name}”超过 4 GiB，写不出来。",
        "“{name}” would exceed 4 GiB.",
        "请把内容分成几份。",
        "Split the content into several documents.",
    ),
    "soffice-missing": error(
        "生成 PDF、填写目录页码需要 LibreOffice，这台电脑上没有找到。",
        "PDF and page numbers of contents need LibreOffice, which was not found on this machine",
        "安装 LibreOffice 后重试；或去掉 --pdf、--page-numbers，用 Word、WPS 打开文件另存为 PDF、更新目录。",
        "Install LibreOffice and try again; or leave out --pdf and --page-numbers, and save as PDF or update the contents in Word or WPS.",
    ),
    "pages-unknown": warning(
        "目录和页码引用里有 {count} 处的页码不知道，没有填写。",
        "{count} page numbers in contents and references are not known and were left",
        "用 Word、WPS 打开，按 Ctrl+A、F9 更新；按章编号的页码（1-2）、指向不存在的书签的引用只能这样更新。",
        "Open it in Word or WPS and update with Ctrl+A, F9; pages that are counted by chapter (1-2) and references to bookmarks that are not there can only be known so.",
    ),
    "pdf-fonts-substituted": warning(
        "这台电脑上没有字体 {names}，PDF 里用别的字体代替了。",
        "this machine lacks the fonts {names}; the PDF is set in others",
        "装上这些字体再生成 PDF；版面要紧的，用装有这些字体的 Word 或 WPS 另存为 PDF。",
        "Install the fonts and make the PDF again; or save it as PDF from Word or WPS on a machine that has them.",
    ),
    "soffice-failed": error(
        "LibreOffice 没有能把“{name}”转成 PDF：{reason}",
        "LibreOffice could not convert “{name}” to PDF: {reason}",
        "请用 LibreOffice、Word 或 WPS 打开这个文件，另存为 PDF。",
        "Open the file in LibreOffice, Word or WPS and save it as PDF.",
    ),
}
