"""Any context, whatever its texts and however long or empty its lists: every text stands in the document unchanged."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import InvalidTemplate
from generator.word import WordTemplate
from tests.support import ooxml
from tests.support.examples import examples

# What XML cannot hold is dropped, and \r is a line break; both have tests of their own. \a and \f part paragraphs.
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("\n\t&<>\"'{}%#"),
    max_size=40,
)
ROWS = st.lists(
    st.fixed_dictionaries({"name": TEXTS, "parts": st.lists(TEXTS, max_size=3), "shown": st.booleans()}), max_size=5
)
CONTEXTS = st.fixed_dictionaries({"title": TEXTS, "rows": ROWS, "long": st.integers(0, 60)})


def saved(made: Any) -> bytes:
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def paragraphs() -> bytes:
    made = docx.Document()
    for text in (
        "题【{{ title }}】",
        "{%p for r in rows %}",
        "名【{{ r.name }}】{% if r.shown %}显{% endif %}",
        "{%p for p in r.parts %}",
        "项【{{ p }}】",
        "{%p endfor %}",
        "{%p else %}",
        "无",
        "{%p endfor %}",
        "连{% for r in rows %}【{{ r.name }}】{% endfor %}",
        "{%p for i in range(long) %}",
        "行{{ i }}",
        "{%p endfor %}",
    ):
        made.add_paragraph(text)
    made.sections[0].header.paragraphs[0].text = "眉【{{ title }}】"
    made.core_properties.title = "{{ title }}"
    return saved(made)


def table() -> bytes:
    made = docx.Document()
    grid = made.add_table(5, 3, style="Table Grid")
    for row, texts in enumerate(
        (
            ("名", "显", "数"),
            ("{%tr for r in rows %}", "", ""),
            ("【{{ r.name }}】", "{% if r.shown %}显{% endif %}", "{{ r.parts|length }}"),
            ("{%tr endfor %}", "", ""),
            ("合计", "", "{{ rows|length }}"),
        )
    ):
        for column, text in enumerate(texts):
            grid.cell(row, column).text = text
    made.add_paragraph("{{ title }}")
    return saved(made)


PARAGRAPHS, TABLE = paragraphs(), table()
PARAGRAPHS_TEMPLATE, TABLE_TEMPLATE = WordTemplate(PARAGRAPHS), WordTemplate(TABLE)


def expected(context: dict[str, Any]) -> list[str]:
    lines = [f"题【{context['title']}】"]
    for row in context["rows"]:
        lines.append(f"名【{row['name']}】{'显' if row['shown'] else ''}")
        lines += [f"项【{part}】" for part in row["parts"]]
    lines += [] if context["rows"] else ["无"]
    lines.append("连" + "".join(f"【{row['name']}】" for row in context["rows"]))
    return lines + [f"行{number}" for number in range(context["long"])]


@examples(50)
@given(CONTEXTS)
def it_prints_every_text_unchanged_in_paragraphs(context: dict[str, Any]) -> None:
    content = PARAGRAPHS_TEMPLATE.render(context)
    opened = docx.Document(io.BytesIO(content))
    assert [paragraph.text for paragraph in opened.paragraphs] == expected(context)
    assert opened.sections[0].header.paragraphs[0].text == f"眉【{context['title']}】"
    ooxml.assert_valid(content, PARAGRAPHS, references=False)


@examples(40)
@given(CONTEXTS)
def it_prints_every_text_unchanged_in_tables(context: dict[str, Any]) -> None:
    content = TABLE_TEMPLATE.render(context)
    opened = docx.Document(io.BytesIO(content))
    rows = [[cell.text for cell in row.cells] for row in opened.tables[0].rows]
    assert rows[0] == ["名", "显", "数"]
    assert rows[1:-1] == [
        [f"【{row['name']}】", "显" if row["shown"] else "", str(len(row["parts"]))] for row in context["rows"]
    ]
    assert rows[-1] == ["合计", "", str(len(context["rows"]))]
    ooxml.assert_valid(content, TABLE, references=False)


@examples(30)
@given(st.text(max_size=60))
def it_refuses_characters_that_no_document_can_hold_and_prints_all_others(title: str) -> None:
    legal = all(
        character in "\t\n\r\a\v\f" or (character >= " " and character not in "\ufffe\uffff") for character in title
    )
    legal = legal and not any("\ud800" <= character <= "\udfff" for character in title)
    context = {"title": title, "rows": [], "long": 0}
    if not legal:
        with pytest.raises(InvalidTemplate) as caught:
            PARAGRAPHS_TEMPLATE.render(context)
        assert {finding.code for finding in caught.value.diagnostics} == {"word-control-character"}
        return
    content = PARAGRAPHS_TEMPLATE.render(context)
    assert docx.Document(io.BytesIO(content)).paragraphs[0].text.startswith("题【")
    ooxml.assert_valid(content, PARAGRAPHS, references=False)


@examples(20)
@given(CONTEXTS)
def it_gives_the_same_bytes_again(context: dict[str, Any]) -> None:
    assert PARAGRAPHS_TEMPLATE.render(context) == WordTemplate(PARAGRAPHS).render(context)


@pytest.mark.office
def it_opens_in_libreoffice_with_every_text(tmp_path: Path) -> None:
    values = ["a<b & c>d", "“引号”‘单’", "甲\n乙", "𠮷野家 😀", "{{ 不是标签 }}", "　全角空格", "ß é ñ 𝔘", "العربية"]
    paths = []
    for number, value in enumerate(values):
        row = {"name": value, "parts": values[:number], "shown": True}
        for kind, template in (("p", PARAGRAPHS_TEMPLATE), ("t", TABLE_TEMPLATE)):
            path = tmp_path / f"{kind}{number}.docx"
            path.write_bytes(template.render({"title": value, "rows": [row] * number, "long": number}))
            paths.append(path)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "txt:Text (encoded):UTF8",
            "--outdir",
            str(tmp_path),
            *map(str, paths),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    for path in paths:
        number = int(path.stem[1:])
        text = path.with_suffix(".txt").read_text("utf-8-sig")
        assert values[number].replace("\n", "") in text.replace("\n", "").replace("\r", "")
