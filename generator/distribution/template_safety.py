"""What a template must not bring to another's machine: macros, links that programs follow on opening, embedded programs."""

from __future__ import annotations

from generator.diagnostics import Diagnostic, Invalid, Location
from generator.diagnostics.catalogue import diagnostic
from generator.ooxml.active_content import Active, active_content
from generator.ooxml.package import open_package

_PROGRAMS = frozenset(("macro", "macro-call", "activex", "ole", "dde"))
# told where a template is used, for its own author knows them; refused where it travels
_HARMLESS = frozenset(("file-link", "custom-ui", "alt-chunk"))


def template_faults(name: str, content: bytes, file: str) -> list[Diagnostic]:
    """Why a template cannot be sent out or installed; nothing where it can. Macros are refused also where they are allowed.

    Args:
        name: the template within the library.
        content: its bytes.
        file: what findings call the package or library that holds it.
    """
    try:
        acting = [one for one in active_content(open_package(content)) if one.kind not in _HARMLESS]
    except Invalid as refusal:
        return [found.at(file=f"{file}/{name}") for found in refusal.diagnostics]
    where = Location(file=file or None)
    programs = [one for one in acting if one.kind in _PROGRAMS]
    links = list(dict.fromkeys(_shown(one) for one in acting if one.kind not in _PROGRAMS))
    found = [diagnostic("distribution-macro", where, part=name, inside=_shown(one)) for one in programs[:1]]
    return found + [diagnostic("distribution-external-link", where, part=name, target=link) for link in links[:3]]


def _shown(one: Active) -> str:
    return one.detail[:120] or one.part
