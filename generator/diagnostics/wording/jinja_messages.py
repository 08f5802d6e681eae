"""What Jinja, its sandbox and Python say of a tag, in the words of people who write templates."""

from __future__ import annotations

import re

from generator.diagnostics.finding import Text

_END = "end of (?:print statement|statement block|template)"
_REASONS: tuple[tuple[str, str, str], ...] = (
    (r"unexpected char '(?P<a>.+)'", "不认识的字符“{a}”", "unknown character “{a}”"),
    (rf"expected token '{_END}', got '(?P<a>.+)'", "“{a}”不应写在这里", "“{a}” does not belong here"),
    (rf".*(?:got|unexpected) '{_END}'|unexpected end of template", "标签没有写完", "the tag is not finished"),
    (r"unexpected '(?P<b>[^']+)', expected '(?P<a>[^']+)'", "缺少“{a}”", "“{a}” is missing"),
    (r"unexpected '(?P<a>[^']+)'", "多出了“{a}”", "“{a}” is one too many"),
    (
        r"expected token '(?P<wanted>.+)', got '(?P<b>.+)'",
        "在“{b}”那里应当是{wanted}",
        "{wanted} belongs where “{b}” stands",
    ),
    (r"expected name or number", "“.”后面没有字段名", "no name follows the “.”"),
    (r"can't assign to '.+'", "不能给它赋值", "nothing can be set there"),
    (r"tag name expected", "缺少标签名", "the name of the tag is missing"),
    (
        r"non-default argument follows",
        "有默认值的参数要放在后面",
        "arguments with a default stand behind those without",
    ),
    (
        r"expected call",
        "call 后面要写一个宏，如 {{% call 宏() %}}",
        "call is followed by a macro: {{% call macro() %}}",
    ),
    (r"Required blocks can only", "required 的 block 里不能有内容", "a required block holds nothing"),
    (
        r"expected subscript|invalid syntax for function call",
        "括号里的写法有误",
        "what stands in brackets is malformed",
    ),
    (r"You cannot chain", "不能连用两个 is", "one “is” cannot follow another"),
    (r"Invalid character in identifier", "名称里有不能用的字符", "a name holds a character that names cannot hold"),
    (r"chunk after expression", "写完之后还有内容", "something stands behind its end"),
    (r"Block names in Jinja", "block 的名称里不能有“-”", "the name of a block has no “-”"),
    (r"Expected an expression, got '(?P<a>.+)'", "在“{a}”那里应当是字段", "a field belongs where “{a}” stands"),
)
_TOKENS = {"name": Text("名称", "a name"), "integer": Text("数字", "a number"), "string": Text("文字", "text")}


def syntax_reason(message: str) -> Text:
    """A message of Jinja's parser; one that is not known stays as it is."""
    for pattern, chinese, english in _REASONS:
        if match := re.match(pattern, message):
            zh, en = (
                {key: _token(value, language, key == "wanted") for key, value in match.groupdict().items()}
                for language in ("zh", "en")
            )
            return Text(chinese.format(**zh), english.format(**en))
    return Text(message, message)


def _token(word: str, language: str, quoted: bool) -> str:
    """A token of Jinja's message as an author knows it; what is typed as it stands within quotation marks, where they are asked for."""
    if named := _TOKENS.get(word):
        return named.in_language(language)
    return f"“{word}”" if quoted else word


_UNSAFE: tuple[tuple[str, str], ...] = (
    (r"access to attribute '(?P<a>.+)' of '.+' object is unsafe", "不能读取内部属性“{a}”"),
    (r"Range too big", "range 的范围太大（最多100000）"),
    (r".* is not safely callable", "不能调用它"),
)


def sandbox_reason(fault: Exception) -> Text:
    """Why the sandbox refused."""
    message = str(fault).rstrip(".")
    for pattern, chinese in _UNSAFE:
        if match := re.match(pattern, message):
            return Text(chinese.format(**match.groupdict()), message)
    return Text(message, message)


