"""A standard from another: next year's from this year's, or a region's from a neighbour's. The text is edited, comments stay."""

from __future__ import annotations

import re
from pathlib import Path

from generator.diagnostics import Diagnostic, Failure, Location
from generator.diagnostics.catalogue import diagnostic
from generator.kept.light_classes import dataclass
from generator.ooxml.package import read_bytes, write_together
from generator.ooxml.saving import is_taken
from generator.standard import Section, Standard, load_standard
from generator.standard.kinds import kind_of

_ID = re.compile(r"\w[\w.-]*\Z")
_YEAR = re.compile(r"(?:19|20)\d\d")
_KEEP = ("单位", "填报", "人员")
_LAST = "上年"


@dataclass(frozen=True, slots=True)
class Derived:
    """A new standard: the files that were written, and what a person must see to."""

    files: tuple[Path, ...]
    tasks: tuple[Diagnostic, ...]


def roll(standard: Standard, new_id: str, folder: Path | None = None) -> Derived:
    """Next year's standard from this year's, with `carry` for the data files where it has none.

    Args:
        standard: this year's.
        new_id: next year's name; a year at its end is the new fiscal year, else it is the next one.
        folder: the library that it is written to; by default that of the standard.

    Raises:
        Failure: the name is none or taken, the standard is no YAML, or nothing can be written.
    """
    year = year_of(new_id) or (standard.fiscal_year + 1 if standard.fiscal_year else None)
    return _derive(standard, new_id, folder, year, True)


def from_other(standard: Standard, new_id: str, folder: Path | None = None, issuer: str = "") -> Derived:
    """A standard from another one, to be changed: same fields and templates, a name and version of its own.

    Args:
        standard: the other one.
        new_id: the new name; a year at its end is the fiscal year.
        folder: the library that it is written to.
        issuer: who issues it; the other's where it is not given, which a person then must change.
    """
    return _derive(standard, new_id, folder, year_of(new_id) or standard.fiscal_year, False, issuer)


def check_new(new_id: str, target: Path) -> None:
    """Refuse a name that is none, or that is taken in the library.

    Raises:
        Failure: it is.
    """
    if not _ID.match(new_id):
        raise Failure([diagnostic("standard-bad-id", name=new_id)])
    if is_taken(target):
        raise Failure([diagnostic("output-exists", Location(file=str(target)), name=target)])


def year_of(name: str) -> int | None:
    """The year at the end of a standard's name."""
    found = re.search(r"((?:19|20)\d\d)\Z", name)
    return int(found[1]) if found else None


def _derive(
    standard: Standard, new_id: str, folder: Path | None, year: int | None, rolled: bool, issuer: str = ""
) -> Derived:
    library = folder or standard.library
    target = library / "standards" / f"{new_id}.yaml"
    check_new(new_id, target)
    if standard.path.suffix == ".json":
        raise Failure([diagnostic("derive-not-yaml", Location(file=str(standard.path)), name=standard.path)])
    text = read_bytes(standard.path)[1].decode("utf-8-sig")
    files: dict[Path, bytes] = {}
    for template in standard.templates:
        place = _place(template, standard, new_id)
        text = text.replace(template, place)
        files[library / place] = read_bytes(standard.library / template)[1]
    text = _head(text, "standard", new_id)
    text = _head(text, "version", "1.0.0")
    if year:
        text = _head(text, "fiscal_year", str(year))
    if issuer:
        text = _head(text, "issuer", issuer)
    text = _without(text, "changes")
    if rolled and standard.carry is None:
        text = text.rstrip("\n") + "\n\n" + _carry(standard)
    for path in standard.files[1:]:  # what it includes goes along into another library
        copy = library / "standards" / path.name
        if folder is not None and not copy.exists():
            files[copy] = read_bytes(path)[1]
    taken = [path for path in files if path.exists() and path.parent.name != "standards"]
    if taken:
        raise Failure([diagnostic("output-exists", Location(file=str(taken[0])), name=taken[0])])
    files = {target: text.encode(), **files}
    write_together(files)
    load_standard(target)
    return Derived(tuple(files), tuple(_years_left(text, target, standard.fiscal_year, year)))


def _place(template: str, standard: Standard, new_id: str) -> str:
    """Where the copy of a template goes: named for the new standard, or for its year, else with its name before the old one."""
    if standard.id in template:
        return template.replace(standard.id, new_id)
    old, new = year_of(standard.id), year_of(new_id)
    head, slash, name = template.rpartition("/")
    if old and new and old != new and str(old) in name:
        return f"{head}{slash}{name.replace(str(old), str(new))}"
    return f"{head}{slash}{new_id}-{name}"


def _head(text: str, key: str, value: str) -> str:
    """A key of the file's head with another value; its comment stays."""
    changed, count = re.subn(
        rf"(?m)^({key}\s*:\s*)(\"[^\"]*\"|'[^']*'|[^#\n]*?)(\s+#.*)?$",
        lambda match: f"{match[1]}{value}{match[3] or ''}",
        text,
        count=1,
    )
    if count:
        return changed
    return re.sub(r"(?m)^(standard\s*:.*)$", lambda match: f"{match[1]}\n{key}: {value}", text, count=1)


def _without(text: str, key: str) -> str:
    """The file without a block at its first level."""
    return re.sub(rf"(?m)^{key}\s*:.*\n(?:(?:[ \t-].*)?\n)*", "", text)


def _carry(standard: Standard) -> str:
    """What migrate may take over, guessed by name: 上年… from this year's field; a person goes over it."""
    lines = ["# 下一年的数据从上年带什么（generator migrate）：上年的数取自哪里，哪些照旧；请核对。", "carry:"]
    lines += [f"  {target}: {origin}" for target, origin in last_year_pairs(standard.root)]
    kept = [name for name in _KEEP if name in standard.root.cells]
    lines.append(f"  keep: [{', '.join(kept)}]")
    return "\n".join(lines) + "\n"


def last_year_pairs(section: Section, path: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Pairs of an input called 上年… and the field of this year that it repeats, in the same record."""
    found = []
    for name, cell in section.cells.items():
        if cell.section is not None:
            found += last_year_pairs(cell.section, (*path, name))
        elif name.startswith(_LAST) and cell.origin == "data" and not kind_of(cell.field).year:
            rest = name.removeprefix(_LAST)
            for other in (f"本年{rest}", rest, f"本年{rest}数"):
                if other in section.cells and section.cells[other].field.kind == cell.field.kind:
                    found.append((".".join((*path, name)), ".".join((*path, other))))
                    break
    return found


def _years_left(text: str, target: Path, old: int | None, new: int | None) -> list[Diagnostic]:
    """Where the old year is still written: a person decides whether it moves too."""
    if old is None or old == new:
        return []
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        for match in _YEAR.finditer(line):
            if match[0] == str(old):
                where = Location(str(target), number, match.start() + 1, excerpt=line)
                found.append(diagnostic("roll-old-year", where, year=old))
    return found
