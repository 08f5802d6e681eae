"""Where a value that prints nothing would leave a hole among words, and where a form means an empty place."""

import pytest

from generator.template.faults import PlacedTag
from generator.template.holes import in_words
from generator.template.tags import find_tags


@pytest.mark.parametrize(
    ("text", "hole"),
    [
        ("完成{{ x }}个", True),
        ("{{ x }}个", True),
        ("共{{ x }}", True),
        ("{{ x }}", False),
        ("  {{ x }}  ", False),
        ("填表人：{{ x }}", False),
        ("填表人：{{ x }}　　填报日期：", False),
        ("合计：{{ x }}万元", True),
        ("已完成。{{ x }}", False),
        ("{{ y }}{{ x }}", True),
        ("{% if y %}{{ x }}{% endif %}", False),
        ("甲{# 注 #}{{ x }}", True),
    ],
)
def it_knows_a_tag_in_the_middle_of_words(text, hole):
    tag = [one for one in find_tags(text) if one.body.strip() == "x"][-1]
    assert in_words(PlacedTag(tag, text=text)) == hole
