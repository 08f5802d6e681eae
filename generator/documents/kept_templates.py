"""Templates that an earlier process compiled: taken from the cache folder where the same file was kept, else compiled and kept."""

from __future__ import annotations

import contextlib
import hashlib
from typing import TYPE_CHECKING

from generator.kept import cache_folder
from generator.kept.frozen_graph import Unstorable
from generator.ooxml.limits import limits, macros_are_allowed
from generator.ooxml.package import named_stream, read_bytes

if TYPE_CHECKING:
    from generator.documents.chart_workbooks import WordTemplate
    from generator.excel.template import ExcelTemplate
    from generator.template.environment import UndefinedNames


def opened(
    kind: type[WordTemplate | ExcelTemplate], path: str, undefined: UndefinedNames
) -> WordTemplate | ExcelTemplate:
    """The template of a file.

    Args:
        kind: its class.
        path: the file.
        undefined: what an undefined name is.

    Raises:
        InvalidTemplate: it is at fault.
        Failure: it cannot be read.
    """
    if cache_folder.folder() is None:
        return kind(path, undefined=undefined)
    name, content = read_bytes(path)
    parts = (undefined, limits(), macros_are_allowed(), hashlib.sha256(content).hexdigest())
    entry = cache_folder.entry_name(kind.__module__, parts)
    if (kept := cache_folder.read_entry(entry)) is not None:
        try:
            return kind.restored(named_stream(name, content), kept, undefined)
        except Exception:  # an entry that does not fit is as good as none
            pass
    template = kind(named_stream(name, content), undefined=undefined)
    with contextlib.suppress(Unstorable):
        cache_folder.write_entry(entry, template.kept())
    return template
