"""What changed between two versions of a paragraph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.compare.align import align
from generator.compare.canonical import Properties, changed
from generator.compare.difference import Findings, Level
from generator.compare.format_labels import change_of, property_label, style_label, value_label
from generator.compare.plain_lines import flat
from generator.compare.text_changes import describe_change, equal_stretches, quoted
from generator.compare.word.document_model import ListLevel, Object, Paragraph, Style
from generator.compare.word.effective_format import goes_on
from generator.diagnostics import Text

NOTES = ("footnote", "endnote", "comment", "textbox", "chart")
OBJECTS = {
    "image": Text("图片", "image"),
    "field": Text("域", "field"),
    "bookmark": Text("书签", "bookmark"),
    "link": Text("超链接", "hyperlink"),
    "break": Text("分隔符", "break"),
    "math": Text("公式", "formula"),
    "control": Text("内容控件", "content control"),
    "object": Text("嵌入对象", "embedded object"),
    "shape": Text("形状", "shape"),
    "inserted": Text("修订：插入", "tracked insertion"),
    "deleted": Text("修订：删除", "tracked deletion"),
    "footnote": Text("脚注", "footnote"),
    "endnote": Text("尾注", "endnote"),
    "comment": Text("批注", "comment"),
    "textbox": Text("文本框", "text box"),
    "chart": Text("图表", "chart"),
}


CONTROL_PROPERTIES = {
    "lock": Text("的锁定", "lock"),
    "items": Text("的选项", "items"),
    "dateFormat": Text("的日期格式", "date format"),
    "checked": Text("的勾选", "check mark"),
    "dataBinding": Text("的数据绑定", "data binding"),
    "multiLine": Text("允许多行", "several lines"),
    "showingPlcHdr": Text("显示提示文字", "shows its placeholder"),
    "temporary": Text("填写后删除", "removed when filled in"),
    "appearance": Text("的外观", "appearance"),
    "color": Text("的颜色", "colour"),
}
SUFFIXES = {"tab": Text("制表符", "tab"), "space": Text("空格", "space"), "nothing": Text("无", "nothing")}


@dataclass
class Comparing:
    """What the comparison of two documents keeps: findings, which note became which, which list which.

    `text` is the level of a change of text in the present story: headers and notes are structure.
    """

    findings: Findings
    text: Level = Level.TEXT
    notes: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    styles: tuple[Mapping[str, Style] | None, Mapping[str, Style] | None] = (None, None)  # as a reader sees them
    style_changes: dict[tuple[str, str], set[Any]] = field(default_factory=dict)
    list_indents: set[Any] = field(default_factory=set)
    lists: dict[str, str] = field(default_factory=dict)
    list_formats: set[tuple[str, str, int]] = field(default_factory=set)

    @property
    def effective(self) -> bool:
        """Whether formats are those that a reader sees."""
        return self.styles[0] is not None

    def by_style(self, old: str, new: str) -> set[Any]:
        """What changed of a paragraph's format through its style: that is told of the style, or follows from a change of styles."""
        if self.styles[0] is None or self.styles[1] is None:
            return set()
        if (old, new) not in self.style_changes:
            before, after = self.styles[0].get(old), self.styles[1].get(new)
            self.style_changes[old, new] = set(style_changes(before, after)) if before and after else set()
        return self.style_changes[old, new]


def style_changes(old: Style, new: Style) -> list[tuple[str, Any, Any]]:
    """What changed of a style's format."""
    table = [] if old.table == new.table else [("tblStylePr", old.table, new.table)]
    return [*changed(old.paragraph, new.paragraph), *changed(old.run, new.run), *table]


def compare_paragraph(
    comparing: Comparing,
    old: Paragraph,
    new: Paragraph,
    anchor: Mapping[str, Any],
    *,
    header: str = "",
    plain: bool = False,
    old_anchor: Mapping[str, Any] | None = None,
) -> None:
    """Note what differs between two paragraphs at `anchor`; `plain` tells short texts whole, as in cells."""
    if old == new:
        if old.list:
            comparing.lists[old.list_id] = new.list_id
        return
    findings = comparing.findings
    where: dict[str, Any] = {"header": header, "old_anchor": old_anchor}
    if old.text != new.text:
        change = describe_change(old.text, new.text, plain)
        findings.add("text", comparing.text, anchor, "text", old=old.text, new=new.text, change=change, **where)
    if old.volatile != new.volatile:
        findings.leave_out("volatile")
    _math(comparing, old, new, anchor, where)
    if not findings.wants(Level.STRUCTURE):
        return
    _kind(comparing, old, new, anchor, where)
    _objects(comparing, old, new, anchor, where)
    if findings.wants(Level.FORMAT):
        _formats(comparing, old, new, anchor, where)


