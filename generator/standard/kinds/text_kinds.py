"""Texts: one line, paragraphs, a telephone number, one of several choices."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from generator.diagnostics.suggest import asked
from generator.diagnostics.wording import value_words as words
from generator.figures import Paragraphs
from generator.formula import TEXT, Type
from generator.kept.lazy_patterns import lazy
from generator.standard.kinds.kind import BadValue, FormCell, Kind
from generator.standard.kinds.meant_values import choice_meant, without_quotes
from generator.standard.kinds.mended_values import mended_choice, mended_word
from generator.standard.model import Field

MAX_TEXT = 100_000
_PHONE = lazy(r"[0-9+()（）*\-—、/；;,，转 xX]{5,60}\Z")
_NUMBER_ALONE = lazy(
    r"\s*+(?:(?:联系|办公)?电话|手机号?码?|座机|号码|[Tt]el\.?)?\s*+:?\s*+([0-9+(][0-9+()*\- ]{4,58})\Z"
)
_CONTROL = lazy("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
SCALAR = ["string", "number", "boolean", "null"]  # what YAML may make of a text


def paragraphs(field: Field, text: str) -> Paragraphs:
    """The lines of a text that hold something, as paragraphs; Markdown, whose lines mean something together, as one."""
    if field.markdown:
        return Paragraphs((text.strip("\n"),) if text.strip() else ())
    return Paragraphs(line.strip() for line in text.split("\n") if line.strip())


def check_text(text: str) -> str:
    """The text without outer white space.

    Raises:
        BadValue: it is too long, or holds characters that no document can carry.
    """
    if len(text) > MAX_TEXT:
        raise BadValue("value-too-long", length=len(text), limit=MAX_TEXT)
    if not text.isprintable() and (match := _CONTROL.search(text)):
        raise BadValue("value-control-character", character=f"U+{ord(match[0]):04X}", position=match.start() + 1)
    return text.strip()


def _within_bounds(field: Field) -> Callable[[str], str]:
    """What makes the text without outer white space of a text that a document can carry and that is as long as its field wants."""
    most = field.maximum if isinstance(field.maximum, Decimal) else None
    least = field.minimum if isinstance(field.minimum, Decimal) else None
    if most is None and least is None:
        return check_text

    def checked(text: str) -> str:
        stripped = check_text(text)
        if most is not None and len(stripped) > most:
            raise BadValue("value-text-length", length=len(stripped), limit=most)
        if least is not None and len(stripped) < least:
            raise BadValue("value-text-short", length=len(stripped), limit=least)
        return stripped

    return checked


def _phone(text: str) -> str:
    if not _PHONE.match(text):
        inner = without_quotes(text)
        hint = words.NO_QUOTES.filled(text=inner) if inner and _PHONE.match(inner) else None
        plain = unicodedata.normalize("NFKC", text)
        if (found := _NUMBER_ALONE.match(plain)) and _PHONE.match(found[1]):
            hint = words.NUMBER_ALONE.filled(text=found[1])
        raise BadValue("value-not-phone", hint, text=text[:40])
    return text


def _choice(field: Field, text: str) -> str:
    if text not in field.choices:
        from generator.standard.standard_faults import meant

        said = choice_meant(text, tuple(field.choices))
        hint = asked([said]) if said else meant(text, list(field.choices))
        raise BadValue("value-not-choice", hint, text=text[:40])
    return text


def _read_by(made: Callable[[Field, str], Any]) -> Callable[[Field], Callable[[str], Any]]:
    """The reader that makes a value from a text that a document can carry."""

    def reader(field: Field) -> Callable[[str], Any]:
        checked = _within_bounds(field)
        return lambda text: made(field, checked(text))

    return reader


def _schema(field: Field) -> dict[str, Any]:
    return {"type": list(SCALAR)}


TEXT_KINDS = (
    Kind(
        "text",
        lambda field: words.TEXT_MARKDOWN if field.markdown else words.TEXT,
        lambda field: TEXT,
        _within_bounds,
        _schema,
        lambda field: str,
        comment=lambda field: words.SAID_ELSEWHERE,
        cell=FormCell("text", told=lambda field: None),
        prose=True,
    ),
    Kind(
        "paragraphs",
        lambda field: words.PARAGRAPHS_MARKDOWN if field.markdown else words.PARAGRAPHS,
        lambda field: Type("paragraphs"),
        _read_by(paragraphs),
        lambda field: {"type": [*SCALAR, "array"], "items": {"type": SCALAR}},
        lambda field: Paragraphs,
        comment=lambda field: words.MAY_HAVE_PARAGRAPHS,
        cell=FormCell("text", told=lambda field: words.CELL_OF_PARAGRAPHS),
        prose=True,
        lines=True,
    ),
    Kind(
        "phone",
        lambda field: words.PHONE,
        lambda field: TEXT,
        _read_by(lambda field, text: _phone(text)),
        _schema,
        lambda field: str,
        mended=mended_word,
        cell=FormCell(told=lambda field: words.CELL_OF_PHONE),
        telephone=True,
    ),
    Kind(
        "choice",
        lambda field: words.CHOICE.filled(zh="、".join(field.choices), en=", ".join(field.choices)),
        lambda field: TEXT,
        _read_by(_choice),
        lambda field: {"enum": [*field.choices, None]},
        lambda field: str,
        mended=mended_choice,
        cell=FormCell("choice", told=lambda field: words.CELL_OF_CHOICE),
        chosen=True,
    ),
)
