"""The wording of differences between two documents, by kind.

A message is the place, a colon, and the wording; a wording that names `{place}` itself stands alone.
"""

from __future__ import annotations

from generator.diagnostics import Text

WORDING: dict[str, Text] = {
    "text": Text("{change}", "{change}"),
    "paragraph-inserted": Text("新增第{n}段{text}", "paragraph {n} inserted {text}"),
    "paragraph-deleted": Text("删除第{n}段{text}", "paragraph {n} deleted {text}"),
    "paragraph-split": Text(
        "一段拆分为第{n}段起的{m}段{text}", "one paragraph split into {m} from paragraph {n} on {text}"
    ),
    "paragraph-joined": Text("第{n}至{m}段合并为一段{text}", "paragraphs {n} to {m} joined into one {text}"),
    "paragraph-moved": Text("{place} 第{n}段移至第{m}段之后", "{place} paragraph {n} moved after paragraph {m}"),
    "paragraph-moved-first": Text("{place} 第{n}段移至第{m}段之前", "{place} paragraph {n} moved before paragraph {m}"),
    "table-inserted": Text("新增表{n}（{rows}行{columns}列）", "table {n} inserted ({rows} rows, {columns} columns)"),
    "table-deleted": Text("删除表{n}（{rows}行{columns}列）", "table {n} deleted ({rows} rows, {columns} columns)"),
    "table-moved": Text("表{n}移至{target}", "table {n} moved {target}"),
    "row-inserted": Text("新增第{n}行{text}", "row {n} inserted{text}"),
    "row-deleted": Text("删除第{n}行{text}", "row {n} deleted{text}"),
    "row-moved": Text("{place} 第{n}行移至第{m}行之后", "{place} row {n} moved after row {m}"),
    "row-moved-first": Text("{place} 第{n}行移至第{m}行之前", "{place} row {n} moved before row {m}"),
    "column-inserted": Text("新增第{n}列{text}", "column {n} inserted{text}"),
    "column-deleted": Text("删除第{n}列{text}", "column {n} deleted{text}"),
    "column-moved": Text("{place} 第{n}列移至第{m}列之后", "{place} column {n} moved after column {m}"),
    "column-moved-first": Text("{place} 第{n}列移至第{m}列之前", "{place} column {n} moved before column {m}"),
    "sheet-column-inserted": Text("新增{n}列{text}", "column {n} inserted{text}"),
    "sheet-column-deleted": Text("删除{n}列{text}", "column {n} deleted{text}"),
    "sheet-column-moved": Text("{place} {n}列移至{m}列之后", "{place} column {n} moved after column {m}"),
    "sheet-column-moved-first": Text("{place} {n}列移至{m}列之前", "{place} column {n} moved before column {m}"),
    "rows-inserted": Text("新增第{n}–{m}行", "rows {n}–{m} inserted"),
    "rows-deleted": Text("删除第{n}–{m}行", "rows {n}–{m} deleted"),
    "style": Text("样式 {old} → {new}", "style {old} → {new}"),
    "heading": Text("大纲级别 {old} → {new}", "outline level {old} → {new}"),
    "list": Text("列表级别 {old} → {new}", "list level {old} → {new}"),
    "list-format": Text("编号格式 {old} → {new}{printed}", "numbering {old} → {new}{printed}"),
    "list-start": Text("编号的起始值 {old} → {new}{printed}", "first number {old} → {new}{printed}"),
    "list-number": Text("编号 {old} → {new}", "number {old} → {new}"),
    "list-restart": Text(
        "编号与前面的列表：{old} → {new}{printed}", "numbering relative to the list above: {old} → {new}{printed}"
    ),
    "merge": Text("合并区 {old} → {new}", "merged area {old} → {new}"),
    "merge-inserted": Text("新增合并区 {new}", "merged area {new} added"),
    "merge-deleted": Text("取消合并区 {old}", "merged area {old} removed"),
    "object-changed": Text("{object}已更换", "{object} changed"),
    "object-value": Text("{object} {old} → {new}", "{object} {old} → {new}"),
    "object-inserted": Text("新增{object}{text}", "{object} added{text}"),
    "object-deleted": Text("删除{object}{text}", "{object} removed{text}"),
    "object-moved": Text("{object}在段落中的位置改变", "{object} moved within the paragraph"),
    "object-left": Text("{object}的标记移到别处", "the mark of {object} moved elsewhere"),
    "date-system": Text(
        "日期系统 {old} → {new}（同一个数所表示的日期{zh_shift}1462天）",
        "date system {old} → {new} (the same number is a date 1,462 days {en_shift})",
    ),
    "property-value": Text("{property} {old} → {new}", "{property} {old} → {new}"),
    "run-format": Text("{text}字符格式 {change}", "{text} characters: {change}"),
    "note-inserted": Text("新增{note}{text}", "{note} added {text}"),
    "note-deleted": Text("删除{note}{text}", "{note} removed {text}"),
    "part-inserted": Text("新增部件", "part added"),
    "part-deleted": Text("部件不见了", "part gone"),
    "part-changed": Text("部件内容不同", "part differs"),
    "style-inserted": Text("新增样式", "style added"),
    "style-deleted": Text("样式不见了", "style gone"),
    "section-inserted": Text("新增分节", "section added"),
    "section-deleted": Text("分节不见了", "section gone"),
    "value": Text("数值 {before} → {after}{formula}", "value {before} → {after}{formula}"),
    "formula": Text("公式 {old} → {new}", "formula {old} → {new}"),
    "sheet-inserted": Text("新增工作表“{name}”（第{n}张）", "sheet “{name}” added (position {n})"),
    "sheet-deleted": Text("删除工作表“{name}”（原第{n}张）", "sheet “{name}” deleted (was at position {n})"),
    "sheet-renamed": Text("工作表改名 {old} → {new}", "sheet renamed {old} → {new}"),
    "sheet-moved": Text("工作表“{name}”由第{old}张移至第{new}张", "sheet “{name}” moved from position {old} to {new}"),
    "name-inserted": Text("新增名称 = {new}", "name added = {new}"),
    "name-deleted": Text("删除名称 = {old}", "name removed = {old}"),
    "file-inserted": Text("只在后一个文件夹里", "only in the second folder"),
    "file-deleted": Text("只在前一个文件夹里", "only in the first folder"),
    "file-unreadable": Text("不能比较：{reason}", "cannot be compared: {reason}"),
    "page-image": Text(
        "页面图像有 {new} 的像素不同（左 {left} 至 {right}，上 {top} 至 {bottom}）",
        "{new} of the pixels differ (from {left} to {right} across, {top} to {bottom} down)",
    ),
    "page-size": Text("页面大小 {old} → {new} 像素", "page size {old} → {new} pixels"),
    "page-inserted": Text("新增一页", "page added"),
    "page-deleted": Text("少了一页", "page gone"),
    "kind": Text("文件类型 {old} → {new}", "kind of file {old} → {new}"),
}

