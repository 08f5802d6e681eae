"""How formulas and conditions are read out: `{0}`, `{1}` … are their parts, read out already."""

from generator.diagnostics import Text

EQUAL = Text("{0}是{1}", "{0} is {1}")
UNEQUAL = Text("{0}不是{1}", "{0} is not {1}")
THIS_ITEM = Text("本项", "this item")
KEYED = Text("{0}中{1}的值", "{0} of {1}")
COMMA = Text("、", ", ")
FOLLOWED_BY = Text(" 接 ", " followed by ")
AND = Text("，并且", ", and ")
OR = Text("，或者", ", or ")
YES = Text("{0}为“是”", "{0} is yes")
NOT_YES = Text("{0}不为“是”", "{0} is not yes")
NOT = Text("并非（{0}）", "not ({0})")
BRACKETS = Text("（{0}）", "({0})")
THERE_IS = Text("有{0}", "there is {0}")
THERE_IS_NO = Text("没有{0}", "there is no {0}")
FILLED_IN = Text("填了{0}", "{0} is filled in")
NOT_FILLED_IN = Text("没有填{0}", "{0} is not filled in")
OF_REPORT = Text("整份报告的{0}", "{0} of the report")
BETWEEN_STEPS = Text("·", ".")
OWN_FIELD = Text("{0}的{1}", "{0}.{1}")
ONE_OF = Text("{0}是{1}之一", "{0} is one of {1}")
NONE_OF = Text("{0}不是{1}之一", "{0} is none of {1}")
HOLDS = Text("{0}中有{1}", "{0} holds {1}")
HOLDS_ONE_OF = Text("{0}中有{1}之一", "{0} holds one of {1}")
HOLDS_NONE_OF = Text("{0}中没有{1}", "{0} holds none of {1}")
HOLDS_NOT = Text("{0}中没有{1}", "{0} does not hold {1}")
WHERE = Text("{0}时，为{1}", "{1} where {0}")
THEN = Text("{0}；{1}", "{0}; {1}")
OTHERWISE = Text("{0}；否则为{1}", "{0}; otherwise {1}")
SEPARATED_BY = Text("以{0}隔开", "separated by {0}")

# by function and number of arguments; `sum`, `count` and `join` of a list that is written out have words of their own
CALLS = {
    ("abs", 1): Text("{0}的绝对值", "the absolute value of {0}"),
    ("band", 2): Text("{0}按“{1}”分的档", "the band of {0} in “{1}”"),
    ("count", 1): Text("{0}的个数", "the number of {0}"),
    ("count", 2): Text("{0}中符合（{1}）的个数", "the number of {0} where ({1})"),
    ("filter", 2): Text("{0}中符合（{1}）的各项", "those of {0} where ({1})"),
    ("first", 1): Text("{0}的第一项", "the first of {0}"),
    ("first", 2): Text("{0}的前{1}项", "the first {1} of {0}"),
    ("join", 1): Text("{0}连写", "{0} in a row"),
    ("join", 2): Text("{0}连写（{1}）", "{0} in a row ({1})"),
    ("join", 3): Text("{0}的{1}连写（以{2}隔开）", "{1} of {0} in a row, separated by {2}"),
    ("max", 1): Text("{0}中最大的", "the greatest of {0}"),
    ("min", 1): Text("{0}中最小的", "the least of {0}"),
    ("missed", 3): Text("{0}中{1}没有达到的", "what of {0} is not reached by {1}"),
    ("number_in", 1): Text("{0}中写的数", "the number written in {0}"),
    ("sort", 2): Text("{0}按{1}从小到大排", "{0} in ascending order of {1}"),
    ("sort", 3): Text("{0}按{1}从大到小排", "{0} in descending order of {1}"),
    ("sum", 1): Text("{0}合计", "the total of {0}"),
    ("sum", 2): Text("{0}各项的（{1}）合计", "the total of ({1}) of each of {0}"),
    ("unit_in", 1): Text("{0}中写的单位", "the unit written in {0}"),
    ("yuan", 1): Text("{0}（换算成元）", "{0} (in yuan)"),
}
