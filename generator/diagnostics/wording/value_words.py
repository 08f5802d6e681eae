"""What a field takes, by its kind, and what to write instead of what it does not take."""

from __future__ import annotations

from generator.diagnostics.finding import Text
from generator.diagnostics.wording.entry import Spelling

INTEGER = Text("整数", "a whole number")
NUMBER = Text("数", "a number")
MONEY = Text("金额（{unit}）", "an amount ({unit})")
PERCENT = Text("百分数，例如 95%", "a percentage such as 95%")
SCORE = Text("分数", "a score")
YEAR = Text("年份，例如 2020", "a year such as 2020")
BOOLEAN = Text("“是”或“否”", "是 or 否 (yes or no)")
DATE = Text("日期，例如 2020-12-31", "a date such as 2020-12-31")
IMAGE = Text(
    "图片文件的名字，放在数据文件旁边，例如 公章.png", "the name of a picture beside the data file, such as seal.png"
)
MAP = Text("一组“名称: 值”", "a mapping")
BANDS = Text("一组“名称: 下限”", "a mapping of lower bounds")
TEXT = Text("一段文字", "a text")
TEXT_MARKDOWN = Text("一段文字（Markdown）", "a text in Markdown")
PARAGRAPHS = Text("文字（可分段）", "text in paragraphs")
PARAGRAPHS_MARKDOWN = Text("文字（Markdown）", "text in Markdown")
PHONE = Text("电话号码", "a telephone number")
CHOICE = Text("{zh}之一", "one of {en}")

# beside an empty field of a data file
SAID_ELSEWHERE = Text("", "")
MAY_HAVE_PARAGRAPHS = Text("可分段", "paragraphs")
POINTS = Text("分", "points")
A_PERCENTAGE = Text("百分数", "a percentage")
A_YEAR = Text("年份", "a year")
A_DATE = Text("日期", "a date")
OF_UNIT = Text("{kind}（{unit}）", "{kind} ({unit})")
OF_PLACES = Text("{kind}，至多{places}位小数", "{kind}, {places} decimal places at most")

# beside a cell of a form
CELL_OF_PLACES = Text("至多{places}位小数", "up to {places} decimal places")
CELL_OF_PHONE = Text("电话号码", "a phone number")
CELL_OF_CHOICE = Text("从下拉列表选", "choose from the list")
CELL_OF_PARAGRAPHS = Text("可分段，Alt+Enter 换行", "may have paragraphs: Alt+Enter")

RECORD: dict[Spelling, Text] = {
    "yaml": Text("一组“字段: 值”", "a mapping of fields"),
    "json": Text('花括号里的一组 "字段": 值', "an object of fields"),
    "form": Text("一组要填的格", "a group of cells"),
}
LIST = {
    "yaml": Text("一个列表（每项一行，以“- ”开头），每项是", "a list, each item "),
    "json": Text("一个列表（写在方括号里，各项用逗号隔开），每项是", "a list in square brackets, each item "),
    "form": Text("一个列表（在它的工作表里一行一项），每项是", "a list, a row of its sheet each item, "),
}
MAPS: dict[Spelling, Text] = {
    "json": Text('花括号里的一组 "名称": 值', "an object of names and values"),
    "form": Text("一组名称和值（在它的工作表里一行一个）", "names and values, a row of its sheet each"),
}
BANDED: dict[Spelling, Text] = {
    "json": Text('花括号里的一组 "名称": 下限', "an object of lower bounds"),
    "form": Text("一组名称和下限（在它的工作表里一行一个）", "names and lower bounds, a row of its sheet each"),
}
SHAPE_MAP = {
    "yaml": MAP,
    "json": Text('花括号里的一组 "名称": 值', "a mapping"),
    "form": Text("一组名称和值", "a mapping"),
}

