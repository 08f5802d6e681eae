"""The data file to fill in, and the JSON Schema for editors."""

from pathlib import Path

import jsonschema
import pytest
import yaml

from generator.report import examine
from generator.source import read_source
from generator.standard import blank_data_file, json_schema, load_standard

ROOT = Path(__file__).parents[2]
STANDARDS = [
    *sorted(path for path in (ROOT / "templates/standards").glob("*.yaml") if path.stem != "common"),
    ROOT / "tests/library/standards/example.yaml",
]
DATA = sorted((ROOT / "data").glob("*.yaml"))


def demanded_paths(section, prefix=""):
    """The inputs that a data file with one item in every list that is required must give."""
    for name, cell in section.cells.items():
        if cell.origin != "data" or not cell.field.required:
            continue
        path = f"{prefix}{name}"
        if cell.section is not None:
            yield from demanded_paths(cell.section, f"{path}[0]." if cell.field.many else f"{path}.")
        elif cell.demanded:
            yield path


@pytest.mark.parametrize("path", STANDARDS, ids=lambda path: path.stem)
def it_reports_exactly_the_missing_values_of_a_blank_file(path):
    standard = load_standard(str(path))
    report, found = examine(blank_data_file(standard).encode(), standard, name="new.yaml")
    assert {finding.code for finding in found} <= {"missing-value", "computed-blank"}  # sums of optional values
    missing = [str(finding.location.path) for finding in found if finding.code == "missing-value"]
    assert sorted(missing) == sorted(demanded_paths(standard.root))
    assert report is not None


@pytest.mark.parametrize("path", STANDARDS, ids=lambda path: path.stem)
def it_names_every_input_with_its_label_and_example(path):
    standard = load_standard(str(path))
    text = blank_data_file(standard)
    assert text.startswith("# yaml-language-server: $schema=")
    for section in standard.root.walk():
        inside = section.parent is None or all(
            cell.origin == "data" for cell in section.parent.cells.values() if cell.section is section
        )
        for name, cell in section.cells.items():
            if cell.origin == "data" and cell.section is None and inside:
                line = next(line for line in text.split("\n") if line.lstrip("# -").startswith(f"{name}:"))
                assert "必填" in line or "选填" in line
                if section.parent is None and cell.field.label != name:
                    assert cell.field.label in line


def it_leaves_computed_fields_out():
    text = blank_data_file(load_standard(str(STANDARDS[-1])))
    assert "总分:" not in text
    assert "合计:" not in text
    assert "校验“分值合计为100”" in text


class WithoutDates(yaml.SafeLoader):
    """YAML 1.2's core values, as editors read them: dates are text."""


WithoutDates.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def plain(path):
    """A data file as an editor's YAML reader sees it."""
    return yaml.load(read_source(path).text, WithoutDates)


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.stem)
def it_accepts_the_samples_by_its_schema(path):
    root = read_source(path).root
    assert isinstance(root, dict)
    standard = load_standard(str(ROOT / "templates/standards" / f"{root['标准'].text.partition('@')[0]}.yaml"))
    schema = json_schema(standard)
    jsonschema.Draft7Validator.check_schema(schema)
    errors = [
        f"{list(error.absolute_path)}: {error.message}"
        for error in jsonschema.Draft7Validator(schema).iter_errors(plain(path))
    ]
    assert errors == []


def it_refuses_by_its_schema_what_a_person_mistypes():
    standard = load_standard(str(STANDARDS[-1]))
    validator = jsonschema.Draft7Validator(json_schema(standard))
    for wrong in (
        {"标准": "example", "年渡": 2020},
        {"标准": "other"},
        {"标准": "example", "年度": "二零二零"},
        {"标准": "example", "资金": {"执行率": 95}},
    ):
        messages = [error for error in validator.iter_errors(wrong) if error.validator != "required"]
        assert messages, wrong
