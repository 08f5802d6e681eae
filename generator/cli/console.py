"""What a person or a program sees: diagnostics as text with the source line and a caret, or as JSON; summaries."""

import contextlib
import json
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TextIO

from generator.diagnostics import Diagnostic, Failure, Severity, Text, catalogue, describe
from generator.diagnostics.finding import SEVERITIES
from generator.diagnostics.wording import command_words as words
from generator.kept.lazy_patterns import lazy
from generator.ooxml.limits import limits

_COLOURS = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m", Severity.INFO: "\x1b[1;36m"}
_PLAIN = "\x1b[0m"
_UNSEEN = "\\x00-\\x08\\x0b-\\x1a\\x1c-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069"
_ACTING = lazy(rf"[{_UNSEEN}]|\x1b(?!\[(?:0|1;3[136])m)")  # the colours are ours: texts of findings hold none
_CONTROL = lazy(rf"[{_UNSEEN}\x1b]")
_WIDTH = 96  # columns of a source line that are shown around the caret


def in_language(language: str) -> Callable[..., str]:
    """A function that takes a wording and what fills its braces by name, and gives it in `language`."""

    def say(wording: Text, **arguments: Any) -> str:
        return (wording.filled(**arguments) if arguments else wording).in_language(language)

    return say


def visible(text: str, *, colours: bool = False) -> str:
    """A text whose control characters and marks of direction are written out (`\\u001b`): a terminal would obey them, a reader be misled.

    They stand within texts of others alone, so that JSON stays what it was.

    Args:
        text: the text.
        colours: whether the colours that `diagnostic_text` adds are kept.
    """
    return (_ACTING if colours else _CONTROL).sub(lambda found: f"\\u{ord(found[0]):04x}", text)


_quiet = False
_lost = False
_for_programs = ""


def begin(*, quiet: bool, for_programs: str = "") -> None:
    """Begin a run: whether `remark` is silent (`--quiet`), the format for programs that was asked for; stdout takes what it is given."""
    global _quiet, _lost, _for_programs
    _quiet, _lost, _for_programs = quiet, False, for_programs


def for_programs() -> str:
    """The format for programs in which findings go to stdout: json, github or sarif; empty where people are told."""
    return _for_programs


def remark(message: str) -> None:
    """A message that is neither a finding nor a result (progress, sums): to stderr, unless `--quiet` was asked for."""
    if not _quiet:
        say(message)


def list_files(heading: Text, files: Sequence[str], language: str, tell: Callable[[str], None]) -> None:
    """The end of a batch: which files failed, and how many; told by `say` or `remark`."""
    tell(heading.filled(count=len(files)).in_language(language))
    for name in files:
        tell(f"  {name}")


def say(message: str) -> None:
    """A message for people: to stderr, so that stdout holds results alone."""
    print(visible(message, colours=True), file=sys.stderr, flush=True)


def say_findings(diagnostics: Iterable[Diagnostic], language: str) -> None:
    """Findings for people, to stderr: a thousand of them, and how many more there are."""
    for text in told([*diagnostics], language):
        say(text)


def result(text: str, end: str = "\n") -> None:
    """A result: to stdout.

    Raises:
        Failure: stdout takes no more (a full disk).
    """
    try:
        print(visible(text, colours=True), end=end, flush=True)
    except BrokenPipeError:
        raise
    except OSError as fault:
        raise output_lost(fault) from None


def output_lost(fault: OSError) -> Failure:
    """The error that ends a command whose stdout takes no more; what is still in its buffer is given up."""
    from generator.ooxml.saving import why

    give_up_output()
    return Failure([catalogue.diagnostic("stdout-lost", reason=why(fault))])


def give_up_output() -> None:
    """Write to stdout no more, nor what is still in its buffer: it takes nothing, or nobody reads it."""
    global _lost
    _lost = True
    with contextlib.suppress(OSError, ValueError):  # the interpreter flushes at its end, and would fail again
        stdout = sys.stdout.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stdout)
        os.close(nowhere)


def is_output_lost() -> bool:
    """Whether stdout takes no more, so that what is to be told has stderr alone."""
    return _lost


def result_json(value: Any) -> None:
    """A result as JSON: to stdout, alone; what ends the command after it is told to people."""
    global _for_programs
    _for_programs = ""
    result(json.dumps(value, ensure_ascii=False, indent=2))


def diagnostics_json(diagnostics: Sequence[Diagnostic], language: str) -> dict[str, Any]:
    """`{"diagnostics": […], "errors": n, "warnings": n}`."""
    return {
        "diagnostics": [diagnostic.as_json(language) for diagnostic in diagnostics[: limits().findings]],
        "errors": count(diagnostics, Severity.ERROR),
        "warnings": count(diagnostics, Severity.WARNING),
        **({"omitted": len(diagnostics) - limits().findings} if len(diagnostics) > limits().findings else {}),
    }


