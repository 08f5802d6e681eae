"""What a filler probably meant by what is no number, no date and no choice: proposals for hints, never values."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from generator.diagnostics import Text
from generator.diagnostics.wording import value_words as words
from generator.figures import NoDate, NoSuchDate, read_date
from generator.kept.lazy_patterns import lazy
from generator.kept.light_tuples import NamedTuple
from generator.kept.name_sets import listed

_QUOTES = ("“”", "‘’", "「」", "【】", "''", '""')
_NUMBER = lazy(r"-?[0-9]+(?:\.[0-9]+)?%?\Z")
_BRACKETED = lazy(r"[(（]\s*([0-9]+(?:\.[0-9]+)?%?)\s*[)）]\Z")
_LESS = lazy(r"(?:减少|减|下降|负|▲|△|－|–|—|−)\s*([0-9]+(?:\.[0-9]+)?%?)\Z")
_LETTERS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "Ｏ": "0", "〇": "0"})
_BEFORE = lazy(
    r"(?:[=＝￥¥$≥≤><＞＜±]|RMB|约|近|超过|超|不少于|不低于|不超过|共|合计|人民币|增加|增长|上升|提高|增)\s*(-?[0-9]+(?:\.[0-9]+)?%?)(?:万?元)?\Z"
)
_COMPARED = lazy(r"(?:[<>＜＞]=?|[≤≥≦≧⩽⩾=＝])\s*([0-9]+(?:\.[0-9]+)?%?)\s*[^\W\d]{0,3}\Z")
_ABOUT = lazy(
    r"(-?[0-9]+(?:\.[0-9]+)?%?)\s*(?:万|个|元)*(?:余|多|以上|以下|以内|左右|上下|几)(?:万?元|[个家人名次件])?\Z"
)
_RANGE = lazy(
    r"([0-9]+(?:\.[0-9]+)?%?)(?:\s*+(?:[-—–~～至到/；;]|或)\s*+|[^\S\n]*+\n\s*+)([0-9]+(?:\.[0-9]+)?%?)(?:万?元|[个家人名次件])?\Z"
)
_SUM = lazy(r"=?\s*([0-9]+(?:\.[0-9]+)?)((?:\s*[+＋-]\s*[0-9]+(?:\.[0-9]+)?)+)\Z")
_PENDING = lazy(
    r"待[定填补核]?.{0,4}|未定|同上|同左|见附[件表]|见.{1,8}|略|不详|未知|[?？]+|[xX×]+|[*＊]+|…+|\.{3,}|_+|TODO|TBD|满分|全部"
)
_PER_CENT = lazy(
    r"(?:百分之\s*(?P<a>[0-9.]+|[零〇一二三四五六七八九十点百]+)|(?P<b>[0-9.]+)\s*(?:个百分点|percent|pct|%%))\Z"
)
_PER_MILLE = lazy(r"([0-9]+(?:\.[0-9]+)?)\s*‰\Z")
_MIXED = lazy(r"(?:(?P<yi>[0-9.]+)亿)?(?:(?P<wan>[0-9.]+)万)?(?:(?P<qian>[0-9.]+)千)?(?:(?P<yuan>[0-9.]+))?元?\Z")
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟零圆", "一二三四五六七八九十百千零元")
_NUMERALS = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SERIALS = range(36_526, 73_051)  # 2000 to 2099 in days since 1899-12-30, as spreadsheets count
_DATE = lazy(r"([0-9]{4})\s*[./年\-–—、·]\s*([0-9]{1,2})\s*[./月\-–—、·]\s*([0-9]{1,2})\s*[日号]?\Z")
_CLOSE_DATE = lazy(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})\Z")
_TIME = lazy(r"(?:T|(?<!\s)\s++)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\.0+)?\Z")
_SHORT_YEAR = lazy(r"(2[0-9])[./-]([0-9]{1,2})[./-]([0-9]{1,2})\Z")
_YEAR_LAST = lazy(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]((?:19|20)[0-9]{2})\Z")
_MONTH = lazy(r"([0-9]{4})\s*[./年-]\s*([0-9]{1,2})\s*月?\Z")
_MEANT = {
    "是": ("是的", "对", "有", "真", "y", "yes", "true", "1", "√", "✓"),
    "否": ("不是", "没有", "无", "假", "n", "no", "false", "0", "×", "✗", "x"),
    "≥": ("大于等于", "大于或等于", "不低于", "不少于", "不小于", "至少", "以上", ">=", "=>", "≧", ">", "大于"),
    "≤": listed("小于等于 小于或等于 不高于 不超过 不多于 不大于 至多 以内 <= =< ≦ < 小于"),
    "=": ("等于", "＝", "=="),
}


class Meant(NamedTuple):
    """A text that would be taken, and the hint that proposes it."""

    text: str
    hint: Text


def without_quotes(text: str) -> str | None:
    """What stands in quotes or brackets that a filler put around a value; None where it stands in none."""
    text = text.strip()
    for pair in _QUOTES:
        if len(text) > 2 and text[0] == pair[0] and text[-1] == pair[1]:
            return text[1:-1].strip()
    return None


def number_meant(text: str, serves: Callable[[str], bool]) -> Text | None:
    """What to write instead of a text that is no number.

    Args:
        text: as it is typed.
        serves: whether a text would be taken.
    """
    inner = without_quotes(text)
    if inner is not None and serves(inner):
        return words.NO_QUOTES.filled(text=inner)
    if found := _BRACKETED.match(text):
        if serves(f"-{found[1]}"):
            return words.BRACKETS_ARE_NEGATIVE.filled(text=f"-{found[1]}")
        return words.BRACKETS_NOT_NEGATIVE.filled(text=found[1]) if serves(found[1]) else None
    if (found := _LESS.match(text)) and serves(f"-{found[1]}"):
        return words.LESS_IS_NEGATIVE.filled(text=f"-{found[1]}")
    if meant := _in_words(text, serves):
        return meant
    for propose in (_bare, _closed_up, _letters, _point, _arabic):
        if (meant := propose(text)) is not None and _NUMBER.match(meant.text) and serves(meant.text):
            return meant.hint
    return None


def _in_words(text: str, serves: Callable[[str], bool]) -> Text | None:
    """What to write instead of two numbers, a sum, an about, a part of a hundred in words, or nothing yet."""
    if found := _RANGE.match(text):
        return words.ONE_OF_TWO.filled(one=found[1], other=found[2]) if serves(found[1]) and serves(found[2]) else None
    if found := _SUM.match(text):
        parts = re.findall(r"[+-]?[0-9]+(?:\.[0-9]+)?", re.sub(r"\s", "", found[1] + found[2]).replace("＋", "+"))
        total = format(sum(map(Decimal, parts)), "f")
        return words.WORKED_OUT.filled(text=total) if serves(total) else None
    if (found := _COMPARED.match(text)) and serves(found[1]):
        return words.NO_SIGN.filled(bare=found[1])
    if (found := _ABOUT.match(text)) and serves(found[1]):
        return words.NO_WORDS.filled(bare=found[1])
    if found := _PER_CENT.match(text):
        number = found["b"] or found["a"]
        value = number if number[0].isdigit() else _arabic_text(number)
        return words.PER_CENT.filled(text=f"{value}%") if value and serves(f"{value}%") else None
    if found := _PER_MILLE.match(text):
        value = format((Decimal(found[1]) / 10).normalize(), "f")
        return words.PER_CENT.filled(text=f"{value}%") if serves(f"{value}%") else None
    if text == "持平" and serves("0%"):
        return words.PER_CENT.filled(text="0%")
    return words.PENDING if _PENDING.fullmatch(text) else None


def amount_meant(text: str, unit: str) -> str | None:
    """An amount of 万元 or 元 that is spelled with 亿, 万 and 千, or in the numerals of cheques, in the unit of its field.

    Args:
        text: as it is typed.
        unit: `万元` or `元`.
    """
    plain = text.translate(_CAPITALS).removesuffix("整")
    if plain != text or re.match(r"[一二三四五六七八九十百千万零]+元\Z", plain):
        value = _counted(plain.removesuffix("元"))
        total = Decimal(value) if value is not None else None
    else:
        found = _MIXED.match(text)
        if found is None or not (found["yi"] or (found["wan"] and (found["qian"] or found["yuan"]))):
            return None
        try:
            scales = {"yi": 100_000_000, "wan": 10_000, "qian": 1000, "yuan": 1}
            total = sum((Decimal(found[name]) * scale for name, scale in scales.items() if found[name]), Decimal(0))
        except InvalidOperation:
            return None
    if total is None or unit not in ("万元", "元"):
        return None
    return format((total / 10_000 if unit == "万元" else total).normalize(), "f")


def _arabic_text(text: str) -> str:
    meant = _arabic(text)
    return meant.text if meant is not None else ""


def _bare(text: str) -> Meant | None:
    found = _BEFORE.match(text)
    plain = found[1] if found else text[:-1] if re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?[.。,，;；、]", text) else ""
    return Meant(plain, words.ONLY_NUMBER.filled(text=plain)) if plain else None


def _closed_up(text: str) -> Meant | None:
    plain = re.sub(r"\s", "", text)
    return Meant(plain, words.NO_SPACES.filled(text=plain)) if plain != text else None


def _letters(text: str) -> Meant | None:
    plain = text.translate(_LETTERS)
    odd = next((letter for letter, digit in zip(text, plain, strict=True) if letter != digit), "")
    return Meant(plain, words.LETTER_FOR_DIGIT.filled(letter=odd, text=plain)) if odd else None


def _point(text: str) -> Meant | None:
    found = re.fullmatch(r"(-?[0-9]+)[,，、:：·]([0-9]{1,2})", text)
    plain = f"{found[1]}.{found[2]}" if found else ""
    return Meant(plain, words.POINT_MEANT.filled(text=plain)) if plain else None


def _arabic(text: str) -> Meant | None:
    whole, _, places = re.sub("[年人名个家户分元次项件]\\Z", "", text).partition("点")
    value = _counted(whole)
    if value is None or any(numeral not in _NUMERALS for numeral in places):
        return None
    digits = "".join(str(_NUMERALS[numeral]) for numeral in places)
    plain = f"{value}.{digits}" if digits else str(value)
    return Meant(plain, words.ARABIC.filled(text=plain))


def _counted(text: str) -> int | None:
    """A whole number below 100 million in Chinese numerals; None where it is none."""
    if not text or any(numeral not in _NUMERALS and numeral not in "十百千万" for numeral in text):
        return None
    if all(numeral in _NUMERALS for numeral in text):
        return int("".join(str(_NUMERALS[numeral]) for numeral in text))
    total = section = digit = 0
    for numeral in text:
        if numeral in _NUMERALS:
            digit = _NUMERALS[numeral]
        elif numeral == "万":
            total, section, digit = (section + digit) * 10_000, 0, 0
        else:
            section += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[numeral]
            digit = 0
    return total + section + digit


def date_meant(text: str) -> Text | None:
    """What to write instead of a text that is no date."""
    text = unicodedata.normalize("NFKC", without_quotes(text) or text).strip()
    numerals = "".join(_NUMERALS) + "十"
    text = re.sub(f"[{numerals}]+", lambda found: str(_counted(found[0])), text)
    text = _TIME.sub("", text)
    if found := _DATE.match(text) or _CLOSE_DATE.match(text) or _SHORT_YEAR.match(text):
        written = "-".join((found[1] if len(found[1]) == 4 else f"20{found[1]}", found[2].zfill(2), found[3].zfill(2)))
        return words.DATE_WRITTEN.filled(text=written) if _is_day(written) else None
    if found := _YEAR_LAST.match(text):
        one, other = found[1].zfill(2), found[2].zfill(2)
        days = [day for day in (f"{found[3]}-{one}-{other}", f"{found[3]}-{other}-{one}") if _is_day(day)]
        if len({*days}) == 2:
            return words.ONE_OF_DAYS.filled(one=days[0], other=days[1])
        return words.DATE_WRITTEN.filled(text=days[0]) if days else None
    if len(text) < 6 and text.isdecimal() and int(text) in _SERIALS:
        day = date(1899, 12, 30) + timedelta(days=int(text))
        return words.DATE_SERIAL.filled(text=day.isoformat())
    if (found := _MONTH.match(text)) and 1 <= int(found[2]) <= 12:
        return words.DAY_LACKING.filled(text=f"{found[1]}-{found[2].zfill(2)}-15")
    if re.fullmatch(r"[0-9]{1,2}[月./-][0-9]{1,2}[日号]?", text):
        return words.YEAR_LACKING
    return None


def _is_day(text: str) -> bool:
    try:
        read_date(text)
    except (NoDate, NoSuchDate):
        return False
    return True


def choice_meant(text: str, choices: tuple[str, ...]) -> str | None:
    """The choice that a text says in other words."""
    plain = unicodedata.normalize("NFKC", without_quotes(text) or text).strip().lower()
    for choice in choices:
        if plain == choice or plain in _MEANT.get(choice, ()):
            return choice
    return None