WHOLE_PLACES = Text("请填整数。", "Give a whole number.")
ROUNDED = Text("四舍五入是 {rounded}{sign}。", "Rounded it is {rounded}{sign}.")
HALF_WIDTH_PERCENT = Text("百分号用半角：{number}%。", "Write {number}%.")
NO_PERCENT = Text("百分数要带百分号：{text}%。", "Write the percent sign: {text}%.")
WHICH_PERCENT = Text(
    "百分数要带百分号：是 {text}% 还是 {shown}%？", "Write the percent sign: is it {text}% or {shown}%?"
)
UNSEEN = Text(
    "里面有看不见的字符 {point}，请删去它：{plain}。", "It holds the invisible character {point}; delete it: {plain}."
)
ZERO_FOR_NONE = Text("这一项必填：确实没有，就填 {zero}。", "It is required: where there is none, write {zero}.")
EMPTY_FOR_NONE = Text("没有数就留空，不要填文字。", "Leave it empty where there is no number.")
HALF_WIDTH = Text("请用半角字符：{text}。", "Use ordinary digits: {text}.")
SEPARATORS = Text("不要写千位分隔符：{text}。", "Leave the separators out: {text}.")
NOT_PERCENT = Text("这里不是百分数，去掉百分号。", "This is no percentage: leave the sign out.")
UNIT_OR_NUMBER = Text(
    "单位是{unit}，只填数：{bare}；确是{typed}的，换算成{unit}，四舍五入再填。",
    "The unit is {unit}; type the number alone, {bare}; if it is {typed} indeed, convert it to {unit} and round it.",
)
OTHER_UNIT = Text("单位是{unit}，请换算：{shown}。", "The unit is {unit}: {shown}.")
NO_SIGN = Text("只填数，不填比较的符号：{bare}。", "Only the number, no sign of comparison: {bare}.")
NO_WORDS = Text("只填数，不填别的字：{bare}。", "Only the number, no words: {bare}.")
NO_UNIT = Text("只填数，不填单位：{bare}。", "Only the number, without its unit: {bare}.")
NO_EXPONENT = Text("请写成普通的数，不用科学记数法。", "Write it out, without an exponent.")
NO_PLUS = Text("去掉加号：{text}。", "Leave the plus sign out: {text}.")
ZERO_BEFORE_POINT = Text("小数点前补 0：{text}。", "Write a 0 before the point: {text}.")
NO_QUOTES = Text("去掉引号：{text}。", "Leave the quotes out: {text}.")
BRACKETS_ARE_NEGATIVE = Text(
    "账上的括号表示负数，请写成 {text}。", "Brackets stand for a negative number: write {text}."
)
BRACKETS_NOT_NEGATIVE = Text(
    "去掉括号：{text}；账上的括号表示负数，这一项不能是负数。",
    "Leave the brackets out: {text}; in accounts they stand for a negative number, which this cannot be.",
)
LESS_IS_NEGATIVE = Text("减少的写成负数：{text}。", "Write a decrease as a negative number: {text}.")
ONLY_NUMBER = Text("只填数：{text}。", "Only the number: {text}.")
ONE_OF_TWO = Text("只能填一个数：是 {one} 还是 {other}？", "Only one number: is it {one} or {other}?")
WORKED_OUT = Text("请填算好的结果：{text}。", "Give the result: {text}.")
PER_CENT = Text("写成 {text}。", "Write {text}.")
PENDING = Text(
    "这里要填数；还不知道就先留空，草稿用 generator render --draft 印。",
    "A number is wanted; leave it empty until you know it, and print a draft with generator render --draft.",
)
SCORE_EXAMPLE = Text("只写数字和小数点，例如 9.5。", "Digits and a point only, such as 9.5.")
NO_SPACES = Text("去掉空格：{text}。", "Leave the spaces out: {text}.")
LETTER_FOR_DIGIT = Text("“{letter}”是字母，是不是 {text}？", "“{letter}” is a letter; is {text} meant?")
POINT_MEANT = Text("小数点用英文句点，是不是 {text}？", "A decimal point is an ASCII point; is {text} meant?")
ARABIC = Text("写成阿拉伯数字：{text}。", "Write it in digits: {text}.")
DATE_WRITTEN = Text("写成 {text}。", "Write {text}.")
ONE_OF_DAYS = Text("年份写在前面：是 {one} 还是 {other}？", "The year comes first: is it {one} or {other}?")
NUMBER_ALONE = Text("只写号码：{text}。", "Only the number: {text}.")
DATE_SERIAL = Text(
    "这是表格软件里日期的序号，是不是 {text}？", "This is a spreadsheet's number of a day; is {text} meant?"
)
DAY_LACKING = Text("要写到哪一日，例如 {text}。", "Give the day too, such as {text}.")
YEAR_LACKING = Text("要写年份，例如 2020-12-31。", "Give the year too, such as 2020-12-31.")
YEAR_EXAMPLE = Text("写四位数，例如 2020。", "Write four digits, such as 2020.")
WHOLE_EXAMPLE = Text("只写整数，例如 12。", "A whole number only, such as 12.")
PERCENT_EXAMPLE = Text(
    "只写数字、小数点和百分号，例如 95.5%。", "Digits, a point and the percent sign only, such as 95.5%."
)
DATE_EXAMPLE = Text("写成 2020-12-31 或 2020年12月31日。", "Write 2020-12-31 or 2020年12月31日.")
BOOLEAN_MEANT = Text("请填“{meant}”。", "Write {meant}.")

QUOTED = Text("“{text}”", "“{text}”")
SHAPE_LIST = Text("一个列表", "a list")
SHAPE_NO_ITEMS = Text("空的列表", "an empty list")
SHAPE_EMPTY = Text("空的", "empty")
CAN_BE = Text("可以写：{zh}。", "It can be: {en}.")
