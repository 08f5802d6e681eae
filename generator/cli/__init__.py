"""The command line: one file per command; the only room that prints."""

from __future__ import annotations

import os
import sys
from itertools import pairwise, zip_longest

from generator.cli.ready_pages import ready_page

TYPE_CHECKING = False  # `typing` takes 5 ms to import
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import NoReturn

_LANGUAGES = ("zh", "en")  # those of generator.diagnostics, which `--help` does without


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 no error, 1 errors in what was examined, 2 the work could not be done."""
    sys.exit(run(list(sys.argv[1:] if arguments is None else arguments)))


def leave() -> NoReturn:
    """`main` as the whole of a process: once all is written, the process ends without being torn down piece by piece.

    Freeing what was imported takes a fifth of a short command. Where a thread still works, something measures or traces the
    process, or the output cannot be flushed, it ends the ordinary way.
    """
    code = run(sys.argv[1:], whole=True)
    if (patterns := sys.modules.get("generator.kept.kept_patterns")) is not None:
        from contextlib import suppress

        with suppress(KeyboardInterrupt):
            patterns.keep()
    threading = sys.modules.get("threading")  # without it there are no threads
    if (threading is None or threading.active_count() == 1) and not _watched():
        try:
            for stream in (sys.stdout, sys.stderr):
                if stream is not None:
                    stream.flush()
        except (OSError, ValueError):
            sys.exit(code)
        os._exit(code)
    sys.exit(code)


def _watched() -> bool:
    """Whether something measures or traces this process, and has to be told of its end."""
    monitoring = getattr(sys, "monitoring", None)  # from Python 3.12 on
    return bool(
        sys.gettrace() or sys.getprofile() or (monitoring and any(monitoring.get_tool(number) for number in range(6)))
    )


def run(arguments: list[str], *, whole: bool = False) -> int:
    """Run the command line; the exit code.

    Args:
        arguments: what was typed behind the program's name.
        whole: whether the process is there for nothing else.
    """
    _use_utf8()
    if _answered(arguments):
        return 0
    import gc

    if whole:
        from generator.kept.light_imports import import_lightly

        import_lightly()
    os.environ.setdefault("TYPER_USE_RICH", "0")  # rich costs 90 ms at every start and would box the messages
    gc.set_threshold(100_000, 20, 20)  # imports and models live to the end; looking for cycles among them costs 40 ms
    from generator.cli.app import refuse
    from generator.cli.console import begin
    from generator.cli.invocation import invoke
    from generator.kept.cache_folder import use_none, use_own_folder
    from generator.ooxml.limits import runs_apart

    arguments, quiet = _without(arguments, "--quiet")
    begin(quiet=quiet, for_programs=_asked_format(arguments))
    arguments, afresh = _without(arguments, "--no-cache")
    (use_none if afresh else use_own_folder)()
    if whole:
        from generator.kept.kept_patterns import serve_imports

        serve_imports()
    _end_on_signals()
    twice = next((option for option in ("--lang", "--limits") if _count(arguments, option) > 1), None)
    arguments, language = _language(arguments)
    if twice is not None:
        return refuse("usage-repeated", language, name=twice, command="generator")
    if (wrong := _value_of(arguments, "--lang")) is not None:
        from generator.diagnostics.wording.usage_words import NO_CHOICE

        if not wrong:
            return refuse("usage-option-value", language, name="--lang", command="generator")
        reason = NO_CHOICE.filled(value=wrong, choices=", ".join(_LANGUAGES))
        return refuse("usage-bad-value", language, name="--lang", reason=reason, command="generator")
    _name_the_shell(arguments)
    arguments, wrong = _without_dash(arguments)
    if wrong is not None:
        from generator.diagnostics.wording.usage_words import NO_STANDARD_OUTPUT

        return refuse("usage-bad-value", language, name="-o", reason=NO_STANDARD_OUTPUT, command=f"generator {wrong}")
    if wrong := _without_value(arguments):
        return refuse("usage-option-value", language, name=wrong, command=f"generator {_command(arguments)}".strip())
    if "" in arguments:
        from generator.diagnostics.wording.usage_words import EMPTY

        return refuse("usage-wrong", language, reason=EMPTY, command=f"generator {_command(arguments)}".strip())
    asked = "--isolated" in arguments
    stated = _count(arguments, "--limits")
    arguments, wrong = _limits(arguments)
    if wrong is not None:
        return _refuse_bound(wrong, language, option=stated > 0)
    if asked and not runs_apart():
        return _run_apart(arguments, language, quiet=quiet)
    return invoke(arguments, language)


def _refuse_bound(entry: str, language: str, *, option: bool) -> int:
    """Tell of an entry of `--limits`, or of the environment variable, that names no bound."""
    from generator.cli.app import refuse
    from generator.diagnostics.wording.bounds_words import NO_BOUND
    from generator.kept.light_classes import field_names
    from generator.ooxml.limits import VARIABLE, Limits

    reason = NO_BOUND.filled(entry=entry, names=", ".join(field_names(Limits)))
    name = "--limits" if option else VARIABLE
    return refuse("usage-bad-value", language, name=name, reason=reason, command="generator")


def _run_apart(arguments: list[str], language: str, *, quiet: bool) -> int:
    """Run a command with `--isolated`: those that read in a process of its own, renders start theirs themselves."""
    from generator.cli.app import carry_out, refuse
    from generator.cli.examined_apart import READING, RENDERING, examine_apart
    from generator.cli.invocation import invoke

    command = _command(arguments)
    if command in READING:
        return carry_out(lambda: examine_apart(arguments, language, quiet=quiet), language)
    if command in RENDERING:
        return invoke(arguments, language)
    from generator.diagnostics.wording.bounds_words import NOT_APART

    return refuse("usage-bad-value", language, name="--isolated", reason=NOT_APART, command=f"generator {command}")


def _use_utf8() -> None:
    """UTF-8 on any console: the text of a report is Chinese, whatever the code page."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _answered(arguments: list[str]) -> bool:
    """Whether the command line asked for a page that lies ready, and it is printed; a stdout that takes no more is told later."""
    page = ready_page(*_language(arguments))
    if page is None:
        return False
    try:
        print(page, end="", flush=True)
    except OSError:
        return False
    return True


