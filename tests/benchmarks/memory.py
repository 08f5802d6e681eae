"""The most memory that large inputs take, each in a process of its own; the interpreter with our imports is in it.

python tests/benchmarks/memory.py           # all of them
python tests/benchmarks/memory.py NAME      # one, in this process: prints its peak in MB
"""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

RUN = '<w:p><w:pPr><w:spacing w:line="360"/></w:pPr><w:r><w:rPr><w:sz w:val="24"/></w:rPr><w:t>{}</w:t></w:r></w:p>'
TEXT = "项目{}：{}，共{}万元，完成情况良好，按期完成年度绩效目标。"


def large_template(size: int, every: int = 100) -> bytes:
    """A Word template whose body is so many bytes; of its paragraphs each `every`th holds two tags."""
    import docx

    empty, stream = io.BytesIO(), io.BytesIO()
    docx.Document().save(empty)
    paragraphs: list[str] = []
    written = 0
    while written < size:
        values = ("{{ x.a }}", "{{ x.b }}") if len(paragraphs) % every == 0 else ("甲", "乙")
        paragraphs.append(RUN.format(TEXT.format(len(paragraphs), *values)))
        written += len(paragraphs[-1].encode())
    with zipfile.ZipFile(empty) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = content.replace(b"<w:sectPr", "".join(paragraphs).encode() + b"<w:sectPr", 1)
            made.writestr(name, content)
    return stream.getvalue()


def table_template() -> bytes:
    """A table of which every row stands in a loop."""
    import docx

    made = docx.Document()
    table = made.add_table(3, 8)
    table.cell(0, 0).text, table.cell(2, 0).text = "{%tr for r in rows %}", "{%tr endfor %}"
    for column in range(8):
        table.cell(1, column).text = f"{{{{ r.c{column} }}}}"
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def rows(count: int) -> Iterator[dict[str, Any]]:
    return ({f"c{column}": f"值{number * column}" for column in range(8)} for number in range(count))


def data_file(size: int) -> bytes:
    """A data file of so many bytes."""
    from read_source import data_file as made

    text = made(1_000_000)
    head, _, items = text.partition("指标:\n")
    return f"{head}指标:\n{items * (size // len(text.encode()) + 1)}".encode()


def json_file(size: int) -> bytes:
    """The same, of so many bytes, as JSON."""
    import yaml
    from read_source import data_file as made

    found: dict[str, Any] = yaml.load(made(200_000), yaml.BaseLoader)
    own = json.dumps(found["指标"], ensure_ascii=False, indent=1)[2:-2].encode()
    return '{"标准": "shifeng-2020", "指标": ['.encode() + b",\n".join([own] * (size // len(own))) + b"]}"


def compile_large(content: bytes) -> None:
    from generator import WordTemplate

    WordTemplate(content)


def stream_table(count: int) -> Callable[[bytes], None]:
    def render(content: bytes) -> None:
        from generator import WordTemplate

        WordTemplate(content).render({"rows": rows(count)})

    return render


def read_data(content: bytes) -> None:
    from generator.source import read_source

    read_source(content)


WORK: dict[str, tuple[str, Callable[[], bytes], Callable[[bytes], None]]] = {
    "imports": ("the interpreter and the Word engine", table_template, compile_large),
    "template": ("a Word template of 20 MB, compiled", lambda: large_template(20_000_000), compile_large),
    "tags": ("the same with 9,000 tags", lambda: large_template(20_000_000, 20), compile_large),
    "table": ("a Word table of 5,000 rows from an iterator", table_template, stream_table(5_000)),
    "long-table": ("a Word table of 50,000 rows from an iterator", table_template, stream_table(50_000)),
    "data": ("a data file of 24 MB, read", lambda: data_file(24_000_000), read_data),
    "json": ("a data file of 24 MB, JSON", lambda: json_file(24_000_000), read_data),
}


def main() -> None:
    for name, (title, make, _) in WORK.items():
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "input"
            file.write_bytes(make())
            found = subprocess.run(
                [sys.executable, __file__, name, str(file)], check=True, capture_output=True, text=True
            )
        print(f"{title:50}{float(found.stdout):>8.0f} MB", flush=True)


def peak() -> float:
    """The peak of this process in MB; `ru_maxrss` would be its parent's, were that larger."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    if len(sys.argv) > 2:
        WORK[sys.argv[1]][2](Path(sys.argv[2]).read_bytes())
        print(peak())
    else:
        main()
