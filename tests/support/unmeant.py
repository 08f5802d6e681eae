"""Changes of a package that mean nothing, of Word documents and workbooks alike: how XML is spelled and packed, traces of saving.

A change takes the members of a package by name and a source of chance, and edits the members in place.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from random import Random

from lxml import etree

Members = dict[str, bytes]
Change = Callable[[Members, Random], None]

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ORDERED_DATES = [(1980, 1, 1, 0, 0, 0), (2024, 5, 6, 7, 8, 10)]


def opened(content: bytes) -> Members:
    """The members of a package."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(members: Members, chance: Random) -> bytes:
    """A package of members in any order, compressed or not, of any date."""
    names = list(members)
    chance.shuffle(names)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            info = zipfile.ZipInfo(name, chance.choice(_ORDERED_DATES))
            archive.writestr(info, members[name], chance.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))
    return buffer.getvalue()


def xml_members(members: Members, pattern: str = r".*\.xml") -> Iterator[tuple[str, etree._Element]]:
    """The parts whose names match, parsed; what is done to the elements is kept."""
    for name in sorted(members):
        if re.fullmatch(pattern, name):
            root = etree.fromstring(members[name])
            yield name, root
            members[name] = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def elements(root: etree._Element) -> list[etree._Element]:
    """All elements, without comments and instructions."""
    return [element for element in root.iter() if isinstance(element.tag, str)]


def local(element: etree._Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute_order(members: Members, chance: Random) -> None:
    for _, root in xml_members(members):
        for element in elements(root):
            pairs = list(element.attrib.items())
            if len(pairs) > 1:
                chance.shuffle(pairs)
                element.attrib.clear()
                for key, value in pairs:
                    element.set(key, value)


def comments_and_instructions(members: Members, chance: Random) -> None:
    for _, root in xml_members(members, r"(word|xl)/(?!media|embeddings).*\.xml"):
        for element in elements(root):
            if len(element) and chance.random() < 0.1:
                index = chance.randint(0, len(element))
                made = chance.choice([etree.Comment(" kept "), etree.ProcessingInstruction("editor", "x")])
                made.tail = element.text if index == 0 else element[index - 1].tail
                if index == 0:
                    element.text = None
                else:
                    element[index - 1].tail = None
                element.insert(index, made)


_TEXTS = ("t", "v", "f", "instrText", "delText", "formula", "formula1", "formula2", "definedName")


def indented(members: Members, chance: Random) -> None:
    """Blanks between elements, where no text stands."""
    for _, root in xml_members(members, r"(word|xl)/(?!media|embeddings).*\.xml"):
        for element in elements(root):
            if len(element) and not (element.text or "").strip() and local(element) not in _TEXTS:
                element.text = "\n  "
                for child in element:
                    if not (child.tail or "").strip():
                        child.tail = "\n  "


def utf16(members: Members, chance: Random) -> None:
    for name in ("word/document.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "word/styles.xml", "xl/styles.xml"):
        if name in members:
            members[name] = etree.tostring(etree.fromstring(members[name]), encoding="UTF-16", xml_declaration=True)


def relationship_ids(members: Members, chance: Random) -> None:
    """Other ids in other order; each part refers to its own."""
    for name in sorted(members):
        if not name.endswith(".rels") or name == "_rels/.rels":
            continue
        owner = name.replace("_rels/", "").removesuffix(".rels")
        relations = etree.fromstring(members[name])
        numbers = chance.sample(range(100, 10_000), len(relations))
        renamed = {one.get("Id"): f"rel{number}" for one, number in zip(relations, numbers, strict=True)}
        for one in relations:
            one.set("Id", renamed[one.get("Id")])
        relations[:] = chance.sample(list(relations), len(relations))
        members[name] = etree.tostring(relations, encoding="UTF-8", xml_declaration=True)
        if not owner.endswith(".xml"):
            continue
        root = etree.fromstring(members[owner])
        for element in elements(root):
            for key, value in element.attrib.items():
                if str(key).startswith(_RELATION) and value in renamed:
                    element.set(key, renamed[value])
        members[owner] = etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def absolute_targets(members: Members, chance: Random) -> None:
    """Targets of relationships from the root of the package."""
    for name in sorted(members):
        if name.endswith(".rels"):
            folder = name.partition("_rels/")[0]
            relations = etree.fromstring(members[name])
            for one in relations:
                target = one.get("Target", "")
                if one.get("TargetMode") != "External" and not target.startswith(("/", "..")):
                    one.set("Target", f"/{folder}{target}")
            members[name] = etree.tostring(relations, encoding="UTF-8", xml_declaration=True)


def traces_of_saving(members: Members, chance: Random) -> None:
    for _, root in xml_members(members, r"docProps/(core|app)\.xml"):
        for element in elements(root):
            if local(element) in ("modified", "created"):
                element.text = "2031-01-02T03:04:05Z"
            elif local(element) in ("lastModifiedBy", "revision", "TotalTime", "Words", "Application", "AppVersion"):
                element.text = "7"


ALIKE: dict[str, Change] = {
    "attribute order": attribute_order,
    "comments and instructions": comments_and_instructions,
    "indented": indented,
    "UTF-16": utf16,
    "relationship ids": relationship_ids,
    "absolute targets": absolute_targets,
    "traces of saving": traces_of_saving,
}


def other_prefix(pattern: str, namespace: str, prefix: str) -> Change:
    """The elements and attributes of a namespace under another prefix."""

    def change(members: Members, chance: Random) -> None:
        for name in sorted(members):
            if not re.fullmatch(pattern, name):
                continue
            text = etree.tostring(etree.fromstring(members[name]), encoding="unicode")
            declared = re.search(rf'xmlns(?::(\w+))?="{re.escape(namespace)}"', text)
            if declared is None or re.search(r"Ignorable|xsi:type", text):
                continue
            old = declared[1]
            if old is None:
                text = re.sub(r"<(/?)([A-Za-z]\w*)(?=[\s/>])", rf"<\1{prefix}:\2", text)
                text = text.replace(declared[0], f'xmlns:{prefix}="{namespace}"')
            else:
                text = re.sub(rf"<(/?){old}:", rf"<\1{prefix}:", text)
                text = re.sub(rf"(<[^<>]*?)\s{old}:", rf"\1 {prefix}:", text)
                while re.search(rf"<[^<>]*\s{old}:\w+=", text):
                    text = re.sub(rf"(<[^<>]*?)\s{old}:(\w+=)", rf"\1 {prefix}:\2", text)
                text = text.replace(declared[0], f'xmlns:{prefix}="{namespace}"')
            members[name] = text.encode()

    return change
