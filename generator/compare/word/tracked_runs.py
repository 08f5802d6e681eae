"""What changed within a paragraph, as Word revisions of its runs."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from generator.compare.align import common_subsequence
from generator.compare.canonical import tree
from generator.compare.text_changes import tokens
from generator.kept.light_classes import dataclass, field
from generator.ooxml.package import local
from generator.ooxml.wordprocessing import W

_LOOSE = frozenset(("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "permStart", "permEnd"))
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass
class Atom:
    """A piece of a paragraph that stays, comes or goes as a whole: a word, a tab, a picture, a field, a link."""

    key: Any
    elements: list[etree._Element]
    loose: list[etree._Element] = field(default_factory=list)  # marks of ranges before it

    @property
    def text(self) -> str | None:
        """The text of a piece of text."""
        return self.key[1] if self.key[0] == "t" else None


class Author:
    """Numbers revisions and bears their author's name; no dates, so that the result is the same on every day."""

    def __init__(self, name: str):
        self.name = name
        self.number = 0

    def mark(self, kind: str) -> etree._Element:
        """A new `w:ins`, `w:del`, `w:rPrChange`, …"""
        self.number += 1
        return etree.Element(W + kind, {W + "id": str(90_000 + self.number), W + "author": self.name})


def atoms(paragraph: etree._Element) -> tuple[list[Atom], list[etree._Element]]:
    """The pieces of a paragraph, and the marks of ranges behind the last."""
    found: list[Atom] = []
    loose: list[etree._Element] = []
    open_field: Atom | None = None
    depth = 0

    def add(atom: Atom) -> None:
        nonlocal loose
        atom.loose, loose = loose, []
        found.append(atom)

    def close(atom: Atom) -> None:
        atom.key = ("field", tuple(tree(e) for e in atom.elements))
        add(atom)

    for child in paragraph:
        name = local(child)
        if name in ("", "pPr", "proofErr"):
            continue
        if name in _LOOSE:
            loose.append(child)
            continue
        if name != "r":
            if open_field is not None:
                open_field.elements.append(child)
            else:
                add(Atom(("e", tree(child)), [child]))
            continue
        for key, run in _pieces(child):
            kind = key[1] if key[0] == "fldChar" else ""
            if kind == "begin":
                depth += 1
                if open_field is None:
                    open_field = Atom(("field",), [])
            if open_field is None:
                add(Atom(key, [run]))
                continue
            open_field.elements.append(run)
            if kind == "end":
                depth -= 1
                if depth == 0:
                    close(open_field)
                    open_field = None
    if open_field is not None:
        close(open_field)
    return found, loose


def _pieces(run: etree._Element) -> Iterator[tuple[Any, etree._Element]]:
    """A run cut into runs of one piece each."""
    own = run.find(W + "rPr")
    for child in run:
        name = local(child)
        if name in ("rPr", "lastRenderedPageBreak") or not name:
            continue
        if name == "t":
            for token in tokens(child.text or ""):
                yield ("t", token), _run(own, _text(token))
        elif name == "fldChar":
            yield ("fldChar", child.get(W + "fldCharType")), _run(own, copy.deepcopy(child))
        else:
            yield ("x", tree(child)), _run(own, copy.deepcopy(child))


def _run(own: etree._Element | None, content: etree._Element) -> etree._Element:
    run = etree.Element(W + "r")
    if own is not None:
        run.append(copy.deepcopy(own))
    run.append(content)
    return run


def _text(text: str) -> etree._Element:
    element = etree.Element(W + "t")
    element.text = text
    if text != text.strip():
        element.set(_SPACE, "preserve")
    return element


def tracked_content(old: etree._Element, new: etree._Element, author: Author) -> list[etree._Element]:
    """The content of the new paragraph, with what went from the old one and what came as revisions."""
    before, _ = atoms(old)
    after, rest = atoms(new)
    out: list[etree._Element] = []
    last = (0, 0)
    pairs = common_subsequence([repr(a.key) for a in before], [repr(a.key) for a in after])
    for i, j in [*pairs, (len(before), len(after))]:
        out += marked(before[last[0] : i], "del", author)
        out += marked(after[last[1] : j], "ins", author)
        if i < len(before) or j < len(after):
            out += after[j].loose
            out += [_with_old_look(a, b, author) for a, b in _elements(before[i], after[j])]
        last = (i + 1, j + 1)
    return _joined([*out, *rest])


