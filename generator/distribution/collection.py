"""Many departments' data files, gathered: each examined on its own, one bad file a row and never an end."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from decimal import Decimal
from pathlib import Path

from generator.batch.cluster_patience import NoWorkers, reason_of
from generator.batch.workers import by_executor, by_processes, carried, width
from generator.diagnostics import Diagnostic, Location
from generator.diagnostics.catalogue import diagnostic
from generator.distribution.submission import Submission, submission
from generator.distribution.summary_columns import Column, Value, summary_columns
from generator.distribution.units_list import same_unit
from generator.figures import round_half_up
from generator.kept.light_classes import dataclass, field, replace
from generator.standard import Standard, load_standard
from generator.standard.identity import standard_digest, standard_reference

_CHUNK = 16  # files that a worker takes at once
_FEWEST = 20  # below, workers cost more than they bring


@dataclass(frozen=True, slots=True)
class Collection:
    """What the departments handed in.

    Args:
        standard: `shifeng-2020@1.0.0`; `title`, `issuer`, `digest` of it.
        columns: of the summary.
        submissions: by file, in the order of the list of units where there is one, else as given.
        missing: units of the list that handed nothing in.
        extra: names that are not on the list.
        listed: how many units the list has; None without a list.
    """

    standard: str
    title: str
    issuer: str
    digest: str
    columns: tuple[Column, ...]
    submissions: tuple[Submission, ...]
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    listed: int | None = None
    totals: tuple[Value, ...] = field(default=())
    averages: tuple[Value, ...] = field(default=())

    @property
    def handed_in(self) -> tuple[Submission, ...]:
        """Those whose file is there, whatever is wrong with it."""
        return tuple(one for one in self.submissions if one.state != "absent")

    @property
    def good(self) -> tuple[Submission, ...]:
        """Those whose figures are in the totals: the reports without errors."""
        return tuple(one for one in self.submissions if not one.errors)

    @property
    def grades(self) -> dict[str, int]:
        """How many departments have each grade, in the order in which the grades come up by score."""
        at = next((index for index, column in enumerate(self.columns) if column.grade), None)
        if at is None:
            return {}
        found: dict[str, int] = {}
        for one in self.good:
            if (grade := one.values[at]) is not None:
                found[str(grade)] = found.get(str(grade), 0) + 1
        return found


def collect(
    name: str,
    files: Sequence[str],
    *,
    units: Sequence[str] | None = None,
    workers: int = 1,
    used: frozenset[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
    executor: Executor | None = None,
) -> Collection:
    """Examine data files by a standard and sum them up.

    Args:
        name: the standard's name or path.
        files: the data files.
        units: the departments that are to hand in.
        workers: processes; 1 is this one; 0 as many as there are processors, where there are enough files.
        used: the names that the bureau's template uses of a report.
        progress: called with how many are done, of how many.
        executor: who examines them instead of this machine's processes; the caller shuts it down.

    Raises:
        InvalidStandard, Failure: the standard cannot be used.
    """
    standard = load_standard(name)
    found: list[Submission] = []
    processes = workers or (os.cpu_count() or 1)
    here = executor is None
    for one in _examined(name, standard, files, processes, used) if here else _examined_by(executor, name, files, used):
        found.append(one)
        if progress:
            progress(len(found), len(files))
    found = _with_duplicates(found)
    missing, extra, ordered = _against(units, found)
    columns = summary_columns(standard)
    totals, averages = _sums(columns, ordered)
    return Collection(
        standard_reference(standard),
        standard.title,
        standard.issuer,
        standard_digest(standard),
        columns,
        tuple(ordered),
        missing,
        extra,
        None if units is None else len(units),
        totals,
        averages,
    )


def _examined(
    name: str, standard: Standard, files: Sequence[str], workers: int, used: frozenset[str] | None
) -> Iterator[Submission]:
    """Each file's submission in the order of the files; several go to a worker at once, for one costs less than its way."""
    if workers < 2 or len(files) < _FEWEST:
        for file in files:
            yield submission(file, standard, used)
        return
    size = max(1, min(_CHUNK, len(files) // (4 * workers)))
    chunks = [(name, used, part) for part in _parts([(file, None) for file in files], size)]
    for found in by_processes(_in_worker, chunks, min(workers, len(chunks)), _lost, _OF_WORKERS):
        yield from found


_OF_WORKERS = ("generator.report",)  # imported before the processes are copied, once for all
_File = tuple[str, bytes | None]  # its path as typed, and its content where the worker may not see it
_Chunk = tuple[str, frozenset[str] | None, tuple[_File, ...]]


def _parts(files: Sequence[_File], size: int) -> list[tuple[_File, ...]]:
    return [tuple(files[start : start + size]) for start in range(0, len(files), size)]


def _examined_by(
    executor: Executor, name: str, files: Sequence[str], used: frozenset[str] | None
) -> Iterator[Submission]:
    """The same by somebody's executor; what it gave up with others is tried alone."""
    size = max(1, min(_CHUNK, len(files) // (4 * width(executor))))
    parts = ([(file, carried(file)) for file, _ in part] for part in _parts([(file, None) for file in files], size))
    chunks: Iterator[_Chunk] = ((name, used, tuple(part)) for part in parts)

    def alone(chunk: _Chunk, fault: Exception) -> tuple[Submission, ...]:
        single: list[_Chunk] = [(name, used, (file,)) for file in chunk[2]]
        if len(single) == 1 or isinstance(fault, NoWorkers):
            return tuple(one for piece in single for one in _given_up(piece, fault))
        return tuple(one for found in by_executor(executor, _in_worker, single, _given_up) for one in found)

    for found in by_executor(executor, _in_worker, chunks, alone):
        yield from found


def _in_worker(chunk: _Chunk) -> tuple[Submission, ...]:
    """What a worker takes."""
    name, used, files = chunk
    standard = load_standard(name)
    return tuple(submission(file, standard, used, content) for file, content in files)


def _lost(chunk: _Chunk) -> tuple[Submission, ...]:
    """A worker died of one of these files: each is tried alone, and the one that ends it again is told."""
    name, used, files = chunk
    if len(files) != 1:
        alone: list[_Chunk] = [(name, used, (file,)) for file in files]
        return tuple(one for found in by_processes(_in_worker, alone, 1, _lost) for one in found)
    ((file, _),) = files
    return _unread(name, file, diagnostic("worker-died", Location(file=file), name=file))


def _given_up(chunk: _Chunk, fault: Exception) -> tuple[Submission, ...]:
    name, _, ((file, _),) = chunk
    return _unread(name, file, diagnostic("executor-failed", Location(file=file), name=file, reason=reason_of(fault)))


def _unread(name: str, file: str, finding: Diagnostic) -> tuple[Submission, ...]:
    values: tuple[Value, ...] = (None,) * len(summary_columns(load_standard(name)))
    return (Submission(file, Path(file).stem, "unreadable", "", values, 1, 0, (finding,)),)


def _with_duplicates(found: list[Submission]) -> list[Submission]:
    """Two files of one department are told at the later one; its figures are counted, for nobody knows which is meant."""
    first: dict[str, str] = {}
    told = []
    for one in found:
        other = first.setdefault(same_unit(one.name), one.file) if one.name else one.file
        if other != one.file:
            finding = diagnostic("collect-duplicate", Location(file=one.file), name=one.name, other=Path(other).name)
            state = "warnings" if one.state == "sound" else one.state
            one = replace(one, warnings=one.warnings + 1, findings=(*one.findings, finding), state=state)
        told.append(one)
    return told


def _against(
    units: Sequence[str] | None, found: list[Submission]
) -> tuple[tuple[str, ...], tuple[str, ...], list[Submission]]:
    """Who is missing, who is not on the list, and the submissions in the list's order."""
    if units is None:
        return (), (), found
    place = {same_unit(unit): number for number, unit in enumerate(units)}
    given = [one for one in found if one.state != "absent"]
    there = {same_unit(one.name) for one in given}
    missing = tuple(unit for unit in units if same_unit(unit) not in there)
    extra = tuple(dict.fromkeys(one.name for one in given if same_unit(one.name) not in place))
    ordered = sorted(found, key=lambda one: place.get(same_unit(one.name), len(place)))
    return missing, extra, ordered


def _sums(columns: tuple[Column, ...], found: Sequence[Submission]) -> tuple[tuple[Value, ...], tuple[Value, ...]]:
    """Totals of what adds up, and averages of every number, rounded half-up to the column's places; blanks do not count."""
    totals: list[Value] = []
    averages: list[Value] = []
    for index, column in enumerate(columns):
        values = [value for one in found if not one.errors and isinstance(value := one.values[index], Decimal)]
        if column.holds != "number" or not values:
            totals.append(None)
            averages.append(None)
            continue
        total, places = sum(values, Decimal(0)), column.stored_places if column.places else 2
        totals.append(round_half_up(total, column.stored_places) if column.adds_up else None)
        averages.append(round_half_up(total / len(values), places))
    return tuple(totals), tuple(averages)


def all_findings(collection: Collection) -> Iterator[tuple[int, Submission, Diagnostic]]:
    """Every finding with its department and that one's place in the summary, from 0."""
    for number, one in enumerate(collection.submissions):
        for finding in one.findings:
            yield number, one, finding