def _kind(comparing: Comparing, old: Paragraph, new: Paragraph, anchor: Mapping[str, Any], where: Any) -> None:
    findings = comparing.findings
    if old.style != new.style:
        structural = old.heading != new.heading or old.list != new.list
        findings.add(
            "style",
            Level.STRUCTURE if structural else Level.FORMAT,
            anchor,
            "style",
            old=style_label(old.style),
            new=style_label(new.style),
            **where,
        )
        return
    if old.heading != new.heading:
        before, after = old.heading or None, new.heading or None
        findings.add(
            "heading",
            Level.STRUCTURE,
            anchor,
            "heading",
            old=before or Text("正文", "body"),
            new=after or Text("正文", "body"),
            **where,
        )
    if old.list is None and new.list is None:
        return
    if old.list and new.list and old.list.level == new.list.level:
        key = (old.list_id, new.list_id, old.list.level)
        if old.list != new.list and key not in comparing.list_formats:
            comparing.list_formats.add(key)
            _list_format(comparing, old.list, new.list, anchor, where)
        known = comparing.lists.get(old.list_id)
        if known is not None and known != new.list_id:
            goes_on = new.list_id in comparing.lists.values()
            words = (Text("接续", "continued"), Text("重新开始", "restarted"))
            before, after = reversed(words) if goes_on else words
            findings.add(
                "list-restart",
                Level.STRUCTURE,
                anchor,
                "list-restart",
                old=before,
                new=after,
                **where,
            )
        comparing.lists[old.list_id] = new.list_id
    else:
        before, after = _list_label(old.list), _list_label(new.list)
        findings.add("list", Level.STRUCTURE, anchor, "list", old=before, new=after, **where)


def _list_format(comparing: Comparing, old: ListLevel, new: ListLevel, anchor: Mapping[str, Any], where: Any) -> None:
    """What changed of a list level: its number is structure; where it stands and how it looks, format."""
    findings = comparing.findings
    if (old.text, old.format) != (new.text, new.format):
        before, after = (f"{level.text} {level.format}".strip() for level in (old, new))
        findings.add("list-format", Level.STRUCTURE, anchor, "list-format", old=before, new=after, **where)
    for level, name, before, after in (
        (Level.STRUCTURE, Text("编号的起始值", "first number"), old.start, new.start),
        (Level.STRUCTURE, Text("编号之后", "behind the number"), SUFFIXES.get(old.suffix), SUFFIXES.get(new.suffix)),
        (Level.FORMAT, Text("编号对齐", "alignment of the number"), old.alignment, new.alignment),
    ):
        if before != after:
            findings.add("list-format", level, anchor, "property-value", old=before, new=after, property=name, **where)
    for name, pairs in (("ind", changed(old.indent, new.indent)), ("mark", changed(old.run, new.run))):
        if pairs and not (name == "ind" and comparing.effective):  # the paragraphs tell where they stand
            label = (
                Text("列表缩进", "indent of the list")
                if name == "ind"
                else Text("编号的字符格式", "format of the number")
            )
            change = change_of(pairs)
            findings.add(
                "list-format",
                Level.FORMAT,
                anchor,
                "text",
                old=change_side(pairs, 1),
                new=change_side(pairs, 2),
                change=Text(f"{label.zh} {change.zh}", f"{label.en} {change.en}"),
                **where,
            )


def _list_label(level: ListLevel | None) -> Any:
    return level.level + 1 if level else Text("无", "none")


def _math(comparing: Comparing, old: Paragraph, new: Paragraph, anchor: Mapping[str, Any], where: Any) -> None:
    """Equations say something as the text does: they are told at its level."""
    before, after = ([o for o in side.objects if o.kind == "math"] for side in (old, new))
    if before != after:
        _kind_of_object(comparing, "math", before, after, old.text == new.text, anchor, where)


def _objects(comparing: Comparing, old: Paragraph, new: Paragraph, anchor: Mapping[str, Any], where: Any) -> None:
    if old.objects == new.objects:
        return
    for kind in dict.fromkeys(o.kind for o in (*old.objects, *new.objects)):
        before = [o for o in old.objects if o.kind == kind]
        after = [o for o in new.objects if o.kind == kind]
        if kind == "math" or (kind in ("inserted", "deleted") and old.text != new.text):
            continue  # the change of the text tells it
        if kind in NOTES:
            before, after = _marks(comparing, kind, before, after, anchor, where)
        if before != after:
            _kind_of_object(comparing, kind, before, after, old.text == new.text, anchor, where)


