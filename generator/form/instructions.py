"""The first sheet of a form: what to do, in ten lines, and what the sheets are for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.form.arrangement import INPUTS, TEXTS, Arrangement, Table
from generator.form.look import FONT, GREY, HEAD, INK, LINE
from generator.source.form_plan import MARK

STEPS = (
    "先填“填报”，再填“正文”，然后逐个填后面的表；做完一张打一个勾。",
    "只填浅黄色的格子。灰色的由程序计算，填了也以计算为准。",
    "标 * 的必填；其余的有就填，没有就空着，不要写“无”“/”“0”来代替。",
    "金额和分数只填数，不写单位、不写千分位逗号；百分数直接输入 95%；日期输入 2020-12-31。",
    "这里要填数和文字，不要填公式；从别处复制来的，用“选择性粘贴—数值”。",
    "表可以往下接着填，也可以插入行、删除行、排序、调整列宽；表旁边可以写备注，程序不读。",
    "表里上级名称与上一行相同的，可以空着不填，表示“同上”。",
    "文字里要用到报告里的数，写 {{ 字段 }}，例如 {{ 资金.全年执行数 }}，数就只填一次；不会写就直接写数。",
    "不要改工作表里隐藏的行和列，不要把内容搬到新建的工作簿里。另存时选 .xlsx。",
    "填完运行 generator check 这份表.xlsx，按提示逐格改；没有错误再交。",
)


def write_instructions(book: Any, sheet: Any, arrangement: Arrangement, form: Callable[[dict[str, Any]], Any]) -> None:
    """Write the first sheet.

    Args:
        book: the workbook of XlsxWriter; `sheet` its first sheet.
        arrangement: what the form holds.
        form: makes a format.
    """
    standard = arrangement.standard
    plain = {"font_name": FONT, "font_size": 11, "font_color": INK, "valign": "vcenter", "text_wrap": True}
    small = {**plain, "font_size": 10, "font_color": GREY}
    head = {**plain, "bold": True, "bg_color": HEAD, "border": 1, "border_color": LINE}
    row_form = {**plain, "border": 1, "border_color": LINE}
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, 30)
    sheet.set_column(2, 2, 46)
    sheet.set_column(3, 3, 12)
    year = f"（{standard.fiscal_year}年度）" if standard.fiscal_year else ""
    sheet.merge_range(
        0, 0, 0, 3, f"{standard.title}{year}填报表", form({**plain, "bold": True, "font_size": 18, "align": "center"})
    )
    sheet.set_row(0, 36)
    issued = f"{standard.issuer}　" if standard.issuer else ""
    words = f"{issued}标准 {standard.id}　版本 {standard.version}　摘要 {arrangement.plan.digest[:12]}"
    sheet.merge_range(1, 0, 1, 3, words, form({**small, "align": "center"}))
    row = 3
    sheet.write_string(row, 0, "怎么填", form({**plain, "bold": True, "text_wrap": False}))
    for number, step in enumerate(STEPS, 1):
        row += 1
        sheet.write_string(row, 0, f"{number}.", form({**plain, "align": "right"}))
        sheet.merge_range(row, 1, row, 3, step, form(plain))
        sheet.set_row(row, 32 if len(step) > 42 else 19)
    row += 2
    for index, label in enumerate(("序", "工作表（点击打开）", "填什么", "要求")):
        sheet.write_string(row, index, label, form(head))
    link = form({**row_form, "font_color": "#1F5FAF", "underline": 1})
    entries = _entries(arrangement)
    for number, (title, what, demand) in enumerate(entries, 1):
        row += 1
        sheet.write_number(row, 0, number, form({**row_form, "align": "center"}))
        sheet.write_url(row, 1, f"internal:'{title}'!A1", link, title)
        sheet.write_string(row, 2, what, form(row_form))
        sheet.write_string(row, 3, demand, form({**row_form, "align": "center"}))
        sheet.set_row(row, max(19, 16 * (1 + len(what) // 24)))
    sheet.write_string(0, 16, MARK + "s0", form({"font_color": "#FFFFFF"}))
    sheet.set_column(16, 16, None, None, {"hidden": True})
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, row, 3)
    sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    sheet.set_footer("&C&9第 &P 页，共 &N 页")
    sheet.hide_gridlines(2)


def _entries(arrangement: Arrangement) -> list[tuple[str, str, str]]:
    """The sheets of a form: title, what is filled in there, whether it must be."""
    inputs = sum(len(block.inputs) for block in arrangement.blocks)
    entries = [(INPUTS, f"{inputs}项：" + "、".join(_heads(arrangement.blocks)), "必填")]
    if arrangement.texts:
        labels = (one.cell.field.label for block in arrangement.texts for one in block.inputs)
        entries.append((TEXTS, "、".join(labels), "必填"))
    for table in arrangement.tables:
        optional = "选填" if table.lists else "一般不用填"
        entries.append((table.sheet.title, _columns(table), "必填" if table.required else optional))
    return entries


def _columns(table: Table) -> str:
    """What a table asks for, in its columns' words."""
    labels = [column.label for column in table.table.columns if not column.computed and column.role != "number"]
    shown = "、".join(labels[:6]) + ("等" if len(labels) > 6 else "")
    return (
        f"{table.heading}：{shown}"
        if labels[:1] != [table.heading.rpartition(" ＞ ")[2]]
        else f"{table.heading}，一行一条"
    )


def _heads(blocks: Any) -> list[str]:
    """The headings of the outermost records."""
    return list(dict.fromkeys(block.title.partition(" ＞ ")[0] for block in blocks))
