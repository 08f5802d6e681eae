"""The whole way between a bureau and its departments, every command of the guides typed as it is written."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest

from generator.cli import run
from generator.source import plain_values, read_source

ROOT = Path(__file__).parents[2]
BUREAU = (ROOT / "docs" / "bureau.zh-CN.md").read_text(encoding="utf-8")
DEPARTMENT = (ROOT / "docs" / "department.zh-CN.md").read_text(encoding="utf-8")


def commands(guide: str, chapter: str) -> list[list[str]]:
    """The commands of a chapter, in order, each with its arguments."""
    text = re.split(r"(?m)^## ", guide.partition(f"## {chapter}\n")[2])[0]
    lines = [line for block in re.findall(r"(?s)```sh\n(.*?)```", text) for line in block.splitlines()]
    found = [shlex.split(line, comments=True) for line in lines if line.strip()]
    assert found, chapter
    assert all(words[0] == "generator" for words in found)
    return [words[1:] for words in found]


class Person:
    """Somebody with a folder and a user's library of their own, who types commands."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
        folder.mkdir()
        self.folder, self.patch, self.capsys = folder, monkeypatch, capsys
        self.told = ""

    def types(self, *arguments: str, code: int = 0) -> str:
        self.patch.chdir(self.folder)
        for name in ("XDG_DATA_HOME", "HOME", "APPDATA"):
            self.patch.setenv(name, str(self.folder / "home"))
        self.patch.delenv("GENERATOR_LIBRARY", raising=False)
        self.capsys.readouterr()
        assert run(list(arguments)) == code, f"{arguments}\n{self.capsys.readouterr()}"
        captured = self.capsys.readouterr()
        self.told = captured.out + captured.err
        return self.told

    def follows(self, guide: str, chapter: str, codes: dict[str, int] | None = None) -> None:
        """Type a chapter; `codes` are the exit codes of commands that are not to end with 0."""
        for arguments in commands(guide, chapter):
            self.types(*arguments, code=(codes or {}).get(arguments[0], 0))


def fill(form: Path, name: str, score: float = 92, spent: object = 95.5) -> None:
    """Fill a form in as a clerk does: what the labels ask for, beside them, and rows of the table."""
    book = openpyxl.load_workbook(form)
    said = {"年度": 2024, "单位名称": name, "自评得分": score}
    sheet = book["填报"]
    for row in sheet.iter_rows():
        for cell in row:
            label = str(cell.value or "").removesuffix(" *")
            if cell.column_letter == "B" and label in said:
                sheet.cell(cell.row, cell.column + 1).value = said.pop(label)
    assert not said
    table = book["项目"]
    head = next(cell for row in table.iter_rows() for cell in row if "项目名称" in str(cell.value or ""))
    for offset, values in enumerate((("供水", 100, spent), ("河道", 60, 60)), 1):
        for column, value in enumerate(values):
            table.cell(head.row + offset, head.column + column).value = value
    book.save(form)


def departments(count: int) -> Iterator[tuple[int, str]]:
    return ((number, f"白河县第{number}局") for number in range(1, count + 1))


def tell(monkeypatch, capsys, tmp_path: Path, count: int) -> None:
    bureau = Person(tmp_path / "局", monkeypatch, capsys)
    bureau.follows(BUREAU, "新建标准")
    assert (bureau.folder / "标准说明.html").read_text(encoding="utf-8").count("<h3>") >= 3
    bureau.follows(BUREAU, "打包和签名")
    assert "签名有效" not in bureau.told  # the last command writes the form

    clerk = Person(tmp_path / "单位", monkeypatch, capsys)
    for name in ("baihe-2024-1.0.0.zip", "填报.xlsx"):
        shutil.copy(bureau.folder / name, clerk.folder / name)
    shutil.copy(bureau.folder / "私钥.pem.pub", clerk.folder / "公钥.pub")
    clerk.follows(DEPARTMENT, "安装标准")
    clerk.types("form", "baihe-2024", "-o", "填报.xlsx", "--force")
    fill(clerk.folder / "填报.xlsx", "白河县第1局", spent="五万")
    assert "项目!" in clerk.types("check", "填报.xlsx", "--mark", "审核.xlsx", code=1)
    fill(clerk.folder / "填报.xlsx", "白河县第1局")
    clerk.types("check", "填报.xlsx")
    clerk.types("render", "填报.xlsx", "-o", ".")
    report = clerk.folder / "白河县第1局2024年度绩效自评报告.docx"
    assert report.is_file()

    handed_in(bureau, clerk, count)
    bureau.follows(BUREAU, "收回和汇总", {"collect": 1})
    assert f"应报{count}家，已报{count - 2}家，有错误4家" in bureau.told
    assert "未报2家" in bureau.told
    assert "版本不符1家" in bureau.told
    checked = bureau.folder / "抽查"
    checked.mkdir()
    shutil.copy(report, checked / "报告.docx")
    shutil.copy(clerk.folder / "填报.xlsx", checked / "数据.xlsx")
    bureau.follows(BUREAU, "核对文档")
    assert "数据：与生成时相同。" in bureau.told

    middle_of_the_year(bureau, clerk)
    bureau.follows(BUREAU, "下一年", {"diff": 1})
    assert "年度：2024 → 2025" in bureau.told
    shutil.copytree(bureau.folder / "templates", clerk.folder / "templates")
    shutil.copy(clerk.folder / "填报.xlsx", clerk.folder / "去年.xlsx")
    clerk.follows(DEPARTMENT, "换版本和下一年")
    carried = plain_values(read_source(clerk.folder / "今年.xlsx", form=True))
    assert float(carried["上年执行合计"]) == 155.5
    assert carried["单位"]["名称"] == "白河县第1局"


