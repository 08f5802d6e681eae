"""What a rendering adds to its package: relationships, media, styles, numbering, footnotes, content types.

A template's package never changes and is never reloaded. One rendering gathers its additions here; at the end they are
written into the few parts that list them. Names and ids follow from the content and the order of use, so that the same
input gives the same bytes. `docs`: ECMA-376 part 2 (packages), part 1 §17.9 (numbering), §17.7 (styles).
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from generator.package import CONTENT_TYPES, Package, parse_xml

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{_MAIN}}}"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_FIRST_DRAWING = 1_000_000  # above the ids that Word and python-docx give, below the limit of 2^31


@dataclass(frozen=True)
class Ground:
    """What additions must know of a template's package; read once, on first use.

    Args:
        package: the template.
        main: the member name of its main document.
    """

    package: Package
    main: str

    @cached_property
    def members(self) -> frozenset[str]:
        """Every member's name, in lower case: readers on Windows do not tell case apart."""
        return frozenset(name.lower() for name in self.package.members)

    @cached_property
    def media(self) -> Mapping[str, str]:
        """SHA-256 of a picture -> the member that holds it already."""
        return {
            hashlib.sha256(self.package.read(name)).hexdigest(): name
            for name in self.package.members
            if name.startswith("word/media/")
        }

    @cached_property
    def styles(self) -> Mapping[tuple[str, str], str]:
        """Type and lower-case name of a style -> its id."""
        found = {}
        for style in self._children("styles", "style"):
            name = style.find(f"{W}name")
            if name is not None:
                key = (style.get(f"{W}type", "paragraph"), name.get(f"{W}val", "").lower())
                found[key] = style.get(f"{W}styleId", "")
        return found

    @cached_property
    def default_styles(self) -> Mapping[str, str]:
        """Type of a style -> the id of its default."""
        return {
            style.get(f"{W}type", "paragraph"): style.get(f"{W}styleId", "")
            for style in self._children("styles", "style")
            if style.get(f"{W}default") in ("1", "true", "on")
        }

    @cached_property
    def style_ids(self) -> frozenset[str]:
        return frozenset(style.get(f"{W}styleId", "") for style in self._children("styles", "style"))

    @cached_property
    def abstracts(self) -> Mapping[str, str]:
        """Id of a numbering -> the abstract numbering behind it."""
        found = {}
        for item in self._children("numbering", "num"):
            abstract = item.find(f"{W}abstractNumId")
            if abstract is not None:
                found[item.get(f"{W}numId", "")] = abstract.get(f"{W}val", "")
        return found

    @cached_property
    def numbered_styles(self) -> Mapping[str, tuple[str, str]]:
        """Id of a paragraph style that counts its paragraphs -> numbering and level."""
        return counting_styles(
            self._children("styles", "style"), self._children("numbering", "abstractNum"), self.abstracts
        )

    @cached_property
    def last_number(self) -> int:
        """The highest id of a numbering."""
        return max((int(item.get(f"{W}numId", 0)) for item in self._children("numbering", "num")), default=0)

    @cached_property
    def last_abstract(self) -> int:
        """The highest id of an abstract numbering."""
        items = self._children("numbering", "abstractNum")
        return max((int(item.get(f"{W}abstractNumId", 0)) for item in items), default=-1)

    @cached_property
    def last_note(self) -> Mapping[str, int]:
        """The highest id of footnotes and endnotes."""
        return {
            kind: max((int(note.get(f"{W}id", 0)) for note in self._children(f"{kind}s", kind)), default=0)
            for kind in ("footnote", "endnote")
        }

    @cached_property
    def last_bookmark(self) -> int:
        """The highest id of a bookmark in any part."""
        ids = [0]
        for name in self.package.members:
            if name.startswith("word/") and name.endswith(".xml") and name.count("/") == 1:
                ids += map(int, re.findall(rb'<w:bookmarkStart\b[^>]*? w:id="(\d+)"', self.package.read(name)))
        return max(ids)

    def relationships(self, member: str) -> dict[str, tuple[str, str, bool]]:
        """Relationship id -> (type, target, whether it is external) of a part."""
        return read_relationships(self.package, member)

    def target(self, kind: str) -> str | None:
        """The member that the main document reaches by a relationship of this type's last word, such as `styles`."""
        for type_, target, external in self.relationships(self.main).values():
            if not external and type_.rpartition("/")[2] == kind:
                return resolve(self.main, target)
        return None

    def _children(self, part: str, tag: str) -> list[etree._Element]:
        target = self.target(part)
        if target is None or target not in self.package:
            return []
        return self.package.xml(target).findall(f"{W}{tag}")


