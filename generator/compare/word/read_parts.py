"""Read a Word document to the neutral model."""

from __future__ import annotations

from generator.compare.canonical import Properties, properties, value
from generator.compare.metadata import read_properties, rest_digests
from generator.compare.package_facts import Parts, R
from generator.compare.word.block_elements import inner_blocks
from generator.compare.word.document_model import Block, Document, Note, Section
from generator.compare.word.document_styles import read_styles
from generator.compare.word.read_stories import Story
from generator.kept.name_sets import names
from generator.ooxml.package import local
from generator.ooxml.stated_numbers import digits
from generator.ooxml.wordprocessing import W

# What Word notes down about editing sessions, not about the document.
_SETTINGS_NOISE = names(
    "rsids zoom proofState view attachedTemplate docId activeWritingStyle hideSpellingErrors hideGrammaticalErrors "
    "footnotePr endnotePr hdrShapeDefaults shapeDefaults themeFontLang clrSchemeMapping decimalSymbol listSeparator chartTrackingRefBased "
    "drawingGridHorizontalSpacing drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery "
    "doNotTrackMoves savePreviewPicture removePersonalInformation mathPr compat stylePaneFormatFilter"
)
_USUAL = {
    "formProt": False,
    "pgNumType": (("fmt", "decimal"),),
    "textDirection": "lrTb",
    "type": "nextPage",
    "titlePg": False,
    "bidi": False,
    "rtlGutter": False,
    "noEndnote": False,
    "vAlign": "top",
}
_KINDS = ("default", "first", "even")


def read_document(parts: Parts, main: str) -> Document:
    """Read the document whose main part is `main`.

    Raises:
        InvalidDocument: a part is damaged, missing or not well-formed.
    """
    styles = read_styles(parts, main)
    root = parts.xml(main)
    body = root.find(W + "body")
    story = Story(parts, main, styles)
    blocks = story.blocks(body) if body is not None else ()
    sections = _sections(story, body) if body is not None else ()
    comments = story.all_comments()
    settings: Properties = ()
    if part := parts.one(main, "settings"):
        stated = properties(parts.xml(part), _SETTINGS_NOISE)
        settings = tuple((name, True if value == () else value) for name, value in stated if value is not False)
    if parts.effective:
        settings = _seen_settings(settings, sections)
        _leave_out_fonts(parts, main)
    found, traces = read_properties(parts)
    background = root.find(W + "background")
    if background is not None:
        settings = tuple(sorted([*settings, ("background", value(background))]))
    return Document(
        parts.package.name,
        blocks,
        sections,
        {
            "footnote": tuple(story.shared.footnotes),
            "endnote": tuple(story.shared.endnotes),
            "comment": comments,
            "textbox": tuple(Note(blocks) for blocks in story.shared.textboxes),
        },
        tuple(story.shared.charts),
        styles.named,
        styles.document_defaults,
        settings,
        found,
        traces,
        rest_digests(parts),
        styles.seen_styles() if parts.effective else None,
        parts.picture,
    )


def _seen_settings(settings: Properties, sections: tuple[Section, ...]) -> Properties:
    """The settings that a reader sees: Chinese text is not hyphenated, and what holds for borders of pages needs some."""
    unseen = {"autoHyphenation", "doNotHyphenateCaps", "consecutiveHyphenLimit", "hyphenationZone", "embedSystemFonts"}
    if not any(name == "pgBorders" for section in sections for name, _ in section.format):
        unseen |= {"bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "alignBordersAndEdges"}
    return tuple(pair for pair in settings if pair[0] not in unseen)


def _leave_out_fonts(parts: Parts, main: str) -> None:
    """What a list of fonts says is seen where a font is missing, or where it holds the font itself."""
    part = parts.one(main, "fontTable")
    if part is not None and not parts.related(part, "font"):
        parts.read.add(parts.find(part) or part)


def _seen_page(page: Properties) -> Properties:
    """A page setup without what the kind of its grid does not use."""
    found = dict(page)
    grid = found.get("docGrid")
    if isinstance(grid, tuple) and all(isinstance(pair, tuple) and len(pair) == 2 for pair in grid):
        kind = dict(grid).get("type", "default")
        used = {"lines": ("type", "linePitch"), "linesAndChars": ("type", "linePitch", "charSpace")}
        used["snapToChars"] = used["linesAndChars"]
        kept = tuple((name, _signed(value)) for name, value in grid if name in used.get(kind, ()))
        found["docGrid"] = kept
        if not kept:
            del found["docGrid"]
    return tuple(sorted(found.items()))


def _signed(number: str) -> str:
    """A number that an editor wrote without its sign, modulo 2^32."""
    found = digits(number)
    return str(found - 2**32) if found is not None and found >= 2**31 else number


def _page(found: Properties) -> Properties:
    """A section's page setup without what goes without saying (ECMA-376 part 1, 17.6)."""
    kept = {name: value for name, value in found if _USUAL.get(name, "") != value}
    columns = kept.get("cols")
    if isinstance(columns, tuple) and all(isinstance(pair[0], str) and len(pair) == 2 for pair in columns):
        if dict(columns).get("num", "1") == "1" and "sep" not in dict(columns):
            del kept["cols"]  # the space between columns matters where there are several
    elif "cols" in kept and kept["cols"] == ():
        del kept["cols"]
    return tuple(sorted(kept.items()))


def _sections(story: Story, body) -> tuple[Section, ...]:
    found: list[Section] = []
    inherited: dict[tuple[str, str], tuple[Block, ...]] = {}
    number = 0
    ends = []
    for element in inner_blocks(body):
        name = local(element)
        if name == "p":
            number += 1
            own = element.find(W + "pPr")
            section = own.find(W + "sectPr") if own is not None else None
            if section is not None:
                ends.append((section, number))
        elif name == "sectPr":
            ends.append((element, 0))
    for element, paragraph in ends:
        for child in element:
            name = local(child)
            if name in ("headerReference", "footerReference"):
                relation = story.relationships.get(child.get(R + "id", ""))
                if relation and story.parts.find(relation.target):
                    kind = child.get(W + "type", "default")
                    inherited[(name[:6], kind)] = story.part(relation.target)
        page = _page(properties(element, ("headerReference", "footerReference")))
        if story.parts.effective:
            page = _seen_page(page)
        headers, footers = (
            {kind: inherited[part, kind] for kind in _KINDS if (part, kind) in inherited}
            for part in ("header", "footer")
        )
        found.append(Section(page, paragraph, headers, footers))
    return tuple(found)
