"""From libyaml's syntax error to what the filler did, and a repaired copy in which reading goes on.

libyaml stops at the first error and names the place where it noticed, often a line below the slip. So the lines at and
above that place are searched for the slips that people make; the slip becomes a finding, the copy is mended there, and
the copy is read again. Lines keep their numbers; what mending adds to a line is remembered.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from yaml import MarkedYAMLError, YAMLError

from generator.diagnostics import Diagnostic, Text
from generator.diagnostics.catalogue import diagnostic
from generator.kept.light_classes import dataclass, field
from generator.source.nodes import Source, locate
from generator.source.yaml_slips import KEY, NUMBERED, WRONG_DASH, Slip, block_lines, opens_block, slip_of

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
_SHOWN = 12  # letters of a text that a finding shows
HABITS = ("yaml-tab", "odd-indentation")
_ESCAPES = ("found unknown escape character", "found invalid Unicode character escape code")


@dataclass
class Repair:
    """The copy that is being mended: its lines, what was found, how many characters each line gained."""

    lines: list[str]
    findings: list[Diagnostic] = field(default_factory=list)
    gained: dict[int, int] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)
    blanked: set[int] = field(default_factory=set)
    guessed: bool = False  # the indentation of some lines is a guess: what does not match it is not told
    given_up: bool = False

    def tell(self, page: Source, code: str, line: int, column: int, **arguments: Any) -> None:
        """Write a finding down, at its column in the file."""
        self.findings.append(self.moved_back(diagnostic(code, locate(page, (line, column)), **arguments)))

    def moved_back(self, finding: Diagnostic) -> Diagnostic:
        """A finding in the copy, at its column in the file."""
        line, column = finding.location.line, finding.location.column
        if line is None or column is None or line not in self.gained:
            return finding
        return finding.at(column=max(1, column - self.gained[line]))

    def replace(self, line: int, mended: str) -> None:
        """Put a line as it was meant in the place of a line."""
        self.touched.add(line)
        gained = len(mended) - len(self.lines[line - 1])
        self.lines[line - 1] = mended
        if gained:
            self.gained[line] = self.gained.get(line, 0) + gained

    def fill(self, line: int, column: int) -> None:
        """Put a word in the place of a line's rest, from `column` on."""
        shown = self.lines[line - 1]
        self.replace(line, shown[: column - 1] + "x" * (len(shown) - column + 1))


class Scanned(NamedTuple):
    """The scalar before a fault."""

    line: int
    column: int
    last_line: int
    style: str


class Fault(NamedTuple):
    """libyaml's error: what it stumbled over, what it was reading, and where each began, from 1."""

    problem: str
    context: str
    line: int
    column: int
    origin: tuple[int, int]
    last: Scanned | None


def repair(page: Source, copy: Repair, error: YAMLError, last: Scanned | None) -> None:
    """Find the slip behind a syntax error, write the finding down, and mend the copy there.

    Args:
        page: the file.
        copy: its copy, mended so far.
        error: libyaml's error in the copy.
        last: the scalar before it.
    """
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        copy.findings.append(diagnostic("yaml-syntax", locate(page, None), reason=str(error)))
        copy.given_up = True
        return
    mark, begun = error.problem_mark, error.context_mark
    line = min(mark.line + 1, len(copy.lines))
    origin = (line, mark.column + 1)
    if begun is not None and begun.line < len(copy.lines):
        origin = (begun.line + 1, begun.column + 1)
    fault = Fault(error.problem or "", error.context or "", line, mark.column + 1, origin, last)
    for attempt in (_block, _undashed, _escape, _quote, _slip, _again, _bracket, _deep_start, _misaligned):
        if attempt(page, copy, fault):
            return
    at = origin if "simple key" in fault.context else (line, fault.column)
    if not copy.guessed:
        reason = Text(_REASONS.get(fault.problem, fault.problem), fault.problem)
        copy.tell(page, "yaml-syntax", *at, reason=reason)
    _blank(copy, at[0])


def _block(page: Source, copy: Repair, fault: Fault) -> bool:
    """A paragraph below `|` that is not indented."""
    if "quoted scalar" in fault.context:
        return False
    line = fault.origin[0] if "simple key" in fault.context else fault.line
    above = next((number for number in range(line - 1, 0, -1) if copy.lines[number - 1].strip()), 0)
    inside = block_lines(copy.lines)
    header = next((number for number in range(above, 0, -1) if number not in inside), 0)
    if not header or not (above in inside or opens_block(copy.lines[header - 1])):
        return False
    if above in inside and slip_of(copy.lines[line - 1], fault.context, fault.problem):
        return False  # the text was indented so far: rather a name with a slip of its own
    target = _indent(copy.lines[header - 1]) + 2
    ends = [number for number in range(line, len(copy.lines) + 1) if _structure(copy.lines[number - 1])]
    end = ends[0] if ends else len(copy.lines) + 1
    if end == line:
        return False
    copy.tell(page, "yaml-block-indentation", line, _indent(copy.lines[line - 1]) + 1, begun=header)
    for number in range(line, end):
        shown = copy.lines[number - 1]
        if shown.strip() and _indent(shown) < target:
            copy.replace(number, " " * target + shown.lstrip(" "))
            copy.touched.discard(number)
    return True


