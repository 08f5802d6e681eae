"""The fields TOC of a body: where each begins, what it is told, where its result stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass
from generator.ooxml.wordprocessing import RUN, Element, P, T, W, ancestor
from generator.template.tags import find_tags

_CODE = lazy(r"\s*TOC\b(.*)", re.DOTALL)
_SWITCH = lazy(r'\\([a-z])\s*(?:"([^"]*)"|([^\s\\"]+))?', re.IGNORECASE)
UNREAD = frozenset("fdsl")  # switches that choose entries by what is not read here


@dataclass(slots=True)
class ContentsField:
    """A table of contents in a body.

    Args:
        code: its instruction.
        paragraphs: from where the field begins to where it ends.
        begin: the run that begins it.
        separate: the run behind which its result stands.
        end: the run that ends it.
    """

    code: str
    paragraphs: list[Element]
    begin: Element
    separate: Element | None
    end: Element


def contents_fields(root: Element) -> list[ContentsField]:
    """The tables of contents of a body."""
    found: list[ContentsField] = []
    open_field: ContentsField | None = None
    depth = 0
    begin: Element | None = None
    for paragraph in root.iter(P):
        if open_field is not None:
            open_field.paragraphs.append(paragraph)
        for mark in paragraph.iter(f"{W}fldChar", f"{W}instrText"):
            run = ancestor(mark, RUN)
            if run is None:
                continue
            if mark.tag == f"{W}instrText":
                if open_field is None and begin is not None and _CODE.match(mark.text or ""):
                    open_field = ContentsField("", [paragraph], begin, None, begin)
                    depth = 1
                if open_field is not None and depth == 1 and open_field.separate is None:
                    open_field.code += mark.text or ""
                continue
            kind = mark.get(f"{W}fldCharType")
            if kind == "begin":
                begin = run
                depth += open_field is not None
            elif open_field is None:
                continue
            elif kind == "separate" and depth == 1:
                open_field.separate = run
            elif kind == "end":
                depth -= 1
                if not depth:
                    open_field.end = run
                    found.append(open_field)
                    open_field, begin = None, None
    return found


def is_whole(one: ContentsField) -> bool:
    """Whether a table of contents begins and ends side by side, so that its entries can be made anew."""
    first, last = one.paragraphs[0], one.paragraphs[-1]
    return one.separate is not None and first.getparent() is last.getparent()


def forget_tags(root: Element) -> bool:
    """Take the tags out of the entries of tables of contents, which are copies of headings; whether there is a table."""
    fields = contents_fields(root)
    for one in fields:
        for paragraph in one.paragraphs:
            texts = [node for node in result_of(one, paragraph) if node.tag == T]
            tags = list(find_tags("".join(node.text or "" for node in texts)))
            if tags and not any(tag.host in ("p", "tr", "tc") for tag in tags):  # those control what stands behind
                for node in texts:
                    node.text = ""
    return bool(fields)


def result_of(one: ContentsField, paragraph: Element) -> Iterator[Element]:
    """The elements of a paragraph that belong to the result of a field."""
    inside = paragraph is not one.paragraphs[0]
    for element in paragraph.iter():
        if element is one.separate:
            inside = True
        elif element is one.end:
            return
        elif inside:
            yield element


def switches_of(code: str) -> dict[str, str]:
    """The switches of an instruction: letter -> its argument, "" for none."""
    match = _CODE.match(code)
    return {found[1].lower(): found[2] or found[3] or "" for found in _SWITCH.finditer(match[1] if match else "")}
