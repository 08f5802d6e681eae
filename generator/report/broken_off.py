"""Texts that stop in the middle of a sentence: a comma at the end, `交办的`, a paragraph of sentences without its last full stop."""

from __future__ import annotations

from generator.kept.lazy_patterns import lazy

PHRASE, _SENTENCE = 8, 12  # letters of a text that can break off, and of one that can be a sentence
_FINAL = frozenset("。！？…”’》）)】!?.%％：:")
_STOPPED = frozenset("，、的和与及并量步断照绕于了")  # the last letters of what follows
_LETTER = lazy(r"[\u4e00-\u9fff]")
_STOPS = lazy(  # 是扎实的, 目的, 平和, 参与, 合并: those end
    r"[，、]\Z|(?:(?<!目)(?<!是.)(?<!是..)(?<!是...)(?<!是....)的|(?<![平温总调缓和谐祥柔饱之共])和|(?<![参赋给])与|以及"
    r"|(?<![合兼吞归])并|尽量|进一步|不断|按照|围绕|由于|为了)\Z"
)


def ends_open(text: str) -> bool:
    """Whether a text or one of its lines may end without a sign that ends a sentence."""
    return len(text) >= PHRASE and (text[-1] not in _FINAL or "\n" in text)


def broken_off(text: str, paragraphs: bool, alone: bool) -> tuple[int, str] | None:
    """Where the first paragraph that breaks off ends, and its last words; None where none does.

    Args:
        text: as it prints.
        paragraphs: whether each of its lines is a paragraph.
        alone: whether it stands in a list of which all texts but one end with a full stop.
    """
    start = 0
    for line in text.split("\n") if paragraphs else [text]:
        words = line.rstrip()
        if len(words) >= PHRASE and words[-1] not in _FINAL:
            sentences = paragraphs and "。" in words and _LETTER.match(words[-1])
            stops = words[-1] in _STOPPED and _STOPS.search(words[-PHRASE:])
            if stops or (len(words) >= _SENTENCE and (alone or sentences)):
                return start + len(words), "…" + words[-_SENTENCE:].split("\n")[-1]
        start += len(line) + 1
    return None
