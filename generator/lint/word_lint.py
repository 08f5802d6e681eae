"""Word templates examined before any data exists: paths, leftover guidance, fonts, blank lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

from generator.diagnostics import Diagnostic, InvalidDocument, InvalidTemplate, Location
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.places import describe
from generator.diagnostics.suggest import asked, nearest
from generator.documents.chart_workbooks import WordTemplate
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass
from generator.lint.fonts import Fonts, read_fonts
from generator.lint.optional_values import optional_in_words, surely_loops
from generator.lint.path_types import PlacedUse, Target, Unknown, check_uses, placed_use, resolve
from generator.lint.silenced import told
from generator.lint.table_headings import CellText, unit_headings
from generator.lint.template_rules import loops_and_years
from generator.lint.text_rules import Printed, doubled_unit, guidance, plain, printed_paths
from generator.lint.unfed_charts import unfed_word_charts
from generator.ooxml.package import Package, Source, open_package, read_bytes
from generator.ooxml.relationships import main_document, related_part
from generator.ooxml.wordprocessing import RUN, TC, TEXT_BOX, TR, P, T, W, ancestor
from generator.standard import Standard
from generator.template.faults import MERGES
from generator.template.single_braces import meant_as_tags
from generator.template.tags import Tag, find_tags, has_tags
from generator.word.compile import stories

_OWN_COMMENT = lazy(r"\S{2,7}\[[a-z-]+\] ")  # 错误[lint-unknown-path] …
_COMMENTS = lazy(r"\{#(?:(?!\{#).)*?#\}")  # print nothing, in whatever font
_CONTENT = {f"{W}{name}" for name in ("drawing", "pict", "object", "br", "footnoteReference", "sym", "fldChar")}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a template: its element, place, text and tags."""

    element: etree._Element
    location: Location
    text: str
    tags: tuple[Tag, ...]


def lint_word(source: Source, standard: Standard | None = None) -> tuple[list[Diagnostic], list[PlacedUse]]:
    """Everything that can be said of a Word template before data.

    Args:
        source: path, bytes or binary file.
        standard: whose fields it prints; without one its paths are not checked.

    Returns:
        The findings, and every use of a path, for fields that no template prints.

    Raises:
        Failure: there is no such file.
    """
    name, content = read_bytes(source)
    try:
        package = open_package(source if name else content)
        template = WordTemplate(source if name else content)
    except (InvalidTemplate, InvalidDocument) as fault:
        return list(fault.diagnostics), []
    main = main_document(package)
    found: list[Diagnostic] = template.embedded_tags()
    used = [placed_use(use, tag) for use, tag in template.uses() if tag is not None]
    placed = [one for one in used if one.tag.startswith("{")]
    paragraphs = [_paragraph(element, anchor) for element, anchor in stories.paragraphs(package, main)]
    if standard is not None:
        found += check_uses(placed, standard)
        placed += (known := [one for one in used if _of_control(one) and not _strange(one, standard)])
        found += check_uses(known, standard)
        found += _control_tags((one for one in used if _of_control(one) and _strange(one, standard)), standard)
        found += optional_in_words(template.uses(), standard)
        printed = printed_paths(placed)
        found += _markdown(paragraphs, printed, standard)
        tagged = ((one, tag) for one in paragraphs for tag in one.tags)
        found += (unit for one, tag in tagged for unit in doubled_unit(one.text, tag, one.location, printed, standard))
        cells = (CellText(one.element, one.location, one.text, one.tags) for one in paragraphs)
        found += unit_headings(cells, printed, standard)
        found += loops_and_years([(one.text, one.tags, one.location) for one in paragraphs], standard)
        found += meant_as_tags(template.single_braces(), {*standard.root.cells, *standard.parameters})
    found += unfed_word_charts(package, main, [(one.element, one.location) for one in paragraphs])
    found += _guidance(paragraphs)
    found += _blank_lines(paragraphs, standard)
    found += _fonts(paragraphs, read_fonts(_related(package, main, "styles"), _related(package, main, "theme")))
    commented = ((one.tags, one.location) for one in paragraphs)
    return told(found, commented, name, complete=standard is not None), placed


def _related(package: Package, main: str, kind: str) -> etree._Element | None:
    """A part that the main document relates to."""
    member = related_part(package, main, kind)
    return package.xml(member) if member else None


def _paragraph(element: etree._Element, anchor: Mapping[str, Any]) -> Paragraph:
    text = _text(element)
    return Paragraph(element, Location(place=describe(anchor), anchor=dict(anchor)), text, _tags(text))


def _tags(text: str) -> tuple[Tag, ...]:
    return tuple(find_tags(text)) if has_tags(text) else ()


def _text(paragraph: etree._Element) -> str:
    """A paragraph's own text, not that of text boxes in it."""
    return "".join(node.text or "" for node in paragraph.iter(T) if ancestor(node, P) is paragraph)


def _guidance(paragraphs: Iterable[Paragraph]) -> Iterator[Diagnostic]:
    for paragraph in paragraphs:
        if (paragraph.location.anchor or {}).get("part") == "comment" and _OWN_COMMENT.match(paragraph.text):
            continue  # a comment that lint itself wrote
        yield from guidance(paragraph.text, paragraph.tags, paragraph.location)


