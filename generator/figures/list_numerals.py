"""A number as a list of a Word document writes it: every number format of ECMA-376 part 1, 17.18.59, that people here use."""

from __future__ import annotations

import re

from generator.figures.numerals import capital_number, chinese_number, numbered
from generator.kept.name_sets import listed, pairs

_DIGITS = "〇一二三四五六七八九"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_SIGNS = ("*", "†", "‡", "§")
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_ONES = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = ["_", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = pairs("one=first two=second three=third five=fifth eight=eighth nine=ninth twelve=twelfth")
_COUNTED = frozenset(
    (
        "chineseCountingThousand",
        "taiwaneseCountingThousand",
        "japaneseCounting",
        "koreanCounting",
        "japaneseDigitalTenThousand",
    )
)
_DIGIT_BY_DIGIT = frozenset(("ideographDigital", "taiwaneseDigital", "koreanDigital", "koreanDigital2"))
_CAPITALS = frozenset(("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"))
# format -> the character of 1, and up to which number there is one
_ENCLOSED = {
    "decimalEnclosedCircle": (0x2460, 20),
    "decimalEnclosedCircleChinese": (0x2460, 20),
    "decimalEnclosedFullstop": (0x2488, 20),
    "decimalEnclosedParen": (0x2474, 20),
    "ideographEnclosedCircle": (0x3280, 10),
}


def list_numeral(number: int, form: str, custom: str = "") -> str:
    """A number in a number format (`w:numFmt`); one that the format has no character for, or an unknown format, in digits.

    Args:
        number: the number.
        form: the format's name, as `chineseCounting`.
        custom: of the format `custom`, its pattern: `001, 002, 003, ...`.
    """
    if form in ("none", "bullet"):
        return ""
    if form == "custom" and (zeros := re.match(r"0*1(?!\d)", custom)):
        return str(number).zfill(len(zeros[0]))
    if number > 0 and (found := _positive(number, form)):
        return found
    return f"{number:02}" if form == "decimalZero" else str(number)


def _positive(number: int, form: str) -> str | None:
    if form in ("upperRoman", "lowerRoman"):
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    if form in ("upperLetter", "lowerLetter"):
        letters = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if form == "upperLetter" else letters.lower()
    if form in ("chineseCounting", "taiwaneseCounting"):
        return chinese_number(number) if number < 100 else _by_digit(number, "○")
    if form in _COUNTED:
        return chinese_number(number)
    if form in _DIGIT_BY_DIGIT:
        return _by_digit(number, "〇")
    if form in _CAPITALS:
        return capital_number(number)
    if form in _ENCLOSED and number <= _ENCLOSED[form][1]:
        if form.startswith("decimalEnclosedCircle"):
            return numbered(number, "①")
        return chr(_ENCLOSED[form][0] + number - 1)
    return _rare(number, form)


def _rare(number: int, form: str) -> str | None:
    if form == "ideographTraditional" and number <= 10:
        return _STEMS[number - 1]
    if form == "ideographZodiac" and number <= 12:
        return _BRANCHES[number - 1]
    if form == "ideographZodiacTraditional" and number <= 60:
        return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12]
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return "".join(chr(ord("０") + int(digit)) for digit in str(number))
    if form == "numberInDash":
        return f"- {number} -"
    if form == "hex":
        return f"{number:X}"
    if form == "chicago":
        return _SIGNS[(number - 1) % 4] * ((number - 1) // 4 + 1)
    if form == "ordinal":
        last = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{last}"
    if form in ("cardinalText", "ordinalText") and number < 100:
        return _in_words(number, form == "ordinalText")
    return None


def _by_digit(number: int, zero: str) -> str:
    return "".join(zero if digit == "0" else _DIGITS[int(digit)] for digit in str(number))


def _roman(number: int) -> str:
    text = ""
    for size, letters in _ROMAN:
        text += letters * (number // size)
        number %= size
    return text


def _in_words(number: int, ordinal: bool) -> str:
    words = [_ONES[number]] if number < 20 else [_TENS[number // 10], *([_ONES[number % 10]] if number % 10 else [])]
    if ordinal:
        last = words[-1]
        words[-1] = _ORDINALS.get(last) or (last[:-1] + "ieth" if last.endswith("y") else last + "th")
    return "-".join(words).capitalize()
