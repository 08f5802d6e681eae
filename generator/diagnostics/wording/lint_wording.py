"""Wording of the diagnostics of: lint."""

from generator.diagnostics.wording.entry import Wording, error, warning

WORDING: dict[str, Wording] = {
    "lint-unknown-path": error(
        "标签“{tag}”：{owner}里没有“{name}”。",
        "the tag “{tag}”: {owner} has no “{name}”.",
        "请核对标准里的字段名，或在标准里声明这个字段。",
        "Check the field's name against the standard, or declare it there.",
    ),
    "lint-list-not-looped": error(
        "标签“{tag}”：“{owner}”是列表，不能直接取“{name}”。",
        "the tag “{tag}”: “{owner}” is a list; “{name}” cannot be taken from it directly.",
        "请用循环取出每一项：{{%p for 项 in {owner} %}}……{{{{ 项.{name} }}}}。",
        "Loop over its items: {{%p for item in {owner} %}} … {{{{ item.{name} }}}}.",
    ),
    "lint-list-printed": error(
        "标签“{tag}”：“{name}”是列表，不能当作文字打印。",
        "the tag “{tag}”: “{name}” is a list and cannot be printed as text.",
        "请用循环逐项打印，或用 {{{{ {name}|join('、') }}}} 连成一句。",
        "Print its items in a loop, or join them: {{{{ {name}|join('、') }}}}.",
    ),
    "lint-record-printed": error(
        "标签“{tag}”：“{name}”是一组字段，不能当作文字打印。",
        "the tag “{tag}”: “{name}” is a record and cannot be printed as text.",
        "请写出要打印的字段，如“{example}”。",
        "Name the field of it to print, such as “{example}”.",
    ),
    "lint-loop-over-one": error(
        "标签“{tag}”：“{name}”不是列表，不能循环。",
        "the tag “{tag}”: “{name}” is no list to loop over.",
        "循环要用列表字段；单个的值直接用 {{{{ {name} }}}} 打印。",
        "A loop needs a list; a single value is printed with {{{{ {name} }}}}.",
    ),
    "lint-figure-arithmetic": error(
        "标签“{tag}”：模板里不能用数值“{name}”做计算。",
        "the tag “{tag}”: a template does not calculate with the figure “{name}”.",
        "请在标准里声明一个计算字段，模板只打印它；只改印出的位数用 |fixed(1)。",
        "Declare a computed field in the standard and print that; |fixed(1) changes the printed places only.",
    ),
    "lint-unit-doubled": error(
        "标签“{tag}”后面的“{unit}”和字段的单位“{own}”重复或不符。",
        "“{unit}” behind the tag “{tag}” repeats or contradicts the field's unit “{own}”.",
        "百分数打印时自带“%”；其他数值的单位以标准为准。",
        "A percent prints its “%” itself; the unit of other figures is the standard's.",
    ),
    "lint-blank-in-words": warning(
        "“{name}”可以不填，“{tag}”却印在句子中间，不填时句子会缺一块。",
        "“{name}” may be blank, but “{tag}” stands in the middle of a sentence, which would have a gap.",
        "用 {{% if {name} %}} 把相关的字一起括起来；或在标准里写 empty（空着时印什么）；或改为必填。",
        "Put {{% if {name} %}} around the words, or say in the standard what it prints then (empty), or require it.",
    ),
    "lint-field-unprinted": warning(
        "没有模板打印字段“{name}”。",
        "no template prints the field “{name}”.",
        "请在模板里打印它，或从标准里去掉；只供数据文件的叙述引用的，可以保留。",
        "Print it in a template, or remove it from the standard; keep it if only the narrative of data files uses it.",
    ),
    "lint-template-missing": error(
        "标准所列的模板“{name}”不存在。",
        "the template “{name}” that the standard names does not exist.",
        "请把模板放进标准所在的模板库，或改正documents里的路径。",
        "Put the template into the standard's library, or correct its path under documents.",
    ),
    "lint-guidance-left": warning(
        "留有填写说明“{text}”，会原样印进报告。",
        "guidance for the filler is left, “{text}”: the report would print it.",
        "请删去说明，或改成字段标签。",
        "Delete it, or make it a field's tag.",
    ),
    "lint-chart-unfed": warning(
        "图表“{name}”的数据里没有标签，印出来的总是模板里的数。",
        "nothing feeds the chart “{name}”: it always prints the figures of the template.",
        "在 Word 里右击图表“编辑数据”，把数换成标签，如 {{{{ 项.预算数 }}}}；Excel 里让数据区域包含有标签的单元格。确实不变的，用注释压下这一条。",
        "Edit the chart's data in Word and put tags where figures are; in Excel let its ranges cover cells with tags. Silence this where the figures never change.",
    ),
    "lint-font-unnamed": warning(
        "字体“{font}”不是公文格式规定的字体（{count}处）。",
        "the font “{font}” is none that the format of official documents names ({count} places).",
        "公文用方正小标宋简体、仿宋_GB2312、楷体_GB2312、黑体，西文和数字用Times New Roman（GB/T 9704—2012）。",
        "Official documents use 方正小标宋简体, 仿宋_GB2312, 楷体_GB2312, 黑体, and Times New Roman (GB/T 9704-2012).",
    ),
    "lint-blank-line": warning(
        "标签“{tag}”独占一段，打印后会留下一个空行。",
        "the tag “{tag}” stands alone in its paragraph, which stays behind as a blank line.",
        "请写成“{better}”，整段就会随标签消失。",
        "Write “{better}”: the paragraph then goes with its tag.",
    ),
    "lint-control-tag": warning(
        "内容控件的标记“{tag}”不是标准里的字段，控件会原样留下。",
        "the tag “{tag}” of a content control is no field of the standard; the control stays as it is.",
        "要用数据填写，请把标记改成字段的路径，如 资金.执行数；不用数据填写，就不必管。",
        "To fill it from data, make its tag the path of a field; if it is not to be filled, leave it.",
    ),
    "lint-markdown-in-line": warning(
        "“{tag}”印的是 Markdown，它的标题、列表、表格前后会各留一个空行。",
        "“{tag}” prints Markdown: its headings, lists and tables would stand between blank lines.",
        "请写成“{better}”，印出来的内容就占掉整段。",
        "Write “{better}”: what it prints takes the place of the paragraph.",
    ),
    "lint-blank-when-empty": warning(
        "标签“{tag}”管着整段，没有内容时会留下一个空行。",
        "the tag “{tag}” holds the whole paragraph, which stays behind as a blank line where it prints nothing.",
        "请把“{better}”和它的结束标签各放一段，整段就会随之消失。",
        "Put “{better}” and its end into paragraphs of their own: the paragraph then goes with them.",
    ),
    "lint-blank-row": warning(
        "标签“{tag}”独占一行，打印后会留下一个空行。",
        "the tag “{tag}” stands alone in its row, which stays behind empty.",
        "请写成“{better}”，整行就会随标签消失。",
        "Write “{better}”: the row then goes with its tag.",
    ),
    "lint-silences-nothing": warning(
        "注释“{tag}”要压下的“{name}”，这里没有。",
        "the comment “{tag}” silences “{name}”, which is not found here.",
        "请核对代码和位置：表格里管这一行，正文里管这一段，lint-file管整个模板；不再需要的请删去。",
        "Check the code and the place: its row in a table, else its paragraph; lint-file: the template. Delete it if it is of no more use.",
    ),
    "baseline-unreadable": error(
        "“{name}”不是 lint 的基线文件，或已经损坏。",
        "“{name}” is no baseline of lint, or it is damaged.",
        "用 --baseline {name} --write-baseline 重新写一份。",
        "Write it anew with --baseline {name} --write-baseline.",
    ),
}
