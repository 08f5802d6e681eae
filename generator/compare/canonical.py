"""XML as values that compare by meaning: prefixes, attribute order, ids of revisions and toggle spellings are gone."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from lxml import etree

from generator.compare.defaults import says_nothing, stated
from generator.compare.package_facts import R
from generator.kept.name_sets import names
from generator.ooxml.package import local

# Ids that editors write anew on every save (ECMA-376 part 1, 17.3 and [MS-DOCX]): they mean nothing.
_NOISE_ATTRIBUTES = names(
    "rsid rsidR rsidRPr rsidRDefault rsidP rsidDel rsidSect rsidTr paraId textId anchorId editId uid hint Ignorable"
)
_RELATIONSHIP = R[:-1]
# Proofing and layout traces.
NOISE = names(
    "lang noProof proofErr lastRenderedPageBreak rsid rsids bCs iCs szCs rPrChange pPrChange tblPrChange trPrChange "
    "tcPrChange sectPrChange tblGridChange numberingChange cnfStyle"
)
_TOGGLES = names(
    "b i caps smallCaps strike dstrike outline shadow emboss imprint vanish webHidden snapToGrid keepNext keepLines "
    "pageBreakBefore widowControl contextualSpacing mirrorIndents suppressLineNumbers suppressAutoHyphens kinsoku wordWrap "
    "overflowPunct topLinePunct autoSpaceDE autoSpaceDN adjustRightInd bidi bidiVisual rtl cantSplit tblHeader hidden "
    "titlePg noWrap tcFitText hideMark rtlGutter formProt noEndnote qFormat specVanish cs evenAndOddHeaders"
)
_SIDES = {"start": "left", "end": "right", "startChars": "leftChars", "endChars": "rightChars"}

Value = Any  # bool, text, or a nested tuple of (name, attributes, children, text)
Properties = tuple[tuple[str, Value], ...]  # sorted by name


def tree(element: etree._Element, skip: Collection[str] = NOISE, order: bool = True) -> tuple[Any, ...]:
    """An element as a nested tuple: name, attributes sorted, children, text.

    Args:
        element: the element.
        skip: names of children that mean nothing.
        order: whether the order of the children means something.
    """
    found = (tree(child, skip, order) for child in element if local(child) and local(child) not in skip)
    children = [child for child in found if not says_nothing(*child)]
    if not order:
        children.sort(key=repr)
    text = (element.text or "").strip() if len(element) else element.text or ""
    return (local(element), attributes(element), tuple(children), text)


def attributes(element: etree._Element, skip: Collection[str] = ()) -> tuple[tuple[str, str], ...]:
    """The attributes of an element that mean something, sorted by name; what its schema takes for granted is left out.

    The id of a relationship means nothing: what it leads to does.
    """
    found: dict[str, str] = {}
    for key, value in element.attrib.items():
        space, _, name = str(key).rpartition("}")
        noise = name in _NOISE_ATTRIBUTES or space == _RELATIONSHIP or name.startswith("rsid")
        if not noise and name not in skip and not (name == "id" and str(value).startswith("{")):
            found[_SIDES.get(name, name)] = str(value)
    return tuple(sorted(stated(local(element), found).items()))


def value(element: etree._Element) -> Value:
    """A property element's value: a toggle's truth, a lone `val`, or its tree."""
    name = local(element)
    if name in _TOGGLES:
        return next((str(v) for k, v in element.attrib.items() if str(k).endswith("val")), "1") in ("true", "1", "on")
    stated_ones = attributes(element)
    if name == "u" and not stated_ones:
        return "single"
    if len(element) == 0 and not element.text:
        if len(stated_ones) != 1 or stated_ones[0][0] != "val":
            return stated_ones
        plain = stated_ones[0][1]
        return _SIDES.get(plain, plain) if name == "jc" else plain
    return tree(element, order=False)


def properties(element: etree._Element | None, skip: Collection[str] = ()) -> Properties:
    """The children of a property element (`w:rPr`, `w:tcPr`, …) as sorted pairs of name and value.

    A property that is stated with its neutral value (`<w:u w:val="none"/>` is kept: it may override a style) stays.
    """
    if element is None:
        return ()
    found: dict[str, Value] = {}
    for child in element:
        name = local(child)
        if name and name not in NOISE and name not in skip:
            if len(child) == 0 and not child.attrib and says_nothing(name, (), (), child.text or ""):
                continue
            found[name] = value(child)
    return tuple(sorted(found.items()))


def changed(old: Properties, new: Properties) -> list[tuple[str, Value | None, Value | None]]:
    """The properties that differ: name, old and new value, None where one is not stated."""
    if old == new:
        return []
    before, after = dict(old), dict(new)
    return [
        (name, before.get(name), after.get(name))
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    ]
