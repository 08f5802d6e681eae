"""Texts that differ by numbers alone which grow evenly: what three rows of a formula tell of all between."""

from __future__ import annotations

from generator.kept.lazy_patterns import lazy

# a text with `%d` for numbers that grow; each of the first and its step
Growing = tuple[str, tuple[tuple[int, int], ...]]

_NUMBERS = lazy(r"([0-9]+)")
_WRITTEN_SO = lazy(r"0|[1-9][0-9]{0,14}")  # as `%d` writes it again


def growing(first: str, other: str, apart: int) -> Growing | None:
    """What two texts have alike, of which the second is the one `apart` behind the first; None where more than numbers differs."""
    if first == other:
        return first.replace("%", "%%"), ()
    pieces, others = _NUMBERS.split(first), _NUMBERS.split(other)
    if len(pieces) != len(others) or pieces[::2] != others[::2]:
        return None
    wording: list[str] = []
    numbers: list[tuple[int, int]] = []
    for piece, following in zip(pieces, others, strict=True):
        if piece == following:
            wording.append(piece.replace("%", "%%"))
            continue
        if not (_WRITTEN_SO.fullmatch(piece) and _WRITTEN_SO.fullmatch(following)):
            return None
        step, rest = divmod(int(following) - int(piece), apart)
        if rest:
            return None
        wording.append("%d")
        numbers.append((int(piece), step))
    return "".join(wording), tuple(numbers)


def grown(growing: Growing, by: int) -> str:
    """The text that stands `by` behind the first."""
    return growing[0] % tuple([number + step * by for number, step in growing[1]])