def _blank_lines(paragraphs: Iterable[Paragraph], standard: Standard | None) -> Iterator[Diagnostic]:
    for paragraph in paragraphs:
        tags = [tag for tag in paragraph.tags if tag.keyword not in MERGES]
        if not tags or any(tag.host for tag in paragraph.tags) or _holds_more(paragraph.element):
            continue
        statements = all(tag.mark != "{{" for tag in tags) and not plain(paragraph.text, paragraph.tags).strip()
        wrapped = _wrapped(paragraph, tags) and not (standard is not None and surely_loops(tags[0].body, standard))
        if not (statements and len(tags) == len(paragraph.tags)) and not wrapped:
            continue
        first = tags[0]
        cell = ancestor(paragraph.element, TC)
        if cell is not None and len(cell.findall(P)) == 1:
            row = ancestor(cell, TR)
            if (
                row is None
                or wrapped
                or "".join(node.text or "" for node in row.iter(T)).strip() != paragraph.text.strip()
            ):
                continue  # a cell must keep its paragraph
            yield diagnostic("lint-blank-row", paragraph.location, tag=first.text, better=_hosted(first, "tr"))
        else:
            code = "lint-blank-when-empty" if wrapped else "lint-blank-line"
            yield diagnostic(code, paragraph.location, tag=first.text, better=_hosted(first, "p"))


def _wrapped(paragraph: Paragraph, tags: list[Tag]) -> bool:
    """Whether one condition without `else`, or one loop, holds all that a paragraph prints."""
    first, last = tags[0], tags[-1]
    if first.keyword not in ("if", "for") or last.keyword != f"end{first.keyword}":
        return False
    outside = paragraph.text[: first.start] + paragraph.text[last.end :]
    depth = 0
    for tag in tags:
        if tag.keyword in ("if", "for"):
            depth += 1
        elif tag.keyword in ("endif", "endfor"):
            depth -= 1
            if not depth and tag is not last:
                return False
        elif tag.keyword == "else" and depth == 1:
            return False
    return not outside.strip()


def _hosted(tag: Tag, host: str) -> str:
    """The tag as it takes the place of its host; without `-`, which has no text to join there."""
    inner = tag.text[2:-2].removeprefix(tag.left).removesuffix(tag.right).strip()
    return f"{tag.text[:2]}{host} {inner} {tag.text[-2:]}"


def _holds_more(paragraph: etree._Element) -> bool:
    """Whether a paragraph holds something beside text: a picture, a break, a field, a section's end."""
    if paragraph.find(f"{W}pPr/{W}sectPr") is not None:
        return True
    return any(element.tag in _CONTENT for element in paragraph.iter() if element.tag != TEXT_BOX)


def _of_control(one: PlacedUse) -> bool:
    """Whether a use is that of a content control whose tag is a path."""
    return not one.tag.startswith("{") and one.use.how == "print"


def _strange(one: PlacedUse, standard: Standard) -> bool:
    """Whether the tag of a control is no path of the standard: another program's, or mistyped."""
    return isinstance(resolve(standard, one.use.path), Unknown)


def _control_tags(uses: Iterable[PlacedUse], standard: Standard) -> Iterator[Diagnostic]:
    """Tags of controls that look like fields and are none; one Latin word like no field is another program's."""
    for one in uses:
        found = resolve(standard, one.use.path)
        assert isinstance(found, Unknown)
        meant = nearest(found.name, found.names or tuple(standard.root.cells), 3)
        if meant or "." in one.tag or not one.tag.isascii():
            yield diagnostic("lint-control-tag", one.location, hint=asked(meant), tag=one.tag)


def _markdown(paragraphs: Iterable[Paragraph], printed: Printed, standard: Standard) -> Iterator[Diagnostic]:
    """Markdown that fills its paragraph and does not take its place: what is no paragraph would stand between blank lines."""
    for paragraph in paragraphs:
        tag = paragraph.tags[0] if len(paragraph.tags) == 1 else None
        if tag is None or tag.mark != "{{" or tag.host or "|" in tag.body or tag.text != paragraph.text.strip():
            continue
        for path in printed.get((str(paragraph.location.anchor), tag.text), ()):
            target = resolve(standard, path)
            if isinstance(target, Target) and target.field is not None and target.field.markdown:
                yield diagnostic("lint-markdown-in-line", paragraph.location, tag=tag.text, better=_hosted(tag, "p"))


def _fonts(paragraphs: Iterable[Paragraph], fonts: Fonts) -> Iterator[Diagnostic]:
    """Each font that the format does not name, once, at its first place."""
    counts: Counter[str] = Counter()
    first: dict[str, Location] = {}
    for paragraph in paragraphs:
        for run in paragraph.element.iter(RUN):
            if ancestor(run, P) is not paragraph.element:
                continue
            text = _COMMENTS.sub("", "".join(node.text or "" for node in run.iter(T)))
            if not text.strip():
                continue
            for font in fonts.unnamed(run, paragraph.element, text):
                counts[font] += 1
                first.setdefault(font, paragraph.location)
    for font, count in counts.items():
        yield diagnostic("lint-font-unnamed", first[font], font=font, count=count)
