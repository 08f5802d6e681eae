"""Numbers in Chinese characters: capital amounts of money, numerals, and the numbering of headings and items."""

from __future__ import annotations

from functools import lru_cache

from generator.figures.figure import Blank, Figure, read_number, round_half_up

_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_NUMERALS = "零一二三四五六七八九"
_CIRCLED = ((20, 0x2460), (35, 0x3251 - 20), (50, 0x32B1 - 35))  # ① to ⑳, ㉑ to ㉟, ㊱ to ㊿
FORMS = {"一、": ("", True, "、"), "（一）": ("（", True, "）"), "1.": ("", False, "."), "（1）": ("（", False, "）")}


def capital(value: object) -> str:
    """An amount in capital characters (大写金额): a Figure of 万元 counts as such, every other number is 元.

    After the rules of the People's Bank of China for notes (《支付结算办法》附件《正确填写票据和结算凭证的基本规定》): 整 after
    元 or 角, one 零 for a run of inner zeros. Rounded half-up to 分.

    Raises:
        TypeError: it is no amount of money.
        ValueError: it is 10^16 元 or more.
    """
    if isinstance(value, Blank):
        return str(value)
    if isinstance(value, Figure) and value.unit not in ("元", "万元", ""):
        raise TypeError(f"not an amount of money: {value}")
    number = value.value.scaleb(4) if isinstance(value, Figure) and value.unit == "万元" else read_number(value)
    cents = int(round_half_up(abs(number), 2) * 100)
    if cents >= 10**18:
        raise ValueError(f"too large an amount: {value!r}")
    whole, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    text = _groups(whole, _CAPITALS, ("拾", "佰", "仟")) + "元" if whole else ""
    if jiao:
        text += _CAPITALS[jiao] + "角"
    elif fen and whole:
        text += "零"
    text += _CAPITALS[fen] + "分" if fen else "整" if text else "零元整"
    return ("负" if number < 0 and cents else "") + text


def chinese_number(value: object) -> str:
    """A whole number in Chinese numerals (十二), as headings are numbered.

    Raises:
        TypeError: it is no number.
        ValueError: it is not whole, or 10^16 or more.
    """
    if isinstance(value, Blank):
        return str(value)
    number = value if type(value) is int else read_number(value)
    if number != int(number) or abs(number) >= 10**16:
        raise ValueError(f"not a whole number: {value!r}")
    whole = abs(int(number))
    text = _groups(whole, _NUMERALS, ("十", "百", "千")) if whole else "零"
    if text.startswith("一十"):
        text = text[1:]
    return ("负" if number < 0 else "") + text


def capital_number(number: int) -> str:
    """A whole number from 1 in capital characters (壹拾贰)."""
    return _groups(number, _CAPITALS, ("拾", "佰", "仟"))


@lru_cache(maxsize=1024)  # what numbers headings and items
def _groups(number: int, digits: str, units: tuple[str, str, str]) -> str:
    """A positive number below 10^16 in groups of four digits with 万 and 亿."""
    out = ""
    pending = False  # zeros since the last digit
    groups = [number // 10_000**power % 10_000 for power in (3, 2, 1, 0)]
    for power, group in zip((3, 2, 1, 0), groups, strict=True):
        for place in (3, 2, 1, 0):
            digit = group // 10**place % 10
            if not digit:
                pending = True
                continue
            if pending and out:
                out += digits[0]
            pending = False
            out += digits[digit] + (units[place - 1] if place else "")
        if group:
            out += ("", "万", "亿", "万")[power]
        if power == 2 and out and not out.endswith("亿") and (groups[0] or groups[1]):
            out += "亿"  # 一万亿: the group of 亿 itself is empty
    return out


def numbered(value: object, form: str = "一、") -> str:
    """A number as headings and items of official documents are numbered (GB/T 9704-2012, 7.3.3).

    Args:
        value: a whole number from 1.
        form: `一、`, `（一）`, `1.`, `（1）`, or `①` (to ㊿, the last that Unicode has).

    Raises:
        ValueError: there is no such form, or the form has no such number.
    """
    if isinstance(value, Blank):
        return str(value)
    number = read_number(value)
    if number != int(number) or number < 1:
        raise ValueError(f"not a whole number from 1: {value!r}")
    whole = int(number)
    if form == "①":
        for last, first in _CIRCLED:
            if whole <= last:
                return chr(first + whole - 1)
        raise ValueError(f"no circled number {whole}")
    if form not in FORMS:
        raise ValueError(f"no such numbering: {form!r}")
    before, chinese, behind = FORMS[form]
    return before + (chinese_number(whole) if chinese else str(whole)) + behind


_VALUES = {numeral: index for index, numeral in enumerate("零一二三四五六七八九十")} | {"两": 2}


def counted(text: str) -> int | None:
    """A number below a hundred in digits or numerals; None where it is several (三四)."""
    if text.isdigit():
        return int(text)
    if len(text) == 1:
        return _VALUES[text]
    tens, mark, ones = text.partition("十")
    if not mark or len(tens) > 1 or len(ones) > 1:
        return None
    return _VALUES.get(tens, 1) * 10 + _VALUES.get(ones, 0)
