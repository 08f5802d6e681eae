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
        r"expected token '(?P<a>.+)', got '(?P<b>.+)'",
        "在“{b}”那里应当是{a}",
        "{a} belongs where “{b}” stands",
    ),
    (r"expected name or number", "“.”后面没有字段名", "no name follows the “.”"),
    (r"Expected an expression, got '(?P<a>.+)'", "在“{a}”那里应当是字段", "a field belongs where “{a}” stands"),
)
_TOKENS = {"name": Text("名称", "a name"), "integer": Text("数字", "a number"), "string": Text("文字", "text")}


def syntax_reason(message: str) -> Text:
    """A message of Jinja's parser; one that is not known stays as it is."""
    for pattern, chinese, english in _REASONS:
        if match := re.match(pattern, message):
            zh, en = (
                {key: _token(value, language) for key, value in match.groupdict().items()} for language in ("zh", "en")
            )
            return Text(chinese.format(**zh), english.format(**en))
    return Text(message, message)


def _token(word: str, language: str) -> str:
    """A token of Jinja's message as an author knows it."""
    named = _TOKENS.get(word)
    return named.in_language(language) if named else word


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


_KINDS = {
    "dict": Text("记录", "a record"),
    "list": Text("列表", "a list"),
    "tuple": Text("列表", "a list"),
    "Paragraphs": Text("段落", "paragraphs"),
    "str": Text("文字", "text"),
    "int": Text("数字", "a number"),
    "float": Text("数字", "a number"),
    "Decimal": Text("数字", "a number"),
    "Figure": Text("数值", "a figure"),
    "bool": Text("是否", "true or false"),
    "NoneType": Text("空值", "nothing"),
    "date": Text("日期", "a date"),
    "function": Text("函数", "a function"),
    "method": Text("函数", "a function"),
    "builtin_function_or_method": Text("函数", "a function"),
    "generator": Text("没有取完的一串值", "a stream of values"),
    "type": Text("类型", "a type"),
    "module": Text("程序模块", "a module"),
}


def kind_name(kind: str) -> Text:
    """A type of Python's as people know it."""
    return _KINDS.get(kind, Text(kind, kind))


_OWN = {
    "what was marked as safe is no sound XML": "用“safe”原样打印的内容不是完整的 XML，会损坏文档",
    "what was marked as safe cannot stand here": "用“safe”原样打印的内容不是能放在这里的 Word 内容",
    "what was marked as safe acts by itself": "用“safe”原样打印的内容含有会读取文件、访问网络或运行程序的域或地址",
    "what was marked as safe holds a part of a field": "用“safe”原样打印的内容只有半个域，域的开头、代码和结尾要一起打印",
    "text cannot take the place of a row or a cell": "要打印的是整行或整个单元格，得到的却是文字",
    "paragraphs cannot be printed within a link or a content control": "超链接或内容控件里放不下整段内容",
}


_TOO_LARGE = (
    "Exceeds the limit .* for integer string conversion|too large (?:to convert to|for a) float|cannot convert float infinity"
    "|decimal.Overflow|Result too large|math range error|arg not in range|Python int too large"
)
_WANTED = {
    "text": "文字",
    "level of headings": "标题的级别（1 到 9）",
    "number of columns": "列数（1 到 63）",
    "colour": "颜色（如 FFFF00）",
}


def exception_reason(fault: Exception) -> Text:
    """An exception of an expression."""
    message = str(fault).rstrip(".") or type(fault).__name__
    if isinstance(fault, ZeroDivisionError):
        return Text("除数为零", "division by zero")
    if re.search(_TOO_LARGE, message):
        return Text("数字太大", "the number is too large")
    if match := re.match(r"name 'l_\d+_(\w+)' is not defined", message):
        name = match[1]
        return Text(
            f"“{name}”不是 namespace，不能给它的字段赋值",
            f"“{name}” is no namespace: its fields cannot be set",
        )
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
    if match := re.match(r"Object of type (\w+) is not JSON serializable", message):
        kind = kind_name(match[1])
        return Text(
            f"{kind.zh}不能写成 JSON；要打印它，请直接写字段",
            f"{kind.en} cannot be written as JSON: print the field itself",
        )
    if match := re.match(r"not a (number|date): (.+)", message):
        return Text(f"{match[2]}不是{'数字' if match[1] == 'number' else '日期'}", message)
    if match := re.match(r"unsupported operand type\(s\) for (.+): '(\w+)' and '(\w+)'", message):
        one, other = kind_name(match[2]), kind_name(match[3])
        return Text(
            f"{one.zh}和{other.zh}不能用“{match[1]}”运算",
            f"{one.en} and {other.en} cannot be combined with “{match[1]}”",
        )
    if match := re.match(r"'(.+)' not supported between instances of '(\w+)' and '(\w+)'", message):
        one, other = kind_name(match[2]), kind_name(match[3])
        return Text(f"{one.zh}和{other.zh}不能比较", f"{one.en} and {other.en} cannot be compared")
    if match := re.match(r"cannot unpack non-iterable (\w+) object", message):
        kind = kind_name(match[1])
        return Text(f"{kind.zh}不能拆给几个名称", f"{kind.en} cannot be taken apart for several names")
    if match := re.match(r"(?:not enough|too many) values to unpack \(expected (\d+)", message):
        return Text(f"要拆给{match[1]}个名称，值的个数不对", f"{match[1]} names take another number of values")
    if match := re.match(r"'(\w+)' object is not iterable", message):
        kind = kind_name(match[1])
        return Text(f"{kind.zh}不能拆开或循环", f"{kind.en} cannot be taken apart")
    if match := re.match(r"'(\w+)' object is not callable", message):
        kind = kind_name(match[1])
        return Text(f"{kind.zh}不能当函数调用", f"{kind.en} cannot be called")
    if re.match("can only concatenate str|must be str", message):
        return Text("文字和别的类型不能用“+”连接，连接请用“~”", "text is joined with “~”, not with “+”")
    return Text(f"{type(fault).__name__}: {message}", f"{type(fault).__name__}: {message}")
