"""Parts of many paragraphs: those without tags are not kept, and every place is still told right."""

import pytest

from generator import InvalidTemplate, WordTemplate
from tests.support import words
from tests.support.words import document, paragraph, row, run, table


def it_tells_places_behind_thousands_of_paragraphs():
    plain = [paragraph(f"第{number}段") for number in range(6_000)]
    template = document(
        *plain[:3_000],
        paragraph(run("前{{ a"), run(" }}后")),
        table(row(paragraph("文"), paragraph("{{ wrong1 }}")), columns=2),
        *plain[3_000:],
        paragraph("{{ wrong2 }}"),
        paragraph('<w:hyperlink w:anchor="x">' + run("{{ wrong3 }}") + "</w:hyperlink>"),
    )
    with pytest.raises(InvalidTemplate) as refused:
        WordTemplate(template).render({"a": 1})
    places = [one.location.place.zh for one in refused.value.diagnostics if one.location.place is not None]
    assert places == ["表1 第1行 第2列", "正文 第6002段", "正文 第6003段"]
    content = WordTemplate(template).render({"a": 1, "wrong1": 2, "wrong2": 3, "wrong3": 4})
    texts = words.texts(content)
    assert len(texts) == 6_000 + 5
    assert [texts[3_000], texts[3_002], *texts[-2:]] == ["前1后", "2", "3", "4"]
