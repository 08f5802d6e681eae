"""What is wrong with a tag of a template and how to write it: words of findings."""

from generator.diagnostics import Text

QR_LEVEL = Text("容错等级“{level}”", "the level “{level}”")
CHECK_DIGIT = Text("校验位应为 {full}", "its check digit should be {full}")
ASCII_ONLY = Text("只能有英文字母、数字和半角符号", "it can hold letters, digits and signs of ASCII alone")
CODE39_CHARACTERS = Text(
    "只能有大写字母、数字、空格和 - . $ / + %", "it can hold capital letters, digits, spaces and - . $ / + % alone"
)
CODABAR_CHARACTERS = Text(
    "要以 A、B、C、D 中的一个开头和结尾，中间只能有数字和 - $ : / . +",
    "it begins and ends with one of A, B, C, D and holds digits and - $ : / . + between them",
)
DIGITS_ONLY = Text("只能有数字", "it can hold digits alone")
EVEN_DIGITS = Text("数字的个数要是双数，可在前面补 0", "it needs an even number of digits; put a 0 in front")
NUMBER_OF_DIGITS = Text(
    "要有 {fewer} 位（不含校验位）或 {more} 位", "it needs {fewer} characters, or {more} with the check digit"
)
ISBN_PREFIX = Text("要以 978 或 979 开头", "it begins with 978 or 979")
GS1_FORM = Text(
    "要写成（应用标识符）和内容，如 (01)09501101530003(10)ABC",
    "it is written as identifiers in brackets with their contents, such as (01)09501101530003(10)ABC",
)
GS1_LENGTH = Text("({identifier}) 后面要有 {length} 位", "({identifier}) is followed by {length} characters")
MALFORMED = Text("写法有误或过于复杂", "it is malformed or too complex")
LOOP_IS_JINJAS = Text(
    "“loop”是循环自己的名称，请给每一项取别的名称", "“loop” is the loop's own name: give its items another"
)
CALLER_IS_JINJAS = Text("“caller”不能当宏的参数", "“caller” cannot be an argument of a macro")
TWO_ARGUMENTS = Text("参数“{name}”写了两次", "the argument “{name}” stands twice")
TWO_BLOCKS = Text(
    "“{name}”这个 block 已经有了，请换一个名称", "there is a block “{name}” already: give it another name"
)
PARTS_OF_ONE = Text("方括号里只能写一段，如 [1:3]", "square brackets take one range, such as [1:3]")
TWO_BRACES = Text("花括号只要两个：“{better}”。", "Two braces are enough: “{better}”.")
END_FULL_WIDTH = Text("“{wrong}”是全角的，请改成半角的“{end}”。", "“{wrong}” is full-width: write “{end}”.")
END_SINGLE = Text("结尾只有一个“{wrong}”，请写成“{end}”。", "It ends with a single “{wrong}”: write “{end}”.")
END_WRONG = Text("结尾写成了“{wrong}”，请改成“{end}”。", "It ends with “{wrong}”: write “{end}”.")
NO_EXPRESSION = Text("缺少表达式", "an expression is missing")
LOOP_CONDITION = Text(
    "请在循环上写条件：{% for 项 in 列 if 项.额 > 0 %}，或用 selectattr、切片（列[:3]）先取出要的项。",
    "Put the condition on the loop: {% for item in rows if item.amount > 0 %}, or choose the items first: rows[:3].",
)
RIGHT_BEHIND = Text("“{name}”要紧跟在“{{%”后面：{{%{name} …%}}", "“{name}” stands right behind “{{%”: {{%{name} …%}}")
BEHIND_OR_NOT = Text(
    "“{found}”要紧跟在“{{%”后面；不需要时写成“{better}”。",
    "“{found}” stands right behind “{{%”; without it, write “{better}”.",
)
TWO_EQUALS = Text("比较要写两个等号“==”。", "A comparison takes two equals signs.")
JOIN_NAMES = Text("字段名之间要用“.”连接，文字要加引号。", "Join names with “.”, put text in quotes.")
WRITE_INSTEAD = Text("“{found}”请改成“{wanted}”。", "Write “{wanted}” instead of “{found}”.")
BEHIND_BRACES = Text("“{found}”要紧跟在“{{{{”后面：{better}", "“{found}” stands right behind “{{{{”: {better}")
A_LIST = Text("一个列表", "a list")
A_RECORD = Text("一组字段", "a record")
A_CONDITION = Text("一个判断", "a condition")
NESTED_VALUES = Text("列表里套列表，层数太多", "lists stand in lists too deep")
AT_TAG = Text("打印到标签“{tag}”时", " at the tag “{tag}”")
LOOP_OVER_LIST = Text("这是一个列表，要用循环取出每一项。", "This is a list: loop over its items.")
NESTED_TOO_DEEP = Text("条件、循环或算式套得太深", "blocks or expressions stand in one another too deep")
TAG_TOO_LONG = Text("一个标签超过了{most}个字符", "a tag is longer than {most} characters")
NUMBER_TOO_LONG = Text("一个数字超过了{max_digits}位", "a number has more than {max_digits} digits")
BRACKETS_TOO_DEEP = Text("括号套了超过{max_brackets}层", "brackets stand in one another more than {max_brackets} deep")
TOO_MANY_STEPS = Text("一个算式超过了{max_operations}步", "an expression has more than {max_operations} steps")
LOOPS_TOO_DEEP = Text("循环套了超过{loops}层", "loops stand in one another more than {loops} deep")
BLOCKS_TOO_DEEP = Text("条件和循环套了超过{blocks}层", "blocks stand in one another more than {blocks} deep")
TOO_MANY_BRANCHES = Text(
    "一个条件里超过了{most}个elif，请改用字典或列表来查",
    "a condition has more than {most} elif: look it up in a mapping or a list",
)
TOO_MANY_CHOICES = Text(
    "有 {blocks} 个块标签（if、for 等）和 {names} 个名称，太多，请分成几个模板",
    "{blocks} blocks (if, for …) and {names} names are too many: make several templates of it",
)
TOO_MANY_CONTROLS = Text(
    "按标记填写的内容控件超过了{most}个", "there are more than {most} content controls that are filled by their tag"
)
TOO_MANY_NOTES = Text(
    "在有条件、循环或标签的文件里，脚注、尾注或批注超过了{most}个",
    "a document with conditions, loops or tags in notes has more than {most} footnotes, endnotes or comments",
)
TOO_MANY_FOLLOWING = Text(
    "一个循环里的书签、引用、图形和修订超过了{most}处，每一轮都要另起编号",
    "a loop holds more than {most} bookmarks, references, drawings and changes that each turn numbers anew",
)
TOO_MANY_TAGS = Text("标签超过了{most}个", "there are more than {most} tags")
ENTITY_DEFINITIONS = Text("实体定义", "definitions of entities")
PROCESSING_INSTRUCTION = Text("处理指令", "a processing instruction")
ENTITY = Text("实体", "an entity")
EVENT = Text("事件 {attribute}", "the event {attribute}")
REFERENCE_ELSEWHERE = Text("对外部的引用“{shown}”", "a reference to elsewhere, “{shown}”")
USE_IN_CIRCLE = Text("循环引用 <use>", "<use> in a circle")
TOO_MANY_USES = Text("过多的 <use>", "too many <use>")
TOO_DEEP = Text("套在{most}层以上的 {kind}", "{kind} within more than {most} others")
