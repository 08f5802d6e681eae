"""A difference between two documents, and the result of a comparison."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from enum import IntEnum
from itertools import islice
from typing import Any

from generator.compare.format_labels import property_label, value_label
from generator.diagnostics import Text, places
from generator.diagnostics.wording import comparison_terms as terms
from generator.diagnostics.wording.difference_kinds import MORE
from generator.diagnostics.wording.difference_wording import NOT_COMPARED, WORDING
from generator.kept.light_classes import dataclass, field


class Level(IntEnum):
    """How deep a comparison looks; each level holds those before it."""

    TEXT = 1
    STRUCTURE = 2
    FORMAT = 3


LEVELS = {level.name.lower(): level for level in Level}


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference.

    `anchor` is its place as data (see `generator.diagnostics.places`), in the new document, or in the old one for what is gone or has moved;
    `old` and `new` are the values, None where there is none; `field` is the field of the standard that is printed there.
    """

    kind: str
    level: Level
    anchor: Mapping[str, Any]
    text: Text
    old: Any = None
    new: Any = None
    field: str | None = None
    gone: bool = False
    old_anchor: Mapping[str, Any] | None = None

    @property
    def place(self) -> str:
        """The place in Chinese."""
        return self.place_text.zh

    @property
    def place_text(self) -> Text:
        """The place in both languages."""
        return place_of(self.anchor)

    @property
    def message(self) -> str:
        """The difference in one line of Chinese."""
        return self.text.zh

    def without_place(self, language: str = "zh") -> str:
        """The message without the place that it begins with."""
        message, place = self.text.in_language(language), self.place_text.in_language(language)
        return re.sub(rf"^{re.escape(place)}(?:「[^」]*」| “[^”]*”)?(?:：|: )", "", message)

    def as_json(self, language: str = "zh") -> dict[str, Any]:
        """The JSON object that the command line prints."""
        return {
            "kind": self.kind,
            "place": self.place_text.in_language(language),
            "anchor": dict(self.anchor),
            "field": self.field,
            "old": self.old,
            "new": self.new,
            "message": self.text.in_language(language),
        }

    def __str__(self) -> str:
        return self.message


def place_of(anchor: Mapping[str, Any]) -> Text:
    """The text of an anchor; one in a folder begins with the file."""
    if "file" not in anchor:
        return places.describe(anchor)
    rest = {key: value for key, value in anchor.items() if key != "file"}
    if not rest:
        return terms.FILE.filled(file=anchor["file"])
    inner = places.describe(rest)
    return Text(f"{anchor['file']} {inner.zh}", f"{anchor['file']} {inner.en}")


@dataclass(frozen=True, slots=True)
class NotCompared:
    """Something that a comparison left out, and why."""

    anchor: Mapping[str, Any] | None
    reason: Text

    def as_json(self, language: str = "zh") -> dict[str, Any]:
        """The JSON object that the command line prints."""
        place = place_of(self.anchor).in_language(language) if self.anchor else None
        anchor = dict(self.anchor) if self.anchor else None
        return {"place": place, "anchor": anchor, "reason": self.reason.in_language(language)}

    def __str__(self) -> str:
        return f"{place_of(self.anchor).zh}：{self.reason.zh}" if self.anchor else self.reason.zh


@dataclass(frozen=True, slots=True)
class FileResult:
    """A file of two folders: `state` is same, changed, inserted, deleted or unreadable, `count` its number of differences."""

    name: str
    state: str
    count: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """The result of a comparison: true if there are differences, iterates over them.

    `documents` are the two as they were read and how they were aligned, for the side by side view; `files` those of two folders;
    `pages` the images of pages that look different, where they were compared.
    """

    differences: tuple[Difference, ...] = ()
    not_compared: tuple[NotCompared, ...] = ()
    documents: tuple[Any, Any, Any] | None = field(default=None, compare=False, repr=False)
    files: tuple[FileResult, ...] = ()
    pages: tuple[Any, ...] = field(default=(), compare=False, repr=False)

    def __iter__(self) -> Iterator[Difference]:
        return iter(self.differences)

    def __len__(self) -> int:
        return len(self.differences)

    def __getitem__(self, index: int) -> Difference:
        return self.differences[index]

    def as_json(self, language: str = "zh") -> dict[str, Any]:
        """`{"differences": […], "not_compared": […]}`."""
        return {
            "differences": [difference.as_json(language) for difference in self.differences],
            "not_compared": [entry.as_json(language) for entry in self.not_compared],
        }

    def __str__(self) -> str:
        return to_text(self)


def to_text(result: Comparison, language: str = "zh", most: int | None = None) -> str:
    """A comparison for people: a difference a line, `most` of them, then what was not compared."""
    return "".join(f"{line}\n" for line in text_lines(result, language, most))


def text_lines(result: Comparison, language: str = "zh", most: int | None = None) -> Iterator[str]:
    """The lines of `to_text`, one after the other: a million differences are never one text."""
    shown = len(result.differences) if most is None else most
    yield from (message_of(difference, language) for difference in islice(result.differences, shown))
    if len(result.differences) > shown:
        yield MORE.in_language(language).format(n=len(result.differences) - shown)
    for entry in result.not_compared:
        where = f"{place_of(entry.anchor).in_language(language)}{_colon(language)}" if entry.anchor else ""
        label = terms.NOT_COMPARED_LINE.in_language(language)
        yield f"{label}{where}{entry.reason.in_language(language)}"


