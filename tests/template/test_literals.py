"""Long texts of a template: they print as they stand, whatever they hold, in every frame."""

import pytest

from generator import WordTemplate
from tests.support import words

LONG = "年度绩效目标，完成100%、%b与%s、%%、%(x)s；"


@pytest.mark.parametrize("length", [1, 3, 20])
def it_prints_texts_of_any_length_as_they_stand(length):
    text = LONG * length
    template = words.document(
        words.paragraph(text),
        words.paragraph(text + "{{ a }}" + text + "{{ a }}"),
        words.paragraph("{%p for x in rows %}"),
        words.paragraph(text),
        words.paragraph("{%p endfor %}"),
        words.paragraph("{%p set kept %}"),
        words.paragraph(text + "{{ a }}"),
        words.paragraph("{%p endset %}"),
        words.paragraph("{{p kept }}"),
        words.paragraph("{{ kept|length > 10 }}"),
    )
    content = WordTemplate(template).render({"a": "值%", "rows": [1, 2]})
    texts = [one for one in words.texts(content) if one]
    assert texts == [text, f"{text}值%{text}值%", text, text, f"{text}值%", "True"]


def it_names_every_fault_of_a_template_with_long_texts():
    from generator import InvalidTemplate

    template = words.document(*(words.paragraph(LONG * 20 + f"{{{{ wrong{number} }}}}") for number in range(3)))
    with pytest.raises(InvalidTemplate) as refused:
        WordTemplate(template).render({"a": 1})
    assert len(refused.value.diagnostics) == 3
