"""Text in Markdown: a value that prints with its structure where a document can hold it, as plain text elsewhere.

The Markdown is CommonMark's with tables and `~~` (markdown-it-py, imported on use). HTML in it is text.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from generator.figures.figure import Blank, Paragraphs
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.tree import SyntaxTreeNode

_WIDE = "\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef“”‘’…—"
_BETWEEN_WIDE = lazy(rf"[{_WIDE}]\Z"), lazy(rf"[{_WIDE}]")
_PUNCTUATION = lazy(r"[\\`*_\[\]<>#|~&!]")
_LIST_MARK = lazy(r"(?m)^([^\S\n]*+)(?:([-+=])|(\d{1,9})([.)]))")
_PARSER: list[MarkdownIt] = []
MOST_CHARACTERS = 100_000  # of one text: the parser takes a second or two for them, and looks at no clock


class MarkdownTooLong(ValueError):
    """A text in Markdown is longer than the parser reads; `length` is what it has."""

    def __init__(self, length: int):
        self.length = length
        super().__init__(f"{length} characters of Markdown")


class MarkdownTooDeep(ValueError):
    """A text in Markdown has so many quotations, lists or emphases in one another that it cannot be printed."""

    def __init__(self) -> None:
        super().__init__("Markdown is nested too deep")


@dataclass(frozen=True)
class Markdown:
    """A text in Markdown.

    Args:
        source: as it was written.
        level: of the headings that `#` makes, from 1.
        table: name of the style of its tables; "" the template's.
    """

    source: str
    level: int = 1
    table: str = ""

    @cached_property
    def tree(self) -> SyntaxTreeNode:
        """Its blocks.

        Raises:
            MarkdownTooLong: it is longer than is read.
        """
        if len(self.source) > MOST_CHARACTERS:
            raise MarkdownTooLong(len(self.source))
        from markdown_it.tree import SyntaxTreeNode

        return SyntaxTreeNode(_parser().parse(self.source))

    def __str__(self) -> str:
        try:
            return "\n".join(line for block in self.tree.children for line in _lines(block, ""))
        except RecursionError:
            raise MarkdownTooDeep from None

    def __bool__(self) -> bool:
        return bool(self.source.strip())

    def __len__(self) -> int:
        return len(str(self))


def markdown(value: Any, level: int = 1, table: str = "") -> Any:
    """The filter `markdown`: a text, or text in paragraphs, that prints as Markdown.

    Args:
        value: the text; what has no value stays as it is.
        level: of the headings that `#` makes.
        table: name of the style of its tables.

    Raises:
        TypeError: it is no text, or there is no such level.
    """
    if not isinstance(level, int) or not 1 <= level <= 9:
        raise TypeError(f"not a level of headings: {level}")
    if isinstance(value, Markdown):
        return Markdown(value.source, level, table)
    if isinstance(value, Paragraphs):
        return Markdown("\n\n".join(value), level, table)
    if isinstance(value, str):
        return Markdown(str(value), level, table)
    if value is None or isinstance(value, Blank) or hasattr(value, "_fail_with_undefined_error"):
        return value
    raise TypeError(f"not a text: {type(value).__name__}")


def literal(text: str) -> str:
    """A text as Markdown prints it: nothing in it is a mark."""
    text = _PUNCTUATION.sub(r"\\\g<0>", text)
    return _LIST_MARK.sub(lambda match: f"{match[1]}{match[3] or ''}\\{match[2] or match[4]}", text)


def soft_break(before: str, after: str) -> str:
    """What a line end within a paragraph prints: nothing between Chinese characters, else a blank."""
    ends, begins = _BETWEEN_WIDE
    return "" if ends.search(before[-1:]) or begins.match(after) else " "


def _parser() -> MarkdownIt:
    if not _PARSER:
        from markdown_it import MarkdownIt
        from markdown_it.rules_inline import emphasis, strikethrough

        # what stands deeper than its limit the parser leaves out without a word; what is too deep for Python is told
        made = MarkdownIt("commonmark", {"html": False, "maxNesting": 1_000_000}).enable(["table", "strikethrough"])
        made.validateLink = lambda url: True  # type: ignore[method-assign] # one that is not safe is refused, not printed
        made.inline.ruler.at("emphasis", _beside_wide(emphasis.tokenize))
        made.inline.ruler.at("strikethrough", _beside_wide(strikethrough.tokenize))
        _PARSER.append(made)
    return _PARSER[0]


def _beside_wide(tokenize: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """The reader of a mark, which opens and closes beside Chinese characters and their punctuation too.

    CommonMark finds words by the blanks around them: of `**“四好”**商会` it would print the stars.
    """
    ends, begins = _BETWEEN_WIDE

    def read(state: StateInline, silent: bool) -> bool:
        start, known = state.pos, len(state.delimiters)
        taken = tokenize(state, silent)
        before, after = state.src[max(start - 1, 0) : start], state.src[state.pos : state.pos + 1]
        if ends.search(before) or begins.match(after):
            for mark in state.delimiters[known:]:
                if chr(mark.marker) != "_":
                    mark.open |= bool(after.strip())
                    mark.close |= bool(before.strip())
        return taken

    return read


def _lines(node: SyntaxTreeNode, indent: str) -> list[str]:
    """The lines of a block as plain text."""
    if node.type in ("paragraph", "heading"):
        return [indent + line for line in plain_text(node).split("\n")]
    if node.type in ("fence", "code_block"):
        return [indent + line for line in node.content.rstrip("\n").split("\n")]
    if node.type in ("bullet_list", "ordered_list"):
        found = []
        first = int(node.attrs.get("start", 1))
        for number, item in enumerate(node.children, first):
            mark = f"{number}. " if node.type == "ordered_list" else "• "
            lines = [line for block in item.children for line in _lines(block, "")] or [""]
            found += [indent + mark + lines[0], *(f"{indent}  {line}" for line in lines[1:])]
        return found
    if node.type == "tr":
        return [indent + "\t".join(plain_text(cell) for cell in node.children)]
    return [line for child in node.children for line in _lines(child, indent)]


def plain_text(node: SyntaxTreeNode) -> str:
    """The text of what stands in a line."""
    if node.type in ("text", "code_inline"):
        return node.content
    if node.type == "hardbreak":
        return "\n"
    if node.type == "image":
        return str(node.content)
    made = ""
    for place, child in enumerate(node.children):
        if child.type == "softbreak":
            following = node.children[place + 1 : place + 2]
            made += soft_break(made, plain_text(following[0]) if following else "")
        else:
            made += plain_text(child)
    return made
