"""Parts that patterns may cut: in UTF-8, without comments, processing instructions and CDATA sections.

Office programs write none of these in what a template's engine reads. In any other file a cell that stands in a comment would be
taken for a cell, and a comment of a million `<c ` would be looked through from each of them.
"""

from __future__ import annotations

from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import replace
from generator.ooxml.deflater import Deflated, deflate
from generator.ooxml.package import Package, parse_xml, part_bytes
from generator.ooxml.soundness import is_xml

_UTF8 = lazy(rb'(?i)(?:\xef\xbb\xbf)?(?:<\?xml[^>]*encoding=["\']utf-8|<\?xml(?![^>]*encoding)|<(?!\?))')
_DECLARATION = lazy(rb"(?:\xef\xbb\xbf)?(?:<\?xml[^>]*\?>\s*)?(?:<\?mso-contentType\?>)?")


def in_plain_xml(data: bytes, name: str = "", part: str = "") -> bytes:
    """A part's bytes as patterns may cut them; the same bytes where they are so already.

    Args:
        data: the part's bytes.
        name, part: of the package and the part, for findings.

    Raises:
        InvalidDocument: it is no well-formed XML, or holds a DOCTYPE.
    """
    declared = _DECLARATION.match(data)
    begun = declared.end() if declared else 0
    plain = b"<!--" not in data and b"<![CDATA[" not in data and data.find(b"<?", begun) < 0
    if plain and data[:2] not in (b"\xff\xfe", b"\xfe\xff") and _UTF8.match(data):
        return data
    return part_bytes(parse_xml(data, name, part, remarks=False))


def with_plain_xml(package: Package) -> Package:
    """The package with every part of XML as patterns may cut it; the same object where nothing had to change.

    Raises:
        InvalidDocument: a part is damaged.
    """
    changed: dict[str, Deflated] = {}
    for member in package.members:
        if is_xml(member):
            data = package.read(member)
            plain = in_plain_xml(data, package.name, member)
            if plain is not data:
                changed[member] = deflate(plain)
    return replace(package, members={**package.members, **changed}) if changed else package
