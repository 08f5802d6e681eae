"""Formulas of a standard as formulas of a spreadsheet, where a spreadsheet computes the same: grey cells follow what is typed.

Only what means the same in both is translated (sums, differences, products, ratios, the smallest and largest of numbers,
grades); a blank stays a blank, results are rounded as the program rounds them. Everything else shows the value that the
program computed.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from generator.form.arrangement import Arrangement, Input, Table
from generator.formula import FormulaError
from generator.formula.parse import parse_expression
from generator.formula.tree import Arithmetic, Attribute, Call, Items, Name, Negative, Node, Number
from generator.ooxml.addresses import column_letters
from generator.standard.kinds import kind_of, stored_places
from generator.standard.model import Cell, Section

Where = Mapping[str, tuple[str, int, int]]


class _Untranslatable(Exception):
    """A spreadsheet does not compute this, or not with cells of the form."""


def _has_default(cell: Cell) -> bool:
    return cell.field.default is not None or cell.field.default_formula is not None


class LiveFormulas:
    """Translates the formulas of a form's grey cells.

    Args:
        arrangement: the form.
        where: sheet, row and column (from 0) of the cells of inputs by path.
        first, last: the rows of tables over which columns are added up, from 0.
    """

    def __init__(self, arrangement: Arrangement, where: Where, first: int, last: int):
        self.arrangement = arrangement
        self.where = where
        self.inputs = arrangement.inputs_title
        self.first = first
        self.last = last
        self.defaulted = {  # where nothing is typed the program takes another value than a blank
            one.path for block in arrangement.blocks for one in block.inputs if _has_default(one.cell)
        }
        self.tables = arrangement.lists

    def formula(self, one: Input) -> str | None:
        """The formula of a grey cell; None where its value is to be shown instead."""
        cell = one.cell
        if cell.origin not in ("formula", "set", "total") or not cell.formula:
            return None
        steps = one.path.split(".")
        prefix = steps[: max(0, len(steps) - 1 - cell.up)]
        try:
            blanks: list[str] = []
            tree = parse_expression(cell.formula)
            if cell.origin == "total":
                refs = [self.cell(".".join([*prefix, *path])) for path in cell.paths]
                body = self.summed(refs, blanks)
            else:
                body = self.translated(tree, prefix, blanks)
        except (_Untranslatable, FormulaError):
            return None
        if kind_of(cell.field).numeric:
            body = f"ROUND({body},{stored_places(cell.field)})"
        body = f'IFERROR({body},"")'
        return f'=IF(OR({",".join(dict.fromkeys(blanks))}),"",{body})' if blanks else f"={body}"

    def cell(self, path: str) -> str:
        """The address of a field's cell on the sheet of inputs."""
        sheet, row, column = self.where.get(path, ("", 0, 0))
        if sheet != self.inputs or path in self.defaulted:
            raise _Untranslatable
        return f"${column_letters(column + 1)}${row + 1}"

    def translated(self, node: Node, prefix: list[str], blanks: list[str]) -> str:
        """An expression; `blanks` gets the conditions under which it has no value."""
        match node:
            case Number(value=value):
                return format(value, "f")
            case Negative(value=value):
                return f"(-{self.translated(value, prefix, blanks)})"
            case Arithmetic(operator=operator, left=left, right=right) if operator in "+-*/":
                one, two = (self.translated(part, prefix, blanks) for part in (left, right))
                return f"({one}{operator}{two})"
            case Name() | Attribute():
                return self.value(node, prefix, blanks)
            case Call(function="sum", arguments=(Items(items=items),)):
                return self.summed([self.cell(self.path(item, prefix)) for item in items], blanks)
            case Call(function="sum" | "count" as function, arguments=(Name() | Attribute() as path,)):
                return self.over_rows(function, self.path(path, prefix), blanks)
            case Call(function="min" | "max" | "abs" as function, arguments=arguments):
                inner = ",".join(self.translated(part, prefix, blanks) for part in arguments)
                return f"{function.upper()}({inner})"
            case Call(function="band", arguments=(value, Name(name=name))):
                return self.graded(self.translated(value, prefix, blanks), name)
        raise _Untranslatable

    def path(self, node: Node, prefix: list[str]) -> str:
        """The path of a name from the report."""
        steps: list[str] = []
        while isinstance(node, Attribute):
            steps.insert(0, node.name)
            node = node.base
        if not isinstance(node, Name):
            raise _Untranslatable
        return ".".join(steps) if node.name == "报告" else ".".join([*prefix, node.name, *steps])

    def value(self, node: Node, prefix: list[str], blanks: list[str]) -> str:
        path = self.path(node, prefix)
        if path not in self.where and isinstance(node, Name):
            parameter = self.arrangement.standard.parameters.get(node.name)
            if parameter is None or not isinstance(parameter.value, Decimal):
                raise _Untranslatable
            return format(parameter.value, "f")
        address = self.cell(path)
        blanks.append(f'{address}=""')
        return address

    @staticmethod
    def summed(refs: list[str], blanks: list[str]) -> str:
        """A sum that leaves out blanks, and is blank where all are."""
        blanks.append(f"COUNT({','.join(refs)})=0")
        return f"SUM({','.join(refs)})"

    def over_rows(self, function: str, path: str, blanks: list[str]) -> str:
        """A sum or number of the rows of a table."""
        name = next((name for name in self.tables if path == name or path.startswith(name + ".")), None)
        if name is None:
            raise _Untranslatable
        table = self.tables[name]
        if function == "count":
            outer, *deeper = table.table.levels
            if path != name or deeper:
                raise _Untranslatable
            key = outer.key
            columns: list[int] = [
                index for index, one in enumerate(table.table.columns) if one.role == "value" or one.path == key != ""
            ]
            if not columns:
                raise _Untranslatable
            return f"COUNTA({self.column(table, columns[0])})"
        section = table.lists[0].section
        if section is None or path == name:
            raise _Untranslatable
        area = self.column(table, self.leaf(table, section, 0, path.removeprefix(name + ".")))
        blanks.append(f"COUNT({area})=0")
        return f"SUM({area})"

    def column(self, table: Table, index: int) -> str:
        """The cells of a table's column, those of rows to come too."""
        letters = column_letters(index + 2)
        return f"'{table.sheet.title}'!${letters}${self.first + 1}:${letters}${self.last + 1}"

    def leaf(self, table: Table, section: Section, level: int, path: str) -> int:
        """The column whose sum a field of the items comes to: its own, or that of a lower level which it adds up."""
        for index, column in enumerate(table.table.columns):
            if column.role == "field" and column.level == level and column.path == path and not column.computed:
                if path not in section.cells or _has_default(section.cells[path]):
                    raise _Untranslatable
                return index
        cell = section.cells.get(path)
        if cell is None or level + 1 >= len(table.table.levels):
            raise _Untranslatable
        below = table.table.levels[level + 1].list
        inner = table.lists[level + 1].section
        match parse_expression(cell.formula) if cell.formula and inner is not None else None:
            case Call(function="sum", arguments=(Name() | Attribute() as summed,)):
                target = self.path(summed, [])
                if inner is not None and target.startswith(below + "."):
                    return self.leaf(table, inner, level + 1, target.removeprefix(below + "."))
        raise _Untranslatable

    def graded(self, value: str, name: str) -> str:
        """A grade by its lower bounds."""
        parameter = self.arrangement.standard.parameters.get(name)
        bands = parameter.value if parameter is not None else None
        if not isinstance(bands, dict) or not all(isinstance(bound, Decimal) for bound in bands.values()):
            raise _Untranslatable
        text = '""'
        for label, bound in sorted(bands.items(), key=lambda pair: pair[1]):
            shown = str(label).replace('"', '""')
            text = f'IF({value}>={bound},"{shown}",{text})'
        return text
