"""Texts of a data file that repeat one thing: what they cost to check and put right grows as their length."""

import time

import pytest

from generator.api.reports import examine
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
}


def spent(place: str, repeated: str, length: int) -> float:
    """CPU seconds for a file with so many characters of the kind."""
    before, unit, after = REPEATED[repeated]
    text = PLACES[place].format(before + unit * (length // len(unit)) + after).encode()
    begun = time.thread_time()
    examine(text, None, "a.yaml")
    fix(text, "a.yaml")
    return time.thread_time() - begun


@pytest.mark.parametrize("repeated", REPEATED)
@pytest.mark.parametrize("place", PLACES)
def it_grows_as_the_text_does(place, repeated):
    spent(place, repeated, 10)
    bound = 8 * max(spent(place, repeated, 1_000), 0.005)
    large = [spent(place, repeated, 4_000)]
    while large[-1] > bound and len(large) < 3:  # a square is over it each time, a machine at other work once
        large.append(spent(place, repeated, 4_000))
    assert min(large) <= bound
