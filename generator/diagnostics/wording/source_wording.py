"""Wording of the diagnostics of: source (a data file's text as such: encoding, characters, names)."""

from generator.diagnostics.wording.entry import Wording, error

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
        json=(
            '请在花括号里写要填的内容，例如 {{"标准": "标准名称", "年度": 2020}}。',
            'Write what is to be filled in between braces, such as {{"标准": "NAME", "年度": 2020}}.',
        ),
    ),
    "source-not-mapping": error(
        "文件的最外层应当是一组“名称: 内容”。",
        "the file should be a mapping of “name: value”.",
        "请在每个名称后面写英文冒号和一个空格，例如“年度: 2020”。",
        "Write an ASCII colon and a space after each name, as in “年度: 2020”.",
        json=(
            '最外层请用一对花括号，里面写 "名称": 内容，例如 {{"年度": 2020}}。',
            'Put a pair of braces outermost, with "name": value inside, as in {{"年度": 2020}}.',
        ),
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
        "请用编辑器打开，重新输入这几个字，另存为 UTF-8 编码；多半是从另一种编码（GBK）的文件里粘贴来的。",
        "Open it in an editor, type this word anew and save it as UTF-8; probably it comes from a file in another encoding (GBK).",
    ),
    "control-character": error(
        "这里有看不见的控制字符（{character}）。",
        "there is an invisible control character ({character}).",
        "请删除这个字符；它多半是从别的软件复制时带来的。换行请直接另起一行。",
        "Delete it; it usually comes with a copy from another program. Write a line break as a new line.",
        json=("请删除这个字符；文字里换行请写 \\n。", "Delete it; write a line break inside a text as \\n."),
    ),
    "lone-surrogate": error(
        "这里有不完整的字符（{character}，半个表情或生僻字）。",
        "there is half a character ({character}, of an emoji or a rare letter).",
        "请删除后重新输入这个字。",
        "Delete it and type the character again.",
    ),
    "lost-character": error(
        "这里的字已经丢失，只剩下“�”。",
        "a character was lost here; “�” stands in its place.",
        "请重新输入这个字；如果到处都是，请从原来的文件重新另存为 UTF-8 编码。",
        "Type it again; if there are many, save the original file anew as UTF-8.",
    ),
    "text-too-long": error(
        "这段文字有 {length} 字，超过了 {limit} 字的限制。",
        "this text has {length} characters, over the limit of {limit}.",
        "请检查是否误粘贴了整份文件，或漏了引号使后面的内容都算作这段文字。",
        "Check whether a whole file was pasted, or a missing quote made what follows part of this text.",
        json=("请检查是否误粘贴了整份文件。", "Check whether a whole file was pasted."),
    ),
    "number-out-of-range": error(
        "这个数超出能计算的范围。",
        "this number is beyond what can be computed with.",
        "号码、编号请加引号，作为文字；数请核对位数和指数。",
        "Quote what is a code and no number; look at the digits and the exponent of a number.",
    ),
    "source-too-deep": error(
        "这里嵌套超过 {limit} 层。",
        "nesting goes deeper than {limit} levels here.",
        "请检查缩进和括号。",
        "Check the indentation and the brackets.",
        json=("请检查括号。", "Check the brackets."),
    ),
    "duplicate-key": error(
        "“{key}”重复：{first}已经写过。",
        "“{key}” is stated twice: {first} has it already.",
        "请保留一处，删除另一处；如果是列表的又一项，请在这一项开头写“- ”。",
        "Keep one and delete the other; if this is one more item of a list, begin it with “- ”.",
        json=(
            "请保留一处，删除另一处；如果是列表的又一项，请用“}}, {{”把两项隔开。",
            "Keep one and delete the other; if this is one more item of a list, part the two by “}}, {{”.",
        ),
    ),
    "item-not-begun": error(
        "从这里起又写了一遍{first}的“{keys}”，多半是列表的又一项，没有另起一项。",
        "the names of {first} ({keys}) stand here once more; probably this is another item of the list that was not begun.",
        "请把这一行前面的两个空格改成“- ”；不是又一项，就删除重复的内容。",
        "Write “- ” in place of the two spaces before it; if it is no other item, delete what is there twice.",
        json=(
            "请在上一项末尾写“}}”，逗号后用“{{”开始这一项。",
            "End the item before with “}}”, and begin this one behind a comma with “{{”.",
        ),
    ),
    # characters of a Chinese input method
    "fullwidth-colon": error(
        "“{key}”后面是中文冒号“：”。",
        "there is a full-width colon after “{key}”.",
        "请改成英文冒号加一个空格，写成“{key}: ”；如果这整行是一段文字，请放进英文双引号。",
        "Write an ASCII colon and a space, “{key}: ”; if the whole line is a text, put it in double quotes.",
        json=("请改成英文冒号“:”。", "Write an ASCII colon."),
    ),
    "fullwidth-comma": error(
        "括号里用了中文逗号“，”，各项没有分开。",
        "a full-width comma “，” stands in brackets; it does not separate items.",
        "请改成英文逗号加一个空格“, ”；如果逗号是文字的一部分，请把这段文字放进英文双引号。",
        "Write an ASCII comma and a space; if the comma belongs to a text, put the text in double quotes.",
        json=("请改成英文逗号“,”。", "Write an ASCII comma."),
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
        "行首有{found}（{character}）。",
        "the line begins with {found} ({character}).",
        "请把行首换成英文空格，每层两个。",
        "Indent with ASCII spaces, two for each level.",
    ),
    "source-cut": error(
        "文件到“{shown}”突然结束。",
        "the file ends abruptly at “{shown}”.",
        "像是没有复制或保存完整，请找到完整的文件；没有丢内容的，把这一行补完。",
        "It looks incompletely copied or saved: find the whole file; if nothing is lost, complete this line.",
    ),
}
