"""Where a field belongs that stands at the wrong level, and how a list is written."""

from generator.diagnostics.finding import Text

INDENT_BELOW = Text(
    "{names}是“{name}”里的：请在这几行前面各加两个空格，写在“{name}”下面一层。",
    "{names} belong to “{name}”: put two more spaces before each of these lines.",
)
MOVE_INTO = Text(
    "“{names}”是“{name}”里的，请移到它的花括号里。", "“{names}” belongs to “{name}”: move it into its braces."
)
COLON_LOST = Text(
    "“{name}”后面少了冒号，写成“{name}: {text}”。", "The colon behind “{name}” is missing: “{name}: {text}”."
)
MOVE_OUTERMOST = Text("“{name}”应写在最外层的花括号里。", "“{name}” belongs into the outermost braces.")
OUT_OF_BRACES = Text(
    "“{name}”是“{held}”里的，请从这里的花括号移到那里。",
    "“{name}” belongs to “{held}”: move it there out of these braces.",
)
OUTERMOST_OF_BRACES = Text(
    "“{name}”应写在最外层：请移出花括号，另起一行写。",
    "“{name}” belongs to the outermost level: move it out of the braces, on a line of its own.",
)
UNINDENT_WHOLLY = Text(
    "“{name}”应写在最外层，行首不要空格。", "“{name}” belongs to the outermost level, without spaces before it."
)
ALIGNED = Text("，和“{name}”对齐", ", in line with “{name}”")
INDENT = Text("增加缩进", "indent it")
INDENT_LESS = Text("减少缩进", "indent it less")
BELONGS_TO = Text("“{name}”是“{held}”里的，请{move}{aligned}。", "“{name}” belongs to “{held}”: {move}{aligned}.")
ITEM_LACKS = Text("这一项要填的是：{zh}。", "What this item must give: {en}.")
ONLY_LACKING = Text(
    "这里还缺“{label}”：如果填的就是它，请把名称改成“{name}”。",
    "“{label}” is lacking here: if this is it, name it “{name}”.",
)
SWAPPED = Text(
    "名称和内容写反了：请写成“{name}: {text}”。", "Name and value stand in each other's place: write “{name}: {text}”."
)
ITEM_UNDASHED = Text(
    "这是其中的一项：请在“{name}”前面写“- ”，这一项的其他各行和“{name}”对齐。",
    "This is one item: write “- ” before “{name}”, with its other lines in line with “{name}”.",
)
ITEM_UNBRACKETED = Text(
    "这是其中的一项：请放进方括号，写成 [{{…}}]。", "This is one item: put it in brackets, [{{…}}]."
)
ITEMS_IN_BRACKETS = Text("请写成 {written}。", "Write {written}.")
COLON_IN_TEXT = Text(
    '文字里的“: ”把它分成了两半，请放进英文双引号："{text}"，或改用中文冒号“：”。',
    '“: ” in the text parts it in two: put it in double quotes, "{text}", or use a full-width colon “：”.',
)
NO_ITEMS = {
    "yaml": Text("没有就写成 []。", "Where there are none, write []."),
    "json": Text("没有就写成 []。", "Where there are none, write []."),
    "form": Text("没有就清空这一格。", "Where there are none, clear the cell."),
}
DELETE_ITEM = Text("还有别的项，这一项请删去。", "There are other items: delete this one.")
ITEM_FIELD = {
    "yaml": Text("请写成“- {name}: {text}”。", "Write “- {name}: {text}”."),
    "json": Text('请写成 {{"{name}": "{text}"}}。', 'Write {{"{name}": "{text}"}}.'),
}
NO_BRACKETS = Text("去掉列表，直接写：{text}。", "Write it without a list: {text}.")
BRACES_FOR_FIELDS = Text(
    "这里是一组“字段: 值”：请把方括号换成花括号 {…}，或去掉各行开头的“- ”。",
    "These are fields with values: use braces {…} instead of brackets, or leave out the “- ” of each line.",
)
NO_BAR = Text("去掉冒号后面的“|”。", "Leave out the “|” behind the colon.")
NO_QUOTES_AROUND = Text("去掉花括号外面的引号。", "Leave out the quotes around the braces.")
VALUE_INSIDE = {
    "yaml": Text("要写明是哪一项，例如 {{{name}: {text}}}。", "Say which field it is, such as {{{name}: {text}}}."),
    "json": Text(
        '要写明是哪一项，例如 {{"{name}": "{text}"}}。', 'Say which field it is, such as {{"{name}": "{text}"}}.'
    ),
}
CUT_OFF = Text(
    "后面的{count}个部分都没有：{zh}。像是没有复制或保存完整，请找到完整的文件；还没有填的，接着填。",
    "The {count} parts behind it are missing: {en}. It looks incompletely copied or saved: find the whole file, or go on filling in.",
)
ITEMS_IN_ONE = Text(
    "各是一项的，一行一项分开写；是一项的，接成一行。", "Give each line an item of its own, or write it as one line."
)
LINES_JOINED = Text("接成一行：{text}。", "Write it as one line: {text}.")
NO_ROW = {
    "yaml": Text(
        "写着“{text}”也算一项；没有就写成 []。", "“{text}” counts as an item; where there are none, write []."
    ),
    "json": Text(
        "写着“{text}”也算一项；没有就写成 []。", "“{text}” counts as an item; where there are none, write []."
    ),
    "form": Text(
        "写着“{text}”也算一行；没有就清空这一行。", "“{text}” counts as a row; where there are none, clear it."
    ),
}
