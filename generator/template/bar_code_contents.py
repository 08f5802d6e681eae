"""What a bar code may hold: lengths, characters and check digits, so that a code that scans holds the number that was meant.

Check digits by the GS1 General Specifications §7.9, ISBN and ISSN by ISO 2108 and ISO 3297; GS1-128 by the same §5.4 and §7.8:
application identifiers stand in brackets, what has no fixed length ends with FNC1.
"""

from __future__ import annotations

import re

from generator.diagnostics import Text
from generator.diagnostics.wording import template_reasons as words
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass
from generator.kept.name_sets import pairs

KINDS = ("code128", "code39", "ean13", "ean8", "gs1_128", "isbn", "isbn10", "isbn13", "issn", "itf", "upca", "codabar")
_OTHER_NAMES = pairs("ean=ean13 jan=ean13 upc=upca gs1=gs1_128 gs1-128=gs1_128 nw-7=codabar")
_LENGTHS = {"ean13": 13, "ean8": 8, "upca": 12, "isbn13": 13}
_CODE39 = lazy(r"[0-9A-Z .$/+%\-]+")
_CODABAR = lazy(r"[A-D][0-9\-$:/.+]+[A-D]")
_IDENTIFIED = lazy(r"\((\d{2,4})\)([^()]+)")
_GS1 = lazy(r"""[0-9A-Za-z!"%&'()*+,\-./:;<=>?_]+""")
_FIXED = {"00": 18, "01": 14, "02": 14, "03": 14, "04": 16, "20": 2, "41": 13} | {f"1{n}": 6 for n in range(1, 10)}
_FIXED_LONG = {f"3{n}": 6 for n in range(1, 7)}  # of four digits: weights and measures
_CHECKED = ("00", "01", "02", "03")
_FNC1 = "\xf1"


class CodeImpossible(ValueError):
    """A content that a kind of code cannot hold; `why` says why."""

    def __init__(self, why: Text) -> None:
        self.why = why
        super().__init__(why.en)


@dataclass(frozen=True, slots=True)
class BarCode:
    """A bar code to draw.

    Args:
        kind: by the name of the drawing library.
        content: what it holds.
        caption: what stands below it; "" for what the library writes.
    """

    kind: str
    content: str
    caption: str = ""


def known_kind(kind: str) -> str:
    """A kind by its own name; "" for one that there is not."""
    own = _OTHER_NAMES.get(kind.lower(), kind.lower())
    return own if own in KINDS else ""


def checked_content(text: str, kind: str) -> BarCode:
    """A content, fit for a kind of `KINDS`.

    Raises:
        CodeImpossible: it is not.
    """
    if kind == "gs1_128":
        return _gs1(text)
    if kind == "code128":
        return BarCode(kind, _within(text, re.compile(r"[\x00-\x7f]+"), words.ASCII_ONLY))
    if kind == "code39":
        return BarCode(kind, _within(text, _CODE39, words.CODE39_CHARACTERS))
    if kind == "codabar":
        return BarCode(kind, _within(text.upper(), _CODABAR, words.CODABAR_CHARACTERS))
    digits = text.replace("-", "").replace(" ", "").upper()
    if kind == "isbn":
        kind = "isbn10" if len(digits) < 12 else "isbn13"
    if kind in ("isbn10", "issn"):
        return _book(digits, text, kind)
    _within(digits, re.compile("[0-9]+"), words.DIGITS_ONLY)
    if kind == "itf":
        if len(digits) % 2:
            raise CodeImpossible(words.EVEN_DIGITS)
        return BarCode(kind, digits)
    return BarCode("ean13" if kind == "isbn13" else kind, _with_check_digit(digits, kind))


def _within(text: str, allowed: re.Pattern[str], why: Text) -> str:
    if not allowed.fullmatch(text):
        raise CodeImpossible(why)
    return text


def _with_check_digit(digits: str, kind: str) -> str:
    length = _LENGTHS[kind]
    if len(digits) not in (length - 1, length):
        raise CodeImpossible(words.NUMBER_OF_DIGITS.filled(fewer=length - 1, more=length))
    if kind == "isbn13" and not digits.startswith(("978", "979")):
        raise CodeImpossible(words.ISBN_PREFIX)
    wanted = digits[: length - 1] + _check_digit(digits[: length - 1])
    if len(digits) == length and digits != wanted:
        raise CodeImpossible(words.CHECK_DIGIT.filled(full=wanted[-1]))
    return wanted


def _check_digit(digits: str) -> str:
    """The check digit of GS1 numbers: weights 3 and 1 from the right."""
    total = sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def _book(digits: str, text: str, kind: str) -> BarCode:
    """An ISBN of ten digits or an ISSN: bars of an EAN-13, the number itself below."""
    length = 10 if kind == "isbn10" else 8
    if not re.fullmatch(rf"\d{{{length - 1}}}[\dX]?", digits):
        raise CodeImpossible(words.NUMBER_OF_DIGITS.filled(fewer=length - 1, more=length))
    total = sum(int(digit) * (length - place) for place, digit in enumerate(digits[: length - 1]))
    own = "0123456789X"[-total % 11]
    if len(digits) == length and digits[-1] != own:
        raise CodeImpossible(words.CHECK_DIGIT.filled(full=own))
    stem = "978" + digits[:9] if kind == "isbn10" else "977" + digits[:7] + "00"
    name = "ISBN" if kind == "isbn10" else "ISSN"
    return BarCode("ean13", stem + _check_digit(stem), f"{name} {text if len(digits) == length else text + own}")


def _gs1(text: str) -> BarCode:
    if "(" not in text:
        if not text[:2].isdigit():  # identifiers are numbers
            raise CodeImpossible(words.GS1_FORM)
        return BarCode("gs1_128", _within(text, _GS1, words.GS1_FORM))
    parts = _IDENTIFIED.findall(text)
    if "".join(f"({identifier}){value}" for identifier, value in parts) != text:
        raise CodeImpossible(words.GS1_FORM)
    made = ""
    for number, (identifier, value) in enumerate(parts, 1):
        _within(value, _GS1, words.GS1_FORM)
        length = _FIXED.get(identifier[:2]) or (_FIXED_LONG.get(identifier[:2]) if len(identifier) == 4 else None)
        if length is not None and len(value) != length:
            raise CodeImpossible(words.GS1_LENGTH.filled(identifier=identifier, length=length))
        if identifier in _CHECKED and (not value.isdigit() or value[-1] != _check_digit(value[:-1])):
            raise CodeImpossible(words.CHECK_DIGIT.filled(full=_check_digit(value[:-1]) if value.isdigit() else "?"))
        made += identifier + value + (_FNC1 if length is None and number < len(parts) else "")
    return BarCode("gs1_128", made, text)
