"""The digest of a standard follows its files."""

import shutil
from pathlib import Path

from generator.standard import load_standard
from generator.standard.identity import standard_digest


def it_follows_every_file_within_one_process(tmp_path: Path):
    library = tmp_path / "library"
    shutil.copytree("templates", library)
    standard = load_standard(library / "standards" / "shifeng-2020.yaml")
    seen = {standard_digest(standard)}
    assert {standard_digest(standard)} == seen
    for name in ("xlsx/shifeng-2020.xlsx", "standards/common.yaml"):
        path = library / name
        path.write_bytes(path.read_bytes() + b"\n")
        seen.add(standard_digest(standard))
    (library / "docx" / "shifeng-2020.docx").unlink()
    seen.add(standard_digest(standard))
    assert len(seen) == 4
