"""How a value prints at its place in a Word part: XML, and never more than the place allows.

Text is escaped; `\\n`, `\\t`, `\\a` and `\\f` are docxtpl's line break, tab, new paragraph and page break, in the format of
the run and paragraph around the tag. Values that print markup say so (`objects.markup`, `__html__`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from html import unescape
from typing import Any

from jinja2 import TemplateRuntimeError, Undefined
from markupsafe import Markup

from generator.diagnostics import InvalidTemplate
from generator.diagnostics.catalogue import diagnostic
from generator.figures import Blank, Figure, Markdown, Paragraphs, check_printable
from generator.figures.marked_text import AT_FAULT, MARKED, TO_FILL_IN
from generator.kept.lazy_patterns import lazy
from generator.ooxml.escaping import QUOTE, escape
from generator.template.captured import Captured
from generator.template.draft_list import OPTIONAL, group_of
from generator.template.environment import DraftMissing
from generator.template.plain_rows import Together
from generator.template.printable import NoArgument, number_text, printable, safe_in_field
from generator.word.compile.tokens import Slot
from generator.word.run.draft_end import HIGHLIGHT, Missing
from generator.word.run.equations import Equation
from generator.word.run.inserted_markup import check_markup
from generator.word.run.legal_text import legal, lines_ended
from generator.word.run.notes_from_data import Noted, reference
from generator.word.run.objects import markup
from generator.word.run.plain_values import printed_together
from generator.word.run.richtext import Link, with_properties

_SPECIAL = lazy('[&<>"\x00-\x1f\u2028\ud800-\udfff\ufdd2-\ufdd6\ufffe\uffff]').search
_SPECIAL_OF_DRAFT = lazy('[&<>"【\x00-\x1f\u2028\ud800-\udfff\ufdd2-\ufdd6\ufffe\uffff]').search
_LISTING = lazy("[\t\n\a\f]")
_TEXT = lazy(r"(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?(<w:t(?: [^>]*)?>)([^<]*[\t\n\a\f][^<]*)</w:t>", re.DOTALL)
_PARAGRAPHS = lazy(
    r"(?P<p><w:p(?: [^>]*)?(?<!/)>)(?P<own><w:pPr>(?:(?!</w:pPr>).)*</w:pPr>)?(?:(?!</w:p>).)*</w:p>|(?:(?!<w:p[ >]).)+",
    re.DOTALL,
)
_OPEN_TEXT = '<w:t xml:space="preserve">'
_BLOCK = lazy(r"\s*<w:(?:p|tbl|sdt)[ >/]")
_RUN = lazy(r"\s*<(?:w:(?:r|hyperlink|smartTag|ins|bookmarkStart|fldSimple)|m:oMath(?:Para)?)[ >/]")
_PLAIN = Slot("plain")
_MARKED_RUN = lazy(
    r"<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t(?: [^>]*)?>"
    rf"([^<]*(?:{TO_FILL_IN}|{AT_FAULT})：[^<]*)</w:t></w:r>",
    re.DOTALL,
)
_GREY = '<w:color w:val="767676"/>'  # of a mark that may stay: what must be done stands out from it


def word_text(text: str) -> str:
    """Text as XML, fit for attributes too; line ends are `\\n`.

    Raises:
        InvalidTemplate: it holds a character that XML cannot.
    """
    return escape(legal(lines_ended(text)), QUOTE)


def beyond_escaping(slots: Mapping[int, Slot]) -> frozenset[int]:
    """The lines of tags where text needs more than escaping."""
    return frozenset([line for line, slot in slots.items() if slot.mode not in _BARE])


def writers(
    slots: Mapping[int, Slot], missing: Missing | None = None, elsewhere: frozenset[int] | None = None
) -> tuple[Callable[[Any, int], bytes], Callable[[Any, int], str], Together | None]:
    """The functions that a program prints values through: as bytes, as markup within Jinja's buffers, those of many rows together.

    Args:
        slots: line of a tag -> where it prints.
        missing: takes what is missing, in a draft.
        elsewhere: `beyond_escaping` of the slots, where the caller knows it.
    """

    special = _SPECIAL if missing is None else _SPECIAL_OF_DRAFT
    elsewhere = beyond_escaping(slots) if elsewhere is None else elsewhere
    blank = Blank if missing is None else None  # of a draft it may print a mark

    def text(value: Any, line: int) -> str:
        if type(value) is str and line not in elsewhere and special(value) is None:
            return value
        return Markup(printed(value, slots.get(line, _PLAIN), missing))

    def write(value: Any, line: int) -> bytes:
        kind = type(value)
        if line not in elsewhere:
            if kind is str:
                if special(value) is None:
                    return value.encode()
            elif kind in _NUMBERS:
                return number_text(value).encode()
            elif kind is blank:
                words = str(value)
                if special(words) is not None:
                    words = _text(word_text(words), slots.get(line, _PLAIN))
                return words.encode()
        return printed(value, slots.get(line, _PLAIN), missing).encode()

    return write, text, printed_together(write, elsewhere, _NUMBERS) if missing is None else None


_BARE = {"text", "attribute", "plain"}
_IN_CODE = ("field", "formula", "argument", "quoted")
_TEXT_ONLY = ("attribute", *_IN_CODE, "plain")
_SEVERAL = lazy(r"[\s\"\\]")
_SUM = lazy(r"[\w.,%+\-*/()<>= ]*")  # the spaces of a formula part no arguments
_NUMBERS = {int, float, Decimal, Figure}


def printed(value: Any, slot: Slot, missing: Missing | None = None) -> str:
    """The XML of a value at a place."""
    if missing is not None:
        if isinstance(value, DraftMissing) or (isinstance(value, Blank) and value.open):
            return _to_fill_in(value, slot, missing)
        if isinstance(value, Paragraphs | Markdown) or (isinstance(value, str) and not hasattr(value, "__html__")):
            return _with_marks(value, slot, missing)
    if isinstance(value, Paragraphs):
        content = word_text(("\a" if slot.alone else "\n").join(value))
    elif isinstance(value, Link):
        content = value.address
    elif isinstance(value, str) and not hasattr(value, "__html__"):
        content = word_text(value)
    elif isinstance(value, int | float | Undefined):
        check_printable(value)
        content = number_text(value) if type(value) is float else word_text(str(value))
    elif isinstance(value, Markdown) and slot.mode not in _TEXT_ONLY:
        from generator.word.run.markdown_blocks import markdown_xml  # most reports print none

        return markdown_xml(value, slot)
    elif isinstance(value, Noted):
        return _noted(value, slot, missing)
    elif isinstance(value, Equation):
        return _equation(value, slot)
    else:
        html = markup(value, text_only=slot.mode in _TEXT_ONLY)
        if html is None and hasattr(value, "__html__"):
            html = legal(str(value.__html__()))  # type: ignore[attr-defined]  as `hasattr` says
            if slot.mode != "markup" and not isinstance(value, Captured):
                check_markup(html, slot)
        if html is not None:
            return _markup(html, slot)
        printable(value)
        content = number_text(value) if isinstance(value, Decimal) else word_text(str(value))
    return _text(content, slot)


def _equation(value: Equation, slot: Slot) -> str:
    """An equation, on a line of its own if its tag is."""
    if slot.mode in _TEXT_ONLY:
        raise InvalidTemplate([diagnostic("object-not-here")])
    return _markup(value.xml(slot.run, alone=slot.alone or slot.mode == "paragraph"), slot)


def _noted(value: Noted, slot: Slot, missing: Missing | None) -> str:
    """A value and the reference to its note."""
    inner = _as_text(slot) if slot.mode in ("run", "paragraph") else slot
    text = printed(value.value, inner, missing)
    number = reference(value, slot)
    if slot.mode in _TEXT_ONLY or not number:
        return printed(value.value, slot, missing)
    if slot.mode == "text":
        return f"{text}</w:t></w:r>{number}<w:r>{slot.run}{_OPEN_TEXT}"
    runs = _in_run(text, slot) + number
    return runs if slot.mode == "run" else f"<w:p>{slot.paragraph}{runs}</w:p>"


def _text(content: str, slot: Slot) -> str:
    """Escaped text at a place."""
    match slot.mode:
        case "text":
            return _listing(content, slot) if _LISTING.search(content) else content
        case "run":
            return _in_run(_text(content, _as_text(slot)), slot) if content else ""
        case "paragraph":
            return f"<w:p>{slot.paragraph}{_in_run(_text(content, _as_text(slot)), slot)}</w:p>" if content else ""
        case "row" | "cell":
            if content.strip():
                raise TemplateRuntimeError("text cannot take the place of a row or a cell")
            return ""
        case "attribute":
            return _LISTING.sub(" ", content)
        case "quoted" | "argument" | "field" | "formula":
            return _in_code(content, slot)
        case _:
            return re.sub("[\a\f]", "\n", content)


def _in_code(content: str, slot: Slot) -> str:
    """A value in a field's code: within quotation marks, unless it is a part of an argument.

    Word reads \\" and \\\\ within quotation marks (ECMA-376 part 1 §17.16.1); outside, a value adds no argument and no switch.

    Raises:
        UnsafeLink: it names a file or a program.
        NoArgument: it would be more than a part of an argument.
    """
    plain = unescape(content)
    safe_in_field(plain, target=slot.target)
    content = _LISTING.sub(" ", content)
    several = _SEVERAL.search(plain) is not None
    if slot.mode in ("field", "formula"):
        if several and (slot.mode == "field" or not _SUM.fullmatch(plain)):
            raise NoArgument(plain)
        return content
    if slot.mode == "argument" and not several:
        return content
    escaped = content.replace("\\", "\\\\").replace("&quot;", "\\&quot;")
    return f"&quot;{escaped}&quot;" if slot.mode == "argument" else escaped


def _as_text(slot: Slot) -> Slot:
    return Slot("text", slot.paragraph, slot.run, divisible=slot.divisible)


def _in_run(content: str, slot: Slot) -> str:
    return f"<w:r>{slot.run}{_OPEN_TEXT}{content}</w:t></w:r>"


def _listing(content: str, slot: Slot) -> str:
    """docxtpl's control characters in the text of a run; within a link, where no paragraph can end, as line breaks."""
    run, paragraph = slot.run, slot.paragraph
    if not slot.divisible:
        content = content.replace("\a", "\n").replace("\f", "\n")
    new_run = f"<w:r>{run}{_OPEN_TEXT}"
    if "\t" in content:
        content = content.replace("\t", f"</w:t></w:r><w:r>{run}<w:tab/></w:r>{new_run}")
    if "\n" in content:
        content = content.replace("\n", f"</w:t><w:br/>{_OPEN_TEXT}")
    if "\a" in content:
        content = content.replace("\a", f"</w:t></w:r></w:p><w:p>{paragraph}{new_run}")
    if "\f" in content:
        page = '</w:t></w:r></w:p><w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        content = content.replace("\f", f"{page}<w:p>{paragraph}{new_run}")
    return content


