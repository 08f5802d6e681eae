"""What attacks are made of."""

import io

import openpyxl


def one_cell(text: str) -> bytes:
    """A workbook with a text in its first cell."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = text
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
