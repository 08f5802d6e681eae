"""What many of a kind cost: parts, tags, rows and findings of sizes at which a square of their number is felt at once.

Each took minutes before; the bound is far above what it takes now, on a machine that does other things as well.
"""

import time
from collections.abc import Callable

import pytest

from generator.api import compare, lint, load_standard, show
from generator.diagnostics import InvalidReport
from generator.excel.follow.control_copies import shape_cells
from generator.ooxml.limits import Limits, within
from generator.word import WordTemplate
from generator.word.run.inherited_styles import inherited
from tests.security.attacks import one_cell, parts_of
from tests.support.words import cell, document, paragraph, table

LINK = '<Relationship Id="rX{0}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="http://a.cn/{0}" TargetMode="External"/>'


def linked_pictures(count: int) -> bytes:
    links = "".join(LINK.format(number) for number in range(count)).encode()
    new = {"word/_rels/document.xml.rels": lambda data: data.replace(b"</Relationships>", links + b"</Relationships>")}
    return parts_of(document(paragraph("甲")), new)


def styles_in_a_chain(count: int) -> bytes:
    style = '<w:style w:type="paragraph" w:styleId="s{0}"><w:name w:val="s{0}"/><w:basedOn w:val="s{1}"/></w:style>'
    new = "".join(style.format(number, number - 1) for number in range(count)).encode()
    return parts_of(
        document(paragraph("{{ a }}")),
        {"word/styles.xml": lambda data: data.replace(b"</w:styles>", new + b"</w:styles>")},
    )


def runs_of_styles_in_a_chain(count: int) -> bytes:
    style = '<w:style w:type="character" w:styleId="c{0}"><w:name w:val="c{0}"/><w:basedOn w:val="c{1}"/></w:style>'
    new = "".join(style.format(number, number - 1) for number in range(count)).encode()
    runs = f'<w:r><w:rPr><w:rStyle w:val="c{count - 1}"/></w:rPr><w:t>甲</w:t></w:r>' * count
    return parts_of(
        document(f"<w:p>{runs}</w:p>", paragraph("{{ a }}")),
        {"word/styles.xml": lambda data: data.replace(b"</w:styles>", new + b"</w:styles>")},
    )


def links_with_tags(count: int) -> bytes:
    links = "".join(f'<w:hyperlink r:id="rh{n}"><w:r><w:t>x</w:t></w:r></w:hyperlink>' for n in range(count))
    targets = {f"rh{n}": ("hyperlink", f"http://a.cn/{{{{ a }}}}{n}") for n in range(count)}
    return document(f"<w:p>{links}</w:p>", links=targets)


def footnotes_with_tags(count: int) -> bytes:
    notes = "".join(
        f'<w:footnote w:id="{n}"><w:p><w:r><w:t>{{{{ a }}}}</w:t></w:r></w:p></w:footnote>' for n in range(count)
    )
    marks = "".join(f'<w:r><w:footnoteReference w:id="{n}"/></w:r>' for n in range(count))
    return document(f"<w:p>{marks}</w:p>", parts={"footnotes": notes})


MANY: dict[str, tuple[Callable[[], bytes], Callable[[str, bytes], object]]] = {
    "findings of active content": (lambda: linked_pictures(6_000), lambda path, _: lint(path)),
    "styles that are each based on the one before": (
        lambda: styles_in_a_chain(10_000),
        lambda _, content: WordTemplate(content).render({"a": 1}),
    ),
    "runs in a style that is based on many": (
        lambda: runs_of_styles_in_a_chain(5_000),
        lambda path, _: lint(path),
    ),
    "links with tags": (
        lambda: links_with_tags(1_000),
        lambda _, content: WordTemplate(content).render({"a": 1}),
    ),
    "footnotes with tags": (
        lambda: footnotes_with_tags(800),
        lambda _, content: WordTemplate(content).render({"a": 1}),
    ),
    "runs of a paragraph that names no style": (
        lambda: document(f"<w:p>{'<w:r><w:t>x</w:t></w:r>' * 20_000}</w:p>{paragraph('{{ a }}')}"),
        lambda path, _: lint(path),
    ),
    "paths": (
        lambda: document(paragraph("".join(f"{{{{ a.b{number} }}}}" for number in range(5_000)))),
        lambda _, content: WordTemplate(content).variables(),
    ),
    "cells of a row": (
        lambda: document(table(f"<w:tr>{cell('甲') * 10_000}</w:tr>", columns=10_000)),
        lambda path, _: show(path),
    ),
}


def blank_formula(number: int) -> bytes:
    new = b'<c r="B1"><f>A1' + b" " * 60_000 + b"+%d</f></c></row></sheetData>" % number
    return parts_of(one_cell("甲"), {"xl/worksheets/sheet1.xml": lambda data: data.replace(b"</row></sheetData>", new)})


def it_compares_formulas_of_blanks_in_linear_time():
    begun = time.thread_time()
    assert len(list(compare(blank_formula(1), blank_formula(2)))) == 1
    assert time.thread_time() - begun < 5


@pytest.mark.parametrize("begun", [b"<v:shape ", b"<v:shape x>", b"<v:shape id=1 "], ids=["bare", "closed", "named"])
def it_looks_through_shapes_without_an_end_once(begun):
    shape = (
        b'<v:shape id="_x0000_s1025"><x:ClientData ObjectType="Checkbox"><x:Anchor>1, 0, 2, 0, 3, 0, 4, 0</x:Anchor>'
        b"</x:ClientData></v:shape>"
    )
    since = time.thread_time()
    assert shape_cells(b"<xml>" + begun * 50_000 + shape + begun * 50_000) == {1025: (3, 2)}
    assert time.thread_time() - since < 5


@pytest.mark.parametrize("name", MANY)
def it_grows_as_their_number(name, tmp_path):
    make, act = MANY[name]
    content = make()
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    begun = time.thread_time()
    with within(Limits(seconds=60)):
        act(str(path), content)
    assert time.thread_time() - begun < 10


@pytest.mark.parametrize("base", ["up", "down", "round"])
def it_resolves_styles_once(base):
    count = 5_000
    bases = {
        f"s{n}": f"s{(n - 1 if base == 'up' else n + 1) % (count if base == 'round' else count + 9)}"
        for n in range(count)
    }
    begun = time.thread_time()
    found = inherited(bases, {} if base == "round" else {"s0": 1, f"s{count - 1}": 2})
    assert time.thread_time() - begun < 1
    assert len(found) == {"up": count, "down": count, "round": 0}[base]


@pytest.mark.slow
def it_examines_items_that_lack_values_and_fail_checks_in_linear_time():
    data = "标准: shifeng-2020\n指标:\n" + "- {名称: x}\n" * 24_000
    standard = load_standard("shifeng-2020")
    begun = time.thread_time()
    with pytest.raises(InvalidReport):
        standard.read(data.encode(), "a.yaml")
    assert time.thread_time() - begun < 10