def _elements(old: Atom, new: Atom) -> Iterator[tuple[etree._Element | None, etree._Element]]:
    same = len(old.elements) == len(new.elements)
    for index, element in enumerate(new.elements):
        yield (old.elements[index] if same else None), element


def _with_old_look(old: etree._Element | None, new: etree._Element, author: Author) -> etree._Element:
    """A run that stayed; where it looked different before, that is noted in it."""
    if old is None or local(old) != "r" or local(new) != "r":
        return new
    note_look(new, old.find(W + "rPr"), author)
    return new


def note_look(holder: etree._Element, before: etree._Element | None, author: Author) -> None:
    """Note the old character format in the `w:rPr` of a run or of a paragraph's mark."""
    after = holder.find(W + "rPr")
    if _look(before) == _look(after):
        return
    if after is None:
        after = etree.Element(W + "rPr")
        holder.insert(0, after) if local(holder) == "r" else holder.append(after)
    change = author.mark("rPrChange")
    held = etree.SubElement(change, W + "rPr")
    held.extend(copy.deepcopy(child) for child in before) if before is not None else None
    after.append(change)


def _look(own: etree._Element | None) -> Any:
    return () if own is None else tuple(sorted((tree(child) for child in own if local(child) != "rPrChange"), key=repr))


def marked(pieces: Sequence[Atom], kind: str, author: Author, run_kind: str | None = None) -> list[etree._Element]:
    """Pieces that came or went; of those that went the marks of ranges stay away."""
    out: list[etree._Element] = []
    wrap = run_kind or kind
    for piece in pieces:
        if kind == "ins":
            out += piece.loose
        for element in piece.elements:
            if local(element) in ("hyperlink", "fldSimple", "sdt", "smartTag"):
                for run in list(element.iter(W + "r")):
                    _wrap_in_place(run, wrap, kind, author)
                out.append(element)
                continue
            holder = author.mark(wrap)
            holder.append(element)
            if kind == "del":
                _as_deleted(element)
            out.append(holder)
    return _joined(out)


def _wrap_in_place(run: etree._Element, wrap: str, kind: str, author: Author) -> None:
    parent = run.getparent()
    if parent is None:
        return
    holder = author.mark(wrap)
    parent.replace(run, holder)
    holder.append(run)
    if kind == "del":
        _as_deleted(run)


def _as_deleted(element: etree._Element) -> None:
    for inner in element.iter(W + "t", W + "instrText"):
        inner.tag = W + ("delText" if local(inner) == "t" else "delInstrText")


def _joined(found: list[etree._Element]) -> list[etree._Element]:
    """Neighbours that say the same: one revision, one run."""
    out: list[etree._Element] = []
    for element in found:
        last = out[-1] if out else None
        revision = local(element) in ("ins", "del", "moveFrom", "moveTo")
        if last is not None and revision and local(last) == local(element):
            for child in list(element):
                if not len(last) or not _join_runs(last[-1], child):
                    last.append(child)
        elif last is None or not _join_runs(last, element):
            out.append(element)
    return out


def _join_runs(one: etree._Element, other: etree._Element) -> bool:
    """Put the text of a run behind that of the one before, where both look the same."""
    if local(one) != "r" or local(other) != "r" or len(one) == 0 or len(other) == 0:
        return False
    text, more = one[-1], other[-1]
    if local(text) not in ("t", "delText") or text.tag != more.tag or len(other) > 2 or len(one) > 2:
        return False
    if _whole_look(one) != _whole_look(other):
        return False
    text.text = (text.text or "") + (more.text or "")
    text.set(_SPACE, "preserve")
    return True


def _whole_look(run: etree._Element) -> Any:
    own = run.find(W + "rPr")
    if own is None:
        return ()
    change = own.find(W + "rPrChange")
    return _look(own), None if change is None else _look(change[0])
