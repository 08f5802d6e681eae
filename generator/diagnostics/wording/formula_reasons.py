"""What is wrong within a formula, what it should be, and the kinds of values: words of findings."""

from generator.diagnostics import Text

GIVEN = Text("给了{number}个", "{number} given")
WAN_YUAN_WANTED = Text("需要万元，这里是{kind}", "万元 wanted, not {kind}")
TEXT_WANTED = Text("需要文字，这里是{kind}", "text wanted, not {kind}")
PRINTED_FIELD = Text("{kind}要写明印哪个字段", "name the field that each item prints")
TOO_MANY = Text("参数太多", "too many")
WHOLE_DAYS = Text("天数要是整数", "days are a whole number")
THE_REPORT = Text("报告", "the report")
NAME_IN_BRACKETS = Text("[ ] 里要写名称（文字）", "what stands in [ ] is a name (text)")
ONE_KIND = Text("[ ] 里的值要是同一类", "the items of a list are of one kind")
HALF_WIDTH = Text("请改成半角的{shown}。", "Write {shown_en} instead.")
PERCENT_AS_DECIMAL = Text("百分数写成小数：10% 写成 0.1。", "Write a percentage as a decimal: 0.1 for 10%.")
FILTERS = Text(
    "round、fixed、trim、千分位、元、万元、亿元、大写、中文数字、编号、日期",
    "round, fixed, trim, thousands, yuan, 万元, 亿元, capital, chinese, numbered, date",
)
PLACES_WANTED = Text("要写小数位数，例如 1", "the number of places, such as 1")
DATE_WANTED = Text("需要日期", "a date is wanted")
NUMBER_WANTED = Text("需要数，这里是{kind}", "a number is wanted, not {kind}")
AMOUNT_WANTED = Text("需要金额，这里是{kind}", "an amount is wanted, not {kind}")
WHOLE_WANTED = Text("需要整数", "a whole number is wanted")
ONLY_THE_SAME = Text("这类值只能比是否相同：== 或 !=。", "Such values are the same or not: == or !=.")
LISTS_DO_NOT_COMPARE = Text(
    "一列值先用 sum(…)、count(…) 得出一个数再比；问其中有没有，写 甲 in 列.名称。",
    "Compare what sum(…) or count(…) make of a list; whether it holds a value is asked by: a in list.name.",
)
FORMULA_END = Text("公式的结尾", "the end of the formula")
RECORDS_WANTED = Text("逐项的表达式只能用在记录的列表上", "an expression per item needs a list of records")
LIST_WANTED = Text("第一个参数要是一列值，这里是{kind}", "the first argument is a list, not {kind}")
NUMBERS_WANTED = Text("要写到数值字段，这里是{kind}", "name a number of the items; this is {kind}")
SORT_KEY = Text("要按数、日期或文字排序，这里是{kind}", "sort by a number, a date or a text, not {kind}")
SORT_ORDER = Text('第三个参数写 "升" 或 "降"', 'the third argument is "升" or "降"')
WHOLE_COUNT = Text("个数要是整数", "the number of items is a whole number")
KNOWN_HERE = Text("这里有：{zh}。", "There are: {en}.")
NUMBER = Text("数", "a number")
TEXT = Text("文字", "text")
PARAGRAPHS = Text("段落", "paragraphs")
CONDITION = Text("条件", "a condition")
DATE = Text("日期", "a date")
RECORD = Text("一条记录", "a record")
MAP = Text("一张对照表", "a map")
IMAGE = Text("一张图片", "a picture")
NOTHING = Text("空值", "nothing")
ANY = Text("未知的值", "an unknown value")
LIST_OF = Text("一列{zh}", "a list of {en}s")
AMOUNT = Text("金额（{unit}）", "an amount in {unit}")
PERCENTAGE = Text("百分数", "a percentage")
NUMBER_OF_UNIT = Text("数（{unit}）", "a number ({unit})")
