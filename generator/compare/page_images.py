"""Pages compared as a reader sees them: images of LibreOffice's pages, pixel by pixel.

A last resort for what no reading of the files tells (a shape's effect, a font that is missing): it depends on the LibreOffice
and the fonts of the machine. Both documents are drawn by the same one.
"""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageDraw

from generator.compare.difference import Comparison, Findings, Level
from generator.diagnostics import Failure
from generator.diagnostics.catalogue import diagnostic
from generator.documents.pdf import convert_to_pdf, find_soffice
from generator.kept.light_classes import dataclass
from generator.ooxml.package import write_together

_DOTS = 90  # per inch
_SEEN = 24  # of 255 steps of grey: less is how edges are smoothed
_SECONDS = 300
_OWN = re.compile(r"page-\d{3,}-(old|new|marked)\.png")


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page that differs: its number from 1, and its images (PNG) before, after and with the difference marked; None where
    one of the documents has no such page."""

    number: int
    old: bytes | None
    new: bytes | None
    marked: bytes | None


def with_pages(result: Comparison, a: Path, b: Path, folder: Path) -> Comparison:
    """A comparison with a difference for each page that looks different; the images are written into a folder.

    Args:
        result: what was found by meaning.
        a, b: the two documents.
        folder: gets `page-003-old.png`, `-new.png` and `-marked.png` for each page that differs; those of an earlier run go.

    Raises:
        Failure: LibreOffice or pdftoppm is missing or fails, a side is no document, or the folder cannot be written.
    """
    pages = _draw([a, b])
    found: list[PageImage] = []
    findings = Findings(Level.TEXT)
    for index in range(max(map(len, pages))):
        old, new = (side[index] if index < len(side) else None for side in pages)
        if (page := _compare(findings, index + 1, old, new)) is not None:
            found.append(page)
    _write(found, folder, (a, b))
    return Comparison(
        (*result.differences, *findings.found), result.not_compared, result.documents, result.files, tuple(found)
    )


def _draw(documents: Sequence[Path]) -> list[list[Image.Image]]:
    """The pages of documents as images."""
    for tool, find in (("LibreOffice", find_soffice), ("pdftoppm (poppler-utils)", _pdftoppm)):
        with contextlib.suppress(Failure):
            if find():
                continue
        raise Failure([diagnostic("compare-pages-tool", tool=tool)])
    found: list[list[Image.Image]] = []
    with tempfile.TemporaryDirectory() as temporary:
        copies = [Path(temporary) / f"{n}{document.suffix}" for n, document in enumerate(documents)]
        for document, copy in zip(documents, copies, strict=True):
            shutil.copyfile(document, copy)
        for number, pdf in enumerate(convert_to_pdf(copies, find_soffice())):
            stem = Path(temporary) / f"page{number}"
            command = [_pdftoppm() or "", "-r", str(_DOTS), "-png", str(pdf), str(stem)]
            done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
            if done.returncode:
                reason = done.stderr.decode("utf-8", "replace").strip()
                raise Failure([diagnostic("compare-pages-failed", name=documents[number].name, reason=reason)])
            images = sorted(stem.parent.glob(f"{stem.name}-*.png"), key=lambda path: int(path.stem.rpartition("-")[2]))
            found.append([Image.open(io.BytesIO(image.read_bytes())).convert("RGB") for image in images])
    return found


def _pdftoppm() -> str | None:
    return shutil.which("pdftoppm")


def _compare(findings: Findings, number: int, old: Image.Image | None, new: Image.Image | None) -> PageImage | None:
    anchor = {"part": "page", "number": number}
    if old is None or new is None:
        findings.add("page", Level.TEXT, anchor, "page-inserted" if old is None else "page-deleted", gone=new is None)
        return PageImage(number, old and _png(old), new and _png(new), None)
    size = max(old.width, new.width), max(old.height, new.height)
    sides = [_on(page, size) for page in (old, new)]
    seen = ImageChops.difference(*sides).convert("L").point([255 if step >= _SEEN else 0 for step in range(256)])
    box = seen.getbbox()
    if box is None and old.size == new.size:
        return None
    if box is None:
        sizes = [f"{page.width} × {page.height}" for page in (old, new)]
        findings.add("page", Level.TEXT, anchor, "page-size", old=sizes[0], new=sizes[1])
        return PageImage(number, _png(old), _png(new), None)
    share = seen.histogram()[255] / (size[0] * size[1])
    edges = zip(("left", "top", "right", "bottom"), box, (*size, *size), strict=True)
    told: dict[str, Any] = {edge: f"{100 * value / length:.0f}%" for edge, value, length in edges}
    findings.add("page", Level.TEXT, anchor, "page-image", new=f"{100 * share:.2f}%", **told)
    return PageImage(number, _png(old), _png(new), _png(_marked(sides[1], seen, box)))


def _on(page: Image.Image, size: tuple[int, int]) -> Image.Image:
    """A page on white paper of a size."""
    if page.size == size:
        return page
    paper = Image.new("RGB", size, "white")
    paper.paste(page, (0, 0))
    return paper


def _marked(page: Image.Image, seen: Image.Image, box: tuple[int, int, int, int]) -> Image.Image:
    """A page, paler, with what differs in red and a frame around it."""
    pale = Image.blend(page, Image.new("RGB", page.size, "white"), 0.6)
    pale.paste(Image.new("RGB", page.size, (220, 0, 0)), (0, 0), seen)
    frame = (max(0, box[0] - 4), max(0, box[1] - 4), min(page.width - 1, box[2] + 4), min(page.height - 1, box[3] + 4))
    ImageDraw.Draw(pale).rectangle(frame, outline=(220, 0, 0), width=2)
    return pale


def _png(page: Image.Image) -> bytes:
    buffer = io.BytesIO()
    page.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _write(pages: Sequence[PageImage], folder: Path, inputs: Sequence[Path]) -> None:
    files = {
        folder / f"page-{page.number:03}-{name}.png": content
        for page in pages
        for name, content in (("old", page.old), ("new", page.new), ("marked", page.marked))
        if content is not None
    }
    if folder.is_dir():
        for path in folder.iterdir():
            if _OWN.fullmatch(path.name) and path not in files:
                path.unlink()
    if files:
        write_together(files, inputs=inputs, option="--pages")
