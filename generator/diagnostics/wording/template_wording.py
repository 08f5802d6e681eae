"""Wording of the diagnostics of: template (what Word and Excel templates share)."""

from generator.diagnostics.wording.entry import Wording, error

WORDING: dict[str, Wording] = {
    "template-tag-unclosed": error(
        "标签“{tag}”没有结束。",
        "the tag “{tag}” is not closed.",
        "请补上“{end}”；标签要写在同一段、同一个单元格里。",
        "Add “{end}”; a tag stands within one paragraph or cell.",
    ),
    "template-tag-empty": error(
        "标签“{tag}”是空的。",
        "the tag “{tag}” is empty.",
        "请写上要打印的字段，或删去它。",
        "Name a field, or delete it.",
    ),
    "template-syntax": error(
        "标签“{tag}”写法有误：{reason}。",
        "the tag “{tag}” is not well formed: {reason}.",
        "请检查这个标签：字段名之间用“.”连接，文字加引号，括号和引号成对。",
        "Look at the tag: names are joined with “.”, text stands in quotes, brackets and quotes come in pairs.",
    ),
    "template-unknown-statement": error(
        "标签“{tag}”：没有“{name}”这种标签。",
        "the tag “{tag}”: there is no “{name}”.",
        "可以用 for、if、set、with、vm、hm、colspan、cellbg；打印字段请写 {{{{ 字段 }}}}。",
        "There are for, if, set, with, vm, hm, colspan, cellbg; a field is printed with {{{{ field }}}}.",
    ),
    "template-unsupported-statement": error(
        "标签“{tag}”：文档模板里不能用“{name}”。",
        "the tag “{tag}”: “{name}” cannot be used in a document template.",
        "请把内容直接写在这份模板里。",
        "Put the content into this template itself.",
    ),
    "template-unclosed-block": error(
        "标签“{tag}”没有对应的“{end}”。",
        "the tag “{tag}” has no “{end}”.",
        "请在它管的内容后面补上“{end}”。",
        "Add “{end}” behind what it governs.",
    ),
    "template-unexpected-end": error(
        "标签“{tag}”没有对应的开头。",
        "the tag “{tag}” closes nothing.",
        "请检查前面是否少了开头的标签，或者多写了这一个。",
        "An opening tag is missing before it, or it is one too many.",
    ),
    "template-unknown-filter": error(
        "标签“{tag}”：没有“{name}”这个过滤器。",
        "the tag “{tag}”: there is no filter “{name}”.",
        "常用的有 fixed、trim、大写、中文数字、日期、编号、元、万元、join、default。",
        "There are fixed, trim, 大写, 中文数字, 日期, 编号, 元, 万元, join, default and those of Jinja.",
    ),
    "template-unknown-test": error(
        "标签“{tag}”：没有“{name}”这个判断。",
        "the tag “{tag}”: there is no test “{name}”.",
        "常用的有 is defined（有这个字段）、is none（没有填写）、is number（是数字）。",
        "There are is defined, is none, is number and the others of Jinja.",
    ),
    "template-undefined": error(
        "标签“{tag}”：数据里没有“{name}”。",
        "the tag “{tag}”: the data has no “{name}”.",
        "请检查字段名，或者在数据里补上它；可以没有的字段请写 {{{{ {name}|default('') }}}}。",
        "Check the name, or add it to the data; what may be absent is written {{{{ {name}|default('') }}}}.",
    ),
    "template-undefined-item": error(
        "标签“{tag}”：{owner}里没有“{name}”。",
        "the tag “{tag}”: {owner} has no “{name}”.",
        "请检查字段名，或者在数据里补上它；可以没有的字段请在后面写 |default('')。",
        "Check the name, or add it to the data; what may be absent is followed by |default('').",
    ),
    "template-figure-arithmetic": error(
        "标签“{tag}”：模板里不能用数值做计算。",
        "the tag “{tag}”: a template does not calculate with figures.",
        "请在标准里声明一个计算字段，模板只打印它；只改印出的位数用 |fixed(1)。",
        "Declare a computed field in the standard and print that; |fixed(1) changes the printed places only.",
    ),
    "template-unprintable": error(
        "标签“{tag}”：{kind}不能当作文字打印。",
        "the tag “{tag}”: {kind} cannot be printed as text.",
        "列表用循环或 join 打印，一组字段写到具体字段，判断写成 {{{{ '是' if 条件 else '否' }}}}。",
        "Print a list in a loop or by join, name a field of a record, and write {{{{ '是' if condition else '否' }}}}.",
    ),
    "template-unsafe": error(
        "标签“{tag}”：模板里不允许这样做：{reason}。",
        "the tag “{tag}”: a template may not do this: {reason}.",
        "模板只能读取数据、使用过滤器；请改用字段名。",
        "A template reads data and uses filters: name a field instead.",
    ),
    "template-failed": error(
        "标签“{tag}”打印不出来：{reason}。",
        "the tag “{tag}” cannot be printed: {reason}.",
        "请检查这个标签用到的字段：有没有填写，是不是所要的类型。",
        "Look at the fields of the tag: whether they are filled in and of the type that it takes.",
    ),
    "template-not-a-list": error(
        "标签“{tag}”：要循环的不是列表，而是{kind}。",
        "the tag “{tag}”: what it loops over is no list but {kind}.",
        "请检查字段名：循环要用列表字段。",
        "Check the name: a loop needs a list.",
    ),
    "template-too-slow": error(
        "模板{where}超过{seconds}秒还没有打印完，已停止。",
        "the template takes more than {seconds} seconds{where}; stopped.",
        "请检查循环套循环的地方，减少循环的次数。",
        "Look at loops within loops, and let them run less often.",
    ),
    "template-unsafe-link": error(
        "标签“{tag}”：链接“{target}”不允许。",
        "the tag “{tag}”: the link “{target}” is not allowed.",
        "链接只能指向网页（http、https）、邮箱（mailto）或文档内的位置。",
        "Links lead to pages (http, https), mail (mailto) or places in the document.",
    ),
    "template-context-value": error(
        "数据里的“{name}”是 {kind}，不是普通的值，不交给模板。",
        "“{name}” of the context is a {kind}, no plain value: templates do not get it.",
        "只放文字、数字、日期、列表和字典；模板可信、确实要交给它时用 trusted=True。",
        "Put in text, numbers, dates, lists and dicts; where you trust the template, say trusted=True.",
    ),
    "template-field-argument": error(
        "标签“{tag}”：“{text}”在域代码里会变成几个参数或开关。",
        "the tag “{tag}”: within the code of the field, “{text}” would be several arguments or a switch.",
        '在模板的域代码里给标签加上英文引号，如 HYPERLINK "{{{{ 网址 }}}}"。',
        'Put the tag between quotation marks in the field\'s code: HYPERLINK "{{{{ url }}}}".',
    ),
    "template-too-many-turns": error(
        "模板{where}循环了超过{limit}次，已停止。",
        "the loops of the template run more than {limit} times{where}; stopped.",
        "请检查循环套循环的地方；确实需要时用 --limits turns=… 放宽。",
        "Look at loops within loops; where they must, --limits turns=… lets them run on.",
    ),
    "template-too-complex": error(
        "模板{where}太复杂：{reason}，已停止。",
        "the template is too complex{where}: {reason}; stopped.",
        "请拆成几个简单的标签。",
        "Part it into several simple tags.",
    ),
    "template-not-printable": error(
        "标签“{tag}”：{kind}不能打印。",
        "the tag “{tag}”: {kind} cannot be printed.",
        "请改用字段名；函数后面要加括号，一串值要用 list 或 join 过滤器。",
        "Name a field instead; call a function with brackets, turn a stream into text with the filter list or join.",
    ),
    "template-object-in-list": error(
        "标签“{tag}”：一串值里有图片、日期、带格式的文字等（{kind}），不能整串打印。",
        "the tag “{tag}”: a list that holds pictures, dates, formatted texts or the like ({kind}) cannot be printed as a whole.",
        "请用循环逐个打印：{{%p for 项 in 列表 %}}、{{{{ 项 }}}}、{{%p endfor %}}。",
        "Print them one by one in a loop: {{%p for x in list %}}, {{{{ x }}}}, {{%p endfor %}}.",
    ),
    "template-not-finite": error(
        "标签“{tag}”：{value} 不是数，不能打印。",
        "the tag “{tag}”: {value} is no number that can be printed.",
        "请检查数据里的计算，例如除数为零。",
        "Check the data: a division by zero, for one.",
    ),
    "template-too-large": error(
        "模板{where}输出的内容太大，已停止。",
        "the template prints too much{where}; stopped.",
        "请检查循环的次数，以及“*”、center 等会重复文字的写法。",
        "Look at how often its loops run, and at what repeats text (“*”, center).",
    ),
    "template-too-deep": error(
        "标签“{tag}”：宏或循环无休止地调用自己。",
        "the tag “{tag}”: a macro or loop calls itself without end.",
        "请给它加上停止的条件：{{% if … %}}。",
        "Give it a condition on which it stops: {{% if … %}}.",
    ),
    "template-wrong-kind": error(
        "“{name}”不是{wanted}模板。",
        "“{name}” is not a {wanted} template.",
        "Word 模板是 .docx 或 .dotx 文件，Excel 模板是 .xlsx 文件；请检查文件名和扩展名。",
        "Word templates are .docx or .dotx files, Excel templates .xlsx files: check the file's name and extension.",
    ),
}
