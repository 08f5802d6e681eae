"""Markup that a context or `|safe` puts into a document: WordprocessingML that may stand where it is printed, nothing else.

The elements are those of ECMA-376 part 1 §17 that a document's blocks, runs and tables are made of; what belongs to
another language (drawings, equations) may stand where WordprocessingML takes it. Nothing of it acts by itself: its fields are
whole, and neither they nor its pictures and links read files, fetch or run.
"""

from __future__ import annotations

from jinja2 import TemplateRuntimeError
from lxml import etree

from generator.kept.lazy_patterns import lazy
from generator.ooxml.field_codes import field_acts, field_codes, field_links
from generator.ooxml.links import is_safe, scheme_of
from generator.ooxml.wordprocessing import MAIN, MC
from generator.word.compile.tokens import Slot
from generator.word.run.additions import RELATIONSHIPS, rendered_part

UNSOUND = "what was marked as safe is no sound XML"
MISPLACED = "what was marked as safe cannot stand here"
ACTING = "what was marked as safe acts by itself"
HALF = "what was marked as safe holds a part of a field"

_RANGES = "bookmarkStart bookmarkEnd commentRangeStart commentRangeEnd permStart permEnd proofErr"
_BLOCKS = f"p tbl sdt customXml altChunk {_RANGES}"
_RUNS = f"r hyperlink ins del moveFrom moveTo smartTag sdt fldSimple customXml dir bdo subDoc {_RANGES}"
_CHILDREN: dict[str, set[str]] = {
    name: set(children.split())
    for name, children in {
        "p": f"pPr {_RUNS}",
        **dict.fromkeys(
            ("hyperlink", "ins", "del", "moveFrom", "moveTo", "smartTag", "fldSimple", "dir", "bdo"), _RUNS
        ),
        "r": "rPr t br tab cr noBreakHyphen softHyphen sym drawing pict object fldChar instrText delText delInstrText ptab"
        " footnoteReference endnoteReference commentReference footnoteRef endnoteRef annotationRef lastRenderedPageBreak"
        " dayShort monthShort yearShort dayLong monthLong yearLong pgNum ruby",
        "tbl": f"tblPr tblGrid tr sdt customXml {_RANGES}",
        "tr": f"tblPrEx trPr tc sdt customXml {_RANGES}",
        "tc": f"tcPr {_BLOCKS}",
        "sdt": "sdtPr sdtEndPr sdtContent",
        "sdtContent": f"{_BLOCKS} {_RUNS} tr tc",
        "customXml": f"customXmlPr {_BLOCKS} {_RUNS} tr tc",
        **dict.fromkeys(("t", "delText", "instrText", "delInstrText"), ""),
    }.items()
}
_TEXTS = ("t", "delText", "instrText", "delInstrText")
_FOREIGN = {"p", "r", "drawing", "pict", "object", "hyperlink", "sdtContent", "fldSimple", "smartTag"}
_STARTS = {
    "text": ("<w:p><w:r><w:t>", "</w:t></w:r></w:p>"),
    "run": ("<w:p>", "</w:p>"),
    "paragraph": ("", ""),
    "row": ("<w:tbl>", "</w:tbl>"),
    "cell": ("<w:tbl><w:tr>", "</w:tr></w:tbl>"),
}
_BLOCK = lazy(r"\s*<w:(?:p|tbl|sdt)[ >/]")
_RUN = lazy(r"\s*<w:(?:r|hyperlink|smartTag|ins|bookmarkStart|fldSimple)[ >/]")
_SUSPECT = lazy(r"(?i)instr|fldchar|src|href")
_ADDRESSES = frozenset(("src", "href", "althref"))
_ENTITY = lazy(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9A-Fa-f]+);)")


def check_markup(xml: str, slot: Slot) -> None:
    """Hold markup to what may be printed at a place.

    Raises:
        TemplateRuntimeError: it is not well-formed, or holds an element that cannot stand there.
    """
    if "&" in xml and _ENTITY.search(xml):
        raise TemplateRuntimeError(UNSOUND)
    if "<" not in xml:
        if "]]>" in xml:
            raise TemplateRuntimeError(UNSOUND)
        return
    mode = slot.mode if slot.mode in _STARTS else "text"  # elsewhere text alone is printed of it
    start, end = _STARTS[mode]
    if mode == "text" and (_BLOCK.match(xml) or _RUN.match(xml)):
        start, end = ("", "") if _BLOCK.match(xml) else ("<w:p>", "</w:p>")
    elif mode == "run" and _BLOCK.match(xml):
        start, end = "", ""
    elif mode in ("run", "paragraph") and not _BLOCK.match(xml):
        start, end = ("<w:p>", "</w:p>") if _RUN.match(xml) else _STARTS["text"]
    known = {"w": MAIN, "r": RELATIONSHIPS, **rendered_part().prefixes}
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in known.items())
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(f"<w:body {declared}>{start}{xml}{end}</w:body>", parser)
    except etree.XMLSyntaxError:
        raise TemplateRuntimeError(UNSOUND) from None
    if _SUSPECT.search(xml):
        _check_acts(root)
    _check(root, set(_BLOCKS.split()) if mode not in ("row", "cell") else {"tbl"})


def _check_acts(root: etree._Element) -> None:
    """Hold what was inserted to fields that only print, and to addresses within the document or of pages.

    Raises:
        TemplateRuntimeError: a field is not whole, or it or an address reads files, fetches or runs something.
    """
    marks = [_attribute(element, "fldCharType") for element in root.iter(f"{{{MAIN}}}fldChar")]
    begun = 0
    for mark in marks:
        begun += {"begin": 1, "end": -1}.get(mark, 0)
        if begun < 0:
            raise TemplateRuntimeError(HALF)
    codes = len(list(root.iter(f"{{{MAIN}}}instrText", f"{{{MAIN}}}delInstrText")))
    if begun or (codes and "begin" not in marks):
        raise TemplateRuntimeError(HALF)
    for code in field_codes(root):
        if field_acts(code) or not all(map(is_safe, field_links(code))):
            raise TemplateRuntimeError(ACTING)
    for element in root.iter():
        for name, value in element.attrib.items():
            if etree.QName(name).localname in _ADDRESSES and scheme_of(str(value)) != "":
                raise TemplateRuntimeError(ACTING)


def _attribute(element: etree._Element, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if etree.QName(key).localname == name), "")


def _check(element: etree._Element, allowed: set[str]) -> None:
    """Hold the children of an element to those that it may have."""
    own = etree.QName(element).localname
    if own not in _TEXTS and any((text or "").strip() for text in (element.text, *(child.tail for child in element))):
        raise TemplateRuntimeError(MISPLACED)
    for child in element:
        if not isinstance(child.tag, str):
            raise TemplateRuntimeError(MISPLACED)
        name = etree.QName(child)
        if name.namespace != MAIN:
            if own not in _FOREIGN and not child.tag.startswith(MC):
                raise TemplateRuntimeError(MISPLACED)
            continue
        if name.localname not in allowed:
            raise TemplateRuntimeError(MISPLACED)
        if name.localname in _CHILDREN:
            _check(child, _CHILDREN[name.localname])
