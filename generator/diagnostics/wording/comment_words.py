"""What a blank data file says in its comments: of the whole file at its head, of each field beside it."""

from __future__ import annotations

from generator.diagnostics.finding import Text

HEAD = Text(
    """{title}
{issued}标准 {id}，版本 {version}

怎么填：
  值写在冒号和一个空格之后，例如 年度: {year}。注明“必填”的都要填；其余的没有就空着，不要写“无”或“/”。
  金额、分数只写数，不写单位，不写千位分隔符；百分数带百分号，例如 95.5%；日期写 {year}-12-31。
  文字里的引号用“”；有冒号、井号或以 {{ [ % 等符号开头的文字，两边加半角双引号，例如 "%"。注明“可分段”的，要分段就先写 |，换行后每行缩进。
  正文里引用报告中的数，写 {{{{ 字段 }}}}，例如 "共{quoted}"，数只填一次。
  “- ”开头的是列表：一项一组（或一行），再加一项就照样再写；整组空着就算没有。
  合计、比率、得分等由程序计算，这里没有列出，不用填。
  “校验”是填完后要对得上的，“提醒”是对不上时请核实的。同样的一组字段只在第一次出现的地方说明。
  填完后检查：generator check 文件名""",
    """{title}
{issued}standard {id}, version {version}

How to fill it in:
  A value stands after the colon and a space: 年度: {year}. What is marked “required” must be given; leave the rest
  empty where there is nothing to say.
  Amounts and scores are bare numbers, without unit or separators; percentages carry %: 95.5%; dates: {year}-12-31.
  Within a text use “”. A text that holds a colon or #, or begins with a sign such as {{ [ %, goes into double quotes:
  "%". Where it says “paragraphs”, write | and indent the lines below to make several.
  To use a figure of the report in a text, write {{{{ field }}}}: "共{quoted}".
  “- ” starts an item of a list: copy its lines for another one; an item that is left empty does not count.
  Totals, rates and scores are computed and do not stand here.
  “Check”: must hold when all is filled in; “Remark”: please look again where it does not. The same group of fields
  is explained where it first occurs.
  Then: generator check FILE""",
)
OF_YEAR = Text("（{year}年度）", " ({year})")
REMARK, CHECK = Text("提醒", "Remark "), Text("校验", "Check ")
COLON, SEMICOLON = Text("：", ": "), Text("；", "; ")
PRESCRIBED = Text("已规定，不要改", "prescribed")
REQUIRED = Text("必填", "required")
AS_ABOVE = Text("填法同上面的“{above}”", "as “{above}” above")
UNCOMMENT = Text("要填时去掉下面各行开头的“# ”", "remove the “# ” below to fill it in")

EXAMPLE = Text("例如 {example}", "such as {example}")
AT_LEAST = Text("不小于 {shown}{unit}", "at least {shown}{unit}")
AT_MOST = Text("不大于 {shown}{unit}", "at most {shown}{unit}")
ITEMS, CHARACTERS = Text("项", " items"), Text("字", " characters")
DEFAULT_TEXT = Text("不填时为“{text}”", "“{text}” where empty")
DEFAULT_DESCRIBED = Text("不填时{text}", "where empty: {text}")
DEFAULT_COMPUTED = Text("不填时由程序得出", "worked out where empty")
DEFAULT_FORMULA = Text("不填时为{formula}", "{formula} where empty")
DEFAULT_NUMBER = Text("不填时为 {shown}", "{shown} where empty")
PRINTED_EMPTY = Text("空着印“{text}”", "prints “{text}” where empty")

SET_VALUES = Text("（{values}）", " ({values})")  # what a check compares with
SERIES = Text("、", ", ")

WHEN_RULE = Text("{when}时，{rule}", "where {when}: {rule}")  # a check in words
