"""Wording of the diagnostics of: lint, what a standard or a template says that cannot be meant."""

from generator.diagnostics.wording.entry import Wording, error, warning

WORDING: dict[str, Wording] = {
    "lint-constant": warning(
        "“{text}”的结果永远一样，{why}。",
        "“{text}” always comes out the same: {why}.",
        "请核对式子写的是不是要比的字段。",
        "Check whether it compares the fields that are meant.",
    ),
    "lint-not-a-choice": error(
        "“{text}”不是“{name}”的选项，这个比较永远不成立。",
        "“{text}” is no choice of “{name}”: the comparison never holds.",
        "可以写：{choices}。",
        "The choices are: {choices}.",
    ),
    "lint-division-blank": warning(
        "“{name}”必须有值，却除以可以不填的“{divisor}”。",
        "“{name}” must have a value, and is divided by “{divisor}”, which may be left empty.",
        "请把“{divisor}”改为必填，或把“{name}”写成 required: false。",
        "Require “{divisor}”, or write required: false for “{name}”.",
    ),
    "lint-no-label": warning(
        "字段“{name}”没有 label，单位看不懂。",
        "the field “{name}” has no label that a department understands.",
        "请写上表里的名称，例如 label: 预算数。",
        "Write the form's wording: label: 预算数.",
    ),
    "lint-same-document": warning(
        "两份文档都叫“{name}”。",
        "two documents are called “{name}”.",
        "请给它们不同的名字，或用 when 分开。",
        "Give them different names, or part them by when.",
    ),
    "lint-no-floor": warning(
        "分档“{name}”最低一档从{lowest}起，更低的没有档次。",
        "the lowest band of “{name}” begins at {lowest}; what is below has none.",
        "最低一档一般从 0 起。",
        "The lowest band usually begins at 0.",
    ),
    "lint-band-unreached": warning(
        "分档“{name}”的“{band}”永远取不到：{why}。",
        "the band “{band}” of “{name}” is never reached: {why}.",
        "请核对各档的下限（满足的最高一档才算）。",
        "Check the lower bounds; the highest that is reached counts.",
    ),
    "lint-band-order": warning(
        "分档“{name}”没有按高低排列：“{band}”从{bound}起。",
        "the bands of “{name}” neither fall nor rise: “{band}” begins at {bound}.",
        "请核对这个下限是不是写错了；各档从高到低写。",
        "Check whether the bound is a slip; write the highest band first.",
    ),
    "lint-percent-compared": warning(
        "“{name}”是百分数，按小数比较，{number}相当于{percent}%。",
        "“{name}” is a percentage, which is a fraction: {number} is {percent} %.",
        "90% 写成 0.9。",
        "Write 0.9 for 90 %.",
    ),
    "lint-text-unreached": warning(
        "“{name}”的措辞“{text}”永远用不到：前面有一种不带条件。",
        "the wording “{text}” of “{name}” is never used: one before it has no condition.",
        "不带 when 的一种放在最后。",
        "Put the wording without when last.",
    ),
    "lint-text-no-else": warning(
        "“{name}”必须有值，它的几种措辞却都带条件，都不满足时没有话可说。",
        "“{name}” must have a value, and each of its wordings has a condition: there is none where no condition holds.",
        "最后加一种不带 when 的，例如 - {{text: 其他情况}}；或写 required: false。",
        "Add one without when at the end: - {{text: …}}; or write required: false.",
    ),
    "lint-optional-input": warning(
        "“{name}”必须有值，却由可以不填的“{input}”算出。",
        "“{name}” must have a value, and is worked out from “{input}”, which may be left empty.",
        "请把“{input}”改为必填，或给“{name}”写上 required: false 或 empty（空着时印什么）。",
        "Require “{input}”, or give “{name}” required: false or empty (what a blank prints).",
    ),
    "lint-same-item-document": warning(
        "“{item}”的每一项都有一份文档，却都叫“{name}”。",
        "each of “{item}” has a document, and all are called “{name}”.",
        "名称里写上这一项的名字，例如 {{{{ {item}.名称 }}}}。",
        "Name the item in it: {{{{ {item}.名称 }}}}.",
    ),
    "lint-other-year": warning(
        "标准“{name}”的 fiscal_year 是{year}，和名称里的年度对不上。",
        "fiscal_year of the standard “{name}” is {year}, which its name contradicts.",
        "请核对 fiscal_year。",
        "Check fiscal_year.",
    ),
    "lint-map-lacks": error(
        "“{name}”里没有{keys}，查不到值。",
        "“{name}” lacks {keys}: there will be no value.",
        "请在参数里补上。",
        "Add them to the parameter.",
    ),
    "lint-unused": warning(
        "没有用到{kind}“{name}”。",
        "the {kind} “{name}” is not used.",
        "请去掉，或核对用它的地方是不是写错了名字。",
        "Remove it, or check whether its name is misspelt where it should be used.",
    ),
    "lint-bad-example": warning(
        "字段“{name}”的例子“{example}”自己就填不进去。",
        "the example “{example}” of “{name}” is no value of it.",
        "请换一个照着能填的例子。",
        "Give an example that can be copied.",
    ),
    "lint-single-braces": error(
        "“{tag}”只有一对花括号，会照原样印出来。",
        "“{tag}” has one pair of braces and prints as it stands.",
        "请写成 {right}。",
        "Write {right}.",
    ),
    "lint-hides-field": warning(
        "标签“{tag}”的循环变量“{name}”盖住了同名的字段。",
        "the loop variable “{name}” of the tag “{tag}” hides the field of that name.",
        "请换一个名字，例如“项”。",
        "Use another name.",
    ),
    "lint-typed-year": warning(
        "模板里写着“{text}”，标准是{year}年度的。",
        "the template says “{text}”; the standard is that of {year}.",
        "请写成标签，例如 {{{{ 年度 }}}}年。",
        "Print it by a tag: {{{{ 年度 }}}}年.",
    ),
    "lint-sheet-name": error(
        "工作表名“{name}”有{length}个字，Excel最多31个。",
        "the sheet name “{name}” has {length} characters; Excel takes 31.",
        "请缩短。",
        "Shorten it.",
    ),
    "lint-merge-covers": warning(
        "合并区{range}盖住了{cell}里的“{text}”，打开后看不到。",
        "the merge {range} covers “{text}” in {cell}, which nobody will see.",
        "请取消合并，或把文字移到左上角的格子。",
        "Undo the merge, or move the text into its first cell.",
    ),
    "lint-empty-function": error(
        "公式“{formula}”没有参数。",
        "the formula “{formula}” has no arguments.",
        "请写上要合计的区域，例如 =SUM(C5:C6)。",
        "Name the range: =SUM(C5:C6).",
    ),
    "lint-no-such-sheet": error(
        "公式“{formula}”引用的工作表“{name}”不存在。",
        "the formula “{formula}” refers to a sheet “{name}” that does not exist.",
        "请核对工作表的名字。",
        "Check the sheet's name.",
    ),
    "lint-text-summed": warning(
        "“{text}”印出来是文字，公式{cell}合计不到它。",
        "“{text}” prints as text: the formula in {cell} does not add it up.",
        "格子里只放标签，单位写进表头或数字格式。",
        "Leave the tag alone in its cell; put the unit into the heading or the number format.",
    ),
    "lint-unit-heading": warning(
        "表头写“{heading}”，标签“{tag}”印的是{unit}。",
        "the heading says “{heading}”, the tag “{tag}” prints {unit}.",
        "请改表头，或用 |万元、|元 换算。",
        "Change the heading, or convert: |万元, |元.",
    ),
}
