"""References as other programs write them, in texts of data files, templates and standards: `$年度$`, `«年度»`, `[[年度]]`."""

from __future__ import annotations

import re

from generator.kept.lazy_patterns import lazy

SIGNS = "$＄«‹#＃@%％<"  # that other programs put before a name
DOUBLED_BRACKETS = ("﹛", "︷", "【【", "〔〔", "「「", "《《", "（（", "[[", "((")
# They mean a reference only around a name that there is.
PLACEHOLDER = lazy(
    rf"(?:(?<![﹛︷])[﹛︷]++|{'|'.join(map(re.escape, DOUBLED_BRACKETS[2:]))}|[$＄«‹@]|(?<![{{｛])[#＃]|(?<![0-9０-９%％{{｛])[%％]|<<?(?:%=)?)\s*+"
    r"(?P<inner>[^\W\d][\w.]*+)\s*+(?:[﹜︸]+|】】|〕〕|」」|》》|））|>>|\]\]|\)\)|[$＄»›#＃@]|[%％]>?|>)"
)
