"""From libyaml's syntax error to what the filler did, and a repaired copy in which reading goes on.

libyaml stops at the first error and names the place where it noticed, often a line below the slip. So the lines at and
above that place are searched for the slips that people make; the slip becomes a finding, the copy is mended there, and
the copy is read again. Lines keep their numbers; what mending adds to a line is remembered.
"""

from __future__ import annotations

import re

from yaml import MarkedYAMLError, YAMLError

from generator.diagnostics import Text
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording import source_hints as hints
from generator.source.indentation_faults import deep_start, misaligned
from generator.source.mended_copy import Fault, Repair, Scanned, cut_off, holds, indent_of
from generator.source.nodes import Source, locate
from generator.source.wide_indentation import mended_habit
from generator.source.yaml_slips import KEY, NUMBERED, WRONG_DASH, Slip, at_least, block_lines, opens_block, slip_of

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
    if not cut_off(page, copy, fault):
        _find(page, copy, fault)


def _find(page: Source, copy: Repair, fault: Fault) -> None:
    """Find the slip behind a fault."""
    origin, line = fault.origin, fault.line
    for attempt in (
        _ended,
        _block,
        _undashed,
        _escape,
        _quote,
        _slip,
        _again,
        _odd_start,
        _bracket,
        deep_start,
        misaligned,
    ):
        if attempt(page, copy, fault):
            return
    at = origin if "simple key" in fault.context else (line, fault.column)
    if not copy.guessed:
        reason = Text(_REASONS.get(fault.problem, fault.problem), fault.problem)
        copy.tell(page, "yaml-syntax", *at, reason=reason)
    _blank(copy, at[0])


def _ended(page: Source, copy: Repair, fault: Fault) -> bool:
    """A line `...`, which ends the content, although more follows."""
    if "<document start>" not in fault.problem:
        return False
    ends = [number for number in range(1, fault.line) if copy.lines[number - 1].startswith("...")]
    if ends:
        copy.tell(page, "yaml-syntax", ends[-1], 1, reason=hints.ENDED)
        copy.lines[ends[-1] - 1] = ""
    return bool(ends)


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
    target = indent_of(copy.lines[header - 1]) + 2
    ends = [number for number in range(line, len(copy.lines) + 1) if _structure(copy.lines[number - 1])]
    end = ends[0] if ends else len(copy.lines) + 1
    if end == line:
        return False
    copy.tell(page, "yaml-block-indentation", line, indent_of(copy.lines[line - 1]) + 1, begun=header)
    for number in range(line, end):
        shown = copy.lines[number - 1]
        if shown.strip() and indent_of(shown) < target:
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
    found, own = re.match(rf" *({KEY}) *:(?: |$)", shown), indent_of(shown)
    if found is None or own not in _dashes_above(copy, fault.line):
        return False
    if not copy.guessed:
        copy.tell(page, "yaml-dash-missing", fault.line, own + 1, key=found[1], written=f"{found[1]}: …")
    end = fault.line + 1
    while end <= len(copy.lines) and (not holds(copy.lines[end - 1]) or indent_of(copy.lines[end - 1]) >= own):
        if copy.lines[end - 1].startswith(" " * own + "- "):
            break
        end += 1
    flat = any(
        indent_of(copy.lines[number - 1]) == own
        for number in range(fault.line + 1, end)
        if holds(copy.lines[number - 1])
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
    content, own = shown.strip(), indent_of(shown)
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
        if not holds(above) or indent_of(above) > least:
            continue
        least = indent_of(above)
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
    for number, mended in next(mended_habit(copy.lines, code)).items():
        copy.replace(number, mended)
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


def _odd_start(page: Source, copy: Repair, fault: Fault) -> bool:
    """A value within brackets that begins with `%`, `@` or `` ` ``."""
    if "cannot start any token" not in fault.problem:
        return False
    shown = copy.lines[fault.line - 1]
    character = shown[fault.column - 1 : fault.column]
    said = at_least(character) if re.match(r">=\s*[,}\]]", shown[fault.column - 1 :]) else {"character": character}
    copy.tell(page, "yaml-special-start", fault.line, fault.column, **said)
    copy.replace(fault.line, shown[: fault.column - 1] + "x" + shown[fault.column :])
    return True


def _bracket(page: Source, copy: Repair, fault: Fault) -> bool:
    """A bracket that does not close."""
    if "flow" not in fault.context:
        return False
    line, column = _opening(copy, *fault.origin)
    copy.tell(page, "yaml-unclosed-bracket", line, column, shown=copy.lines[line - 1][column - 1 : column])
    copy.fill(line, column)
    return True


def _opening(copy: Repair, line: int, column: int) -> tuple[int, int]:
    """Where the bracket opens that a place is in: a value that is missing within it is told where it would stand."""
    closed = 0
    for number in range(line, 0, -1):
        shown = copy.lines[number - 1]
        for at in range(min(column, len(shown)) if number == line else len(shown), 0, -1):
            closed += (shown[at - 1] in "]}") - (shown[at - 1] in "[{")
            if closed < 0:
                return number, at
    return line, column


def _blank(copy: Repair, line: int) -> None:
    """Give a line up, with the lines below it that hang on it."""
    if line in copy.blanked:
        copy.given_up = True
        return
    own = indent_of(copy.lines[line - 1])
    for number in range(line, len(copy.lines) + 1):
        shown = copy.lines[number - 1]
        if number > line and shown.strip() and indent_of(shown) <= own:
            break
        copy.lines[number - 1] = ""
        copy.blanked.add(number)
