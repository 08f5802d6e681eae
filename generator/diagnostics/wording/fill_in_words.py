"""What a fill-in form says to the one who fills it in: instructions, heads, demands, what a cell takes."""

from generator.diagnostics import Text

STEPS = (
    Text(
        "先填“填报”，再填“正文”，然后逐个填后面的表；做完一张打一个勾。",
        "Fill in sheet “Inputs”, then “Long texts”, then each of the tables; tick them off as you go.",
    ),
    Text(
        "只填浅黄色的格子。灰色的由程序计算，填了也以计算为准。",
        "Fill in pale yellow cells only. Grey ones are computed; what is typed there does not count.",
    ),
    Text(
        "标 * 的必填；其余的有就填，没有就空着，不要写“无”“/”“0”来代替。",
        "Cells marked * are required; leave any other empty if there is nothing to say: no “none”, “/” or “0”.",
    ),
    Text(
        "金额和分数只填数，不写单位、不写千分位逗号；百分数直接输入 95%；日期输入 2020-12-31。",
        "Amounts and scores are bare numbers, without unit or thousands separators; type a percentage as 95% and a date "
        "as 2020-12-31.",
    ),
    Text(
        "这里要填数和文字，不要填公式；从别处复制来的，用“选择性粘贴—数值”。",
        "Type numbers and text, no formulas; paste what you copy with “Paste Special – Values”.",
    ),
    Text(
        "表可以往下接着填，也可以插入行、删除行、排序、调整列宽；表旁边可以写备注，程序不读。",
        "Tables go on downwards; rows may be inserted, deleted and sorted, columns widened. Notes beside a table are "
        "not read.",
    ),
    Text(
        "表里上级名称与上一行相同的，可以空着不填，表示“同上”。",
        "An upper level's name that is the same as in the row above may be left empty: it means “as above”.",
    ),
    Text(
        "文字里要用到报告里的数，写 {{{{ 字段 }}}}，例如 {quoted}，数就只填一次；不会写就直接写数。",
        "For a figure of the report within a text write {{{{ 字段 }}}} with the field's name, e.g. {quoted}, so "
        "that it is typed only once; the figure itself will do too.",
    ),
    Text(
        "不要改工作表里隐藏的行和列，不要把内容搬到新建的工作簿里。另存时选 .xlsx。",
        "Leave hidden rows and columns alone, and do not move the contents to a new workbook. Save as .xlsx.",
    ),
    Text(
        "填完运行 generator check 这份表.xlsx，按提示逐格改；没有错误再交。",
        "When done, run generator check THIS_FORM.xlsx and mend the cells that it names; hand it in without errors.",
    ),
)
FIRST = Text("填报说明", "How to fill in")
INPUTS = Text("填报", "Inputs")
TEXTS = Text("正文", "Long texts")
STATED = Text("公布值", "Published values")
ELSEWHERE = Text("另载", "Stated elsewhere")
KEPT = Text("保留", "Kept as published")
REVIEWED = Text("审核结果", "Review")
BASICS = Text("基本情况", "Basics")
NUMBER = Text("序号", "No.")
NAME = Text("名称", "Name")
VALUE = Text("值", "Value")
PLACE = Text("填在哪一项", "Belongs where")
BELONGS_TO = Text("所属序号", "Belongs to No.")
OWN_COLUMNS = {
    "字段": Text("字段", "Field"),
    "公布的值": Text("公布的值", "Published value"),
    "值": VALUE,
    "处": Text("处", "Place"),
    "文字": Text("文字", "Text"),
    "理由": Text("理由", "Reason"),
}
SERIES_COMMA = Text("、", ", ")
HOW_TO = Text("怎么填", "How to fill it in")
TITLE = Text("{title}（{year}年度）填报表", "{title} (fiscal year {year}): fill-in form")
TITLE_WITHOUT_YEAR = Text("{title}填报表", "{title}: fill-in form")
STANDARD = Text("标准 {id}　版本 {version}　摘要 {digest}", "standard {id}　version {version}　digest {digest}")
ENTRY_HEADS = (
    Text("序", "No."),
    Text("工作表（点击打开）", "Sheet (click to open)"),
    Text("填什么", "What goes there"),
    Text("要求", "Needed"),
)
ITEMS = Text("{count}项：{names}", "{count} inputs: {names}")
AND_MORE = Text("{names}等", "{names} …")
LISTED = Text("{heading}：{names}", "{heading}: {names}")
ONE_A_ROW = Text("{heading}，一行一条", "{heading}, one a row")
SELDOM = Text("一般不用填", "seldom")
PAGES = Text("第 &P 页，共 &N 页", "page &P of &N")

