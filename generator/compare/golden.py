"""Golden documents: what was obtained against what was accepted, and what is written where they differ."""

from __future__ import annotations

import contextlib
import io
import os
import re
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from generator.compare.compare import compare
from generator.compare.difference import Comparison, to_text
from generator.compare.package_facts import open_parts
from generator.compare.page import to_html
from generator.compare.rules import RuleLike, Rules
from generator.diagnostics import LANGUAGES, Text
from generator.diagnostics.wording import comparison_terms as terms
from generator.ooxml.file_endings import MADE_ENDINGS
from generator.ooxml.package import Source, read_bytes, write_atomically

_MOST = 60  # differences told in a test's message; the page has them all


def language() -> str:
    """The language of messages: `GENERATOR_LANG`, Chinese by default."""
    wanted = os.environ.get("GENERATOR_LANG", "zh")[:2]
    return wanted if wanted in LANGUAGES else "zh"


def say(text: Text) -> str:
    """A message in the language of the run."""
    return text.in_language(language())


def golden_path(folder: Path, name: str, document: Source) -> Path:
    """Where a document's golden lies; its suffix is that of the path, else that of the content.

    Raises:
        Failure, InvalidDocument: the document cannot be read.
    """
    suffix = Path(document).suffix.lower() if isinstance(document, str | os.PathLike) else ""
    if suffix not in MADE_ENDINGS:
        suffix = {"word": ".docx", "excel": ".xlsx"}[open_parts(document)[2]]
    clean = re.sub(r"[^\w.()（）-]+", "_", name).strip("_") or "document"
    return folder / f"{clean.removesuffix(suffix)}{suffix}"


def obtained_path(golden: Path) -> Path:
    """Where the obtained file is put beside the golden one."""
    return golden.with_name(f"{golden.stem}.obtained{golden.suffix}")


def page_path(golden: Path) -> Path:
    """Where the side by side page is put; a Word and an Excel golden of one name have a page each."""
    twin = golden.with_suffix(".xlsx" if golden.suffix == ".docx" else ".docx")
    suffix = golden.suffix if twin.exists() else ""
    return golden.with_name(f"{golden.stem}.obtained{suffix}.html")


def as_documents(document: Any) -> list[tuple[str | None, Source]]:
    """What a test hands over as named documents: a path, content, a binary file, what python-docx or openpyxl made, or a list.

    Those of a list are named after their files, others after the test.
    """
    if isinstance(document, list | tuple):
        named = [one for entry in document for one in as_documents(entry)]
        return [(name or (Path(str(one)).stem if _is_path(one) else None), one) for name, one in named]
    if _is_path(document) or isinstance(document, bytes):
        return [(None, document)]
    if hasattr(document, "save"):
        made = io.BytesIO()
        document.save(made)
        return [(None, made.getvalue())]
    return [(None, read_bytes(document)[1])]


def _is_path(document: Any) -> bool:
    return isinstance(document, str) or hasattr(document, "__fspath__")


def golden_key(golden: Path) -> str:
    """What tells goldens apart on every system: file systems that ignore case or compose characters hold one of both."""
    return unicodedata.normalize("NFC", str(golden.resolve())).casefold()


def goldens_in(folder: Path) -> list[Path]:
    """The golden documents of a folder."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in MADE_ENDINGS
        and ".obtained" not in path.name
        and not path.name.startswith(("~$", "."))
    )


def check_golden(
    golden: Path,
    document: Source,
    update: bool,
    *,
    level: str | None = None,
    ignore: Iterable[RuleLike] = (),
    tolerance: Any = None,
    rules: Rules | None = None,
    fields: Callable[[], Any] | None = None,
) -> str | None:
    """Compare a document with its golden; None where they agree, otherwise what to tell the person.

    Where they differ, the obtained document and a page with both side by side are written beside the golden one; with
    `update` the obtained document becomes the golden one. `fields` gives the fields of the document where they are known.

    Raises:
        Failure: a file cannot be read or written.
        InvalidDocument: the document, or the golden, is no Word or Excel file.
    """
    content = read_bytes(document)[1]
    result = None
    if golden.exists() and golden.stat().st_size > 0:
        options: dict[str, Any] = {"level": level, "ignore": ignore, "tolerance": tolerance, "rules": rules}
        result = compare(golden, content, **options)
        if result.differences and fields is not None:
            result = compare(golden, content, **options, fields=fields())
    else:
        open_parts(content)  # what is no document is never accepted
    agrees = result is not None and not result.differences
    if agrees or update:
        if not agrees:
            write_atomically(golden, content)
        _clean(golden)
        return None
    write_atomically(obtained_path(golden), content)
    if result is None:
        return say(terms.GOLDEN_MISSING.filled(golden=golden, golden2=obtained_path(golden)))
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
    lines = [say(terms.DIFFERENCES_FROM.filled(name=golden.name, count=count)), to_text(shown, language()).rstrip("\n")]
    if count > _MOST:
        lines.append(say(terms.MORE_LINES.filled(x=count - _MOST)))
    lines += [
        say(terms.OBTAINED.filled(golden=obtained_path(golden))),
        say(terms.SIDE_BY_SIDE.filled(golden=page_path(golden))),
        say(terms.ACCEPT_GOLDEN),
    ]
    return "\n".join(lines)
