"""Names and values of formats as people say them."""

from __future__ import annotations

import re
from typing import Any

from generator.compare.plain_lines import flat
from generator.diagnostics import Text

_STYLES = {
    "normal": "正文",
    "title": "标题",
    "subtitle": "副标题",
    "list paragraph": "列表段落",
    "list bullet": "列表项目符号",
    "list number": "列表编号",
    "header": "页眉",
    "footer": "页脚",
    "caption": "题注",
    "quote": "引用",
    "body text": "正文文本",
    "table grid": "网格型",
    "normal table": "普通表格",
    "footnote text": "脚注文本",
    "hyperlink": "超链接",
}

_LABELS = {
    # characters
    "b": ("加粗", "bold"),
    "i": ("倾斜", "italic"),
    "u": ("下划线", "underline"),
    "strike": ("删除线", "strikethrough"),
    "sz": ("字号", "size"),
    "color": ("颜色", "colour"),
    "rFonts": ("字体", "font"),
    "rFont": ("字体", "font"),
    "latinFont": ("西文字体", "Latin font"),
    "eastAsianFont": ("中文字体", "East Asian font"),
    "name": ("字体", "font"),
    "highlight": ("突出显示", "highlight"),
    "vertAlign": ("上下标", "vertical position"),
    "rStyle": ("字符样式", "character style"),
    "caps": ("全部大写", "all caps"),
    "vanish": ("隐藏文字", "hidden text"),
    "kern": ("字距", "kerning"),
    # paragraphs
    "jc": ("对齐", "alignment"),
    "ind": ("缩进", "indentation"),
    "spacing": ("间距", "spacing"),
    "pBdr": ("边框", "border"),
    "shd": ("底纹", "shading"),
    "tabs": ("制表位", "tab stops"),
    "keepNext": ("与下段同页", "keep with next"),
    "keepLines": ("段中不分页", "keep lines together"),
    "pageBreakBefore": ("段前分页", "page break before"),
    "widowControl": ("孤行控制", "widow control"),
    "framePr": ("图文框", "frame"),
    "mark": ("段落标记的格式", "paragraph mark"),
    # tables
    "tcW": ("列宽", "width"),
    "gridCol": ("列宽", "column width"),
    "trHeight": ("行高", "row height"),
    "tcBorders": ("边框", "border"),
    "tblBorders": ("表格边框", "table borders"),
    "vAlign": ("垂直对齐", "vertical alignment"),
    "tblW": ("表格宽度", "table width"),
    "tblLayout": ("自动调整", "layout"),
    "tblInd": ("表格缩进", "table indentation"),
    "tblCellMar": ("单元格边距", "cell margins"),
    "tcMar": ("单元格边距", "cell margins"),
    "tblLook": ("表格样式选项", "style options"),
    "tblStyle": ("表格样式", "table style"),
    "cantSplit": ("跨页断行", "row may not break"),
    "tblHeader": ("标题行重复", "repeat as header row"),
    "textDirection": ("文字方向", "text direction"),
    # sections
    "pgSz": ("纸张", "page size"),
    "pgMar": ("页边距", "margins"),
    "cols": ("分栏", "columns"),
    "docGrid": ("文档网格", "document grid"),
    "pgNumType": ("页码格式", "page numbering"),
    "titlePg": ("首页不同", "different first page"),
    "type": ("分节类型", "section type"),
    "pgBorders": ("页面边框", "page borders"),
    "evenAndOddHeaders": ("奇偶页不同", "different even pages"),
    # workbooks
    "numFmt": ("数字格式", "number format"),
    "font": ("字体", "font"),
    "fill": ("填充", "fill"),
    "border": ("边框", "border"),
    "alignment": ("对齐", "alignment"),
    "protection": ("保护", "protection"),
    "style": ("单元格样式", "cell style"),
    "quotePrefix": ("文本前缀", "text prefix"),
    "height": ("行高", "row height"),
    "width": ("列宽", "column width"),
    "hidden": ("隐藏", "hidden"),
    "outline": ("分级", "outline level"),
    "pane": ("冻结窗格", "frozen panes"),
    "showGridLines": ("网格线", "grid lines"),
    "orientation": ("纸张方向", "orientation"),
    "paperSize": ("纸张", "paper"),
    "leftMargin": ("左边距", "left margin"),
    "rightMargin": ("右边距", "right margin"),
    "topMargin": ("上边距", "top margin"),
    "bottomMargin": ("下边距", "bottom margin"),
    "headerMargin": ("页眉边距", "header margin"),
    "footerMargin": ("页脚边距", "footer margin"),
    "size": ("字号", "size"),
    "horizontal": ("水平", "horizontal"),
    "vertical": ("垂直", "vertical"),
    "wrapText": ("自动换行", "wrap"),
    "textRotation": ("旋转", "rotation"),
    "indent": ("缩进", "indent"),
    "shrinkToFit": ("缩小填充", "shrink to fit"),
    "left": ("左", "left"),
    "right": ("右", "right"),
    "top": ("上", "top"),
    "bottom": ("下", "bottom"),
    "locked": ("锁定", "locked"),
    "basedOn": ("基准样式", "based on"),
    "fitToPage": ("缩放为整页", "fit to page"),
    "fitToWidth": ("页宽", "pages wide"),
    "fitToHeight": ("页高", "pages tall"),
    "scale": ("缩放比例", "scale"),
    "rowBreaks": ("分页符（行）", "row breaks"),
    "colBreaks": ("分页符（列）", "column breaks"),
    "tabColor": ("标签颜色", "tab colour"),
    "defaultColWidth": ("默认列宽", "default column width"),
    "defaultRowHeight": ("默认行高", "default row height"),
    "sheetProtection": ("工作表保护", "sheet protection"),
    "autoFilter": ("筛选", "filter"),
    "calcMode": ("计算方式", "calculation mode"),
    "iterate": ("迭代计算", "iterative calculation"),
    "iterateCount": ("迭代次数", "iterations"),
    "iterateDelta": ("迭代误差", "iteration tolerance"),
    "fullPrecision": ("按全精度计算", "full precision"),
    "refMode": ("引用样式", "reference style"),
    "workbookProtection": ("工作簿保护", "workbook protection"),
    "state": ("可见性", "visibility"),
    "sparklineGroups": ("迷你图", "sparklines"),
    "date1904": ("1904 日期系统", "1904 date system"),
}
_VALUES = {
    "left": ("左对齐", "left"),
    "right": ("右对齐", "right"),
    "center": ("居中", "centred"),
    "both": ("两端对齐", "justified"),
    "distribute": ("分散对齐", "distributed"),
    "visible": ("可见", "visible"),
    "veryHidden": ("深度隐藏", "very hidden"),
    "hidden": ("隐藏", "hidden"),
    "portrait": ("纵向", "portrait"),
    "landscape": ("横向", "landscape"),
}
_TWIPS = frozenset(("tcW", "gridCol", "trHeight", "tblW", "pgSz", "pgMar", "ind", "tblInd"))


