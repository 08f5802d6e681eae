"""What fields of Word are told, and which are open."""

from __future__ import annotations

import pytest

from generator.ooxml.word_fields import OpenField, OpenFields, read_instruction


@pytest.mark.parametrize(
    ("code", "keyword", "arguments", "switches", "formats"),
    [
        (" PAGEREF _Toc1 \\h ", "PAGEREF", ("_Toc1",), {"h": ""}, ()),
        ('seq "表 一" \\* ARABIC \\s 1', "SEQ", ("表 一",), {"s": "1"}, ("ARABIC",)),
        ("SEQ 表 \\*ARABIC \\s1", "SEQ", ("表",), {"s": "1"}, ("ARABIC",)),
        ("REF 总额\\h \\* MERGEFORMAT", "REF", ("总额",), {"h": ""}, ()),
        ('TOC\\o "1-3" \\H \\z \\t "标题甲,1"', "TOC", (), {"o": "1-3", "h": "", "z": "", "t": "标题甲,1"}, ()),
        ('HYPERLINK "a \\"b\\" c" \\l 一 \\o "说明"', "HYPERLINK", ('a "b" c',), {"l": "一", "o": "说明"}, ()),
        ("HYPERLINK \\h http://a \\t _blank", "HYPERLINK", ("http://a",), {"h": "", "t": "_blank"}, ()),
        ('DATE \\@ "yyyy年M月"', "DATE", (), {"@": "yyyy年M月"}, ()),
        ("NOTEREF 注 \\# 0 \\p", "NOTEREF", ("注",), {"#": "0", "p": ""}, ()),
        ("  ", "", (), {}, ()),
    ],
)
def it_reads_an_instruction(code, keyword, arguments, switches, formats):
    told = read_instruction(code)
    assert (told.keyword, told.arguments, told.switches, told.formats) == (keyword, arguments, switches, formats)
    assert told.argument == (arguments[0] if arguments else "")


def it_keeps_the_codes_of_fields_within_fields_apart():
    fields = OpenFields(OpenField)
    outer = fields.mark("begin")
    fields.instruct("IF ")
    inner = fields.mark("begin")
    fields.instruct("PAGE")
    assert fields.mark("separate") is inner
    fields.instruct("behind")  # its result has begun
    assert [*fields.printing()] == [inner]
    assert fields.mark("end") is inner
    fields.instruct("= 1")
    assert fields.mark("end") is outer
    assert outer is not None
    assert inner is not None
    assert (outer.code, inner.code, fields.open) == ("IF = 1", "PAGE", [])


@pytest.mark.parametrize("mark", ["separate", "end", "", None])
def it_passes_over_marks_of_no_field(mark):
    assert OpenFields(OpenField).mark(mark) is None
