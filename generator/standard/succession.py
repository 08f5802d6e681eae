"""What becomes of a data file: what next year's takes over (`carry`), what a new version changed (`changes`)."""

from __future__ import annotations

from collections.abc import Mapping

from generator.source import Map, Node, Scalar
from generator.standard.declarations import list_of, mapping_of, scalars_of
from generator.standard.entries import ChangeEntry, Stated, read_entry
from generator.standard.includes import Merged
from generator.standard.model import Carry, Change, Section
from generator.standard.standard_faults import Findings, meant, shape
from generator.standard.versions import version_of

KEEP = "keep"


def read_carry(merged: Merged, root: Section, findings: Findings) -> Carry | None:
    """What next year's data file takes over; None where the standard does not say."""
    source, stated = merged.source, merged.entry.carry
    if stated is None:
        return None
    moved: dict[str, str] = {}
    kept: list[str] = []
    mapping = mapping_of(stated.node, "carry", source, findings)
    for name, node in mapping.items():
        if name == KEEP:
            texts = scalars_of(node, KEEP, source, findings)
            kept = [text.text.strip() for text in texts if _known(text.text.strip(), text, root, merged, findings)]
        elif not isinstance(node, Scalar) or node.is_null:
            findings.add("standard-not-text", source, node, what=name, found=shape(node))
        elif not all(part.isidentifier() for part in node.text.strip().split(".")):
            findings.add("standard-bad-name", source, node, name=node.text.strip())
        elif _known(name, mapping.key_at[name], root, merged, findings):
            moved[name] = node.text.strip()  # a path of last year's standard, which is not at hand
    return Carry(moved, tuple(kept))


def read_changes(merged: Merged, root: Section, findings: Findings) -> tuple[Change, ...]:
    """What each version changed in the data files, oldest first."""
    source, stated = merged.source, merged.entry.changes
    if stated is None:
        return ()
    read: list[tuple[ChangeEntry, Map]] = []
    for item in list_of(stated.node, "changes", source, findings):
        mapping = mapping_of(item, "changes", source, findings)
        if mapping and (entry := read_entry(ChangeEntry, mapping, "changes", source, findings)):
            if version_of(entry.version.text) is None:
                findings.add("standard-bad-version", source, entry.version.node, version=entry.version.text)
                continue
            read.append((entry, mapping))
    read.sort(key=lambda pair: version_of(pair[0].version.text) or ())
    gone: set[str] = set()  # by a later version
    found: list[Change] = []
    for entry, _ in reversed(read):
        change = _change(entry, merged, findings)
        for before, name in change.renamed.items():
            after = ".".join((*before.split(".")[:-1], name))
            if after not in gone:
                assert entry.renamed is not None
                _known(after, entry.renamed.node, root, merged, findings)
        for stated_path in entry.added:
            if stated_path.text.strip() not in gone:
                _known(stated_path.text.strip(), stated_path.node, root, merged, findings)
        gone |= {*change.renamed, *change.removed}
        found.append(change)
    return tuple(reversed(found))


def _change(entry: ChangeEntry, merged: Merged, findings: Findings) -> Change:
    renamed = _texts(entry.renamed, merged, findings)
    added, removed = (tuple(one.text.strip() for one in texts) for texts in (entry.added, entry.removed))
    return Change(entry.version.text.strip(), renamed, added, removed, entry.note.text.strip() if entry.note else "")


def _texts(stated: Stated | None, merged: Merged, findings: Findings) -> Mapping[str, str]:
    """A mapping of texts to names without points."""
    if stated is None:
        return {}
    found = {}
    for name, node in mapping_of(stated.node, "renamed", merged.source, findings).items():
        if not isinstance(node, Scalar) or node.is_null:
            findings.add("standard-not-text", merged.source, node, what=name, found=shape(node))
        elif not node.text.strip().isidentifier():
            findings.add("standard-bad-name", merged.source, node, name=node.text)
        else:
            found[name] = node.text.strip()
    return found


def _known(path: str, at: Node | tuple[int, int], root: Section, merged: Merged, findings: Findings) -> bool:
    """Whether the standard has a field of that path (lists without brackets); tells where it has none."""
    section: Section | None = root
    for name in path.split("."):
        cell = section.cells.get(name) if section else None
        if cell is None:
            known = list(section.cells) if section else []
            findings.add("standard-unknown-path", merged.source, at, meant(name, known), path=path, name=name)
            return False
        section = cell.section
    return True
