"""Golden documents for anybody's tests: the fixture `document_regression`, and folders that are tests without any Python.

    def test_report(document_regression):
        document_regression.check(render(), level="format", ignore=["属性 title"])

    tests/golden/one-indicator-more/data.yaml        what a department fills in
    tests/golden/one-indicator-more/expected.docx    what rendering gives (or the rendered name)
    tests/golden/one-indicator-more/expected.json    findings and values

Every pytest run loads this module: it imports nothing of the package until a test asks for it.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import uuid
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

_CLAIMS = pytest.StashKey[str]()  # the folder where the run notes which check uses which golden
_CHECKED = pytest.StashKey["DocumentRegression"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` accepts what the tests obtained as the new expectation."""
    group = parser.getgroup("generator")
    group.addoption("--update-golden", action="store_true", default=False, help="accept obtained results as golden")
    group.addoption(
        "--update-golden-in-ci",
        action="store_true",
        default=False,
        help="with --update-golden: do so even where the environment variable CI is set",
    )
    group.addoption(
        "--remove-unused",
        action="store_true",
        default=False,
        help="with --update-golden: remove the goldens of a whole run that no check used",
    )


def pytest_configure(config: pytest.Config) -> None:
    """What CI obtains is not looked at by anybody: it accepts nothing unless it is asked to."""
    if _updates(config) and os.environ.get("CI") and not config.getoption("--update-golden-in-ci"):
        raise pytest.UsageError("--update-golden: CI is set; use --update-golden-in-ci as well if this is meant")
    if config.getoption("--remove-unused") and not _updates(config):
        raise pytest.UsageError("--remove-unused goes with --update-golden")
    worker = getattr(config, "workerinput", None)
    claims = Path(tempfile.gettempdir()) / f"generator-golden-{uuid.uuid4().hex}"
    config.stash[_CLAIMS] = worker["generator_claims"] if worker else str(claims)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """The processes of pytest-xdist note their goldens in one place."""
    node.workerinput["generator_claims"] = node.config.stash[_CLAIMS]


def pytest_unconfigure(config: pytest.Config) -> None:
    """What the run noted is needed no longer."""
    if _CLAIMS in config.stash and not hasattr(config, "workerinput"):
        shutil.rmtree(config.stash[_CLAIMS], ignore_errors=True)


def _updates(config: pytest.Config) -> bool:
    return bool(config.getoption("--update-golden"))


class DocumentRegression:
    """Compares documents of one test with their golden ones."""

    def __init__(self, folder: Path, name: str, update: bool, claims: Path, owner: str):
        self.folder = folder
        self.failures: list[str] = []
        self._name = name
        self._update = update
        self._claims = claims
        self._owner = owner
        self._used: dict[Path, int] = {}

    def check(
        self,
        document: Any,
        name: str | None = None,
        *,
        level: str | None = None,
        ignore: Iterable[Any] = (),
        tolerance: Any = None,
        rules: Any = None,
    ) -> None:
        """Compare a Word or Excel document with the golden one by meaning; the test fails with the differences at its end.

        The golden lies in a folder named after the test module, beside it. Where they differ, the obtained document and a page with
        both side by side are written there; `pytest --update-golden` accepts it.

        Args:
            document: path, content, binary file, a document of python-docx, a workbook of openpyxl, or a list of them (those that
                are paths are named after their files).
            name: the golden's name; the test's by default.
            level: `text`, `structure` (the default) or `format`.
            ignore: what to overlook: a place (`表2 第5行`), `pattern:…`, `kind:…`.
            tolerance: numbers closer than this are the same: an amount (0.01) or a share ("0.1%").
            rules: the path of a `diff.yaml` with the same.
        """
        from generator.compare.golden import as_documents, check_golden, golden_path
        from generator.compare.rules import read_rules
        from generator.diagnostics import Invalid

        try:
            settled = read_rules(rules) if rules is not None else None
            for own, content in as_documents(document):
                golden = self._numbered(golden_path(self.folder, own or name or self._name, content))
                message = self._shared(golden) or check_golden(
                    golden, content, self._update, level=level, ignore=ignore, tolerance=tolerance, rules=settled
                )
                if message:
                    self.failures.append(message)
        except Invalid as refusal:
            self.failures.append(str(refusal))

    def _numbered(self, golden: Path) -> Path:
        """The second document of a test that names none has a 2 behind its name."""
        count = self._used[golden] = self._used.get(golden, 0) + 1
        return golden if count == 1 else golden.with_name(f"{golden.stem}_{count}{golden.suffix}")

    def _shared(self, golden: Path) -> str | None:
        """What to tell where another check uses the golden too; each would overwrite what the other accepted."""
        from generator.compare.golden import golden_key, say
        from generator.diagnostics.wording import comparison_terms as terms

        number = sum(self._used.values())
        mine = f"{self._owner}#{number}"
        self._claims.mkdir(parents=True, exist_ok=True)
        note = self._claims / hashlib.sha256(golden_key(golden).encode()).hexdigest()
        try:
            with note.open("x", encoding="utf-8") as file:
                file.write(f"{golden}\n{mine}")
            return None
        except FileExistsError:
            other = note.read_text(encoding="utf-8").partition("\n")[2]
        if other == mine:
            return None
        other = other.rpartition("#")[0]
        return say(terms.SHARED_GOLDEN.filled(golden=golden, other=other, own=self._owner))


