"""The standard that a data file names, also with a slip of the keyboard in its name."""

from __future__ import annotations

import re
import unicodedata

from generator.diagnostics import Failure, InvalidStandard
from generator.standard import Standard, load_standard
from generator.standard.kinds.mended_values import INVISIBLE, INVISIBLE_CHARACTER

_UNSEEN = f"[{INVISIBLE}]*"
_NAMED = re.compile(
    rf"""^(?P<head>[ \t]*+(?:\{{[ \t]*+)?["'“]?{_UNSEEN}(?:标准|standard){_UNSEEN}["'”]?\s*[:：]\s*)(?P<name>[^\n#,，}}]+)""",
    re.MULTILINE,
)
_QUOTES = "\"'“”‘’「」"
_DASHES = re.compile(r"[—–－−‐‑‒―_]+")


def standard_named(text: str) -> Standard | None:
    """The standard that a data file names; None where there is none of that name."""
    found = _NAMED.search(text)
    return _loaded(found["name"].strip().strip(_QUOTES).partition("@")[0]) if found else None


def mended_name(text: str) -> str:
    """The text of a data file with the name of its standard put right, where it names one then and did not before."""
    found = _NAMED.search(text)
    if found is None:
        return text
    typed = found["name"].rstrip()
    name = typed.strip(_QUOTES)
    if _loaded(name.partition("@")[0]) is not None and "@" not in name and name == typed.strip("\"'"):
        return text
    plain = unicodedata.normalize("NFKC", INVISIBLE_CHARACTER.sub("", name)).strip(_QUOTES + "。.;；、 ")
    plain = _DASHES.sub("-", re.sub(r"\s+", "", plain)).lower()
    if plain == typed or _loaded(plain.partition("@")[0]) is None:
        return text
    quoted = typed[0] == typed[-1] and typed[0] in "\"'"
    return (
        text[: found.start("name")]
        + (f"{typed[0]}{plain}{typed[0]}" if quoted else plain)
        + text[found.start("name") + len(typed) :]
    )


def _loaded(name: str) -> Standard | None:
    try:
        return load_standard(name.strip(), exact=False) if name.strip() else None
    except (Failure, InvalidStandard):
        return None
