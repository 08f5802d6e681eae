"""Parts of WordprocessingML that are written at the place that the schema gives them."""

from lxml import etree

from generator.ooxml.wordprocessing import W, set_cell_property


def shaded(inner: str, fill: str) -> etree._Element:
    cell = etree.fromstring(f'<w:tc xmlns:w="{W[1:-1]}">{inner}</w:tc>')
    set_cell_property(cell, "shd", {"fill": fill})
    return cell


def names(element: etree._Element) -> list[str]:
    return [etree.QName(one).localname for one in element]


def it_gives_a_cell_its_first_property():
    made = shaded("<w:p/>", "FFFF00")
    assert names(made) == ["tcPr", "p"]
    assert made[0][0].get(f"{W}fill") == "FFFF00"


def it_puts_a_property_before_those_that_follow_it():
    made = shaded("<w:tcPr><w:tcW/><w:gridSpan/><w:noWrap/><w:vAlign/></w:tcPr><w:p/>", "auto")
    assert names(made[0]) == ["tcW", "gridSpan", "shd", "noWrap", "vAlign"]


def it_replaces_a_property():
    made = shaded('<w:tcPr><w:tcW/><w:shd w:fill="000000"/></w:tcPr><w:p/>', "auto")
    assert names(made[0]) == ["tcW", "shd"]
    assert made[0][1].get(f"{W}fill") == "auto"
