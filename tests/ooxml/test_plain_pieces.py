"""Small pieces of the format: text inside XML, parts that patterns may cut, formulas cut and moved, bounds as they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from generator.diagnostics import InvalidDocument
from generator.ooxml.cut_formulas import parse_formula, shift_formula
from generator.ooxml.escaping import QUOTE, escape, quoteattr
from generator.ooxml.limits import Limits, limits, parse_limits, within
from generator.ooxml.plain_xml import in_plain_xml

TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"))


@given(TEXT)
def it_escapes_what_xml_reads_back(text):
    read = etree.fromstring(f'<a b={quoteattr(text)} c="{escape(text, QUOTE)}">{escape(text)}</a>')
    assert (read.text or "", read.get("b"), read.get("c")) == (text, text, text)


def it_keeps_white_space_of_an_attribute():
    text = "甲\t乙\n丙\r"
    assert etree.fromstring(f"<a b={quoteattr(text)}/>").get("b") == text


@pytest.mark.parametrize(
    "part",
    [
        b"<a><!-- <c/> --><b>x</b></a>",
        b"<a><?run y?><b>x</b></a>",
        b"<a><b><![CDATA[x]]></b></a>",
        '<?xml version="1.0" encoding="UTF-16"?><a><b>x</b></a>'.encode("utf-16"),
        b'<?xml version="1.0" encoding="GB18030"?><a><b>x</b></a>',
    ],
)
def it_takes_out_of_a_part_what_a_pattern_would_cut_wrong(part):
    plain = in_plain_xml(part)
    assert b"<b>x</b>" in plain
    assert not any(sign in plain for sign in (b"<!--", b"<?run", b"CDATA", b"GB18030"))
    assert in_plain_xml(plain) is plain


def it_refuses_a_part_that_is_no_xml():
    with pytest.raises(InvalidDocument):
        in_plain_xml(b"<a><!-- </a>")


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("SUM(A1:B2)*C$3", "SUM(B3:C4)*D$3"),
        ("'表 1'!A1&\"A1\"", "'表 1'!B3&\"A1\""),
        ("$A1+A$1+$A$1", "$A3+B$1+$A$1"),
        ("SUM(3:4)+SUM(C:D)", "SUM(5:6)+SUM(D:E)"),
        ("XFD1", "#REF!"),
        ("名称+LOG10(2)", "名称+LOG10(2)"),
        ("", ""),
    ],
)
def it_moves_a_formula_as_a_copy_two_down_and_one_right(formula, moved):
    cut = parse_formula(formula)
    assert "".join(map(str, cut.pieces)) == formula
    assert shift_formula(cut, 2, 1).text == moved
    assert cut.fault is None


def it_leaves_a_formula_that_it_cannot_read():
    cut = parse_formula('A1&"offen')
    assert cut.fault
    assert cut.areas == ()
    assert shift_formula(cut, 1, 1).text == 'A1&"offen'


def it_reads_bounds_and_holds_them_for_a_stretch(monkeypatch):
    monkeypatch.setenv("GENERATOR_LIMITS", "turns=7")
    assert limits().turns == 7
    with within(Limits(turns=3)):
        assert limits().turns == 3
    assert limits() == parse_limits(" turns = 7 ,")
    for wrong in ("turn=1", "turns", "turns=0", "turns=x", "seconds=-1"):
        with pytest.raises(ValueError, match=r"."):
            parse_limits(wrong)