@dataclass
class Additions:
    """What one rendering adds; made for one rendering and dropped with it."""

    ground: Ground
    new_members: dict[str, bytes] = field(default_factory=dict)
    content_types: dict[str, str] = field(default_factory=dict)  # member -> type
    extensions: dict[str, str] = field(default_factory=dict)  # extension -> type
    styles: dict[str, str] = field(default_factory=dict)  # id -> its element
    abstract_numbers: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=dict)  # footnote/endnote -> elements
    style_map: dict[tuple[str, str], str] = field(default_factory=dict)  # source of a style, its id -> id here
    bookmark_names: set[str] = field(default_factory=set)
    _links: dict[str, list[tuple[str, str, str, bool]]] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self._links or self.new_members or self.styles or self.numbers or self.notes)

    def next(self, kind: str, after: int = 0) -> int:
        """The next number of a kind, from `after` + 1 on."""
        self._counts[kind] = self._counts.get(kind, after) + 1
        return self._counts[kind]

    def drawing_id(self) -> int:
        """An id for a `wp:docPr` that no drawing of the document has."""
        return self.next("drawing", _FIRST_DRAWING)

    def relate(self, member: str, type_: str, target: str, *, external: bool = False) -> str:
        """The id of a relationship from a part; the same target is related to once.

        Args:
            member: the part it starts from.
            type_: its full type, or the last word of an office document relationship (`image`).
            target: the member it leads to, or a URL where it is external.
        """
        type_ = type_ if "/" in type_ else f"{RELATIONSHIPS}/{type_}"
        links = self._links.setdefault(member, [])
        for identity, *link in links:
            if link == [type_, target, external]:
                return identity
        taken = self.ground.relationships(member) if member in self.ground.package else {}
        identity = f"rIdG{self.next('relationship ' + member)}"
        while identity in taken:
            identity = f"rIdG{self.next('relationship ' + member)}"
        links.append((identity, type_, target, external))
        return identity

    def add_media(self, content: bytes, extension: str, content_type: str) -> str:
        """The member that holds a picture; one that is there already is used again."""
        digest = hashlib.sha256(content).hexdigest()
        if known := self.ground.media.get(digest):
            return known
        name = f"word/media/picture-{digest[:16]}.{extension}"
        self.new_members[name] = content
        self.extensions[extension] = content_type
        return name

    def add_part(self, name: str, content: bytes, content_type: str) -> str:
        """Add a part under a name like the given one that is free."""
        stem, dot, extension = name.rpartition(".")
        number = 0
        while name.lower() in self.ground.members or name in self.new_members:
            number += 1
            name = f"{stem}-{number}{dot}{extension}"
        self.new_members[name] = content
        self.content_types[name] = content_type
        return name

    def changes(self, current: Callable[[str], bytes | None]) -> dict[str, bytes]:
        """The parts to write: added ones, and those that list them.

        Args:
            current: the content of a part as rendered so far, None where there is no such part.
        """
        made: dict[str, bytes] = {}

        def now(name: str) -> bytes | None:
            return made.get(name) or current(name)

        for kind, tag, elements in self._lists():
            if elements:
                self._extend(kind, tag, elements, made, now)
        made |= self.new_members
        for member, links in self._links.items():
            name = relationships_member(member)
            made[name] = _with_relationships(now(name), member, links)
        if self.content_types or self.extensions:
            made[CONTENT_TYPES] = self._with_content_types(now(CONTENT_TYPES) or b"")
        return made

    def _lists(self) -> Iterator[tuple[str, str, list[str]]]:
        yield "styles", "style", list(self.styles.values())
        yield "numbering", "abstractNum", self.abstract_numbers
        yield "numbering", "num", self.numbers
        for kind, elements in self.notes.items():
            yield f"{kind}s", kind, elements

    def _extend(
        self,
        kind: str,
        tag: str,
        elements: list[str],
        made: dict[str, bytes],
        now: Callable[[str], bytes | None],
    ) -> None:
        """Put elements into the part of a kind, which is made where the template has none."""
        member = self.ground.target(kind) or f"{posixpath.dirname(self.ground.main)}/{kind}.xml"
        content = now(member)
        if content is None:
            content = _EMPTY[kind].encode()
            self.content_types[member] = f"{_CONTENT}{kind}+xml"
            self.relate(self.ground.main, kind, member)
        root = parse_xml(content, part=member)
        new = list(etree.fromstring(f'<w:x xmlns:w="{_MAIN}">{"".join(elements)}</w:x>'))
        if tag == "abstractNum":  # before the first num
            first = root.find(f"{W}num")
            at = len(root) if first is None else root.index(first)
            for offset, element in enumerate(new):
                root.insert(at + offset, element)
        else:
            last = root.find(f"{W}numIdMacAtCleanup")
            for element in new:
                if last is None:
                    root.append(element)
                else:
                    last.addprevious(element)
        made[member] = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)

    def _with_content_types(self, content: bytes) -> bytes:
        root = parse_xml(content, part=CONTENT_TYPES)
        defaults = {
            item.get("Extension", "").lower(): item.get("ContentType") for item in root.iter(f"{{{_TYPES}}}Default")
        }
        overrides = {item.get("PartName"): item for item in root.iter(f"{{{_TYPES}}}Override")}
        for extension, type_ in self.extensions.items():
            if extension not in defaults:
                element = etree.Element(f"{{{_TYPES}}}Default", Extension=extension, ContentType=type_)
                root.insert(len(defaults), element)
                defaults[extension] = type_
            elif defaults[extension] != type_:
                for name in self.new_members:
                    if name.endswith(f".{extension}"):
                        self.content_types.setdefault(name, type_)
        for name, type_ in self.content_types.items():
            if f"/{name}" in overrides:
                overrides[f"/{name}"].set("ContentType", type_)
            elif defaults.get(name.rpartition(".")[2].lower()) != type_:
                etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=type_)
        return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


