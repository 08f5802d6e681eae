"""Wording of the diagnostics of: formula."""

from generator.diagnostics.wording.entry import Wording, error

WORDING: dict[str, Wording] = {
    "formula-syntax": error(
        "公式写到{found}这里读不懂。",
        "the formula cannot be understood at {found}.",
        "请检查括号、逗号、引号和运算符是否成对、齐全。",
        "Check that brackets, commas, quotes and operators are complete.",
    ),
    "formula-character": error(
        "公式里不能用字符“{character}”。",
        "the character “{character}” has no place in a formula.",
        "请改成半角字符，或删去。",
        "Write an ordinary character or delete it.",
    ),
    "formula-string-open": error(
        "公式里的引号没有配对。",
        "a quote in the formula is not closed.",
        '文字两边用半角引号，例如 "某某指标"。',
        'Put text between straight quotes: "text".',
    ),
    "formula-escape": error(
        "公式的文字里不认识转义“{escape}”。",
        "unknown escape “{escape}” in a text of the formula.",
        "要写反斜杠本身，写两个：\\\\。",
        "Write a backslash itself twice.",
    ),
    "formula-number": error(
        "公式里的数字“{number}”写法不对。",
        "“{number}” is not written as a number of a formula.",
        "只用数字和小数点，例如 0.95。",
        "Use digits and a point only: 0.95.",
    ),
    "formula-percent": error(
        "公式里不能写百分号。",
        "a formula holds no percent sign.",
        "百分数写成小数：10% 写成 0.1。",
        "Write a percentage as a decimal: 0.1 for 10%.",
    ),
    "formula-bad-name": error(
        "“{name}”不能用作名称。",
        "“{name}” is not a name.",
        "名称只用汉字、字母、数字和下划线，不以数字开头。",
        "A name holds letters, digits and underscores and does not start with a digit.",
    ),
    "formula-empty": error(
        "公式是空的。", "the formula is empty.", "写一个公式，或删去这一项。", "Write a formula or delete it."
    ),
    "formula-assignment": error(
        "公式里不能用单个等号。", "a formula holds no single equals sign.", "比较相等写 ==。", "Compare with ==."
    ),
    "formula-braces": error(
        "公式本身不要写在 {{{{ }}}} 里。",
        "a formula is written without {{{{ }}}}.",
        "去掉大括号。",
        "Remove the braces.",
    ),
    "formula-tuple": error(
        "这里多了逗号。", "there is a stray comma here.", "列表写成 [甲, 乙]。", "Write a list as [a, b]."
    ),
    "formula-too-complex": error(
        "公式太长或括号套得太深。",
        "the formula is too long or nested too deeply.",
        "请拆成几个计算字段。",
        "Split it into several computed fields.",
    ),
    "formula-not-allowed": error(
        "公式里不能用{what}。",
        "formulas have no {what}.",
        "公式里只有 + - * / ~、比较、and or not、if else 和几个函数。",
        "Formulas have + - * / ~, comparisons, and or not, if else and a few functions.",
    ),
    "formula-unknown-name": error(
        "没有名为“{name}”的字段或参数。",
        "there is no field or parameter “{name}”.",
        "请核对名称；别的记录的字段写全路径，例如 资金.执行率。",
        "Check the name; fields of other records need their path.",
    ),
    "formula-outer-name": error(
        "“{name}”不在“{record}”里，而在{owner}里。",
        "“{name}” is a field of {owner}, not of “{record}”.",
        "请写成 {before}.{name}。",
        "Write {before}.{name}.",
    ),
    "formula-unknown-field": error(
        "“{record}”里没有字段“{name}”。",
        "“{record}” has no field “{name}”.",
        "请核对字段名。",
        "Check the field's name.",
    ),
    "formula-not-a-record": error(
        "“{before}”是{kind}，后面不能再跟“.{name}”。",
        "“{before}” is {kind}; “.{name}” cannot follow it.",
        "去掉后面的“.{name}”，或改写前面的名称。",
        "Drop “.{name}”, or name a record before it.",
    ),
    "formula-ambiguous-name": error(
        "“{name}”既是字段又是参数。",
        "“{name}” is both a field and a parameter.",
        "请给参数换一个名称。",
        "Rename the parameter.",
    ),
    "formula-unknown-function": error(
        "没有函数“{name}”。", "there is no function “{name}”.", "可用的函数：{known}。", "The functions are: {known}."
    ),
    "formula-arguments": error(
        "函数 {name} 的参数不对：{reason}。",
        "wrong arguments of {name}: {reason}.",
        '请对照说明：abs(数)、min(数, 数)、sum(列表, 每项的式子)、count(列表, 条件)、join(列表, 字段, 分隔)、filter(列表, 条件)、sort(列表, 字段, "降")、first(列表, 个数)、band(数, 档次)。',
        'Compare: abs(x), min(x, y), sum(list, each), count(list, condition), join(list, field, separator), filter(list, condition), sort(list, field, "降"), first(list, n), band(x, bands).',
    ),
    "formula-date-arithmetic": error(
        "不能计算 {left} {operator} {right}。",
        "{left} {operator} {right} cannot be calculated.",
        "日期可以相减（得天数），可以加减整数天数：完成日期 - 开始日期、开始日期 + 30。",
        "Dates can be subtracted (days), and whole days added or taken off: 完成日期 - 开始日期, 开始日期 + 30.",
    ),
    "formula-not-number": error(
        "“{text}”是{kind}，不能参加计算。",
        "“{text}” is {kind}; it cannot be calculated with.",
        "换成数值字段；拼接文字用 ~。",
        "Use a number; join texts with ~.",
    ),
    "formula-list-arithmetic": error(
        "“{text}”是一列值，不能直接计算。",
        "“{text}” is a list; it cannot be calculated with.",
        "先用 sum(…)、count(…)、min(…) 或 max(…) 得出一个数。",
        "Make it one number with sum(…), count(…), min(…) or max(…).",
    ),
    "formula-mixed-units": error(
        "这里把{left}和{right}混在一起计算。",
        "{left} and {right} are mixed here.",
        "把万元换算成元用 yuan(x)。",
        "Convert 万元 to 元 with yuan(x).",
    ),
    "formula-compare": error(
        "{left}和{right}不能比较。",
        "{left} cannot be compared with {right}.",
        "两边要是同一类值：数和数、文字和文字、日期和日期。",
        "Both sides are of one kind: numbers, texts or dates.",
    ),
    "formula-condition": error(
        "数值“{text}”不能当作条件。",
        "the number “{text}” is no condition.",
        "判断有没有值写 has({text})，判断大小写比较，例如 {text} > 0。",
        "Ask has({text}) whether there is a value, or compare: {text} > 0.",
    ),
    "formula-not-condition": error(
        "这里需要一个条件，“{text}”是{kind}。",
        "a condition belongs here; “{text}” is {kind}.",
        "写成比较，例如 甲 == 乙，或 has(甲)。",
        "Write a comparison such as a == b, or has(a).",
    ),
    "formula-branches": error(
        "if 和 else 两边的值不是同一类：{left}和{right}。",
        "the two sides of the condition differ: {left} and {right}.",
        "让两边都是数，或都是文字。",
        "Make both sides numbers, or both texts.",
    ),
    "formula-no-lookup": error(
        "“{text}”是{kind}，不能用 [ ] 查找。",
        "“{text}” is {kind}; nothing can be looked up in it.",
        "[ ] 用在对照表参数或有 key 的列表上。",
        "[ ] works on maps and on lists whose type has a key.",
    ),
    "formula-no-key": error(
        "“{text}”的类型没有声明 key，不能按名称查找。",
        "the type of “{text}” declares no key.",
        "在类型里加上 key: 字段名。",
        "Add key: to its type.",
    ),
    "formula-printed": error(
        "{kind}不能直接写进文字里。",
        "{kind} cannot be printed as text.",
        "列表用 join(列表, 字段)，记录写到具体字段。",
        "Use join(list, field), or name one field of the record.",
    ),
    "formula-result": error(
        "公式得出{found}，字段“{name}”需要{wanted}。",
        "the formula yields {found}; the field “{name}” wants {wanted}.",
        "请改公式，或改字段的类型。",
        "Change the formula or the field's type.",
    ),
    "formula-no-bands": error(
        "band 的第二个参数要是分档参数（名称: 下限）。",
        "the second argument of band is a parameter of bands (name: lower bound).",
        "先在 parameters 里声明，例如 等级标准: {{value: {{优: 90, 良: 80}}}}。",
        "Declare it under parameters: 等级标准: {{value: {{优: 90, 良: 80}}}}.",
    ),
    "text-tag-open": error(
        "文字里的 {{{{ 没有对应的 }}}}。",
        "a {{{{ in the text has no }}}}.",
        '补上 }}}}；要印出大括号本身，写 {{{{ "{{{{" }}}}。',
        'Close it; to print the braces themselves write {{{{ "{{{{" }}}}.',
    ),
    "text-braces": error(
        "“{tag}”不是引用，会照原样印出来。",
        "“{tag}” is no reference; it would print as it stands.",
        '引用字段用两对半角花括号：{right}；确要印出花括号，写成 {{{{ "{{" }}}}。',
        'Refer to a field in two pairs of ASCII braces, {right}; to print a brace write {{{{ "{{" }}}}.',
    ),
    "text-statement": error(
        "文字里不能用 {tag}。",
        "texts hold no {tag}.",
        "文字里只能用 {{{{ 字段 }}}}；条件写成 {{{{ 甲 if 条件 else 乙 }}}}。",
        "Only {{{{ field }}}} works in a text; a condition is {{{{ a if condition else b }}}}.",
    ),
    "text-filter": error(
        "没有名为“{name}”的打印方式。", "there is no print filter “{name}”.", "可用：{known}。", "There are: {known}."
    ),
    "text-arithmetic": error(
        "正文的 {{{{ }}}} 里不能计算。",
        "a {{{{ }}}} of a data file cannot calculate.",
        "请在标准里声明一个计算字段，这里引用它。",
        "Declare a computed field in the standard and refer to it.",
    ),
    "text-ambiguous-name": error(
        "“{name}”在本条记录和报告里都有。",
        "“{name}” is a field of this record and of the report.",
        "写 本.{name} 或 报告.{name}。",
        "Write 本.{name} (this record) or 报告.{name} (the report).",
    ),
}
