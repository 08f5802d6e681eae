"""From the text of a data file or a standard to a value of a field, or to what is wrong with it.

Nothing is guessed: a number is digits and a point, a percent carries its sign, a date exists in the calendar.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from generator.diagnostics import Text
from generator.figures import Date, NoDate, NoSuchDate, Paragraphs, read_date, round_half_up
from generator.standard.kinds import KINDS, BadValue
from generator.standard.model import NUMERIC, WHOLE, Field

__all__ = ["BadValue", "check_text", "convert", "converter", "loose", "paragraphs", "single"]

MAX_TEXT = 100_000
MAX_DIGITS = 18
# Characters that take no ink: spaces other than those that are typed, joiners and marks of direction, private use.
INVISIBLE = "\xa0\xad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\ufeff\ue000-\uf8ff\U000f0000-\U0010fffd"
_UNSEEN = re.compile(f"[{INVISIBLE}]")

_NUMBER = re.compile(r"-?[0-9]+(?:\.([0-9]+))?\Z")
_PHONE = re.compile(r"[0-9+()（）*\-—、/；;,，转 xX]{5,60}\Z")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_NOTHING = frozenset({"无", "没有", "/", "-", "—", "——", "－", "N/A", "n/a", "NA", "暂无"})


@lru_cache(maxsize=4096)
def convert(field: Field) -> Callable[[str], Any]:
    """The converter of a field, made once."""
    return converter(field)


@lru_cache(maxsize=4096)
def loose(field: Field) -> Callable[[str], Any]:
    """The converter of stated values: any number of places of a percent, no bounds."""
    places = 8 if field.kind == "percent" else field.places
    return converter(replace(field, places=places, minimum=None, maximum=None))


@lru_cache(maxsize=4096)
def single(field: Field) -> Field:
    """The field of one item of a list."""
    return replace(field, many=False, minimum=None, maximum=None)


def converter(field: Field) -> Callable[[str], Any]:
    """The function that makes a value of one item of the field from its text; it raises `BadValue`."""
    if field.kind in NUMERIC:
        return _number_converter(field)
    if field.kind == "date":
        return lambda text: _bounded(field, _date(text))
    if field.kind == "paragraphs":
        return lambda text: paragraphs(_text(field, text))
    if field.kind == "phone":
        return lambda text: _phone(_text(field, text))
    if field.kind == "choice":
        return lambda text: _choice(field, _text(field, text))
    if field.kind in KINDS:
        return KINDS[field.kind].read
    return lambda text: _text(field, text)


def paragraphs(text: str) -> Paragraphs:
    """The lines of a text that hold something, as paragraphs."""
    return Paragraphs(line.strip() for line in text.split("\n") if line.strip())


def check_text(text: str) -> str:
    """The text without outer white space.

    Raises:
        BadValue: it is too long, or holds characters that no document can carry.
    """
    if len(text) > MAX_TEXT:
        raise BadValue("value-too-long", length=len(text), limit=MAX_TEXT)
    if match := _CONTROL.search(text):
        raise BadValue("value-control-character", character=f"U+{ord(match[0]):04X}", position=match.start() + 1)
    return text.strip()


def _text(field: Field, text: str) -> str:
    stripped = check_text(text)
    if field.maximum is not None and isinstance(field.maximum, Decimal) and len(stripped) > field.maximum:
        raise BadValue("value-text-length", length=len(stripped), limit=field.maximum)
    if field.minimum is not None and isinstance(field.minimum, Decimal) and len(stripped) < field.minimum:
        raise BadValue("value-text-short", length=len(stripped), limit=field.minimum)
    return stripped


def _number_converter(field: Field) -> Callable[[str], Decimal]:
    places = 0 if field.kind in WHOLE else field.places
    percent = field.kind == "percent"
    bounded = field.minimum is not None or field.maximum is not None
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
        return _bounded(field, value) if bounded else value

    return convert


def _places_hint(field: Field, digits: str) -> Text:
    if field.kind in WHOLE:
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
    unseen = _UNSEEN.search(text)
    if unseen:
        shown = _UNSEEN.sub(lambda odd: f"‹U+{ord(odd[0]):04X}›", text)
        plain = _UNSEEN.sub("", text)
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
        converter(field)(text)
    except BadValue:
        return False
    return True


def _example(field: Field) -> Text | None:
    """What a number of the field looks like; None where the catalogue's own example fits."""
    if field.kind == "year":
        return Text("写四位数，例如 2020。", "Write four digits, such as 2020.")
    if field.kind in WHOLE:
        return Text("只写整数，例如 12。", "A whole number only, such as 12.")
    if field.kind == "percent":
        return Text(
            "只写数字、小数点和百分号，例如 95.5%。", "Digits, a point and the percent sign only, such as 95.5%."
        )
    return None


def _bounded(field: Field, value: Any) -> Any:
    percent = field.kind == "percent"

    def shown(bound: Any) -> str:
        if isinstance(bound, Decimal):
            return format((bound * 100 if percent else bound).normalize(), "f") + ("%" if percent else "")
        return str(bound)

    if field.minimum is not None and value < field.minimum:
        raise BadValue("value-below", text=shown(value), limit=shown(field.minimum))
    if field.maximum is not None and value > field.maximum:
        raise BadValue("value-above", text=shown(value), limit=shown(field.maximum))
    return value


def _date(text: str) -> Date:
    try:
        return read_date(text)
    except NoSuchDate:
        raise BadValue("value-no-such-date", text=text.strip()) from None
    except NoDate:
        hint = Text("写成 2020-12-31 或 2020年12月31日。", "Write 2020-12-31 or 2020年12月31日.")
        raise BadValue("value-not-date", hint, text=text.strip()[:40]) from None


def _phone(text: str) -> str:
    if not _PHONE.match(text):
        raise BadValue("value-not-phone", text=text[:40])
    return text


def _choice(field: Field, text: str) -> str:
    if text not in field.choices:
        from generator.standard.standard_faults import meant

        raise BadValue("value-not-choice", meant(text, list(field.choices)), text=text[:40])
    return text
