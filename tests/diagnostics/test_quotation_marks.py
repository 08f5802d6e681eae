"""How a message sets what it names or shows in quotation marks."""

import pytest

from generator.diagnostics.catalogue import diagnostic


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("“三公经费”变动率", "“‘三公经费’变动率”"),
        ("“落实‘三公’经费”情况", "“‘落实“三公”经费’情况”"),
        ("‘两个’健康", "“‘两个’健康”"),
        ("半个“引号", "“半个“引号”"),
        ("多了”引号", "“多了”引号”"),
        ("it’s “x”", "“it’s ‘x’”"),
    ],
)
def it_alternates_quotation_marks_by_depth(label, shown):
    found = diagnostic("missing-value", label=label, wanted="数")
    assert found.message == f"缺少{shown}。"
    assert found.text.en == f"{shown} is missing."


def it_shows_what_somebody_typed_character_by_character():
    assert diagnostic("value-not-number", label="数", text="“三”").message == "数：““三””不是数。"
