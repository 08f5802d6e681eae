"""Why a value of a report is blank or wrong, and what to do about it: words of findings and explanations."""

from generator.diagnostics import Text

LISTED = Text("后面列出{listed}个", "{listed} are listed")
NAMED_BEFORE = Text("前面列出{listed}个", "{listed} are listed before")
GOES_ON_TO = Text("后面说到“{mark}”", "the text goes on to number {listed}")
AFTER_POINT = Text("跟在“{before}”后面，不连续", "follows “{before}”, which it does not continue")
FROM_PROGRAM = Text(
    "是从表格、网页或别的程序里带来的",
    "comes from a workbook, a page or another program",
)
LOOKS_LIKE = Text("是 {point}，不是“{meant}”字，只是样子相像", "is {point}, not {meant}, which it only looks like")
NO_SUCH_DAY = Text("日历上没有", "no calendar has it")
GOES_BACK = Text("起止的先后反了", "the end lies before the beginning")
AGAIN = Text("写了两次", "stands twice")
OVER_ALL = Text("不会超过100%", "is more than the whole")
FRACTION = Text("像是把百分数写成了小数", "looks like a fraction with a percent sign")
LESS_THAN_ALL = Text("减少不会超过100%", "is a decrease by more than all there was")
TWICE_LESS = Text("前面已经写了减少，数前面不用负号", "is a decrease below zero")
NOT_WHOLE = Text("一个一个数的，不会有小数", "which is counted one by one and has no fraction")
BELOW_ZERO = Text("一个一个数的，不会是负数", "which is counted one by one and is not below zero")
TOO_MUCH = Text("大得不合情理，多半多打了几位，或者单位用错了", "which is too much: digits too many, or another unit")
DIVIDES_BY_ZERO = Text("除数是 0", "it would divide by 0")
NO_BAND = Text("没有相应的档次", "no band matches")
NO_ITEM = Text("没有符合条件的项", "no item fits the condition")
NO_SUCH_VALUE = Text("没有相应的值", "there is no such value")
MISSING = Text("缺少{zh}", "{en} is missing")
CHECK_INPUTS = Text(
    "请核对公式所用的数；本来就没有的，标准可以写 required: false 或 empty。",
    "Check what the formula reads; if there may be none, the standard can say required: false or empty.",
)
FILL_IN = Text("请补上这一项。", "Fill it in.")
FILL_IN_SOME = Text("请补上其中应当填的。", "Fill in those that apply.")
BLANK = Text("空", "blank")
STANDARD_UNSEEN = Text(
    "名称里有看不见的字符（{points}），请删去，重新输入：{name}。",
    "The name holds characters that nobody sees ({points}); delete them, or type it again: {name}.",
)
STANDARD_MEANT = Text("只写标准的名称：{name}。", "Write the name of the standard alone: {name}.")
WHICH_HOLDS = Text(
    "向发布单位核实用哪一份；换成现行的填报表：generator form 填报.xlsx -o 新填报.xlsx。",
    "Ask the issuer which one holds; for a form of this one: generator form FORM.xlsx -o NEW.xlsx.",
)
FROM_DATA = Text("数据文件", "data file")
FROM_DEFAULT = Text("默认值", "default")
FROM_STANDARD = Text("由标准给出", "set by the standard")
FROM_TOTAL = Text("合计", "total")
FROM_FORMULA = Text("公式", "formula")
FROM_WORDING = Text("生成的文字", "wording")
FROM_PARAMETER = Text("参数", "parameter")
NO_SUCH_FIELD = Text("标准里没有这个字段", "the standard has no such field")
NOT_GIVEN = Text("没有填写", "not given")
DEPENDS_ON_FAULT = Text("所依据的数据有错", "what it depends on is at fault")
WITHOUT_VALUE = Text("{zh}没有值", "no value: {en}")
STATES_AND_IS = Text("数据文件填的是{shown}，计算值是{text}", "the data file states {shown}; computed it is {text}")
AT_LEAST = Text("至少要{low}项", "at least {low} are wanted")
AT_MOST = Text("最多{high}项", "at most {high} are allowed")
PERCENT = Text("百分数", "percent")
DID_YOU_MEAN = Text("是不是“{found}”？", "Did you mean “{found}”?")
PRESCRIBED = Text("规定的是：{zh}。", "Prescribed are: {en}.")
ONE_VALUE = Text("一个值", "a value")
THE_BASE = Text("基数{base}", "the base {base}")
THE_PARTS = Text("这两个数", "these two figures")
PARTS_ABOVE = Text("其中各项合计{parts}，超过{whole}", "its parts add up to {parts}, more than {whole}")
SHARES_ABOVE = Text("各项占比合计{sum}%，超过100%", "is one of shares that add up to {sum} %")
SAID_BEFORE = Text("前面同样的话写的是{figure}", "the same sentence said {figure} before")
OTHER_WAY = Text("前后两个数一比，增减正好相反", "the two figures show the opposite")
CAPITALS = Text("大写“{spelt}”是{value}元", "the capitals “{spelt}” say {value} 元")
AFTER_CHANGE = Text("变动后的{after}", "{after} after the change")
BY_WORDS = Text("按{words}算是{right}%，不是{typed}%", "by {words} it is {right}%, not {typed}%")
ROWS_INSIDE = Text("下级各行", "the rows inside it")
AT_PLACE = Text("“{place}”", "“{place}”")
ELSEWHERE = Text("别处", "elsewhere")
CAN_HOLD = Text("这里可以填：{zh}。", "It can hold: {en}.")
DATA_FILE = Text("数据文件", "the data file")
COMPUTED_IS = Text("{path} = {zh}", "{path} = {en}")
SAME_FIGURE = Text("是同一个数", "is the same figure")
SAME_DIGITS = Text("前三位相同", "has the same first three digits")
MORE_BLANKS = Text("另有{count}处也引用它。", " It is referred to in {count} more places.")


def has_items(path: str, count: int) -> Text:
    """What a list holds, for who asked for an item that is not there; items are counted from 0."""
    if not count:
        return Text(f"“{path}”里一项也没有。", f"“{path}” holds no item.")
    last = f"{path}[{count - 1}]"
    if count == 1:
        return Text(
            f"“{path}”只有 1 项：{last}（从 0 数起）。", f"“{path}” has one item, {last}; items are counted from 0."
        )
    return Text(
        f"“{path}”有 {count} 项：{path}[0] 到 {last}（从 0 数起）。",
        f"“{path}” has {count} items, {path}[0] to {last}; they are counted from 0.",
    )