_STREAM = Text("没有取完的一串值", "a stream of values")
_FUNCTION = Text("函数", "a function")
_KINDS = {
    "dict": Text("记录", "a record"),
    "list": Text("列表", "a list"),
    **dict.fromkeys(("tuple", "DecimalTuple", "IsoCalendarDate", "struct_time"), Text("列表", "a list")),
    "Paragraphs": Text("段落", "paragraphs"),
    **dict.fromkeys(("str", "Markup"), Text("文字", "text")),
    **dict.fromkeys(
        ("int", "float", "Decimal", "Fraction", "complex", "decimal.Decimal", "fractions.Fraction"),
        Text("数字", "a number"),
    ),
    "Figure": Text("数值", "a figure"),
    "bool": Text("是否", "true or false"),
    "NoneType": Text("空值", "nothing"),
    **dict.fromkeys(("date", "datetime", "datetime.date", "datetime.datetime"), Text("日期", "a date")),
    **dict.fromkeys(("time", "datetime.time"), Text("时刻", "a time")),
    **dict.fromkeys(("timedelta", "datetime.timedelta"), Text("时长", "a length of time")),
    **dict.fromkeys(("function", "method", "builtin_function_or_method", "method-wrapper", "Format"), _FUNCTION),
    **dict.fromkeys(("generator", "range", "dict_keys", "dict_values", "dict_items"), _STREAM),
    **dict.fromkeys(("set", "frozenset", "OrderedSet"), Text("集合", "a set")),
    **dict.fromkeys(("Macro", "CapturingMacro"), Text("宏", "a macro")),
    **dict.fromkeys(("LoopContext", "CountedLoop"), Text("循环变量", "the variable of a loop")),
    **dict.fromkeys(("TemplateReference", "BlockReference"), Text("模板自己", "the template itself")),
    **dict.fromkeys(("Undefined", "MissingName", "StrictMissing", "EmptyMissing"), Text("没有的值", "a missing value")),
    "Namespace": Text("namespace", "a namespace"),
    "Cycler": Text("cycler", "a cycler"),
    "Joiner": Text("joiner", "a joiner"),
    "type": Text("类型", "a type"),
    "module": Text("程序模块", "a module"),
}


def kind_name(kind: str) -> Text:
    """A type of Python's as people know it; of a caller's own object the name of its type."""
    return _KINDS.get(kind) or (_STREAM if kind.endswith("iterator") else Text(kind, kind))


_OWN = {
    "what was marked as safe is no sound XML": "用“safe”原样打印的内容不是完整的 XML，会损坏文档",
    "what was marked as safe cannot stand here": "用“safe”原样打印的内容不是能放在这里的 Word 内容",
    "what was marked as safe acts by itself": "用“safe”原样打印的内容含有会读取文件、访问网络或运行程序的域或地址",
    "what was marked as safe holds a part of a field": "用“safe”原样打印的内容只有半个域，域的开头、代码和结尾要一起打印",
    "Markdown is nested too deep": "Markdown 的引用、列表或强调一层套一层，层数太多",
    "text cannot take the place of a row or a cell": "要打印的是整行或整个单元格，得到的却是文字",
    "paragraphs cannot be printed within a link or a content control": "超链接或内容控件里放不下整段内容",
}


_TOO_LARGE = (
    "Exceeds the limit .* for integer string conversion|too large (?:to convert to|for a) float|cannot convert float infinity"
    "|decimal.Overflow|Result too large|Numerical result out of range|math range error|arg not in range|Python int too large"
)
_WANTED = {
    "text": "文字",
    "level of headings": "标题的级别（1 到 9）",
    "number of columns": "列数（1 到 63）",
    "colour": "颜色（如 FFFF00）",
}