@dataclass(frozen=True)
class Part:
    """The part that is being rendered, for values that add to it."""

    additions: Additions
    member: str

    def relate(self, type_: str, target: str, *, external: bool = False) -> str:
        """The id of a relationship from this part (see `Additions.relate`)."""
        return self.additions.relate(self.member, type_, target, external=external)


_RENDERING: ContextVar[Part] = ContextVar("rendering")


@contextmanager
def rendering(part: Part) -> Iterator[None]:
    """While a part is rendered, values can ask for it with `rendered_part`."""
    token = _RENDERING.set(part)
    try:
        yield
    finally:
        _RENDERING.reset(token)


def rendered_part() -> Part:
    """The part that is being rendered.

    Raises:
        LookupError: none is.
    """
    return _RENDERING.get()


def counting_styles(
    styles: Iterable[etree._Element], numberings: Iterable[etree._Element], abstracts: Mapping[str, str]
) -> dict[str, tuple[str, str]]:
    """Paragraph styles that count their paragraphs -> numbering and level; bullets and headings do not count.

    Args:
        styles: the styles of a document.
        numberings: its abstract numberings.
        abstracts: id of a numbering -> the abstract numbering behind it.
    """
    counted = {
        item.get(f"{W}abstractNumId", "")
        for item in numberings
        for level in item.findall(f"{W}lvl")
        for form in level.findall(f"{W}numFmt")
        if level.get(f"{W}ilvl") == "0" and form.get(f"{W}val") not in ("bullet", "none")
    }
    own: dict[str, tuple[str, tuple[str, str] | None, bool]] = {}
    for style in styles:
        if style.get(f"{W}type", "paragraph") == "paragraph":
            base, numbering = style.find(f"{W}basedOn"), style.find(f"{W}pPr/{W}numPr")
            number = level = None
            if numbering is not None:
                number, level = numbering.find(f"{W}numId"), numbering.find(f"{W}ilvl")
            own[style.get(f"{W}styleId", "")] = (
                "" if base is None else base.get(f"{W}val", ""),
                None
                if number is None
                else (number.get(f"{W}val", "0"), "0" if level is None else level.get(f"{W}val", "0")),
                style.find(f"{W}pPr/{W}outlineLvl") is not None,
            )
    found = {}
    for identity in own:
        at, seen = identity, set()
        while at in own and at not in seen:
            seen.add(at)
            base_id, numbered, heading = own[at]
            if heading:
                break
            if numbered is not None:
                if abstracts.get(numbered[0]) in counted:
                    found[identity] = numbered
                break
            at = base_id
    return found


