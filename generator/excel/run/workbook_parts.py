"""The workbook around its sheets: sheets that are there several times or not at all, their parts, the list of sheets.

Everything is patched in place: an entry that stays keeps its bytes. A sheet that is copied takes along copies of the parts
that belong to it alone (drawings, charts, comments, printer settings); pictures are shared.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from generator.diagnostics.wording import workbook_words as words
from generator.excel.read.workbook import Sheet, Workbook
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, field
from generator.ooxml.deflater import Deflated
from generator.ooxml.escaping import QUOTE, escape
from generator.ooxml.relationships import Relationship, relationships, relationships_member

Changes = dict[str, "bytes | Deflated | None"]

_SHARED = frozenset(["image", "hyperlink", "package", "oleObject", "person", "vbaProject", "theme", "audio", "video"])
UNREPEATABLE = {
    "table": words.TABLE,
    "pivotTable": words.PIVOT,
    "slicer": words.SLICER,
    "timeline": words.TIMELINE,
    "queryTable": words.QUERY_TABLE,
    "tableSingleCells": words.XML_MAP,
}
_SHEET_TAG = lazy(rb"<(?:\w+:)?sheet\s[^>]*?(?:/>|>\s*</(?:\w+:)?sheet>)", re.S)
_LINK = lazy(rb'(\s\w+:id=)"[^"]*"')


@dataclass(slots=True)
class OutputSheet:
    """A sheet of the rendered workbook.

    Args:
        source: the template's sheet.
        name: its name now.
        part: its member's name.
        hidden: None: as in the template.
        copy: whether it is a further copy, with parts of its own.
    """

    source: Sheet
    name: str
    part: str
    hidden: bool | None = None
    copy: bool = False
    relationship: str = ""


@dataclass(slots=True)
class Parts:
    """The names of new members: each like the one it copies, with the next free number."""

    taken: set[str]
    added: dict[str, str] = field(default_factory=dict)  # new member -> the member whose content type it has
    last: dict[str, int] = field(default_factory=dict)  # member -> the last number that a copy of it has

    def name_like(self, member: str) -> str:
        """A free name for a copy of a member."""
        match = re.fullmatch(r"(.*?)(?<!\d)(\d*+)(\.[^./]+)", member)
        stem, number, ending = (match[1], int(match[2] or 1), match[3]) if match else (member, 1, "")
        number = self.last.get(member, number)
        while True:
            number += 1
            name = f"{stem}{number}{ending}"
            if name.lower() not in self.taken:
                self.taken.add(name.lower())
                self.added[name] = member
                self.last[member] = number
                return name


def belongings(workbook: Workbook, part: str) -> list[Relationship]:
    """The relationships of a part to parts that belong to it alone."""
    return [
        relationship
        for relationship in relationships(workbook.package, part).values()
        if not relationship.external and relationship.kind not in _SHARED and relationship.target in workbook.package
    ]


def own_parts(workbook: Workbook, part: str) -> list[tuple[str, str]]:
    """Kind and name of every part that belongs to a sheet, directly or not."""
    found: list[tuple[str, str]] = []
    waiting = belongings(workbook, part)
    while waiting:
        relationship = waiting.pop(0)
        if all(name != relationship.target for _, name in found) and relationship.target != part:
            found.append((relationship.kind, relationship.target))
            waiting += belongings(workbook, relationship.target)
    return found


def copy_parts(workbook: Workbook, source: str, target: str, parts: Parts) -> tuple[dict[str, str], Changes]:
    """Copies of everything that belongs to a sheet, for a copy of the sheet.

    Args:
        source, target: members of the sheet and of its copy.
        parts: names of new members.

    Returns:
        New name by old name (the sheet's too), and the relationship members of the copies.
    """
    names = {source: target} | {name: parts.name_like(name) for _, name in own_parts(workbook, source)}
    changes: Changes = {}
    for old, new in names.items():
        member = relationships_member(old)
        if member not in workbook.package:
            continue
        data = workbook.package.read(member)
        for relationship in relationships(workbook.package, old).values():
            if relationship.target in names and not relationship.external:
                to = posixpath.relpath(names[relationship.target], posixpath.dirname(new) or ".")
                data = _retarget(data, relationship.identifier, to)
        changes[relationships_member(new)] = data
    return names, changes


def _retarget(data: bytes, identifier: str, target: str) -> bytes:
    def change(match: re.Match[bytes]) -> bytes:
        if not re.search(rb"""\sId\s*=\s*["']%b["']""" % re.escape(identifier.encode()), match[0]):
            return match[0]
        return re.sub(rb"""(\sTarget\s*=\s*)("[^"]*"|'[^']*')""", rb'\1"%b"' % escape(target).encode(), match[0])

    return re.sub(rb"<(?:\w+:)?Relationship\s[^>]*>", change, data)


def write_sheet_list(
    xml: bytes, relations: bytes, sheets: Sequence[OutputSheet], workbook: Workbook
) -> tuple[bytes, bytes]:
    """The workbook part and its relationships with this list of sheets.

    Args:
        xml, relations: the two parts as they are.
        sheets: of the rendered workbook, in order.
    """
    entries = _SHEET_TAG.findall(xml)
    identifiers = [int(found[1]) for found in re.finditer(rb'\ssheetId="(\d+)"', xml)]
    following = max(identifiers, default=0)
    used = set(re.findall(rb"""\sId\s*=\s*["']([^"']+)["']""", relations))
    written: list[bytes] = []
    related: list[bytes] = []
    templates: dict[str, bytes] = {}
    number = 0
    for sheet in sheets:
        entry = entries[sheet.source.index]
        if sheet.name != sheet.source.name:
            entry = with_attribute(entry, b"name", escape(sheet.name, QUOTE).encode())
        if sheet.copy:
            following += 1
            entry = with_attribute(entry, b"sheetId", b"%d" % following)
            number += 1
            while b"rIdS%d" % number in used:
                number += 1
            sheet.relationship = f"rIdS{number}"
            link = b'"%b"' % sheet.relationship.encode()
            entry = _LINK.sub(lambda found, link=link: found[1] + link, entry)
            identifier = sheet.source.relationship
            if identifier not in templates:
                templates[identifier] = _related(relations, identifier)
            new = with_attribute(templates[identifier], b"Id", sheet.relationship.encode())
            target = posixpath.relpath(sheet.part, posixpath.dirname(workbook.main) or ".")
            related.append(with_attribute(new, b"Target", escape(target).encode()))
        if sheet.hidden is not None:
            state = b"hidden" if sheet.hidden else b"visible"
            entry = with_attribute(entry, b"state", state)
        written.append(entry)
    if related:
        end = re.search(rb"</(?:\w+:)?Relationships>", relations)
        assert end is not None
        relations = relations[: end.start()] + b"".join(related) + relations[end.start() :]
    kept = {sheet.source.relationship for sheet in sheets if not sheet.copy}
    relations = remove_relationships(relations, {sheet.relationship for sheet in workbook.sheets} - kept)
    matches = list(_SHEET_TAG.finditer(xml))
    xml = xml[: matches[0].start()] + b"".join(written) + xml[matches[-1].end() :]
    return _views(xml, sheets), relations


def _related(relations: bytes, identifier: str) -> bytes:
    """The entry of a relationship."""
    entry = re.search(
        rb"""<(?:\w+:)?Relationship\s[^>]*\sId\s*=\s*["']%b["'][^>]*>|<(?:\w+:)?Relationship\s+Id\s*=\s*["']%b["'][^>]*>"""
        % ((re.escape(identifier.encode()),) * 2),
        relations,
    )
    assert entry is not None
    return entry[0]


def remove_relationships(relations: bytes, identifiers: Collection[str]) -> bytes:
    """A relationships part without some of its entries."""
    if not identifiers:
        return relations
    gone = {identifier.encode() for identifier in identifiers}

    def keep(match: re.Match[bytes]) -> bytes:
        found = re.search(rb"""\sId\s*=\s*["']([^"']+)["']""", match[0])
        return b"" if found and found[1] in gone else match[0]

    return re.sub(rb"<(?:\w+:)?Relationship\s[^>]*?(?:/>|>\s*</(?:\w+:)?Relationship>)", keep, relations)


def _views(xml: bytes, sheets: Sequence[OutputSheet]) -> bytes:
    """The active sheet and the first tab point at the same sheets as before, or at the first that shows."""
    visible = [index for index, sheet in enumerate(sheets) if shows(sheet)]

    def place(match: re.Match[bytes]) -> bytes:
        old = int(match[2])
        found = (index for index in visible if sheets[index].source.index == old)
        return b'%b="%d"' % (match[1], next(found, visible[0]))

    return re.sub(
        rb"<(?:\w+:)?workbookView\s[^>]*>",
        lambda view: re.sub(rb'(\s(?:activeTab|firstSheet))="(\d+)"', place, view[0]),
        xml,
    )


def shows(sheet: OutputSheet) -> bool:
    """Whether a sheet is visible."""
    return sheet.source.state == "visible" if sheet.hidden is None else not sheet.hidden


def with_attribute(element: bytes, name: bytes, value: bytes) -> bytes:
    """An element's start tag with an attribute set."""
    written = b' %b="%b"' % (name, value)
    changed, count = re.subn(rb"""\s%b\s*=\s*("[^"]*"|'[^']*')""" % name, lambda _: written, element, count=1)
    return changed if count else re.sub(rb"(?<!\s)\s*+(/?>)", lambda end: written + end[1], element, count=1)


def write_content_types(data: bytes, added: Mapping[str, str], removed: Iterable[str]) -> bytes:
    """The content types with new members (each like another member) and without removed ones."""
    gone = {("/" + name).lower().encode() for name in removed}
    overrides: dict[bytes, bytes] = {}

    def keep(match: re.Match[bytes]) -> bytes:
        name = re.search(rb"""PartName\s*=\s*["']([^"']+)["']""", match[0])
        if name is None:
            return match[0]
        overrides[name[1].lower()] = match[0]
        return b"" if name[1].lower() in gone else match[0]

    data = re.sub(rb"<(?:\w+:)?Override\s[^>]*?(?:/>|>\s*</(?:\w+:)?Override>)", keep, data)
    new = [
        with_attribute(overrides[like], b"PartName", b"/" + escape(name).encode())
        for name, member in added.items()
        if (like := ("/" + member).lower().encode()) in overrides
    ]
    end = re.search(rb"</(?:\w+:)?Types>", data)
    assert end is not None
    return data[: end.start()] + b"".join(new) + data[end.start() :]
