"""What several commands take: data files or folders, the output format, the words of help."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path

from generator.cli.app import failed
from generator.diagnostics import Text

DATA_SUFFIXES = (".yaml", ".yml", ".json")


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"


class FindingFormat(StrEnum):
    """How the findings of `check` and `lint` are printed: for people, for programs, as annotations of GitHub, as SARIF."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


def in_language(language: str) -> Callable[[str, str], str]:
    """A function that takes a Chinese and an English wording and gives the one of `language`."""
    return lambda zh, en: Text(zh, en).in_language(language)


def data_files(names: Sequence[str]) -> list[str]:
    """The data files that the names on the command line stand for: a folder is every data file and form in it, by name.

    Raises:
        Failure: a folder holds no data file.
    """
    from generator.source import holds_form

    files: list[str] = []
    for name in names:
        if not Path(name).is_dir():
            files.append(name)
            continue
        found = sorted(
            path
            for path in Path(name).iterdir()
            if not path.name.startswith((".", "~$")) and (path.suffix.lower() in DATA_SUFFIXES or holds_form(path))
        )
        if not found:
            raise failed("no-data-files", name=name)
        files += [str(path) for path in found]
    return files