def _undashed(page: Source, copy: Repair, fault: Fault) -> bool:
    """A name, an item in braces or a text in the column of a list's dashes."""
    if "simple key" in fault.context:
        return _undashed_text(page, copy, fault.origin[0])
    shown = copy.lines[fault.line - 1]
    if "'-' indicator" not in fault.problem or shown.count('"') % 2:  # an open quote has its own finding
        return False
    if re.match(r" *\{", shown):
        return _undashed_text(page, copy, fault.line)
    found, own = re.match(rf" *({KEY}) *:(?: |$)", shown), _indent(shown)
    if found is None or own not in _dashes_above(copy, fault.line):
        return False
    if not copy.guessed:
        copy.tell(page, "yaml-dash-missing", fault.line, own + 1, key=found[1], written=f"{found[1]}: …")
    end = fault.line + 1
    while end <= len(copy.lines) and (not _holds(copy.lines[end - 1]) or _indent(copy.lines[end - 1]) >= own):
        if copy.lines[end - 1].startswith(" " * own + "- "):
            break
        end += 1
    flat = any(
        _indent(copy.lines[number - 1]) == own
        for number in range(fault.line + 1, end)
        if _holds(copy.lines[number - 1])
    )
    for number in range(fault.line, end):
        below = copy.lines[number - 1]
        if number == fault.line or (below.strip() and flat):
            copy.replace(number, " " * own + ("- " if number == fault.line else "  ") + below[own:])
            copy.touched.discard(number)
    return True


def _undashed_text(page: Source, copy: Repair, line: int) -> bool:
    """An item of a list that is a text or stands in braces, without its dash."""
    shown = copy.lines[line - 1]
    content, own = shown.strip(), _indent(shown)
    column = next((column for column in _dashes_above(copy, line) if own - 2 <= column <= own), None)
    if content.startswith("-") or WRONG_DASH.match(content) or NUMBERED.match(content):  # told as what they are
        return False
    if column is None or line in copy.touched or (not content.startswith("{") and (column != own or ":" in content)):
        return False
    short = content if len(content) <= _SHOWN else content[:_SHOWN] + "…"
    if not copy.guessed:
        copy.tell(page, "yaml-dash-missing", line, own + 1, key=short, written=short)
    copy.replace(line, " " * column + "- " + content)
    return True


def _dashes_above(copy: Repair, line: int) -> list[int]:
    """The columns of dashes, from 0, of the lists that a line may belong to, the nearest first."""
    found: list[int] = []
    least = len(copy.lines[line - 1])
    for number in range(line - 1, 0, -1):
        above = copy.lines[number - 1]
        if not _holds(above) or _indent(above) > least:
            continue
        least = _indent(above)
        if above.lstrip().startswith("- ") and least not in found:
            found.append(least)
        elif least == 0:
            break
    return found


def _structure(shown: str) -> bool:
    """Whether a line is a name with its colon, or an item of a list, rather than a text."""
    return re.match(rf" *(?:- +)*{KEY}: *(?:[^ ].*)?$| *- ", shown) is not None


def _escape(page: Source, copy: Repair, fault: Fault) -> bool:
    """A backslash that means nothing inside double quotes."""
    if fault.problem not in _ESCAPES and "hexdecimal" not in fault.problem:
        return False
    shown = copy.lines[fault.line - 1]
    at = shown.rfind("\\", 0, fault.column + 1)
    if at < 0:
        return False
    length = {"x": 4, "u": 6, "U": 10}.get(shown[at + 1 : at + 2], 2)
    half = re.match(r"\\u([dD][89a-fA-F][0-9a-fA-F]{2})", shown[at:])
    if half:
        copy.tell(page, "lone-surrogate", fault.line, at + 1, character=f"U+{half[1].upper()}")
    else:
        copy.tell(page, "yaml-bad-escape", fault.line, at + 1, shown=shown[at : at + length])
    # one path, one finding
    copy.replace(fault.line, shown[:at] + re.sub(r'\\(?!["\\])', "x", shown[at:]))
    return True


def _quote(page: Source, copy: Repair, fault: Fault) -> bool:
    """A quote that does not close, or closes lines below at the next one."""
    last = fault.last
    if "quoted scalar" in fault.context:
        line, column = fault.origin
    elif (
        last
        and last.style == "quoted"
        and last.line < last.last_line
        and last.last_line in (fault.line, fault.line - 1)
    ):
        line, column = last.line, last.column
    else:
        return False
    shown = copy.lines[line - 1]
    slip = slip_of(shown, "", "")
    if slip is None or slip.code not in ("yaml-text-after-quote", "yaml-unclosed-quote"):
        slip = Slip("yaml-unclosed-quote", column, {"quote": shown[column - 1 : column]})
    copy.tell(page, slip.code, line, slip.column, **slip.arguments)
    copy.fill(line, column)
    return True


