"""The command line: one file per command; the only room that prints."""

import gc
import os
import sys
from collections.abc import Sequence

from generator.diagnostics import LANGUAGES


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 no error, 1 errors in what was examined, 2 the work could not be done."""
    sys.exit(run(list(sys.argv[1:] if arguments is None else arguments)))


def run(arguments: list[str]) -> int:
    """Run the command line; the exit code."""
    os.environ.setdefault("TYPER_USE_RICH", "0")  # rich costs 90 ms at every start and would box the messages
    gc.set_threshold(100_000, 20, 20)  # imports and models live to the end; looking for cycles among them costs 40 ms
    from generator.cli.app import invoke
    from generator.cli.console import use_utf8

    use_utf8()
    arguments, language = _language(arguments)
    return invoke(arguments, language)


def _language(arguments: list[str]) -> tuple[list[str], str]:
    """Take `--lang` out of the arguments, wherever it stands, for the help itself is in that language.

    A wrong value stays where it is: the command line then refuses it.
    """
    language = os.environ.get("GENERATOR_LANG", "zh")[:2].lower()
    if language not in LANGUAGES:
        language = "zh"
    rest: list[str] = []
    position = 0
    while position < len(arguments):
        word = arguments[position]
        if word == "--":
            return rest + arguments[position:], language
        if word == "--lang" and arguments[position + 1 : position + 2] and arguments[position + 1] in LANGUAGES:
            language = arguments[position + 1]
            position += 2
            continue
        if word.startswith("--lang=") and word.removeprefix("--lang=") in LANGUAGES:
            language = word.removeprefix("--lang=")
        else:
            rest.append(word)
        position += 1
    return rest, language
