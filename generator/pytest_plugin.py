"""Golden documents for anybody's tests: the fixture `document_regression`, and folders that are tests without any Python.

    def test_report(document_regression):
        document_regression.check(render(), level="format", ignore=["属性 title"])

    tests/golden/one-indicator-more/data.yaml        what a department fills in
    tests/golden/one-indicator-more/expected.docx    what rendering gives (or the rendered name)
    tests/golden/one-indicator-more/expected.json    findings and values

Every pytest run loads this module: it imports nothing of the package until a test asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from generator.ooxml.package import Source

_DATA = ("data.yaml", "data.yml", "data.json")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` accepts what the tests obtained as the new expectation."""
    group = parser.getgroup("generator")
    group.addoption("--update-golden", action="store_true", default=False, help="accept obtained results as golden")


def _updates(config: pytest.Config) -> bool:
    return bool(config.getoption("--update-golden"))


class DocumentRegression:
    """Compares documents of one test with their golden ones."""

    def __init__(self, folder: Path, name: str, update: bool):
        self.folder = folder
        self._name = name
        self._update = update
        self._used: dict[Path, int] = {}

    def check(
        self,
        document: Source,
        name: str | None = None,
        *,
        level: str | None = None,
        ignore: Iterable[Any] = (),
        tolerance: Any = None,
        rules: Any = None,
    ) -> None:
        """Compare a Word or Excel document with the golden one by meaning; the test fails with the differences.

        The golden lies in a folder named after the test module, beside it. Where they differ, the obtained document and a page with
        both side by side are written there; `pytest --update-golden` accepts it.

        Args:
            document: path, content or binary file.
            name: the golden's name; the test's by default.
            level: `text`, `structure` (the default) or `format`.
            ignore: what to overlook: a place (`表2 第5行`), `pattern:…`, `kind:…`.
            tolerance: numbers closer than this are the same: an amount (0.01) or a share ("0.1%").
            rules: the path of a `diff.yaml` with the same.
        """
        __tracebackhide__ = True
        from generator.compare.golden import check_golden, golden_path
        from generator.compare.rules import read_rules
        from generator.diagnostics import Invalid
        from generator.ooxml.package import read_bytes

        try:
            if not isinstance(document, str | bytes) and not hasattr(document, "__fspath__"):
                document = read_bytes(document)[1]
            golden = golden_path(self.folder, name or self._name, document)
            count = self._used[golden] = self._used.get(golden, 0) + 1
            if count > 1:
                golden = golden.with_name(f"{golden.stem}_{count}{golden.suffix}")
            settled = read_rules(rules) if rules is not None else None
            message = check_golden(
                golden, document, self._update, level=level, ignore=ignore, tolerance=tolerance, rules=settled
            )
        except Invalid as refusal:
            message = str(refusal)
        if message:
            pytest.fail(message, pytrace=False)


@pytest.fixture
def document_regression(request: pytest.FixtureRequest) -> DocumentRegression:
    """Compares Word and Excel documents with golden ones by meaning: `document_regression.check(path_or_bytes, name=…)`."""
    path = request.path
    return DocumentRegression(path.parent / path.stem, request.node.name, _updates(request.config))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A folder with a data file and expected documents, or an `expected.json`, is a test."""
    if file_path.name not in _DATA:
        return None
    from generator.compare.golden_cases import is_case

    return DataFile.from_parent(parent, path=file_path) if is_case(file_path.parent) else None


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

    findings = [finding.as_json(language()) for finding in examined.diagnostics]
    return Outcome(findings, value, documents)
