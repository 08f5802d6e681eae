"""Golden documents: what was obtained against what was accepted, and what is written where they differ."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from generator.compare.compare import compare
from generator.compare.difference import Comparison, to_text
from generator.compare.package_facts import open_parts
from generator.compare.page import to_html
from generator.compare.rules import RuleLike, Rules
from generator.diagnostics import LANGUAGES, Text
from generator.ooxml.package import Source, read_bytes, write_atomically

_MOST = 60  # differences told in a test's message; the page has them all


def language() -> str:
    """The language of messages: `GENERATOR_LANG`, Chinese by default."""
    wanted = os.environ.get("GENERATOR_LANG", "zh")[:2]
    return wanted if wanted in LANGUAGES else "zh"


def say(zh: str, en: str) -> str:
    """A message in the language of the run."""
    return Text(zh, en).in_language(language())


def golden_path(folder: Path, name: str, document: Source) -> Path:
    """Where a document's golden lies; its suffix is that of the path, else that of the content.

    Raises:
        Failure, InvalidDocument: the document cannot be read.
    """
    suffix = ""
    if isinstance(document, str | os.PathLike):
        suffix = Path(document).suffix.lower()
    if suffix not in (".docx", ".xlsx", ".docm", ".xlsm"):
        suffix = {"word": ".docx", "excel": ".xlsx"}[open_parts(document)[2]]
    clean = re.sub(r"[^\w.()（）-]+", "_", name).strip("_") or "document"
    return folder / f"{clean.removesuffix(suffix)}{suffix}"


def obtained_path(golden: Path) -> Path:
    """Where the obtained file is put beside the golden one."""
    return golden.with_name(f"{golden.stem}.obtained{golden.suffix}")


def page_path(golden: Path) -> Path:
    """Where the side by side page is put."""
    return golden.with_name(f"{golden.stem}.obtained.html")


def check_golden(
    golden: Path,
    document: Source,
    update: bool,
    *,
    level: str | None = None,
    ignore: Iterable[RuleLike] = (),
    tolerance: Any = None,
    rules: Rules | None = None,
) -> str | None:
    """Compare a document with its golden; None where they agree, otherwise what to tell the person.

    Where they differ, the obtained document and a page with both side by side are written beside the golden one; with
    `update` the obtained document becomes the golden one.

    Raises:
        Failure: a file cannot be read or written.
        InvalidDocument: the document, or the golden, is no Word or Excel file.
    """
    content = read_bytes(document)[1]
    if not golden.exists() or golden.stat().st_size == 0:
        open_parts(content)  # what is no document is never accepted
        if update:
            write_atomically(golden, content)
            _clean(golden)
            return None
        write_atomically(obtained_path(golden), content)
        return say(
            f"还没有可以对照的文件：{golden}\n得到的文件：{obtained_path(golden)}\n看过确认无误后，用 pytest --update-golden 接受它。",
            f"no golden file yet: {golden}\nobtained: {obtained_path(golden)}\nLook at it, then accept it with pytest --update-golden.",
        )
    result = compare(golden, content, level=level, ignore=ignore, tolerance=tolerance, rules=rules)
    if not result.differences:
        _clean(golden)
        return None
    if update:
        write_atomically(golden, content)
        _clean(golden)
        return None
    write_atomically(obtained_path(golden), content)
    names = golden.name, obtained_path(golden).name
    write_atomically(page_path(golden), to_html(result, language(), names=names).encode())
    return _told(golden, result)


def _clean(golden: Path) -> None:
    for path in (obtained_path(golden), page_path(golden)):
        with contextlib.suppress(FileNotFoundError):
            path.unlink()


def _told(golden: Path, result: Comparison) -> str:
    count = len(result.differences)
    shown = Comparison(result.differences[:_MOST], result.not_compared)
    lines = [
        say(f"与 {golden.name} 有 {count} 处差异：", f"{count} differences from {golden.name}:"),
        to_text(shown, language()).rstrip("\n"),
    ]
    if count > _MOST:
        lines.append(say(f"……另有 {count - _MOST} 处", f"… {count - _MOST} more"))
    lines += [
        say(f"得到的文件：{obtained_path(golden)}", f"obtained: {obtained_path(golden)}"),
        say(f"并排对照：{page_path(golden)}", f"side by side: {page_path(golden)}"),
        say(
            "如果新的结果是对的，用 pytest --update-golden 接受它。",
            "If it is right, accept it with pytest --update-golden.",
        ),
    ]
    return "\n".join(lines)
