"""What a rendering adds to its package: relationships, media, styles, numbering, footnotes, content types.

A template's package never changes and is never reloaded. One rendering gathers its additions here; at the end they are
written into the few parts that list them. Names and ids follow from the content and the order of use, so that the same
input gives the same bytes. `docs`: ECMA-376 part 2 (packages), part 1 §17.9 (numbering), §17.7 (styles).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextvars import ContextVar

from lxml import etree

from generator.kept.light_classes import dataclass, field
from generator.kept.name_sets import names
from generator.ooxml.overlay import Overlay
from generator.ooxml.package import CONTENT_TYPES, parse_xml, part_bytes
from generator.ooxml.relationships import TYPES, relationships
from generator.ooxml.wordprocessing import MAIN, W, insert_before
from generator.word.run.inventory import Ground

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_FIRST_DRAWING = 1_000_000  # above the ids that Word and python-docx give, below the limit of 2^31


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
    kept: dict[str, str] = field(default_factory=dict)  # what several values make once -> its id
    _links: dict[str, dict[tuple[str, str, bool], str]] = field(default_factory=dict)  # member -> link -> its id
    _taken: dict[str, frozenset[str]] = field(default_factory=dict)  # member -> the ids that its own list has
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
        links = self._links.setdefault(member, {})
        link = (type_, target, external)
        if (known := links.get(link)) is not None:
            return known
        if member not in self._taken:
            self._taken[member] = frozenset(relationships(self.ground.package, member))
        identities = iter(lambda: f"rIdG{self.next('relationship ' + member)}", None)
        links[link] = next(identity for identity in identities if identity not in self._taken[member])
        return links[link]

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

    def restarted(self, number: str) -> str:
        """A numbering that counts like another of the template, from the start."""
        return self.add_number(self.ground.abstracts[number], self.ground.restarts[number])

    def started(self, abstract: str, level: str, start: int = 1) -> str:
        """A numbering whose level begins at a number."""
        override = f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        return self.add_number(abstract, override)

    def add_number(self, abstract: str, overrides: str = "") -> str:
        """A numbering of an abstract one, with overrides as XML."""
        made = str(self.next("number", self.ground.last_number))
        self.numbers.append(
            f'<w:num xmlns:w="{MAIN}" w:numId="{made}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'
        )
        return made

    def write(self, overlay: Overlay) -> None:
        """Write the parts that were added, and those that list them.

        Args:
            overlay: the package as rendered so far.
        """
        for kind, tag, elements in self._lists():
            if elements:
                self._extend(kind, tag, elements, overlay)
        overlay.write_all(self.new_members)
        for member, links in self._links.items():
            overlay.relate(member, [(made, *link) for link, made in links.items()])
        if self.content_types or self.extensions:
            overlay.write(CONTENT_TYPES, self._with_content_types(overlay.read(CONTENT_TYPES)))

    def _lists(self) -> Iterator[tuple[str, str, list[str]]]:
        yield "styles", "style", list(self.styles.values())
        yield "numbering", "abstractNum", self.abstract_numbers
        yield "numbering", "num", self.numbers
        for kind, elements in self.notes.items():
            yield f"{kind}s", kind, elements

    def _extend(self, kind: str, tag: str, elements: list[str], overlay: Overlay) -> None:
        """Put elements into the part of a kind, which is made where the template has none."""
        member = self.ground.member(kind)
        content = overlay.read(member) if member in overlay else None
        if content is None:
            content = _EMPTY[kind].encode()
            self.content_types[member] = f"{_CONTENT}{kind}+xml"
            self.relate(self.ground.main, kind, member)
            self._name_separators(kind, overlay)
        root = parse_xml(content, part=member)
        new = list(etree.fromstring(f'<w:x xmlns:w="{MAIN}">{"".join(elements)}</w:x>'))
        if tag == "abstractNum":  # before the first num
            first = root.find(f"{W}num")
            at = len(root) if first is None else root.index(first)
            for offset, element in enumerate(new):
                root.insert(at + offset, element)
        else:
            last = root.find(f"{W}numIdMacAtCleanup")
            for element in new:
                insert_before(root, element, last)
        overlay.write_xml(member, root)

    def _name_separators(self, kind: str, overlay: Overlay) -> None:
        """Let the settings name the separators of a part of notes that is made (ECMA-376 part 1 §17.11.9)."""
        settings = self.ground.member("settings")
        if kind not in ("footnotes", "endnotes") or settings not in overlay:
            return
        root = parse_xml(overlay.read(settings), part=settings)
        name = kind.removesuffix("s")
        own = root.find(f"{W}{name}Pr")
        if own is None:
            own = etree.Element(f"{W}{name}Pr")
            insert_before(root, own, next((child for child in root if child.tag in _BEHIND_NOTES[name]), None))
        for identity in ("-1", "0"):
            etree.SubElement(own, f"{W}{name}").set(f"{W}id", identity)
        overlay.write_xml(settings, root)

    def _with_content_types(self, content: bytes) -> bytes:
        root = parse_xml(content, part=CONTENT_TYPES)
        defaults = {
            item.get("Extension", "").lower(): item.get("ContentType") for item in root.iter(f"{{{TYPES}}}Default")
        }
        overrides = {item.get("PartName"): item for item in root.iter(f"{{{TYPES}}}Override")}
        for extension, type_ in self.extensions.items():
            if extension not in defaults:
                element = etree.Element(f"{{{TYPES}}}Default", Extension=extension, ContentType=type_)
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
                etree.SubElement(root, f"{{{TYPES}}}Override", PartName=f"/{name}", ContentType=type_)
        return part_bytes(root)


@dataclass(frozen=True)
class Part:
    """The part that is being rendered, for values that add to it.

    Args:
        additions: of the render.
        member: its name.
        prefixes: namespace prefixes that it declares.
    """

    additions: Additions
    member: str
    prefixes: Mapping[str, str] = field(default_factory=dict)

    def relate(self, type_: str, target: str, *, external: bool = False) -> str:
        """The id of a relationship from this part (see `Additions.relate`)."""
        return self.additions.relate(self.member, type_, target, external=external)


RENDERING: ContextVar[Part] = ContextVar("rendering")


class WithinPart:
    """While a part is rendered, values can ask for it with `rendered_part`."""

    __slots__ = ("part", "token")

    def __init__(self, part: Part):
        self.part = part

    def __enter__(self) -> None:
        self.token = RENDERING.set(self.part)

    def __exit__(self, *_: object) -> None:
        RENDERING.reset(self.token)


def rendered_part() -> Part:
    """The part that is being rendered.

    Raises:
        LookupError: none is.
    """
    return RENDERING.get()


def _notes(kind: str) -> str:
    mark = "<w:{0} w:type='{1}' w:id='{2}'><w:p><w:r><w:{1}/></w:r></w:p></w:{0}>"
    separators = mark.format(kind, "separator", -1) + mark.format(kind, "continuationSeparator", 0)
    return f"<w:{kind}s xmlns:w='{MAIN}'>{separators}</w:{kind}s>"


_LAST_SETTINGS = {
    *(
        f"{W}{name}"
        for name in names(
            "compat docVars rsids attachedSchema themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats "
            "doNotAutoCompressPictures forceUpgrade captions readModeInkLockDown smartTagType shapeDefaults "
            "doNotEmbedSmartTags decimalSymbol listSeparator"
        )
    ),
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}mathPr",
    "{http://schemas.openxmlformats.org/schemaLibrary/2006/main}schemaLibrary",
    *(
        f"{{http://schemas.microsoft.com/office/word/2010/wordml}}{name}"
        for name in ("docId", "discardImageEditingData")
    ),
    "{http://schemas.microsoft.com/office/word/2012/wordml}docId",
    "{http://schemas.microsoft.com/office/word/2012/wordml}chartTrackingRefBased",
}
_BEHIND_NOTES = {"footnote": _LAST_SETTINGS | {f"{W}endnotePr"}, "endnote": _LAST_SETTINGS}
_EMPTY = {
    "styles": f"<w:styles xmlns:w='{MAIN}'/>",
    "numbering": f"<w:numbering xmlns:w='{MAIN}'/>",
    "footnotes": _notes("footnote"),
    "endnotes": _notes("endnote"),
}
