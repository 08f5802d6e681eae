"""Slips of the keyboard in a file's syntax, put right where only one thing can have been meant.

A fix stays within its line. It is kept only if the finding that asked for it is gone and none has come instead: what could
be text, or could be meant in two ways, is left to a person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from generator.diagnostics import Diagnostic
from generator.kept.light_classes import dataclass, replace
from generator.source.from_json import NARROW, plain_brackets, read_json
from generator.source.from_yaml import read_yaml
from generator.source.nodes import Source
from generator.source.wide_indentation import mended_habit
from generator.source.yaml_slips import ODD_SPACES, WIDE_QUOTES

MAX_FIXES = 200  # of one file in one run; each reads it again

_ODD = re.compile(f"[{ODD_SPACES}]")
_NUMBER = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_HEAD = re.compile(r" *(?:- +)*")
_TAGGED = re.compile(r"\{\{[^{}\n]*\}\}")
_COMMENT = re.compile(r"(?<!\s)\s++(?:#\s.*)?\Z")


@dataclass(frozen=True)
class _Line:
    """A line that a finding stands on.

    Args:
        text: all of it.
        at: the finding's column, from 0.
        known: the names that the standard gives a meaning.
    """

    text: str
    at: int
    known: Collection[str]

    def put(self, start: int, end: int, words: str) -> str:
        return self.text[:start] + words + self.text[end:]


def mend_slips(page: Source, known: Collection[str], *, json: bool) -> str:
    """The text with its slips of syntax put right.

    Args:
        page: name and text of the file.
        known: the names that can stand before a colon.
        json: whether it is JSON.
    """
    given_up: set[tuple[str, int | None, int | None]] = set()
    findings = _findings(page, json)
    for _ in range(MAX_FIXES):
        chosen = next((one for one in findings if _key(one) not in given_up and one.code in _fixers(json)), None)
        if chosen is None:
            break
        taken: tuple[Source, list[Diagnostic]] | None = None
        for text in _fixed(page, chosen, known, json):
            after = replace(page, text=text)
            found = _findings(after, json) if text != page.text else findings
            if len(found) <= len(findings) and _key(chosen) not in {_key(one) for one in found}:
                taken = (after, found) if taken is None or len(found) < len(taken[1]) else taken
        if taken is not None:
            page, findings = taken
            given_up.clear()  # what was in the way of another fix is gone
        else:
            given_up.add(_key(chosen))
    return page.text


def _key(finding: Diagnostic) -> tuple[str, int | None, int | None]:
    return finding.code, finding.location.line, finding.location.column


def _findings(page: Source, json: bool) -> list[Diagnostic]:
    _, findings = (read_json if json else read_yaml)(page)
    return sorted(findings, key=lambda one: (one.location.line or 0, one.location.column or 0))


def _fixed(page: Source, finding: Diagnostic, known: Collection[str], json: bool) -> Iterator[str]:
    """What the text may have been meant to be, the likeliest first."""
    line, column = finding.location.line, finding.location.column
    if line is None or column is None:
        return
    lines = list(page.lines)
    if finding.code in _HABITS:  # one habit is one finding, and one fix
        for way in mended_habit(lines, finding.code):
            yield "\n".join(way.get(number, shown) for number, shown in enumerate(lines, 1))
        return
    if finding.code == "yaml-indentation":
        if (aligned := _between_alike(lines, line)) is not None:
            yield "\n".join([*lines[: line - 1], aligned, *lines[line:]])
        return
    if finding.code == "json-bracket":
        yield plain_brackets(page)
        return
    if json and finding.code == "json-missing-comma":  # it belongs behind what stands before
        offset = sum(len(shown) + 1 for shown in lines[: line - 1]) + column - 1
        behind = len(page.text[:offset].rstrip())
        yield page.text[:behind] + "," + page.text[behind:]
        return
    mended = _fixers(json)[finding.code](_Line(lines[line - 1], column - 1, known))
    if mended is not None:
        lines[line - 1] = mended
        yield "\n".join(lines)


def _between_alike(lines: list[str], number: int) -> str | None:
    """A line one or two columns off between two that begin alike at one indentation: it stands there too."""

    def indented(shown: str) -> tuple[int, bool]:
        return len(shown) - len(shown.lstrip(" ")), shown.lstrip(" ").startswith("- ")

    said = [at for at, shown in enumerate(lines, 1) if shown.strip() and not shown.lstrip().startswith("#")]
    before = max((at for at in said if at < number), default=0)
    behind = min((at for at in said if at > number), default=0)
    if not before or not behind:
        return None
    (own, dash), upper, lower = indented(lines[number - 1]), indented(lines[before - 1]), indented(lines[behind - 1])
    if upper != lower or upper[1] != dash or not 0 < abs(own - upper[0]) <= 2:
        return None
    return " " * upper[0] + lines[number - 1].lstrip(" ")


def _colon(line: _Line) -> str | None:
    """`名称：内容` and `名称:内容`, where the name is one of the standard's."""
    shown, at = line.text, line.at
    if shown[at : at + 1] not in ("：", ":"):
        return None
    name = re.split(r"[\s{\[,，]", shown[:at].rstrip())[-1].strip("\"'")
    if name not in line.known:
        return None
    end = at + 1
    while shown[end : end + 1] == " " or _ODD.match(shown, end):
        end += 1
    return line.put(at, end, ": " if shown[end:].strip() else ":")


