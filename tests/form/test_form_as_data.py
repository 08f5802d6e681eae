"""A filled-in form is a data file: what it renders to is what the YAML renders to, byte for byte."""

from pathlib import Path

import pytest

from generator import load_standard
from generator.api import examine
from generator.form.forms import blank_form, form_of
from generator.standard import load_standard as load
from tests.support.sample_forms import sample_form

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "data").glob("*.yaml"))
SECOND = sorted((ROOT / "tests" / "cases").glob("*-second-unit/data.yaml"))
PUBLISHED = sorted((ROOT / "tests" / "cases").glob("*-as-published/data.yaml"))


@pytest.mark.parametrize("data", [*SAMPLES, *SECOND], ids=lambda path: path.parent.name + path.stem)
def it_renders_the_same_bytes_as_the_data_file(data, tmp_path):
    made = form_of(data)
    assert made.notes == ()
    form = tmp_path / "填报.xlsx"
    form.write_bytes(made.content)
    examined = examine(data)
    of_form = examine(form)
    assert of_form.report is not None
    assert examined.report is not None
    codes = [found.code for found in examined.diagnostics]
    assert [found.code for found in of_form.diagnostics if found.severity == "error"] == []
    assert sorted(found.code for found in of_form.diagnostics) == sorted(codes)
    wanted = {document.name: document.content for document in examined.report.documents()}
    assert {document.name: document.content for document in of_form.report.documents()} == wanted


@pytest.mark.parametrize("data", PUBLISHED, ids=lambda path: path.parent.name)
def it_finds_what_it_finds_in_the_data_file(data, tmp_path):
    """Published values, exceptions and further occurrences travel in the form."""
    made = form_of(data)
    assert made.notes == ()
    form = tmp_path / "填报.xlsx"
    form.write_bytes(made.content)
    assert sorted(found.code for found in examine(form).diagnostics) == sorted(
        found.code for found in examine(data).diagnostics
    )


@pytest.mark.parametrize("name", [path.stem for path in SAMPLES])
def it_finds_in_an_empty_form_only_what_is_missing(name, tmp_path):
    form = tmp_path / "填报.xlsx"
    form.write_bytes(blank_form(load(name)).content)
    findings = examine(form).diagnostics
    assert findings
    assert {found.code for found in findings} <= {"missing-value", "missing-record", "computed-blank"}
    for found in findings:
        assert found.location.line is None
        assert found.location.anchor is not None
        assert found.location.place is not None
        assert found.location.place.zh == f"{found.location.anchor['sheet']}!{found.location.anchor['cell']}"


def it_is_read_by_a_standard():
    standard = load_standard("beita-2023")
    content = standard.form(ROOT / "data" / "beita-2023.yaml")
    report = standard.read(content, name="填报.xlsx")
    assert report.value("年度") == 2023


def it_makes_the_same_bytes_on_every_run():
    data = ROOT / "data" / "beita-2023.yaml"
    assert form_of(data).content == sample_form("beita-2023")
