"""What in a document acts by itself: programs, links that are followed on opening, fields and formulas that fetch.

One scan for all who take documents from elsewhere. Each finding has a rule: `refuse` stops whoever renders or installs the
document, `tell` is a warning. `docs/security.md` has the rules as a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.diagnostics import Diagnostic, Location, Severity, Text
from generator.diagnostics.catalogue import diagnostic
from generator.ooxml.limits import macros_are_allowed
from generator.ooxml.links import scheme_of
from generator.ooxml.package import CONTENT_TYPES, Package
from generator.ooxml.relationships import TYPES, read_relationships

_REFUSED = "refuse"
_TOLD = "tell"

# kind -> (rule, what it is)
RULES: dict[str, tuple[str, Text]] = {
    "macro": (_REFUSED, Text("宏", "macros")),
    "activex": (_REFUSED, Text("ActiveX 控件", "an ActiveX control")),
    "ole": (_TOLD, Text("嵌入的 OLE 对象", "an embedded OLE object")),
    "dde": (_REFUSED, Text("DDE 链接", "a DDE link")),
    "fetching-field": (_REFUSED, Text("会读取外部文件的域", "a field that reads files from elsewhere")),
    "external": (_REFUSED, Text("打开时会读取的外部链接", "a link that is followed on opening")),
    "local-template": (_TOLD, Text("本机上的附加模板", "an attached template on some machine")),
    "external-workbook": (_TOLD, Text("对外部工作簿的链接", "a link to another workbook")),
    "connection": (_TOLD, Text("数据连接或查询", "a data connection or query")),
    "script-link": (_REFUSED, Text("会运行程序的链接", "a link that runs a program")),
    "file-link": (_TOLD, Text("指向本机文件的链接", "a link to a file of some machine")),
    "fetching-formula": (_REFUSED, Text("会访问网络或程序的公式", "a formula that fetches or runs something")),
    "custom-ui": (_TOLD, Text("自定义的功能区", "a ribbon of its own")),
}
_PROGRAM = re.compile(r"vbaproject|vbadata|macrosheet|dialogsheet", re.I)
_FIELD = re.compile(r"<w:instrText[^>]*>([^<]*)|\bw:instr=(?:\"([^\"]*)|'([^']*))")
_DDE = re.compile(r"\bDDE(?:AUTO)?\b", re.I)
_FETCHING = re.compile(r"\b(?:INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|DATABASE|RD)\s+[\"\w\\]", re.I)
_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?>([^<]*)<")
_NAME = re.compile(rb"<(?:\w+:)?definedName\s[^>]*>([^<]*)<")
_FORMULA_FETCHES = re.compile(
    rb"\b(?:WEBSERVICE|CALL|REGISTER(?:\.ID)?|EXEC|RTD|DDE|IMPORTDATA|IMAGE)\s*\(|\w\|['\w!]", re.I
)


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
    """Everything in a document that acts by itself, in the order of its parts."""
    found: list[Active] = []
    found += _programs(package)
    for part in package.members:
        folder, slash, links = part.rpartition("_rels/")
        if slash and links.endswith(".rels"):
            found += _links(package, folder + links.removesuffix(".rels"))
        elif part.startswith("word/") and part.endswith(".xml"):
            found += _fields(part, package.read(part))
        elif part.startswith("xl/") and part.endswith(".xml"):
            found += _of_workbook(part, package.read(part))
        elif part.lower().startswith("customui/"):
            found.append(Active("custom-ui", part))
    return list(dict.fromkeys(found))


def active_findings(package: Package, *, refused_only: bool = False) -> list[Diagnostic]:
    """The same as findings: what is refused as errors, the rest as warnings."""
    findings = []
    for one in active_content(package):
        if refused_only and not one.refused:
            continue
        where = Location(file=package.name or None)
        detail = Text(f"：{one.detail}", f": {one.detail}") if one.detail else Text("", "")
        code = "active-macros" if one.kind == "macro" else "active-content"
        severity = Severity.ERROR if one.refused else Severity.WARNING
        what = RULES[one.kind][1]
        findings.append(diagnostic(code, where, severity=severity, part=one.part, what=what, detail=detail))
    return findings


def _programs(package: Package) -> Iterator[Active]:
    macros = [name for name in package.members if _PROGRAM.search(name)]
    for item in package.xml(CONTENT_TYPES).iter(f"{{{TYPES}}}Override"):
        kind, name = item.get("ContentType", ""), item.get("PartName", "").removeprefix("/")
        if name in package and ("macroEnabled" in kind or _PROGRAM.search(kind.replace("-", ""))):
            macros.append(name)
    if macros:
        yield Active("macro", macros[0])
    for name in package.members:
        lower = name.lower()
        if "/activex/" in lower and not lower.endswith(".rels"):
            yield Active("activex", name)
        elif "/embeddings/" in lower and lower.endswith(".bin"):
            yield Active("ole", name)


def _links(package: Package, owner: str) -> Iterator[Active]:
    for type_, target, external in read_relationships(package, owner).values():
        if not external:
            continue
        kind, scheme = type_.rpartition("/")[2], scheme_of(target)
        shown = target[:120]
        if kind == "hyperlink":
            if scheme == "file" or target.startswith("\\\\"):
                yield Active("file-link", owner, shown)
            elif scheme is None:
                yield Active("script-link", owner, shown)
        elif kind == "attachedTemplate" and scheme == "file" and not _is_remote(target):
            yield Active("local-template", owner, shown)
        elif kind in ("externalLinkPath", "xlExternalLinkPath", "xlPathMissing", "externalLink", "xlStartup"):
            yield Active("external-workbook", owner, shown)
        else:
            yield Active("external", owner, shown)


def _is_remote(target: str) -> bool:
    path = target.replace("\\", "/").lower().removeprefix("file:")
    return re.match(r"/{2}[^/]|/{4,}", path) is not None


def _fields(part: str, data: bytes) -> Iterator[Active]:
    if b"instr" not in data:
        return
    text = "".join("".join(match) for match in _FIELD.findall(data.decode("utf-8", "replace")))
    if match := _DDE.search(text):
        yield Active("dde", part, match[0])
    if match := _FETCHING.search(text):
        yield Active("fetching-field", part, match[0].split()[0])


def _of_workbook(part: str, data: bytes) -> Iterator[Active]:
    if part == "xl/connections.xml" or part.startswith("xl/queryTables/"):
        yield Active("connection", part)
    if b"ddeLink" in data:
        yield Active("dde", part)
    for pattern in (_FORMULA, _NAME):
        for match in pattern.finditer(data):
            if found := _FORMULA_FETCHES.search(match[1]):
                yield Active("fetching-formula", part, found[0].decode("utf-8", "replace"))
                break