def message_of(difference: Difference, language: str) -> str:
    """What is said of a difference, with the field of the standard that is printed there."""
    message = difference.text.in_language(language)
    if difference.field is None:
        return message
    return message + terms.PRINTED_FIELD.filled(field=difference.field).in_language(language)


def to_json(result: Comparison, language: str = "zh") -> str:
    """A comparison as JSON text."""
    return "".join(json_pieces(result, language))


def json_pieces(result: Comparison, language: str = "zh") -> Iterator[str]:
    """The pieces of `to_json`, one after the other: a million differences are never one text, nor as many objects."""
    yield "{\n"
    yield from _json_list("differences", (one.as_json(language) for one in result.differences))
    yield ",\n"
    yield from _json_list("not_compared", (one.as_json(language) for one in result.not_compared))
    yield "\n}\n"


def _json_list(name: str, items: Iterator[dict[str, Any]]) -> Iterator[str]:
    """A list of the object that a comparison is, as `json.dumps` with an indent of two writes it."""
    yield f'  "{name}": ['
    before = "\n"
    for item in items:
        yield before + "    " + json.dumps(item, ensure_ascii=False, indent=2).replace("\n", "\n    ")
        before = ",\n"
    yield "]" if before == "\n" else "\n  ]"


def _colon(language: str) -> str:
    return ": " if language == "en" else "："


class Findings:
    """Differences while they are found, up to a level."""

    def __init__(self, level: Level):
        self.level = level
        self.found: list[Difference] = []
        self.left_out: list[NotCompared] = []
        self._said: set[Any] = set()

    def wants(self, level: Level) -> bool:
        """Whether differences of this level are looked for."""
        return level <= self.level

    def add(
        self,
        kind: str,
        level: Level,
        anchor: Mapping[str, Any],
        wording: str,
        *,
        old: Any = None,
        new: Any = None,
        at: Mapping[str, Any] | Text | None = None,
        header: str = "",
        gone: bool = False,
        old_anchor: Mapping[str, Any] | None = None,
        **arguments: Any,
    ) -> None:
        """Note a difference.

        Args:
            kind: what the JSON calls it.
            level: from which level on it counts.
            anchor: its place.
            wording: a key of `generator.diagnostics.wording.difference_wording`.
            old, new: the values; shown where the wording names them and `arguments` do not. Of a `Text` the JSON has the Chinese.
            at: the place that the message begins with, where it is not the anchor's own.
            header: the heading of the column, shown after the place.
            gone: whether the anchor is one of the old document.
            old_anchor: where it stood in the old document, if elsewhere.
            arguments: for the wording's braces; a `Text` is taken in each language.
        """
        if level > self.level:
            return
        template = WORDING[wording]
        place = at if isinstance(at, Text) else place_of(anchor if at is None else at)
        shown: list[str] = []
        for language in ("zh", "en"):
            where = place.in_language(language)
            if header:
                where += f"「{header}」" if language == "zh" else f" “{header}”"
            values = {"old": old, "new": new, "place": where, **arguments}
            values = {k: v.in_language(language) if isinstance(v, Text) else v for k, v in values.items()}
            pattern = template.in_language(language)
            message = pattern.format_map(values)
            shown.append(message if "{place}" in pattern else where + _colon(language) + message)
        before, after = (value.zh if isinstance(value, Text) else value for value in (old, new))
        self.found.append(Difference(kind, level, anchor, Text(*shown), before, after, None, gone, old_anchor))

    def add_value(
        self, kind: str, level: Level, anchor: Mapping[str, Any], label: Text, old: Any, new: Any, **more: Any
    ) -> None:
        """Note a value that is another one now; `label` is what it is of, `more` as for `add`."""
        self.add(kind, level, anchor, "property-value", old=old, new=new, property=label, **more)

    def add_property(
        self, kind: str, level: Level, anchor: Mapping[str, Any], name: str, old: Any, new: Any, **more: Any
    ) -> None:
        """Note a property that differs, under its label and with its values as people say them; `more` as for `add`."""
        values = value_label(name, old), value_label(name, new)
        self.add_value(kind, level, anchor, property_label(name), *values, **more)

    def add_presence(
        self, kind: str, level: Level, anchor: Mapping[str, Any], wording: str, value: Any, came: bool, **more: Any
    ) -> None:
        """Note what came or went, with its value.

        Args:
            kind, level, anchor: as for `add`.
            wording: key of the wording without `-inserted` and `-deleted`.
            value: None where the JSON says none.
            came: otherwise it went, and its anchor is one of the old document unless `more` has another `gone`.
            more: as for `add`.
        """
        side = {"new" if came else "old": value, "gone": not came, **more}
        self.add(kind, level, anchor, f"{wording}-{'inserted' if came else 'deleted'}", **side)

    def drop_blank(self, anchor: Mapping[str, Any], gone: bool) -> None:
        """Forget an empty paragraph that came or went at a place: something else tells it."""
        kind = "paragraph-deleted" if gone else "paragraph-inserted"
        self.found = [d for d in self.found if d.kind != kind or d.anchor != anchor or d.old or d.new]

    def leave_out(self, reason: str, anchor: Mapping[str, Any] | None = None, **arguments: Any) -> None:
        """Note what is not compared, each thing once."""
        template = NOT_COMPARED[reason]
        text = Text(*(template.in_language(language).format(**arguments) for language in ("zh", "en")))
        key = (text, tuple(sorted(anchor.items())) if anchor else None)
        if key not in self._said:
            self._said.add(key)
            self.left_out.append(NotCompared(anchor, text))
