"""The endings of file names that tell what a file is: Word, Excel, or a data file's text."""

from __future__ import annotations

import os

WORD_ENDINGS = (".docx", ".docm", ".dotx", ".dotm")
EXCEL_ENDINGS = (".xlsx", ".xlsm", ".xltx", ".xltm")
OFFICE_ENDINGS = (*WORD_ENDINGS, *EXCEL_ENDINGS)
MADE_ENDINGS = (".docx", ".xlsx", ".docm", ".xlsm")  # of the documents of a report
OTHER_WORKBOOKS = (".xls", ".xlt", ".xlsb", ".et", ".ett", ".ods")
OTHER_DOCUMENTS = (".docx", ".doc", ".wps", ".pdf")  # no workbooks
TEXT_DOCUMENTS = (".md", ".markdown", ".rst", ".html", ".htm", ".rtf", ".tex", ".log")  # texts that are no data
ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz")
YAML_ENDINGS = (".yaml", ".yml")
DATA_ENDINGS = (*YAML_ENDINGS, ".json")
TEXT_ENDINGS = (*DATA_ENDINGS, ".csv", ".tsv", ".txt", ".pem", ".key", ".pub")  # read as text, whatever they hold
FORM_ENDINGS = (".xlsx", ".xlsm")


def ending_of(name: str | os.PathLike[str]) -> str:
    """The ending of a file's name in small letters, with its dot; "" where it has none. A name need not be a path."""
    return os.path.splitext(name)[1].lower()  # noqa: PTH122
