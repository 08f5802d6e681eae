"""Wording of the diagnostics of: template (what Word and Excel templates share)."""

from generator.messages.wording import Wording, error

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
    "template-syntax": error("标签“{tag}”写法有误：{reason}", "the tag “{tag}” is not well formed: {reason}"),
    "template-unknown-statement": error(
        "标签“{tag}”：没有“{name}”这种标签。", "the tag “{tag}”: there is no “{name}”."
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
    "template-crossed-blocks": error(
        "标签“{tag}”和前面的“{opening}”（{place}）对不上，这里应当是“{end}”。",
        "the tag “{tag}” does not match “{opening}” ({place}); “{end}” belongs here.",
    ),
    "template-unknown-filter": error(
        "标签“{tag}”：没有“{name}”这个过滤器。", "the tag “{tag}”: there is no filter “{name}”."
    ),
    "template-unknown-test": error(
        "标签“{tag}”：没有“{name}”这个判断。", "the tag “{tag}”: there is no test “{name}”."
    ),
    "template-undefined": error("标签“{tag}”：没有“{name}”。", "the tag “{tag}”: there is no “{name}”."),
    "template-undefined-item": error(
        "标签“{tag}”：{owner}里没有“{name}”。", "the tag “{tag}”: {owner} has no “{name}”."
    ),
    "template-figure-arithmetic": error(
        "标签“{tag}”：模板里不能用数值做计算。",
        "the tag “{tag}”: a template does not calculate with figures.",
        "请在标准里声明一个计算字段，模板只打印它。",
        "Declare a computed field in the standard and print that.",
    ),
    "template-unsafe": error(
        "标签“{tag}”：模板里不允许这样做：{reason}", "the tag “{tag}”: a template may not do this: {reason}"
    ),
    "template-failed": error("标签“{tag}”打印不出来：{reason}", "the tag “{tag}” cannot be printed: {reason}"),
    "template-not-a-list": error(
        "标签“{tag}”：要循环的不是列表，而是{kind}。",
        "the tag “{tag}”: what it loops over is no list but {kind}.",
        "请检查字段名：循环要用列表字段。",
        "Check the name: a loop needs a list.",
    ),
    "template-too-slow": error(
        "模板超过{seconds}秒还没有打印完，已停止。",
        "the template takes more than {seconds} seconds; stopped.",
        "请检查循环套循环的地方。",
        "Look at loops within loops.",
    ),
    "template-too-large": error(
        "模板打印出来的内容太大，已停止。",
        "the template prints too much; stopped.",
        "请检查循环。",
        "Look at its loops.",
    ),
    "template-too-deep": error(
        "标签“{tag}”：宏或循环无休止地调用自己。", "the tag “{tag}”: a macro or loop calls itself without end."
    ),
    "template-wrong-kind": error(
        "“{name}”不是{wanted}模板。", "“{name}” is not a {wanted} template.", "请检查文件。", "Check the file."
    ),
}
