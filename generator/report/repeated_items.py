"""Items of a list that stand there twice, by key or by title, and rows of totals among those that are added up."""

from __future__ import annotations

from functools import lru_cache

from generator.report.record import Record
from generator.report.session import Session
from generator.source import List, Map, Node, Scalar, place_words
from generator.standard import Section
from generator.standard.kinds import kind_of

_TOTALS = frozenset(("合计", "总计", "小计", "共计", "总和"))
_ENDS = frozenset(("计", "和"))


def tell_repeated(computation: Session, section: Section, items: list[Record]) -> None:
    """Tell of items that stand in a list twice, and of totals among them."""
    name = section.type.key or title_of(section)
    if section.type.key:
        _check_keys(computation, items, section.type.key)
    elif name:
        _check_titles(computation, items, name)
    if not name or len(items) < 3:
        return
    for item in items:
        text = _typed(item, name)
        if text[-1:] in _ENDS and "".join(text.split()) in _TOTALS:
            computation.tell("total-row", item.place_of(name), item.path_of(name), text=text)
            computation.doubled.add(id(item))  # sums wait until it is gone


@lru_cache(maxsize=4096)
def title_of(section: Section) -> str | None:
    """The text that an item without a key begins with: its title; None where it begins with something else."""
    first = next((cell.field for cell in section.cells.values() if cell.origin == "data"), None)
    return first.name if first is not None and kind_of(first).sentence and not first.many else None


def _typed(item: Record, name: str) -> str:
    node = item.source.get(name)
    return node.text.strip() if isinstance(node, Scalar) else ""


def _is_number(node: Node) -> bool:
    return isinstance(node, Scalar) and node.text.strip().replace(".", "", 1).isdecimal()


def _check_titles(computation: Session, items: list[Record], title: str) -> None:
    """Tell of items whose title stands there once already."""
    first: dict[str, Record] = {}
    for item in items:
        text = _typed(item, title)
        before = first.setdefault(text, item) if text else item
        if before is not item:
            label = item.section.cells[title].field.label
            place = place_words(computation.source, before.place_of(title))
            if _alike(item.source, before.source):
                computation.doubled.add(id(item))  # sums wait until one of the two is gone
            computation.tell("repeated-text", item.place_of(title), item.path_of(title), label=label, place=place)


def _check_keys(computation: Session, items: list[Record], key: str) -> None:
    """Tell of items whose key stands there once already."""
    first: dict[str, Record] = {}
    for item in items:
        value = item.get(key)
        if not isinstance(value, str):
            continue
        if before := first.get(value):
            label = item.section.cells[key].field.label
            line = place_words(computation.source, before.place_of(key))
            computation.tell(
                "duplicate-item", item.place_of(key), item.path_of(key), label=label, text=value, line=line
            )
            if _alike(item.source, before.source):  # one row that was entered twice, not two of one name
                computation.doubled.add(id(item))
            else:
                computation.misnamed.add(id(item))  # its name, by which rules look up, is told
                computation.namesakes.add(id(before))
                if all(_is_number(node) for name, node in item.source.items() if name != key):
                    computation.doubled.add(id(item))  # a row of a table: which of the two counts is not known
        else:
            first[value] = item


def _alike(one: Node, other: Node) -> bool:
    """Whether two values say the same."""
    if isinstance(one, Map) and isinstance(other, Map):
        return one.keys() == other.keys() and all(_alike(one[name], other[name]) for name in one)
    if isinstance(one, List) and isinstance(other, List):
        return len(one) == len(other) and all(map(_alike, one, other))
    return isinstance(one, Scalar) and isinstance(other, Scalar) and one.text == other.text
