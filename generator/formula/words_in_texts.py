"""Which words of many stand in a text: found once for all conditions that ask for some of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

MAX_TEXTS = 2000  # whose words are remembered


class WordsInTexts(dict[str, frozenset[str]]):
    """By text, those of its words that stand there, found when they are first asked for."""

    def __init__(self, beginning: Mapping[str, tuple[str, ...]] | None = None) -> None:
        super().__init__()
        self._beginning = dict(beginning or {})  # words by their first character

    def __reduce__(self) -> tuple[Any, ...]:
        """Without the texts that it has seen."""
        return type(self), (self._beginning,)

    def take(self, words: Iterable[str]) -> None:
        """Look for these words, too."""
        self.clear()
        for word in words:
            others = self._beginning.get(word[0], ())
            if word not in others:
                self._beginning[word[0]] = (*others, word)

    def __missing__(self, text: str) -> frozenset[str]:
        beginning = self._beginning
        found = frozenset([word for sign in beginning.keys() & text for word in beginning[sign] if word in text])
        if len(self) >= MAX_TEXTS:
            self.clear()
        self[text] = found
        return found
