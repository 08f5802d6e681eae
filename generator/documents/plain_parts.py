"""Paragraphs and cells of parts that are written plainly, read by patterns: a quarter of the time that a parser takes.

Office programs and this one write no comments, no CDATA and no `>` but at the end of a tag, and bind each namespace once.
Of such parts patterns read what a parser reads; of any other these functions give None, and a parser is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.kept.lazy_patterns import lazy

_BINDING = lazy(rb"""xmlns(?::([\w.-]+))?\s*=\s*["']([^"']*)["']""")
_DECLARATION = lazy(
    rb"""<\?xml\s+version=["']1\.0["'](?:\s+encoding=["'][Uu][Tt][Ff]-8["'])?(?:\s+standalone=["']\w+["'])?\s*\?>"""
)
_WORD = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REFERENCE = lazy(r"&(#x[0-9A-Fa-f]+|#[0-9]+|\w+);")
_END = b"<w:t>\0</w:t>"  # no character of XML stands for the end of a paragraph
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}

_TEXT = lazy(rb"<w:t(?:\s[^>]*)?>([^<]*)</w:t>")

_CELL = lazy(r'<c r="([A-Z]+[0-9]+)"([^>]*)(?:/>|(?<!/)>(.*?)</c>)', re.DOTALL)
_TYPE = lazy(r'\st="(\w+)"')
_FORMULA = lazy(r"<f(\s[^>]*)?(?:/>|>([^<]*)</f>)")
_SHARED = lazy(r'\ssi="(\w+)"')
_VALUE = lazy(r"<v(?:\s[^>]*)?>([^<]*)</v>")
_INLINE = lazy(r"<t(?:\s[^>]*)?>([^<]*)</t>")

Said = Callable[[str, str], str | None]
Formula = Callable[[str, str, str | None], str]


def plain_paragraphs(data: bytes) -> list[str] | None:
    """The paragraphs of a Word part that say something, without white space; None where a parser must read them.

    Args:
        data: a part without text boxes, twins of theirs, and fields.
    """
    if not _is_plain(data, b"w", _WORD) or b"</w:p " in data or b"</w:t " in data:
        return None
    ends = data.count(b"</w:p>")
    found = _TEXT.findall(
        data.replace(b"</w:p>", _END)
    )  # a pattern that begins with plain characters is looked for fast
    if len(found) != data.count(b"</w:t>") + ends:
        return None
    pieces = _text(b"".join(found).decode())
    return [line for paragraph in pieces.split("\0") if (line := "".join(paragraph.split()))]


def plain_cells(data: bytes, said: Said, inline: Callable[[str], str | None], formula: Formula) -> list[str] | None:
    """The cells of a sheet that say something: `B4 12.0`, `C4 =SUM(C1:C3)`; None where a parser must read them.

    Args:
        data: the sheet's part.
        said: what a value says, by its kind (`t`) and its text.
        inline: what a cell's own text says.
        formula: what a formula says, by its text, its cell, and its group if it is shared.
    """
    if not _is_plain(data, b"", _SHEET) or b"<rPh" in data:
        return None
    cells, lines = _CELL.findall(data.decode()), []
    if len(cells) != data.count(b"<c ") + data.count(b"<c>") + data.count(b"<c/>"):
        return None
    for place, attributes, content in cells:
        if not content:
            continue
        if found := _FORMULA.search(content):
            shared = _SHARED.search(found[1]) if found[1] and 't="shared"' in found[1] else None
            lines.append(f"{place} ={formula(_text(found[2] or ''), place, shared[1] if shared else None)}")
            continue
        of_type = _TYPE.search(attributes)
        if of_type is not None and of_type[1] == "inlineStr":
            if "<r>" in content and ("</t><r>" in content or "</r><t" in content):
                return None
            line = inline(_text("".join(_INLINE.findall(content))))
        else:
            value = _VALUE.search(content)
            line = said(of_type[1] if of_type else "n", _text(value[1]) if value else "")
        if line is not None:
            lines.append(f"{place} {line}")
    return lines


def _is_plain(data: bytes, prefix: bytes, namespace: bytes) -> bool:
    if data.count(b"<") != data.count(b">") or b"<!" in data:
        return False
    declaration = _DECLARATION.match(data)
    if (b"<?" in data) if declaration is None else data.find(b"<?", declaration.end()) >= 0:
        return False
    bound = _BINDING.findall(data)
    return (prefix, namespace) in bound and all((name == prefix) == (uri == namespace) for name, uri in bound)


def _text(text: str) -> str:
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(reference: re.Match[str]) -> str:
    name = reference[1]
    if name.startswith("#"):
        return chr(int(name[2:], 16) if name[1] == "x" else int(name[1:]))
    return _NAMED[name]
