"""Formulas that fetch or run something, wherever a workbook keeps formulas: cells, names, rules, validations, charts, tables."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator

from generator.kept.lazy_patterns import lazy
from generator.ooxml.package import parse_xml

_HOLDERS = "f|formula|formula1|formula2|definedName|calculatedColumnFormula|totalsRowFormula"
_HOLDERS += "|FmlaPict|FmlaLink|FmlaRange|FmlaGroup|FmlaTxbx"  # of controls in VML
_FORMULA = lazy(rb"<(?:[^\s<>/:]+:)?(?:%b)(?:\s[^<>]*)?>([^<]+)</" % _HOLDERS.encode())
_NAMES = frozenset(_HOLDERS.split("|"))
_FUNCTIONS = (
    r"WEBSERVICE|CALL|REGISTER(?:\.ID)?|RTD|DDE|IMPORT(?:DATA|XML|HTML|FEED|RANGE)|IMAGE|STOCKHISTORY|SQL\.REQUEST|PY"
    # what is sent to a service
    r"|COPILOT|TRANSLATE|DETECTLANGUAGE|GOOGLETRANSLATE|GOOGLEFINANCE"
    # what macro sheets can do, which names can hold as well
    r"|EXEC(?:UTE)?|EVALUATE|INITIATE|POKE|REQUEST|SEND\.KEYS|SEND\.MAIL|FOPEN|FREAD(?:LN)?|FWRITE(?:LN)?|FILES|DIRECTORY|FILE\.DELETE"
    r"|GET\.(?:CELL|DEF|DOCUMENT|FORMULA|LINK\.INFO|NAME|NOTE|OBJECT|WINDOW|WORKBOOK|WORKSPACE)|UNREGISTER"
)
_FETCHES = lazy(
    # _xleta, _xlfn: named, not called, where another function calls it (`MAP(A1:A2,WEBSERVICE)`)
    rf"\b(?:{_FUNCTIONS})\s*\(|\b_xl\w+\.(?:{_FUNCTIONS})\b"
    r"|[\w']\|['\w!]",
    re.I,
)
_TEXT = lazy(r'"(?:[^"]|"")*"')
_QUOTED = lazy(r"(?<!')'((?:[^']|'')++)'!")
_LINK = lazy(r'\bHYPERLINK\s*\(\s*"((?:[^"]|"")*)"', re.I)
_ELSEWHERE = lazy(r"'(?:https?:|ftp:|file:|\\|/|[a-z]:[\\/])[^']*\][^']*'!|\[[^\[\]]*\.(?:xls[xmb]?|ods|csv)\]", re.I)


def formulas_of(data: bytes) -> Iterator[str]:
    """The formulas of a part in UTF-8.

    Raises:
        InvalidDocument: it is no XML: a drawing in VML, or a part that nobody has looked at before.
    """
    if b"<![CDATA[" in data or b"<!--" in data or b"<?" in data[5:]:  # they may cut a formula to pieces
        for element in parse_xml(data).iter():
            if isinstance(element.tag, str) and element.tag.rpartition("}")[2] in _NAMES:
                yield "".join(str(text) for text in element.itertext())
        return
    for match in _FORMULA.finditer(data):
        text = match[1].decode("utf-8", "replace")
        yield html.unescape(text) if "&" in text else text


def formula_fetches(formula: str, sheets: Collection[str] = ()) -> str:
    """What of a formula fetches or runs something; "" if nothing does. Texts in quotation marks do nothing.

    Args:
        formula: as the file has it.
        sheets: the names of the workbook's sheets in small letters: `'A|B'!A1` is a cell of one, or asks a program.
    """
    text = _TEXT.sub('""', formula) if '"' in formula else formula
    if "|" in text and sheets:
        text = _QUOTED.sub(lambda found: _own(found, sheets), text)
    found = _FETCHES.search(text)
    if found is None:
        return ""
    begin = found.start()
    while "|" in found[0] and begin and (text[begin - 1].isalnum() or text[begin - 1] in "_."):
        begin -= 1  # the program's name
    return text[begin : found.end()]


def _own(found: re.Match[str], sheets: Collection[str]) -> str:
    """A quoted name before a cell, without what it says where it is that of sheets of the workbook."""
    names = found[1].replace("''", "'").lower().split(":")
    return "S!" if all(name in sheets for name in names) else found[0]


def formula_link(formula: str) -> str:
    """The target of a HYPERLINK that the formula itself names."""
    match = _LINK.search(formula) if "HYPERLINK" in formula.upper() else None
    return match[1].replace('""', '"') if match else ""


def names_another_workbook(formula: str) -> bool:
    """Whether a formula names a workbook by its address."""
    return _ELSEWHERE.search(formula) is not None
