"""Numbers as lists of Word documents write them, each format to its last character and in digits beyond."""

import pytest

from generator.figures.list_numerals import list_numeral


@pytest.mark.parametrize(
    ("form", "number", "text"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 7, "07"),
        ("decimalZero", 12, "12"),
        ("none", 3, ""),
        ("bullet", 3, ""),
        ("neverHeardOf", 3, "3"),
        ("upperRoman", 0, "0"),
        ("upperRoman", 14, "XIV"),
        ("upperRoman", 1999, "MCMXCIX"),
        ("lowerRoman", 49, "xlix"),
        ("upperLetter", 26, "Z"),
        ("upperLetter", 27, "AA"),
        ("lowerLetter", 28, "bb"),
        ("lowerLetter", 53, "aaa"),
        ("chineseCounting", 12, "十二"),
        ("chineseCounting", 20, "二十"),
        ("chineseCounting", 99, "九十九"),
        ("chineseCounting", 105, "一○五"),
        ("taiwaneseCounting", 100, "一○○"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("japaneseCounting", 21, "二十一"),
        ("ideographDigital", 10, "一〇"),
        ("koreanDigital", 205, "二〇五"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographTraditional", 3, "丙"),
        ("ideographTraditional", 10, "癸"),
        ("ideographTraditional", 11, "11"),
        ("ideographZodiac", 12, "亥"),
        ("ideographZodiac", 13, "13"),
        ("ideographZodiacTraditional", 1, "甲子"),
        ("ideographZodiacTraditional", 60, "癸亥"),
        ("ideographZodiacTraditional", 61, "61"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircle", 21, "21"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("decimalEnclosedFullstop", 20, "⒛"),
        ("decimalEnclosedFullstop", 21, "21"),
        ("ideographEnclosedCircle", 10, "㊉"),
        ("ideographEnclosedCircle", 11, "11"),
        ("decimalFullWidth", 12, "１２"),
        ("numberInDash", 3, "- 3 -"),
        ("hex", 255, "FF"),
        ("ordinal", 1, "1st"),
        ("ordinal", 22, "22nd"),
        ("ordinal", 103, "103rd"),
        ("ordinal", 4, "4th"),
        ("ordinal", 11, "11th"),
        ("ordinal", 112, "112th"),
        ("ordinal", 13, "13th"),
        ("cardinalText", 19, "Nineteen"),
        ("cardinalText", 40, "Forty"),
        ("cardinalText", 99, "Ninety-nine"),
        ("cardinalText", 100, "100"),
        ("ordinalText", 1, "First"),
        ("ordinalText", 8, "Eighth"),
        ("ordinalText", 14, "Fourteenth"),
        ("ordinalText", 20, "Twentieth"),
        ("ordinalText", 21, "Twenty-first"),
        ("ordinalText", 92, "Ninety-second"),
        ("chicago", 4, "§"),
        ("chicago", 5, "**"),
    ],
)
def it_writes_every_number_format(form, number, text):
    assert list_numeral(number, form) == text


@pytest.mark.parametrize(
    ("number", "pattern", "text"),
    [
        (7, "001, 002, 003, ...", "007"),
        (1234, "001, ...", "1234"),
        (3, "1, 2, 3", "3"),
        (3, "010, 020", "3"),
        (3, "", "3"),
    ],
)
def it_counts_what_a_custom_format_pads(number, pattern, text):
    assert list_numeral(number, "custom", pattern) == text
