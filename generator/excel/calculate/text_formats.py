"""TEXT: a value by a number format.

Source: Microsoft, "Number format codes" and "TEXT function". Taken are sections with and without conditions, digits with
literals between them (`0000-00-00`), thousands, percents, dates, times, Chinese weekdays (`aaaa`) and numerals (`[DBNum2]`).
Rounding is half-up on the 15 digits that Excel keeps.
"""

from __future__ import annotations

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from generator.excel.calculate.cell_arrays import Doubtful, lifted, text_of_value
from generator.excel.calculate.comparisons import compare
from generator.excel.calculate.format_codes import CodeSection, Token, read_format
from generator.excel.calculate.text_numbers import number_in_text
from generator.kept.name_sets import listed

_WEEKDAYS = "一二三四五六日"
_NUMERALS = {"1": ("〇一二三四五六七八九", "十百千"), "2": ("零壹贰叁肆伍陆柒捌玖", "拾佰仟")}
_EPOCH = datetime.date(1899, 12, 30)
_LAST_DAY = 2958465


@lifted
def text_by_format(value: Any, form: Any) -> str:
    """TEXT.

    Args:
        value: a number, text or truth value; arrays give an array.
        form: the number format.

    Raises:
        Doubtful: the format is not taken, or countries print it differently.
    """
    form = text_of_value(form)
    if not form:
        return value if isinstance(value, str) else ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    sections = read_format(form)
    if isinstance(value, str):
        number = number_in_text(value)
        if number is None:
            return _of_text(value, sections)
        if sections[-1].has("text") and text_of_value(number) != value:
            raise Doubtful("a text that is a number, printed as a text")
        value = number
    return _of_number(float(value or 0.0), sections)


def _of_text(value: str, sections: tuple[CodeSection, ...]) -> str:
    last = sections[-1]
    if len(sections) == 4 or last.has("text"):
        return "".join(value if kind == "text" else content for kind, content in last.tokens)
    return value


def _of_number(number: float, sections: tuple[CodeSection, ...]) -> str:
    if sections[-1].has("text"):
        if len(sections) == 1:
            only = sections[0]
            return "".join(text_of_value(number) if kind == "text" else content for kind, content in only.tokens)
        sections = sections[:-1]
    section, signed = _section_for(number, sections)
    if section is None:
        raise Doubtful("no section for the number")
    return _printed(number if signed else abs(number), section)


def _section_for(number: float, sections: tuple[CodeSection, ...]) -> tuple[CodeSection | None, bool]:
    """The section that prints a number, and whether it prints the sign."""
    if any(section.condition for section in sections):
        for section in sections:
            if section.condition is None:
                return section, number < 0
            if compare(number, *section.condition):
                if number < 0:
                    raise Doubtful("a sign under a condition")
                return section, False
        return None, False
    count = len(sections)
    if count == 1:
        return sections[0], True
    if number < 0:
        shown = _printed(-number, sections[1]) if not sections[1].has("date", "elapsed") else ""
        if count > 2 and sections[1].has("digit") and not re.search(r"[1-9]", shown):
            raise Doubtful("it rounds to zero")
        return sections[1], False
    if number == 0 and count > 2:
        return sections[2], False
    return sections[0], True


def _printed(number: float, section: CodeSection) -> str:
    if section.has("date", "elapsed", "ampm"):
        return _date(number, section)
    if section.has("exponent"):
        return _scientific(number, section)
    if section.has("general") or (section.numerals and not section.has("digit", "literal")):
        return _general(number, section)
    return _digits(number, section)


def _general(number: float, section: CodeSection) -> str:
    text = text_of_value(number)
    if section.numerals:
        text = chinese_digits(text, section.numerals)
    if not section.has("general"):
        return text
    return "".join(text if kind == "general" else content for kind, content in section.tokens)