def _comma(line: _Line) -> str | None:
    """A full-width comma before another pair; between texts it may belong to one of them."""
    shown, at = line.text, line.at
    behind = re.match(r"，[ \u3000]*([^\s:：,，{}\[\]]+)[ \u3000]*[:：]", shown[at:])
    if behind is None or behind[1].strip("\"'") not in line.known:
        return None
    return line.put(at, at + 1 + len(re.match(r"[ \u3000]*", shown[at + 1 :])[0]), ", ")  # type: ignore[index]  it matches anywhere


def _thousands(line: _Line) -> str | None:
    found = _NUMBER.match(line.text, line.at)
    return line.put(line.at, found.end(), found[0].replace(",", "")) if found else None


def _odd_key(line: _Line) -> str | None:
    """A name with a space or character in it that nobody sees: the name without it is known."""
    start = _HEAD.match(line.text).end()  # type: ignore[union-attr]  it matches anywhere
    colon = re.compile(r":(?: |\Z)").search(line.text, line.at)
    if colon is None or line.at < start:
        return None
    end = max(line.at, len(line.text[: colon.start()].rstrip()))
    name = _ODD.sub("", line.text[start:end]).strip()
    return line.put(start, end, name) if name in line.known else None


def _dash(line: _Line) -> str | None:
    """`—内容`, `－ 内容`, `-内容`: an item of a list."""
    if line.text[: line.at].strip(" -"):
        return None
    rest = line.text[line.at + 1 :].lstrip(" \u3000")
    return line.text[: line.at] + "- " + rest if rest else None


def _braces(line: _Line) -> str | None:
    """A text that begins with `{{ }}`, into quotes: up to the end of the line, within brackets up to the next sign."""
    shown, at = line.text, line.at
    while at and shown[at] != "{":
        at -= 1
    at -= shown[at - 1 : at] == "{"
    tag = _TAGGED.match(shown, at)
    if tag is None:
        return None
    flow = re.search(r"(?<!\{)[{\[](?!\{)", re.sub(r"\{\{[^{}]*\}\}", lambda one: " " * len(one[0]), shown[:at]))
    if flow:
        found = re.compile(r"(?:\{\{[^{}\n]*\}\}|[^,，{}\[\]\n])*").match(shown, at)
        end = len(found[0].rstrip()) + at if found else at
    else:
        cut = _COMMENT.search(shown, tag.end())
        end = cut.start() if cut else len(shown)
    words = shown[at:end]
    quote = '"' if '"' not in words else "'"
    if "\\" in words or quote in words:
        return None
    return line.put(at, end, f"{quote}{words}{quote}")


