"""The main part of a Word document or template: which kinds are opened, and what makes a document of a template."""

from __future__ import annotations

from generator.diagnostics import InvalidTemplate, Location
from generator.diagnostics.catalogue import diagnostic
from generator.ooxml.package import CONTENT_TYPES, Package
from generator.ooxml.relationships import content_type_of, main_document
from generator.word.compile.compiled_story import WORD

_DOCUMENT, _TEMPLATE = WORD + "document.main+xml", WORD + "template.main+xml"
_MACRO_DOCUMENT = "application/vnd.ms-word.document.macroEnabled.main+xml"
_MACRO_TEMPLATE = "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"


def main_part(package: Package, *, macros: bool) -> str:
    """The main document of a package, of one with macros if they are allowed.

    Raises:
        InvalidTemplate: it is no Word document, or one with macros.
    """
    main = main_document(package)
    type_ = content_type_of(package)(main) if main in package else ""
    if type_ in (_DOCUMENT, _TEMPLATE) or (macros and type_ in (_MACRO_DOCUMENT, _MACRO_TEMPLATE)):
        return main
    name, where = package.name or "(bytes)", Location(file=package.name or None)
    if "macroEnabled" in type_ and "word" in type_:
        raise InvalidTemplate([diagnostic("word-macros", where, name=name)])
    raise InvalidTemplate([diagnostic("template-wrong-kind", where, name=name, wanted="Word")])


def as_document(package: Package) -> dict[str, bytes]:
    """What makes a document of a `.dotx` or `.dotm`: its content type."""
    types = package.read(CONTENT_TYPES)
    changed = types.replace(_TEMPLATE.encode(), _DOCUMENT.encode())
    changed = changed.replace(_MACRO_TEMPLATE.encode(), _MACRO_DOCUMENT.encode())
    return {} if changed == types else {CONTENT_TYPES: changed}
