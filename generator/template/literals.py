"""Long texts of a template in its compiled code.

Jinja writes what stands between tags into a Python source, where a letter of Chinese takes twelve characters and each character four
bytes. Python then reads it again. Here a long text stands in the source by its number, and takes its place among the constants of
the compiled code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import CodeType
from typing import Any

from generator.kept.lazy_patterns import lazy

_LONG = 200  # characters
_MARK = lazy(r"\x00(%%?)(\d+)\x00")
_MARK_OF_BYTES = lazy(_MARK.pattern.encode())


def placed(text: str, literals: list[str]) -> str:
    """What stands for a text in the source: a long one's number among the literals.

    Args:
        text: of a template, which holds no NUL.
        literals: takes long ones.
    """
    if len(text) < _LONG:
        return text
    literals.append(text)
    return f"\0%{len(literals) - 1}\0"  # a format doubles the sign, and its literals'


def with_literals(code: CodeType, literals: Sequence[str]) -> CodeType:
    """The code with its literals."""
    return _filled(code, literals) if literals else code


def _filled(code: CodeType, literals: Sequence[str]) -> CodeType:
    def text(match: re.Match[str]) -> str:
        return literals[int(match[2])]

    def content(match: re.Match[bytes]) -> bytes:
        found = literals[int(match[2])].encode()
        return found.replace(b"%", b"%%") if match[1] == b"%%" else found

    def constant(value: Any) -> Any:
        if isinstance(value, bytes):
            return _MARK_OF_BYTES.sub(content, value) if b"\0%" in value else value
        if isinstance(value, str):
            return _MARK.sub(text, value) if "\0%" in value else value
        if isinstance(value, tuple):
            return tuple(map(constant, value))
        return _filled(value, literals) if isinstance(value, CodeType) else value

    return code.replace(co_consts=tuple(map(constant, code.co_consts)))
