"""`{% do %}` prints nothing, and tells of a name that it does not know all the same."""

import io

import docx
import pytest

from generator.diagnostics import InvalidTemplate
from generator.word import WordTemplate


def rendered(text: str) -> bytes:
    document, content = docx.Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(content)
    return WordTemplate(content.getvalue()).render({"a": {"b": 1}})


@pytest.mark.parametrize(("text", "code"), [("nix", "template-undefined"), ("a.nix", "template-undefined-item")])
def it_tells_of_an_unknown_name_each_time(text, code):
    with pytest.raises(InvalidTemplate) as told:
        rendered(f"{{% do {text} %}}甲{{% do {text} %}}{{{{ nox }}}}")
    assert [one.code for one in told.value.diagnostics] == [code, code, "template-undefined"]


def it_prints_nothing_of_a_known_one():
    assert docx.Document(io.BytesIO(rendered("{% do a.b %}甲{% do none %}"))).paragraphs[0].text == "甲"