def chinese_digits(text: str, kind: str) -> str:
    """A printed number in Chinese numerals with their places (`1234.5` → 壹仟贰佰叁拾肆.伍).

    Args:
        text: digits, perhaps with sign and point.
        kind: "1" for the plain numerals, "2" for those of amounts.

    Raises:
        Doubtful: a zero in plain numerals, which versions write differently, or a number of 10^12 or more.
    """
    digits, units = _NUMERALS[kind]
    sign, whole = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, _, fraction = whole.partition(".")
    if len(whole) > 12 or sign:
        raise Doubtful("signs and large numbers are written differently")
    groups = [whole.zfill(12)[at : at + 4] for at in (0, 4, 8)]
    out, zeros = "", False
    for group, unit in zip(groups, ("亿", "万", ""), strict=True):
        for place, digit in zip((3, 2, 1, 0), group, strict=True):
            if digit == "0":
                zeros = bool(out)
                continue
            out += (digits[0] if zeros else "") + digits[int(digit)] + (units[place - 1] if place else "")
            zeros = False
        if int(group):
            out += unit
    out = out or digits[0]
    if fraction:
        out += "." + "".join(digits[int(digit)] for digit in fraction)
    if kind == "1" and digits[0] in out:
        raise Doubtful("zeros are written differently")
    return out


def _digits(number: float, section: CodeSection) -> str:
    tokens = list(section.tokens)
    if not section.has("digit", "point", "comma", "percent"):
        return ("-" if number < 0 else "") + "".join(content for _, content in tokens)
    if ("literal", "/") in tokens:
        raise Doubtful("a fraction")
    points = [index for index, (kind, _) in enumerate(tokens) if kind == "point"]
    if len(points) > 1:
        raise Doubtful("two points")
    end = points[0] if points else len(tokens)
    before, after = tokens[:end], tokens[end + 1 :]
    scaled = Decimal(f"{number:.15g}") * 100 ** sum(kind == "percent" for kind, _ in tokens)
    scaled, grouped, before = _commas(scaled, before)
    after_digits = [content for kind, content in after if kind == "digit"]
    if any(kind == "comma" for kind, _ in after):
        trailing = len(after) - len([1 for kind, _ in after if kind != "comma"])
        if after[len(after_digits) : len(after_digits) + trailing] != [("comma", ",")] * trailing:
            raise Doubtful("a comma among decimals")
        scaled /= 1000**trailing
        after = [token for token in after if token[0] != "comma"]
    rounded = abs(scaled).quantize(Decimal(1).scaleb(-len(after_digits)), ROUND_HALF_UP)
    whole, _, fraction = f"{rounded:f}".partition(".")
    printed = _whole(before, whole.lstrip("0"), grouped)
    if points:
        printed += "." + _fraction(after, fraction)
    else:
        printed += "".join("%" if kind == "percent" else content for kind, content in after)
    if section.numerals:
        if section.numerals == "1" and "0" in printed:
            raise Doubtful("zeros are written differently")
        digits = _NUMERALS[section.numerals][0]
        printed = "".join(digits[int(letter)] if letter in "0123456789" else letter for letter in printed)
    negative = number < 0 and (rounded or not section.has("digit"))
    return ("-" if negative else "") + printed


def _commas(scaled: Decimal, before: list[Token]) -> tuple[Decimal, bool, list[Token]]:
    """Commas between digits group them, those after the last digit divide by a thousand."""
    digits = [index for index, (kind, _) in enumerate(before) if kind == "digit"]
    commas = [index for index, (kind, _) in enumerate(before) if kind == "comma"]
    last = digits[-1] if digits else -1
    if any(not digits or index < digits[0] for index in commas):
        raise Doubtful("a comma before the digits")
    dividing = [index for index in commas if index > last]
    grouped = len(dividing) < len(commas)
    if dividing and dividing != list(range(last + 1, last + 1 + len(dividing))):
        raise Doubtful("a comma after other text")
    return scaled / 1000 ** len(dividing), grouped, [token for token in before if token[0] != "comma"]


def _whole(before: list[Token], whole: str, grouped: bool) -> str:
    places = [index for index, (kind, _) in enumerate(before) if kind == "digit"]
    out: list[str] = []
    left = whole
    count = 0

    def put(digit: str) -> None:
        nonlocal count
        if grouped and count and count % 3 == 0 and digit != " ":
            out.append(",")
        out.append(digit)
        count += 1

    for index in range(len(before) - 1, -1, -1):
        kind, content = before[index]
        if kind != "digit":
            out.append("%" if kind == "percent" else content)
            continue
        if left:
            put(left[-1])
            left = left[:-1]
        elif content != "#":
            put("0" if content == "0" else " ")
        if index == places[0]:
            while left:
                put(left[-1])
                left = left[:-1]
    if left and not places:
        raise Doubtful("digits without a place")
    return "".join(reversed(out))