def _wide_space_after_dash(line: _Line) -> str | None:
    """`-　内容`: an item of a list whose dash is followed by a wide space."""
    found = re.match(rf" *-[{ODD_SPACES}]+ *(?=\S)", line.text)
    return found[0].split("-")[0] + "- " + line.text[found.end() :] if found else None


def _sign_first(line: _Line) -> str | None:
    """A value that begins with `%`, `@` or `` ` ``, into quotes: up to a comment, within brackets up to the next sign."""
    before, rest = line.text[: line.at], line.text[line.at :]
    if re.search(r"[{\[]", before):
        words = re.match(r"[^,}\]]*", rest)[0].rstrip()  # type: ignore[index]  it matches anywhere
    else:
        cut = _COMMENT.search(line.text, line.at)
        words = rest[: cut.start() - line.at] if cut else rest.rstrip()
    if words[:1] not in ("%", "@", "`") or set(words) & set('"\\{}[]') or not before.endswith((": ", "- ", "[", ", ")):
        return None
    return line.put(line.at, line.at + len(words), f'"{words}"')


def _wide_quotes(line: _Line) -> str | None:
    """A value in full-width quotes, all of it, with none inside."""
    found = re.compile(rf"[{WIDE_QUOTES}]([^\"\\{WIDE_QUOTES}]*)[{WIDE_QUOTES}]").match(line.text, line.at)
    if found is None or not re.match(r"\s*(?:[:,\]}]|#|\Z)", line.text[found.end() :]):
        return None
    return line.put(line.at, found.end(), f'"{found[1]}"')


def _one(old: str, new: str) -> Callable[[_Line], str | None]:
    def fix(line: _Line) -> str | None:
        return line.put(line.at, line.at + 1, new) if line.text[line.at : line.at + 1] == old else None

    return fix


def _plus(line: _Line) -> str | None:
    """A number of JSON that is written otherwise: `+5`, `.5`, in full-width digits."""
    found = re.compile(r"\+?(-?+)(?=[0-9.])([0-9]*+(?:\.[0-9]++)?+)(?![\w.])").match(
        line.text.translate(NARROW), line.at
    )
    if found is None or re.match(r"0[0-9]", found[2]):
        return None
    return line.put(line.at, found.end(), f"{found[1]}{'0' * found[2].startswith('.')}{found[2]}")


def _odd_space(line: _Line) -> str | None:
    """A wide blank or a character that nobody sees between the signs of JSON."""
    found = _ODD.match(line.text, line.at)
    return line.put(line.at, found.end(), " ") if found else None


_HABITS = ("yaml-tab", "odd-indentation")
_YAML: dict[str, Callable[[_Line], str | None]] = {
    "yaml-tab": lambda line: None,
    "odd-indentation": lambda line: None,
    "fullwidth-colon": _colon,
    "yaml-colon-without-space": _colon,
    "fullwidth-comma": _comma,
    "fullwidth-quote": _wide_quotes,
    "odd-space-in-key": _odd_key,
    "yaml-thousands": _thousands,
    "yaml-wrong-dash": _dash,
    "yaml-dash-without-space": _dash,
    "yaml-indentation": lambda line: None,
    "yaml-special-start": _sign_first,
    "yaml-syntax": _wide_space_after_dash,
    "yaml-unquoted-braces": _braces,
    "yaml-braces-then-text": _braces,
}
_JSON: dict[str, Callable[[_Line], str | None]] = {
    "fullwidth-colon": _one("：", ":"),
    "fullwidth-comma": _one("，", ","),
    "json-trailing-comma": _one(",", ""),
    "json-missing-comma": lambda line: None,
    "json-quote": _wide_quotes,
    "json-bracket": lambda line: None,
    "json-bad-number": lambda line: _thousands(line) or _plus(line),
    "json-odd-space": _odd_space,
}


def _fixers(json: bool) -> dict[str, Callable[[_Line], str | None]]:
    return _JSON if json else _YAML
