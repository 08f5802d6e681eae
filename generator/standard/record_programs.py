"""What a record computes of its own fields and the report's, in one pass: a program that many files of one standard have in common.

A program reads the fields once and has every value at hand while it computes the next. It tells nothing and asks for nothing:
where a value is at fault, missing, stated in the data file or to be told, it leaves the record to `compute`, which does everything.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from generator.figures import round_half_up
from generator.formula import Names, parse_expression
from generator.formula.compile import part_of_program
from generator.formula.python_code import Constants, fields_of
from generator.formula.tree import Conditional, Node, String
from generator.formula.words_in_texts import WordsInTexts
from generator.kept.light_tuples import NamedTuple
from generator.standard.kinds import TOO_LARGE, kind_of, stored_places
from generator.standard.kinds.text_kinds import MAX_TEXT
from generator.standard.model import Cell, Field, Section, Standard

Program = Callable[[Any], Any]


class RecordProgram(NamedTuple):
    """What computes fields of a record.

    Args:
        compute: answers whether it has computed them.
        fields: their names.
        again: the field before whose turn it is worth another try, since texts with references are printed by then; "" for none.
    """

    compute: Program
    fields: frozenset[str]
    again: str = ""


def make_record_programs(standard: Standard, words: WordsInTexts) -> dict[str, RecordProgram]:
    """By the path of a section, what computes fields of a record; sections that compute the same in the same order share one."""
    ordered: dict[Section, list[str]] = {}
    for section, name in standard.order:
        ordered.setdefault(section, []).append(name)
    found: dict[str, RecordProgram] = {}
    shared: dict[Any, RecordProgram | None] = {}
    for section, names in ordered.items():
        key = section.type, *names, *origins(section)
        if key not in shared:
            making = _Making(section, standard, words)
            for name in names:
                making.take(name)
            shared[key] = making.made(names) if making.computed else None
        if made := shared[key]:
            found[section.path] = made
    return found


def origins(section: Section) -> tuple[str, ...]:
    """Where the values of a section come from."""
    return tuple(f"{cell.origin}{'=' if cell.balance else ''}" for cell in section.cells.values())


class _Making:
    """A program in the making."""

    def __init__(self, section: Section, standard: Standard, words: WordsInTexts):
        self.section = section
        self.root = standard.root
        self.names = Names(section.type, standard.root.type, standard.parameters)
        self.constants = Constants(words)
        self.computed: dict[str, list[str]] = {}
        self.given: set[str] = set()  # of those that are computed: that the data file may give
        self.inputs: dict[str, str] = {}  # by how a field stands in the program, the constant that is its name
        self.exact = self.constants.temporary()  # numbers before they were rounded

    def take(self, name: str) -> None:
        """Take a field, if it reads nothing but fields that the data file states or the program computes."""
        cell = self.section.cells[name]
        field, kind = cell.field, kind_of(cell.field)
        given = cell.origin == "data"
        formula = field.default_formula if given else field.formula if cell.origin == "formula" else None
        if formula is None or cell.balance is not None or field.many or kind.lines:
            return
        if not (kind.numeric or kind.sentence or kind.chosen):
            return
        node = parse_expression(formula.text)
        part = part_of_program(node, self.names, self.constants)
        if part is None:
            return
        own = {self.constants.own(other) for other in self.computed}
        inputs = {field: key for field, key in fields_of(part.code) if field not in own}
        if not all(self._is_input(field, key) for field, key in inputs.items()):
            return
        self.inputs |= inputs
        written = self.constants.own(name)
        lines = [f"{written} = {part.code}", *self._kept(written, field, _is_worded(node))]
        key = self.constants.constant(name)
        self.computed[name] = [*_unless_given(written, key), *(f" {line}" for line in lines)] if given else lines
        self.given |= {name} if given else set()

    def _is_input(self, written: str, key: str) -> bool:
        """Whether a field is one that a program may take as it stands."""
        cell = self._cell(written, key)
        if cell is None or cell.section is not None:
            return False
        return written[0] == "g" or (cell.origin == "data" and cell.field.default_formula is None)

    def _cell(self, written: str, key: str) -> Cell | None:
        section = self.root if written[0] == "g" else self.section
        return section.cells.get(self.constants.values[key])

    def _kept(self, written: str, field: Field, worded: bool) -> list[str]:
        """The lines that bring a value into the form in which it is kept."""
        constant = self.constants.constant
        blank = [f"if {written} is None: return"] if field.needed else []
        if worded:
            return blank
        if not kind_of(field).numeric:
            return [*blank, f"if {written} is not None and not {constant(_is_short)}({written}): return"]
        value = self.constants.temporary()
        return [
            *blank,
            f"if {written} is not None:",
            f" {value} = {written}",
            f" {written} = {constant(_rounded)}({value}, {constant(stored_places(field))})",
            f" if {written} is None: return",
            f" if {written} is not {value} and {written} != {value}: {self.exact}.append(({constant(field.name)}, {value}))",
        ]

    def made(self, names: list[str]) -> RecordProgram:
        """What computes the fields that were taken of those that have their turn in this order."""
        last = max((at for at, name in enumerate(names) if name in self.given), default=len(names))
        again = next((name for name in names[last + 1 :] if name in self.computed), "")
        return RecordProgram(self._program(), frozenset(self.computed), again)

    def _program(self) -> Program:
        constant, own = self.constants.constant, self.constants.own
        stated = constant(frozenset(self.computed.keys() - self.given))
        lines = [f"if not {stated}.isdisjoint(r.source): return", f"{self.exact} = []"]
        for written, key in sorted(self.inputs.items()):
            if written[0] == "g":
                lines += [f"{written} = r.root.get({key}, INVALID)", f"if {written} is INVALID: return"]
                continue
            cell = self._cell(written, key)
            default = constant(cell.field.default if cell else None)
            lines += [*_unless_given(written, key), f" r[{key}] = {written} = {default}"]
        for one in self.computed.values():
            lines += one
        lines.append(f"r.update({{{', '.join(f'{constant(name)}: {own(name)}' for name in self.computed)}}})")
        lines.append(f"if {self.exact}: r.exact_values = {{**(r.exact_values or {{}}), **dict({self.exact})}}")
        return self.constants.program([*lines, "return True"])


def _unless_given(written: str, key: str) -> list[str]:
    """The lines that take a field from the record, before those that do what is to be done where it has none."""
    return [
        f"{written} = r.get({key}, INVALID)",
        f"if {written} is INVALID:",
        f" if {key} in r or {key} in r.source: return",
    ]


def _is_worded(node: Node) -> bool:
    """Whether an expression gives nothing but texts that are written in it."""
    if isinstance(node, Conditional):
        return _is_worded(node.yes) and (node.no is None or _is_worded(node.no))
    return isinstance(node, String) and len(node.value) <= MAX_TEXT


def _is_short(value: Any) -> bool:
    return type(value) is str and len(value) <= MAX_TEXT


def _rounded(value: Any, places: int) -> Decimal | None:
    """A number as it is kept; None of one that is too large."""
    if type(value) is not Decimal or abs(value) >= TOO_LARGE:
        return None
    return round_half_up(value, places)