def count(diagnostics: Iterable[Diagnostic], severity: Severity) -> int:
    """How many findings are of that severity."""
    return sum(diagnostic.severity is severity for diagnostic in diagnostics)


def has_colours(stream: TextIO) -> bool:
    """Whether a stream is a terminal that shows colours, and nobody asked for none (no-color.org)."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not stream.isatty():
        return False
    return os.name != "nt" or "WT_SESSION" in os.environ  # the old console of Windows prints the codes


def diagnostic_text(diagnostic: Diagnostic, language: str, *, colours: bool = False) -> str:
    """A finding as text: where and what, the source line with a caret, the hint; its severity in colour where asked for."""
    line = visible(describe(diagnostic, language))
    if colours:
        label = f"{SEVERITIES[diagnostic.severity].in_language(language)}[{diagnostic.code}]"
        line = line.replace(label, f"{_COLOURS[diagnostic.severity]}{label}{_PLAIN}", 1)
    lines = [line]
    where = diagnostic.location
    if where.excerpt is not None and where.line is not None:
        lines += _excerpt(where.excerpt, where.line, where.column)
    if where.path:
        lines.append(words.FIELD.in_language(language) + visible(where.path))
    if diagnostic.hint_text:
        label = words.HINT.in_language(language)
        lines.append(label + visible(diagnostic.hint_text.in_language(language)))
    return "\n".join(lines)


def told(diagnostics: Sequence[Diagnostic], language: str, stream: TextIO | None = None) -> list[str]:
    """The findings as texts, a thousand of them, and how many more there are; in colour where `stream` shows colours."""
    colours = stream is not None and has_colours(stream)
    most = limits().findings
    shown = [diagnostic_text(diagnostic, language, colours=colours) for diagnostic in diagnostics[:most]]
    if len(diagnostics) > most:
        shown.append(words.MORE.filled(count=len(diagnostics) - most).in_language(language))
    return shown


def _excerpt(line: str, number: int, column: int | None) -> list[str]:
    """The source line and a caret below its column; a long line is cut around it, to the window's width on a terminal."""
    gutter = f"  {number} | "
    at = (column or 1) - 1
    if (window := _window()) is not None:
        start, end = _around(line, at, max(window - len(gutter) - 3, 8))
    else:
        start = max(0, at - _WIDTH // 2) if len(line) > _WIDTH else 0
        end = start + _WIDTH
    shown = _plain(line[start:end])  # cut first: a file may be one line of megabytes
    before, after = ("…" if start else ""), ("…" if end < len(line) else "")
    lines = [f"{gutter}{before}{shown}{after}"]
    if column is not None:
        indent = columns(before + _plain(line[start:at]))
        lines.append(" " * (len(gutter) - 2) + "| " + " " * indent + "^")
    return lines


def _window() -> int | None:
    """The columns of the window; None where there is none, as in a pipe."""
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and int(given) > 0:
        return int(given)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            if stream.isatty():
                return os.get_terminal_size(stream.fileno()).columns or None
    return None


def _around(line: str, at: int, budget: int) -> tuple[int, int]:
    """What of a line is shown, from and to, in at most so many columns: half before the character at `at`, more where
    behind it is less."""
    reach = line[max(0, at - budget) : at]
    widths = [columns(char) for char in reach]
    ahead = line[at : at + budget * 2]
    room = budget - min(budget // 2, columns(ahead))
    start = at
    while widths and room >= widths[-1]:
        room -= widths.pop()
        start -= 1
    room = budget - columns(line[start:at])
    end = at
    while end < len(line) and room >= (wide := columns(line[end])):
        room -= wide
        end += 1
    return start, end


def _plain(text: str) -> str:
    return "".join(char if char.isprintable() else "�" for char in text.replace("\t", " "))


def columns(text: str) -> int:
    """The width of a text on a terminal: Chinese characters take two columns (Unicode TR11)."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def summary(files: int, diagnostics: Sequence[Diagnostic], language: str) -> str:
    """One line that sums up."""
    errors, warnings = count(diagnostics, Severity.ERROR), count(diagnostics, Severity.WARNING)
    if language == "en":
        return f"{_plural(files, 'file')}: {_plural(errors, 'error')}, {_plural(warnings, 'warning')}"
    if not errors and not warnings:
        return words.NONE_FOUND.format(files=files)
    return words.SUMMARY.format(files=files, errors=errors, warnings=warnings)


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
