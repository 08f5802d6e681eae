"""`generator diff A B`: semantic difference of two documents."""

from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from generator.cli import console
from generator.cli.app import failed, write_anew
from generator.cli.declared import Argument, Commands, Option
from generator.diagnostics.wording import command_help as texts
from generator.diagnostics.wording import command_words as words

if TYPE_CHECKING:
    from generator.compare import Comparison
    from generator.distribution.standard_changes import Change


class DiffLevel(StrEnum):
    """How much of a document is compared."""

    TEXT = "text"
    STRUCTURE = "structure"
    FORMAT = "format"


class Formatting(StrEnum):
    """Which formats of a Word document are compared."""

    EFFECTIVE = "effective"
    LITERAL = "literal"


class Output(StrEnum):
    """How differences are printed."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    MARKDOWN = "markdown"
    GITHUB = "github"
    JUNIT = "junit"


def register(app: Commands, language: str) -> None:
    """Add the command to the application."""
    say = console.in_language(language)

    @app.command(help=say(texts.DIFF))
    def diff(
        a: Annotated[str, Argument(metavar="A", help=say(texts.DIFF_A))],
        b: Annotated[str, Argument(metavar="B", help=say(texts.DIFF_B))],
        level: Annotated[DiffLevel | None, Option("--level", help=say(texts.DIFF_LEVEL))] = None,
        ignore: Annotated[list[str] | None, Option("--ignore", metavar="RULE", help=say(texts.DIFF_IGNORE))] = None,
        tolerance: Annotated[str, Option("--tolerance", metavar="NUMBER", help=say(texts.DIFF_TOLERANCE))] = "",
        rules: Annotated[str, Option("--rules", metavar="FILE", help=say(texts.DIFF_RULES))] = "",
        formatting: Annotated[Formatting | None, Option("--formatting", help=say(texts.DIFF_FORMATTING))] = None,
        tracked: Annotated[str, Option("--tracked", metavar="FILE.docx", help=say(texts.DIFF_TRACKED))] = "",
        marked: Annotated[str, Option("--marked", metavar="FILE.xlsx", help=say(texts.DIFF_MARKED))] = "",
        pages: Annotated[str, Option("--pages", metavar="DIR", help=say(texts.DIFF_PAGES))] = "",
        output_format: Annotated[Output, Option("--format", help=say(texts.FORMAT))] = Output.TEXT,
        summary: Annotated[bool, Option("--summary", help=say(texts.DIFF_SUMMARY))] = False,
        most: Annotated[int | None, Option("--max", metavar="N", min=1, help=say(texts.DIFF_MAX))] = None,
    ) -> int:
        from generator.api import compare

        if (told := _standards(a, b)) is not None and output_format in (Output.TEXT, Output.JSON):
            if output_format is Output.JSON:
                differences = [change.as_json(language) for change in told]
                console.result_json({"differences": differences, "not_compared": []})
            else:
                for change in told:
                    console.result(change.text.in_language(language))
            return 1 if told else 0

        result = compare(
            a,
            b,
            level=level and level.value,
            ignore=ignore or (),
            tolerance=tolerance or None,
            rules=rules or None,
            formatting=formatting and formatting.value,
        )
        if pages:
            result = _with_pages(a, b, pages, result)
        if marked:
            _write_marked(a, b, marked, result, language)
        if tracked:
            _write_tracked(a, b, tracked, level.value if level else "structure", language)
        _print(result, output_format, language, (a, b), summary, most)
        return 1 if result.differences else 0


def _print(
    result: "Comparison", output: Output, language: str, names: tuple[str, str], summary: bool, most: int | None
) -> None:
    from generator.compare import to_github, to_html, to_junit, to_markdown, to_summary
    from generator.compare.difference import json_pieces, text_lines

    limit: dict[str, int] = {} if most is None else {"most": most}
    if output is Output.JSON:
        pieces = json_pieces(result, language)
        while some := "".join(islice(pieces, 1000)):
            console.result(some, end="")
        return
    if output is Output.HTML:
        text = to_html(result, language, names=names)
    elif output is Output.MARKDOWN:
        text = to_markdown(result, names, language, **limit)
    elif output is Output.GITHUB:
        text = to_github(result, names[1], language, **limit)
    elif output is Output.JUNIT:
        text = to_junit(result, names[1], language, **limit)
    elif summary:
        text = to_summary(result, language)
    else:
        lines = text_lines(result, language, most)
        while some := list(islice(lines, 1000)):
            console.result("\n".join(some))
        return
    if text:
        console.result(text.rstrip("\n"))


def _with_pages(a: str, b: str, folder: str, result: "Comparison") -> "Comparison":
    """Compare the images of the pages too."""
    from generator.compare.output_kinds import check_pages
    from generator.compare.page_images import with_pages

    check_pages(a, b, folder)
    return with_pages(result, Path(a), Path(b), Path(folder))


def _write_marked(a: str, b: str, path: str, result: "Comparison", language: str) -> None:
    """Write the workbook with marks."""
    from generator.compare.excel.marked_workbook import marked
    from generator.compare.output_kinds import check_output
    from generator.ooxml.file_endings import EXCEL_ENDINGS

    check_output(a, b, path, EXCEL_ENDINGS)
    write_anew(path, marked(b, result, language), inputs=(a, b), option="--marked")


def _write_tracked(a: str, b: str, path: str, level: str, language: str) -> None:
    """Write the document with revisions; say on stderr what no revision can say."""
    from generator.compare.output_kinds import check_output
    from generator.compare.word.tracked_document import tracked, untracked
    from generator.ooxml.file_endings import WORD_ENDINGS

    check_output(a, b, path, WORD_ENDINGS)
    content = tracked(a, b)
    write_anew(path, content, inputs=(a, b), option="--tracked")
    left = untracked(a, content, level).differences
    if left:
        console.say(console.in_language(language)(words.NOT_TRACKED, count=len(left)))
        for difference in left[:20]:
            console.say("  " + difference.text.in_language(language))


def _standards(a: str, b: str) -> "list[Change] | None":
    """The changes between two standards, by name or file; None where these are documents or data files."""
    from generator.standard.library import find_standard, states_standard, version_of

    def known(name: str) -> bool:
        path = Path(name)
        if path.exists() or "/" in name or "\\" in name:
            return path.is_file() and states_standard(path)
        return find_standard(*name.partition("@")[::2]) is not None

    if not known(a) or not known(b):
        return None
    from generator.distribution.standard_changes import standard_changes
    from generator.standard import load_standard
    from generator.standard.load import install_hint

    sides = [load_standard(name) for name in (a, b)]
    for name, found in zip((a, b), sides, strict=True):
        bare, _, version = name.partition("@")
        if not Path(name).exists() and version and version_of(version) != version_of(found.version):
            raise failed(
                "standard-not-found", hint=install_hint(bare, version), name=name
            )  # not one that serves it: it would be compared with itself
    return standard_changes(*sides)
