"""What in a document acts by itself: programs, links that are followed on opening, fields and formulas that fetch.

One scan for all who take documents from elsewhere. Each finding has a rule: `refuse` stops whoever renders or installs the
document, `tell` is a warning. `docs/security.md` has the rules as a table.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from lxml import etree

from generator.diagnostics import Diagnostic, InvalidDocument, Location, Severity, Text
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording import ooxml_words as words
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass
from generator.kept.name_sets import pairs
from generator.ooxml.acting_attributes import acting_attributes
from generator.ooxml.acting_formulas import formula_fetches, formula_link, formulas_of, names_another_workbook
from generator.ooxml.field_codes import field_acts, field_codes, field_links
from generator.ooxml.limits import limits, macros_are_allowed
from generator.ooxml.links import scheme_of
from generator.ooxml.package import COMPOUND, Package, open_package, parse_xml
from generator.ooxml.relationships import RELATIONSHIP, content_type_of, resolve
from generator.ooxml.soundness import encoding_of

_WORKBOOK = "xl/workbook.xml"
_SHEET = lazy(rb"""<(?:\w+:)?sheet\s[^<>]*?\bname=["']([^"'<>]*)["']""")
_REFUSED = "refuse"
_TOLD = "tell"

# kind -> (rule, what it is)
RULES: dict[str, tuple[str, Text]] = {
    "macro": (_REFUSED, words.MACRO),
    "macro-call": (_TOLD, words.MACRO_CALL),
    "activex": (_REFUSED, words.ACTIVE_X),
    "ole": (_TOLD, words.OLE),
    "dde": (_REFUSED, words.DDE),
    "fetching-field": (_REFUSED, words.FETCHING_FIELD),
    "external": (_REFUSED, words.EXTERNAL),
    "local-template": (_TOLD, words.LOCAL_TEMPLATE),
    "external-workbook": (_TOLD, words.EXTERNAL_WORKBOOK),
    "connection": (_TOLD, words.CONNECTION),
    "script-link": (_REFUSED, words.SCRIPT_LINK),
    "file-link": (_TOLD, words.FILE_LINK),
    "fetching-formula": (_REFUSED, words.FETCHING_FORMULA),
    "alt-chunk": (_TOLD, words.ALT_CHUNK),
    "web-extension": (_TOLD, words.WEB_EXTENSION),
    "custom-ui": (_TOLD, words.CUSTOM_UI),
}
_PROGRAM = lazy(r"vbaproject|vbadata|macrosheet|dialogsheet", re.I)
_WORKBOOK_LINKS = frozenset(("externallinkpath", "xlexternallinkpath", "xlpathmissing", "externallink", "xlstartup"))
# the last word of a relationship's type, in small letters -> kind
_BY_RELATIONSHIP = pairs(
    "vbaproject=macro wordvbadata=macro xlmacrosheet=macro xlintlmacrosheet=macro dialogsheet=macro "
    "control=activex activexcontrolbinary=activex oleobject=ole extensibility=custom-ui "
    "usercustomization=custom-ui customui=custom-ui connections=connection querytable=connection "
    "powerpivotdata=connection afchunk=alt-chunk webextension=web-extension webextensiontaskpanes=web-extension"
)
_ZIP = b"PK\3\4"
_WITHIN = 4  # documents within documents that are looked into, one in another
_XML_STARTS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\0<", b"\0<", b"<\0", b"\x4c\x6f\xa7\x94")


@dataclass(frozen=True, slots=True)
class Active:
    """Something that acts: its kind (see `RULES`), the part that holds it, what it names."""

    kind: str
    part: str
    detail: str = ""

    @property
    def refused(self) -> bool:
        """Whether it stops the work."""
        return RULES[self.kind][0] == _REFUSED and not (self.kind == "macro" and macros_are_allowed())


def active_content(package: Package) -> list[Active]:
    """Everything in a document that acts by itself, in the order of its parts; documents within it are looked into."""
    return _Scan(limits().package).found(package, _WITHIN)


class _Scan:
    """One scan; `left` is how many bytes of documents within documents may still be inflated."""

    def __init__(self, left: int):
        self.left = left

    def found(self, package: Package, deep: int) -> list[Active]:
        kind_of = content_type_of(package)
        found: list[Active] = []
        sheets = _sheets(package)
        for part in package.members:
            lower = part.lower()
            if lower.endswith(".rels"):
                found += _links(package, part)
            else:
                found += _by_kind(part, kind_of(part))
            content = package.read(part)
            if content.startswith(_ZIP):
                found += self._within(part, content, deep)
            elif content.startswith(COMPOUND) and all(one.part != part for one in found):
                found.append(Active("ole", part))  # whatever it is called: nobody looks into it
            elif _is_text(lower, kind_of(part), content):
                found += _by_text(part, content, sheets)
        return list(dict.fromkeys(found))

    def _within(self, part: str, content: bytes, deep: int) -> list[Active]:
        """What is refused of a document within a part, whatever the part is called."""
        try:
            inner = open_package(content)
        except InvalidDocument:
            return [Active("ole", part)]  # another program may open it all the same
        self.left -= sum(member.size for member in inner.members.values())
        if self.left < 0 or not deep:
            return [Active("ole", part)]
        return [
            Active(one.kind, f"{part}/{one.part}", one.detail) for one in self.found(inner, deep - 1) if one.refused
        ]


def _is_text(lower: str, kind: str, content: bytes) -> bool:
    """Whether a part is XML, by its name, by its content type or by how it begins: programs go by the type alone."""
    named = lower.endswith((".xml", ".vml", ".rels")) or kind.partition(";")[0].strip().lower().endswith(
        ("+xml", "/xml")
    )
    return named or content.lstrip()[:5].startswith(_XML_STARTS)


def active_findings(
    package: Package, *, refused_only: bool = False, severity: Severity = Severity.ERROR
) -> list[Diagnostic]:
    """The same as findings: what is refused as errors, the rest as warnings.

    Args:
        package: the document.
        refused_only: leave out what is told.
        severity: of what is refused; a warning where the document is only read.
    """
    findings = []
    for one in active_content(package):
        if refused_only and not one.refused:
            continue
        where = Location(file=package.name or None)
        detail = Text(f"：{one.detail}", f": {one.detail}") if one.detail else Text("", "")
        code = "active-macros" if one.kind == "macro" else "active-content"
        weight = severity if one.refused else Severity.WARNING
        what = RULES[one.kind][1]
        findings.append(diagnostic(code, where, severity=weight, part=one.part, what=what, detail=detail))
    return findings


def _by_kind(part: str, content_type: str) -> Iterator[Active]:
    """What a part is, by its content type and its name: either may hide it."""
    lower, kind = part.lower(), content_type.replace("-", "").lower()
    if _PROGRAM.search(lower) or _PROGRAM.search(kind) or "macroenabled" in kind:
        yield Active("macro", part)
    elif "/activex/" in lower or "activex" in kind:
        yield Active("activex", part)
    elif "oleobject" in kind or ("/embeddings/" in lower and lower.endswith(".bin")):
        yield Active("ole", part)
    elif lower.startswith(("customui/", "usercustomization/")):
        yield Active("custom-ui", part)
    elif lower == "xl/connections.xml" or lower.startswith("xl/querytables/") or "connections+xml" in kind:
        yield Active("connection", part)
    elif lower.startswith(("xl/model/", "xl/webextensions/", "word/webextensions/")) or "webextension" in kind:
        yield Active("web-extension" if "webext" in lower + kind else "connection", part)


def _links(package: Package, part: str) -> Iterator[Active]:
    """What the relationships of a part lead to."""
    owner = re.sub(r"(?i)(^|/)_rels/([^/]*)\.rels\Z", r"\1\2", part)
    for item in package.xml(part).iter(RELATIONSHIP):
        target, mode = item.get("Target", ""), item.get("TargetMode", "Internal").strip().lower()
        kind = item.get("Type", "").rstrip("/").rpartition("/")[2]
        if mode == "internal":
            acts = _BY_RELATIONSHIP.get(kind.lower())
            if acts is not None:
                yield Active(acts, resolve(owner, target))
            continue
        yield from _external(owner, kind, target)


def _external(owner: str, kind: str, target: str) -> Iterator[Active]:
    scheme, shown = scheme_of(target), target[:120]
    if kind == "hyperlink":
        if scheme == "file" or target.startswith("\\\\"):
            yield Active("file-link", owner, shown)
        elif scheme is None:
            yield Active("script-link", owner, shown)
    elif kind == "attachedTemplate" and scheme == "file" and not _is_remote(target):
        yield Active("local-template", owner, shown)
    elif kind.lower() in _WORKBOOK_LINKS:
        yield Active("external-workbook", owner, shown)
    else:
        yield Active("external", owner, shown)


def _is_remote(target: str) -> bool:
    path = target.replace("\\", "/").lower().removeprefix("file:")
    return re.match(r"/{2}[^/]|/{4,}", path) is not None


def _sheets(package: Package) -> frozenset[str]:
    """The names of a workbook's sheets, in small letters."""
    if _WORKBOOK not in package:
        return frozenset()
    return frozenset(html.unescape(name.decode()).lower() for name in _SHEET.findall(package.read(_WORKBOOK)))