def relationships_member(member: str) -> str:
    """The member that lists the relationships of a part."""
    folder, name = posixpath.split(member)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def resolve(member: str, target: str) -> str:
    """The member that a relationship's target names, seen from a part."""
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(member), target))


def read_relationships(package: Package, member: str) -> dict[str, tuple[str, str, bool]]:
    """Relationship id -> (type, target as written, whether it is external) of a part."""
    name = relationships_member(member)
    if name not in package:
        return {}
    return {
        item.get("Id", ""): (item.get("Type", ""), item.get("Target", ""), item.get("TargetMode") == "External")
        for item in package.xml(name).iter(f"{{{_PACKAGE_RELATIONSHIPS}}}Relationship")
    }


def main_document(package: Package) -> str:
    """The member name of a package's main document; "" where it has none."""
    for type_, target, external in read_relationships(package, "").values():
        if not external and type_.rpartition("/")[2] == "officeDocument":
            return resolve("", target)
    return ""


def content_type_of(package: Package) -> Callable[[str], str]:
    """A function that tells a member's content type."""
    root = package.xml(CONTENT_TYPES)
    defaults = {
        item.get("Extension", "").lower(): item.get("ContentType", "") for item in root.iter(f"{{{_TYPES}}}Default")
    }
    overrides = {item.get("PartName"): item.get("ContentType", "") for item in root.iter(f"{{{_TYPES}}}Override")}
    return lambda name: overrides.get(f"/{name}") or defaults.get(name.rpartition(".")[2].lower(), "")


def _with_relationships(content: bytes | None, member: str, links: Iterable[tuple[str, str, str, bool]]) -> bytes:
    root = parse_xml(content or f"<Relationships xmlns='{_PACKAGE_RELATIONSHIPS}'/>".encode(), part=member)
    for identity, type_, target, external in links:
        if not external:
            target = posixpath.relpath(target, posixpath.dirname(member) or ".")
        item = etree.SubElement(
            root, f"{{{_PACKAGE_RELATIONSHIPS}}}Relationship", Id=identity, Type=type_, Target=target
        )
        if external:
            item.set("TargetMode", "External")
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _notes(kind: str) -> str:
    mark = "<w:{0} w:type='{1}' w:id='{2}'><w:p><w:r><w:{1}/></w:r></w:p></w:{0}>"
    separators = mark.format(kind, "separator", -1) + mark.format(kind, "continuationSeparator", 0)
    return f"<w:{kind}s xmlns:w='{_MAIN}'>{separators}</w:{kind}s>"


_EMPTY = {
    "styles": f"<w:styles xmlns:w='{_MAIN}'/>",
    "numbering": f"<w:numbering xmlns:w='{_MAIN}'/>",
    "footnotes": _notes("footnote"),
    "endnotes": _notes("endnote"),
}
