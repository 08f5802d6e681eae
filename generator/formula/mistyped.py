"""What a Chinese input method puts in place of a formula's characters, and braces that are no tag."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from generator.diagnostics import Text
from generator.diagnostics.wording import formula_reasons as words
from generator.figures.foreign_placeholders import PLACEHOLDER
from generator.formula.formula_faults import Fault
from generator.kept.lazy_patterns import lazy

_WIDE = "（）【】［］｛｝，、：。．“”‘’＂＇＜＞×＊÷／＋－—–−～｜\u3000\xa0"
_SIGNS = {"≤": "<=", "≥": ">=", "≠": "!=", "＝": "==", "％": "/ 100", "！": "not", "&": "and", "!": "not"}
_REPLACEMENTS = {**dict(zip(_WIDE, "()[][]{},,:..\"\"''\"'<>**//+----~|  ", strict=True)), **_SIGNS}
_TOGETHER = {"&&": "and", "||": "or", "<>": "!="}
_TAG = lazy(r"\{\{(?:[^{}\"']|\"[^\"]*\"|'[^']*')*\}\}")
_TOO_MANY = lazy(r"(?<!\{)(?:\{\{\{++(?P<inner>[^{}\n]++)\}\}+|\{\{(?P<own>[^{}\n]++)\}\}\}+)")
_ODD_BRACES = lazy(
    r"[{｛]*｛[{｛]*(?:\s*+[%％#]?\s*+(?:(?P<inner>[^\s{}｛｝][^{}｛｝\n]{0,79}?)[%％#]?\s*+)?[}｝]+)?"
    r"|\{\s*％[^{}\n]*?(?:[%％]\}|\Z)|\{[ \u3000]*(?P<path>[^\W\d]\w*(?:\.\w+)*)[ \u3000]*[}｝]+|\}\}|[}｝]*｝[}｝]*"
)
_HALF = lazy(r"(?<![\w.])[\d.]*+([^\W\d][\w.]*+[ \u3000]*+\}\})")
_TAGGED = lazy(r"\{\{++[^{}]*+\}*+|\{[%#][^{}]*+\}?")
_SIGNED = lazy(r"[$＄«‹]\s*+[^\W\d][\w.]*+\s*+[$＄»›]")
# A name within braces, signs and brackets of any kind that were typed for `{{ }}`. Letters of a statement are none.
_NEARLY = lazy(
    r"[{｛]++[ \u3000]*+(?:[%％#.．。][ \u3000]*+)?"
    r"(?!(?:end)?(?:if|for|set|block|macro|call|filter|raw|with|elif|else|include|import)\b)"
    r"(?P<inner>[^\W\d]\w*+(?:\.\w++|\[[^\]{}\n]*+\])*+)[ \u3000]*+(?:[%％#.．。:：,，;；][ \u3000]*+)?"
    r"(?:[}\])）】%％][ \u3000]?)*?[}｝)）】\]](?:[ \u3000]?[}｝)）】\]])*+"
)


def nearly_a_tag(text: str, offset: int) -> tuple[Text, int] | None:
    """How a reference that begins at a place is written, and where it ends; None where no name stands in such braces."""
    found = _NEARLY.match(text, offset)
    return (words.WRITE_SO.filled(right=f"{{{{ {found['inner']} }}}}"), found.end()) if found else None


def wrong_character(text: str, offset: int) -> Fault:
    """The fault of a character that does not belong into a formula."""
    found = next((pair for pair in _TOGETHER if text.startswith(pair, offset)), text[offset])
    if right := _TOGETHER.get(found) or _REPLACEMENTS.get(found):
        shown = f"“{right}”" if right.strip() else "半角空格"
        shown_en = f"“{right}”" if right.strip() else "an ordinary space"
        hint = words.HALF_WIDTH.filled(shown=shown, shown_en=shown_en)
        if found == "％":
            hint = words.PERCENT_AS_DECIMAL
    else:
        hint = None
    return Fault("formula-character", offset, {"character": found}, hint)


def too_many_braces(text: str, offset: int) -> Fault | None:
    """The fault of a tag in three braces, before it, behind it or around it: `{{{ x }}}`, `{{ x }}}`."""
    found = _TOO_MANY.match(text, offset)
    if found is None:
        return None
    return Fault(
        "text-braces", offset, {"tag": found[0], "right": f"{{{{ {(found['inner'] or found['own']).strip()} }}}}"}
    )


def odd_braces(text: str) -> Iterator[Fault]:
    """Braces that are no tag and would print as they are: `｛｛ x ｝｝`, `{ x }`, `x }}`, `{％ if ％}`."""
    rest = _TAG.sub(lambda tag: "\0" * len(tag[0]), _TOO_MANY.sub(lambda tag: "\0" * len(tag[0]), text))
    if "{{" in rest or "{%" in rest or "{#" in rest:
        return  # told already
    if found := _ODD_BRACES.search(rest):  # of one text the first is enough
        inner = (found["inner"] or found["path"] or "").strip()
        right = f"{{{{ {inner} }}}}" if inner and not re.search("[%％]", found[0]) else "{{ 字段 }}"
        yield Fault("text-braces", found.start(), {"tag": found[0], "right": right})


def placeholders(text: str, known: Container[str]) -> Iterator[Fault]:
    """References as other programs write them, `$年度$`, which would print as they are.

    Args:
        known: the names that there are.
    """
    for found in PLACEHOLDER.finditer(_TAG.sub(lambda tag: "\0" * len(tag[0]), text) if "{{" in text else text):
        if found["inner"].partition(".")[0] in known:
            yield Fault("text-braces", found.start(), {"tag": found[0], "right": f"{{{{ {found['inner']} }}}}"})


def tag_in_fixed(text: str, guides: bool = False) -> str | None:
    """What looks like a tag in a text that is never filled in; None where nothing does.

    Args:
        text: a label, a title, what an empty value prints …
        guides: whether it explains how something is typed, and may show a tag.
    """
    found = _SIGNED.search(text) or (_TOO_MANY if guides else _TAGGED).search(text)
    if not found:
        found = _ODD_BRACES.search(_TAG.sub("", text))
    if found and any(character.isalnum() for character in found[0]):
        return found[0]
    if text.count("}") > text.count("{") and (found := _HALF.search(_TAG.sub("", text))):
        return found[1]
    return None