def _marks(
    comparing: Comparing, kind: str, before: list[Object], after: list[Object], anchor: Mapping[str, Any], where: Any
) -> tuple[list[Object], list[Object]]:
    """The marks of notes that are on both sides, under their new numbers; a note that came or went is told with the notes."""
    known = comparing.notes.get(kind, {})
    come = set(known.values())
    left = [o._replace(value=known[o.value]) for o in before if o.value in known]
    right = [o for o in after if o.value in come]
    for mark in left:
        if all(mark.value != o.value for o in right):
            label = OBJECTS[kind]
            named = Text(f"{label.zh}{mark.value}", f"{label.en} {mark.value}")
            comparing.findings.add(kind, Level.STRUCTURE, anchor, "object-left", object=named, **where)
    here = {o.value for o in left} & {o.value for o in right}
    return [o for o in left if o.value in here], [o for o in right if o.value in here]


def _kind_of_object(
    comparing: Comparing,
    kind: str,
    before: list[Object],
    after: list[Object],
    same_text: bool,
    anchor: Mapping[str, Any],
    where: Any,
) -> None:
    findings, label = comparing.findings, OBJECTS[kind]
    level = comparing.text if kind == "math" else Level.STRUCTURE
    aligned = align([o.value for o in before], [o.value for o in after], movable=lambda _: True)
    for i, j in (*aligned.pairs, *aligned.moved):
        a, b = before[i], after[j]
        if a.value != b.value:
            told = kind in ("image", "object", "math") and not _readable(a.value, b.value)
            findings.add(
                kind,
                level,
                anchor,
                "object-changed" if told else "object-value",
                old=_identity(a.value),
                new=_identity(b.value),
                object=label,
                **where,
            )
        elif same_text and (a.position != b.position or (i, j) in aligned.moved):
            findings.add(kind, level, anchor, "object-moved", object=label, **where)
        if a.format != b.format and not (kind == "math" and a.value != b.value):
            _look(comparing, kind, a, b, same_text, anchor, where)
    for i in aligned.deleted:
        value = before[i].value
        findings.add(
            kind,
            level,
            anchor,
            "object-deleted",
            old=_identity(value),
            object=label,
            text=_told(value),
            **where,
        )
    for j in aligned.inserted:
        value = after[j].value
        findings.add(
            kind,
            level,
            anchor,
            "object-inserted",
            new=_identity(value),
            object=label,
            text=_told(value),
            **where,
        )


def _readable(old: Any, new: Any) -> bool:
    return all(isinstance(v, str) and not _is_digest(v) for v in (old, new)) and old != new


def _is_digest(value: str) -> bool:
    return len(value) == 64 and all(c in "0123456789abcdef" for c in value)


def _identity(value: Any) -> str:
    if isinstance(value, str) and _is_digest(value):
        return f"sha256:{value[:16]}"
    return "、".join(filter(None, map(flat, value))) if isinstance(value, tuple) else flat(value)


def _told(value: Any) -> str:
    if isinstance(value, int) or (isinstance(value, str) and _is_digest(value)):
        return ""
    return quoted(_identity(value))


def _look(
    comparing: Comparing, kind: str, old: Object, new: Object, same_text: bool, anchor: Mapping[str, Any], where: Any
) -> None:
    findings, label = comparing.findings, OBJECTS[kind]

    def tell(level: Level, name: Text, before: Any, after: Any) -> None:
        findings.add(
            kind,
            level,
            anchor,
            "property-value",
            old=before,
            new=after,
            property=Text(f"{label.zh}{name.zh}", f"{label.en} {name.en}"),
            **where,
        )

    if kind == "link":
        if same_text and old.format[0] != new.format[0]:
            tell(Level.STRUCTURE, Text("的文字范围", "text"), quoted(old.format[0]), quoted(new.format[0]))
        if old.format[1] != new.format[1]:
            tell(Level.STRUCTURE, Text("提示", "tooltip"), quoted(old.format[1]), quoted(new.format[1]))
        return
    if kind == "math":
        tell(Level.FORMAT, Text("结构", "layout"), *_first_change(old.format, new.format))
        return
    if kind == "control":
        for name, before, after in changed(old.format, new.format):
            label_of = CONTROL_PROPERTIES.get(name) or Text(f" {name}", name)
            tell(Level.STRUCTURE, label_of, before or Text("无", "none"), after or Text("无", "none"))
        return
    if len(old.format) != 3 or len(new.format) != 3:
        return
    if old.format[1] != new.format[1]:
        tell(Level.STRUCTURE, Text("替代文字", "alternative text"), quoted(old.format[1]), quoted(new.format[1]))
    if old.format[0] != new.format[0]:
        tell(Level.FORMAT, Text("大小", "size"), _extent(old.format[0]), _extent(new.format[0]))
    elif old.format[2] != new.format[2]:
        tell(Level.FORMAT, Text("版式", "layout"), *_first_change(old.format[2], new.format[2]))


