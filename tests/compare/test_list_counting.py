"""The numbers that lists print: as Word counts them, compared without telling what follows from a change above."""

import pytest

from generator.compare import compare
from generator.compare.package_facts import open_parts
from generator.compare.read_document import read
from generator.compare.word.document_model import paragraphs
from tests.support.words import NAMESPACES, cell, document, members, pack, row, table


def level(at, form="decimal", text="%1.", start=1, extra=""):
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
    )


def usual(**first):
    return [
        level(0, **{"form": "decimal", "text": "%1.", **first}),
        level(1, "lowerLetter", "(%2)"),
        level(2, text="%1.%2.%3"),
    ]


def numbering(levels, nums=(), abstract="0"):
    """The parts of a document with one numbering; `nums` are the lists 1, 2, … by what they override."""
    own = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>'
        for number, override in enumerate(nums or ("",), 1)
    )
    return f'<w:abstractNum w:abstractNumId="{abstract}">{"".join(levels)}</w:abstractNum>{own}'


def override(start, at=0):
    return f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def item(text, at=0, number=1):
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{text}</w:t></w:r></w:p>"
    )


def items(*texts, **options):
    return [item(text, **options) for text in texts]


def made(blocks, lists=None, styles=""):
    found = members(document(*blocks))
    xml = lists or numbering(usual())
    found["word/numbering.xml"] = f"<w:numbering {NAMESPACES}>{xml}</w:numbering>".encode()
    found["word/styles.xml"] = found["word/styles.xml"].replace(b"</w:styles>", f"{styles}</w:styles>".encode())
    return pack(found)


def labels(content):
    found = read(*open_parts(content))
    return [paragraph.label for paragraph in paragraphs(found.body)]


def told(old, new, at="structure"):
    return [difference.message for difference in compare(old, new, level=at)]


WORDS = ["走访企业", "培训会员", "举办活动", "编印资料", "接待来访", "组织考察"]


def it_counts_levels_as_word_does():
    blocks = [*items("甲"), *items("乙", "丙", at=1), *items("丁"), item("戊", 1), item("己", 2)]
    assert labels(made(blocks)) == ["1.", "(a)", "(b)", "2.", "(a)", "2.a.1"]
    assert labels(made([item("甲", 1), *items("乙")])) == ["(a)", "2."]
    legal = [*usual()[:2], level(2, "chineseCounting", "%1.%2.%3", extra="<w:isLgl/>")]
    assert labels(made(blocks, numbering(legal)))[-1] == "2.1.1"


def it_begins_anew_after_the_level_that_is_stated():
    never = [usual()[0], level(1, "lowerLetter", "(%2)", extra='<w:lvlRestart w:val="0"/>')]
    blocks = [*items("甲"), item("乙", 1), *items("丙"), item("丁", 1)]
    assert labels(made(blocks, numbering(never))) == ["1.", "(a)", "2.", "(b)"]
    assert told(made(blocks), made(blocks, numbering([*never, usual()[2]]))) == [
        "正文 第2段：编号在哪一级之后重新开始 各上级 → 从不"
    ]


def it_goes_on_over_lists_of_one_numbering_unless_they_begin_anew():
    blocks = [*items("甲", "乙"), *items("丙", number=2), *items("丁", number=3), *items("戊")]
    lists = numbering(usual(), ["", "", override(7)])
    assert labels(made(blocks, lists)) == ["1.", "2.", "3.", "7.", "8."]


def it_takes_the_level_from_the_style_that_it_names():
    linked = [level(0, "chineseCounting", "第%1章"), level(1, text="%1.%2", extra='<w:pStyle w:val="小节"/><w:isLgl/>')]
    styles = (
        '<w:style w:type="paragraph" w:styleId="章"><w:name w:val="章"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        '</w:style><w:style w:type="paragraph" w:styleId="小节"><w:name w:val="小节"/><w:basedOn w:val="章"/></w:style>'
    )
    blocks = [
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>' for style in ("章", "小节", "小节", "章", "小节")
    ]
    assert labels(made(blocks, numbering(linked), styles)) == ["第一章", "1.1", "1.2", "第二章", "2.1"]


