"""The first sheet of a form: what to do, in ten lines, and what the sheets are for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.diagnostics import Text
from generator.diagnostics.wording import fill_in_words as words
from generator.form.arrangement import Arrangement, Table
from generator.form.look import FONT, GREY, HEAD, INK, LINE
from generator.form.typed_values import lines
from generator.source.form_plan import MARK
from generator.standard.figure_to_quote import figure_to_quote


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
    say = arrangement.say
    title = words.TITLE if standard.fiscal_year else words.TITLE_WITHOUT_YEAR
    title = title.filled(title=standard.title, year=standard.fiscal_year)
    sheet.merge_range(0, 0, 0, 3, say(title), form({**plain, "bold": True, "font_size": 18, "align": "center"}))
    sheet.set_row(0, max(36, 26 * lines(say(title), 52)))
    issued = f"{standard.issuer}　" if standard.issuer else ""
    about = words.STANDARD.filled(id=standard.id, version=standard.version, digest=arrangement.plan.digest[:12])
    sheet.merge_range(1, 0, 1, 3, issued + say(about), form({**small, "align": "center"}))
    sheet.set_row(1, max(19, 16 * lines(issued + say(about), 92)))  # XlsxWriter's merged cells do not grow
    row = 3
    sheet.write_string(row, 0, say(words.HOW_TO), form({**plain, "bold": True, "text_wrap": False}))
    quoted = figure_to_quote(standard)
    for number, step in enumerate((say(one.filled(quoted=quoted)) for one in words.STEPS), 1):
        row += 1
        sheet.write_string(row, 0, f"{number}.", form({**plain, "align": "right"}))
        sheet.merge_range(row, 1, row, 3, step, form(plain))
        sheet.set_row(row, max(19, 16 * lines(step, 84)))
    row += 2
    for index, label in enumerate(words.ENTRY_HEADS):
        sheet.write_string(row, index, say(label), form(head))
    link = form({**row_form, "font_color": "#1F5FAF", "underline": 1})
    entries = _entries(arrangement)
    for number, (title, what, demand) in enumerate(entries, 1):
        row += 1
        sheet.write_number(row, 0, number, form({**row_form, "align": "center"}))
        sheet.write_url(row, 1, f"internal:'{title}'!A1", link, title)
        sheet.write_string(row, 2, what, form(row_form))
        sheet.write_string(row, 3, demand, form({**row_form, "align": "center"}))
        sheet.set_row(row, max(19, 16 * lines(what, 44)))
    sheet.write_string(0, 16, MARK + "s0", form({"font_color": "#FFFFFF"}))
    sheet.set_column(16, 16, None, None, {"hidden": True})
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, row, 3)
    sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    sheet.set_footer("&C&9" + say(words.PAGES))
    sheet.hide_gridlines(2)


def _entries(arrangement: Arrangement) -> list[tuple[str, str, str]]:
    """The sheets of a form: title, what is filled in there, whether it must be."""
    inputs = sum(len(block.inputs) for block in arrangement.blocks)
    say = arrangement.say
    required, optional = say(words.DEMANDS["必填"]), say(words.DEMANDS["选填"])
    comma = say(words.SERIES_COMMA)
    heads = comma.join(_heads(arrangement.blocks))
    entries = [(arrangement.inputs_title, say(words.ITEMS.filled(count=inputs, names=heads)), required)]
    if arrangement.texts:
        labels = (one.cell.field.label for block in arrangement.texts for one in block.inputs)
        entries.append((arrangement.texts_title, comma.join(labels), required))
    for table in arrangement.tables:
        needed = required if table.required else optional if table.lists else say(words.SELDOM)
        entries.append((table.sheet.title, say(_columns(table, comma)), needed))
    return entries


def _columns(table: Table, comma: str) -> Text:
    """What a table asks for, in its columns' words."""
    labels = [column.label for column in table.table.columns if not column.computed and column.role != "number"]
    if labels[:1] == [table.heading.rpartition(" ＞ ")[2]]:
        return words.ONE_A_ROW.filled(heading=table.heading)
    shown = comma.join(labels[:6])
    names = words.AND_MORE.filled(names=shown) if len(labels) > 6 else shown
    return words.LISTED.filled(heading=table.heading, names=names)


def _heads(blocks: Any) -> list[str]:
    """The headings of the outermost records."""
    return list(dict.fromkeys(block.title.partition(" ＞ ")[0] for block in blocks))
