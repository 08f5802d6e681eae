"""What a row of a form's table belongs to: an item of another sheet, called by its name or number, or one of several places.

A name is taken as it is meant where nothing else can be: without spaces or line breaks inside it, a number as 2, “2.”, “第2项”
or 二, a title instead of the number. A name that no sheet knows is told once, however many rows call it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from generator.diagnostics import Text
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.suggest import closest
from generator.diagnostics.wording import fill_in_words as words
from generator.kept.light_classes import dataclass, field
from generator.source.form_plan import FormColumn, FormTable
from generator.source.nodes import Map, Scalar, Source, locate

Registry = dict[tuple[str, ...], Map]
_SHOWN = 6  # names that a hint lists
_ORDINAL = re.compile(
    r"第?\s*[(（]?\s*(?P<said>[0-9]{1,4}|[一二三四五六七八九十]{1,3})\s*[)）]?\s*[.、．,，:：]?\s*(?:项|条|个)?"
)
_DIGITS = "一二三四五六七八九"
_INSIDE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\s+(?=[\u3000-\u9fff\uff00-\uffef])")


@dataclass
class Homeless:
    """Rows that call an item by a name that is not there: where the first stands, how many, the lists that lack them."""

    at: tuple[int, int]
    label: str
    text: str
    known: str
    path: str
    count: int = 0
    paths: dict[str, None] = field(default_factory=dict)


class Homes:
    """What a form knows of its items across sheets.

    Args:
        registries: the items of each list by the names that lead to them.
        lost: lists whose items are not known, which has been told.
        homeless: names that no sheet knows.
    """

    def __init__(self) -> None:
        self.registries: dict[str, Registry] = {}
        self.lost: set[str] = set()
        self.homeless: dict[tuple[str, tuple[str, ...]], Homeless] = {}

    def tell(self, source: Source) -> None:
        """Tell of the names that are not there, each once."""
        for one in self.homeless.values():
            more = words.SUCH_ROWS.filled(count=one.count) if one.count > 1 else Text("", "")
            place = locate(source, one.at, one.path)
            near = closest(one.text, one.known.split("、"))
            said = {"label": one.label, "text": one.text, "known": one.known, "more": more, "paths": (*one.paths,)}
            hint = words.RATHER.filled(near=near, known=one.known) if near and near != one.text else None
            source.findings.append(diagnostic("form-no-parent", place, hint=hint, **said))


class RowHomes:
    """Finds what the rows of one table belong to, from the top.

    Args:
        source, root: the form and the report's tree.
        table: what its rows hold.
        homes: the items of all sheets.
    """

    def __init__(self, source: Source, root: Map, table: FormTable, homes: Homes):
        self.source = source
        self.root = root
        self.table = table
        self.homes = homes
        self.last: dict[str, str] = {}
        self.moved = False  # whether the row that was asked for last belongs to something else than the one above

    def holder(self, nodes: dict[str, Scalar], at: tuple[int, int]) -> tuple[Map | None, str]:
        """The record that holds the row's list, and the list's path in it; None where it is not known."""
        self.moved = False
        path = self.table.levels[0].list
        chain: list[str] = []
        for column in self.table.columns:
            if column.role == "place":
                found = self._placed(column, nodes.get(column.id), at)
                if found is None:
                    return None, path
                path = found
            elif column.role == "parent":
                before = self.last.get(column.id)
                text = self.as_above(column, nodes.get(column.id))
                if text != before:
                    self.moved = True
                    for later in self.table.columns:
                        if later.role == "parent" and later.level > column.level:
                            self.last.pop(later.id, None)
                chain.append(text)
        return (self._parent(chain, path, nodes, at), path) if chain else (self.root, path)

    def as_above(self, column: FormColumn, node: Scalar | None) -> str:
        """The text of a cell that may leave out what stands above it."""
        if node is not None and node.text.strip():
            text = node.text.strip()
            if column.role == "parent" and not self.table.parents[column.level].key:
                text = ordinal(text)
            self.last[column.id] = text
        return self.last.get(column.id, "")

    def _placed(self, column: FormColumn, node: Scalar | None, at: tuple[int, int]) -> str | None:
        """The path of the place that a row chooses."""
        text = self.as_above(column, node)
        places = self.table.places or {}
        if text not in places:
            near = closest(text, list(places)) if text else None
            known = "、".join(([near] if near else []) + [one for one in places if one != near][:_SHOWN])
            code = "form-no-place" if text else "form-place-empty"
            said = {"label": column.label, "text": text, "known": known, "paths": (*places.values(),)}
            self._tell(code, place_of(node, at), None, **said)
            return None
        self.moved = self.moved or text != self.last.get("#place")
        self.last["#place"] = text
        return places[text]

    def _parent(self, chain: list[str], path: str, nodes: dict[str, Scalar], at: tuple[int, int]) -> Map | None:
        """The item of another sheet that a row belongs to."""
        lists = ".".join(parent.list for parent in self.table.parents)
        registry = self.homes.registries.get(lists, {})
        found = registry.get(tuple(chain)) or _meant(registry, chain)
        if found is None and not any(chain) and len(registry) == 1:
            found = next(iter(registry.values()))
        if found is not None or lists in self.homes.lost:  # the table above is not there, which has been told
            return found
        column = [column for column in self.table.columns if column.role == "parent"][-1]
        where, own = place_of(nodes.get(column.id), at), f"{lists}.{path}"
        known = "、".join("＞".join(names) for names in list(registry)[:_SHOWN])
        if not chain[-1]:
            self._tell("form-parent-empty", where, own, label=column.label, text="", known=known)
            return None
        told = Homeless(where, column.label, chain[-1], known, own)
        one = self.homes.homeless.setdefault((lists, tuple(chain)), told)
        one.count += 1
        one.paths[own] = None
        return None

    def _tell(self, code: str, at: tuple[int, int], path: str | None = None, **arguments: Any) -> None:
        self.source.findings.append(diagnostic(code, locate(self.source, at, path), **arguments))


def ordinal(text: str) -> str:
    """The number of a row however it is written: “第2项”, “（二）”, “2.” as 2; another text as it stands."""
    found = _ORDINAL.fullmatch(unicodedata.normalize("NFKC", text.strip()))
    if found is None:
        return text.strip()
    said = found["said"]
    if said.isdecimal():
        return str(int(said))
    tens, ten, ones = said.rpartition("十")
    if not ten:
        return str(_DIGITS.index(said) + 1) if len(said) == 1 else text.strip()
    if len(tens) > 1 or len(ones) > 1 or "十" in tens:
        return text.strip()
    return str((_DIGITS.index(tens) + 1 if tens else 1) * 10 + (_DIGITS.index(ones) + 1 if ones else 0))


def closed_up(text: str) -> str:
    """A name without the spaces and line breaks between its Chinese characters."""
    return _INSIDE.sub("", text)


def _meant(registry: Registry, chain: list[str]) -> Map | None:
    """The only item whose names are those without their spaces, or whose title is the last of them."""
    bare = [closed_up(name) for name in chain]
    alike = [item for names, item in registry.items() if [closed_up(name) for name in names] == bare]
    titled = [
        item
        for names, item in registry.items()
        if list(names[:-1]) == chain[:-1] and closed_up(_title(item)) == bare[-1]
    ]
    found = alike or titled
    return found[0] if len(found) == 1 else None


def _title(item: Map) -> str:
    """The first text of an item."""
    first = next((node for node in item.values() if isinstance(node, Scalar)), None)
    return first.text.strip() if first is not None else ""


def place_of(node: Scalar | None, at: tuple[int, int]) -> tuple[int, int]:
    """Where a cell stands, or the row where there is none."""
    return (node.line, node.column) if node is not None else at