# What a comparison leaves out, told once per comparison.
NOT_COMPARED: dict[str, Text] = {
    "traces": Text("保存痕迹（{names}）不同，未计为差异", "traces of saving ({names}) differ and were not counted"),
    "volatile": Text(
        "打开时自动更新的域（页码、日期）的暂存结果不同，未计为差异",
        "stored results of fields that update themselves (page numbers, dates) differ and were not counted",
    ),
    "level-text": Text(
        "只比较了文字和数值；表格的合并、样式、字体、颜色等没有比较（要比较，加 --level format）",
        "only text and numbers were compared, not merged cells, styles, fonts, colours (--level format compares them)",
    ),
    "level-structure": Text(
        "比较了文字、数值、表格和样式名称；字体、颜色、边框、行高等格式没有比较（要比较，加 --level format）",
        "text, numbers, tables and names of styles were compared, not fonts, colours, borders, sizes (--level format compares them)",
    ),
    "styles": Text(
        "样式按读者所见比较（--formatting effective），其定义的写法未比较",
        "styles are compared by what a reader sees (--formatting effective), not by how they are defined",
    ),
    "rule": Text("按忽略规则 {rule} 略去 {n} 处", "{n} left out by the ignore rule {rule}"),
    "tolerance": Text("在容差 {tolerance} 之内略去 {n} 处", "{n} left out within the tolerance of {tolerance}"),
    "unreadable": Text("不能读取；两边逐字节相同", "cannot be read; both are the same by bytes"),
    "folder-file": Text("不是 Word 或 Excel 文件，只按字节比较", "neither Word nor Excel: compared by bytes only"),
    "view": Text("选定的单元格、缩放等视图状态未比较", "the view (selected cells, zoom) was not compared"),
}
