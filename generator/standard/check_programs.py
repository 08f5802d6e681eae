"""Which checks of a record can fail, asked in one pass: a program that many files of one standard have in common.

A program reads the fields of the record and the report once and asks every check that needs no more; nearly every check passes, and
no more is done about it. It only sorts out: the checks that it names are asked by themselves, and so are all of a record that has
a value at fault.
"""

from __future__ import annotations

from typing import Any

from generator.formula import Names, parse_expression
from generator.formula.compile import part_of_program
from generator.formula.python_code import Constants, fields_of
from generator.formula.words_in_texts import WordsInTexts
from generator.kept.light_tuples import NamedTuple
from generator.standard.model import Section, Standard
from generator.standard.record_programs import Program, origins


class CheckProgram(NamedTuple):
    """The checks of a record type.

    Args:
        asked: gives the places of those that may fail among the checks that it asks; None where all must be asked.
        others: the places of those that it does not ask.
    """

    asked: Program
    others: tuple[int, ...]


def make_check_programs(standard: Standard, words: WordsInTexts) -> dict[str, CheckProgram]:
    """By the path of a section, what asks its checks; sections of one type whose values come from the same share one."""
    found: dict[str, CheckProgram] = {}
    shared: dict[Any, CheckProgram | None] = {}
    for section in standard.root.walk():
        key = section.type, *origins(section)
        if section.type.checks and key not in shared:
            shared[key] = _program(section, standard, words)
        if program := shared.get(key):
            found[section.path] = program
    return found


def _program(section: Section, standard: Standard, words: WordsInTexts) -> CheckProgram | None:
    constants = Constants(words)
    names = Names(section.type, standard.root.type, standard.parameters)
    fields: set[tuple[str, str]] = set()
    asked: list[str] = []
    others: list[int] = []
    failed = constants.temporary()
    for place, check in enumerate(section.type.checks):
        rule = part_of_program(parse_expression(check.rule.text), names, constants, rule=True)
        when = check.when and part_of_program(parse_expression(check.when.text), names, constants, condition=True)
        paths = (*check.rule.paths, *(check.when.paths if check.when else ()))
        if rule is None or (check.when and when is None) or not all(_is_near(path) for path in paths):
            others.append(place)
            continue
        test = f"{when.is_true} and {rule.is_false}" if when else rule.is_false
        fields |= fields_of(test)
        asked.append(f"if {test}: {failed}.append({constants.constant(place)})")
    if not asked:
        return None
    lines = []
    for written, key in sorted(fields):
        of, cells = ("r.root", standard.root.cells) if written[0] == "g" else ("r", section.cells)
        cell = cells[constants.values[key]]
        is_input = cell.origin == "data" and cell.field.default_formula is None
        missing = constants.constant(cell.field.default) if is_input else "INVALID"
        lines.append(f"{written} = {of}.get({key}, {missing})")
    lines.append(f"if {' or '.join(f'{written} is INVALID' for written, _ in sorted(fields)) or 'False'}: return")
    return CheckProgram(constants.program([*lines, f"{failed} = []", *asked, f"return {failed}"]), tuple(others))


def _is_near(path: tuple[str, ...]) -> bool:
    """Whether a path leads to a field of the record itself or of the report."""
    return len(path) == 1 or (len(path) == 2 and path[0] == "报告")