def _slip(page: Source, copy: Repair, fault: Fault) -> bool:
    """A slip of one line, at the fault or above it."""
    context, origin, last = fault.context, fault.origin, fault.last
    if last and last.style == "plain" and last.line < fault.line == last.last_line and "mapping val" in fault.problem:
        before = copy.lines[last.line - 1][: last.column - 1]
        if not before.strip(" -"):  # a name without a colon: the line below was read as its continuation
            context, origin = "simple key", (last.line, last.column)
    for number in _candidates(copy, fault.line, origin[0], context):
        if number in copy.touched and number != fault.line:
            continue
        slip = slip_of(copy.lines[number - 1], context if number == origin[0] else "", fault.problem)
        if slip is None:
            continue
        if number in copy.touched:
            return False
        copy.tell(page, slip.code, number, slip.column, **slip.arguments)
        if slip.code in HABITS:
            mend_habit(copy, slip.code)
        else:
            copy.replace(number, slip.mended)
        return True
    return False


def mend_habit(copy: Repair, code: str) -> None:
    """Mend the indentation of every line that shows a habit: one habit is one finding."""
    copy.guessed = True
    for number, shown in enumerate(copy.lines, 1):
        slip = slip_of(shown, "", "")
        if slip is not None and slip.code == code:
            copy.replace(number, slip.mended)
            copy.touched.discard(number)


def _candidates(copy: Repair, line: int, origin: int, context: str) -> list[int]:
    """The lines that may hold the slip, the likeliest first; never inside a block scalar."""
    order = [line]
    if "simple key" in context:
        order = [origin]
    elif any(word in context for word in ("flow", "scalar", "tag", "anchor", "alias", "directive")):
        order = [line, origin]
    above = order[0] - 1
    while above >= 1 and not copy.lines[above - 1].strip():
        above -= 1
    if above >= 1:
        order.append(above)
    inside = block_lines(copy.lines)
    return [number for number in dict.fromkeys(order) if number not in inside]


def _again(page: Source, copy: Repair, fault: Fault) -> bool:
    """A line that was mended already: its finding is told, so the line is given up."""
    if fault.line not in copy.touched and not (fault.origin[0] in copy.touched and "flow" in fault.context):
        return False
    _blank(copy, fault.line)
    return True


def _bracket(page: Source, copy: Repair, fault: Fault) -> bool:
    """A bracket that does not close."""
    if "flow" not in fault.context:
        return False
    line, column = fault.origin
    copy.tell(page, "yaml-unclosed-bracket", line, column, shown=copy.lines[line - 1][column - 1 : column])
    copy.fill(line, column)
    return True


def _deep_start(page: Source, copy: Repair, fault: Fault) -> bool:
    """The first line stands deeper than those below, so that YAML takes it for the whole."""
    own = _indent(copy.lines[fault.line - 1])
    content = [number for number in range(1, fault.line) if _holds(copy.lines[number - 1])]
    if "<document start>" not in fault.problem or not content:
        return False
    deep = _indent(copy.lines[content[0] - 1])
    if deep <= own:
        return False
    if not copy.guessed:
        copy.tell(page, "yaml-indentation", content[0], deep + 1, spaces=deep, other=fault.line, expected=own)
    for number in content:
        shown = copy.lines[number - 1]
        copy.replace(number, shown[min(deep - own, _indent(shown)) :])
        copy.touched.discard(number)
    return True


def _misaligned(page: Source, copy: Repair, fault: Fault) -> bool:
    """A line between two levels: shift it, with what hangs on it, to the nearest level above it."""
    shown = copy.lines[fault.line - 1]
    if not re.match(r" *(?:- +[^\s]|[^\s:][^:]*:(?: |$))", shown):
        return False
    own = _indent(shown)
    levels: dict[int, int] = {}  # indentation of the levels that are open, with the last line of each
    for number in range(fault.line - 1, 0, -1):
        above = copy.lines[number - 1]
        if not _holds(above) or (levels and _indent(above) >= min(levels)):
            continue
        dash = re.match(r" *(?:- +)+", above)
        if dash and not shown.lstrip().startswith("- "):
            levels.setdefault(dash.end(), number)
        levels.setdefault(_indent(above), number)
    if not levels or own in levels:
        return False
    target = min(levels, key=lambda level: (abs(level - own), -level))
    if not copy.guessed:
        copy.tell(page, "yaml-indentation", fault.line, own + 1, spaces=own, other=levels[target], expected=target)
    for number in range(fault.line, len(copy.lines) + 1):
        below = copy.lines[number - 1]
        if below.strip() and _indent(below) < own:
            break
        if below.strip() and (target < own or _indent(below) < target):
            copy.replace(number, " " * (_indent(below) - own + target) + below.lstrip(" "))
            copy.touched.discard(number)
    copy.touched.add(fault.line)
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


def _holds(shown: str) -> bool:
    return bool(shown.strip()) and not shown.lstrip().startswith("#")


def _indent(shown: str) -> int:
    return len(shown) - len(shown.lstrip(" "))
