"""How many differences there are, by kind and by place; the files of two folders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from generator.compare.difference import Comparison, place_of
from generator.diagnostics import Text
from generator.diagnostics.wording import difference_kinds as words


def kind_label(kind: str) -> Text:
    """What a kind of difference is called; one without a name bears its own."""
    return words.KIND_LABELS.get(kind) or Text(kind, kind)


def by_kind(result: Comparison) -> list[tuple[Text, int]]:
    """The kinds of differences with their numbers, the most first."""
    return [(kind_label(kind), n) for kind, n in Counter(d.kind for d in result).most_common()]


def by_place(result: Comparison) -> list[tuple[Text, int]]:
    """The tables, sheets and stories that differ with the number of differences in each, in the order of the document."""
    return list(Counter(_whole(d.anchor) for d in result).items())


def _whole(anchor: Mapping[str, Any]) -> Text:
    """The place that a reader would turn to: a table, a sheet, a header."""
    if "file" in anchor:
        inner = _whole({k: v for k, v in anchor.items() if k != "file"})
        return Text(f"{anchor['file']} {inner.zh}".rstrip(), f"{anchor['file']} {inner.en}".rstrip())
    if "sheet" in anchor:
        return Text(str(anchor["sheet"]), str(anchor["sheet"]))
    kept = ("part", "section", "kind", "table", "name")
    if anchor.get("part") in ("footnote", "endnote", "comment", "textbox", "chart", "section", "page"):
        kept = ("part", "number")
    found = {key: anchor[key] for key in kept if key in anchor}
    return place_of(found) if found else words.DOCUMENT if anchor else Text("", "")


def total(result: Comparison) -> Text:
    """How many differences there are, in words."""
    n = len(result.differences)
    if n < 2:
        return words.ONE_DIFFERENCE if n else words.NO_DIFFERENCE
    return words.DIFFERENCES.filled(n=n)


def to_summary(result: Comparison, language: str = "zh") -> str:
    """The counts of a comparison for people: in all, by kind, by place; of two folders, a line a file."""

    def say(text: Text) -> str:
        return text.in_language(language)

    lines = [say(total(result))]
    for title, counted in ((words.BY_KIND, by_kind(result)), (words.BY_PLACE, by_place(result))):
        if counted:
            lines += [f"{say(title)}{'：' if language == 'zh' else ':'}"]
            lines += [f"  {n:>6}  {say(label)}" for label, n in counted]
    if result.files:
        lines.append(f"{say(words.FILES)}{'：' if language == 'zh' else ':'}")
        lines += [f"  {file.count:>6}  {file.name}  {say(words.STATES[file.state])}" for file in result.files]
    return "\n".join(lines) + "\n"