def _markup(html: str, slot: Slot) -> str:
    """Markup at a place: the elements around it are closed and opened again where it cannot stand within them."""
    if slot.mode in _TEXT_ONLY:
        text = re.sub(r"</w:p>\s*<w:p[ >]|<w:br/>", "\n<", html) if "<" in html else html
        return _text(re.sub(r"<[^>]*>", "", text).replace('"', "&quot;"), slot)
    if "<" not in html:
        return _text(html, slot)
    if _LISTING.search(html) and "<w:t" in html:
        html = _PARAGRAPHS.sub(lambda match: _listed(match, slot), html)
    if slot.mode in ("row", "cell", "markup"):
        return html
    block, run = _BLOCK.match(html) is not None, _RUN.match(html) is not None
    if block and slot.mode in ("text", "run") and not slot.divisible:
        raise TemplateRuntimeError("paragraphs cannot be printed within a link or a content control")
    if slot.mode == "text":
        if block:
            return f"</w:t></w:r></w:p>{html}<w:p>{slot.paragraph}<w:r>{slot.run}{_OPEN_TEXT}"
        if run:
            return f"</w:t></w:r>{html}<w:r>{slot.run}{_OPEN_TEXT}"
        if _LISTING.search(html) and not html.startswith("</w:t>"):
            return _listing(html, slot)
        return html
    if slot.mode == "run":
        if block:
            return f"</w:p>{html}<w:p>{slot.paragraph}"
        return html if run else _in_run(html, slot)
    if block:
        return html
    return f"<w:p>{slot.paragraph}{html if run else _in_run(html, slot)}</w:p>"


