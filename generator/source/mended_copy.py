"""The copy of a YAML file that is mended slip by slip: its lines, what was found, and what libyaml stumbled over."""

from __future__ import annotations

from typing import Any

from generator.diagnostics import Diagnostic
from generator.diagnostics.catalogue import diagnostic
from generator.kept.light_classes import dataclass, field
from generator.kept.light_tuples import NamedTuple
from generator.source.nodes import Source, locate

SHOWN = 20  # letters of a line that a finding shows


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


def cut_off(page: Source, copy: Repair, fault: Fault) -> bool:
    """The file ends in the middle of its last line: of a name, of brackets or quotes that nobody closed.

    Args:
        page: the file.
        copy: its copy, which takes the finding.
        fault: what libyaml stumbled over.
    """
    last = max((number for number, shown in enumerate(page.lines, 1) if shown.strip()), default=0)
    line, column = fault.origin
    if page.text.endswith("\n"):
        return False
    text = page.line_text(last)
    if "flow" in fault.context and text[column - 1 : column] not in ("{", "["):  # it was noticed behind its line
        line, column = last, max(text.rfind("{"), text.rfind("[")) + 1
    if line != last or not column:
        return False
    rest = text[column - 1 :].strip()
    if "flow" in fault.context:
        half = {"{": "}", "[": "]"}.get(rest[:1], " ") not in rest.replace("}}", "")
    elif "quoted scalar" in fault.context:
        half = rest[:1] not in rest[1:]
    else:
        half = "simple key" in fault.context and rest.isidentifier()
    if half:
        shown = rest if len(rest) <= SHOWN else "…" + rest[-SHOWN:]
        copy.tell(page, "source-cut", line, column, shown=shown)
        copy.given_up = True
    return half


def holds(shown: str) -> bool:
    """Whether a line holds more than a comment."""
    return bool(shown.strip()) and not shown.lstrip().startswith("#")


def indent_of(shown: str) -> int:
    """How many spaces a line begins with."""
    return len(shown) - len(shown.lstrip(" "))
