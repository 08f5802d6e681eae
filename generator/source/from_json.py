"""JSON (RFC 8259) with positions; after a slip that can be understood reading goes on.

The standard library's `json` tells no positions and no maintained library on PyPI keeps them with duplicate keys and
unconverted numbers; the escapes are read by the standard library's own scanner.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from json.decoder import scanstring  # pyright: ignore[reportAttributeAccessIssue]  its stubs leave it out
from typing import Any

from generator.diagnostics import Diagnostic, Text
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording import source_hints as lacking
from generator.diagnostics.wording import value_words as words
from generator.kept.lazy_patterns import lazy
from generator.source.double_keys import Doubles
from generator.source.nodes import (
    KEPT,
    MAX_DEPTH,
    MAX_PIECE,
    MAX_TEXT,
    NUMBER,
    QUOTED,
    SHORT,
    List,
    Map,
    Node,
    Source,
    Written,
    locate,
    stands,
)
from generator.source.yaml_slips import ODD_SPACES, code_point
from generator.source.yaml_traps import CONTROL

_SPACE = lazy(r"[ \t\n]*")
_PLAIN = lazy(r'"([^"\\\n]*)"')
_NUMBER = lazy(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![\w.+-])")
_PARTED = lazy(r"(?:,[0-9]+(?:\.[0-9]+)?)+(?=\s*[,}\n])")
_WORD = lazy(r"[^\s,:\[\]{}\"，：｛｝【】［］]+")
_ODD = lazy(f"[{ODD_SPACES}]+")
NARROW = {wide: wide - 0xFEE0 for wide in map(ord, "０１２３４５６７８９．－＋，")}  # signs of numbers, one for one
WIDE_BRACKETS = {"｛": "{", "｝": "}", "【": "[", "】": "]", "［": "[", "］": "]"}
_COMMENT = lazy(r"//[^\n]*|#[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_YAML = lazy(r"(?:[ \t]*(?:#[^\n]*)?\n)*+(?P<key>[^\W\d]\w*[:：](?:[ \n]|\Z))")  # names without quotes, at the margin
_ODD_QUOTES = {"'": "'", "“": "”", "”": "”", "‘": "’", "＂": "＂", "„": "“"}
_ESCAPE = lazy(r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|(?P<bad>\\u.{0,4}|\\.)')
_SURROGATE = lazy("[\ud800-\udfff]")


class _Stop(Exception):
    """The rest cannot be understood; the finding is written down."""


class _Reader:
    """One pass over a JSON text: the place it stands at, and what it found."""

    def __init__(self, page: Source):
        self.page = page
        self.text = page.text
        self.at = 0
        self.line, self.start, self.end = 0, 0, 0  # the line asked for last, its start and that of the next
        self.findings: list[Diagnostic] = []
        self.doubles = Doubles()
        self.wide: set[int] = set()  # where wide brackets were seen
        self.told: set[str] = set()  # of them
        self.wide_pairs = 0  # that are open: whose other half is the same slip
        self.known: dict[str, str] = {}  # texts that stand more than once are kept once

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character; most often it stands in the line of the one asked for before, or in the next."""
        if self.start <= offset < self.end:
            return self.line, offset - self.start + 1
        line = self.line + 1
        start, end = self.end, (self.text.find("\n", self.end) + 1) or len(self.text) + 1
        if not start <= offset < end:
            line, column = self.page.place(offset)
            start = offset - column + 1
            end = (self.text.find("\n", offset) + 1) or len(self.text) + 1
        self.line, self.start, self.end = line, start, end
        return line, offset - start + 1

    def tell(self, code: str, offset: int, **arguments: Any) -> None:
        self.findings.append(diagnostic(code, locate(self.page, self.place(offset)), spelling="json", **arguments))

    def stop(self, expected: Text) -> _Stop:
        self.tell("json-syntax", min(self.at, max(len(self.text.rstrip()), 0)), expected=expected)
        return _Stop()

    def space(self) -> str:
        """Pass over white space and comments; the character behind, "" at the end."""
        text = self.text
        while True:
            self.at = _SPACE.match(text, self.at).end()  # type: ignore[union-attr]  it matches anywhere
            character = text[self.at : self.at + 1]
            comment = _COMMENT.match(text, self.at) if character and character in "/#" else None
            if comment is not None:
                self.tell("json-comment", self.at)
                self.at = comment.end()
            elif character > "\x7f" and (odd := _ODD.match(text, self.at)):
                if character not in self.told:  # a habit, as wide brackets are
                    self.told.add(character)
                    self.tell("json-odd-space", self.at, character=code_point(character))
                self.at = odd.end()
            else:
                return self.bracket(character) if character in WIDE_BRACKETS else character

    def bracket(self, character: str) -> str:
        """The bracket that a wide one stands for; told once of each kind, for it is a habit, and once for a pair."""
        meant = WIDE_BRACKETS[character]
        if self.at not in self.wide:
            self.wide.add(self.at)
            closes = meant in "}]" and self.wide_pairs > 0
            self.wide_pairs += -1 if closes else meant in "{["
            if not closes and character not in self.told:
                self.told.add(character)
                self.tell("json-bracket", self.at, shown=character, meant=meant)
        return meant

    def value(self, depth: int) -> Node:
        character = self.space()
        if character == '"' and (plain := _PLAIN.match(self.text, self.at)) and plain.end() - self.at <= MAX_PIECE:
            (start, end), self.at = plain.span(1), plain.end()
            if end - start > MAX_TEXT:
                self.tell("text-too-long", start - 1, length=end - start, limit=MAX_TEXT)
            return stands(self.page, start, end - start, QUOTED)
        number = _NUMBER.match(self.text, self.at)
        if number and number.end() - self.at <= MAX_PIECE:
            start, self.at = self.at, number.end()
            return stands(self.page, start, self.at - start, NUMBER)
        line, column = self.place(self.at)
        if character == '"':
            return Written(self.string(), line, column, "quoted")
        if character == "{" or character == "[":
            if depth == MAX_DEPTH:
                self.tell("source-too-deep", self.at, limit=MAX_DEPTH)
                raise _Stop
            return self.mapping(line, column, depth) if character == "{" else self.list(line, column, depth)
        if number:
            self.at = number.end()
            return Written(number[0], line, column, "json-number")
        if character in _ODD_QUOTES:
            return Written(self.odd_string(character), line, column, "quoted")
        word = _WORD.match(self.text, self.at)
        if word is None:
            raise self.stop(lacking.A_VALUE)
        if word[0] not in ("true", "false", "null"):
            plain = word[0].translate(NARROW)
            number = re.match(r"[-+]?\.?[0-9]", plain)
            hint = words.HALF_WIDTH.filled(text=plain) if number and plain != word[0] else None
            self.tell("json-bad-number" if number else "json-not-a-value", self.at, shown=word[0][:40], hint=hint)
        self.at = word.end()
        return Written(word[0], line, column, "json-word")

    def string(self) -> str:
        """A text, from its opening quote on."""
        start = self.at
        plain = _PLAIN.match(self.text, start)
        if plain:
            self.at = plain.end()
            words = self.once(plain[1])
        else:
            words = self.escaped(start)
            wrong = _SURROGATE.search(words)
            if wrong:
                self.tell("lone-surrogate", start, character=f"U+{ord(wrong[0]):04X}")
            wrong = CONTROL.search(words)
            if wrong:
                self.tell("control-character", start, character=f"U+{ord(wrong[0]):04X}")
        if len(words) > MAX_TEXT:
            self.tell("text-too-long", start, length=len(words), limit=MAX_TEXT)
        return words

    def once(self, words: str) -> str:
        """The same text, as one object if it is short."""
        if len(words) > SHORT:
            return words
        if len(self.known) < KEPT:
            return self.known.setdefault(words, words)
        return self.known.get(words, words)

    def escaped(self, start: int) -> str:
        try:
            words, self.at = scanstring(self.text, start + 1, True)
        except json.JSONDecodeError:
            pass
        else:
            return words
        found = re.compile(r'"(?:[^"\\\n]|\\[^\n])*"').match(self.text, start)
        if found is None:
            self.tell("json-unclosed-text", start)
            raise _Stop
        bad = next((each for each in _ESCAPE.finditer(found[0]) if each["bad"]), None)
        if bad:
            self.tell("json-bad-escape", start + bad.start(), shown=bad["bad"])
        else:
            self.tell("json-unclosed-text", start)
        self.at = found.end()
        return ""

    def odd_string(self, quote: str) -> str:
        self.tell("json-quote", self.at, shown=quote)
        end = re.compile(f'[{_ODD_QUOTES[quote]}"\n]').search(self.text, self.at + 1)
        if end is None or end[0] == "\n":
            raise _Stop
        words = self.text[self.at + 1 : end.start()]
        self.at = end.end()
        return words

    def key(self, character: str) -> str:
        if character == '"':
            return self.string()
        if character in _ODD_QUOTES:
            return self.odd_string(character)
        word = _WORD.match(self.text, self.at)
        if word is None:
            raise self.stop(lacking.A_NAME)
        self.tell("json-not-a-value", self.at, shown=word[0][:40])
        self.at = word.end()
        return word[0]

    def mapping(self, line: int, column: int, depth: int) -> Map:
        result = Map(line, column)
        result.begin()
        self.at += 1
        character = self.space()
        while character != "}":
            if not character:
                raise self.stop(lacking.CLOSING_BRACE)
            at = self.at
            key = self.key(character)
            if key in result:
                self.doubles.tell(self.page, result, key, self.place(at), self.findings)
            else:
                result.add_key(key, *self.place(at))
            character = self.space()
            if character == "：":
                self.tell("fullwidth-colon", self.at, key=key)
            elif character != ":":
                raise self.stop(lacking.A_COLON)
            self.at += 1
            begun = self.at
            result[key] = self.value(depth + 1)
            self.parted_number(begun)
            character = self.behind("}")
        result.end()
        self.at += 1
        return result

    def parted_number(self, begun: int) -> None:
        """`1,234.5` and `160,44` as a value: digits cannot begin the next name, so the comma is the number's."""
        found = _PARTED.match(self.text, self.at) if self.text[self.at - 1 : self.at].isdigit() else None
        if found is None:
            return
        self.at = found.end()
        typed = self.text[begun : self.at].strip()
        groups = all(len(group.split(".")[0]) == 3 for group in found[0][1:].split(","))
        plain = typed.replace(",", "" if groups else ".")
        hint = (words.SEPARATORS if groups else words.POINT_MEANT).filled(text=plain)
        self.tell("json-bad-number", begun + len(self.text[begun : self.at]) - len(typed), shown=typed, hint=hint)

    def list(self, line: int, column: int, depth: int) -> List:
        result = List(line, column)
        self.at += 1
        character = self.space()
        while character != "]":
            if not character:
                raise self.stop(lacking.CLOSING_BRACKET)
            result.append(self.value(depth + 1))
            character = self.behind("]")
        self.at += 1
        return result

    def behind(self, closing: str) -> str:
        """Pass over the comma behind an item; the character that begins the next one, or `closing`."""
        begin = self.at
        character = self.space()
        if character == closing:
            return character
        comma = self.at
        if character == "," or character == "，":
            if character == "，":
                self.tell("fullwidth-comma", comma)
            self.at += 1
            character = self.space()
            if character == closing:
                self.tell("json-trailing-comma", comma)
            return character
        if character and (character in '"{[' or character in _ODD_QUOTES):
            if "," in self.text[begin:comma]:  # a comment, which is told, has swallowed it
                return character
            self.tell("json-missing-comma", comma)
            return character
        raise self.stop(lacking.COMMA_OR.filled(closing=closing))


def plain_brackets(page: Source) -> str:
    """The text with every wide bracket as the one that it stands for, as far as it can be read; within texts they stay."""
    reader = _Reader(page)
    with suppress(_Stop):
        if reader.space():
            reader.value(0)
    letters = list(page.text)
    for at in reader.wide:
        letters[at] = WIDE_BRACKETS[letters[at]]
    return "".join(letters)


def read_json(page: Source) -> tuple[Node | None, list[Diagnostic]]:
    """Values and findings of a JSON text; the values are None where it could not be read to its end.

    Args:
        page: name and text of the file.
    """
    reader = _Reader(page)
    yaml = _YAML.match(page.text)
    if yaml is not None:
        reader.tell("json-syntax", yaml.start("key"), expected=lacking.AN_OBJECT, hint=lacking.YAML_IN_JSON)
        return None, reader.findings
    try:
        if not reader.space():
            return None, reader.findings
        root = reader.value(0)
        if reader.space():
            reader.tell("json-text-after", reader.at)
    except _Stop:
        return None, reader.findings
    return root, reader.findings
