"""Wording of the diagnostics that end what is told of a data file (room report): more is wrong than anybody reads."""

from generator.diagnostics.wording.entry import Wording, error

MANY: dict[str, Wording] = {
    "unknown-field-many": error(
        "从这里起，标准里没有的字段不再逐个列出：已经有{most}个。",
        "from here on, fields that the standard does not have are not listed: there are {most} already.",
        "多半选错了文件或标准；改好前面的再检查。",
        "Most likely this is another file, or another standard's; check again once those before are right.",
    ),
    "examined-in-part": error(
        "问题太多，检查提前结束：其余内容没有检查，列出的不是全部问题。",
        "there are too many findings, and the examination ended early: the rest was not looked at, and more may be wrong.",
        "多半选错了文件或标准，或者整列填错了；改好列出的再检查。",
        "Most likely this is another file, or another standard's, or a whole column is wrong; check again once these are right.",
    ),
}