def _readable(name: str) -> str:
    """A test's name with the characters that pytest escapes in the ids of parameters."""
    return re.sub(r"\\(?:u([0-9a-f]{4})|U([0-9a-f]{8}))", lambda found: chr(int(found[1] or found[2], 16)), name)


@pytest.fixture
def document_regression(request: pytest.FixtureRequest) -> DocumentRegression:
    """Compares Word and Excel documents with golden ones by meaning: `document_regression.check(path_or_bytes, name=…)`."""
    path = request.path
    made = DocumentRegression(
        path.parent / path.stem,
        _readable(request.node.name),
        _updates(request.config),
        Path(request.config.stash[_CLAIMS]),
        _readable(request.node.nodeid),
    )
    request.node.stash[_CHECKED] = made
    return made


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """All checks of a test that failed are told together, at its end."""
    checked = item.stash.get(_CHECKED, None)
    if checked is not None:
        checked.failures.clear()
    try:
        outcome = yield
    except BaseException:
        if checked is not None and checked.failures:
            item.add_report_section("call", "document_regression", "\n\n".join(checked.failures))
        raise
    checked = item.stash.get(_CHECKED, None)
    if checked is not None and checked.failures:
        pytest.fail("\n\n".join(checked.failures), pytrace=False)
    return outcome


def pytest_terminal_summary(terminalreporter: Any, exitstatus: int, config: pytest.Config) -> None:
    """The goldens beside those that were used, which no check asked for; only a whole run without failures can tell."""
    claims = Path(config.stash[_CLAIMS])
    if not claims.is_dir() or exitstatus or _chosen(terminalreporter, config):
        return
    from generator.compare.golden import golden_key, goldens_in, say
    from generator.diagnostics.wording import comparison_terms as terms

    used = [Path(note.read_text(encoding="utf-8").partition("\n")[0]) for note in claims.iterdir()]
    keys = {golden_key(golden) for golden in used}
    unused = [
        golden
        for folder in sorted({golden.parent for golden in used})
        if folder.is_dir()
        for golden in goldens_in(folder)
        if golden_key(golden) not in keys
    ]
    if not unused:
        return
    remove = _updates(config) and config.getoption("--remove-unused")
    for golden in unused if remove else ():
        golden.unlink()
    terminalreporter.section("golden")
    terminalreporter.line(say(terms.UNUSED_REMOVED if remove else terms.UNUSED))
    for golden in unused:
        terminalreporter.line(f"  {golden}")


def _chosen(terminalreporter: Any, config: pytest.Config) -> bool:
    """Whether only some tests ran: the goldens of the others are not unused."""
    options = config.option
    return bool(
        getattr(options, "keyword", "")
        or getattr(options, "markexpr", "")
        or getattr(options, "lf", False)
        or any("::" in str(argument) for argument in config.args)
        or any(terminalreporter.stats.get(kind) for kind in ("skipped", "deselected", "xfailed"))
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A folder with a data file and expected documents, or an `expected.json`, is a test."""
    if file_path.stem != "data":
        return None
    from generator.compare.golden_cases import DATA, is_case

    found = file_path.name in DATA and is_case(file_path.parent)
    return DataFile.from_parent(parent, path=file_path) if found else None


class DataFile(pytest.File):
    """The data file of a golden case."""

    def collect(self) -> Iterator[pytest.Item]:
        yield Case.from_parent(self, name=self.path.parent.name)


class CaseFailure(Exception):
    """A golden case is not as expected; its text is the whole message."""


class Case(pytest.Item):
    """A golden case: its data file is examined and rendered, and compared with what is expected."""

    def runtest(self) -> None:
        from generator.compare.golden_cases import Outcome, run_case
        from generator.diagnostics import Invalid

        try:
            outcome: Outcome = _outcome(self.path)
            message = run_case(self.path, outcome, _updates(self.config))
        except Invalid as refusal:
            raise CaseFailure(str(refusal)) from None
        if message:
            raise CaseFailure(message)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, CaseFailure):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        return self.path, None, self.name


def _outcome(data: Path) -> Any:
    """What a data file gives."""
    from generator import api
    from generator.compare.golden import language
    from generator.compare.golden_cases import Outcome
    from generator.diagnostics import InvalidReport, has_errors

    own = data.parent / "standard.yaml"
    standard = api.load_standard(own) if own.is_file() else None
    examined = api.examine(str(data), standard, data.name)

    report = examined.report

    def value(path: str) -> str | None:
        try:
            return None if report is None else str(report.value(path))
        except KeyError:
            return None

    def documents() -> dict[str, bytes]:
        if report is None or has_errors(examined.diagnostics):
            raise InvalidReport(examined.diagnostics)
        return {document.name: document.content for document in report.documents()}

    def fields() -> dict[str, Any]:
        from generator.compare.marks import document_fields

        return {} if report is None else dict(document_fields(report._computed))

    findings = [finding.as_json(language()) for finding in examined.diagnostics]
    return Outcome(findings, value, documents, fields)
