"""LaTeX and MathML read as Office Math, by the extra `equations`; what it would let pass half-read is refused."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from lxml import etree

from generator.diagnostics import InvalidDocument, InvalidTemplate, Text
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording import word_words as words
from generator.ooxml.package import parse_xml, take_out

MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_M = f"{{{MATH}}}"
_MATHML = "{http://www.w3.org/1998/Math/MathML}"
_LONGEST = 5_000  # characters of LaTeX
_DELIMITERS = (("$$", "$$", True), ("\\[", "\\]", True), ("\\(", "\\)", None), ("$", "$", None))
_ARITY = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3}
_IDEOGRAPHS = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_BOUNDS = re.compile(r"\\(begin|end)\s*\{([^{}]*)\}")


def _fault(code: str, source: str, **arguments: Any) -> InvalidTemplate:
    return InvalidTemplate([diagnostic(code, source=" ".join(source.split())[:60], **arguments)])


def bare(latex: str) -> tuple[str, bool | None]:
    """LaTeX without the marks around it, and whether these ask for a line of its own."""
    for begin, end, display in _DELIMITERS:
        if latex.startswith(begin) and latex.endswith(end) and len(latex) >= len(begin) + len(end):
            return latex[len(begin) : -len(end)].strip(), display
    return latex, None


@lru_cache(maxsize=256)
def from_latex(latex: str) -> str:
    """The MathML of LaTeX."""
    _check_latex(latex)
    try:
        from latex2mathml.converter import convert
    except ImportError:
        raise _fault("equation-not-installed", latex) from None
    try:
        return convert(latex)
    except RecursionError:
        raise _fault("equation-unreadable", latex, why=words.TOO_DEEP) from None
    except Exception as fault:  # of the library: whatever it raises, it cannot read this
        name = re.sub("(?<=[a-z])(?=[A-Z])", " ", type(fault).__name__.removesuffix("Error"))
        raise _fault("equation-unreadable", latex, why=Text(*[f"{name} {fault}".strip()] * 2)) from None


def _check_latex(latex: str) -> None:
    """Refuse what a lenient reader would print half."""
    if not latex:
        raise _fault("equation-unreadable", latex, why=words.EMPTY)
    if len(latex) > _LONGEST:
        raise _fault("equation-unreadable", latex, why=words.TOO_LONG.filled(most=_LONGEST))
    if wrong := re.search(r"\\[^\x00-\x7f]", latex):
        raise _fault("equation-unreadable", latex, why=words.UNKNOWN_COMMAND.filled(command=wrong[0]))
    depth = 0
    for brace in re.findall(r"(?<!\\)(?:\\\\)*([{}])", latex):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            break
    if depth:
        raise _fault("equation-unreadable", latex, why=words.BRACES)
    open_: list[str] = []
    for kind, name in _BOUNDS.findall(latex):
        if kind == "begin":
            open_.append(name)
        elif not open_ or open_.pop() != name:
            open_ = [name]
            break
    if open_:
        raise _fault("equation-unreadable", latex, why=words.BEGIN_AND_END.filled(name=open_[-1]))


@lru_cache(maxsize=256)
def office_math(mathml: str, source: str) -> str:
    """The `m:oMath` of MathML."""
    try:
        root = parse_xml(mathml.encode(), part="MathML")
    except InvalidDocument:
        raise _fault("equation-unreadable", source, why=words.NO_MATHML) from None
    if etree.QName(root).localname != "math":
        raise _fault("equation-unreadable", source, why=words.NO_MATHML)
    _check_mathml(root, source)
    _set_words_together(root)
    try:
        from math_ml2omml import convert
    except ImportError:
        raise _fault("equation-not-installed", source) from None
    try:
        made = convert(etree.tostring(root, encoding="unicode"))
        office = parse_xml(f'<x xmlns:m="{MATH}">{made}</x>'.encode(), part="Office Math")
    except Exception as fault:  # of the library, or XML of its that is none
        why = Text(str(fault)[:80], str(fault)[:80])
        raise _fault("equation-unreadable", source, why=why) from None
    (math,) = office
    _slim(math)
    etree.cleanup_namespaces(math)
    return etree.tostring(math, encoding="unicode", with_tail=False)


def _check_mathml(root: etree._Element, source: str) -> None:
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        name, text = etree.QName(element).localname, (element.text or "").strip()
        if text.startswith("\\") and len(text) > 1:
            raise _fault("equation-unreadable", source, why=words.UNKNOWN_COMMAND.filled(command=text))
        if name in _ARITY and len(element) != _ARITY[name]:
            raise _fault("equation-unreadable", source, why=words.PART_MISSING)


def _set_words_together(root: etree._Element) -> None:
    """Chinese words are text, upright and in one piece, not a product of letters; a space is one."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            continue
        name = etree.QName(element).localname
        if name == "mi" and _IDEOGRAPHS.search(element.text or ""):
            element.tag = f"{_MATHML}mtext" if element.tag.startswith(_MATHML) else "mtext"
            element.attrib.clear()
            before = element.getprevious()
            if before is not None and before.get("word") == "1":
                before.text = (before.text or "") + (element.text or "")
                take_out(element)
            else:
                element.set("word", "1")
        elif name == "mspace" and not element.get("width", "").startswith(("-", "0em")):
            element.tag = f"{_MATHML}mtext" if element.tag.startswith(_MATHML) else "mtext"
            element.attrib.clear()
            element.text = "\u2009"
    for element in root.iter():
        if "word" in element.attrib:
            del element.attrib["word"]


def _slim(math: etree._Element) -> None:
    """Take out boxes that say nothing and runs without text."""
    for box in list(math.iter(f"{_M}box")):
        parent = box.getparent()
        if parent is None or box.find(f"{_M}boxPr") is not None:
            continue
        at = parent.index(box)
        for child in [child for holder in box for child in holder]:
            parent.insert(at, child)
            at += 1
        parent.remove(box)
    for root in math.iter(f"{_M}rad"):
        if root.find(f"{_M}deg") is None:  # the schema wants one, a square root hides it
            properties = root.find(f"{_M}radPr")
            if properties is None:
                properties = etree.Element(f"{_M}radPr")
                root.insert(0, properties)
            etree.SubElement(properties, f"{_M}degHide").set(f"{_M}val", "1")
            properties.addnext(etree.Element(f"{_M}deg"))
    for text in list(math.iter(f"{_M}t")):
        run = text.getparent()
        if not text.text and run is not None and run.getparent() is not None:
            take_out(run)
        elif text.text != (text.text or "").strip():
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
