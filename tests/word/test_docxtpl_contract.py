"""What this project takes for granted about docxtpl: a release that changes it fails here, not in a report."""

from __future__ import annotations

import importlib.metadata
import inspect
import re

import docxtpl
import pytest
from docxtpl import InlineImage, Listing, RichText, RichTextParagraph
from docxtpl.subdoc import Subdoc

from generator.word.run import objects, richtext

PROPERTIES = {
    "style": "强调",
    "color": "#ff0000",
    "highlight": "ffff00",
    "size": 28,
    "subscript": True,
    "superscript": True,
    "bold": True,
    "italic": True,
    "underline": "double",
    "strike": True,
    "font": "eastAsia:仿宋_GB2312",
    "rtl": True,
    "lang": "zh-CN",
}


def it_is_the_version_that_was_read() -> None:
    assert re.match(r"0\.20\.\d+$", importlib.metadata.version("docxtpl"))


def it_has_the_classes_by_which_values_are_known() -> None:
    for made in (RichText, RichTextParagraph, Listing, InlineImage, Subdoc):
        assert (made.__module__, made.__name__) in objects._DOCXTPL
    assert docxtpl.R is RichText
    assert docxtpl.RP is RichTextParagraph


def it_knows_every_property_of_rich_text() -> None:
    known = set(inspect.signature(RichText.add).parameters) - {"self", "text", "url_id"}
    assert known == set(PROPERTIES), "docxtpl has new properties: look at their place in rPr"
    assert set(inspect.signature(RichTextParagraph.add).parameters) == {"self", "text", "parastyle"}


@pytest.mark.parametrize("name", PROPERTIES)
def it_writes_rich_text_as_runs_with_flat_properties(name: str) -> None:
    rich = RichText("甲<乙>&\n丙", **{name: PROPERTIES[name]})
    assert richtext._SOUND_RUNS.fullmatch(rich.xml)
    assert rich.xml == str(rich) == rich.__html__()
    element = richtext._PROPERTIES.search(rich.xml)
    assert element
    names = [found for found, _ in richtext._PROPERTY.findall(element[1])]
    assert names
    assert set(names) <= set(richtext.ORDER)


def it_writes_links_and_nested_rich_text_as_runs() -> None:
    rich = RichText("见", bold=True)
    rich.add("网站", url_id="rId7")
    outer = RichText("外")
    outer.add(rich)
    assert richtext._SOUND_RUNS.fullmatch(outer.xml)
    assert outer.xml.endswith(rich.xml)
    assert '<w:hyperlink r:id="rId7" w:tgtFrame="_blank">' in rich.xml


def it_writes_rich_paragraphs_as_paragraphs_of_runs() -> None:
    rich = RichTextParagraph("首", parastyle="Heading1")
    rich.add(RichText("次", italic=True))
    assert richtext._SOUND_PARAGRAPHS.fullmatch(rich.xml)


def it_writes_a_listing_as_escaped_text() -> None:
    assert Listing("a<b>&\"c'\n\a\t\f").xml == "a&lt;b&gt;&amp;&quot;c&#x27;\n\a\t\f"
    assert Listing(12).xml == "12"
