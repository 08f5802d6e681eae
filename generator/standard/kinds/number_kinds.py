"""Numbers: whole ones, years, amounts, scores, percentages. A number is digits and a point, a percent carries its sign."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from generator.diagnostics import Text
from generator.figures import round_half_up
from generator.formula import Type
from generator.standard.kinds.kind import BadValue, Kind, bound_text, bounded
from generator.standard.kinds.text_kinds import INVISIBLE_CHARACTER
from generator.standard.model import Field

MAX_DIGITS = 18
_WHOLE = frozenset({"integer", "year"})
_NUMBER = re.compile(r"-?[0-9]+(?:\.([0-9]+))?\Z")
_NOTHING = frozenset({"无", "没有", "/", "-", "—", "——", "－", "N/A", "n/a", "NA", "暂无"})


def _reader(field: Field) -> Callable[[str], Decimal]:
    places = 0 if field.kind in _WHOLE else field.places
    percent = field.kind == "percent"
    limited = field.minimum is not None or field.maximum is not None
    match_number = _NUMBER.match
    year = field.kind == "year"

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
        if year and not 1900 <= value <= 2999:
            raise BadValue("value-year", text=text)
        return bounded(field, value) if limited else value

    return convert


def _places_hint(field: Field, digits: str) -> Text:
    if field.kind in _WHOLE:
        return Text("请填整数。", "Give a whole number.")
    rounded = round_half_up(Decimal(digits), field.places)
    sign = "%" if field.kind == "percent" else ""
    return Text(f"四舍五入是 {rounded}{sign}。", f"Rounded it is {rounded}{sign}.")


def _no_percent(field: Field, text: str) -> BadValue:
    if text.endswith("％"):
        return BadValue("value-percent", Text(f"百分号用半角：{text[:-1]}%。", f"Write {text[:-1]}%."), text=text)
    if _NUMBER.match(text):
        hint = Text(f"百分数要带百分号：{text}%。", f"Write the percent sign: {text}%.")
        value = Decimal(text)
        if abs(value) <= 1 and "." in text:
            shown = format((value * 100).normalize(), "f")
            hint = Text(
                f"百分数要带百分号：是 {text}% 还是 {shown}%？", f"Write the percent sign: is it {text}% or {shown}%?"
            )
        return BadValue("value-percent", hint, text=text)
    return _no_number(field, text)


def _no_number(field: Field, text: str) -> BadValue:
    """What is wrong with a text that is no number, with what to write instead."""
    unseen = INVISIBLE_CHARACTER.search(text)
    if unseen:
        shown = INVISIBLE_CHARACTER.sub(lambda odd: f"‹U+{ord(odd[0]):04X}›", text)
        plain = INVISIBLE_CHARACTER.sub("", text)
        hint = Text(
            f"里面有看不见的字符 {_point(unseen[0])}，请删去它：{plain}。",
            f"It holds the invisible character {_point(unseen[0])}; delete it: {plain}.",
        )
        return BadValue("value-not-number", hint, text=shown[:60])
    wide = unicodedata.normalize("NFKC", text).replace("．", ".").replace("。", ".")
    hint = _example(field)
    if text in _NOTHING and field.required:
        zero = "0%" if field.kind == "percent" else "0"
        hint = Text(f"这一项必填：确实没有，就填 {zero}。", f"It is required: where there is none, write {zero}.")
    elif text in _NOTHING:
        hint = Text("没有数就留空，不要填文字。", "Leave it empty where there is no number.")
    elif wide != text and _NUMBER.match(wide.rstrip("%")):
        hint = Text(f"请用半角字符：{wide}。", f"Use ordinary digits: {wide}.")
    elif re.fullmatch(r"-?[0-9]{1,3}([,，][0-9]{3})+(\.[0-9]+)?%?", text):
        plain = text.replace(",", "").replace("，", "")
        hint = Text(f"不要写千位分隔符：{plain}。", f"Leave the separators out: {plain}.")
    elif re.fullmatch(r"-?[0-9]+(\.[0-9]+)?%", text):
        hint = Text("这里不是百分数，去掉百分号。", "This is no percentage: leave the sign out.")
    elif match := re.fullmatch(r"(-?[0-9]+(?:\.[0-9]+)?)\s*(\D{1,6})", text):
        unit = match[2]
        if unit in ("万元", "元") and field.unit in ("万元", "元") and unit != field.unit:
            value = Decimal(match[1])
            value = value * 10000 if unit == "万元" else value / 10000
            shown = format(value.normalize(), "f")
            hint = Text(f"单位是{field.unit}，请换算：{shown}。", f"The unit is {field.unit}: {shown}.")
        else:
            bare = match[1] + ("%" if field.kind == "percent" and unit[0] in "%％" else "")
            what = (
                Text("只填数，不填别的字", "Only the number, no words")
                if bare != match[1]
                else Text("只填数，不填单位", "Only the number, without its unit")
            )
            hint = Text(f"{what.zh}：{bare}。", f"{what.en}: {bare}.") if _serves(field, bare) else hint
    elif re.fullmatch(r"-?[0-9.]+[eE][+-]?[0-9]+", text):
        hint = Text("请写成普通的数，不用科学记数法。", "Write it out, without an exponent.")
    elif re.fullmatch(r"\+[0-9.]+", text):
        hint = Text(f"去掉加号：{text[1:]}。", f"Leave the plus sign out: {text[1:]}.")
    elif re.fullmatch(r"-?\.[0-9]+", text):
        shown = text.replace(".", "0.", 1)
        hint = Text(f"小数点前补 0：{shown}。", f"Write a 0 before the point: {shown}.")
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
        return Text("写四位数，例如 2020。", "Write four digits, such as 2020.")
    if field.kind in _WHOLE:
        return Text("只写整数，例如 12。", "A whole number only, such as 12.")
    if field.kind == "percent":
        return Text(
            "只写数字、小数点和百分号，例如 95.5%。", "Digits, a point and the percent sign only, such as 95.5%."
        )
    return None


def _static(field: Field) -> Type:
    return Type("number", unit=field.unit, places=field.places, form=field.form)


def _schema(field: Field) -> dict[str, Any]:
    whole = field.kind in _WHOLE or not field.places
    places = "" if whole else rf"(\.[0-9]{{1,{field.places}}})?"
    found: dict[str, Any] = {"type": ["integer" if whole else "number", "string", "null"]}
    found["pattern"] = rf"^-?[0-9]+{places}$"
    if field.minimum is not None:
        found["minimum"] = float(bound_text(field, field.minimum))
    if field.maximum is not None:
        found["maximum"] = float(bound_text(field, field.maximum))
    return found


def _percent_schema(field: Field) -> dict[str, Any]:
    places = rf"(\.[0-9]{{1,{field.places}}})?" if field.places else ""
    return {"type": ["string", "null"], "pattern": rf"^-?[0-9]+{places}%$"}


def _kind(name: str, wanted: Callable[[Field], Text], unit: str = "") -> Kind:
    schema = _percent_schema if name == "percent" else _schema
    whole = name in _WHOLE
    return Kind(name, wanted, _static, _reader, schema, lambda field: Decimal, True, whole, unit)


NUMBER_KINDS = (
    _kind("integer", lambda field: Text("整数", "a whole number")),
    _kind("number", lambda field: Text("数", "a number")),
    _kind("money", lambda field: Text(f"金额（{field.unit}）", f"an amount ({field.unit})"), "万元"),
    _kind("percent", lambda field: Text("百分数，例如 95%", "a percentage such as 95%"), "%"),
    _kind("score", lambda field: Text("分数", "a score"), "分"),
    _kind("year", lambda field: Text("年份，例如 2020", "a year such as 2020")),
)
