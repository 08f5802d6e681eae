"""Rendered documents against golden ones, as a project tests its own standards."""

from pathlib import Path

import pytest

from generator.api import load_standard

CASE = Path(__file__).parent / "golden" / "small"


@pytest.mark.parametrize("spent", ["96.4", "130"])
def it_renders_the_documents_that_were_accepted(document_regression, spent):
    data = (CASE / "data.yaml").read_text(encoding="utf-8").replace("支出: 96.4", f"支出: {spent}")
    report = load_standard(CASE / "standard.yaml").read(data.encode(), "data.yaml")
    for document in report.documents():
        document_regression.check(document.content, name=spent, level="format")