def _by_text(part: str, data: bytes, sheets: frozenset[str]) -> Iterator[Active]:
    """What a part says: fields, formulas, addresses of pictures."""
    data = _in_utf8(part, data)
    if b"nstr" in data and (b"instr" in data or b"InstrText" in data):
        yield from _fields(part, data)
    if b"ddeLink" in data:
        yield Active("dde", part)
    if b"mailMerge" in data or b"DataMashup" in data:
        yield Active("connection", part)
    yield from (Active(kind, part, detail[:120]) for kind, detail in acting_attributes(data))
    if not part.startswith("word/"):
        yield from _formulas(part, data, sheets)


def _in_utf8(part: str, data: bytes) -> bytes:
    """A part in UTF-8, whatever it was written in; VML that is no XML as it is.

    Raises:
        InvalidDocument: it is in an encoding that there is none of here, where another program may have it.
    """
    written = encoding_of(data)
    if written == "utf-8":
        return data
    try:
        return etree.tostring(parse_xml(data, part=part), encoding="UTF-8")
    except InvalidDocument:
        if written != "utf-16":
            raise
        return data.replace(b"\0", b"")


def _fields(part: str, data: bytes) -> Iterator[Active]:
    try:
        root = parse_xml(data)
    except InvalidDocument:
        return  # VML that is no XML holds no field
    for code in field_codes(root):
        if acts := field_acts(code):
            yield Active(acts[0], part, acts[1])
        for link in field_links(code):
            scheme = scheme_of(link)
            if scheme is None or scheme == "file":
                yield Active("script-link" if scheme is None else "file-link", part, link[:120])


def _formulas(part: str, data: bytes, sheets: frozenset[str]) -> Iterator[Active]:
    kinds: set[str] = set()

    def first(kind: str, detail: str) -> Iterator[Active]:
        if kind not in kinds:
            kinds.add(kind)
            yield Active(kind, part, detail[:120])

    try:
        formulas = list(formulas_of(data))
    except InvalidDocument:
        return  # VML that is no XML holds none, and what else is no XML is refused where it is opened
    for formula in formulas:
        if found := formula_fetches(formula, sheets):
            yield from first("fetching-formula", found)
        if link := formula_link(formula):
            scheme = scheme_of(link)
            if scheme is None or scheme == "file":
                yield from first("script-link" if scheme is None else "file-link", link)
        if names_another_workbook(formula):
            yield from first("external-workbook", formula)
