"""Places in documents, as their authors see them.

One grammar for errors, lint, `show` and `diff`. A place is held as data, the *anchor* (a flat mapping, JSON-ready),
and printed by `describe`; `parse` reads the Chinese and the English text back.

Word: `正文 第12段` (paragraphs of the body outside tables, from 1), `表2 第5行 第3列` (top-level tables in order, grid
columns), `表2 第5行 第3列 表1 第1行 第1列` (a nested table), `页眉（第1节）`, `页脚（第1节 首页）`, `脚注2`, `尾注1`, `批注1`,
`文本框1`, `图表1`, `属性 title`, `样式 标题1`, `第2节` (its page setup), `第3页` (its image), `部件 word/styles.xml`. A paragraph or table within one of them follows it:
`页眉（第1节） 第2段`, `脚注2 表1 第1行 第1列`; a paragraph within a cell too: `表2 第5行 第3列 第2段`.

Excel: `自评表!G12`, `自评表!A4:A6`, `自评表!4:6` (rows), `自评表!B:C` (columns), `工作表 自评表`, `自评表 页眉`, `名称 合计`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.diagnostics import Location, Text
from generator.kept.lazy_patterns import lazy

Anchor = Mapping[str, Any]

# Word: {"part": "body"|"header"|"footer"|"footnote"|"endnote"|"comment"|"textbox"|"chart"|"property"|"style"|"section"|"part",
#        "section": 1, "kind": "default"|"first"|"even", "number": 2, "name": "title",
#        "table": 2, "row": 5, "column": 3, "nested": {"table": 1, "row": 1, "column": 1}, "paragraph": 12}
# Excel: {"sheet": "自评表", "cell": "G12" | "range": "A4:A6" | "rows": "4:6" | "columns": "B:C" | "area": "header"|"footer"}
#        {"name": "合计"} for a defined name

_PARTS = {
    "body": Text("正文", "body"),
    "header": Text("页眉", "header"),
    "footer": Text("页脚", "footer"),
    "footnote": Text("脚注", "footnote "),
    "endnote": Text("尾注", "endnote "),
    "comment": Text("批注", "comment "),
    "textbox": Text("文本框", "text box "),
    "chart": Text("图表", "chart "),
    "property": Text("属性 ", "property "),
    "style": Text("样式 ", "style "),
    "part": Text("部件 ", "part "),
}
_COUNTED = {
    "section": Text("第{}节", "section {}"),
    "page": Text("第{}页", "page {}"),
    "table": Text("表{}", "table {}"),
    "row": Text("第{}行", "row {}"),
    "column": Text("第{}列", "column {}"),
    "paragraph": Text("第{}段", "paragraph {}"),
}
_BRACKETS = Text("（第{}节{}）", " (section {}{})")
_KINDS = {"first": Text("首页", "first page"), "even": Text("偶数页", "even pages")}
_AREAS = {"header": Text("页眉", "header"), "footer": Text("页脚", "footer")}


def within(anchor: Anchor, **step: Any) -> dict[str, Any]:
    """An anchor with a step into its innermost table, or with a new table below its cell."""
    found = dict(anchor)
    if "paragraph" in step or "table" not in found:
        found.update(step)
        return found
    if "nested" in found:
        found["nested"] = within(found["nested"], **step)
    elif "table" in step:
        found["nested"] = step
    else:
        found.update(step)
    return found


def innermost(anchor: Anchor) -> Anchor:
    """The part of an anchor that counts within its innermost table."""
    while "nested" in anchor:
        anchor = anchor["nested"]
    return anchor


def in_document(anchor: Anchor) -> Location:
    """The location of a place in a document: its anchor and its text."""
    return Location(place=describe(anchor), anchor=anchor)


def describe(anchor: Anchor) -> Text:
    """The text of a place in both languages."""
    return Text(_describe(anchor, 0), _describe(anchor, 1))


def _describe(anchor: Anchor, language: int) -> str:
    if "sheet" in anchor:
        return _describe_sheet(anchor, language)
    if "part" not in anchor:
        return ("名称 ", "name ")[language] + str(anchor["name"])
    part = anchor["part"]
    words = []
    if part == "body":
        if "table" not in anchor:
            words.append(_PARTS["body"][language])
    elif part in ("section", "page"):
        words.append(_COUNTED[part][language].format(anchor["number"]))
    elif part in ("header", "footer"):
        kind = _KINDS.get(anchor.get("kind", "default"))
        words.append(
            f"{_PARTS[part][language]}{_BRACKETS[language]}".format(
                anchor["section"], f" {kind[language]}" if kind else ""
            )
        )
    else:
        words.append(_PARTS[part][language] + str(anchor.get("number", anchor.get("name", ""))))
    table: Anchor | None = anchor
    while table and "table" in table:
        words += [_COUNTED[step][language].format(table[step]) for step in ("table", "row", "column") if step in table]
        table = table.get("nested")
    if "paragraph" in anchor:
        words.append(_COUNTED["paragraph"][language].format(anchor["paragraph"]))
    return " ".join(words)


def _describe_sheet(anchor: Anchor, language: int) -> str:
    sheet = str(anchor["sheet"])
    for key in ("cell", "range", "rows", "columns"):
        if key in anchor:
            return f"{sheet}!{anchor[key]}"
    if "area" in anchor:
        return f"{sheet} {_AREAS[anchor['area']][language]}"
    return ("工作表 ", "sheet ")[language] + sheet


_STEP = lazy(
    r"(?:表(?P<t>\d+)|table (?P<te>\d+)|第(?P<r>\d+)行|row (?P<re>\d+)|第(?P<c>\d+)列|column (?P<ce>\d+)"
    r"|第(?P<p>\d+)段|paragraph (?P<pe>\d+))(?: |$)"
)
_BAND = lazy(
    r"(?P<zh>页眉|页脚)（第(?P<n>\d+)节(?: (?P<k>首页|偶数页))?）|(?P<en>header|footer) \(section (?P<ne>\d+)(?: (?P<ke>first page|even pages))?\)"
)
_NUMBERED = lazy(r"(脚注|尾注|批注|文本框|图表|footnote |endnote |comment |text box |chart )(\d+)")
_CELL = lazy(
    r"(?P<s>.+)!(?:(?P<cell>[A-Z]{1,3}\d+)|(?P<range>[A-Z]{1,3}\d+:[A-Z]{1,3}\d+)|(?P<rows>\d+:\d+)|(?P<columns>[A-Z]{1,3}:[A-Z]{1,3}))$"
)


def parse(text: str) -> dict[str, Any]:
    """The anchor of a place's text, Chinese or English.

    Raises:
        ValueError: the text is no place.
    """
    text = text.strip()
    if (whole := _undivided(text)) is not None:
        return whole
    anchor, rest = _story(text)
    table: dict[str, Any] | None = None
    while rest:
        match = _STEP.match(rest)
        if not match:
            raise ValueError(f"not a place: {text!r}")
        key, value = next((key[0], int(value)) for key, value in match.groupdict().items() if value)
        if key == "t":
            step: dict[str, Any] = {"table": value}
            if table is None:
                anchor.update(step)
                table = anchor
            else:
                table["nested"] = step
                table = step
        elif key == "p":
            anchor["paragraph"] = value
        elif table is None:
            raise ValueError(f"not a place: {text!r}")
        else:
            table["row" if key == "r" else "column"] = value
        rest = rest[match.end() :]
    if anchor == {"part": "body"} and text not in ("正文", "body"):
        raise ValueError(f"not a place: {text!r}")
    return anchor


def _undivided(text: str) -> dict[str, Any] | None:
    """The anchor of a place that no step leads into: cells and names of a workbook, properties, sections, pages."""
    if match := _CELL.match(text):
        key, value = next((key, value) for key, value in match.groupdict().items() if key != "s" and value)
        return {"sheet": match["s"], key: value}
    for prefix, key in (("工作表 ", "sheet"), ("sheet ", "sheet"), ("名称 ", "name"), ("name ", "name")):
        if text.startswith(prefix):
            return {key: text[len(prefix) :]}
    for part in ("property", "style", "part"):
        for prefix in _PARTS[part]:
            if text.startswith(prefix):
                return {"part": part, "name": text[len(prefix) :]}
    if match := re.fullmatch(r"第(\d+)节|section (\d+)", text):
        return {"part": "section", "number": int(match[1] or match[2])}
    if match := re.fullmatch(r"第(\d+)页|page (\d+)", text):
        return {"part": "page", "number": int(match[1] or match[2])}
    match = re.fullmatch(r"(.+) (页眉|页脚|header|footer)", text)
    return {"sheet": match[1], "area": _part(match[2])} if match else None


def _story(text: str) -> tuple[dict[str, Any], str]:
    """The anchor of the story that a place begins with, the body where it names none; and the steps behind it."""
    anchor: dict[str, Any] = {"part": "body"}
    if match := _BAND.match(text):
        anchor = {"part": _part(match["zh"] or match["en"]), "section": int(match["n"] or match["ne"])}
        if kind := match["k"] or match["ke"]:
            anchor["kind"] = next(name for name, words in _KINDS.items() if kind in words)
    elif match := _NUMBERED.match(text):
        anchor = {"part": _part(match[1]), "number": int(match[2])}
    else:
        match = re.match(r"(正文|body)(?: |$)", text)
    return anchor, text[match.end() :].strip() if match else text


def _part(word: str) -> str:
    return next(name for name, words in _PARTS.items() if word in words)
