"""Word and Excel reports from one data file: validated, computed, checked, and rendered through Jinja templates.

The public names are those of `generator.api`; they are imported when first used, so that `import generator` is light.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType

__version__ = "0.1.0"

TYPE_CHECKING = False  # `typing` takes 5 ms to import, which `--help` does without
if TYPE_CHECKING:
    from typing import Any

    from generator.api import (
        ExcelTemplate,
        Failure,
        InvalidDocument,
        InvalidReport,
        InvalidStandard,
        InvalidTemplate,
        Report,
        Standard,
        WordTemplate,
        compare,
        load_standard,
        marked,
        render_batch,
        settled,
        show,
        tracked,
        with_page_numbers,
    )

__all__ = [
    "ExcelTemplate",
    "Failure",
    "InvalidDocument",
    "InvalidReport",
    "InvalidStandard",
    "InvalidTemplate",
    "Report",
    "Standard",
    "WordTemplate",
    "compare",
    "load_standard",
    "marked",
    "render_batch",
    "settled",
    "show",
    "tracked",
    "with_page_numbers",
]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module("generator.api"), name)
    raise AttributeError(f"module 'generator' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])


class _Package(ModuleType):
    """`generator.compare` is the function, though a room has that name: importing the room would hide it."""

    @property
    def compare(self) -> Any:
        return import_module("generator.api").compare

    @compare.setter
    def compare(self, room: ModuleType) -> None:
        """What the import system does when it has imported the room; `sys.modules` keeps it all the same."""


sys.modules[__name__].__class__ = _Package
