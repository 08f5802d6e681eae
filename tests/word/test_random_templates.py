"""Random templates: tags of every kind, split and nested at random. Either every fault has its place, or the document is
well-formed and has no kind of finding that its template did not have."""

import contextlib
import random
from xml.sax.saxutils import escape

import docxtpl
import pytest
from docxtpl import Listing, RichText, RichTextParagraph

from generator.diagnostics import InvalidTemplate
from generator.figures import Paragraphs
from generator.word import WordTemplate
from generator.word.compile import jinja_source
from generator.word.compile.dashes import joined
from tests.support import wordprocessing, words
from tests.support.words import cell, document, paragraph, row, run, table

PRINTED = [
    "{{ a }}",
    "{{ x }}",
    "{{r a }}",
    "{{ ps }}",
    "{{p ps }}",
    "{{r ps }}",
    "{{ nl }}",
    "{{r nl }}",
    "{{ rich }}",
    "{{r rich }}",
    "{{p rich }}",
    "{{p rp }}",
    "{{ rp }}",
    "{{ lst }}",
    "{{ {'a': 1}.a }}",
    "{_{ z }_}",
    "text ",
    "前后 ",
    "{# c #}",
    "{% set q = 1 %}",
    "}} ",
    "-%}",
]
MERGED = ["{% vm a %}", "{% vm x %}", "{% colspan n %}", "{% cellbg c %}", "{% vm %}", "{% hm %}"]
BLOCKS = [
    "{%p for r in rows %}",
    "{%p endfor %}",
    "{%tr for r in rows %}",
    "{%tr endfor %}",
    "{%tc for r in rows %}",
    "{%tc endfor %}",
    "{% for r in rows %}",
    "{% endfor %}",
    "{% if t %}",
    "{% else %}",
    "{% endif %}",
    "{%p if f %}",
    "{%p endif %}",
    "{%tr if f %}",
    "{%tr endif %}",
    "{%r if t %}",
    "{%r endif %}",
    "{%- if t -%}",
    "{%- endif %}",
    "{% raw %}",
    "{% endraw %}",
    "{{",
    "{#p c #}",
    "{%p if t %}{%p for r in rows %}",
]
CONTEXT = {
    "a": "甲<&>\"'",
    "rows": [{"n": 1}, {"n": 1}, {"n": 2}],
    "x": 3,
    "t": True,
    "f": False,
    "n": 2,
    "c": "#FF0000",
    "ps": Paragraphs(["一", "二"]),
    "nl": "1\n2\t3\a4\f5",
    "rich": RichText("a\nb\ac\td<", bold=True),
    "rp": RichTextParagraph("x\ny", parastyle="Normal"),
    "lst": Listing("1\n2\a3"),
}
# rows that print fewer cells than others, as their template says
AS_WRITTEN = {"row-off-grid", "row-without-cells", "merge-without-start"}


