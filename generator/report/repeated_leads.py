"""Texts that begin with the words behind which they are printed: `主要原因是主要原因是…`.

A field that is called by what it holds (`增减的主要原因`, `接待费的用途`) is printed in the middle of a sentence, behind these
words; in a cell of its own, whose head is called otherwise (`扣分原因`), the same words are no slip.
"""

from __future__ import annotations

from generator.kept.lazy_patterns import lazy

_CALLED = lazy(r"(?:主要|的)(?:原因)\Z|(?:的用途|使用方向)\Z")
_REASON = lazy(r"(?:(?<!\s)\s++|)((?:究其|其)?(?:主要)?原因(?:主要)?(?:就?是|为|在于|有|如下|[：:])[：:]?)")
_USE = lazy(r"(?:(?<!\s)\s++|)(主要(?:用于|用途(?:是|为|[：:])))")


def is_called_by_lead(label: str) -> bool:
    """Whether a field is called by what stands before its text where that is printed."""
    return _CALLED.search(label) is not None


def may_repeat_lead(text: str) -> bool:
    """Whether such words may stand at the beginning of a text."""
    return "原因" in text[:8] or "主要用" in text[:8]


def repeated_lead(label: str, text: str) -> tuple[int, str] | None:
    """Where a text repeats what stands before it, and the words.

    Args:
        label: of its field.
        text: as it is printed.
    """
    if not may_repeat_lead(text):
        return None
    called = _CALLED.search(label)
    if called is None:
        return None
    found = (_REASON if called[0].endswith("原因") else _USE).match(text)
    return (found.start(1), found[1]) if found else None
