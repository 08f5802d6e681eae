"""How the time of a render grows: the exponent of each case that once grew faster than its template or data.

    python tests/benchmarks/scaling.py [SIZE] [WORD]      # SIZE is the largest, 5,000 if not given; cases whose name holds WORD

prints the processor time at a quarter, at half and at the whole of the size, and the exponent between the last two: 1 is
linear, 2 is quadratic. The target is 1.15. What does not grow with the size is measured at size 1 and taken off.
"""

from __future__ import annotations

import io
import math
import struct
import sys
import time
import zlib
from collections.abc import Callable, Sequence

import docx
from openpyxl import Workbook

from generator import ExcelTemplate, InvalidTemplate, WordTemplate
from generator.template.image import image

TARGET = 1.15


def word(paragraphs: Sequence[str]) -> bytes:
    """A Word document of paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def excel(rows: Sequence[Sequence[object]], sheets: int = 1, head: str = "") -> bytes:
    """A workbook of sheets that hold the same rows; the name of a sheet may hold the tag of a loop."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number in range(sheets):
        sheet = book.create_sheet(head or f"S{number}")
        for row in rows:
            sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def picture(number: int) -> bytes:
    """A PNG of one pixel that no other number has."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    pixel = zlib.compress(b"\0" + number.to_bytes(3, "big"))
    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")


def refused(render: Callable[[], object], count: int) -> None:
    """Render what has so many faults."""
    told = 0
    try:
        render()
    except InvalidTemplate as refusal:
        told = len(refusal.diagnostics)
    if told != count:
        raise SystemExit(f"{told} faults were told instead of {count}")


def excel_faults(size: int) -> Callable[[], object]:
    template = ExcelTemplate(excel([[f"{{{{ wrong{number} }}}}"] for number in range(size)]))
    return lambda: refused(lambda: template.render({"right": 1}), size)


def excel_loop_faults(size: int) -> Callable[[], object]:
    template = ExcelTemplate(excel([["{%tr for x in items %}"], ["{{ x.a + x.b }}"], ["{%tr endfor %}"]]))
    items = [{"a": number, "b": f"t{number}"} for number in range(size)]
    return lambda: refused(lambda: template.render({"items": items}), 1)


def word_faults(size: int) -> Callable[[], object]:
    template = WordTemplate(word([f"{{{{ wrong{number} }}}}" for number in range(size)]))
    return lambda: refused(lambda: template.render({"right": 1}), size)


def excel_pictures(size: int) -> Callable[[], object]:
    template = ExcelTemplate(excel([["{%tr for x in items %}"], ["{{ x }}"], ["{%tr endfor %}"]]))
    items = [image(picture(number)) for number in range(size)]
    return lambda: template.render({"items": items})


def word_pictures(size: int) -> Callable[[], object]:
    template = WordTemplate(word(["{%p for x in items %}", "{{ x }}", "{%p endfor %}"]))
    items = [image(picture(number)) for number in range(size)]
    return lambda: template.render({"items": items})


def still_sheets(size: int) -> Callable[[], object]:
    content = _with_first_tagged(excel([["text", 1]], size // 10 or 1))
    return lambda: ExcelTemplate(content).render({"items": [1, 2]})


def looped_sheets(size: int) -> Callable[[], object]:
    template = ExcelTemplate(excel([["{%sheet for x in items %}", "{%sheet name x.name %}"], ["{{ x.a }}", "=A2*2"]]))
    items = [{"name": f"S{number}", "a": number} for number in range(size // 5 or 1)]
    return lambda: template.render({"items": items})


def _with_first_tagged(content: bytes) -> bytes:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    sheet.delete_rows(1)
    for row, text in enumerate(["{%tr for x in items %}", "{{ x }}", "{%tr endfor %}"], 1):
        sheet.cell(row, 1, text)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def word_conditions(size: int) -> Callable[[], object]:
    content = word([f"{{% if a{number % 7} %}}text {number}{{% endif %}}" for number in range(size)])
    return lambda: WordTemplate(content).render({f"a{number}": number % 2 for number in range(7)})


def excel_formulas(size: int) -> Callable[[], object]:
    rows = [["{%tr for x in items %}"], ["{{ x.a }}", "{{ x.b }}", "=A2*B2"], ["{%tr endfor %}"], ["=SUM(C2)"]]
    template = ExcelTemplate(excel(rows))
    items = [{"a": number, "b": 2} for number in range(size)]
    return lambda: template.render({"items": items})


def excel_formulas_beside(size: int) -> Callable[[], object]:
    row = ["{{ x.a }}", "=A3/A$5", "=N(C2)+A3", "=VLOOKUP(A3,S1!A$1:B$1,2)"]
    rows = [["a", 0, 0], ["{%tr for x in items %}"], row, ["{%tr endfor %}"], ["=SUM(A3)"]]
    book = Workbook()
    for cells in rows:
        book.worksheets[0].append(cells)
    book.create_sheet("S1").append([0, 1])
    file = io.BytesIO()
    book.save(file)
    template = ExcelTemplate(file.getvalue())
    items = [{"a": number + 1} for number in range(size)]
    return lambda: template.render({"items": items})


CASES = {
    "faults of an Excel template": excel_faults,
    "faults in a loop of an Excel template": excel_loop_faults,
    "faults of a Word template": word_faults,
    "pictures in Excel": excel_pictures,
    "pictures in Word": word_pictures,
    "untouched sheets (a tenth of the size)": still_sheets,
    "sheets in a loop (a fifth of the size)": looped_sheets,
    "conditions of a Word template": word_conditions,
    "formulas in a loop of Excel": excel_formulas,
    "formulas beyond their own row in Excel": excel_formulas_beside,
}


def seconds(run: Callable[[], object]) -> float:
    """The processor time of a run, the best of three."""
    found: list[float] = []
    for _ in range(3):
        start = time.process_time()
        run()
        found.append(time.process_time() - start)
    return min(found)


def main(largest: int, word: str = "") -> None:
    print(f"{'':40}" + "".join(f"{size:>9}" for size in (largest // 4, largest // 2, largest)) + "  exponent")
    for name, make in CASES.items():
        if word not in name:
            continue
        seconds(make(1))
        ground = seconds(make(1))
        times = [max(seconds(make(size)) - ground, 1e-6) for size in (largest // 4, largest // 2, largest)]
        exponent = math.log2(times[2] / times[1])
        told = "" if exponent <= TARGET else "  too steep"
        print(f"{name:40}" + "".join(f"{one:9.3f}" for one in times) + f"{exponent:10.2f}{told}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000, " ".join(sys.argv[2:]))