_ATTRIBUTES = {
    "left": Text("左", "left"),
    "right": Text("右", "right"),
    "top": Text("上", "top"),
    "bottom": Text("下", "bottom"),
    "header": Text("页眉", "header"),
    "footer": Text("页脚", "footer"),
    "gutter": Text("装订线", "gutter"),
    "w": Text("宽", "width"),
    "h": Text("高", "height"),
    "orient": Text("方向", "orientation"),
    "firstLine": Text("首行", "first line"),
    "hanging": Text("悬挂", "hanging"),
    "before": Text("段前", "before"),
    "after": Text("段后", "after"),
    "line": Text("行距", "line"),
}


def style_label(name: str) -> Text:
    """A style's name as Word shows it: built-in names in the reader's language."""
    if match := re.fullmatch(r"(?i)heading (\d)", name):
        return Text(f"标题{match[1]}", f"Heading {match[1]}")
    plain, _, number = name.lower().rpartition(" ")
    if number.isdigit() and plain in _STYLES:
        return Text(f"{_STYLES[plain]}{number}", name)
    return Text(_STYLES.get(name.lower(), name), name)


def property_label(name: str) -> Text:
    """A property's name."""
    found = _LABELS.get(name)
    return Text(*found) if found else Text(name, name)


def value_label(name: str, value: Any) -> Text:
    """A property's value; `None` is one that is not stated."""
    if value is None or value == ():
        return Text("无", "none")
    if isinstance(value, bool):
        return Text("是", "yes") if value else Text("否", "no")
    if name in ("sz", "kern") and isinstance(value, str) and value.isdigit():
        points = f"{int(value) / 2:g}"
        return Text(f"{points}磅", f"{points} pt")
    if name == "style":
        return style_label(str(value))
    if isinstance(value, str):
        if name in ("jc", "state", "orientation", "horizontal", "vertical", "vAlign") and value in _VALUES:
            return Text(*_VALUES[value])
        if name in _TWIPS and re.fullmatch(r"-?\d+", value):
            return _centimetres(value)
        return Text(value, value)
    if name in _TWIPS and isinstance(value, tuple) and all(_is_pair(pair) for pair in value):
        return _lengths(name, value)
    if isinstance(value, tuple) and len(value) == 1 and isinstance(value[0], tuple):
        value = value[0]
    if isinstance(value, tuple) and len(value) == 4 and value[0] == name:
        value = value[1:]  # a tree says its name once more
    shown = flat(value)
    shown = shown if len(shown) <= 80 else shown[:77] + "…"
    return Text(shown, shown)


