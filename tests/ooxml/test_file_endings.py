"""What files are by the endings of their names: one list each, held against what each command takes."""

import ast
from pathlib import Path

import pytest

import generator
from generator.ooxml.file_endings import DATA_ENDINGS, EXCEL_ENDINGS, WORD_ENDINGS, ending_of


@pytest.mark.parametrize(
    ("name", "ending"),
    [("报告.DOCX", ".docx"), ("a/b.c/数据", ""), ("-", ""), ("两.点.Yml", ".yml"), (Path("x.json"), ".json")],
)
def it_reads_an_ending_in_small_letters(name, ending):
    assert ending_of(name) == ending


def it_writes_each_list_of_endings_once():
    lists = []
    for path in sorted(Path(generator.__file__).parent.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        written = sum(f'"{ending}"' in text for ending in {*DATA_ENDINGS, *WORD_ENDINGS, *EXCEL_ENDINGS})
        for node in ast.walk(ast.parse(text)) if written > 2 else ():
            if isinstance(node, ast.Tuple):
                texts = {one.value for one in node.elts if isinstance(one, ast.Constant)}
                for known in (DATA_ENDINGS, WORD_ENDINGS, EXCEL_ENDINGS):
                    if len(texts & {*known}) > 2:
                        lists.append(path.name)
    assert lists == ["file_endings.py"] * 2
