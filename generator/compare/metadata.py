"""Document properties and the parts that nobody reads, alike in documents and workbooks."""

from __future__ import annotations

import contextlib
import hashlib
import re

from generator.compare.canonical import tree
from generator.compare.package_facts import Parts, text_of
from generator.diagnostics import InvalidDocument
from generator.documents.stamp import PREFIX as STAMP
from generator.ooxml.package import local, parse_xml

# Traces of saving: who and when, not what. They differ whenever a file is saved again.
_TRACES = frozenset(("created", "modified", "lastPrinted", "revision", "lastModifiedBy", "language"))
# Where Word keeps the sensitivity label of a session (MS-OFFCRYPTO 2.6): it says nothing of the document.
_LABELS = re.compile(r"^docMetadata/")
_APPLICATION = frozenset(("Company", "Manager", "HyperlinkBase"))


def read_properties(parts: Parts) -> tuple[dict[str, str], dict[str, str]]:
    """The properties of the document and, apart, the traces of its saving."""
    found: dict[str, str] = {}
    traces: dict[str, str] = {}
    for kind, wanted in (("core-properties", None), ("extended-properties", _APPLICATION)):
        if part := parts.one("", kind):
            for element in parts.xml(part):
                name = local(element)
                if name and (wanted is None or name in wanted) and (text := text_of(element)):
                    (traces if name in _TRACES else found)[name] = text
    if part := parts.one("", "custom-properties"):
        for element in parts.xml(part):
            # the stamp tells what a document was made from, which differs with every data file: `verify` reads it
            if (name := element.get("name")) and not name.startswith(STAMP):
                found[name] = text_of(element)
    return found, traces


def rest_digests(parts: Parts) -> dict[str, str]:
    """The parts that nothing has read, by name; XML without prefixes and attribute order, all else by bytes.

    A picture that only parts refer to which were read, and that none of them shows, is a leftover of editing.
    """
    found: dict[str, str] = {}
    for part in parts.rest():
        if ("/media/" in part and parts.is_orphan(part)) or _LABELS.search(part):
            continue
        if part in parts.unchanged:
            stored = parts.package.members[part]
            found[part] = f"crc32:{stored.crc:08x}:{stored.size}"
            continue
        data = parts.bytes(part)
        if part.endswith((".xml", ".vml")):
            with contextlib.suppress(InvalidDocument):  # an unknown part may be anything: it is compared as it is
                data = repr(tree(parse_xml(data, parts.package.name, part, remarks=False))).encode()
        found[part] = hashlib.sha256(data).hexdigest()
    return found
