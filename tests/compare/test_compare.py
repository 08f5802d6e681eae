"""Comparing through the public doors: rules, tolerance, folders, fields, output, refusals."""

import io
import json
import zipfile

import docx
import openpyxl
import pytest

from generator.compare import compare, compare_folders, compare_rendered, read_rules, to_html, to_json, to_text
from generator.diagnostics import Failure, Invalid, InvalidDocument


def word(*paragraphs, cells=(("指标", "得分"), ("走访", "8"))):
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    table = document.add_table(len(cells), 2)
    for r, row in enumerate(cells):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def excel(**values):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "自评表"
    sheet.append(["指标", "得分", "日期"])
    for n in range(8):
        sheet.append([f"指标{n}", n + 0.5, f"2021年3月{n + 1}日"])
    for address, value in values.items():
        sheet[address] = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def messages(result):
    return [d.message for d in result]


OLD = word("填报日期：2021年3月5日", "执行率为45.57%。")
NEW = word("填报日期：2021年4月6日", "执行率为45.58%。", cells=(("指标", "得分"), ("走访", "9")))


def it_iterates_and_is_true_when_there_are_differences():
    result = compare(OLD, NEW)
    assert result
    assert len(result) == len(list(result)) == 3
    assert not compare(OLD, OLD)


@pytest.mark.parametrize(
    ("rule", "left"),
    [
        ("表1", 2),
        ("表1 第2行", 2),
        ("place:表1 第2行 第2列", 2),
        ("table 1 row 2", 2),
        ("表1 第3行", 3),
        ("正文 第1段", 2),
        ("正文 第?段", 1),
        ("正文*", 1),
        (r"pattern:\d+年\d+月\d+日", 2),
        ({"pattern": r"[\d.]+%"}, 2),
        ("kind:text", 0),
        ({"kind": "value"}, 3),
    ],
)
def it_overlooks_what_a_rule_covers_and_says_so(rule, left):
    result = compare(OLD, NEW, ignore=[rule])
    assert len(result) == left, messages(result)
    assert any("忽略规则" in str(entry) for entry in result.not_compared) == (left < 3)


@pytest.mark.parametrize(
    ("rule", "left"),
    [
        ("自评表!B3", 1),
        ("自评表!B:B", 1),
        ("自评表!3:3", 1),
        ("自评表!A2:B9", 1),
        ("自评表", 0),
        ("自评表!C:C", 1),
        ("自评表!B*", 1),
    ],
)
def it_overlooks_areas_of_a_sheet(rule, left):
    result = compare(excel(), excel(B3=99, C9="2021年12月9日"), ignore=[rule])
    assert len(result) == left, messages(result)


@pytest.mark.parametrize(("tolerance", "left"), [(0.01, 2), ("0.1%", 2), (0.005, 3), (1, 0)])
def it_takes_numbers_within_a_tolerance_for_the_same(tolerance, left):
    result = compare(OLD, NEW, tolerance=tolerance)
    assert len(result) == left, messages(result)


def it_knows_that_another_count_of_numbers_is_no_small_difference():
    assert compare(word("得8分"), word("得8分，另得1分"), tolerance=100)
    assert compare(word("第8项"), word("第8条"), tolerance=100)


def it_takes_no_number_beyond_all_bounds_for_another():
    assert compare(word(f"得{'9' * 400}分"), word(f"得{'8' * 400}分"), tolerance=1)
    assert compare(word(f"得{'9' * 400}分"), word("得8分"), tolerance="100%")
    assert compare(word("得8分"), word(f"得{'9' * 400}分"), tolerance="100%")


def it_takes_a_tolerance_for_cells():
    assert not compare(excel(), excel(B3=1.5004), tolerance=0.001)
    assert compare(excel(), excel(B3=1.502), tolerance=0.001)
    assert not compare(excel(), excel(B3=1.502), tolerance="1%")


