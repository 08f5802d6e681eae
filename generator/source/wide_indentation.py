"""Lines indented by tabs or by spaces of another width, as they were meant: one such habit runs through a file.

A wide space is two columns on the screen and one key on the keyboard. Whichever of the two lets more lines stand where their
neighbours let them is what was meant.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from generator.kept.lazy_patterns import lazy
from generator.source.mended_copy import indent_of
from generator.source.yaml_slips import NO_WIDTH, ODD_SPACES, opens_block, slip_of

_INDENT = lazy(rf"[ \t{ODD_SPACES}]*")
_OPENS = lazy(r":\s*(?:#.*)?$")
_ANY = 1_000  # deeper than any line stands


def mended_habit(lines: Sequence[str], code: str) -> Iterator[dict[int, str]]:
    """The lines that show a habit of indentation, mended, by their number, the likeliest way first: then each as the line
    beside it that begins alike. The text of a block scalar is left alone.

    Args:
        lines: of the file.
        code: of the habit, `yaml-tab` or `odd-indentation`.
    """
    by_width, misfits = _mended(lines, code, wide=2)
    if not misfits or code == "yaml-tab":  # a tab is no key that is pressed for each column
        yield by_width
    else:
        by_key, fewer = _mended(lines, code, wide=1)
        yield by_key if fewer < misfits else by_width
    yield {number: _as_beside(lines, number, shown, by_width) for number, shown in by_width.items()}


def _as_beside(lines: Sequence[str], number: int, shown: str, slips: Collection[int]) -> str:
    """A line at the indentation of the nearest line before or behind it that begins with a dash as it does, or as it with none."""
    rest = shown.lstrip(" ")
    for beside in (*range(number - 1, 0, -1), *range(number + 1, len(lines) + 1)):
        other = lines[beside - 1]
        content = other.lstrip(" ")
        if content.strip() and not content.startswith("#") and beside not in slips:
            if content.startswith("- ") == rest.startswith("- "):
                return " " * indent_of(other) + rest
            if beside > number:
                break
    return shown


def _mended(lines: Sequence[str], code: str, wide: int) -> tuple[dict[int, str], int]:
    """The lines mended with a wide space of so many columns, and how many lines then stand where none can."""
    found: dict[int, str] = {}
    levels, deepest = [0], 0  # that are open above a line; how deep the line may stand
    block = inner = -1  # the indentation of the line whose text in block style is open, and of that text
    misfits = 0
    for number, shown in enumerate(lines, 1):
        if not shown.strip():
            continue
        spaces = indent_of(shown)
        if not block < spaces or block < 0:
            slip = slip_of(shown, "", "")
            if slip is not None and slip.code == code:
                indent = _INDENT.match(shown).group()  # type: ignore[union-attr]  it matches anywhere
                spaces = sum(wide if one == "\u3000" else 2 if one == "\t" else one not in NO_WIDTH for one in indent)
                shown = found[number] = " " * spaces + shown[len(indent) :]
        if 0 <= block < spaces:  # its text may stand deeper, but not less deep than its first line
            misfits += spaces < inner
            inner = spaces if inner < 0 else inner
            continue
        block, inner = spaces if opens_block(shown) else -1, -1
        if not shown.lstrip().startswith("#"):
            misfits += spaces not in levels and not levels[-1] < spaces <= deepest
            levels, deepest = _opened(shown, [level for level in levels if level < spaces])
    return found, misfits


def _opened(shown: str, above: list[int]) -> tuple[list[int], int]:
    """The levels at which the next line may stand, and how deep: where a line ends in a colon, as deep as it likes."""
    spaces = indent_of(shown)
    levels, rest = [*above, spaces], shown[spaces:]
    while rest.startswith("- "):
        behind = rest[1:].lstrip(" ")
        spaces += len(rest) - len(behind)
        levels, rest = [*levels, spaces], behind
    return levels, _ANY if _OPENS.search(rest) else spaces
