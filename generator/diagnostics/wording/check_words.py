"""What a failed check advises, where more is known than that its numbers disagree."""

from generator.diagnostics.finding import Text

TEXTUAL = Text("请核对所列的内容，改正错的那一处。", "Check what is named and correct what is wrong.")
KEPT = Text(
    "请核对所列的数，改正错的那一个；核对无误的，在“保留”里写一项：处“{path}”、文字“{typed}”，再写明理由。",
    "Check the figures named and correct the wrong one; if they are right, keep it by an item of 保留: 处 “{path}”, 文字 “{typed}”, and the reason.",
)
ALSO_FAILS = Text("同一处还不符合：{checks}。", " It also fails: {checks}.")
OTHERS_TOO = Text("（{checks}也由此而来）", " ({checks} follow from it)")
MISTYPED = Text(
    "多半是“{path}”填错了：填的是 {typed}，改成 {value} 就对了{also}。请对照原始资料核实。",
    "Probably “{path}” is mistyped: it says {typed}; with {value} it holds{also}. Check it against the records.",
)
EXCHANGED = Text(
    "多半是“{path}”和“{other}”填颠倒了：换过来就对了{also}。请对照原始资料核实。",
    "Probably “{path}” and “{other}” stand in each other's place: exchanged, it holds{also}. Check them against the records.",
)
OR_KEEP = Text(
    "核对无误的，在“保留”里写一项：处“{path}”、文字“{typed}”，再写明理由。",
    " If they are right, keep it by an item of 保留: 处 “{path}”, 文字 “{typed}”, and the reason.",
)
FAR_APART = Text(
    "“{path}”是 {typed}，“{other}”是 {stated}：多半有一个多打、少打了一位，或者填颠倒了{also}。请对照原始资料核实。",
    "“{path}” is {typed}, “{other}” is {stated}: probably one has a digit too many or too few, or they are exchanged{also}. "
    "Check them against the records.",
)
ONE_IS_NOTHING = Text(
    "“{path}”是 {typed}，“{other}”是 {stated}：有一个没有填实际的数，或者填颠倒了{also}。请对照原始资料核实。",
    "“{path}” is {typed}, “{other}” is {stated}: one is not the actual figure, or they are exchanged{also}. "
    "Check them against the records.",
)
LEFT_OUT = Text(
    "多半是漏填了“{path}”：填 {value} 就对了{also}。请对照原始资料核实。",
    "Probably “{path}” is left out: with {value} it holds{also}. Check it against the records.",
)
FOLLOW = Text("{checks}也由此而来。", " {checks} follow from it.")
