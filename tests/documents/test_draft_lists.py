"""The lists at the ends of a draft name every mark that its documents show."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.documents.produce import render_documents
from generator.report.examine import examine
from generator.standard import load_standard
from generator.standard.blank_file import blank_data_file
from tests.support.drafts import drafts_of, listed_addresses, texts
from tests.support.examples import examples

ROOT = Path(__file__).parent.parent.parent
NAMES = sorted(path.stem for path in (ROOT / "data").glob("*.yaml"))
MARK = re.compile("【(?:待填|有误)：([^】]*)】")


def unlisted(data: str) -> list[str]:
    """The marks of a draft's documents that its lists do not name, and errors of its formulas."""
    report, _ = examine(data.encode(), name="data.yaml")
    assert report is not None
    found = []
    for document in render_documents(report, draft=True):
        if document.name.endswith(".docx"):
            body, _, listed = texts(document.content, document.name).partition("\n待填内容（")
            entries = [
                re.sub(r"^\d+\. ", "", part) for line in listed.splitlines() for part in re.split("；|。$", line)
            ]
            known = {part[: end.start()] for part in entries for end in re.finditer("（|$", part)} | set(
                MARK.findall(listed)
            )
            found += [name for name in MARK.findall(body) if name not in known]
            continue
        book = openpyxl.load_workbook(io.BytesIO(document.content), data_only=True)
        cells = (
            [row[1] for row in book["待填内容"].iter_rows(values_only=True)] if "待填内容" in book.sheetnames else []
        )
        shared = [listed_addresses(entry) for entry in map(str, cells) if "!" in entry]
        rows = {f"{sheet}!{address}" for sheet, addresses in shared for address in addresses}
        for sheet in (sheet for sheet in book if sheet.title != "待填内容"):
            for cell, value in ((cell, cell.value) for row in sheet.iter_rows() for cell in row):
                if not isinstance(value, str):
                    continue
                assert not {"\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"} & set(value)
                place = f"{sheet.title}!{cell.coordinate}"
                if value.startswith("#") or (MARK.search(value) and place not in rows):
                    found.append(f"{place} {value}")
    return found


def it_lists_what_was_found_beside_each_mark_alike_in_word_and_in_excel():
    data = (ROOT / "data/huidong-2023.yaml").read_text("utf-8").replace("决算数: 131.72", "决算数: 约五")
    word, workbook = drafts_of(data.replace("决算数: 3.92", "决算数: 约五"))
    listed = re.findall("(?m)^[0-9]+. (【有误.*)$", texts(word.content, word.name))
    rows = openpyxl.load_workbook(io.BytesIO(workbook.content))["待填内容"].iter_rows(values_only=True)
    cells = {row[1]: row[2] for row in rows if "有误" in str(row[2])}
    assert [*cells] == ["收支决算!C5", "收支决算!C6"]
    assert sorted(map(str, cells.values())) == sorted(listed)
    assert len(set(listed)) == 2


def it_demands_no_field_with_a_default_of_a_record_that_is_not_there():
    own = re.compile(r"(?m)^资产: .*\n")
    word, _ = drafts_of(own.sub("", (ROOT / "data/wanzhou-2020.yaml").read_text("utf-8")))
    needed, _, others = texts(word.content, word.name).partition("\n必须填写（")[2].partition("\n可以不填（")
    assert "离退休干部用车" not in needed
    assert "离退休干部用车（资产.离退休干部用车）" in others


@pytest.mark.parametrize("name", NAMES)
def it_lists_every_mark_of_a_file_in_which_nothing_is_filled_in(name: str):
    assert unlisted(blank_data_file(load_standard(ROOT / f"templates/standards/{name}.yaml"))) == []


def nodes(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place of a data file but its standard."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        if (*path, key) != ("标准",):
            yield (*path, key)
            yield from nodes(inner, (*path, key))


def without(data: Any, path: tuple[str | int, ...]) -> None:
    for key in path[:-1]:
        data = data[key]
    del data[path[-1]]


@examples(4)
@given(st.data())
def it_lists_every_mark_of_a_file_from_which_anything_was_deleted(data: st.DataObject):
    name = data.draw(st.sampled_from(NAMES))
    content = yaml.load((ROOT / f"data/{name}.yaml").read_text("utf-8"), yaml.BaseLoader)
    places = data.draw(st.lists(st.sampled_from(list(nodes(content))), min_size=1, max_size=12, unique=True))
    for place in sorted(places, key=lambda path: [str(key).zfill(4) for key in path], reverse=True):
        with suppress(KeyError, IndexError, TypeError):
            without(content, place)
    assert unlisted(yaml.dump(content, allow_unicode=True, sort_keys=False, width=1_000_000)) == []
