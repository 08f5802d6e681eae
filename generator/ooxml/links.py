"""Where a link may lead: pages, mail, a telephone, a place in the document. What runs programs or reads a machine's files
is refused, whoever wrote it."""

from __future__ import annotations

from generator.kept.lazy_patterns import lazy

_SCHEME = lazy(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_SAFE = frozenset(("http", "https", "mailto", "tel", "ftp", "sms"))
_PORT = lazy(
    r"\d{1,5}(?:[/?#]|\Z)"
)  # what follows a host; behind a name without a dot it may be a program: `javascript:1/x`
_UNSEEN = lazy(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]")  # programs skip them before a scheme


def scheme_of(target: str) -> str | None:
    """A link's scheme: one that is safe, "file", "" where it has none; None where it may run something."""
    plain = _UNSEEN.sub("", target)
    if plain.replace("\\", "/").startswith("//"):
        return "file"
    match = _SCHEME.match(plain)
    if match is None:
        return ""
    scheme = match[1].lower()
    if scheme in _SAFE:
        return scheme
    if scheme == "file" or len(scheme) == 1:  # a drive's letter
        return "file"
    if ("." in scheme or scheme == "localhost") and _PORT.match(plain, match.end()):
        return ""
    return None


def is_safe(target: str) -> bool:
    """Whether data may name a link."""
    scheme = scheme_of(target)
    return scheme is not None and scheme != "file"
