"""Texts of a data file that repeat one thing: what they cost to check and put right grows as their length."""

import time
from collections.abc import Callable

import pytest

from generator.api.reports import examine
from generator.form.conversion import convert
from generator.report.mechanical_fixes import fix

PLACES = {
    "a text": "标准: beita-2023\n绩效目标: {}\n年度: 2023\n",
    "a quoted text": '标准: beita-2023\n绩效目标: "{}"\n年度: 2023\n',
    "a number": "标准: beita-2023\n人员: {{编制数: {}, 在职人数: 3}}\n",
    "a line": "标准: beita-2023\n{}\n年度: 2023\n",
    "before the standard": "{}\n标准: beita-2023\n年度: 2023\n",
}
REPEATED = {
    "braces": ("", "{", ""),
    "spaces behind braces": ("{{ ", " ", "x"),
    "wide spaces behind wide braces": ("｛｛", "\u3000", "x"),
    "spaces behind one brace": ("{", " ", "x"),
    "spaces": ("1", " ", "x"),
    "wide spaces": ("1", "\u3000", "x"),
    "tabs": ("", "\t", "x"),
    "dashes": ("", "- ", "x"),
    "dashes and anchors": ("", "- : &a ", "x"),
    "digits": ("", "0", "x"),
    "pairs and wide spaces": ("a: b, c: 1", ", d:  1", "}"),
    "braces of another kind": ("", "﹛", "x"),
    "brackets": ("", "【", "x"),
}


def spent(place: str, repeated: str, length: int) -> float:
    """CPU seconds for a file with so many characters of the kind."""
    before, unit, after = REPEATED[repeated]
    text = PLACES[place].format(before + unit * (length // len(unit)) + after).encode()
    begun = time.thread_time()
    examine(text, None, "a.yaml")
    fix(text, "a.yaml")
    return time.thread_time() - begun


def holds_as_it_grows(spent: Callable[[int], float]) -> None:
    """Asks that four times the characters cost about four times the CPU seconds."""
    spent(10)
    bound = 8 * max(spent(1_000), 0.005)
    large = [spent(4_000)]
    while large[-1] > bound and len(large) < 3:  # a square is over it each time, a machine at other work once
        large.append(spent(4_000))
    assert min(large) <= bound


@pytest.mark.parametrize("repeated", REPEATED)
@pytest.mark.parametrize("place", PLACES)
def it_grows_as_the_text_does(place, repeated):
    holds_as_it_grows(lambda length: spent(place, repeated, length))


def it_grows_as_the_months_of_a_text_do():
    def spent(length: int) -> float:  # of short texts a finding is kept, so that these are longer
        text = f"标准: beita-2023\n绩效目标: 1{'1月' * length}x\n".encode()
        begun = time.thread_time()
        examine(text, None, "a.yaml")
        return time.thread_time() - begun

    holds_as_it_grows(spent)


@pytest.mark.parametrize("number", ["+{}x", "{}x", "-{}.x"])
def it_grows_as_a_number_of_json_does(number):
    def spent(length: int) -> float:
        text = f'{{"标准": "beita-2023", "年度": {number.format("0" * length)}}}'.encode()
        begun = time.thread_time()
        examine(text, None, "a.json")
        fix(text, "a.json")
        return time.thread_time() - begun

    holds_as_it_grows(spent)


@pytest.mark.parametrize("unit", ['a"', "a'", "''", ' "a', '["a'])
def it_grows_as_the_quotes_before_a_comment_do(unit):
    def spent(length: int) -> float:
        text = f"标准: beita-2023\n绩效目标: x{unit * (length // len(unit))}#\n".encode()
        begun = time.thread_time()
        convert(text, ".json", "a.yaml")
        return time.thread_time() - begun

    holds_as_it_grows(spent)
