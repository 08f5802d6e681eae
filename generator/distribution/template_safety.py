"""What a template must not bring to another's machine: macros, links that programs follow on opening, embedded programs."""

from __future__ import annotations

import re

from generator.diagnostics import Diagnostic, Invalid, Location
from generator.diagnostics.catalogue import diagnostic
from generator.ooxml.active_content import active_findings
from generator.ooxml.package import CONTENT_TYPES, Package, open_package
from generator.ooxml.relationships import TYPES, read_relationships

_INSTRUCTION = re.compile(r"<w:instrText[^>]*>([^<]*)|\bw:instr=\"([^\"]*)")
_LOADING = re.compile(r"\b(?:DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|LINK)\s+\S+")

SUFFIXES = (".docx", ".xlsx", ".docm", ".xlsm", ".dotx", ".xltx", ".dotm", ".xltm")
_HARMLESS = frozenset(("hyperlink",))  # followed only when somebody clicks on it
_PROGRAMS = ("vbaproject", "vbadata", "activex", "macrosheet", "dialogsheet", "oleobject", "ddelink")


def template_faults(name: str, content: bytes, file: str) -> list[Diagnostic]:
    """Why a template cannot be sent out or installed; nothing where it can.

    Args:
        name: the template within the library.
        content: its bytes.
        file: what findings call the package or library that holds it.
    """
    where = Location(file=file or None)
    try:
        package = open_package(content)
        links = _external_links(package)
        programs = _programs(package)
    except Invalid as refusal:
        return [found.at(file=f"{file}/{name}") for found in refusal.diagnostics]
    found = [diagnostic("distribution-macro", where, part=name, inside=inside) for inside in programs[:1]]
    found += [diagnostic("distribution-external-link", where, part=name, target=target[:120]) for target in links[:3]]
    if not found:  # what only the scan of all documents knows: formulas and links that run something
        found += [one.at(file=f"{file}/{name}") for one in active_findings(package, refused_only=True)]
    return found


def _programs(package: Package) -> list[str]:
    """The parts of a package that hold programs, by their content type or name."""
    found = []
    for item in package.xml(CONTENT_TYPES).iter(f"{{{TYPES}}}Override", f"{{{TYPES}}}Default"):
        kind = item.get("ContentType", "").lower()
        if "macroenabled" in kind or any(word in kind.replace("-", "") for word in _PROGRAMS):
            name = item.get("PartName") or f".{item.get('Extension', '')}"
            if item.get("PartName") or any(member.endswith(name) for member in package.members):
                found.append(name)
    found += [name for name in package.members if any(word in name.lower() for word in _PROGRAMS)]
    return found


def _external_links(package: Package) -> list[str]:
    """The targets outside the package that a program loads by itself."""
    found = []
    for member in package.members:
        folder, slash, links = member.rpartition("_rels/")
        if not slash or not links.endswith(".rels"):
            continue
        owner = folder + links.removesuffix(".rels")
        for kind, target, external in read_relationships(package, owner).values():
            if external and kind.rpartition("/")[2] not in _HARMLESS:
                found.append(target)
    for member in package.members:
        if member == "xl/connections.xml":
            found.append(member)
        elif member.startswith("word/") and member.endswith(".xml"):
            instructions = " ".join(
                "".join(match) for match in _INSTRUCTION.findall(package.read(member).decode("utf-8", "replace"))
            )
            found += [match[0].strip() for match in _LOADING.finditer(instructions)]
    return found