def _listed(match: re.Match[str], slot: Slot) -> str:
    """docxtpl's control characters in markup: in the format of its own runs, and of its own paragraph if it has one."""
    paragraph = (match["own"] or "") if match["p"] else slot.paragraph
    divisible = match["p"] is not None or slot.divisible

    def in_run(text: re.Match[str]) -> str:
        run = text[1] or ""
        return f"{run}{text[2]}{_listing(text[3], Slot('text', paragraph, run, divisible=divisible))}</w:t>"

    return _TEXT.sub(in_run, match[0])


def _with_marks(value: str | Paragraphs | Markdown, slot: Slot, missing: Missing) -> str:
    """A text whose marks are noted, and shown where they stand in ordinary words."""
    texts: tuple[str, ...] = value if isinstance(value, Paragraphs) else (str(value),)
    marked = [text for text in texts if "【" in text]
    for text in marked:
        missing.note_within(value if isinstance(value, str) else text)
    written = printed(value, slot)
    if not marked or slot.mode not in ("text", "run", "paragraph"):
        return written
    if isinstance(value, Markdown):  # with formats of its own
        return _MARKED_RUN.sub(_mark_run, written)
    return _marks_apart(written, slot.run)


def _mark_run(found: re.Match[str]) -> str:
    """A run with its marks in runs of their own."""
    run = found[1] or ""
    return f"<w:r>{run}{_OPEN_TEXT}{_marks_apart(found[2], run)}</w:t></w:r>"


