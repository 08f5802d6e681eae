"""Numbers: whole ones, years, amounts, scores, percentages. A number is digits and a point, a percent carries its sign."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from generator.diagnostics import Text
from generator.diagnostics.wording import value_words as words
from generator.figures import round_half_up
from generator.formula import Type
from generator.formula.typing import MONEY_UNITS
from generator.kept.lazy_patterns import lazy
from generator.standard.kinds.kind import BadValue, FormCell, Kind, bounded, plainly_written
from generator.standard.kinds.meant_values import amount_meant, number_meant
from generator.standard.kinds.mended_values import INVISIBLE_CHARACTER, mended_count, mended_number, mended_year
from generator.standard.model import Field

MAX_DIGITS = 18
_YEARS = 1900, 2999
_WHOLE = frozenset({"integer", "year"})
_NUMBER = lazy(r"-?[0-9]+(?:\.([0-9]+))?\Z")
_NOTHING = frozenset({"无", "没有", "/", "-", "—", "——", "－", "N/A", "n/a", "NA", "暂无"})


def _reader(field: Field) -> Callable[[str], Decimal]:
    places = 0 if field.kind in _WHOLE else field.places
    percent = field.kind == "percent"
    limited = field.minimum is not None or field.maximum is not None
    match_number = _NUMBER.match
    year = field.kind == "year"
    written = _percent_written if percent else plainly_written

    def convert(text: str) -> Decimal:
        text = text.strip()
        digits = text
        if percent:
            if not text.endswith("%"):
                raise _no_percent(field, text)
            digits = text[:-1].rstrip()
        match = match_number(digits)
        if not match:
            raise _no_number(field, text)
        decimals = match[1]
        if decimals is not None and len(decimals) > places:
            raise BadValue("value-places", _places_hint(field, digits), text=text, places=places)
        if len(digits) > MAX_DIGITS:
            raise BadValue("value-too-large", text=text[:30])
        value = Decimal(digits)
        if percent:
            value = value.scaleb(-2)
        if not value:
            value = abs(value)
        if year and not _YEARS[0] <= value <= _YEARS[1]:
            raise BadValue("value-year", text=text)
        return bounded(field, value, written) if limited else value

    return convert


def _places_hint(field: Field, digits: str) -> Text:
    if field.kind in _WHOLE:
        return words.WHOLE_PLACES
    rounded = round_half_up(Decimal(digits), field.places)
    sign = "%" if field.kind == "percent" else ""
    return words.ROUNDED.filled(rounded=rounded, sign=sign)


def _no_percent(field: Field, text: str) -> BadValue:
    if text.endswith("％"):
        return BadValue(
            "value-percent", words.HALF_WIDTH_PERCENT.filled(number=unicodedata.normalize("NFKC", text[:-1])), text=text
        )
    if _NUMBER.match(text):
        hint = words.NO_PERCENT.filled(text=text)
        value = Decimal(text)
        if (abs(value) < 1 and "." in text) or abs(value) == 1:
            shown = format((value * 100).normalize(), "f")
            hint = words.WHICH_PERCENT.filled(text=text, shown=shown)
        return BadValue("value-percent", hint, text=text)
    return _no_number(field, text)


def _without_words(field: Field, text: str, number: str, unit: str) -> Text | None:
    """What to write instead of a number with words behind it."""
    if unit in ("万元", "元") and field.unit in ("万元", "元") and unit != field.unit:
        value = Decimal(number) * 10000 if unit == "万元" else Decimal(number) / 10000
        shown = format(value.normalize(), "f")
        if abs(value) < 1 and not _serves(field, shown) and _serves(field, number):  # 161.4元 of a field in 万元
            return words.UNIT_OR_NUMBER.filled(unit=field.unit, typed=text, bare=number)
        return words.OTHER_UNIT.filled(unit=field.unit, shown=shown)
    bare = number + ("%" if field.kind == "percent" and unit[0] in "%％" else "")
    what = words.NO_WORDS if bare != number else words.NO_UNIT
    return what.filled(bare=bare) if _serves(field, bare) else None


def _no_number(field: Field, text: str) -> BadValue:
    """What is wrong with a text that is no number, with what to write instead."""
    unseen = INVISIBLE_CHARACTER.search(text)
    if unseen:
        shown = INVISIBLE_CHARACTER.sub(lambda odd: f"‹U+{ord(odd[0]):04X}›", text)
        plain = INVISIBLE_CHARACTER.sub("", text)
        hint = words.UNSEEN.filled(point=_point(unseen[0]), plain=plain)
        return BadValue("value-not-number", hint, text=shown[:60])
    wide = unicodedata.normalize("NFKC", text).replace("．", ".").replace("。", ".")
    hint = _example(field)
    if text in _NOTHING and field.required:
        zero = "0%" if field.kind == "percent" else "0"
        hint = words.ZERO_FOR_NONE.filled(zero=zero)
    elif text in _NOTHING:
        hint = words.EMPTY_FOR_NONE
    elif wide != text and _NUMBER.match(wide.rstrip("%")) and wide.endswith("%") == (field.kind == "percent"):
        hint = words.HALF_WIDTH.filled(text=wide)
    elif (amount := amount_meant(text, field.unit)) and _serves(field, amount):
        hint = words.OTHER_UNIT.filled(unit=field.unit, shown=amount)
    elif meant := number_meant(text, lambda plain: _serves(field, plain)):
        hint = meant
    elif re.fullmatch(r"-?[0-9]{1,3}([,，][0-9]{3})+(\.[0-9]+)?%?", text):
        plain = text.replace(",", "").replace("，", "")
        hint = words.SEPARATORS.filled(text=plain) if _serves(field, plain) else hint
    elif re.fullmatch(r"-?[0-9]+(\.[0-9]+)?%", text):
        hint = words.NOT_PERCENT
    elif match := re.fullmatch(r"(-?[0-9]+(?:\.[0-9]+)?)\s*(\D{1,6})", text):
        hint = _without_words(field, text, match[1], match[2]) or hint
    elif re.fullmatch(r"-?[0-9.]+[eE][+-]?[0-9]+", text):
        hint = words.NO_EXPONENT
    elif re.fullmatch(r"\+[0-9.]+%?", text):
        hint = words.NO_PLUS.filled(text=text[1:]) if _serves(field, text[1:]) else hint
    elif re.fullmatch(r"-?\.[0-9]+%?", text):
        shown = text.replace(".", "0.", 1)
        hint = words.ZERO_BEFORE_POINT.filled(text=shown) if _serves(field, shown) else hint
    return BadValue("value-not-number", hint, text=text[:40])


def _point(character: str) -> str:
    return f"U+{ord(character):04X}"


def _serves(field: Field, text: str) -> bool:
    """Whether a value that a hint proposes would be taken."""
    try:
        _reader(field)(text)
    except BadValue:
        return False
    return True


def _example(field: Field) -> Text | None:
    """What a number of the field looks like; None where the catalogue's own example fits."""
    if field.kind == "year":
        return words.YEAR_EXAMPLE
    if field.kind in _WHOLE:
        return words.WHOLE_EXAMPLE
    if field.kind == "percent":
        return words.PERCENT_EXAMPLE
    return words.SCORE_EXAMPLE if field.kind == "score" else None


