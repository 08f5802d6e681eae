"""Why a standard package is refused: names of its entries, their number and size; what is installed."""

from __future__ import annotations

from generator.diagnostics.finding import Text

TOO_MANY = Text("{count} 个条目，最多 {most} 个", "{count} entries, at most {most}")
TOO_BIG = Text("“{part}”展开后过大", "“{part}” unpacks to too much")
TOO_DENSE = Text("“{part}”的压缩比异常", "“{part}” is compressed beyond measure")
ABSOLUTE = Text("绝对路径", "an absolute path")
ABOVE = Text("指向上级文件夹", "it leads to a folder above")
CHARACTERS = Text("含有文件名里不能用的字符", "it holds characters that no file name may have")
RESERVED = Text("有的系统不能用这个名字", "not every system can have it")
LENGTH = Text("名称为空或过长", "it is empty or too long")
NOT_NFC = Text("字符形式不统一（应为 NFC）", "its characters are not in form NFC")

INSTALLED = Text("装有：{known}。", "Installed: {known}.")
NOTHING_INSTALLED = Text("自己的标准库里还没有装任何标准。", "Nothing is installed in your library.")
NOT_BY_REMOVE = Text(
    "这个标准在“{path}”，不是用 generator standard install 装的；remove 只删装好的。",
    "This standard lies in “{path}” and was not installed by generator standard install; remove takes away what was installed only.",
)
