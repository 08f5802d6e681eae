"""What a standard says of versions and years: `carry`, `changes`, `summary`."""

import pytest

from generator.diagnostics import InvalidStandard
from tests.support.reports import report, standard

FIELDS = """
types:
  项: {key: 名, fields: {名: text, 责任科室: optional text}}
fields:
  单位: text
  上年决算: optional money
  决算: money
  项目: list of 项
"""


def it_reads_what_next_year_takes_over(tmp_path):
    carry = standard(tmp_path, FIELDS + "carry: {上年决算: 决算, keep: [单位, 项目.名]}\n").carry
    assert carry is not None
    assert (dict(carry.moved), carry.keep) == ({"上年决算": "决算"}, ("单位", "项目.名"))
    assert standard(tmp_path, FIELDS).carry is None


def it_reads_changes_oldest_first(tmp_path):
    text = "changes:\n  - {version: 1.10.0, added: [决算]}\n  - {version: '1.9', renamed: {项目.科室: 责任科室}, note: 改名}\n"
    first, second = standard(tmp_path, FIELDS + text).changes
    assert (first.version, dict(first.renamed), first.note) == ("1.9", {"项目.科室": "责任科室"}, "改名")
    assert (second.version, second.added, second.removed) == ("1.10.0", ("决算",), ())


def it_compiles_the_columns_of_a_summary(tmp_path):
    used = standard(tmp_path, FIELDS + "summary: {columns: {单位: 单位, 项目数: count(项目)}}\n")
    assert used.summary is not None
    root = report(used, "单位: 某局\n决算: 3\n项目: [{名: 甲}]\n").standard.root
    assert root.type is used.root.type
    assert list(used.summary.columns) == ["单位", "项目数"]
    assert used.summary.columns["项目数"].type.kind == "number"
    other = standard(tmp_path, FIELDS + "summary: {template: xlsx/汇总.xlsx}\n").summary
    assert other is not None
    assert other.template == "xlsx/汇总.xlsx"


def it_refuses_a_source_of_carry_that_is_no_path(tmp_path):
    with pytest.raises(InvalidStandard) as caught:
        standard(tmp_path, FIELDS + "carry: {上年决算: '决算 + 1'}\n")
    assert [found.code for found in caught.value.diagnostics] == ["standard-bad-name"]