VALUE_HEAD = Text("填写", "Value")
INPUT_HEADS = (
    Text("项目", "Field"),
    VALUE_HEAD,
    Text("单位", "Unit"),
    Text("要求和例子", "What it takes, with an example"),
)
INPUT_NOTE = Text(
    "只填浅黄色的格子；灰色的由程序计算。标 * 的必填。",
    "Fill in pale yellow cells only; grey ones are computed. * is required.",
)
TEXTS_NOTE = Text(
    "每个空格里写一段或几段文字，换段按 Alt+Enter。", "One or more paragraphs in each cell; Alt+Enter begins the next."
)
WHOLE_GROUP = Text("没有的整组留空", "leave the whole group empty if there is none")
NO_NEED = Text("由程序计算，不用填", "computed; not to be filled in")

DEMANDS = {
    "必填": Text("必填", "required"),
    "选填": Text("选填", "optional"),
    "组内必填": Text("组内必填", "required once its group is begun"),
}
AT_LEAST = Text("不小于{bound}", "at least {bound}")
AT_MOST = Text("不大于{bound}", "at most {bound}")
AT_LEAST_LONG = Text("不小于{bound}字", "at least {bound} characters")
AT_MOST_LONG = Text("不大于{bound}字", "at most {bound} characters")
EXAMPLE = Text("例如 {example}", "e.g. {example}")
DEFAULT_TEXT = Text("不填时为“{default}”", "“{default}” if left empty")
DEFAULT_NUMBER = Text("不填时为 {default}", "{default} if left empty")
DEFAULT_MADE = Text("不填时自动生成", "made by itself if left empty")
PRINTED_EMPTY = Text("空着印“{text}”", "prints “{text}” if left empty")
BETWEEN = Text("；", "; ")

WRONG = Text("填得不对", "Not what is asked for")
AS_ASKED = Text("请按要求填写。", "Please fill it in as asked.")
PERCENT_WANTED = Text("要填百分数，例如 95%。", "A percentage is wanted, e.g. 95%. ")
NUMBER_WANTED = Text("要填数，不写单位。", "A number is wanted, without its unit. ")
DATE_WANTED = Text("要填日期，例如 2020-12-31。", "A date is wanted, e.g. 2020-12-31. ")
REFUSED = Text("不用填", "Not to be filled in")
COMPUTED = Text("由程序计算，不用填。", "Computed; not to be filled in.")
COMPUTED_COLUMN = Text("由程序计算", "computed")
FIXED = Text("由财政部门规定，不用改。", "Set by the finance bureau; not to be changed.")
AS_ABOVE_PARENT = Text("同上可空；与上级表一致", "empty: as above; as in the upper table")
AS_ABOVE_PLACE = Text("同上可空；从下拉列表选", "empty: as above; choose from the list")
REFERRED_TO = Text("供其他表引用", "for other tables to refer to")

SHARED_NOTE = Text(
    "一行一条，先在第一列选它属于哪一项；没有的不填。",
    "One a row; first choose in column one where it belongs. Leave out what there is not.",
)
TEXTS_ROWS = Text("一行一条，不用写序号。", "One a row, without its number.")
MAP_ROWS = Text(
    "一行一个：名称和值。正文里可以用 {{{{ {path}.名称 }}}} 引用。",
    "One a row: name and value. Texts may refer to it as {{{{ {path}.名称 }}}}.",
)
NESTED_ROWS = Text(
    "一行一个最下级；上级相同的，下面各行可以空着不填，表示“同上”。",
    "One item of the lowest level a row; an upper level may be left empty where it is as above.",
)
PLAIN_ROWS = Text(
    "一行一项，往下接着填；可以插入、删除、排序。",
    "One item a row, going on downwards; rows may be inserted, deleted and sorted.",
)
STATED_NOTE = Text(
    "一般不用填。已经公布的数与计算结果不同而又不能改的，在这里写字段、公布的值和理由。",
    "Seldom needed: a published figure that differs from the computed one and cannot be changed, with field and reason.",
)
ELSEWHERE_NOTE = Text(
    "一般不用填。公布稿里同一个数在别处又印了一次的，在这里列出，由程序核对。",
    "Seldom needed: figures that the published report prints once more elsewhere, to be compared.",
)
KEPT_NOTE = Text(
    "一般不用填。校对提出而确实要照原样保留的文字，在这里写处、文字和理由。",
    "Seldom needed: texts that proofreading points at and that are to stay as they are, with place and reason.",
)

SUCH_ROWS = Text("（共{count}行）", " ({count} rows)")
RATHER = Text("是不是“{near}”？上级表里有：{known}。", "Did you mean “{near}”? The table above it has: {known}.")