def _marks_apart(text: str, run: str) -> str:
    """The text of a run of these properties, its marks in runs of their own."""
    opened, closed = f"<w:r>{run}{_OPEN_TEXT}", "</w:t></w:r>"
    highlighted = f"<w:r>{with_properties(run, HIGHLIGHT)}{_OPEN_TEXT}"
    return MARKED.sub(lambda mark: f"{closed}{highlighted}{mark[0]}{closed}{opened}", text)


def _to_fill_in(value: DraftMissing | Blank, slot: Slot, missing: Missing) -> str:
    if isinstance(value, DraftMissing) or not (value.label or value.path):
        label = value.path or slot.label
        value = Blank(label, label, required=True, draft=True, typed=value.typed if isinstance(value, Blank) else "")
    missing.note(value)
    content = word_text(value.to_fill_in)
    run = with_properties(slot.run, _GREY if group_of(value) == OPTIONAL else HIGHLIGHT)
    shown = f"<w:r>{run}{_OPEN_TEXT}{content}</w:t></w:r>"
    match slot.mode:
        case "text":
            return f"</w:t></w:r>{shown}<w:r>{slot.run}{_OPEN_TEXT}"
        case "run":
            return shown
        case "paragraph":
            return f"<w:p>{slot.paragraph}{shown}</w:p>"
        case "row" | "cell" | "markup":
            return ""
    return content