def _fraction(after: list[Token], fraction: str) -> str:
    kept = [content for kind, content in after if kind == "digit"]
    length = len(fraction)
    while length and fraction[length - 1] == "0" and kept[length - 1] != "0":
        length -= 1
    out, index = "", 0
    for kind, content in after:
        if kind != "digit":
            out += "%" if kind == "percent" else content
            continue
        out += fraction[index] if index < length else " " if content == "?" else ""
        index += 1
    return out


def _scientific(number: float, section: CodeSection) -> str:
    text = "".join("E" + content[1] if kind == "exponent" else content for kind, content in section.tokens)
    match = re.fullmatch(r"0(?:\.(0+))?E\+(0+)", text)
    if match is None:
        raise Doubtful("a scientific format that is not read")
    value = Decimal(f"{number:.15g}")
    exponent = value.adjusted() if value else 0
    places = len(match[1] or "")
    mantissa = value.scaleb(-exponent).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if abs(mantissa) >= 10:
        exponent, mantissa = exponent + 1, (mantissa / 10).quantize(Decimal(1).scaleb(-places))
    return f"{mantissa:f}E{'-' if exponent < 0 else '+'}{abs(exponent):0{len(match[2])}d}"


def _date(number: float, section: CodeSection) -> str:
    if section.numerals or section.has("digit", "percent", "point", "general"):
        raise Doubtful("a date format that is not read")
    if (
        not 61 <= number <= _LAST_DAY
        and section.has("date")
        and any(c[0] in "ymdae" for k, c in section.tokens if k == "date")
    ) and not _only_times(section):
        raise Doubtful("days before March 1900 count differently")
    if number < 0:
        raise Doubtful("a time below zero")
    seconds = Decimal(repr(number)) * 86400
    whole = int(seconds.quantize(Decimal(1), ROUND_HALF_UP)) if section.has("date", "elapsed") else 0
    shows_seconds = any(content[0] == "s" for kind, content in section.tokens if kind in ("date", "elapsed"))
    if not shows_seconds:  # minutes are cut off, seconds are rounded
        whole = int(seconds + Decimal("0.0005"))
    day = _EPOCH + datetime.timedelta(days=whole // 86400)
    return "".join(
        _date_token(kind, content, day, whole, section, index) for index, (kind, content) in enumerate(section.tokens)
    )


def _only_times(section: CodeSection) -> bool:
    return all(
        content[0] in "hs" or (content[0] == "m" and _is_minutes(section, index))
        for index, (kind, content) in enumerate(section.tokens)
        if kind in ("date", "elapsed")
    )


def _is_minutes(section: CodeSection, index: int) -> bool:
    """An m after hours or before seconds means minutes."""
    times = [(at, content) for at, (kind, content) in enumerate(section.tokens) if kind in ("date", "elapsed")]
    place = [at for at, _ in times].index(index)
    before = times[place - 1][1][0] if place else ""
    after = times[place + 1][1][0] if place + 1 < len(times) else ""
    return before == "h" or after == "s"


def _date_token(kind: str, content: str, day: datetime.date, seconds: int, section: CodeSection, index: int) -> str:
    if kind == "elapsed":
        unit = {"h": 3600, "m": 60, "s": 1}[content[0]]
        return f"{seconds // unit:0{len(content)}d}"
    if kind == "literal":
        return content
    if kind != "date":
        raise Doubtful("a date format that is not read")
    count, inside = len(content), seconds % 86400
    letter = content[0]
    if letter == "y":
        return f"{day.year % 100:02d}" if count <= 2 else f"{day.year:04d}"
    if letter == "e":
        return str(day.year)
    if letter == "a":
        return ("星期" if count == 4 else "") + _WEEKDAYS[day.weekday()]
    if letter == "d" or (letter == "m" and not _is_minutes(section, index)):
        number = day.day if letter == "d" else day.month
        if count > 2:
            return _english(letter, count, day)
    else:
        number = {"h": inside // 3600, "m": inside // 60 % 60, "s": inside % 60}[letter]
    return f"{number:0{min(count, 2)}d}"


_MONTHS = listed("January February March April May June July August September October November December")
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def _english(letter: str, count: int, day: datetime.date) -> str:
    if letter == "m" and count == 5:
        return _MONTHS[day.month - 1][0]
    name = _DAYS[day.weekday()] if letter == "d" else _MONTHS[day.month - 1]
    return name[:3] if count == 3 else name