def _end_on_signals() -> None:
    """Let a request to end be an interruption, so that half-written files are removed."""
    import signal
    import threading

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is threading.main_thread():
        for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
            if (number := getattr(signal, name, None)) is not None and signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, interrupt)


def _before_dashes(arguments: list[str]) -> list[str]:
    """The words among which options stand: those before `--`."""
    return arguments[: arguments.index("--")] if "--" in arguments else arguments


def _command(words: list[str]) -> str:
    """The command that is typed; "" if none is."""
    return next((word for word in words if not word.startswith("-")), "")


def _taken(arguments: list[str], take: Callable[[str, str], int]) -> list[str]:
    """The arguments without what is taken out of them: `take` says of a word, and what follows, how many words that is."""
    rest: list[str] = []
    position = 0
    while position < len(arguments) and (word := arguments[position]) != "--":
        count = take(word, arguments[position + 1] if position + 1 < len(arguments) else "")
        if not count:
            rest.append(word)
        position += count or 1
    return rest + arguments[position:]


def _without(arguments: list[str], option: str) -> tuple[list[str], bool]:
    """Take an option of all commands out of the arguments, wherever it stands."""
    rest = _taken(arguments, lambda word, _: word == option)
    return rest, len(rest) < len(arguments)


def _count(arguments: list[str], option: str) -> int:
    """How often an option of all commands that has a value is typed."""
    return sum(word == option or word.startswith(f"{option}=") for word in _before_dashes(arguments))


def _value_of(arguments: list[str], option: str) -> str | None:
    """What is typed behind an option of all commands; None where it is not there."""
    ours = _before_dashes(arguments)
    for word, following in zip_longest(ours, ours[1:], fillvalue=""):
        if word == option:
            return following
        if word.startswith(f"{option}="):
            return word[len(option) + 1 :]
    return None


def _asked_format(arguments: list[str]) -> str:
    """The format for programs that the command line asks for, be the rest of it right or wrong."""
    asked = _value_of(arguments, "--format") or ""
    return asked if asked in ("json", "github", "sarif") else ""


def _name_the_shell(arguments: list[str]) -> None:
    """Let a shell be named behind `--show-completion`: Typer takes the one around it by itself, and passes over the name."""
    for option, value in pairwise(arguments):
        if option in ("--show-completion", "--install-completion") and not value.startswith("-"):
            os.environ["_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION"] = "1"


def _without_dash(arguments: list[str]) -> tuple[list[str], str | None]:
    """The arguments without `-o -`, where a command prints what it would write; the command that cannot."""
    command = _command(ours := _before_dashes(arguments))
    for position, word in enumerate(ours):
        apart = word in ("-o", "--output") and arguments[position + 1 : position + 2] == ["-"]
        if apart or word in ("-o-", "--output=-"):
            rest = arguments[:position] + arguments[position + 1 + apart :]
            return rest, None if command in ("new", "schema") else command
    return arguments, None


def _without_value(arguments: list[str]) -> str | None:
    """The option whose value is empty, as that of a shell's variable is which nobody set: it would be passed over."""
    ours = _before_dashes(arguments)
    apart = (option for option, value in pairwise(ours) if not value and option.startswith("-"))
    return next(apart, None) or next((word[:-1] for word in ours if word.startswith("--") and word.endswith("=")), None)


def _limits(arguments: list[str]) -> tuple[list[str], str | None]:
    """Take `--limits`, `--isolated` and `--allow-macros` out of the arguments and let them hold for this process and those that it starts; what is wrong
    with the first, or with the environment variable."""
    from generator.ooxml.limits import VARIABLE, allow_macros, parse_limits

    def take(word: str, following: str) -> int:
        if word == "--limits" and following:
            os.environ[VARIABLE] = following
            return 2
        if word.startswith("--limits="):
            os.environ[VARIABLE] = word.removeprefix("--limits=")
        elif word in ("--isolated", "--no-isolated"):
            os.environ["GENERATOR_ISOLATED"] = "1" if word == "--isolated" else "0"
        elif word == "--allow-macros":
            allow_macros()
        else:
            return 0
        return 1

    rest = _taken(arguments, take)
    try:
        parse_limits(os.environ.get(VARIABLE, ""))
    except ValueError as fault:
        del os.environ[VARIABLE]  # what is told is within bounds, too
        return rest, str(fault)
    return rest, None


def _language(arguments: list[str]) -> tuple[list[str], str]:
    """Take `--lang` out of the arguments, wherever it stands, for the help itself is in that language.

    A wrong value stays where it is: the command line then refuses it.
    """
    language = os.environ.get("GENERATOR_LANG", "zh")[:2].lower()
    if language not in _LANGUAGES:
        language = "zh"

    def take(word: str, following: str) -> int:
        nonlocal language
        value = following if word == "--lang" else word.removeprefix("--lang=") if word.startswith("--lang=") else ""
        if value not in _LANGUAGES:
            return 0
        language = value
        return 2 if word == "--lang" else 1

    return _taken(arguments, take), language
