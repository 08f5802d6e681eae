"""From libyaml's syntax error to what the filler did, and a repaired copy in which reading goes on.

libyaml stops at the first error and names the place where it noticed, often a line below the slip. So the lines at and
above that place are searched for the slips that people make; the slip becomes a finding, the copy is mended there, and
the copy is read again. Lines keep their numbers; what mending adds to a line is remembered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from yaml import MarkedYAMLError, YAMLError

from generator.diagnostics import Diagnostic, Text
from generator.messages import diagnostic
from generator.source.model import Source, locate
from generator.source.yaml_slips import Slip, block_lines, slip_of

_REASONS = {
    "did not find expected key": "这里应当是“名称: 内容”，缩进要和上一项对齐",
    "did not find expected '-' indicator": "这里应当是以“- ”开头的列表项，缩进要和上一项对齐",
    "mapping values are not allowed in this context": "这里不能再出现“名称: 内容”",
    "block sequence entries are not allowed in this context": "这里不能出现以“- ”开头的列表项，列表要另起一行",
    "could not find expected ':'": "名称后面缺少英文冒号和空格；如果这一行接着上一行的文字，请写在上一行末尾",
    "found character that cannot start any token": "这个字符不能放在开头，请把文字放进英文双引号",
    "did not find expected ',' or '}'": "花括号里缺少英文逗号或右花括号",
    "did not find expected ',' or ']'": "方括号里缺少英文逗号或右方括号",
    "did not find expected node content": "这里缺少内容",
    "did not find expected comment or line break": "这里应当换行",
    "found unexpected end of stream": "文件在这里突然结束",
    "did not find expected <document start>": "前面的内容已经结束，这里不能再有别的内容",
    "found unexpected document indicator": "文字中间不能有以 --- 或 ... 开头的行",
}
_ESCAPES = ("found unknown escape character", "found invalid Unicode character escape code")


@dataclass
class Repair:
    """The copy that is being mended: its lines, what was found, how many characters each line gained."""

    lines: list[str]
    findings: list[Diagnostic] = field(default_factory=list)
    gained: dict[int, int] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)
    blanked: set[int] = field(default_factory=set)
    given_up: bool = False

    def moved_back(self, finding: Diagnostic) -> Diagnostic:
        """A finding in the copy, at its column in the file."""
        line, column = finding.location.line, finding.location.column
        if line is None or column is None or line not in self.gained:
            return finding
        return finding.at(column=max(1, column - self.gained[line]))


def repair(page: Source, copy: Repair, fault: YAMLError, last: tuple[int, int, int, str] | None) -> None:
    """Find the slip behind a syntax error, write the finding down, and mend the copy there.

    Args:
        page: the file.
        copy: its copy, mended so far.
        fault: libyaml's error in the copy.
        last: the scalar before it: line, column, last line, style.
    """
    mark = fault.problem_mark if isinstance(fault, MarkedYAMLError) else None
    if mark is None or not isinstance(fault, MarkedYAMLError):
        copy.findings.append(diagnostic("yaml-syntax", locate(page, None), reason=str(fault)))
        copy.given_up = True
        return
    problem = fault.problem or ""
    context = fault.context or ""
    line = min(mark.line + 1, len(copy.lines))
    column = mark.column + 1
    origin = (line, column)
    if fault.context_mark is not None and fault.context_mark.line < len(copy.lines):
        origin = (fault.context_mark.line + 1, fault.context_mark.column + 1)

    if problem in _ESCAPES or "hexdecimal" in problem:
        shown = copy.lines[line - 1]
        at = shown.rfind("\\", 0, column + 1)
        long = {"x": 4, "u": 6, "U": 10}.get(shown[at + 1 : at + 2], 2)
        _tell(page, copy, Slip("yaml-bad-escape", at + 1, {"shown": shown[at : at + long]}), line)
        copy.lines[line - 1] = shown[:at] + re.sub(r'\\(?!["\\])', "x", shown[at:])  # one path, one finding
        return
    unclosed = None
    if ("quoted scalar" in context and "end of stream" in problem) or "document indicator" in problem:
        unclosed = origin
    elif last and last[3] == "quoted" and last[0] < last[2] and last[2] in (line, line - 1):
        unclosed = last[:2]
    if unclosed:
        _unclosed(page, copy, *unclosed)
        return
    if last and last[3] == "plain" and last[0] < line == last[2] and "mapping values" in problem:
        before = copy.lines[last[0] - 1][: last[1] - 1]
        if not before.strip(" -"):  # a name without a colon: the line below was read as its continuation
            origin, context = last[:2], "simple key"
    for number in _candidates(copy, line, origin[0], context, problem):
        if number in copy.touched and number != line:
            continue
        slip = slip_of(copy.lines[number - 1], context if number == origin[0] else "", problem)
        if slip is not None:
            if number in copy.touched:
                break
            _tell(page, copy, slip, number)
            _mend(copy, number, slip)
            return
    if line in copy.touched or (origin[0] in copy.touched and "flow" in context):
        _blank(copy, line)
        return
    if "flow" in context:
        _tell(
            page,
            copy,
            Slip("yaml-unclosed-bracket", origin[1], {"shown": copy.lines[origin[0] - 1][origin[1] - 1]}),
            origin[0],
        )
        shown = copy.lines[origin[0] - 1]
        copy.lines[origin[0] - 1] = shown[: origin[1] - 1] + "x" * (len(shown) - origin[1] + 1)
        copy.touched.add(origin[0])
        return
    if _misaligned(page, copy, line, problem):
        return
    reason = Text(_REASONS.get(problem, problem), problem)
    at = origin if "simple key" in context else (line, column)
    copy.findings.append(copy.moved_back(diagnostic("yaml-syntax", locate(page, at), reason=reason)))
    _blank(copy, at[0])


def _tell(page: Source, copy: Repair, slip: Slip, line: int) -> None:
    finding = diagnostic(slip.code, locate(page, (line, slip.column)), **slip.arguments)
    copy.findings.append(copy.moved_back(finding))


def _candidates(copy: Repair, line: int, origin: int, context: str, problem: str) -> list[int]:
    """The lines that may hold the slip, the likeliest first; never inside a block scalar."""
    order = [line]
    if "simple key" in context or "could not find" in problem:
        order = [origin]
    elif any(word in context for word in ("flow", "scalar", "tag", "anchor", "alias", "directive")):
        order = [line, origin] if line != origin else [line]
    above = order[-1] - 1 if "simple key" in context else line - 1
    while above >= 1 and not copy.lines[above - 1].strip():
        above -= 1
    if above >= 1:
        order.append(above)
    inside = block_lines(copy.lines)
    return [number for number in dict.fromkeys(order) if number not in inside]


def _unclosed(page: Source, copy: Repair, line: int, column: int) -> None:
    shown = copy.lines[line - 1]
    slip = slip_of(shown, "", "")
    if slip is None or slip.code not in ("yaml-text-after-quote", "yaml-unclosed-quote"):
        slip = Slip("yaml-unclosed-quote", column, {"quote": shown[column - 1 : column]})
    _tell(page, copy, slip, line)
    copy.lines[line - 1] = shown[: column - 1] + "x" * (len(shown) - column + 1)
    copy.touched.add(line)


def _mend(copy: Repair, number: int, slip: Slip) -> None:
    copy.touched.add(number)
    before = copy.lines[number - 1]
    copy.lines[number - 1] = slip.mended
    gained = len(slip.mended) - len(before)
    if gained:
        copy.gained[number] = copy.gained.get(number, 0) + gained
    if slip.code in ("yaml-tab", "odd-indentation"):  # one habit, one finding: mend every line that shows it
        for other, shown in enumerate(copy.lines, 1):
            again = slip_of(shown, "", "")
            if again is not None and again.code == slip.code:
                copy.lines[other - 1] = again.mended
                copy.gained[other] = len(again.mended) - len(shown)


def _misaligned(page: Source, copy: Repair, line: int, problem: str) -> bool:
    """A line that stands deeper or shallower than its neighbours: shift it, with what hangs on it, to the nearest."""
    if not any(word in problem for word in ("expected key", "'-' indicator", "mapping values", "expected ':'")):
        return False
    own = _indent(copy.lines[line - 1])
    above = line - 1
    while above >= 1 and (not copy.lines[above - 1].strip() or copy.lines[above - 1].lstrip().startswith("#")):
        above -= 1
    if above < 1:
        return False
    if re.match(r" *(- +)?[^\s:][^:]*:( |$)", copy.lines[line - 1]) is None:
        return False
    target = _indent(copy.lines[above - 1])
    dash = re.match(r" *(?:- +)+", copy.lines[above - 1])
    if dash and not copy.lines[line - 1].lstrip().startswith("- "):
        target = dash.end()
    if own == target:
        return False
    finding = diagnostic("yaml-indentation", locate(page, (line, own + 1)), spaces=own, above=above, expected=target)
    copy.findings.append(copy.moved_back(finding))
    for number in range(line, len(copy.lines) + 1):
        shown = copy.lines[number - 1]
        if shown.strip() and (_indent(shown) < own or (number > line and own > target and _indent(shown) < own)):
            break
        if shown.strip():
            copy.lines[number - 1] = " " * (_indent(shown) - own + target) + shown.lstrip(" ")
            copy.gained[number] = copy.gained.get(number, 0) + target - own
            copy.touched.add(number)
    return True


def _blank(copy: Repair, line: int) -> None:
    """Give a line up, with the lines below it that hang on it."""
    if line in copy.blanked:
        copy.given_up = True
        return
    own = _indent(copy.lines[line - 1])
    for number in range(line, len(copy.lines) + 1):
        shown = copy.lines[number - 1]
        if number > line and shown.strip() and _indent(shown) <= own:
            break
        copy.lines[number - 1] = ""
        copy.blanked.add(number)


def _indent(shown: str) -> int:
    return len(shown) - len(shown.lstrip(" "))