_COUNT = ("括号里参数的个数或名称不对", "the number or the names of the arguments in brackets are not right")
_LAYOUT = ("格式里的位置和给出的值个数不一样", "the layout has another number of places than there are values")
_FORMAT = ("格式写得不对，或者不合值的种类", "the layout is malformed or not one for such a value")
_FAILED: tuple[tuple[str, str, str], ...] = (
    (
        r"^name 'l_\d+_(?P<a>\w+)' is not defined",
        "“{a}”不是 namespace，不能给它的字段赋值",
        "“{a}” is no namespace: its fields cannot be set",
    ),
    (
        r"^Object of type (?P<kind>\w+) is not JSON serializable",
        "{kind}不能写成 JSON；要打印它，请直接写字段",
        "{kind} cannot be written as JSON: print the field itself",
    ),
    (
        r"^truncate: (?P<a>-?\d+) < (?P<b>\d+)",
        "truncate 的长度 {a} 比省略的记号（{b} 个字符）还短",
        "the length of truncate, {a}, is less than that of its ellipsis, {b}",
    ),
    (r"^leeway (?P<a>-\d+)", "truncate 的 leeway 不能是 {a}", "the leeway of truncate cannot be {a}"),
    (
        r"^unsupported operand type\(s\) for (?P<a>\S+).*: '(?P<kind>[\w.]+)' and '(?P<other>[\w.]+)'",
        "{kind}和{other}不能用“{a}”运算",
        "{kind} and {other} cannot be combined with “{a}”",
    ),
    (
        r"^bad operand type for unary (?P<a>.): '(?P<kind>[\w.]+)'",
        "{kind}前面不能写“{a}”",
        "“{a}” cannot stand before {kind}",
    ),
    (r"^bad operand type for abs\(\): '(?P<kind>[\w.]+)'", "{kind}没有绝对值", "{kind} has no absolute value"),
    (
        r"' not supported between instances of '(?P<kind>[\w.]+)' and '(?P<other>[\w.]+)'",
        "{kind}和{other}不能比较",
        "{kind} and {other} cannot be compared",
    ),
    (
        r"can't compare (?P<kind>[\w.]+) to (?P<other>[\w.]+)",
        "{kind}和{other}不能比较",
        "{kind} and {other} cannot be compared",
    ),
    (
        r"^cannot unpack non-iterable (?P<kind>\w+) object",
        "{kind}不能拆给几个名称",
        "{kind} cannot be taken apart for several names",
    ),
    (
        r"^(?:not enough|too many) values to unpack \(expected (?P<a>\d+)",
        "要拆给{a}个名称，值的个数不对",
        "{a} names take another number of values",
    ),
    (r"^argument of type '(?P<kind>[\w.]+)' is not ", "不能在{kind}里找东西", "nothing can be looked for in {kind}"),
    (
        r"'(?P<kind>[\w.]+)' object is not (?:iterable|reversible)",
        "{kind}不能拆开或循环",
        "{kind} cannot be taken apart",
    ),
    (r"^argument must be iterable", "它不能拆开或循环", "it cannot be taken apart"),
    (r"'(?P<kind>[\w.]+)' object is not callable", "{kind}不能当函数调用", "{kind} cannot be called"),
    (
        r"'(?P<kind>[\w.]+)' object is not subscriptable",
        "{kind}后面不能写方括号",
        "square brackets cannot follow {kind}",
    ),
    (
        "can only concatenate (?:list|tuple)",
        "列表只能和同一种列表相加，和文字连接请用“~”",
        "a list can be added to a list of the same kind alone; text is joined with “~”",
    ),
    (
        "can only concatenate str|must be str(?:, not|$)",
        "文字和别的类型不能用“+”连接，连接请用“~”",
        "text is joined with “~”, not with “+”",
    ),
    (r"^object of type '(?P<kind>[\w.]+)' has no len", "{kind}没有长度", "{kind} has no length"),
    (
        r"'(?:float|Decimal|decimal.Decimal|Fraction)' object cannot be interpreted|non-int of type '(?:float|decimal)",
        "这里要整数，不能是小数",
        "a whole number is wanted, not a fraction",
    ),
    (
        r"'(?P<kind>[\w.]+)' object cannot be interpreted as an integer",
        "这里要整数，不能是{kind}",
        "a whole number is wanted, not {kind}",
    ),
    (
        r"can't multiply sequence by non-int of type '(?P<kind>[\w.]+)'",
        "重复几遍要写整数，不能是{kind}",
        "how often something is repeated is a whole number, not {kind}",
    ),
    (r"^slice indices must be", "方括号里的位置要写整数", "the places in square brackets are whole numbers"),
    (r"step cannot be zero|arg 3 must not be zero", "步长不能是零", "a step cannot be zero"),
    (r"(?P<kind>\w+) doesn't define __round__", "{kind}不能取整", "{kind} cannot be rounded"),
    (
        r"^(?:could not convert string to float|invalid literal for int|.*ConversionSyntax)",
        "文字不是数字",
        "the text is no number",
    ),
    (r"sum\(\) can't sum", "文字不能相加，请用 join", "texts cannot be added up: use join"),
    (
        r"sequence item \d+: expected str instance, (?P<kind>[\w.]+) found",
        "这样只能连接文字，里面有{kind}；请改用过滤器 join",
        "this joins texts alone and found {kind}: use the filter join",
    ),
    (r"unhashable type: '(?P<kind>[\w.]+)'", "{kind}不能当键", "{kind} cannot be a key"),
    (r"object has no attribute 'items'|^Can only get item pairs", "这里要一个记录", "a record is wanted"),
    (
        r"^No (?:first|last|aggregated) item, sequence was empty",
        "列表是空的，没有可取的值；可以没有时请在后面写 |default('')",
        "the list is empty; what may be absent is followed by |default('')",
    ),
    (
        r"no items for cycling|at least one item has to be provided",
        "括号里至少要有一个值",
        "at least one value stands in the brackets",
    ),
    (
        r"must have the 'recursive' marker",
        "循环没有写 recursive，不能再用 loop(…)",
        "the loop does not say recursive: loop(…) cannot be used",
    ),
    (
        r"^macro '(?P<a>\w+)' was invoked with two values",
        "宏“{a}”里没有 caller()，不能用 call 块",
        "the macro “{a}” has no caller(): a call block cannot use it",
    ),
    (
        r"[Uu]nexpected keyword argument '(?P<a>\w+)'|no keyword argument '(?P<b>\w+)'",
        "括号里的参数名不对",
        "there is no argument of such a name",
    ),
    (
        r"substring not found|not in (?:list|tuple|range)$|\bx not in tuple",
        "里面没有要找的内容",
        "what is looked for is not there",
    ),
    (
        r"not (?:all|enough) arguments .*format|tuple index out of range|Replacement index|format requires a mapping|^'\w+'$",
        *_LAYOUT,
    ),
    (
        r"format character|format code|format spec|[Ff]ormat(?:: | ')|requires int or char|conversion character|format string|unsupported format|Invalid format",
        *_FORMAT,
    ),
    (r"empty separator", "分隔的文字不能是空的", "the text that separates cannot be empty"),
    (
        r"(?:year|month|day|hour|minute|second|day of month).* (?:out of range|must be in)",
        "没有这样的日期或时间",
        "there is no such date or time",
    ),
    (
        r"positional argument|argument\(s\)|arguments? \(\d+ given\)|takes (?:no|exactly|at most|at least) |expected (?:at least|at most|exactly|\d)|multiple values for|Missing parameter|requires a filter argument|positional and keyword",
        *_COUNT,
    ),
    (
        r"Invalid character in attribute name",
        "属性名里有空格等不能用的字符",
        "the name of an attribute holds blanks or other signs that it cannot hold",
    ),
    (r"sort by either", "by 只能写 'key' 或 'value'", "by is 'key' or 'value'"),
    (
        r"method must be common",
        "取整的方式只能写 'common'、'ceil' 或 'floor'",
        "the way of rounding is 'common', 'ceil' or 'floor'",
    ),
)


