"""A template never changes the data: report and context are equal before and after whatever a template does."""

import contextlib
import copy
import shutil
from pathlib import Path

import pytest

from generator import WordTemplate
from generator.api import examine
from generator.diagnostics import InvalidTemplate
from generator.documents.produce import render_documents
from generator.excel.template import ExcelTemplate
from tests.security.attacks import one_cell
from tests.support.words import document, paragraph

ROOT = Path(__file__).parents[2]
CHANGES = [
    "dict.update(资金, {'全年执行数': 777777})",
    "资金.update({'全年执行数': 777777})",
    "资金.clear()",
    "资金.pop('全年执行数')",
    "资金.popitem()",
    "资金.setdefault('新', 1)",
    "资金.__setitem__('全年执行数', 1)",
    "资金.__class__.update(资金, {'全年执行数': 1})",
    "资金|attr('update')({'全年执行数': 1})",
    "([资金]|map(attribute='clear')|first)()",
    "([资金]|map(attribute='update')|first)({'全年执行数': 1})",
    "指标.append(1)",
    "指标.clear()",
    "指标.sort()",
    "指标.reverse()",
    "指标.extend([1])",
    "指标.insert(0, 1)",
    "指标.pop()",
    "指标.__delitem__(0)",
    "指标|sort(attribute='名称')|list",
    "指标|list",
    "指标|map('upper')|list",
    "namespace(资金).update({'全年执行数': 1})",
    "self.资金",
    "cycler(资金).current.clear()",
    "joiner(资金).sep.clear()",
    "'{0.clear}'.format(资金)",
    "'%s' % 资金.clear()",
]
STATEMENTS = [
    "{% set 资金.全年执行数 = 777777 %}",
    "{% set 资金 = {'全年执行数': 777777} %}{{ 资金 }}",
    "{% do 资金.update({'全年执行数': 1}) %}",
    "{% for 指 in 指标 %}{% do 指.update({'名称': '改'}) %}{% endfor %}",
    "{% for 指 in 指标 %}{% set 指.名称 = '改' %}{% endfor %}",
    "{% set n = namespace(甲=资金) %}{% do n.甲.clear() %}",
    "{% macro 改(某) %}{% do 某.clear() %}{% endmacro %}{{ 改(资金) }}",
    "{% with 某 = 资金 %}{% do 某.clear() %}{% endwith %}",
]
TEMPLATES = [f"{{{{ {change} }}}}" for change in CHANGES] + STATEMENTS


def context():
    return {"资金": {"全年执行数": 161.4, "细目": [1, 2]}, "指标": [{"名称": "乙"}, {"名称": "甲"}]}


@pytest.mark.parametrize("engine", ["word", "excel"])
@pytest.mark.parametrize("text", TEMPLATES)
def it_leaves_the_callers_data_as_it_was(text, engine):
    given = context()
    before = copy.deepcopy(given)
    try:
        template = WordTemplate(document(paragraph(text))) if engine == "word" else ExcelTemplate(one_cell(text))
        template.render(given)
    except InvalidTemplate:
        pass
    assert given == before


def shown(report):
    return repr(report.context()), [repr(item) for _, item in report.contexts()]


@pytest.fixture(scope="module")
def computed():
    """One report for all of them: whoever changed it is told by its own `before`."""
    return examine(ROOT / "data" / "shifeng-2020.yaml").report._computed  # type: ignore[union-attr]


@pytest.mark.parametrize("text", TEMPLATES)
def it_leaves_the_report_as_it_was(text, computed, tmp_path, monkeypatch):
    before = shown(computed)
    for content, name in ((document(paragraph(text)), "a.docx"), (one_cell(text), "b.xlsx")):
        path = tmp_path / name
        path.write_bytes(content)
        monkeypatch.setattr(type(computed.standard), "template_path", lambda *_, path=path: path)
        with contextlib.suppress(InvalidTemplate):
            render_documents(computed)
    assert shown(computed) == before


def it_gives_every_document_a_context_of_its_own():
    computed = examine(ROOT / "data" / "shifeng-2020.yaml").report._computed  # type: ignore[union-attr]
    seen: set[int] = set()
    for _, whole in computed.contexts():
        mine = {id(value) for value in containers(whole)}
        assert not mine & seen
        seen |= mine
        kept.append(whole)  # an address is not given twice while it is held


def it_gives_each_record_of_a_loop_over_documents_a_context_of_its_own(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "tests/cases/qinghe-2024/templates", tmp_path / "library")
    standard = tmp_path / "library/standards/qinghe-2024.yaml"
    text = standard.read_text(encoding="utf-8")
    standard.write_text(text.replace(", when: 项目.纳入公开", ""), encoding="utf-8")
    monkeypatch.setenv("GENERATOR_LIBRARY", str(tmp_path / "library"))
    computed = examine(ROOT / "tests/cases/qinghe-2024/data/qinghe-2024.yaml").report._computed  # type: ignore[union-attr]
    names = {"项目", "单位", "资金"}
    seen: set[int] = set()
    many = [whole for planned, whole in computed.contexts(names_of=lambda _: names) if planned.record is not None]
    assert len(many) > 1
    for whole in many:
        mine = {id(value) for name in names & {*whole} for value in containers(whole[name])}
        assert mine
        assert not mine & seen
        seen |= mine


kept: list[object] = []


def containers(value):
    if isinstance(value, dict | list):
        yield value
        for entry in value.values() if isinstance(value, dict) else value:
            yield from containers(entry)
