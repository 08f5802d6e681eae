"""Word and Excel reports from one data file: validated, computed, checked, and rendered through Jinja templates.

The public names are those of `generator.api`; they are imported when first used, so that `import generator` is light.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
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
        show,
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
    "show",
]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module("generator.api"), name)
    raise AttributeError(f"module 'generator' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