def exception_reason(fault: Exception, *, of_caller: bool = False) -> Text:
    """An exception of an expression.

    Args:
        fault: the exception.
        of_caller: whether it was raised by a Python caller's own object, filter or function: then its own words stand where they are
            not known; what Python or Jinja say of their insides helps nobody.
    """
    message = str(fault).rstrip(".") or type(fault).__name__
    if isinstance(fault, ZeroDivisionError):
        return Text("除数为零", "division by zero")
    if re.search(_TOO_LARGE, message):
        return Text("数字太大", "the number is too large")
    if match := re.match(r"No (filter|test) named '(.+)'", message):
        kind = {"filter": "过滤器", "test": "判断"}[match[1]]
        return Text(f"没有“{match[2]}”这个{kind}", f"there is no {match[1]} “{match[2]}”")
    if message in _OWN:
        return Text(_OWN[message], message)
    if match := re.match(rf"not a ({'|'.join(_WANTED)}): (.+)", message):
        return Text(f"{kind_name(match[2]).zh}不是{_WANTED[match[1]]}", message)
    if match := re.search(r"there is no (next|previous) item", message):
        zh, en = ("最后一项没有下一项", "last") if match[1] == "next" else ("第一项没有上一项", "first")
        test = f"{{% if not loop.{en} %}}"
        return Text(f"{zh}，请放在“{test}”里", f"the {en} item has no {match[1]} one: put it into “{test}”")
    if match := re.match(r"not a (number|date): (.+)", message):
        return Text(f"{match[2]}不是{'数字' if match[1] == 'number' else '日期'}", message)
    for pattern, chinese, english in _FAILED:
        if match := re.search(pattern, message):
            found = match.groupdict()
            kinds = {name: kind_name(found[name]) for name in ("kind", "other") if name in found}
            zh = {**found, **{name: kind.zh for name, kind in kinds.items()}}
            en = {**found, **{name: kind.en for name, kind in kinds.items()}}
            return Text(chinese.format(**zh), english.format(**en))
    if of_caller:
        return Text(f"{type(fault).__name__}: {message}", f"{type(fault).__name__}: {message}")
    return Text(
        "值的种类、个数或大小不合这里的要求", "the kind, number or size of its values is not what is taken here"
    )
