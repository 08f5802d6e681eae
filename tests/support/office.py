"""LibreOffice for tests: many files in one start, a profile of its own, a skip with a reason where it is missing."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def convert(files: Sequence[Path], to: str, folder: Path) -> dict[Path, Path]:
    """Convert documents ("pdf", "docx", "xlsx", "csv" …) in one soffice start; source -> result."""
    if SOFFICE is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    folder.mkdir(parents=True, exist_ok=True)
    profile = (folder / ".profile").resolve().as_uri()
    command = [SOFFICE, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", to]
    command += ["--outdir", str(folder), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    results = {file: folder / (file.stem + "." + to.split(":")[0]) for file in files}
    missing = [file.name for file, result in results.items() if not result.exists()]
    assert not missing, f"LibreOffice did not convert {missing}: {done.stdout}{done.stderr}"
    return results


def pdf_pages(pdf: Path) -> list[str]:
    """The text of each page of a PDF, by poppler."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True, timeout=60).stdout
    return text.decode("utf-8").rstrip("\f").split("\f")
