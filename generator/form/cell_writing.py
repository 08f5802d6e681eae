"""Writes the cells of a form: inputs with their values, computed cells with what computes them, notes, lists of options."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from generator.diagnostics import Text
from generator.diagnostics.wording import fill_in_words as words
from generator.figures import read_date
from generator.form.arrangement import Arrangement, Input
from generator.form.live_formulas import LiveFormulas
from generator.form.look import FONT, INK, Properties, cell_look, fits_a_rule, refusal
from generator.form.prefilled import prefilled
from generator.form.typed_values import as_number, typed_text
from generator.kept.name_sets import names
from generator.ooxml.addresses import column_letters
from generator.source.form_plan import PLAN_SHEET
from generator.source.nodes import Map, Node
from generator.standard.kinds import kind_of
from generator.standard.model import Field

LONGEST = 32_000  # characters that are put into one cell; it holds 32,767
Show = Callable[[str], Any]  # a computed value by its path: a Decimal, a text, None


class CellWriter:
    """Writes the cells of one form.

    Args:
        book: XlsxWriter's workbook.
        arrangement: what stands where.
        root: the values of a data file; an empty mapping for an empty form.
        computed: the value of a computed field by its path, None where there is none.
        comments: by the place of the value that they belong to; they become notes of the cells.
    """

    def __init__(
        self, book: Any, arrangement: Arrangement, root: Map, computed: Show, comments: Mapping[tuple[int, int], str]
    ):
        self.book = book
        self.arrangement = arrangement
        laid = prefilled(arrangement.standard, root)
        self.root, self.locked = laid.root, laid.locked
        self.computed = computed
        self.comments = dict(comments)
        self.formats: dict[str, Any] = {}
        self.options: list[tuple[str, ...]] = []
        self.live: LiveFormulas | None = None  # once every input has its cell

    def refusal(self, label: str, why: Text = words.COMPUTED) -> Properties:
        """A rule that lets nothing be typed, in the form's language."""
        return refusal(label, self.arrangement.language, why)

    def format(self, properties: Mapping[str, Any]) -> Any:
        """A format of these properties, made once."""
        key = repr(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(dict(properties))
        return self.formats[key]

    def text(self, **more: Any) -> Any:
        """A format for words."""
        return self.format({"font_name": FONT, "font_size": 10.5, "font_color": INK, "valign": "vcenter", **more})

    def value_cell(
        self, sheet: Any, row: int, column: int, field: Field | None, node: Node | None, exactly: bool = False
    ) -> None:
        """An input with its value, if it has one; `exactly`: a percent shows the places that were typed."""
        fixed = id(node) in self.locked
        look = cell_look(field, "fixed" if fixed else "input")
        if fixed:
            sheet.data_validation(row, column, row, column, self.refusal(typed_text(node)[:30], words.FIXED))
        self.note(sheet, row, column, node)
        text = typed_text(node)
        if not text.strip() or len(text) > LONGEST:
            sheet.write_blank(row, column, None, self.format(look))
            return
        kind = kind_of(field) if field is not None else None
        if kind is not None and kind.day:
            try:
                sheet.write_datetime(row, column, read_date(text), self.format(look))
                return
            except ValueError:
                pass
        number = as_number(text, kind.hundredths) if kind is not None and kind.numeric else None
        if number is None:
            sheet.write_string(row, column, text, self.format({**look, "num_format": "@"}))
            return
        if kind is not None and kind.hundredths:
            places = len(text.strip().rstrip("%").partition(".")[2])
            if exactly or field is None or places > field.places:
                look["num_format"] = "0." + "0" * places + "%" if places else "0%"
        sheet.write_number(row, column, float(number), self.format(look))

    def computed_cell(
        self, sheet: Any, row: int, column: int, field: Field, node: Node | None, path: str, one: Input | None = None
    ) -> None:
        """A grey cell: what the data file states, else a formula that computes it, else its value."""
        if typed_text(node).strip():
            self.value_cell(sheet, row, column, field, node, exactly=True)
            return
        form = self.format(cell_look(field, "computed"))
        value = self.computed(path) if path else None
        live = self.live.formula(one) if self.live is not None and one is not None and node is None else None
        if live is not None:
            shown = "" if value is None else float(value) if isinstance(value, Decimal) else str(value)
            sheet.write_formula(row, column, live, form, shown)
        elif value is None or value == "":
            sheet.write_blank(row, column, None, form)
        elif isinstance(value, Decimal):
            sheet.write_formula(row, column, f"={value}", form, float(value))
        else:
            text = str(value)[:250]
            escaped = text.replace('"', '""')
            sheet.write_formula(row, column, f'="{escaped}"', form, text)

    def note(self, sheet: Any, row: int, column: int, node: Node | None) -> None:
        """The comment of a value as a note of its cell, once."""
        words = self.comments.pop((node.line, node.column), "") if node is not None else ""
        if words:
            sheet.write_comment(row, column, words, {"author": "", "x_scale": 2, "font_size": 9})

    def options_range(self, field: Field) -> str:
        """The range with a choice's options, where a rule cannot list them itself."""
        options = kind_of(field).options(field)
        return "" if fits_a_rule(options) else self.listed(options)

    def listed(self, options: tuple[str, ...]) -> str:
        """The range of the hidden sheet that lists options."""
        if options not in self.options:
            self.options.append(options)
        letters = column_letters(3 + self.options.index(options))
        return f"{PLAN_SHEET}!${letters}$1:${letters}${len(options)}"

    def page(self, sheet: Any, header: int, landscape: bool, wide: int = 1) -> None:
        """A4, all columns on a page (a very wide table on two or more, with its first column on each), headers on every page."""
        sheet.set_paper(9)
        if landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(wide, 0)
        if wide > 1:
            sheet.repeat_columns(1)
        sheet.repeat_rows(header)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.set_footer("&C&9" + self.arrangement.say(words.PAGES))
        sheet.hide_gridlines(2)
        sheet.set_default_row(18)

    @staticmethod
    def protect(sheet: Any) -> None:
        """Lock what is not to be filled in, without a password; rows and widths may be changed."""
        allowed = names("format_cells format_columns format_rows insert_rows delete_rows sort autofilter objects")
        sheet.protect("", dict.fromkeys(allowed, True))
