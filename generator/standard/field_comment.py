"""What a clerk is told beside an empty field of a data file: label, demand, kind, bounds, one example, what a blank means."""

from __future__ import annotations

import re

from generator.diagnostics import Text
from generator.diagnostics.wording import comment_words as words
from generator.formula.spoken import spoken
from generator.standard.field_wording import wanted
from generator.standard.kinds import bound_text, kind_of
from generator.standard.model import Cell, Field, Section

_NAME = re.compile(r"[^\W\d]\w*\Z")
_PATH = re.compile(r"报告(?:\.[^\W\d]\w*)+\Z")


def field_comment(cell: Cell, section: Section, year: int | None, language: str) -> str:
    """The comment of a field.

    Args:
        cell: the field in its section.
        section: where it stands, for what stands in where it is left empty.
        year: of the standard; its examples are of that year.
        language: `zh` or `en`.
    """
    field = cell.field
    parts: list[Text] = []
    if field.label != field.name:
        parts.append(_same(field.label))
    if demands(cell):
        parts.append(words.REQUIRED)
    if cell.section is None:
        parts.append(_kind(field))
        parts += _bounds(field)
    if field.description:
        parts.append(_same(field.description))
    if example := kind_of(field).example(field, year):
        parts.append(words.EXAMPLE.filled(example=example))
    parts.append(_instead(field, section))
    shown = (part.in_language(language).replace("\n", " ") for part in parts)
    return words.SEMICOLON.in_language(language).join(word for word in shown if word)


def demands(cell: Cell) -> bool:
    """Whether something must be typed there: a value, items, or a value inside a record."""
    if cell.section is None or cell.field.many:
        return cell.demanded
    return cell.demanded and any(demands(inner) for inner in cell.section.cells.values())


def _same(text: str) -> Text:
    return Text(text, text)


def _kind(field: Field) -> Text:
    if comment := kind_of(field).comment:
        return comment(field)
    return wanted(field) if not field.many else _same("")


def _bounds(field: Field) -> list[Text]:
    found = []
    unit = words.ITEMS if field.many else words.CHARACTERS
    if not field.many and not kind_of(field).prose:
        unit = _same("")
    from_none = kind_of(field).whole and field.minimum == 0 and not field.many  # a count says so itself
    for word, bound in ((words.AT_LEAST, None if from_none else field.minimum), (words.AT_MOST, field.maximum)):
        if bound is not None:
            found.append(word.filled(shown=bound_text(field, bound), unit=unit))
    return found


def _instead(field: Field, section: Section) -> Text:
    """What stands where the field is left empty."""
    if isinstance(field.default, str) and field.default:
        return words.DEFAULT_TEXT.filled(text=field.default)
    if field.default_formula is not None:
        formula = field.default_formula.text
        named = section.cells.get(formula) if _NAME.match(formula) else None
        if named is not None and named.field.description:
            return words.DEFAULT_DESCRIBED.filled(text=named.field.description)
        if " if " in formula or "~" in formula:
            return words.DEFAULT_COMPUTED
        path = formula.removeprefix("报告.") if _PATH.match(formula) else formula
        return words.DEFAULT_FORMULA.filled(formula=Text(spoken(path), spoken(path, "en")))
    if field.default is not None and kind_of(field).numeric:
        shown = bound_text(field, field.default)
        return words.DEFAULT_NUMBER.filled(shown=shown)
    if field.empty and not field.required:
        return words.PRINTED_EMPTY.filled(text=field.empty)
    return _same("")
