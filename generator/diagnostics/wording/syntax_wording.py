"""Wording of the diagnostics of: source (how YAML and JSON are written)."""

from generator.diagnostics.wording.entry import Wording, error

WORDING: dict[str, Wording] = {
    # YAML
    "yaml-tab": error(
        "行首的缩进用了制表符（Tab）。",
        "the line is indented with a tab.",
        "请把行首的 Tab 都换成空格，每层两个。",
        "Replace every tab at the start of a line by spaces, two for each level.",
    ),
    "yaml-indentation": error(
        "缩进没有对齐：这一行前面有 {spaces} 个空格，第 {other} 行的内容前面有 {expected} 个。",
        "the indentation does not match: {spaces} spaces here, {expected} before the content of line {other}.",
        "同一层的各行要从同一列开始；下一层比上一层多两个空格，上一层的冒号后面不能有内容。",
        "Lines of one level begin in one column; the next level has two more, and nothing behind the colon above it.",
    ),
    "yaml-unclosed-quote": error(
        "引号 {quote} 没有配对的另一半。",
        "the quote {quote} has no partner.",
        "请在这段文字末尾补上同样的英文引号（中文引号“”不算）。",
        "Put the same ASCII quote at the end of the text (full-width quotes do not count).",
    ),
    "yaml-text-after-quote": error(
        "引号 {quote} 在这里已经结束，后面还有文字。",
        "the quote {quote} ends here, but text follows.",
        "整段文字要放进一对引号；里面要用引号时，请用中文引号“”。",
        "One pair of quotes encloses the whole text; inside it use full-width quotes “”.",
    ),
    "yaml-unquoted-braces": error(
        "以 {{{{ 开头的内容没有加引号，不会被当作文字。",
        "a value that begins with {{{{ is not quoted and is not read as text.",
        '请放进英文双引号，例如 "{{{{ 资金.执行率 }}}}"。',
        'Put it in double quotes, as in "{{{{ 资金.执行率 }}}}".',
    ),
    "yaml-braces-then-text": error(
        "以 {shown} 开头的文字没有加引号。",
        "a text that begins with {shown} is not quoted.",
        '请把整段文字放进英文双引号，例如 "{{{{ 支出合计 }}}}万元"。',
        'Put the whole text in double quotes, as in "{{{{ 支出合计 }}}}万元".',
    ),
    "yaml-cut-text": error(
        "空格加“#”会使后面成为注释，这段文字在这里被截断：{rest}",
        "a space and “#” begin a comment; the text is cut here: {rest}",
        "如果“#”是文字的一部分，请把整段文字放进英文双引号；如果是注释，请在“#”后面加一个空格。",
        "If “#” belongs to the text, put the text in double quotes; if it is a comment, put a space behind “#”.",
    ),
    "yaml-space-between-lines": error(
        "第 {begun} 行开始的文字换行后，会在两行汉字之间多出一个空格。",
        "the text that begins at line {begun} gets a space between two Chinese lines here.",
        "请写成一行；需要分段时，在名称后写“|”，每段另起一行。",
        "Write it in one line; for paragraphs write “|” behind the name and each paragraph on a line of its own.",
    ),
    "yaml-colon-without-space": error(
        "“{key}”后面的冒号和内容之间没有空格。",
        "there is no space between the colon after “{key}” and its value.",
        "请写成“{key}: 内容”；如果这整行是一段文字，请放进英文双引号。",
        "Write “{key}: value”; if the whole line is a text, put it in double quotes.",
    ),
    "yaml-missing-colon": error(
        "“{key}”后面缺少冒号。", "the colon after “{key}” is missing.", "请写成“{key}: 内容”。", "Write “{key}: value”."
    ),
    "yaml-other-colon": error(
        "“{key}”后面是“{shown}”，不是冒号。",
        "“{shown}” stands behind “{key}” instead of a colon.",
        "请写成“{key}: 内容”。",
        "Write “{key}: value”.",
    ),
    "yaml-two-pairs": error(
        "“{key}”和前一项写在了一行。",
        "“{key}” stands on the line of the pair before it.",
        "请把“{key}: …”另起一行，和前一项对齐。",
        "Put “{key}: …” on a line of its own, in line with the pair before it.",
    ),
    "yaml-wrong-bracket": error(
        "“{shown}”不是这里要用的括号。",
        "“{shown}” is not the bracket that belongs here.",
        "请改成英文的“{right}”，两边要成对。",
        "Write an ASCII “{right}”; both halves must match.",
    ),
    "yaml-bracket-not-opened": error(
        "行末有“{shown}”，前面没有“{right}”。",
        "the line ends in “{shown}”, and “{right}” does not stand before it.",
        "请在这一项的开头补上“{right}”。",
        "Put “{right}” at the start of the item.",
    ),
    "yaml-brackets-missing": error(
        "“{shown}…”：几项写在了一行，没有放进花括号。",
        "“{shown}…”: several pairs stand on one line without braces.",
        "请在前后补上英文花括号，写成 {{名称: 内容, 名称: 内容}}。",
        "Put them in braces: {{name: value, name: value}}.",
    ),
    "yaml-comma-missing": error(
        "“{key}”前面缺少逗号。",
        "the comma before “{key}” is missing.",
        "请在前一项后面补上英文逗号和空格“, ”。",
        "Put an ASCII comma and a space behind the pair before it.",
    ),
    "yaml-extra-sign": error(
        "行末多了“{shown}”。", "“{shown}” at the end of the line is too much.", "请删去它。", "Delete it."
    ),
    "yaml-value-and-list": error(
        "“{key}”后面已经写了“{shown}”，下面又列了内容。",
        "“{key}” has the value “{shown}”, and a list below it.",
        "只留一样：删去冒号后面的字，或删去下面的列表。",
        "Keep one of them: delete what stands behind the colon, or the list.",
    ),
    "yaml-colon-in-text": error(
        "文字里的“: ”会被当作又一个名称的冒号。",
        "“: ” inside a text is read as the colon of another name.",
        "请把整段文字放进英文双引号，或改用中文冒号“：”。",
        "Put the text in double quotes, or use a full-width colon “：”.",
    ),
    "yaml-dash-without-space": error(
        "列表的“-”后面没有空格。", "there is no space after the list's “-”.", "请写成“- 内容”。", "Write “- value”."
    ),
    "yaml-numbered-item": error(
        "列表项不能以“{shown}”开头。",
        "an item of a list cannot begin with “{shown}”.",
        "请写成“- 内容”，序号由程序或模板来排；如果是上一行文字的一部分，请接在上一行后面。",
        "Write “- text”; numbers are given by the template. If it belongs to the text above, put it on that line.",
    ),
    "yaml-dash-missing": error(
        "列表里“{key}”这一行开头没有“- ”。",
        "the line “{key}” stands among the items of a list without “- ”.",
        "是又一项，就写成“- {written}”；属于上一项，就在前面加两个空格。",
        "If it is another item, write “- {written}”; if it belongs to the item above, put two spaces before it.",
    ),
    "yaml-block-indentation": error(
        "第 {begun} 行的“|”下面，这里起的文字没有缩进。",
        "the text below the “|” of line {begun} is not indented from here on.",
        "请在这一段的每一行前面加两个空格（比第 {begun} 行多两个）。",
        "Put two spaces more than on line {begun} before each line of the text.",
    ),
    "yaml-block-on-line": error(
        "“{character}”后面要换行，文字不能写在同一行。",
        "a line break belongs behind “{character}”; the text cannot begin on the same line.",
        "请在“{character}”后换行，文字另起一行并缩进；只有一行文字的，删去“{character}”。",
        "Begin the text on the next line, indented; for a text of one line delete “{character}”.",
    ),
    "yaml-thousands": error(
        "“{shown}”里的逗号把它分成了两项。",
        "the comma in “{shown}” makes it two items.",
        "不要写千位分隔符：{plain}。",
        "Leave the separator out: {plain}.",
    ),
    "yaml-wrong-dash": error(
        "列表项开头的“{character}”不是英文减号。",
        "“{character}” at the start of a list item is no ASCII hyphen.",
        "请改成英文减号加一个空格：“- 内容”。",
        "Write an ASCII hyphen and a space: “- value”.",
    ),
    "yaml-list-on-line": error(
        "列表不能从名称的同一行开始。",
        "a list cannot begin on the line of its name.",
        "请在冒号后换行，每项一行，以“- ”开头；如果是文字，请放进英文双引号。",
        "Begin a new line behind the colon, each item on a line with “- ”; if it is a text, put it in double quotes.",
    ),
    "yaml-special-start": error(
        "文字不能以“{character}”开头。",
        "a text cannot begin with “{character}”.",
        "请把整段文字放进英文双引号。",
        "Put the whole text in double quotes.",
    ),
    "yaml-unclosed-bracket": error(
        "括号“{shown}”没有正确结束。",
        "the bracket “{shown}” does not end properly.",
        "请检查它是否有配对的另一半，各项之间是否用英文逗号分开；如果是文字，请放进英文双引号。",
        "Check that it has its partner and that ASCII commas separate the items; if it is a text, put it in double quotes.",
    ),
    "yaml-bad-escape": error(
        "双引号里的“{shown}”没有意义。",
        "“{shown}” means nothing inside double quotes.",
        "请把反斜杠写成两个“\\\\”，或改用英文单引号。",
        "Write the backslash twice, or use single quotes.",
    ),
    "yaml-unknown-alias": error(
        "以“*”开头的内容是引用，但没有名为“{name}”的内容。",
        "a value that begins with “*” is a reference, and there is nothing named “{name}”.",
        "如果是文字，请放进英文双引号。",
        "If it is a text, put it in double quotes.",
    ),
    "yaml-reference-name": error(
        "“{shown}”不能用作引用的名字。",
        "“{shown}” cannot be the name of a reference.",
        "如果是文字，请放进英文双引号；如果是引用，“&”和“*”后面只能用英文字母和数字。",
        "If it is a text, put it in double quotes; if it is a reference, use ASCII letters and digits after “&” and “*”.",
    ),
    "yaml-tag": error(
        "以“!”开头的内容（{tag}）不会被当作文字。",
        "a value that begins with “!” ({tag}) is not read as text.",
        "如果是文字，请放进英文双引号；否则请删除它。",
        "If it is a text, put it in double quotes; otherwise delete it.",
    ),
    "yaml-key-not-text": error(
        "冒号前面应当是一个名称，这里却是列表或一组内容。",
        "a name belongs before the colon, not a list or a mapping.",
        "如果是文字，请放进英文双引号；花括号里请写成“{{名称: 内容}}”。",
        "If it is a text, put it in double quotes; in braces write “{{name: value}}”.",
    ),
    "yaml-merge": error(
        "“<<”后面应当引用一组“名称: 内容”。",
        "“<<” should refer to a mapping.",
        "请写成“<<: *名字”，名字是前面用“&名字”标出的一组内容。",
        "Write “<<: *name”, where “&name” marks a mapping above.",
    ),
    "yaml-alias-loop": error(
        "“*{name}”引用了包含它自己的内容。",
        "“*{name}” refers to what it is part of.",
        "请删除这处引用。",
        "Delete the reference.",
    ),
    "yaml-too-many-aliases": error(
        "引用（*）展开后超过 {limit} 个值。",
        "the references (*) stand for more than {limit} values.",
        "请减少引用，直接写出内容。",
        "Use fewer references and write the values out.",
    ),
    "yaml-long-aliases": error(
        "引用（*）展开后超过 {limit} 字。",
        "the references (*) stand for more than {limit} characters.",
        "请减少引用，直接写出内容。",
        "Use fewer references and write the text out.",
    ),
    "yaml-several-documents": error(
        "文件里有“---”隔开的第二份内容。",
        "“---” begins a second document in the file.",
        "一个文件只写一份内容，请删除“---”或分成两个文件。",
        "One file holds one document: delete “---” or make two files.",
    ),
    "yaml-syntax": error(
        "这里不符合 YAML 的写法：{reason}。",
        "this is not YAML: {reason}.",
        "请对照上一行检查缩进、冒号和引号；拿不准的文字放进英文双引号。",
        "Compare indentation, colons and quotes with the line above; put a doubtful text in double quotes.",
    ),
    # JSON
    "json-syntax": error(
        "这里不符合 JSON 的写法：应当是{expected}。",
        "this is not JSON: {expected} is expected.",
        "请检查前面的逗号、引号和括号。",
        "Check the commas, quotes and brackets before it.",
    ),
    "json-trailing-comma": error(
        "最后一项后面多了一个逗号。", "there is a comma after the last item.", "请删除它。", "Delete it."
    ),
    "json-missing-comma": error(
        "上一项后面缺少逗号。",
        "the comma after the previous item is missing.",
        "请在上一项后面补上英文逗号。",
        "Put an ASCII comma after the previous item.",
    ),
    "json-comment": error("JSON 里不能写注释。", "JSON has no comments.", "请删除注释。", "Delete the comment."),
    "json-odd-space": error(
        "这里有全角空格或看不见的字符（{character}），JSON 不能这样写。",
        "a wide blank or an unseen character ({character}) stands here, where JSON has none.",
        "请删除它；缩进请用英文空格。",
        "Delete it; indent with ordinary spaces.",
    ),
    "json-quote": error(
        "这里要用英文双引号，不能用 {shown}。",
        "ASCII double quotes belong here, not {shown}.",
        '请把两端都改成英文双引号 "。',
        "Write ASCII double quotes at both ends.",
    ),
    "json-bracket": error(
        "这里要用英文的 {meant}，不能用“{shown}”。",
        "an ASCII {meant} belongs here, not “{shown}”.",
        "请改成英文的 {meant}；和它配对的另一半、别处的“{shown}”也一样。",
        "Write {meant}; likewise the other half of the pair and any further “{shown}”.",
    ),
    "json-unclosed-text": error(
        "双引号没有配对的另一半。",
        "the double quote has no partner on its line.",
        "请在这段文字末尾补上英文双引号；文字里换行请写 \\n。",
        "Put a double quote at the end of the text; write a line break inside a text as \\n.",
    ),
    "json-bad-escape": error(
        "“{shown}”在 JSON 的文字里没有意义。",
        "“{shown}” means nothing in a JSON text.",
        "请把反斜杠写成两个“\\\\”。",
        "Write the backslash twice.",
    ),
    "json-not-a-value": error(
        "“{shown}”不是 JSON 的值。",
        "“{shown}” is no JSON value.",
        "文字请放进英文双引号；没有的值请写 null。NaN、Infinity 不是数。",
        "Put text in double quotes; write null for a missing value. NaN and Infinity are no numbers.",
    ),
    "json-bad-number": error(
        "“{shown}”不是 JSON 的数。",
        "“{shown}” is no JSON number.",
        "数字前不能有 + 或多余的 0，小数点两边都要有数字；编码一类请放进英文双引号。",
        "No + and no leading zeros, digits on both sides of the point; put codes in double quotes.",
    ),
    "json-text-after": error(
        "内容已经结束，后面还有文字。",
        "the content has ended, but text follows.",
        "请删除后面的文字，或检查括号是否提前结束。",
        "Delete it, or check whether a bracket closes too early.",
    ),
}
