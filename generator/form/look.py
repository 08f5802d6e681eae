"""How a form looks: the formats of its cells, what may be typed into them, and what a clerk is told beside them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from generator.diagnostics import Text
from generator.diagnostics.wording import fill_in_words as words
from generator.standard.field_wording import wanted
from generator.standard.kinds import bound_text, kind_of, stored_places
from generator.standard.model import Field

FONT = "宋体"
INK, GREY, LINE = "#1F2A37", "#6B7280", "#B8C2CC"
HEAD, INPUT, COMPUTED, FIXED, NEED = "#DCE6F1", "#FFFBE6", "#EDEDED", "#E3E8EE", "#C00000"
Properties = dict[str, Any]


def number_format(field: Field | None) -> str:
    """The number format of a field's cell."""
    return "@" if field is None else kind_of(field).cell.look(field)


def cell_look(field: Field | None, state: str = "input") -> Properties:
    """The format of a cell that is filled in, computed or fixed."""
    number = field is not None and kind_of(field).numeric
    fill = {"input": INPUT, "computed": COMPUTED, "fixed": FIXED}[state]
    return {
        "font_name": FONT,
        "font_size": 10.5,
        "border": 1,
        "border_color": LINE,
        "bg_color": fill,
        "text_wrap": not number,
        "valign": "top" if field is not None and kind_of(field).lines else "vcenter",
        "align": "right" if number else "left",
        "num_format": number_format(field),
        "locked": state != "input",
        "font_color": INK if state == "input" else GREY,
    }


def unit(field: Field) -> str:
    """What the unit column prints."""
    kind = kind_of(field)
    return "%" if kind.hundredths else field.unit if kind.numeric and field.unit != "%" else ""


def rule(field: Field, demand: str, language: str = "zh") -> str:
    """What a field takes, in one line for a clerk: demand, kind, bounds, description, example, default."""
    parts = [words.DEMANDS[demand]] if demand else []
    parts += [*_kind(field), *_bounds(field)]
    if field.description:
        parts.append(_same(field.description.replace("\n", " ")))
    example = field.example or kind_of(field).cell.example
    if example:
        parts.append(words.EXAMPLE.filled(example=example))
    if isinstance(field.default, str) and field.default:
        parts.append(words.DEFAULT_TEXT.filled(default=field.default))
    elif isinstance(field.default, Decimal):
        parts.append(words.DEFAULT_NUMBER.filled(default=bound_text(field, field.default)))
    elif field.default_formula is not None:
        parts.append(words.DEFAULT_MADE)
    if field.empty and not field.required:
        parts.append(words.PRINTED_EMPTY.filled(text=field.empty))
    return words.BETWEEN.in_language(language).join(part.in_language(language) for part in parts)


def _kind(field: Field) -> list[Text]:
    """What kind of value a field takes, where its cell does not show it."""
    told = kind_of(field).cell.told
    found = told(field) if told is not None else wanted(field)
    return [found] if found is not None else []


def _bounds(field: Field) -> list[Text]:
    """The least and the greatest value, or length of a text."""
    least, most = (words.AT_LEAST_LONG, words.AT_MOST_LONG) if kind_of(field).prose else (words.AT_LEAST, words.AT_MOST)
    bounds = ((least, field.minimum), (most, field.maximum))
    return [said.filled(bound=bound_text(field, bound)) for said, bound in bounds if bound is not None]


def _same(text: str) -> Text:
    return Text(text, text)


def validation(field: Field, address: str, demand: str, options: str = "", language: str = "zh") -> Properties | None:
    """What may be typed into a cell.

    Args:
        field: of the cell.
        address: of the cell, relative, for the rule's formula.
        demand: `必填`, `选填`, …
        options: the range that holds the choices, where they are too long for a rule.
        language: of what is said.
    """
    told = rule(field, demand, language)
    about: Properties = {
        "input_title": field.label[:32],
        "input_message": told[:254],
        "error_title": words.WRONG.in_language(language),
        "error_message": told[:254] or words.AS_ASKED.in_language(language),
        "ignore_blank": True,
    }
    kind = kind_of(field)
    if choices := list(kind.options(field)):
        source: Any = choices if fits_a_rule(choices) else f"={options}"
        return {**about, "validate": "list", "source": source}
    if kind.numeric:
        places = stored_places(field)
        tests = [f"ISNUMBER({address})", f"ABS(ROUND({address},{places})-{address})<0.0000000001"]
        if kind.limits is not None:
            tests += [f"{address}>={kind.limits[0]}", f"{address}<={kind.limits[1]}"]
        for sign, bound in ((">=", field.minimum), ("<=", field.maximum)):
            if isinstance(bound, Decimal):
                tests.append(f"{address}{sign}{bound}")
        asked = words.PERCENT_WANTED if kind.hundredths else words.NUMBER_WANTED
        about["error_message"] = (asked.in_language(language) + told)[:254]
        return {**about, "validate": "custom", "value": f"=AND({','.join(tests)})"}
    if kind.day:
        low = field.minimum if isinstance(field.minimum, datetime.date) else datetime.date(1900, 1, 1)
        high = field.maximum if isinstance(field.maximum, datetime.date) else datetime.date(2999, 12, 31)
        about["error_message"] = (words.DATE_WANTED.in_language(language) + told)[:254]
        return {**about, "validate": "date", "criteria": "between", "minimum": low, "maximum": high}
    if isinstance(field.minimum, Decimal) or isinstance(field.maximum, Decimal):
        low = int(field.minimum) if isinstance(field.minimum, Decimal) else 0
        high = int(field.maximum) if isinstance(field.maximum, Decimal) else 32767  # characters that a cell holds
        return {**about, "validate": "length", "criteria": "between", "minimum": low, "maximum": high}
    return {**about, "validate": "any"} if told else None


def fits_a_rule(options: Sequence[str]) -> bool:
    """Whether options can be listed in a rule itself: it parts them with commas, and takes 255 characters."""
    return len(",".join(options)) <= 250 and not any("," in one for one in options)


def refusal(label: str, language: str, why: Text = words.COMPUTED) -> Properties:
    """A rule that lets nothing be typed: the cell is computed, or the bureau's."""
    return {
        "validate": "custom",
        "value": "=FALSE",
        "input_title": label[:32],
        "input_message": why.in_language(language),
        "error_title": words.REFUSED.in_language(language),
        "error_message": why.in_language(language),
    }
