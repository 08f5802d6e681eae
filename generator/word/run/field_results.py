"""The fields of a rendered body: their codes, and the texts that they show until a program computes them anew."""

from __future__ import annotations

from collections.abc import Iterator

from generator.kept.light_classes import dataclass, field
from generator.ooxml.word_fields import OpenField, OpenFields
from generator.ooxml.wordprocessing import FIELD_MARK, INSTRUCTION, KEEP_SPACE, MC, RUN, Element, P, T, W, ancestor


@dataclass(slots=True)
class FieldResult(OpenField):
    """A field: its code, the texts of its result, and what marks it."""

    marks: list[Element] = field(default_factory=list)
    texts: list[Element] = field(default_factory=list)


def fields_of(root: Element, *, twins: bool = False) -> Iterator[FieldResult | Element]:
    """The fields of a body where they begin, and its paragraphs; of a drawing that stands twice the first.

    Args:
        root: the body, or a part of it.
        twins: whether `root` stands within the second of such a drawing.
    """
    found: list[FieldResult | Element] = []
    fields = OpenFields(FieldResult)
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == P:
            found.append(element)
        elif element.tag == f"{W}fldSimple":
            if twins or ancestor(element, f"{MC}Fallback") is None:
                found.append(FieldResult(element.get(f"{W}instr", ""), True, [element], list(element.iter(T))))
        elif element.tag == FIELD_MARK:
            if (one := fields.mark(element.get(f"{W}fldCharType"))) is not None:
                one.marks.append(element)
                if len(one.marks) == 1 and (twins or ancestor(element, f"{MC}Fallback") is None):
                    found.append(one)
        elif element.tag == INSTRUCTION:
            fields.instruct(element.text or "")
        elif element.tag == T and ancestor(element, RUN) is not None:
            for one in fields.printing():
                one.texts.append(element)
    return iter(found)


def results_of(root: Element, *, twins: bool = False) -> list[FieldResult]:
    """The fields alone (see `fields_of`)."""
    return [one for one in fields_of(root, twins=twins) if isinstance(one, FieldResult)]


def leave_to_word(one: FieldResult) -> bool:
    """Let Word compute a field when the document is opened; whether it would not have."""
    return refresh(one.marks[0])


def refresh(mark: Element | None) -> bool:
    """Mark a field at its beginning for refreshing; whether it was not yet."""
    if mark is None or mark.get(f"{W}dirty") == "true":
        return False
    mark.set(f"{W}dirty", "true")
    return True


def show(one: FieldResult, text: str) -> bool:
    """Put a text in the place of a field's result, in the format of its first run; whether it was another."""
    if "".join(node.text or "" for node in one.texts) == text or not one.texts:
        return False
    for node in one.texts:
        node.text = ""
    one.texts[0].text = text
    one.texts[0].set(KEEP_SPACE, "preserve")
    return True


def show_in_twins(root: Element) -> None:
    """Let the fields of a drawing's second show what those of its first do: old programs draw that one."""
    for alternate in root.iter(f"{MC}AlternateContent"):
        choice, fallback = alternate.find(f"{MC}Choice"), alternate.find(f"{MC}Fallback")
        if choice is None or fallback is None:
            continue
        firsts, seconds = results_of(choice), results_of(fallback, twins=True)
        if [one.code for one in firsts] == [one.code for one in seconds]:
            for first, second in zip(firsts, seconds, strict=True):
                show(second, "".join(node.text or "" for node in first.texts))
