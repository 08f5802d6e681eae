"""The parts of a Word template beside its stories in which tags can stand, and those in which they cannot be printed."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Container, Iterator
from urllib.parse import unquote

from lxml import etree

from generator.diagnostics import Diagnostic, InvalidDocument
from generator.diagnostics.catalogue import diagnostic
from generator.kept.lazy_patterns import lazy
from generator.ooxml.package import Package, open_package, take_out
from generator.ooxml.relationships import related_parts, relationships
from generator.ooxml.soundness import is_xml
from generator.ooxml.wordprocessing import Element, T, W
from generator.template.tags import find_tags, has_tags
from generator.word.compile.tokens import location

_PROPERTIES = "{http://schemas.openxmlformats.org/officeDocument/2006/customXml}"
_MAPPING = lazy(r"""xmlns:([\w.-]+)\s*=\s*['"]([^'"]*)['"]""")
_CHART = ("drawingml.chart+xml", ".chartex+xml")
_NUMBERING = "wordprocessingml.numbering+xml"
_VALUE = lazy(r"""=\s*(?:"([^"<{]*+\{[^"<]*+)"|'([^'<{]*+\{[^'<]*+)')""")
_TEXT_TYPES = ("text/html", "application/xhtml+xml", "text/plain")


def bound_items(package: Package, main: str) -> dict[str, str]:
    """The id of a data store -> its member: the custom XML that content controls show."""
    found: dict[str, str] = {}
    for item in related_parts(package, main, "customXml"):
        for member in related_parts(package, item, "customXmlProps"):
            found[package.xml(member).get(f"{_PROPERTIES}itemID", "").lower()] = item
    return found


def hidden_parts(package: Package, main: str, type_of: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Custom XML, which content controls, programs and Word's sources show, and texts that the document takes in (HTML,
    plain text): name and kind of each, "plain" XML, or "text" that need not be XML."""
    for member in related_parts(package, main, "customXml"):
        yield member, "plain"
    for member in related_parts(package, main, "aFChunk"):
        if type_of(member) in _TEXT_TYPES and _decodes(package.read(member)):
            yield member, "text"


def workbook_tag(package: Package, member: str) -> str | None:
    """The first tag in a workbook that the document holds."""
    return next(_tags(package.read(member)), None)


def left_tags(
    package: Package,
    main: str,
    type_of: Callable[[str], str],
    printed: Container[str],
    fed: frozenset[str] = frozenset(),
) -> list[Diagnostic]:
    """Tags that would stay as they are: in parts that are not printed (styles, fonts, the theme, overrides of numberings),
    in targets that are no links, in documents of other kinds that the document takes in, in charts' workbooks.

    Args:
        package: the template.
        main: its main document.
        type_of: a member's content type.
        printed: parts whose tags are printed.
        fed: workbooks whose tags are printed.
    """
    found: dict[str, str | None] = {
        member: next(_tags(package.read(member)), None)
        for member in related_parts(package, main, "aFChunk")
        if type_of(member) not in _TEXT_TYPES or not _decodes(package.read(member))
    }
    for member in package.members:
        if type_of(member).endswith(_CHART):
            for target in related_parts(package, member, "package"):
                found.setdefault(target, next(_tags(package.read(target)), None))
        elif member.endswith(".rels"):
            found.setdefault(member, _in_targets(package, member, printed))
        elif member not in printed and member.endswith((".xml", ".vml")) and b"{" in package.read(member):
            found.setdefault(member, next(_tags(package.read(member), values=True), None))
        elif type_of(member).endswith(_NUMBERING) and b"{" in package.read(member):
            overrides = b"".join(etree.tostring(item) for item in package.xml(member).iter(f"{W}lvlOverride"))
            found.setdefault(member, next(_tags(overrides, values=True), None))
    return [left_tag(member, tag) for member, tag in found.items() if tag is not None and member not in fed]


def left_tag(member: str, tag: str) -> Diagnostic:
    """What is told of a tag that would stay in a part."""
    return diagnostic("word-tag-left", location({"part": "part", "name": member}), tag=tag)


def embedded_tags(package: Package, type_of: Callable[[str], str]) -> dict[str, str]:
    """Embedded documents that hold tags -> the first, which is told where they are not replaced."""
    found: dict[str, str] = {}
    for member in package.members:
        if member.startswith("word/") and member.endswith(".xml") and not type_of(member).endswith(_CHART):
            for target in related_parts(package, member, "package"):
                if (tag := next(_tags(package.read(target)), None)) is not None:
                    found[target] = tag
    return found


def _in_targets(package: Package, member: str, printed: Container[str]) -> str | None:
    """The first tag in a target that is not printed; those of links in stories are."""
    if not re.search(rb"\{|%7B", package.read(member), re.IGNORECASE):
        return None
    owner = f"{member.replace('_rels/', '').removesuffix('.rels')}"
    for link in relationships(package, owner).values():
        is_printed = link.external and link.kind == "hyperlink" and owner in printed
        tag = None if is_printed else next(_closed(unquote(link.target)), None)
        if tag is not None:
            return tag
    return None


def _decodes(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return re.search(r"<meta[^>]*charset\s*=\s*[\"']?(?!utf-?8)", text[:2000], re.IGNORECASE) is None


def _tags(content: bytes, *, values: bool = False) -> Iterator[str]:
    """Tags in the content of a member: of a package, those of its parts.

    Args:
        content: of the member.
        values: whether to look at the values of attributes too.
    """
    if content.startswith(b"PK"):
        try:
            inner = open_package(content)
        except InvalidDocument:
            return  # nothing opens it
        for part in inner.members:
            if is_xml(part):
                yield from _tags(inner.read(part))
    else:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
        yield from _closed(html.unescape(re.sub(r"<[^<>]*>", "", text)))
        for match in _VALUE.finditer(text) if values else ():
            yield from _closed(html.unescape(match[1] or match[2]))


def _closed(text: str) -> Iterator[str]:
    """The tags of a text, without those that have no end."""
    if has_tags(text):
        yield from (tag.text for tag in find_tags(text) if tag.closed and tag.body and tag.mark != "{#")


def free_controls(package: Package, main: str, root: Element) -> None:
    """Unbind content controls with tags whose data store has none: Word would show what the store holds."""
    bindings = list(root.iter(f"{W}dataBinding"))
    if not bindings:
        return
    items = bound_items(package, main)
    for binding in bindings:
        control = binding.getparent()
        control = None if control is None else control.getparent()
        item = items.get(binding.get(f"{W}storeItemID", "").lower())
        if control is None or item is None or not has_tags("".join(node.text or "" for node in control.iter(T))):
            continue
        names = dict(_MAPPING.findall(binding.get(f"{W}prefixMappings", "")))
        try:
            found = package.xml(item).xpath(binding.get(f"{W}xpath", ""), namespaces=names)
        except (etree.XPathError, InvalidDocument):
            continue
        texts = [node for node in found if isinstance(node, etree._Element)] if isinstance(found, list) else []
        if texts and not any(has_tags("".join(map(str, node.itertext()))) for node in texts):
            take_out(binding)
