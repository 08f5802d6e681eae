"""Traps that YAML swallows without a word: the values it gives are not those that were meant."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from generator.diagnostics import Diagnostic, Location
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording.value_words import POINT_MEANT
from generator.kept.lazy_patterns import lazy
from generator.source.by_lines import cuts
from generator.source.nodes import List, Map, Node, Scalar, Source, Written, locate
from generator.source.yaml_slips import KEY, NUMBERED, ODD_SPACES, WIDE_QUOTES, WRONG_DASH, code_point, indented_with

# East Asian wide letters and punctuation, between which no space belongs.
WIDE = "\u2e80-\u2fdf\u3001-\u303f\u3041-\u30ff\u3105-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff“”‘’…—"
_WIDE = lazy(rf"[{WIDE}]")
_LIKE_KEY = lazy(rf"(?!https?:|ftp:|file:|mailto:)({KEY})(：|:(?=[^ \t\n/\\:]))")
_COMMENT = lazy(r"[ \t]+#")
_JOINED_PAIR = lazy(r"[{,][ \t]*[^\W\d]\w*[:：][^\s/\\:][^{}\n]{0,1000}\}")
_GROUP = lazy(r"[0-9０-９]++(?:[.．][0-9０-９]++)?+[亿万元]*+\Z")
_PARTED = lazy(
    r"(?<![0-9０-９.．,])-?[0-9０-９]++, ?+([0-9０-９]++)(?:, ?+[0-9０-９]++)*+(?:[.．][0-9０-９]++)?+[亿万元]*+(?!\s*:|[0-9０-９.．])"
)
# docxtpl's new paragraph (\\a) and page break (\\f) may be written as escapes; nothing else below the space may.
CONTROL = lazy("[\x00-\x06\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_ESCAPE = lazy(r"\\[0xuUabevfNLP]")
_WIDE_GROUP = lazy(rf"({KEY})(：)[ \u3000]*[{{\[]")
_WIDE_PAIR = lazy(rf"({KEY})(：).")
_ODD_SPACE = lazy(f"[{ODD_SPACES}]")


def odd_key(page: Source, key: str, line: int, column: int, findings: list[Diagnostic]) -> None:
    """Look at a key that is no plain name for characters that nobody sees or means."""
    odd = _ODD_SPACE.search(key)
    if _GROUP.match(key):
        for number in _PARTED.finditer(page.line_text(line)):
            if number.start(1) == column - 1:
                findings.append(_parted(number[0], locate(page, (line, number.start() + 1))))
    elif odd and key[odd.start() - 1 : odd.start()] == ":":
        place = locate(page, (line, column + odd.start() - 1))
        findings.append(diagnostic("yaml-colon-without-space", place, key=key[: odd.start() - 1]))
    elif odd:
        shown = page.line_text(line)
        shift = odd.start() if shown.startswith(key, column - 1) else 0
        indents = odd.start() == 0 and not shown[: column - 1].strip()
        code = "odd-indentation" if indents else "odd-space-in-key"
        if indents and any(finding.code == code for finding in findings):
            return  # one habit, one finding
        said: dict[str, Any] = indented_with(odd[0]) if indents else {"character": code_point(odd[0])}
        findings.append(diagnostic(code, locate(page, (line, column + shift)), **said))
    elif (wide := _WIDE_GROUP.match(key)) or ((wide := _WIDE_PAIR.match(key)) and _ends_pair(page, key, line, column)):
        findings.append(diagnostic("fullwidth-colon", locate(page, (line, column + wide.start(2))), key=wide[1]))
    elif len(key) > 2 and key[0] in WIDE_QUOTES and key[-1] in WIDE_QUOTES and not set(key[1:-1]) & set(WIDE_QUOTES):
        findings.append(diagnostic("fullwidth-quote", locate(page, (line, column)), shown=key[0]))


def _parted(typed: str, place: Location) -> Diagnostic:
    """A number within braces that its comma makes two items, `1,234.5` or `161,4`: no name begins with a digit."""
    plain = unicodedata.normalize("NFKC", typed).rstrip("亿万元").replace(" ", "")
    whole, _, fraction = plain.partition(".")
    first, *groups = whole.split(",")
    if all(len(group) == 3 for group in groups) and len(first) < 5:
        return diagnostic("yaml-thousands", place, shown=typed, plain=plain.replace(",", ""))
    hint = POINT_MEANT.filled(text=f"{first}.{groups[0]}") if len(groups) == 1 and not fraction else None
    return diagnostic("yaml-thousands", place, hint=hint, shown=typed, plain=plain.replace(",", ""))


def _ends_pair(page: Source, key: str, line: int, column: int) -> bool:
    """Whether a key has no colon behind it: within braces YAML takes `名称：值` for a name without a value."""
    shown = page.line_text(line)
    end = column - 1 + len(key)
    return shown.startswith(key, column - 1) and shown[end:].lstrip()[:1] in (",", "}")


_DASH = lazy(r"-(?=[^\s\d.-])")
_NAMED = lazy(rf"({KEY}): +\Z")
_LIST_SIGN = lazy(rf"-|{WRONG_DASH.pattern}")


def silent_traps(
    page: Source, root: Node, folded: Sequence[tuple[Scalar, int]], lone: Sequence[Scalar]
) -> Iterator[Diagnostic]:
    """Every value that YAML read without complaint and that was not meant so.

    Args:
        page: the file.
        root: its values.
        folded: scalars that go over several lines, each with its last line.
        lone: plain values that begin on a line below their key.
    """
    for scalar, end in folded:
        yield from _of_lines(page, scalar, end)
    for scalar in lone:
        yield from _like_key(page, scalar.line, page.line_text(scalar.line), scalar.column - 1)
    if isinstance(root, Scalar) and root.style == "plain" and not any(scalar is root for scalar, _ in folded):
        yield from _like_key(page, root.line, page.line_text(root.line), root.column - 1)
    comments = {
        number
        for number, shown in page.lines_with("#")
        if not shown.lstrip().startswith("#") and (" #" in shown or "\t#" in shown)
    }
    commas = {number for number, shown in page.lines_with("[") if "，" in shown}
    escapes = _ESCAPE.search(page.text) is not None
    joined = _JOINED_PAIR.search(page.text) is not None
    if comments or commas or escapes or joined:
        yield from _of_values(page, root, comments, commas, escapes=escapes)


def _of_lines(page: Source, scalar: Scalar, end: int) -> Iterator[Diagnostic]:
    """Lines that YAML joins with a space: between Chinese lines it does not belong there; or they were pairs or items."""
    first = scalar.line + 1 if scalar.style == "folded" else scalar.line
    lines = [(number, page.line_text(number)) for number in range(first, end + 1)]
    if scalar.style == "plain":
        found = [
            each for (_, above), (number, shown) in pairwise(lines) for each in _like_key(page, number, shown, 0, above)
        ]
        if found and (begun := NUMBERED.match(scalar.text)) and found[0].code == "yaml-indentation":
            yield diagnostic("yaml-numbered-item", locate(page, scalar), shown=begun[1])  # the items below are right
            return
        if found:
            if odd := _odd_first(page, scalar, lines, found):
                yield odd
                return
            own = list(_like_key(page, scalar.line, page.line_text(scalar.line), scalar.column - 1))
            deeper = [each for each in found if each.code == "yaml-indentation"]
            yield from own
            yield from (each for each in found if each not in deeper)
            yield from deeper[: not own]  # they follow from the first line
            return
        if all(NUMBERED.match(shown.lstrip()) for _, shown in lines[1:]) and (begun := NUMBERED.match(scalar.text)):
            yield diagnostic("yaml-numbered-item", locate(page, scalar), shown=begun[1])
            return
    for (_, above), (number, below) in pairwise(lines):
        over, under = above.rstrip(), below.strip()
        if not _WIDE.match(over[-1:]) or not _WIDE.match(under):
            continue
        if f"{over[-1]} {under[0]}" in scalar.text:
            column = len(below) - len(below.lstrip()) + 1
            yield diagnostic("yaml-space-between-lines", locate(page, (number, column)), begun=scalar.line)
            return


def _odd_first(
    page: Source, scalar: Scalar, lines: list[tuple[int, str]], found: list[Diagnostic]
) -> Diagnostic | None:
    """The first item of a list, where it alone lacks its dash or stands elsewhere: what it swallowed are the other items."""
    first, below = lines[0][1], [shown for _, shown in lines[1:] if shown.strip()]
    depth = len(below[0]) - len(below[0].lstrip())
    alike = all(shown.startswith(" " * depth + "- ") for shown in below)
    if not alike or any(each.code != "yaml-indentation" for each in found):
        return None
    begun = len(first) - len(first.lstrip())
    first = first[scalar.column - 1 :] if _NAMED.search(first[: scalar.column - 1]) else first
    around = page.line_text(scalar.line - 1), page.line_text(lines[-1][0] + 1)
    if any(shown.startswith(" " * begun + "- ") for shown in around):
        return None  # rather those below
    if first.startswith("- ", begun) and begun != depth:
        place = locate(page, (scalar.line, begun + 1))
        return diagnostic("yaml-indentation", place, spaces=begun, other=lines[1][0], expected=depth)
    before = page.line_text(scalar.line)[: scalar.column - 1]
    named = _NAMED.search(before)
    if named:
        return diagnostic("yaml-value-and-list", locate(page, scalar), key=named[1], shown=first.strip()[:12])
    if not before.strip() and begun in (depth, depth + 2) and _LIST_SIGN.match(first.strip()) is None:
        content = first.strip()
        short = content if len(content) <= 12 else content[:12] + "…"
        return diagnostic("yaml-dash-missing", locate(page, scalar), key=short, written=short)
    return None


def _like_key(page: Source, line: int, shown: str, start: int, above: str = "") -> Iterator[Diagnostic]:
    """A text that was meant to be `key: value` or `- item`."""
    start += len(shown[start:]) - len(shown[start:].lstrip())
    dash = _DASH.match(shown, start)
    if above and shown.startswith("- ", start):
        target = len(above) - len(above.lstrip())
        yield diagnostic(
            "yaml-indentation", locate(page, (line, start + 1)), spaces=start, other=line - 1, expected=target
        )
        return
    if dash:
        yield diagnostic("yaml-dash-without-space", locate(page, (line, start + 1)))
        return
    wrong = WRONG_DASH.match(shown, start)
    if wrong:
        yield diagnostic("yaml-wrong-dash", locate(page, (line, start + 1)), character=wrong[0][0])
        return
    found = _LIKE_KEY.match(shown, start)
    if found:
        code = "fullwidth-colon" if found[2] == "：" else "yaml-colon-without-space"
        yield diagnostic(code, locate(page, (line, found.start(2) + 1)), key=found[1])


def _of_values(
    page: Source, root: Node, comments: set[int], commas: set[int], *, escapes: bool
) -> Iterator[Diagnostic]:
    """What only the values tell: of the lines with comments and with commas; control characters come by escapes alone."""
    seen: set[int] = set()
    stack: list[Node] = [root]
    while stack:
        node = stack.pop()
        if type(node) is Written and not escapes and node.line not in comments:  # what most are
            continue
        if isinstance(node, Scalar):
            if node.line in comments and node.style == "plain":
                yield from _cut(page, node)
            wrong = CONTROL.search(node.text) if escapes and node.style == "quoted" else None
            if wrong:
                yield diagnostic("control-character", locate(page, node), character=code_point(wrong[0]))
            continue
        if id(node) in seen:  # an alias
            continue
        seen.add(id(node))
        if isinstance(node, Map):
            for key, place in node.key_at.items() if escapes else ():
                wrong = CONTROL.search(key)
                if wrong:
                    yield diagnostic("control-character", locate(page, place), character=code_point(wrong[0]))
            yield from _unparted(page, node)
            stack += reversed(node.values())
            continue
        if node.line in commas and page.line_text(node.line).startswith("[", node.column - 1):
            yield from _joined(page, node)
        stack += reversed(node)


def _unparted(page: Source, node: Map) -> Iterator[Diagnostic]:
    """`{年度:2020}` is one name without a value: YAML wants a space behind the colon; told once of a mapping."""
    for key, value in node.items():
        if (type(value) is Written and value.text) or not isinstance(value, Scalar) or not value.is_null or value.text:
            continue
        found = _LIKE_KEY.match(key)
        line, column = node.key_at.get(key, (0, 0))
        if found and line and page.line_text(line).startswith(key, column - 1):
            code = "fullwidth-colon" if found[2] == "：" else "yaml-colon-without-space"
            yield diagnostic(code, locate(page, (line, column + found.start(2))), key=found[1])
            return


def _cut(page: Source, scalar: Scalar) -> Iterator[Diagnostic]:
    """` #` begins a comment: right behind a figure, or with a space behind it; else it cut the text."""
    shown = page.line_text(scalar.line)
    start = scalar.column - 1
    if not shown.startswith(scalar.text, start):
        return
    if not scalar.text:
        start = len(shown[:start].rstrip())
    end = start + len(scalar.text)
    comment = _COMMENT.match(shown, end)
    if comment is None:
        return
    rest = shown[comment.end() :]
    if cuts(scalar.text, rest):
        short = rest if len(rest) <= 20 else rest[:20] + "…"
        yield diagnostic("yaml-cut-text", locate(page, (scalar.line, comment.end())), rest="#" + short)


def _joined(page: Source, items: List) -> Iterator[Diagnostic]:
    """`[甲，乙]` is one item: YAML separates items by the ASCII comma."""
    for item in items:
        if isinstance(item, Scalar) and item.style == "plain" and "，" in item.text:
            column = item.column + item.text.index("，")
            yield diagnostic("fullwidth-comma", locate(page, (item.line, column)))