def it_reads_rules_from_a_file(tmp_path):
    path = tmp_path / "diff.yaml"
    path.write_text(
        "level: text\ntolerance: 0.01\nignore:\n  - 表1\n  - pattern: '\\d+年\\d+月\\d+日'\n", encoding="utf-8"
    )
    assert not compare(OLD, NEW, rules=read_rules(path))
    assert len(compare(OLD, NEW, rules=read_rules(path), tolerance=0)) == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("level: deep\n", "compare-level"),
        ("ignore:\n  - pattern: '('\n", "compare-pattern"),
        ("ignore:\n  - place: a\n    kind: b\n", "compare-rule"),
        ("ignore: 表1\n", "compare-rules-file"),
        ("tolerance: viel\n", "compare-tolerance"),
        ("tolerance: -1\n", "compare-tolerance"),
        ("colour: red\n", "compare-rules-file"),
        ("- a\n", "compare-rules-file"),
        ("a: [\n", "compare-rules-file"),
    ],
)
def it_refuses_rules_that_make_no_sense(tmp_path, content, code):
    path = tmp_path / "diff.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Failure) as caught:
        read_rules(path)
    assert [d.code for d in caught.value.diagnostics] == [code]


def it_tells_fields_where_they_are_known():
    result = compare(OLD, NEW, fields={"表1 第2行 第2列": "指标[0].得分"})
    assert [d.field for d in result] == [None, None, "指标[0].得分"]
    assert "指标[0].得分" in to_text(result)
    by_anchor = compare(OLD, NEW, fields=lambda anchor: "执行率" if anchor.get("paragraph") == 2 else None)
    assert [d.field for d in by_anchor] == [None, "执行率", None]
    assert len(compare(OLD, NEW, fields={"表1 第2行 第2列": "指标[0].得分"}, ignore=["field:指标[*].得分"])) == 2


def it_prints_the_contract_s_json():
    data = json.loads(to_json(compare(OLD, NEW)))
    assert set(data) == {"differences", "not_compared"}
    assert data["differences"][2] == {
        "kind": "text",
        "place": "表1 第2行 第2列",
        "anchor": {"part": "body", "table": 1, "row": 2, "column": 2},
        "field": None,
        "old": "8",
        "new": "9",
        "message": "表1 第2行 第2列「得分」：8 → 9",
    }
    english = json.loads(to_json(compare(OLD, NEW), "en"))
    assert english["differences"][2]["message"] == "table 1 row 2 column 2 “得分”: 8 → 9"


def it_prints_json_piece_by_piece_as_it_would_at_once():
    old, new = word("甲\u2028乙", "丙"), word("甲\u2028丁", "丙")
    for pair in ((old, new), (old, old)):
        result = compare(*pair)
        assert to_json(result) == json.dumps(result.as_json(), ensure_ascii=False, indent=2) + "\n"


def it_says_what_lies_beyond_the_level():
    assert "没有比较" in to_text(compare(OLD, NEW, level="text"))
    assert "没有比较" not in to_text(compare(OLD, NEW, level="format"))


def it_makes_one_page_that_needs_nothing_else():
    page = to_html(compare(OLD, NEW, level="format"), names=("旧<1>.docx", "新.docx"))
    assert page.startswith("<!DOCTYPE html>")
    assert "旧&lt;1&gt;.docx" in page
    assert "<del>45.57%</del>" in page
    assert "<ins>45.58%</ins>" in page
    assert '<a href="#d3">表1 第2行 第2列「得分」：8 → 9</a>' in page
    assert 'id="d3"' in page
    for outside in ("http://", "https://", "<script", "<link", "src="):
        assert outside not in page


def it_folds_what_did_not_change_and_leads_from_one_difference_to_the_next():
    texts = [f"第{n}条" for n in range(30)]
    page = to_html(compare(word(*texts), word("新", *texts[1:20], "改了", *texts[21:])))
    assert "15 段没有改动" in page
    assert page.count("<details>") == 2
    assert '<a href="#d2" title="下一处">' in page
    assert '<a href="#d1" title="上一处">' in page
    assert "<b>按种类</b>" in page
    assert "<b>按位置</b>" in page


def it_colours_what_moved_apart_from_what_came_and_went():
    page = to_html(
        compare(word("第一条内容", "第二条内容", "第三条内容"), word("第二条内容", "第三条内容", "第一条内容"))
    )
    assert page.count('<td class="moved">') == 2
    assert '<td class="come">' not in page


def it_shows_only_the_rows_around_a_difference_of_a_workbook():
    page = to_html(compare(excel(), excel(B3=99)))
    assert "<del>1.5</del>" in page
    assert "<ins>99</ins>" in page
    assert "指标1" in page
    assert "指标7" not in page


