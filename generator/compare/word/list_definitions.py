"""The lists of a Word document, as `numbering.xml` defines them."""

from __future__ import annotations

from lxml import etree

from generator.compare.canonical import properties
from generator.compare.word.block_elements import attribute, whole_number
from generator.compare.word.document_model import ListLevel
from generator.compare.word.list_counting import ListDefinition
from generator.ooxml.package import local
from generator.ooxml.stated_numbers import whole
from generator.ooxml.wordprocessing import W


def read_lists(root: etree._Element) -> dict[str, ListDefinition]:
    """The lists of a numbering part by `numId`; a numbering that stands in a style is taken from there."""
    abstract = {e.get(W + "abstractNumId", ""): e for e in root if local(e) == "abstractNum"}
    by_link = {attribute(e.find(W + "styleLink")): e for e in abstract.values() if e.find(W + "styleLink") is not None}
    found: dict[str, ListDefinition] = {}
    for number in root:
        if local(number) != "num":
            continue
        base = abstract.get(attribute(number.find(W + "abstractNumId")) or "")
        if base is not None and base.find(W + "numStyleLink") is not None:
            base = by_link.get(attribute(base.find(W + "numStyleLink")), base)
        found[number.get(W + "numId", "")] = _definition(number, base)
    return found


def _definition(number: etree._Element, base: etree._Element | None) -> ListDefinition:
    levels: dict[int, ListLevel] = {}
    linked: dict[str, int] = {}
    anew: set[int] = set()
    overrides = list(number.iterfind(W + "lvlOverride"))
    sources = [] if base is None else list(base.iterfind(W + "lvl"))
    for element in (*sources, *(level for override in overrides for level in override.iterfind(W + "lvl"))):
        at = whole(element.get(W + "ilvl", "0"))
        levels[at] = _list_level(at, element)
        if style := attribute(element.find(W + "pStyle")):
            linked[style] = at
    for override in overrides:
        at = whole(override.get(W + "ilvl", "0"))
        if (start := whole_number(override.find(W + "startOverride"))) is not None and at in levels:
            levels[at] = levels[at]._replace(start=start)
            anew.add(at)
    numbering = "" if base is None else base.get(W + "abstractNumId", "")
    return ListDefinition(numbering, levels, frozenset(anew), linked)


def _list_level(level: int, element: etree._Element) -> ListLevel:
    """A level as `w:lvl` defines it; what it leaves out is as ECMA-376 part 1, 17.9 says."""
    start = whole_number(element.find(W + "start"))
    form = next(element.iter(W + "numFmt"), None)  # a custom one stands in mc:AlternateContent
    legal = element.find(W + "isLgl")
    return ListLevel(
        level,
        attribute(form) or "decimal",
        attribute(element.find(W + "lvlText")) or "",
        0 if start is None else start,
        attribute(element.find(W + "suff")) or "tab",
        {"start": "left", "end": "right"}.get(jc := attribute(element.find(W + "lvlJc")) or "left", jc),
        properties(element.find(W + "pPr")),
        properties(element.find(W + "rPr")),
        _restart(whole_number(element.find(W + "lvlRestart")), level),
        legal is not None and legal.get(W + "val", "1") in ("1", "true", "on"),
        "" if form is None else form.get(W + "format", ""),
    )


def _restart(stated: int | None, level: int) -> int | None:
    """After which level one begins anew; that it does so after each above it goes without saying."""
    return None if stated is not None and stated >= level else stated
