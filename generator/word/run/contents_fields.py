"""The fields TOC of a body: where each begins, what it is told, where its result stands."""

from __future__ import annotations

from collections.abc import Iterator

from generator.kept.light_classes import dataclass, field
from generator.ooxml.word_fields import OpenField, OpenFields
from generator.ooxml.wordprocessing import FIELD_MARK, INSTRUCTION, RUN, Element, P, T, W, ancestor
from generator.template.tags import find_tags

UNREAD = frozenset("fdsl")  # switches that choose entries by what is not read here


@dataclass(slots=True, eq=False)
class ContentsField(OpenField):
    """A table of contents in a body.

    Args:
        paragraphs: from where the field begins to where it ends.
        marks: the runs that begin it, part it and end it.
    """

    paragraphs: list[Element] = field(default_factory=list)
    marks: list[Element] = field(default_factory=list)

    @property
    def begin(self) -> Element:
        """The run that begins it."""
        return self.marks[0]

    @property
    def separate(self) -> Element | None:
        """The run behind which its result stands."""
        return self.marks[1] if self.parted else None

    @property
    def end(self) -> Element:
        """The run that ends it."""
        return self.marks[-1]


def contents_fields(root: Element) -> list[ContentsField]:
    """The tables of contents of a body."""
    found: list[ContentsField] = []
    fields = OpenFields(ContentsField)
    for element in root.iter(P, FIELD_MARK, INSTRUCTION):
        if element.tag == P:
            for one in fields.open:
                one.paragraphs.append(element)
        elif element.tag == INSTRUCTION:
            fields.instruct(element.text or "")
        elif (one := fields.mark(element.get(f"{W}fldCharType"))) is not None:
            run, paragraph = ancestor(element, RUN), ancestor(element, P)
            if run is None or paragraph is None:
                continue
            one.marks.append(run)
            one.paragraphs += [] if one.paragraphs else [paragraph]
            if one not in fields.open and _lists(one) and not any(_lists(outer) for outer in fields.open):
                found.append(one)
    return found


def _lists(one: ContentsField) -> bool:
    return one.told.keyword == "TOC"


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
