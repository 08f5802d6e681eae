"""What the kinds of differences are called where they are counted, and the words of the counts."""

from __future__ import annotations

from generator.diagnostics import Text

KIND_LABELS: dict[str, Text] = {
    "text": Text("文字", "text"),
    "value": Text("数值", "values"),
    "cached-value": Text("公式的暂存结果", "cached results of formulas"),
    "formula": Text("公式", "formulas"),
    "paragraph-inserted": Text("新增的段落", "paragraphs inserted"),
    "paragraph-deleted": Text("删除的段落", "paragraphs deleted"),
    "paragraph-moved": Text("移动的段落", "paragraphs moved"),
    "paragraph-split": Text("拆分的段落", "paragraphs split"),
    "paragraph-joined": Text("合并的段落", "paragraphs joined"),
    "table-inserted": Text("新增的表格", "tables inserted"),
    "table-deleted": Text("删除的表格", "tables deleted"),
    "table-moved": Text("移动的表格", "tables moved"),
    "row-inserted": Text("新增的行", "rows inserted"),
    "row-deleted": Text("删除的行", "rows deleted"),
    "row-moved": Text("移动的行", "rows moved"),
    "column-inserted": Text("新增的列", "columns inserted"),
    "column-deleted": Text("删除的列", "columns deleted"),
    "column-moved": Text("移动的列", "columns moved"),
    "sheet-inserted": Text("新增的工作表", "sheets inserted"),
    "sheet-deleted": Text("删除的工作表", "sheets deleted"),
    "sheet-moved": Text("移动的工作表", "sheets moved"),
    "sheet-renamed": Text("改名的工作表", "sheets renamed"),
    "file-inserted": Text("新增的文件", "files added"),
    "file-deleted": Text("缺少的文件", "files gone"),
    "file": Text("不能读取的文件", "files that cannot be read"),
    "style": Text("样式", "styles"),
    "heading": Text("大纲级别", "outline levels"),
    "list": Text("列表级别", "list levels"),
    "list-format": Text("编号格式", "numbering formats"),
    "list-number": Text("编号", "numbers of lists"),
    "list-restart": Text("编号的接续", "numbering restarted or continued"),
    "merge": Text("合并区", "merged areas"),
    "paragraph-format": Text("段落格式", "paragraph formats"),
    "run-format": Text("字符格式", "character formats"),
    "cell-format": Text("单元格格式", "cell formats"),
    "row-format": Text("行格式", "row formats"),
    "column-format": Text("列格式", "column formats"),
    "table-format": Text("表格格式", "table formats"),
    "page-setup": Text("页面设置", "page setup"),
    "section": Text("分节", "sections"),
    "settings": Text("设置", "settings"),
    "property": Text("文档属性", "document properties"),
    "part": Text("部件", "parts"),
    "name": Text("名称", "defined names"),
    "date-system": Text("日期系统", "date system"),
    "kind": Text("文件类型", "kind of file"),
    "image": Text("图片", "pictures"),
    "field": Text("域", "fields"),
    "bookmark": Text("书签", "bookmarks"),
    "link": Text("超链接", "hyperlinks"),
    "break": Text("分隔符", "breaks"),
    "math": Text("数学公式", "equations"),
    "control": Text("内容控件", "content controls"),
    "object": Text("嵌入对象", "embedded objects"),
    "shape": Text("形状", "shapes"),
    "inserted": Text("修订：插入", "tracked insertions"),
    "deleted": Text("修订：删除", "tracked deletions"),
    "footnote": Text("脚注", "footnotes"),
    "endnote": Text("尾注", "endnotes"),
    "comment": Text("批注", "comments"),
    "textbox": Text("文本框", "text boxes"),
    "chart": Text("图表", "charts"),
    "header": Text("页眉", "headers"),
    "footer": Text("页脚", "footers"),
    "table": Text("表", "tables"),
    "validation": Text("数据验证", "validations"),
    "conditional-format": Text("条件格式", "conditional formats"),
    "width": Text("列宽", "column widths"),
    "height": Text("行高", "row heights"),
    "hidden": Text("隐藏", "hidden rows, columns and sheets"),
    "outline": Text("分级显示", "outline levels of rows and columns"),
    "number-format": Text("数字格式", "number formats"),
    "cell-style": Text("单元格样式", "cell styles"),
    "font": Text("字体", "fonts"),
    "fill": Text("填充", "fills"),
    "border": Text("边框", "borders"),
    "alignment": Text("对齐", "alignment"),
    "protection": Text("保护", "protection"),
    "sheet-property": Text("工作表属性", "properties of sheets"),
    "view": Text("窗口", "windows"),
    "filter": Text("筛选", "filters"),
    "page": Text("页面图像", "page images"),
}

DIFFERENCES = Text("{n} 处差异", "{n} differences")
ONE_DIFFERENCE = Text("1 处差异", "1 difference")
NO_DIFFERENCE = Text("没有差异", "no difference")
MORE = Text("另有 {n} 处没有列出。", "{n} more are not listed.")
BY_KIND = Text("按种类", "by kind")
BY_PLACE = Text("按位置", "by place")
FILES = Text("文件", "file")
STATE = Text("状态", "state")
COUNT = Text("差异", "differences")
KIND = Text("种类", "kind")
CHANGE = Text("差异", "difference")
NOT_COMPARED_TITLE = Text("未比较", "not compared")
DOCUMENT = Text("整个文档", "the document")
STATES = {
    "same": Text("相同", "same"),
    "changed": Text("不同", "different"),
    "unreadable": Text("不能读取", "unreadable"),
    "inserted": Text("只在后一个文件夹里", "only in the second folder"),
    "deleted": Text("只在前一个文件夹里", "only in the first folder"),
}
