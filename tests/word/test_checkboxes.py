"""Check boxes follow the values of their tags."""

import pytest

from generator.word import WordTemplate
from tests.support import ooxml, words
from tests.support.authoring import refused
from tests.support.words import W, document, paragraph

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
BOX = (
    '<w:p><w:sdt><w:sdtPr><w:{0} w:val="{1}"/><w14:checkbox><w14:checked w14:val="0"/>'
    '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/>'
    "</w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt></w:p>"
)


def boxes(content: bytes) -> list[tuple[str | None, str]]:
    """State and sign of each check box."""
    return [
        (
            one.find(f".//{W14}checked").get(f"{W14}val"),  # type: ignore[union-attr]
            "".join(node.text or "" for node in one.iter(f"{W}t")),
        )
        for one in words.root(content).iter(f"{W}sdt")
    ]


@pytest.mark.parametrize("name", ["alias", "tag"])
@pytest.mark.parametrize(("value", "ticked"), [(True, True), (False, False), ("是", True), ("否", False), ("", False)])
def it_ticks_a_control_whose_tag_holds(name, value, ticked):
    made = document(BOX.format(name, "{{ ok }}"))
    content = WordTemplate(made).render({"ok": value})
    assert boxes(content) == [("1", "☒") if ticked else ("0", "☐")]
    assert not ooxml.new_findings(made, content)


def it_ticks_each_control_of_a_loop_by_its_item():
    blocks = (paragraph("{%p for x in xs %}"), BOX.format("alias", "{{ x.ok }}"), paragraph("{%p endfor %}"))
    content = WordTemplate(document(*blocks)).render({"xs": [{"ok": True}, {"ok": False}]})
    assert boxes(content) == [("1", "☒"), ("0", "☐")]


def it_leaves_a_control_without_tags_alone():
    content = WordTemplate(document(BOX.format("alias", "已核对"), paragraph("{{ x }}"))).render({"x": 1})
    assert boxes(content) == [("0", "☐")]


def it_names_the_place_of_a_value_that_is_not_there():
    assert refused(document(BOX.format("alias", "{{ ok }}"))) == [("template-undefined", "正文 第1段")]
    assert [code for code, _ in refused(document(BOX.format("alias", "{{ o k }}")))] == ["template-syntax"]


def it_prints_a_box_as_text():
    content = WordTemplate(document(paragraph("{{ a|checkbox }}{{ b|checkbox }}"))).render({"a": True, "b": "否"})
    assert "".join(node.text or "" for node in words.root(content).iter(f"{W}t")) == "☑☐"