def handed_in(bureau: Person, clerk: Person, count: int) -> None:
    """What the departments handed in: two nothing, three something broken, one a file of an older version."""
    folder = bureau.folder / "报送"
    folder.mkdir()
    shutil.copy(clerk.folder / "填报.xlsx", folder / "第1局.xlsx")
    text = "标准: {standard}\n年度: 2024\n单位: {{名称: {name}}}\n项目:\n  - {{名称: 供水, 预算数: 100, 执行数: {spent}}}\n得分: {score}\n"
    for number, name in departments(count - 2):
        if number == 1:
            continue
        said = {
            "standard": "baihe-2024",
            "name": name,
            "spent": f"{60 + number % 40}.5",
            "score": str(60 + number % 40),
        }
        if number in (3, 4):
            said["spent" if number == 3 else "score"] = "很多"
        if number == 6:
            said["standard"] = "baihe-2024@0.9.0"
        content = "标准: [" if number == 5 else text.format(**said)
        (folder / f"{number:03}.yaml").write_text(content, encoding="utf-8")
    book = openpyxl.Workbook()
    for row in (["单位名称"], *([name] for _, name in departments(count))):
        book.active.append(row)
    # the broken file does not say whose it is: its name is on the list by its file
    book.active.cell(6, 1).value = "005"
    book.save(bureau.folder / "名册.xlsx")


def middle_of_the_year(bureau: Person, clerk: Person) -> None:
    """A newer version is issued; both are installed, old data files are told to move, and can."""
    path = bureau.folder / "templates" / "standards" / "baihe-2024.yaml"
    text = path.read_text(encoding="utf-8").replace("version: 1.0.0", "version: 1.1.0")
    text = text.replace("名称: {type: text, label: 项目名称}", "项目名称: {type: text}").replace(
        "key: 名称", "key: 项目名称"
    )
    text = text.replace("  说明: {type: paragraphs", "  联系人: text\n  说明: {type: paragraphs")
    changes = re.search(r"(?s)```yaml\nversion: 1.1.0\n(changes:.*?)```", BUREAU)
    assert changes
    path.write_text(text + changes[1], encoding="utf-8")
    for template in ("docx", "xlsx"):
        place = bureau.folder / "templates" / template / f"baihe-2024.{template}"
        replace_tag(place, "项.名称", "项.项目名称")
    bureau.types("standard", "pack", "baihe-2024", "--key", "私钥.pem", "-o", "新.zip")
    bureau.follows(BUREAU, "年中改版", {"diff": 1})
    assert "字段改名：项目.名称 → 项目.项目名称" in bureau.told
    bureau.types("standard", "install", "新.zip", "--key", "私钥.pem.pub")
    shutil.copy(bureau.folder / "新.zip", clerk.folder)
    clerk.types("standard", "install", "新.zip", "--key", "公钥.pub")
    assert "按1.0.0填写" in clerk.types("check", "填报.xlsx")
    clerk.types("migrate", "填报.xlsx", "--to", "baihe-2024@1.1.0", "-o", "新填报.xlsx")
    assert "“项目.名称”改名为“项目名称”" in clerk.told
    assert "联系人" in clerk.told


def replace_tag(place: Path, old: str, new: str) -> None:
    """Change a tag in a template as its author does."""
    if place.suffix == ".xlsx":
        book = openpyxl.load_workbook(place)
        for row in book.active.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = cell.value.replace(old, new)
        book.save(place)
        return
    document = docx.Document(str(place))
    for row in document.tables[0].rows:
        for cell in row.cells:
            for run_ in cell.paragraphs[0].runs:
                run_.text = run_.text.replace(old, new)
    document.save(str(place))


def it_goes_all_the_way_with_twelve_departments(tmp_path, monkeypatch, capsys):
    tell(monkeypatch, capsys, tmp_path, 12)


@pytest.mark.slow
def it_goes_all_the_way_with_two_hundred_departments(tmp_path, monkeypatch, capsys):
    tell(monkeypatch, capsys, tmp_path, 200)
