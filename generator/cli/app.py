"""The commands by name, and what happens to the errors of one that runs."""

import errno
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import Any

from generator.cli import console
from generator.diagnostics import Diagnostic, Failure, Invalid, InvalidReport, Text
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording import command_words, usage_words
from generator.kept.name_sets import listed
from generator.ooxml.limits import runs_apart

_OF_NAMES = frozenset((errno.ENAMETOOLONG, errno.EACCES, errno.EPERM, errno.ELOOP, errno.ENOTDIR, errno.EIO))
"""What a system says of a path that was typed, before anything is opened."""
COMMANDS = listed(
    "new check render explain lint diff schema standards fill show form convert standard collect migrate verify cache"
)
MODULES = {
    "convert": "convert_data",
    "standard": "standard_commands",
    "cache": "cache_commands",
}  # of commands whose names other files bear

_INTERRUPTED = 130  # what Typer makes of an interruption


def registers(name: str) -> Callable[[Any, str], None]:
    """What adds the command, or group of commands, of that name to an application; its file is imported."""
    return import_module(f"generator.cli.{MODULES.get(name, name)}").register


def carry_out(work: Callable[[], Any], language: str) -> int:
    """Do what the command line asks for, every error and an interruption told; the exit code."""
    try:
        return attempt(work, language)
    except KeyboardInterrupt:
        return _interrupted(language)


def attempt(work: Callable[[], Any], language: str) -> int:
    """Do something, every error told; the exit code.

    Raises:
        KeyboardInterrupt: it was interrupted.
    """
    try:
        outcome = work()
    except Invalid as refusal:
        report(refusal.diagnostics, language)
        return 1 if isinstance(refusal, InvalidReport) else 2
    except BrokenPipeError:
        console.give_up_output()
        return 2
    except SystemExit as leaving:
        if leaving.code != 1:  # with 1 Typer leaves where the reader of stdout is gone
            raise
        return 2
    except MemoryError:
        if runs_apart():  # told by the parent
            raise
        return _internal(MemoryError("out of memory"), language)
    except OSError as fault:
        if (act := getattr(fault, "act", None)) is not None:  # of a process of its own
            report([diagnostic("isolated-refused", act=act)], language)
            return 2
        if fault.errno in _OF_NAMES and fault.filename is not None:
            from generator.ooxml.saving import file_finding, why

            report([file_finding("file-unreadable", fault.filename, reason=why(fault))], language)
            return 2
        if fault.errno != errno.ENOSPC or fault.filename is not None:
            return _internal(fault, language)
        report(console.output_lost(fault).diagnostics, language)  # help, which Typer prints
        return 2
    except Exception as error:
        if isinstance(error.__context__, KeyboardInterrupt):  # a pool that had hardly begun cannot be closed
            raise error.__context__ from None
        return _internal(error, language)
    if outcome == _INTERRUPTED:
        return _interrupted(language)
    return outcome if isinstance(outcome, int) else 0


def _interrupted(language: str) -> int:
    console.say(command_words.INTERRUPTED.in_language(language))
    return 2


def _internal(error: Exception, language: str) -> int:
    """Tell of an internal error, which is never dressed up as bad data; its exit code."""
    import traceback

    traceback.print_exception(error, file=sys.stderr)
    report([diagnostic("internal-error", reason=f"{type(error).__name__}: {error}")], language)
    return 2


def report(findings: Sequence[Diagnostic], language: str) -> None:
    """Print the findings that ended a command: on stdout, where a format for programs was asked for, as that has them."""
    if (asked := console.for_programs()) and not console.is_output_lost():
        from generator.cli.annotations import tell_programs

        try:
            tell_programs(findings, asked, language)
        except BrokenPipeError:
            console.give_up_output()
        except Failure as lost:
            findings = [*findings, *lost.diagnostics]
        else:
            return
    for text in console.told(findings, language, sys.stderr):
        console.say(text)


def refuse(code: str, language: str, **arguments: Any) -> int:
    """Tell of a usage error; its exit code."""
    report([diagnostic(code, **arguments)], language)
    return 2


def suggestion(names: Any) -> Text:
    """`是不是“x”？` for the nearest name, nothing without one."""
    return usage_words.MEANT.filled(name=names[0]) if names else usage_words.NOTHING_MEANT


def refuse_taken(output: str, *, force: bool, inputs: Iterable[Any] = ()) -> None:
    """Refuse to write over what has this name, unless that was asked for; a folder, or what is read, in any case.

    Args:
        output: as typed.
        force: whether it was asked for.
        inputs: the files that are read.

    Raises:
        Failure: it is there.
    """
    from generator.ooxml.saving import folder_or_stroke, is_taken, refuse_input

    if output.endswith(("/", os.sep)) or os.path.isdir(output):  # noqa: PTH112  pathlib takes time to import
        raise failed("file-is-folder", name=output, **folder_or_stroke(output))
    refuse_input(output, inputs)
    if is_taken(output) and not force:
        raise failed("output-exists", name=output)


def write_anew(output: str, content: bytes, *, inputs: Iterable[Any], option: str = "-o") -> None:
    """Write what is made anew from other files whenever they change, over an earlier one, but over nobody's work.

    Args:
        output: as typed.
        content: all of it.
        inputs: the files that are read.
        option: that names the output.

    Raises:
        Failure: it is one of the inputs, holds something else or edits, or cannot be written.
    """
    from generator.documents.edited import holds_other_work
    from generator.ooxml.saving import file_finding, refuse_input, write_atomically

    refuse_input(output, inputs := [*inputs], option)
    if holds_other_work(output, content):
        raise Failure([file_finding("output-edited", output, hint=command_words.MOVE_AWAY.filled(option=option))])
    write_atomically(output, content, inputs=inputs, option=option)


def write_result(output: str, content: bytes, *, inputs: Iterable[Any]) -> None:
    """`write_anew`, and tell the path."""
    write_anew(output, content, inputs=inputs)
    console.result(output)


def failed(code: str, **arguments: Any) -> Failure:
    """The error that ends a command: the work could not be done."""
    return Failure([diagnostic(code, **arguments)])