class Author:
    """Writes a template at random."""

    def __init__(self, seed: int):
        self.draw = random.Random(seed)

    def text(self) -> str:
        draw = self.draw
        text = "".join(draw.choice(PRINTED if draw.random() < 0.98 else BLOCKS) for _ in range(draw.randint(0, 3)))
        if draw.random() < 0.5:
            begin, end = draw.choice(
                [
                    ("{% for r in rows %}", "{% endfor %}"),
                    ("{% if f %}", "{% endif %}"),
                    ("{%r if f %}", "{%r endif %}"),
                ]
            )
            text = begin + text + end
        return text

    def block(self, text: str | None = None) -> str:
        draw = self.draw
        text = self.text() if text is None else text
        cuts = sorted(draw.randint(0, len(text)) for _ in range(draw.choice([0, 0, 1, 3])))
        runs = [
            run(escape(text[begin:end]), draw.choice(["", "<w:b/>", "<w:i/>"]))
            for begin, end in zip([0, *cuts], [*cuts, len(text)], strict=True)
        ]
        for chance, around in (
            (0.1, '<w:hyperlink w:anchor="b">{}</w:hyperlink>'),
            (0.03, '<w:ins w:id="9" w:author="x">{}</w:ins>'),
        ):
            if draw.random() < chance and len(runs) > 1:
                at = draw.randrange(len(runs))
                runs[at] = around.format(runs[at])
        if draw.random() < 0.1:
            runs.insert(draw.randint(0, len(runs)), '<w:bookmarkStart w:id="3" w:name="b"/><w:bookmarkEnd w:id="3"/>')
        return paragraph(*runs, properties=draw.choice(["", '<w:jc w:val="both"/>']))

    def blocks(self, depth: int = 0) -> list[str]:
        draw, out = self.draw, []
        for _ in range(draw.randint(1, 3)):
            kind = draw.random()
            if kind < 0.25:
                begin, end = draw.choice([("{%p for r in rows %}", "{%p endfor %}"), ("{%p if f %}", "{%p endif %}")])
                out += [self.block(begin), *self.blocks(depth + 1)[:3], self.block(end)]
            elif kind < 0.5 and depth < 2:
                out += [self.table(depth), self.block()]
            else:
                out.append(self.block())
        return out

    def row(self, columns: int, depth: int) -> str:
        draw, found = self.draw, []
        for _ in range(columns):
            if draw.random() < 0.2 and depth < 2:
                found.append(cell("".join(self.blocks(depth + 1)) + paragraph("")))
            else:
                found.append(cell(self.block((draw.choice(MERGED[:4]) if draw.random() < 0.4 else "") + self.text())))
        return row(*found)

    def table(self, depth: int) -> str:
        draw, lines = self.draw, []
        columns = draw.randint(1, 3)
        for _ in range(draw.randint(1, 3)):
            kind = draw.random()
            if kind < 0.5:
                begin, end = draw.choice(
                    [("{%tr for r in rows %}", "{%tr endfor %}"), ("{%tr if f %}", "{%tr endif %}")]
                )
                empty = [""] * (columns - 1)
                lines += [row(begin, *empty), self.row(columns, depth), row(end, *empty)]
            elif kind < 0.65:
                lines.append(row("{%tc for r in rows %}", "{{ r.n }}", "{%tc endfor %}"))
            else:
                lines.append(self.row(columns, depth))
        return table(*lines, columns=columns)


def kinds(content: bytes) -> set[str]:
    return {finding.kind for finding in wordprocessing.findings({"word/document.xml": words.root(content)})}


@pytest.mark.parametrize("fifty", [0, 1, *(pytest.param(fifty, marks=pytest.mark.slow) for fifty in (2, 3, 4))])
def it_prints_sound_documents_or_says_where_it_cannot(fifty: int) -> None:
    printed, nowhere = 0, []
    for seed in range(50 * fifty, 50 * fifty + 50):
        template = document(*Author(seed).blocks())
        try:
            content = WordTemplate(template, undefined="empty").render(CONTEXT)
        except InvalidTemplate as fault:
            nowhere += [seed for one in fault.diagnostics if one.location.place is None]
            continue
        printed += 1
        assert kinds(content) - kinds(template) <= AS_WRITTEN, seed
    assert printed > 10
    assert not nowhere


def it_prepares_parts_as_docxtpl_does(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []
    patcher = docxtpl.DocxTemplate.__new__(docxtpl.DocxTemplate)

    def both(xml: str) -> str:
        made = spaced(xml)
        whole, lost = joined(made)
        if not lost and "{%-" not in whole and "-%}" not in whole:  # docxtpl drops what stands between
            compared.append(xml)
            assert whole == patcher.patch_xml(xml)
        return made

    spaced = jinja_source.spaced
    monkeypatch.setattr(jinja_source, "spaced", both)
    for seed in range(60):
        with contextlib.suppress(InvalidTemplate):
            WordTemplate(document(*Author(seed).blocks()))
    assert len(compared) > 45
