"""Wording of the diagnostics of: standard."""

from generator.diagnostics.wording.entry import Wording, error, warning

WORDING: dict[str, Wording] = {
    "standard-not-found": error(
        "找不到标准“{name}”。",
        "there is no standard “{name}”.",
        "用 generator standards 查看现有的标准；标准放在 templates/standards 里。",
        "See generator standards; standards lie in templates/standards.",
    ),
    "standard-not-a-standard": error(
        "“{name}”不是标准文件：没有标准应有的项（standard:、fields: 等）。",
        "“{name}” is no standard: it has none of its keys (standard:, fields:, …).",
        "第一行写 standard: 名称。",
        "Write standard: ID in its first line.",
    ),
    "standard-is-library": error(
        "“{name}”是公共词汇，不是标准。",
        "“{name}” is a library of types, not a standard.",
        "在标准里用 includes 引用它。",
        "Include it in a standard with includes.",
    ),
    "standard-newer-engine": error(
        "这份标准需要 generator {wanted} 或更高版本，本机是 {own}。",
        "this standard needs generator {wanted} or newer; this is {own}.",
        "请升级程序。",
        "Upgrade the program.",
    ),
    "standard-bad-version": error(
        "版本号“{version}”写法不对。", "“{version}” is no version.", "写成 1.0.0。", "Write 1.0.0."
    ),
    "standard-bad-year": error(
        "fiscal_year 要写四位数的年份，写的是“{found}”。",
        "fiscal_year is a year of four digits, not “{found}”.",
        "例如 fiscal_year: 2024。",
        "Such as fiscal_year: 2024.",
    ),
    "standard-version-mismatch": error(
        "要的是标准版本 {wanted}，现有版本是 {own}。",
        "version {wanted} of the standard is asked for; there is {own}.",
        "请写现有的版本（generator standards 列出），或安装要的版本：generator standard install 文件.zip。",
        "Name a version that is there (generator standards lists them), or install that one: generator standard install FILE.zip.",
    ),
    "standard-bad-id": error(
        "标准的名称“{name}”只能用字母、数字、-、_ 和点。",
        "the id “{name}” may hold letters, digits, -, _ and dots.",
        "例如 mouxian-2021，地名的拼音和年度。",
        "Such as mouxian-2021: the place and the year.",
    ),
    "standard-balance-field": error(
        "balance 只能用于列表各项里由公式计算的数，“{name}”不是。",
        "balance is for a number that each item of a list computes; “{name}” is none.",
        "例如 列: {{type: list of 行, balance: {{占比: 1}}}}，占比有公式。",
        "Such as 列: {{type: list of 行, balance: {{占比: 1}}}}, where 占比 has a formula.",
    ),
    "standard-fixed-field": error(
        "fixed 只能用于有 key 的记录列表，或 map；“{name}”不是。",
        "fixed is for a list of records with a key, or for a map; “{name}” is neither.",
        "请给记录的类型写上 key，例如 key: 名称。",
        "Give the type of its records a key: key: 名称.",
    ),
    "standard-fixed-twice": error(
        "fixed 里“{name}”写了两次。",
        "fixed has “{name}” twice.",
        "每一行的名称只能有一个。",
        "Each row has a name of its own.",
    ),
    "standard-fixed-value": error(
        "fixed 里不能规定“{row}”的“{name}”。",
        "fixed cannot prescribe “{name}” of “{row}”.",
        "能规定的是要填的单个值，和有 key 的下级列表；计算的字段不写。",
        "Prescribe single inputs, and lists inside whose records have a key; leave computed fields out.",
    ),
    "standard-bad-length": error(
        "{key} 要写成毫米或厘米，这里是{found}。",
        "{key} is a length in mm or cm, not {found}.",
        "例如 {key}: 40mm。",
        "Such as {key}: 40mm.",
    ),
    "standard-for-not-records": error(
        "for 要写一个记录的列表，这里是{found}。",
        "for names a list of records; this is {found}.",
        "例如 for: 项目，每个项目一份文档，模板里用“项目.名称”。",
        "Such as for: 项目: one document for each, which knows it by the list's name.",
    ),
    "standard-summary-shape": error(
        "summary 要写 columns（列名: 式子），或者 template（汇总模板），只写一项。",
        "summary has either columns (heading: formula) or a template.",
        "例如 summary: {{columns: {{单位: 单位.名称, 总分: 总分}}}}。",
        "Such as summary: {{columns: {{单位: 单位.名称, 总分: 总分}}}}.",
    ),
    "standard-summary-column": error(
        "汇总的“{name}”列要是一个值，这里是{found}。",
        "the column “{name}” of the summary is one value, not {found}.",
        "列表先用 sum、count、join 合成一个值。",
        "Make one value of a list by sum, count or join.",
    ),
    "standard-unknown-path": error(
        "“{path}”：标准里没有“{name}”。",
        "“{path}”: the standard has no “{name}”.",
        "请写字段的路径，列表不加方括号，例如 项目.科室。",
        "Write the field's path, lists without brackets: 项目.科室.",
    ),
    "standard-unknown-key": error(
        "{where} 里没有“{key}”这一项。", "{where} has no key “{key}”.", "请核对写法。", "Check the spelling."
    ),
    "standard-missing-key": error(
        "{where} 缺少“{key}”。", "{where} lacks “{key}”.", "请补上“{key}: …”。", "Add “{key}: …”."
    ),
    "standard-not-mapping": error(
        "{what} 应写成“名称: 值”，这里是{found}。",
        "{what} is a mapping, not {found}.",
        "每行一个“名称: 值”，缩进两格。",
        "One “name: value” a line, indented.",
    ),
    "standard-not-list": error(
        "{what} 应写成列表，这里是{found}。",
        "{what} is a list, not {found}.",
        "每项一行，以“- ”开头，或写成 [甲, 乙]。",
        "One item a line after “- ”, or [a, b].",
    ),
    "standard-not-text": error(
        "{what} 应写成一段文字，这里是{found}。",
        "{what} is a text, not {found}.",
        "写一段文字，不要写列表或“名称: 值”。",
        "Write a text, not a list or a mapping.",
    ),
    "standard-fixed-text": error(
        "{what} 是固定的文字，“{tag}”会照原样印出来。",
        "{what} is a fixed text; “{tag}” would print as it stands.",
        "直接写出内容；要随数据变的文字，写在有 text 的字段、校验的 message 或文档的 name 里。",
        "Write the text itself; what follows the data belongs in a field with text, a check's message or a document's name.",
    ),
    "standard-not-boolean": error(
        "这里应写 true 或 false，写的是{found}。",
        "true or false belongs here, not {found}.",
        "写 true 或 false。",
        "Write true or false.",
    ),
    "standard-not-whole": error(
        "{what} 应是 0 到 {highest} 的整数，写的是{found}。",
        "{what} is a whole number from 0 to {highest}, not {found}.",
        "请写这个范围内的整数。",
        "Write a whole number in this range.",
    ),
    "standard-not-formula": error(
        "这里应写公式，写的是{found}。",
        "a formula belongs here, not {found}.",
        "写一个公式，例如 甲 + 乙；含冒号、井号时两边加引号。",
        "Write a formula such as a + b; quote it if it holds a colon or a hash.",
    ),
    "standard-bad-name": error(
        "“{name}”不能用作名称。",
        "“{name}” is not a name.",
        "名称只用汉字、字母、数字和下划线，不以数字或下划线开头；表格里的写法放在 label。",
        "A name holds letters, digits and underscores and starts with a letter; the form's wording is the label.",
    ),
    "standard-unstable-name": error(
        "名称“{name}”里有全角或兼容字符。",
        "the name “{name}” holds compatibility characters.",
        "改成“{stable}”。",
        "Write “{stable}”.",
    ),
    "standard-reserved-name": error(
        "名称“{name}”是保留的，请换一个。",
        "the name “{name}” is reserved.",
        "例如在前面加上所属的事项。",
        "Put what it belongs to before it.",
    ),
    "standard-field-without-type": error(
        "字段“{name}”没有类型。",
        "the field “{name}” has no type.",
        "写成 {name}: money，或加 type:。",
        "Write {name}: money, or add type:.",
    ),
    "standard-bad-shorthand": error(
        "字段的简写“{text}”读不懂。",
        "the shorthand “{text}” cannot be understood.",
        "写成“[optional] [list of] 类型 [= 公式]”。",
        "Write “[optional] [list of] TYPE [= FORMULA]”.",
    ),
    "standard-unknown-type": error(
        "没有类型“{name}”。",
        "there is no type “{name}”.",
        "可用 text、paragraphs、integer、number、money、percent、score、year、date、phone、choice、map、bands，或 types 里的类型。",
        "Use a base type or one of types.",
    ),
    "standard-type-and-fields": error(
        "字段“{name}”既有 type 又有 fields。",
        "the field “{name}” has both type and fields.",
        "要么用已有类型，要么写 fields 就地声明。",
        "Use a type or declare the fields in place.",
    ),
    "standard-only-inline": error(
        "“{key}”要写在类型里，不写在字段“{name}”上。",
        "“{key}” belongs to the type, not to the field “{name}”.",
        "放到 types 里相应的类型下面。",
        "Move it to the type under types.",
    ),
    "standard-only-extends": error(
        "没有 extends，不能写 {key}。",
        "{key} needs extends.",
        "加上 extends，或直接删去不要的字段。",
        "Add extends, or delete the field itself.",
    ),
    "standard-duplicate-type": error(
        "类型“{name}”在引用的公共词汇里已经有了。",
        "the type “{name}” exists in an included library.",
        "要在它的基础上修改，加上 extends: {name}；否则换一个名称。",
        "To change it add extends: {name}; otherwise rename it.",
    ),
    "standard-extends-missing": error(
        "找不到被扩展的类型“{name}”。",
        "there is no type “{name}” to extend.",
        "请核对名称，或在 includes 里引用它所在的公共词汇。",
        "Check the name, or include its library.",
    ),
    "standard-extends-cycle": error(
        "类型互相扩展，成了循环：{name}。",
        "types extend each other: {name}.",
        "去掉其中一个 extends。",
        "Remove one extends.",
    ),
    "standard-remove-unknown": error(
        "“{type}”里没有“{name}”可去掉。",
        "“{type}” has no “{name}” to remove.",
        "请核对名称，或去掉这一项。",
        "Check the name, or drop it.",
    ),
    "standard-recursive-type": error(
        "类型“{type}”在字段“{name}”里又包含它自己。",
        "the type “{type}” holds itself in the field “{name}”.",
        "把下级另外声明成一个类型。",
        "Declare a type of its own for the inner level.",
    ),
    "standard-include-missing": error(
        "找不到要引用的“{name}”。",
        "there is no library “{name}” to include.",
        "公共词汇放在同一个 standards 文件夹里，写文件名，不带 .yaml。",
        "It lies in the same standards folder; name it without .yaml.",
    ),
    "standard-include-cycle": error(
        "互相引用，成了循环：{name}。",
        "files include each other: {name}.",
        "去掉其中一处 includes。",
        "Remove one of the includes.",
    ),
    "standard-include-standard": error(
        "“{name}”是标准，不是公共词汇，不能引用。",
        "“{name}” is a standard, not a library; it cannot be included.",
        "把共用的类型移到以 library: 开头的文件里。",
        "Move the shared types into a file that begins with library:.",
    ),
    "standard-two-sources": error(
        "字段“{name}”既有 {first} 又有 {second}。",
        "the field “{name}” has both {first} and {second}.",
        "只留一个。",
        "Keep one.",
    ),
    "standard-unfit-key": error(
        "字段“{name}”不能有“{key}”。",
        "the field “{name}” cannot have “{key}”.",
        "删去它，或改字段的类型。",
        "Delete it or change the field's type.",
    ),
    "standard-bad-unit": error(
        "单位“{unit}”不对。", "“{unit}” is no unit of this type.", "金额用 万元 或 元。", "Money is in 万元 or 元."
    ),
    "standard-bad-print": error(
        "print 只能是 trim 或 fixed，写的是“{form}”。",
        "print is trim or fixed, not “{form}”.",
        "trim 去掉末尾的 0，fixed 保留。",
        "trim drops trailing zeros, fixed keeps them.",
    ),
    "standard-bad-severity": error(
        "severity 不能是“{found}”。",
        "severity cannot be “{found}”.",
        "写 error 或 warning。",
        "Write error or warning.",
    ),
    "standard-bad-format": error(
        "format 不能是“{found}”。", "format cannot be “{found}”.", "写 markdown 或 text。", "Write markdown or text."
    ),
    "standard-choice-without-options": error(
        "选择字段“{name}”没有写可选的值。",
        "the choice “{name}” has no options.",
        "加上 of: [甲, 乙]。",
        "Add of: [a, b].",
    ),
    "standard-choice-parameter": error(
        "没有可作选项的参数“{name}”。",
        "there is no parameter “{name}” with options.",
        "写成列表 of: [甲, 乙]，或写参数的名称。",
        "Write of: [a, b] or the name of a parameter.",
    ),
    "standard-key-not-text": error(
        "key 字段“{name}”要是一段文字。",
        "the key field “{name}” must be a text.",
        "key 要用 text 字段，例如名称。",
        "Use a text field, such as a name.",
    ),
    "standard-default-shape": error(
        "字段“{name}”的 default 写法不对。",
        "the default of “{name}” cannot be understood.",
        "写一个值，或写 {{formula: 公式}}。",
        "Give a value, or {{formula: …}}.",
    ),
    "standard-text-shape": error(
        "text 写法不对。",
        "this text cannot be understood.",
        "写一段文字，或写 [{{when: 条件, text: 文字}}, {{text: 文字}}]。",
        "Give a text, or a list of {{when, text}}.",
    ),
    "standard-text-unit": warning(
        "“{text}”的单位是{unit}，后面却写着“{after}”。",
        "“{text}” is in {unit}, but “{after}” follows it.",
        "百分数自带 %，金额不带单位；请核对后面的字。",
        "Percentages print their sign, amounts print no unit; check what follows.",
    ),
    "standard-set-record": error(
        "set 只能给单个的值，“{name}”是记录。",
        "set fills single values; “{name}” is a record.",
        "只写其中的单个字段。",
        "Fill its single fields.",
    ),
    "standard-total-not-record": error(
        "total 里要写记录，这里是{found}。",
        "total adds up records, not {found}.",
        "写同类型的记录，例如 [当年财政拨款, 其他资金]；相加几个数用公式。",
        "Name records of the type; add single numbers with a formula.",
    ),
    "standard-total-nothing": error(
        "“{name}”里没有可以相加的数。",
        "there is nothing to add up in “{name}”.",
        "被加的记录里要有同名的数值字段。",
        "The records need numbers of the same names.",
    ),
    "standard-duplicate-check": error(
        "校验规则“{id}”重复。",
        "the check “{id}” exists twice.",
        "换一个 id；要改掉原有的，先写在 remove_checks 里。",
        "Use another id; to replace an inherited check name it in remove_checks first.",
    ),
    "standard-parameter-shape": error(
        "参数“{name}”要写成 {{value: …}}。",
        "the parameter “{name}” is written {{value: …}}.",
        "例如 {name}: {{value: 10, reference: 依据}}。",
        "Such as {name}: {{value: 10, reference: …}}.",
    ),
    "standard-parameter-unset": error(
        "参数“{name}”没有取值。",
        "the parameter “{name}” has no value.",
        "在 parameters 里写：{name}: {{value: …, reference: 依据}}。",
        "Set it under parameters: {name}: {{value: …, reference: …}}.",
    ),
    "standard-cycle": error(
        "公式循环引用：{chain}。",
        "formulas depend on each other: {chain}.",
        "请改掉其中一个公式。",
        "Change one of them.",
    ),
    "standard-template-outside": error(
        "模板路径“{path}”要相对于标准所在的库。",
        "the template “{path}” must lie within the library.",
        "例如 docx/名称.docx。",
        "Such as docx/NAME.docx.",
    ),
    "standard-template-kind": error(
        "模板“{path}”要是 .docx 或 .xlsx。",
        "the template “{path}” is no .docx or .xlsx.",
        "在 Word、WPS 或 Excel 中另存为 .docx 或 .xlsx。",
        "Save it as .docx or .xlsx.",
    ),
}