def it_escapes_the_documents_text_in_the_page():
    page = to_html(compare(word("<script>alert(1)</script>"), word("<b>&amp;</b>")))
    assert "<script" not in page
    assert "&lt;script&gt;" in page.replace("<del>", "").replace("</del>", "")


def it_compares_folders_by_file(tmp_path):
    for side, score in (("a", 1.5), ("b", 9)):
        (tmp_path / side / "乡镇").mkdir(parents=True)
        (tmp_path / side / "same.docx").write_bytes(OLD)
        (tmp_path / side / "乡镇" / "表.xlsx").write_bytes(excel(B3=score))
        (tmp_path / side / "说明.txt").write_text(f"{score}")
        (tmp_path / side / "~$lock.docx").write_bytes(b"x")
    (tmp_path / "a" / "old.docx").write_bytes(OLD)
    (tmp_path / "b" / "new.docx").write_bytes(OLD)
    result = compare_folders(tmp_path / "a", tmp_path / "b")
    assert messages(result) == [
        "文件 new.docx：只在后一个文件夹里",
        "文件 old.docx：只在前一个文件夹里",
        "乡镇/表.xlsx 自评表!B3：数值 1.5 → 9",
        "文件 说明.txt：部件内容不同",
    ]
    assert result[2].anchor == {"file": "乡镇/表.xlsx", "sheet": "自评表", "cell": "B3"}
    assert any("按字节" in str(entry) for entry in result.not_compared)
    with pytest.raises(Failure):
        compare_folders(tmp_path / "a", tmp_path / "none")


def it_compares_a_document_with_what_is_rendered_now(tmp_path):
    path = tmp_path / "报告.docx"
    path.write_bytes(OLD)
    assert not compare_rendered(path, {"报告.docx": OLD, "其他.docx": NEW})
    assert len(compare_rendered(path, {"另名.docx": NEW, "表.xlsx": excel()})) == 3
    with pytest.raises(Failure) as caught:
        compare_rendered(path, {"表.xlsx": excel()})
    assert caught.value.diagnostics[0].code == "compare-no-counterpart"


def it_tells_a_document_from_a_workbook():
    assert [d.kind for d in compare(OLD, excel())] == ["kind"]


def without(content, member):
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            if name != member:
                new.writestr(name, old.read(name))
    return buffer.getvalue()


def replaced(content, member, data):
    buffer = io.BytesIO(without(content, member))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(member, data)
    return buffer.getvalue()


BAD = {
    "empty": (b"", "file-empty"),
    "text": (b"hello world", "package-not-zip"),
    "encrypted": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "package-old-format"),
    "cut off": (OLD[: len(OLD) // 2], "package-not-zip"),
    "no main part": (without(OLD, "word/document.xml"), "compare-not-office"),
    "torn xml": (replaced(OLD, "word/document.xml", b"<w:document"), "xml-damaged"),
    "torn styles": (replaced(OLD, "word/styles.xml", b"<w:styles>"), "xml-damaged"),
    "torn sheet": (replaced(excel(), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>"), "xml-damaged"),
    "no sheet": (without(excel(), "xl/worksheets/sheet1.xml"), "compare-part-missing"),
    "doctype": (
        replaced(OLD, "word/document.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><document/>'),
        "xml-doctype",
    ),
    "a slide show": (
        replaced(OLD, "word/document.xml", b'<p:presentation xmlns:p="p"/>'),
        "compare-not-office",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def it_refuses_what_cannot_be_read(name):
    content, code = BAD[name]
    other = excel() if "sheet" in name else OLD
    for pair in ((content, other), (other, content), (content, content)):
        if name in ("torn styles", "torn sheet", "no sheet") and pair[0] is pair[1]:
            continue
        with pytest.raises(InvalidDocument) as caught:
            compare(*pair)
        assert [d.code for d in caught.value.diagnostics] == [code]


def it_refuses_missing_files_and_folders(tmp_path):
    with pytest.raises(Failure):
        compare(tmp_path / "none.docx", OLD)
    with pytest.raises(Invalid):
        compare(tmp_path, OLD)


def it_reads_binary_files():
    assert not compare(io.BytesIO(OLD), io.BytesIO(OLD))
    assert len(compare(io.BytesIO(OLD), NEW)) == 3