def _static(field: Field) -> Type:
    return Type("number", unit=field.unit, places=field.places, form=field.form)


def _schema(field: Field) -> dict[str, Any]:
    whole = field.kind in _WHOLE or not field.places
    places = "" if whole else rf"(\.[0-9]{{1,{field.places}}})?"
    found: dict[str, Any] = {"type": ["integer" if whole else "number", "string", "null"]}
    found["pattern"] = rf"^-?[0-9]+{places}$"
    if isinstance(field.minimum, Decimal):
        found["minimum"] = float(field.minimum)
    if isinstance(field.maximum, Decimal):
        found["maximum"] = float(field.maximum)
    return found


def _percent_schema(field: Field) -> dict[str, Any]:
    places = rf"(\.[0-9]{{1,{field.places}}})?" if field.places else ""
    return {"type": ["string", "null"], "pattern": rf"^-?[0-9]+{places}%$"}


def _percent_written(value: Any) -> str:
    return f"{plainly_written(value * 100)}%"


def _comment(word: Text) -> Callable[[Field], Text]:
    """What a number takes beside an empty field: with its unit where the words do not say it, and unusual places."""

    def said(field: Field) -> Text:
        found = word
        if field.unit not in ("", "%", "分"):
            found = words.OF_UNIT.filled(kind=found, unit=field.unit)
        if field.kind not in _WHOLE and field.places != 2:
            found = words.OF_PLACES.filled(kind=found, places=field.places)
        return found

    return said


def _look(field: Field) -> str:
    """Without fixed places `General`, which shows when a percent is typed into it."""
    return "0." + "0" * field.places if field.form == "fixed" and field.places else "General"


def _percent_look(field: Field) -> str:
    return "0." + "0" * field.places + "%" if field.places else "0%"


def _whole_look(field: Field) -> str:
    return "0"


def _places_told(field: Field) -> Text | None:
    return words.CELL_OF_PLACES.filled(places=field.places) if field.places != 2 else None


_CELL = FormCell("number", _look, _places_told)


def _kind(name: str, wanted: Callable[[Field], Text], comment: Callable[[Field], Text], **more: Any) -> Kind:
    facts = {"schema": _schema, "mended": mended_number, "cell": _CELL, "numeric": True, "ordered": True, **more}
    return Kind(name, wanted, _static, _reader, python=lambda field: Decimal, comment=comment, **facts)


NUMBER_KINDS = (
    _kind(
        "integer",
        lambda field: words.INTEGER,
        _comment(words.INTEGER),
        cell=FormCell("number", _whole_look, lambda field: words.INTEGER),
        whole=True,
        mended=mended_count,
    ),
    _kind("number", lambda field: words.NUMBER, _comment(words.NUMBER)),
    _kind(
        "money",
        lambda field: words.MONEY.filled(unit=field.unit),
        lambda field: Text(field.unit, field.unit),
        unit=MONEY_UNITS[0],
        units=MONEY_UNITS,
    ),
    _kind(
        "percent",
        lambda field: words.PERCENT,
        _comment(words.A_PERCENTAGE),
        schema=_percent_schema,
        written=_percent_written,
        example=lambda field, year: field.example or "95%",
        cell=FormCell("percent", _percent_look, lambda field: None, "95.5%"),
        hundredths=True,
        unit="%",
        units=("%",),
    ),
    _kind("score", lambda field: words.SCORE, _comment(words.POINTS), unit="分", points=True),
    _kind(
        "year",
        lambda field: words.YEAR,
        _comment(words.A_YEAR),
        mended=mended_year,
        example=lambda field, year: str(year) if year is not None and not field.many else field.example or "2020",
        cell=FormCell("number", _whole_look, lambda field: None),
        whole=True,
        limits=_YEARS,
        year=True,
    ),
)