def _extent(extent: tuple[str, ...]) -> str:
    """A size in centimetres; drawings count in EMU, 360,000 to the centimetre."""
    return (
        " × ".join(f"{int(v) / 360000:.2f}" if v.lstrip("-").isdigit() else v for v in extent) + " cm"
        if extent
        else "-"
    )


def _first_change(old: Any, new: Any) -> tuple[str, str]:
    """The first leaf in which two trees differ."""
    while isinstance(old, tuple) and isinstance(new, tuple) and len(old) == len(new) and old:
        old, new = next((a, b) for a, b in zip(old, new, strict=True) if a != b)
    return _cut(flat(old)), _cut(flat(new))


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"


def _formats(comparing: Comparing, old: Paragraph, new: Paragraph, anchor: Mapping[str, Any], where: Any) -> None:
    findings = comparing.findings
    told = comparing.by_style(old.style, new.style)
    for name, before, after in changed(old.format, new.format):
        if (name, before, after) in told:
            continue
        if comparing.effective and name in ("ind", "tabs") and (old.list or new.list):
            if _list_label(old.list) != _list_label(new.list):
                continue  # follows from the change of the list
            key = (old.list_id, new.list_id, new.list, name, before, after)
            if old.list != new.list and key in comparing.list_indents:
                continue
            comparing.list_indents.add(key)
        findings.add(
            "paragraph-format",
            Level.FORMAT,
            anchor,
            "property-value",
            old=value_label(name, before),
            new=value_label(name, after),
            property=property_label(name),
            **where,
        )
    found = [(start, end, left) for start, end, all_of in run_changes(old, new) if (left := _left(all_of, told))]
    if comparing.effective:
        found = _over_other_scripts(found, new.text)
    for start, end, changes in found:
        text = quoted(new.text[start:end], 30)
        findings.add(
            "run-format",
            Level.FORMAT,
            anchor,
            "run-format",
            old=change_side(changes, 1),
            new=change_side(changes, 2),
            text=text,
            change=change_of(changes),
            **where,
        )
    if old.mark != new.mark and not found and old.text == new.text:
        # an editor formats the mark together with the text: alone it matters in empty paragraphs and to list numbers
        changes = _left(changed(old.mark, new.mark), told)
        if not changes or (comparing.effective and new.text and not new.list):
            return
        findings.add(
            "run-format",
            Level.FORMAT,
            anchor,
            "run-format",
            old=change_side(changes, 1),
            new=change_side(changes, 2),
            text=property_label("mark"),
            change=change_of(changes),
            **where,
        )


def _over_other_scripts(
    found: list[tuple[int, int, list[tuple[str, Any, Any]]]], text: str
) -> list[tuple[int, int, list[tuple[str, Any, Any]]]]:
    """One change of Chinese text is one, though digits stand within it that another font prints."""
    joined: list[tuple[int, int, list[tuple[str, Any, Any]]]] = []
    for start, end, changes in found:
        for index in range(len(joined) - 1, -1, -1):
            if joined[index][2] == changes:
                if goes_on(changes, text[joined[index][1] : start]):
                    joined[index] = (joined[index][0], end, changes)
                    break
                joined.append((start, end, changes))
                break
        else:
            joined.append((start, end, changes))
    return joined


def _left(changes: list[tuple[str, Any, Any]], told: set[Any]) -> list[tuple[str, Any, Any]]:
    return [change for change in changes if change not in told] if told else changes


def change_side(changes: list[tuple[str, Any, Any]], side: int) -> str:
    """The old (1) or new (2) values of several properties in one line, for the JSON."""
    return "；".join(f"{property_label(c[0]).zh} {value_label(c[0], c[side]).zh}" for c in changes)


def run_changes(old: Paragraph, new: Paragraph) -> list[tuple[int, int, list[tuple[str, Any, Any]]]]:
    """The stretches of the new text that were kept but look different: start, end, the properties that changed."""
    found: list[tuple[int, int, list[tuple[str, Any, Any]]]] = []
    for i, j, length in equal_stretches(old.text, new.text):
        position = 0
        while position < length:
            a, a_end = _format_at(old, i + position)
            b, b_end = _format_at(new, j + position)
            step = min(a_end - i, b_end - j, length)
            if a != b and (changes := changed(a, b)):
                start, end = j + position, j + step
                if found and found[-1][1] == start and found[-1][2] == changes:
                    found[-1] = (found[-1][0], end, changes)
                else:
                    found.append((start, end, changes))
            position = step
    return found


def _format_at(paragraph: Paragraph, position: int) -> tuple[Properties, int]:
    for span in paragraph.spans:
        if span.start <= position < span.end:
            return span.format, span.end
    return (), len(paragraph.text) + 1
