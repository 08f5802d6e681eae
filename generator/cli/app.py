"""The Typer application, in one language, and what happens to its errors."""

import errno
import os
import re
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from itertools import pairwise
from typing import Any

import typer
from typer.main import get_command, get_command_name

from generator import __version__
from generator.cli import console
from generator.cli.parameters import take_plainly
from generator.diagnostics import Diagnostic, Failure, Invalid, InvalidReport, Text
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.suggest import nearest
from generator.diagnostics.wording import command_help as texts
from generator.diagnostics.wording import command_words, usage_words
from generator.kept.cache_folder import use_none
from generator.ooxml.limits import runs_apart

_OF_NAMES = frozenset((errno.ENAMETOOLONG, errno.EACCES, errno.EPERM, errno.ELOOP, errno.ENOTDIR, errno.EIO))
"""What a system says of a path that was typed, before anything is opened."""
COMMANDS = (
    "new",
    "check",
    "render",
    "explain",
    "lint",
    "diff",
    "schema",
    "standards",
    "fill",
    "show",
    "form",
    "convert",
    "standard",
    "collect",
    "migrate",
    "verify",
    "cache",
)
MODULES = {
    "convert": "convert_data",
    "standard": "standard_commands",
    "cache": "cache_commands",
}  # of commands whose names other files bear

_INTERRUPTED = 130  # what Typer makes of an interruption