def it_tells_a_start_or_a_format_once_with_what_is_printed():
    old = made(items(*WORDS))
    assert told(old, made(items(*WORDS), numbering(usual(start=4)))) == ["正文 第1段：编号的起始值 1 → 4（1. → 4.）"]
    chinese = numbering(usual(form="chineseCounting", text="（%1）"))
    assert told(old, made(items(*WORDS), chinese)) == [
        "正文 第1段：编号格式 %1. decimal → （%1） chineseCounting（1. → （一））"
    ]
    assert told(old, made(items(*WORDS), numbering(usual(start=4))), "text") == []


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["建立台账", *WORDS], "正文：新增第1段“建立台账”"),
        ([*WORDS[:3], "建立台账", *WORDS[3:]], "正文：新增第4段“建立台账”"),
        (WORDS[1:], "正文：删除第1段“走访企业”"),
        ([WORDS[0], *WORDS[2:]], "正文：删除第2段“培训会员”"),
        ([WORDS[0], *WORDS[2:5], WORDS[1], WORDS[5]], "正文 第2段移至第5段之后"),
    ],
)
def it_does_not_tell_the_numbers_that_follow_from_a_change_above(texts, expected):
    assert told(made(items(*WORDS)), made(items(*texts)), "format") == [expected]


def it_does_not_tell_a_level_that_begins_anew_below_an_inserted_item():
    old = [item("总则"), *items(*WORDS, at=1)]
    new = [item("总则"), *items(*WORDS[:3], at=1), item("附则"), *items(*WORDS[3:], at=1)]
    assert told(made(old), made(new)) == ["正文：新增第5段“附则”"]
    assert told(made(new), made(old)) == ["正文：删除第5段“附则”"]


def it_tells_a_list_that_begins_anew_or_goes_on():
    old = made(items(*WORDS))
    lists = numbering(usual(), ["", override(1)])
    new = made([*items(*WORDS[:3]), *items(*WORDS[3:], number=2)], lists)
    assert told(old, new) == ["正文 第4段：编号与前面的列表：接续 → 重新开始（4. → 1.）"]
    assert told(new, old) == ["正文 第4段：编号与前面的列表：重新开始 → 接续（1. → 4.）"]
    seven = made([*items(*WORDS[:3]), *items(*WORDS[3:], number=2)], numbering(usual(), ["", override(7)]))
    assert told(old, seven) == ["正文 第4段：编号与前面的列表：接续 → 重新开始（4. → 7.）"]
    assert told(new, seven) == ["正文 第4段：编号的起始值 1 → 7（1. → 7.）"]


def it_does_not_tell_other_ids_of_the_same_lists():
    other = numbering(usual(), ["", "", "", ""], abstract="9")
    assert told(made(items(*WORDS)), made(items(*WORDS, number=4), other), "format") == []
    lists = numbering(usual(), ["", ""])  # a second list without an override goes on counting
    assert told(made(items(*WORDS)), made([*items(*WORDS[:3]), *items(*WORDS[3:], number=2)], lists), "format") == []


def it_tells_one_item_that_went_into_another_list_once():
    lists = numbering(usual()).replace(
        "</w:abstractNum>",
        "</w:abstractNum>" + numbering([level(0, "upperLetter", "%1)", 3)], abstract="7").partition("<w:num ")[0],
    )
    lists += '<w:num w:numId="5"><w:abstractNumId w:val="7"/></w:num>'
    new = [*items(*WORDS[:2]), *items(WORDS[2], number=5), *items(*WORDS[3:])]
    assert told(made(items(*WORDS), lists), made(new, lists)) == [
        "正文 第3段：编号格式 %1. decimal → %1) upperLetter（3. → C)）"
    ]


def it_compares_the_numbers_of_cells():
    def grid(number):
        return table(
            *(
                row(cell(item("", number=number if n == 1 else 1)), cell(f"<w:p><w:r><w:t>{word}</w:t></w:r></w:p>"))
                for n, word in enumerate(WORDS)
            ),
            columns=2,
        )

    lists = numbering(usual(), ["", override(5)])
    assert labels(made([grid(1)]))[:4] == ["1.", "", "2.", ""]
    assert told(made([grid(1)], lists), made([grid(2)], lists)) == [
        "表1 第2行 第1列：编号与前面的列表：接续 → 重新开始（2. → 5.）"
    ]


def it_shows_the_numbers_on_the_page():
    from generator.compare import to_html

    page = to_html(compare(made(items(*WORDS)), made(items(*WORDS), numbering(usual(start=4)))))
    assert '<span class="num">1.</span> 走访企业' in page
    assert '<span class="num">4.</span> 走访企业' in page
