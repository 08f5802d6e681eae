"""Wording of the diagnostics of: source (the text of YAML and JSON files)."""

from generator.messages.wording import Wording, error

WORDING: dict[str, Wording] = {
    # the file
    "source-empty": error(
        "文件是空的。",
        "the file is empty.",
        "请先用 generator new 生成一份数据文件，再填写。",
        "Make a data file with generator new and fill it in.",
    ),
    "source-no-content": error(
        "文件里没有内容，只有注释或空行。",
        "the file holds nothing but comments or blank lines.",
        "请去掉要填写的行前面的“#”，再填写。",
        "Remove the “#” before the lines to fill in.",
    ),
    "source-not-mapping": error(
        "文件的内容应当是一行行的“名称: 内容”。",
        "the file should hold lines of “name: value”.",
        "请在每个名称后面写英文冒号和一个空格，例如“年度: 2020”。",
        "Write an ASCII colon and a space after each name, as in “年度: 2020”.",
    ),
    "source-too-large": error(
        "文件有 {size} MB，超过了 {limit} MB 的限制。",
        "the file has {size} MB, over the limit of {limit} MB.",
        "请检查是否选错了文件。",
        "Check that this is the right file.",
    ),
    "source-not-text": error(
        "这不是文本文件，而是 {kind} 文件。",
        "this is no text file but a file of the kind {kind}.",
        "数据文件是用记事本能打开的 .yaml 或 .json 文件，请检查文件名。",
        "A data file is a .yaml or .json file that a text editor opens; check the name.",
    ),
    "source-binary": error(
        "这不是文本文件，无法读取。",
        "this is no text file; it cannot be read.",
        "数据文件是用记事本能打开的 .yaml 或 .json 文件；如果确是文本，请另存为 UTF-8 编码。",
        "A data file is a .yaml or .json file that a text editor opens; if it is text, save it as UTF-8.",
    ),
    "source-encoding": error(
        "这里有不能识别的字符（按 {encoding} 编码读取），文件可能已经损坏。",
        "a character cannot be read (as {encoding}); the file may be damaged.",
        "请用编辑器打开，改正这一处，另存为 UTF-8 编码。",
        "Open it in an editor, correct this place and save it as UTF-8.",
    ),
    "control-character": error(
        "这里有看不见的控制字符（{character}）。",
        "there is an invisible control character ({character}).",
        "请删除这个字符；它多半是从别的软件复制时带来的。换行请直接另起一行。",
        "Delete it; it usually comes with a copy from another program. Write a line break as a new line.",
    ),
    "lone-surrogate": error(
        "这里有不完整的字符（{character}，半个表情或生僻字）。",
        "there is half a character ({character}, of an emoji or a rare letter).",
        "请删除后重新输入这个字。",
        "Delete it and type the character again.",
    ),
    "text-too-long": error(
        "这段文字有 {length} 字，超过了 {limit} 字的限制。",
        "this text has {length} characters, over the limit of {limit}.",
        "请检查是否误粘贴了整份文件，或漏了引号使后面的内容都算作这段文字。",
        "Check whether a whole file was pasted, or a missing quote made what follows part of this text.",
    ),
    "source-too-deep": error(
        "这里嵌套超过 {limit} 层。",
        "nesting goes deeper than {limit} levels here.",
        "请检查缩进和括号。",
        "Check the indentation and the brackets.",
    ),
    "duplicate-key": error(
        "“{key}”重复：第 {first} 行已经写过。",
        "“{key}” is stated twice: line {first} has it already.",
        "请保留一处，删除另一处；如果是列表的又一项，请在这一项开头写“- ”。",
        "Keep one and delete the other; if this is one more item of a list, begin it with “- ”.",
    ),
    # characters of a Chinese input method
    "fullwidth-colon": error(
        "“{key}”后面是中文冒号“：”。",
        "there is a full-width colon after “{key}”.",
        "请改成英文冒号加一个空格，写成“{key}: ”；如果这整行是一段文字，请放进英文双引号。",
        "Write an ASCII colon and a space, “{key}: ”; if the whole line is a text, put it in double quotes.",
    ),
    "fullwidth-comma": error(
        "括号里用了中文逗号“，”，各项没有分开。",
        "a full-width comma “，” stands in brackets; it does not separate items.",
        "请改成英文逗号加一个空格“, ”；如果逗号是文字的一部分，请把这段文字放进英文双引号。",
        "Write an ASCII comma and a space; if the comma belongs to a text, put the text in double quotes.",
    ),
    "fullwidth-quote": error(
        "中文引号（{shown}）不能用来括起一段内容。",
        "a full-width quote ({shown}) does not enclose a value.",
        '请在最外面用英文双引号 "；里面的中文引号可以保留。',
        "Enclose the value in ASCII double quotes; full-width quotes may stay inside.",
    ),
    "odd-space-in-key": error(
        "名称里有全角空格或看不见的字符（{character}）。",
        "the name holds a full-width space or an invisible character ({character}).",
        "请删除它；缩进请用英文空格。",
        "Delete it; indent with ASCII spaces.",
    ),
    "odd-indentation": error(
        "行首的缩进用了全角空格或特殊空格（{character}）。",
        "the line is indented with full-width or special spaces ({character}).",
        "请把行首换成英文空格，每层两个。",
        "Indent with ASCII spaces, two for each level.",
    ),
    # YAML
    "yaml-tab": error(
        "行首的缩进用了制表符（Tab）。",
        "the line is indented with a tab.",
        "请把行首的 Tab 都换成空格，每层两个。",
        "Replace every tab at the start of a line by spaces, two for each level.",
    ),
    "yaml-indentation": error(
        "缩进没有对齐：这一行前面有 {spaces} 个空格，第 {above} 行的内容前面有 {expected} 个。",
        "the indentation does not match: {spaces} spaces here, {expected} before the content of line {above}.",
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
        "“{key}”后面缺少冒号。",
        "the colon after “{key}” is missing.",
        "请写成“{key}: 内容”。",
        "Write “{key}: value”.",
    ),
    "yaml-colon-in-text": error(
        "文字里的“: ”会被当作又一个名称的冒号。",
        "“: ” inside a text is read as the colon of another name.",
        "请把整段文字放进英文双引号，或改用中文冒号“：”。",
        "Put the text in double quotes, or use a full-width colon “：”.",
    ),
    "yaml-dash-without-space": error(
        "列表的“-”后面没有空格。",
        "there is no space after the list's “-”.",
        "请写成“- 内容”。",
        "Write “- value”.",
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
    "json-quote": error(
        "这里要用英文双引号，不能用 {shown}。",
        "ASCII double quotes belong here, not {shown}.",
        '请把两端都改成英文双引号 "。',
        "Write ASCII double quotes at both ends.",
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
