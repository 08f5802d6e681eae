"""The Typer application, in one language: help, completion, and the wording of what was typed wrongly."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer
from typer.main import get_command, get_command_name

from generator import __version__
from generator.cli import console
from generator.cli.app import COMMANDS, registers, report, suggestion
from generator.cli.declared import Function, Option
from generator.cli.parameters import take_plainly
from generator.diagnostics import Diagnostic, Text
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.suggest import nearest
from generator.diagnostics.wording import command_help as texts
from generator.diagnostics.wording import usage_words
from generator.kept.cache_folder import use_none


def typers_call(arguments: list[str], language: str) -> Callable[[], Any]:
    """What Typer makes of a command line, to be called."""
    _complete_language()
    asked = arguments[:1] if arguments[:1] and arguments[0] in COMMANDS else COMMANDS  # the others are not imported
    app = build(language, asked)
    if arguments in ([], ["-h"], ["--help"]) and "_GENERATOR_COMPLETE" not in os.environ:  # a shell asks with none
        _only_names(app)
    command = get_command(app)
    take_plainly(command)
    _translate_help(command, language)

    def call() -> Any:
        if (again := _typed_twice(command, arguments)) is not None:
            report([again], language)
            return 2
        try:
            return command.main(args=arguments, prog_name="generator", standalone_mode=False)
        except typer.Exit as leaving:
            return leaving.exit_code
        except typer.Abort:
            raise KeyboardInterrupt from None
        except typer.TyperException as error:
            if (finding := usage_error(error)) is None:
                raise
            report([finding], language)
            return 2

    return call


def _typed_twice(command: Any, arguments: list[str]) -> Diagnostic | None:
    """What to tell of an option that takes one value and was given two, of which Typer would take the last; None without one."""
    path, seen = "generator", set()
    words = iter(arguments)
    for word in words:
        if word == "--":
            return None
        if word in (inner := getattr(command, "commands", {})):
            command, path = inner[word], f"{path} {word}"
            continue
        long = word.startswith("--")
        name, equals, _ = word.partition("=") if long else (word[:2], word[2:], "")
        option = next((one for one in command.params if name.startswith("-") and name in one.opts), None)
        if option is None or option.is_flag:
            continue
        if option.name in seen and not option.multiple:
            return diagnostic("usage-repeated", name=name, command=path)
        seen.add(option.name)
        if not equals:
            next(words, "")  # its value
    return None


class _OnTyper:
    """Adds declared commands to an application of Typer's."""

    def __init__(self, app: typer.Typer) -> None:
        self._app = app

    def command(self, *, help: str) -> Callable[[Function], Function]:  # noqa: A002  as Typer calls it
        def add(function: Function) -> Function:
            function.__annotations__ = {name: _typers(one) for name, one in function.__annotations__.items()}
            return self._app.command(help=help)(function)

        return add

    def group(self, name: str, *, help: str) -> _OnTyper:  # noqa: A002  as Typer calls it
        group = typer.Typer(help=help, rich_markup_mode=None, no_args_is_help=False)
        self._app.add_typer(group, name=name)
        return _OnTyper(group)


def _typers(annotation: Any) -> Any:
    """A declaration in Typer's words; what a function returns stays as it is."""
    for one in getattr(annotation, "__metadata__", ()):
        if isinstance(one, Option):
            made = typer.Option(
                *one.names,
                metavar=one.metavar,
                help=one.help,
                min=one.min,
                max=one.max,
                autocompletion=one.autocompletion,
            )
        else:
            made = typer.Argument(metavar=one.metavar, help=one.help, autocompletion=one.autocompletion)
        return Annotated[annotation.__origin__, made]
    return annotation


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
        lang: str = typer.Option(None, "--lang", metavar="zh|en", help=say(texts.LANG), autocompletion=_languages),
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
        registers(name)(_OnTyper(app), language)
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


def _languages(incomplete: str) -> list[str]:
    """What may follow `--lang`, for completion in a shell."""
    return [one for one in ("zh", "en") if one.startswith(incomplete)]


def _complete_language() -> None:
    """Let a shell complete `--lang` behind a command too: no command knows it, for it is taken out of the arguments."""
    for name in ("COMP_WORDS", "_TYPER_COMPLETE_ARGS") if "_GENERATOR_COMPLETE" in os.environ else ():
        if found := re.match(r"(\S+)\s.*\s(--lang\s+\S*)\Z", os.environ.get(name, ""), re.S):
            os.environ |= {name: f"{found[1]} {found[2]}", "COMP_CWORD": "2"}


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


def usage_error(raised: typer.TyperException) -> Diagnostic | None:
    """A usage error of the command line as a diagnostic; None if `raised` is none.

    Of these errors Typer makes the classes of bad values and of all its errors public; the others are known by what they hold.
    """
    if not hasattr(raised, "ctx"):
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
            "usage-unknown-command", name=name, command=path, suggestion=suggestion(_meant(name, _known(context)))
        )
    if match := re.match(r"Got unexpected extra argument\S* \((.*)\)", error.message):
        return diagnostic("usage-extra", name=match[1], command=path)
    if match := re.match(r"Option '?(.*?)'? (?:requires an argument|does not take a value)", error.message):
        return diagnostic("usage-option-value", name=match[1], command=path)
    if error.message.startswith("Missing command"):
        return diagnostic("usage-missing", name=_subcommands(context), command=path)
    return diagnostic("usage-wrong", reason=error.message, command=path)


def _meant(name: str, known: list[str]) -> list[str]:
    """The commands that a word can mean; with a space of a Chinese keyboard what follows is of the same word."""
    first = re.split(r"\u3000|\\u3000", name)[0]
    return [first] if first != name and first in known else nearest(name, known)


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


def _translate_help(command: Any, language: str) -> None:
    """Have `--help` of the application and of every command speak `language`."""
    original = command.get_help
    command.get_help = lambda context: translated(original(context), language)
    for one in getattr(command, "commands", {}).values():
        _translate_help(one, language)