def _is_pair(pair: Any) -> bool:
    return isinstance(pair, tuple) and len(pair) == 2 and all(isinstance(part, str) for part in pair)


def _centimetres(twips: str) -> Text:
    length = f"{int(twips) / 567:.2f}".rstrip("0").rstrip(".")
    return Text(f"{length}厘米", f"{length} cm")


def _lengths(name: str, pairs: tuple[tuple[str, str], ...]) -> Text:
    given = dict(pairs)
    if name in ("tcW", "tblW") and given.get("type", "dxa") == "dxa" and given.get("w", "").isdigit():
        return _centimetres(given["w"])
    if name == "trHeight" and given.get("val", "").isdigit():
        length = _centimetres(given["val"])
        rule = given.get("hRule", "")
        return Text(*(part + (f" {rule}" if rule not in ("", "atLeast", "auto") else "") for part in length))
    zh, en = [], []
    for key, text in pairs:
        length = (
            Text(*_VALUES[text])
            if text in _VALUES
            else _centimetres(text)
            if re.fullmatch(r"-?\d+", text) and not key.endswith("Chars") and key != "code"
            else Text(text, text)
        )
        label = _ATTRIBUTES.get(key) or Text(key, key)
        zh.append(f"{label.zh} {length.zh}")
        en.append(f"{label.en} {length.en}")
    return Text(" ".join(zh), " ".join(en))


def change_of(changes: list[tuple[str, Any, Any]]) -> Text:
    """Several properties that changed, in one line."""
    zh, en = [], []
    for name, old, new in changes:
        label, before, after = property_label(name), value_label(name, old), value_label(name, new)
        zh.append(f"{label.zh} {before.zh} → {after.zh}")
        en.append(f"{label.en} {before.en} → {after.en}")
    return Text("；".join(zh), "; ".join(en))


def change_side(changes: list[tuple[str, Any, Any]], side: int) -> str:
    """The old (1) or new (2) values of several properties in one line, for the JSON."""
    return "；".join(f"{property_label(c[0]).zh} {value_label(c[0], c[side]).zh}" for c in changes)
