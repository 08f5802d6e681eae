"""Lines that stand at no level, or at another than their neighbours: which of two lines is the odd one, and where it belongs."""

from __future__ import annotations

import re

from generator.source.mended_copy import Fault, Repair, holds, indent_of
from generator.source.nodes import Source
from generator.source.yaml_slips import KEY


def deep_start(page: Source, copy: Repair, fault: Fault) -> bool:
    """The first line stands deeper than those below, so that YAML takes it for the whole."""
    own = indent_of(copy.lines[fault.line - 1])
    content = [number for number in range(1, fault.line) if holds(copy.lines[number - 1])]
    if "<document start>" not in fault.problem or not content:
        return False
    deep = indent_of(copy.lines[content[0] - 1])
    if deep <= own:
        return False
    if not copy.guessed:
        copy.tell(page, "yaml-indentation", content[0], deep + 1, spaces=deep, other=fault.line, expected=own)
    for number in content:
        shown = copy.lines[number - 1]
        copy.replace(number, shown[min(deep - own, indent_of(shown)) :])
        copy.touched.discard(number)
    return True


def misaligned(page: Source, copy: Repair, fault: Fault) -> bool:
    """A line between two levels: shift it, with what hangs on it, to the nearest level above it."""
    shown = copy.lines[fault.line - 1]
    if not re.match(r" *(?:- +[^\s]|[^\s:][^:]*:(?: |$))", shown):
        return False
    own = indent_of(shown)
    item, passed = shown.lstrip().startswith("- "), list[int]()
    levels: dict[int, int] = {}  # indentation of the levels that are open, with the last line of each
    for number in range(fault.line - 1, 0, -1):
        above = copy.lines[number - 1]
        if not holds(above) or ((levels or passed) and indent_of(above) >= min((*levels, *passed))):
            continue
        dash = re.match(r" *(?:- +)+", above)
        if item and dash is None:  # an item belongs to a list
            passed.append(indent_of(above))
            continue
        if dash and not item:
            levels.setdefault(dash.end(), number)
        levels.setdefault(indent_of(above), number)
    if not levels or own in levels:
        return False
    below = next((indent_of(one) for one in copy.lines[fault.line :] if holds(one)), 0)
    target = min(levels, key=lambda level: (abs(level - own), item and level + 2 != below, -level))
    if _value_and_list(page, copy, fault) or _odd_above(page, copy, fault):
        return True
    if not copy.guessed:
        copy.tell(page, "yaml-indentation", fault.line, own + 1, spaces=own, other=levels[target], expected=target)
    for number in range(fault.line, len(copy.lines) + 1):
        hanging = copy.lines[number - 1]
        depth = indent_of(hanging)
        if hanging.strip() and (depth < own or (item and depth == own and not hanging.lstrip().startswith("- "))):
            break
        if item and depth > own and below != own + 2:
            continue  # it stands where it belongs
        if hanging.strip() and (target < own or depth < target or item):
            copy.replace(number, " " * (depth - own + target) + hanging.lstrip(" "))
            copy.touched.discard(number)
    copy.touched.add(fault.line)
    return True


def _value_and_list(page: Source, copy: Repair, fault: Fault) -> bool:
    """A list below a name that has a value already."""
    shown, above = copy.lines[fault.line - 1], _line_above(copy, fault.line)
    found = re.match(rf"( *(?:- +)*)({KEY}): +(\S.*)", copy.lines[above - 1]) if above else None
    if found is None or not shown.lstrip().startswith("- ") or indent_of(shown) < len(found[1]) or found[3][0] in "|>#":
        return False
    if not copy.guessed:
        column = found.start(3) + 1
        copy.tell(page, "yaml-value-and-list", above, column, key=found[2], shown=found[3][:20])
    copy.replace(above, copy.lines[above - 1][: found.end(2) + 1])
    return True


def _odd_above(page: Source, copy: Repair, fault: Fault) -> bool:
    """The line above is the odd one: those below it agree with each other, or with the level that its name asks for."""
    above = _line_above(copy, fault.line)
    before = _line_above(copy, above) if above else 0
    if not before:
        return False
    own, other, parent = (indent_of(copy.lines[number - 1]) for number in (fault.line, above, before))
    opens = re.match(rf" *(?:- +)*{KEY}: *(?:#.*)?$", copy.lines[before - 1]) is not None
    below = [number for number in range(fault.line + 1, len(copy.lines) + 1) if holds(copy.lines[number - 1])][:1]
    agrees = bool(below) and indent_of(copy.lines[below[0] - 1]) == own
    dashed = copy.lines[above - 1].lstrip().startswith("- ") and not copy.lines[fault.line - 1].lstrip().startswith(
        "- "
    )
    right = own - 2 if dashed else own
    if other == right or not ((opens and right == parent + 2) or (own == parent and agrees and not dashed)):
        return False
    if not copy.guessed:
        copy.tell(page, "yaml-indentation", above, other + 1, spaces=other, other=fault.line, expected=own)
    copy.replace(above, " " * right + copy.lines[above - 1].lstrip(" "))
    copy.touched.discard(above)
    return True


def _line_above(copy: Repair, line: int) -> int:
    """The nearest line above that holds something; 0 where there is none."""
    return next((number for number in range(line - 1, 0, -1) if holds(copy.lines[number - 1])), 0)
