"""Tables whose rows all stand in a loop: they stream, and are left out where they print none."""

import gc
import tracemalloc

import pytest

from generator import WordTemplate
from generator.ooxml.wordprocessing import W
from tests.support import ooxml, words
from tests.support.words import document, paragraph, row, table


def rows_of(name, *cells):
    """A table of rows that a loop over a list prints."""
    empty = [""] * (len(cells) - 1)
    return table(
        row(paragraph(f"{{%tr for x in {name} %}}"), *empty),
        row(*map(paragraph, cells)),
        row(paragraph("{%tr endfor %}"), *empty),
        columns=len(cells),
    )


def printed(template, **context):
    content = WordTemplate(template).render(context)
    assert not ooxml.new_findings(template, content)
    body = words.root(content)
    assert b"generator-rows" not in words.members(content)["word/document.xml"]
    return len(list(body.iter(f"{W}tbl"))), words.texts(content)


@pytest.mark.parametrize("a", [[], [1]])
@pytest.mark.parametrize("b", [[], [2, 3]])
@pytest.mark.parametrize("c", [[], [4]])
def it_leaves_out_tables_without_rows_wherever_they_stand(a, b, c):
    template = document(
        rows_of("a", "{{ x }}"), rows_of("b", "{{ x }}"), paragraph("间"), rows_of("c", "{{ x }}"), paragraph("末")
    )
    tables, texts = printed(template, a=a, b=b, c=c)
    assert tables == sum(map(bool, (a, b, c)))
    assert texts == [*map(str, a), *map(str, b), "间", *map(str, c), "末"]


def it_leaves_them_out_within_loops_and_conditions():
    template = document(
        paragraph("{%p for g in groups %}"),
        paragraph("{{ g.name }}"),
        rows_of("g.rows", "{{ x }}"),
        paragraph("{%p if g.more %}"),
        rows_of("g.more", "{{ x }}"),
        paragraph("{%p endif %}"),
        paragraph("{%p endfor %}"),
        paragraph("末"),
    )
    groups = [{"name": "甲", "rows": [1], "more": []}, {"name": "乙", "rows": [], "more": [2]}]
    assert printed(template, groups=groups) == (2, ["甲", "1", "乙", "2", "末"])


def it_leaves_out_tables_that_a_block_captures():
    template = document(
        paragraph("{%p macro m(rows) %}"), rows_of("rows", "{{ x }}"), paragraph("{%p endmacro %}"),
        paragraph("{%p set kept %}"), rows_of("a", "{{ x }}"), paragraph("{%p endset %}"), paragraph("{{p kept }}"),
        paragraph("{{p m([]) }}"), paragraph("{{p m([5]) }}"), paragraph("末"),
    )  # fmt: skip
    assert printed(template, a=[])[1][-2:] == ["5", "末"]
    assert printed(template, a=[1])[0] == 2


def it_takes_the_head_of_a_row_that_a_condition_prints():
    template = document(
        table(
            row(paragraph("{%tr if head %}"), ""),
            row(paragraph("项目"), paragraph("金额")),
            row(paragraph("{%tr endif %}"), ""),
            row(paragraph("{%tr for x in a %}"), ""),
            row(paragraph("{{ x }}"), ""),
            row(paragraph("{%tr endfor %}"), ""),
            columns=2,
        ),
        paragraph("末"),
    )
    assert printed(template, head=True, a=[])[0] == 1
    assert printed(template, head=False, a=[1])[0] == 1
    assert printed(template, head=False, a=[]) == (0, ["末"])


def peak_of(template, count):
    """The most memory that a render of so many rows from an iterator held beyond its document, in MB."""
    context = {"rows": ({"a": f"第{number}行", "b": number} for number in range(count))}
    gc.collect()
    tracemalloc.start()
    try:
        content = template.render(context)
        return tracemalloc.get_traced_memory()[1] / 1e6 - 3 * len(content) / 1e6
    finally:
        tracemalloc.stop()


def it_streams_rows_from_an_iterator():
    template = WordTemplate(document(rows_of("rows", "{{ x.a }}", "{{ x.b }}"), paragraph("末")))
    template.render({"rows": []})
    few, many = peak_of(template, 500), peak_of(template, 4_000)
    assert many < few + 1, (few, many)  # 4,000 rows are 2.5 MB of XML