def build(language: str, names: Sequence[str] = COMMANDS) -> typer.Typer:
    """The application with the commands of these names, its help in `language`; the whole of it completes in shells."""
    say = console.in_language(language)
    app = typer.Typer(
        name="generator",
        help=say(texts.GENERATOR),
        add_completion=names is COMMANDS,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @app.callback(invoke_without_command=True)
    def root(
        context: typer.Context,
        lang: str = typer.Option(None, "--lang", metavar="zh|en", help=say(texts.LANG)),
        limits: str = typer.Option(None, "--limits", metavar="NAME=N,…", help=say(texts.LIMITS)),
        macros: bool = typer.Option(False, "--allow-macros", help=say(texts.MACROS)),
        no_cache: bool = typer.Option(False, "--no-cache", help=say(texts.NO_CACHE)),
        isolated: bool = typer.Option(False, "--isolated/--no-isolated", help=say(texts.ISOLATED)),
        quiet: bool = typer.Option(False, "--quiet", help=say(texts.QUIET)),
        version: bool = typer.Option(False, "-V", "--version", help=say(texts.VERSION)),
    ) -> None:
        if quiet:  # for those who build the application themselves; `run` takes it out wherever it stands
            console.begin(quiet=True)
        if no_cache:  # likewise
            use_none()
        if version:
            console.result(f"generator {__version__}")
            raise typer.Exit
        if lang is not None:  # `zh` and `en` were taken out before the application was built
            raise typer.BadParameter(f"'{lang}' is not one of zh, en", param_hint="--lang")
        if limits is not None:  # it was taken out too, unless nothing follows it
            raise typer.BadParameter("NAME=N,…", param_hint="--limits")
        if context.invoked_subcommand is None:
            console.result(translated(context.get_help(), language))
            raise typer.Exit

    for name in names:
        import_module(f"generator.cli.{MODULES.get(name, name)}").register(app, language)
    return app


def translated(help_text: str, language: str) -> str:
    """Typer's help with its own words in `language`, without the Python types that mean nothing to a clerk."""
    help_text = re.sub(r"<(?:list\[)?str\]?>", lambda match: " " * len(match[0]), help_text)
    if language == "zh":
        for word, translation in texts.TYPERS_OWN.items():
            help_text = help_text.replace(word, translation)
            if " " in word and word.partition(" ")[0] in help_text:  # it may be wrapped
                help_text = re.sub(re.escape(word).replace(r"\ ", r"\s+"), translation, help_text)
    return help_text


def _listed() -> None:
    """Stands for a command that is listed, not run."""


def _only_names(app: typer.Typer) -> None:
    """Leave of the commands what a list of them shows: making their parameters takes as long as all else in `--help`."""
    for one in app.registered_commands:
        assert one.callback is not None
        assert one.help is not None  # every command is a function with its help
        one.name = one.name or get_command_name(one.callback.__name__)
        one.callback = _listed
    for group in app.registered_groups:
        if group.typer_instance is not None:
            _only_names(group.typer_instance)


def invoke(arguments: list[str], language: str) -> int:
    """Run one command; the exit code. Every error is told in `language`; none is a traceback but an internal one."""
    asked = arguments[:1] if arguments[:1] and arguments[0] in COMMANDS else COMMANDS  # the others are not imported
    app = build(language, asked)
    if arguments in ([], ["-h"], ["--help"]) and "_GENERATOR_COMPLETE" not in os.environ:  # a shell asks with none
        _only_names(app)
    command = get_command(app)
    take_plainly(command)
    _translate_help(command, language)
    try:
        return attempt(
            lambda: command.main(args=arguments, prog_name="generator", standalone_mode=False), arguments, language
        )
    except (typer.Abort, KeyboardInterrupt):
        console.say(command_words.INTERRUPTED.in_language(language))
        return 2


def attempt(work: Callable[[], Any], arguments: list[str], language: str) -> int:
    """Do something, every error told; the exit code.

    Raises:
        KeyboardInterrupt, typer.Abort: it was interrupted.
    """
    try:
        outcome = work()
    except Invalid as refusal:
        report(refusal.diagnostics, arguments, language)
        return 1 if isinstance(refusal, InvalidReport) else 2
    except typer.Exit as leaving:
        return leaving.exit_code
    except typer.Abort:
        raise
    except BrokenPipeError:
        return 2
    except SystemExit as leaving:
        if leaving.code != 1:  # with 1 Typer leaves where the reader of stdout is gone
            raise
        return 2
    except MemoryError:
        if runs_apart():  # told by the parent
            raise
        return _internal(MemoryError("out of memory"), arguments, language)
    except OSError as fault:
        if (act := getattr(fault, "act", None)) is not None:  # of a process of its own
            report([diagnostic("isolated-refused", act=act)], arguments, language)
            return 2
        if fault.errno in _OF_NAMES and fault.filename is not None:
            from generator.ooxml.saving import file_finding, why

            report([file_finding("file-unreadable", fault.filename, reason=why(fault))], arguments, language)
            return 2
        if fault.errno != errno.ENOSPC or fault.filename is not None:
            return _internal(fault, arguments, language)
        report(console.output_lost(fault).diagnostics, arguments, language)  # help, which Typer prints
        return 2
    except Exception as error:
        if (finding := usage_error(error)) is not None:
            console.say(console.diagnostic_text(finding, language))
            return 2
        return _internal(error, arguments, language)
    if outcome == _INTERRUPTED:
        console.say(command_words.INTERRUPTED.in_language(language))
        return 2
    return outcome if isinstance(outcome, int) else 0


def _internal(error: Exception, arguments: list[str], language: str) -> int:
    """Tell of an internal error, which is never dressed up as bad data; its exit code."""
    import traceback

    traceback.print_exception(error, file=sys.stderr)
    report([diagnostic("internal-error", reason=f"{type(error).__name__}: {error}")], arguments, language)
    return 2


def report(findings: tuple[Diagnostic, ...] | list[Diagnostic], arguments: list[str], language: str) -> None:
    """Print the findings that ended a command, as JSON on stdout where JSON was asked for."""
    as_json = "--format=json" in arguments or any(pair == ("--format", "json") for pair in pairwise(arguments))
    if as_json and not console.is_output_lost():
        console.result_json(console.diagnostics_json(findings, language))
        return
    for text in console.told(findings, language, sys.stderr):
        console.say(text)


def refuse(code: str, language: str, **arguments: Any) -> int:
    """Tell of a usage error; its exit code."""
    console.say(console.diagnostic_text(diagnostic(code, **arguments), language))
    return 2


def usage_error(raised: Exception) -> Diagnostic | None:
    """A usage error of the command line as a diagnostic; None if `raised` is none.

    Of these errors Typer makes the classes of bad values and of all its errors public; the others are known by what they hold.
    """
    if not isinstance(raised, typer.TyperException) or not hasattr(raised, "ctx"):
        return None
    error: Any = raised
    context = error.ctx
    path = context.command_path if context else "generator"
    if hasattr(error, "possibilities"):
        near = nearest(error.option_name, error.possibilities or ())
        return diagnostic("usage-unknown-option", name=error.option_name, command=path, suggestion=suggestion(near))
    if isinstance(raised, typer.BadParameter):
        if hasattr(error, "param_type"):  # it says what is missing
            return diagnostic("usage-missing", name=_parameter(error), command=path)
        return diagnostic("usage-bad-value", name=_parameter(error), reason=_reason(error), command=path)
    if error.message.startswith("No such command"):
        name = error.message.split("'")[1]
        return diagnostic(
            "usage-unknown-command",
            name=name,
            command=path,
            suggestion=suggestion(nearest(name, _known(context))),
        )
    if match := re.match(r"Got unexpected extra argument\S* \((.*)\)", error.message):
        return diagnostic("usage-extra", name=match[1], command=path)
    if match := re.match(r"Option '?(.*?)'? (?:requires an argument|does not take a value)", error.message):
        return diagnostic("usage-option-value", name=match[1], command=path)
    if error.message.startswith("Missing command"):
        return diagnostic("usage-missing", name=_subcommands(context), command=path)
    return diagnostic("usage-wrong", reason=error.message, command=path)


def _known(context: Any) -> list[str]:
    """The commands that may follow where one was not known."""
    return [*getattr(context.command, "commands", COMMANDS)] if context else [*COMMANDS]


def _subcommands(context: Any) -> str:
    """The commands of a group, one of which is missing: `init|pack|…`."""
    return "|".join(_known(context))


def _parameter(error: Any) -> str:
    """The parameter's name as the user types it: `--format`, `DATA`."""
    if error.param_hint or error.param is None:
        return str(error.param_hint or "")
    names = [name for name in getattr(error.param, "opts", ()) if name.startswith("-")]
    return names[-1] if names else str(error.param.metavar or error.param.name)


def _reason(error: Any) -> Text:
    """Why a value is refused; a choice names what may be chosen, a number its bound."""
    if match := re.search(r"'(.*)' is not one of (.*?)\.?$", error.message):
        return usage_words.NO_CHOICE.filled(value=match[1], choices=match[2].replace("'", ""))
    if match := re.search(r"should be (greater|less) than or equal to (\S+)$", error.message):
        return (usage_words.TOO_SMALL if match[1] == "greater" else usage_words.TOO_LARGE).filled(bound=match[2])
    if "valid integer" in error.message:
        return usage_words.NO_WHOLE_NUMBER
    return Text(error.message, error.message)


def suggestion(names: Any) -> Text:
    """`是不是“x”？` for the nearest name, nothing without one."""
    return usage_words.MEANT.filled(name=names[0]) if names else usage_words.NOTHING_MEANT


def failed(code: str, **arguments: Any) -> Failure:
    """The error that ends a command: the work could not be done."""
    return Failure([diagnostic(code, **arguments)])


def _translate_help(command: Any, language: str) -> None:
    """Have `--help` of the application and of every command speak `language`."""
    original = command.get_help
    command.get_help = lambda context: translated(original(context), language)
    for one in getattr(command, "commands", {}).values():
        _translate_help(one, language)
