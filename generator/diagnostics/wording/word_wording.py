"""Wording of the diagnostics of: word."""

from generator.diagnostics.wording.entry import Wording, error

WORDING: dict[str, Wording] = {
    "word-tag-across-change": error(
        "标签“{tag}”和修订痕迹交叉，不能打印。",
        "the tag “{tag}” crosses a tracked change.",
        "请在 Word 或 WPS 的“审阅”里接受或拒绝这处修订，再保存模板。",
        "Accept or reject the change in Word, then save the template.",
    ),
    "word-host-outside": error(
        "标签“{tag}”不在表格里，不能用“{host}”。",
        "the tag “{tag}” is not in a table; there is no place for “{host}”.",
        "表格行用 {{%tr %}}，单元格用 {{%tc %}}，段落用 {{%p %}}。",
        "Use {{%tr %}} for table rows, {{%tc %}} for cells, {{%p %}} for paragraphs.",
    ),
    "word-beside-host": error(
        "标签“{tag}”要单独占一个{host}，旁边的“{text}”会随它消失。",
        "the tag “{tag}” takes the place of its whole {host}; “{text}” beside it would be lost.",
        "请把旁边的内容移到别的段落、行或单元格；只管一段里的文字时，不要写 p、tr、tc。",
        "Move what stands beside it to another paragraph, row or cell; a tag for text within a paragraph takes no p, tr or tc.",
    ),
    "word-wide-braces": error(
        "“{tag}”不是标签：花括号是全角的，或者中间有看不见的字符。",
        "“{tag}” is no tag: its braces are full-width, or something unseen stands between them.",
        "请用半角重新输入“{{{{”和“}}}}”（或“{{%”和“%}}”）；确实要印出它，请写在 {{% raw %}} 和 {{% endraw %}} 之间。",
        "Type “{{{{” and “}}}}” (or “{{%” and “%}}”) anew; to print it as it is, put it between {{% raw %}} and {{% endraw %}}.",
    ),
    "word-half-tag": error(
        "“{tag}”是半个标签，没有开头。",
        "“{tag}” is half a tag: it has no beginning.",
        "请补上开头的“{{{{”或“{{%”，或者删去结尾；确实要印出它，请写在 {{% raw %}} 和 {{% endraw %}} 之间。",
        "Add “{{{{” or “{{%” in front of it, or delete its end; to print it, put it between {{% raw %}} and {{% endraw %}}.",
    ),
    "word-field-in-tag": error(
        "标签“{tag}”里夹着域“{field}”，不能打印。",
        "the tag “{tag}” has the field “{field}” within it; it cannot be printed.",
        "请把标签删掉，不带格式地重新输入。",
        "Delete the tag and type it anew as plain text.",
    ),
    "word-dash-eats": error(
        "标签“{tag}”的“-”要把前后两段的文字接起来，中间的{what}会丢失。",
        "the “-” of the tag “{tag}” joins the texts around it; {what} between them would be lost.",
        "请去掉“-”；要让整段随标签消失，请写成 {{%p … %}}，单独占一段。",
        "Take the “-” out; to let a whole paragraph go with its tag, write {{%p … %}} in a paragraph of its own.",
    ),
    "word-tag-left": error(
        "标签“{tag}”在打印不到的地方，会原样留在文档里。",
        "the tag “{tag}” stands where nothing is printed; it would stay in the document as it is.",
        "请把内容直接写在 Word 文档里，或从那里删去标签；嵌入的网页请用 UTF-8 保存。",
        "Write the content into the Word document itself, or take the tag out; save embedded web pages as UTF-8.",
    ),
    "word-control-character": error(
        "文字里有 Word 文档不能保存的字符 {character}：{text}",
        "The text holds {character}, which no Word document can store: {text}",
        "请在数据里删去这个字符（多半是从别处复制带来的）。",
        "Delete it from the data; it was probably copied from elsewhere.",
    ),
    "word-control-date": error(
        "日期控件里不能放“{value}”：它不是日期。",
        "“{value}” cannot stand in a date control: it is no date.",
        "日期写成 2020-12-31 或 2020年12月31日；要放别的文字，请在 Word 里换成纯文本控件。",
        "Write a date as 2020-12-31; for other texts, use a plain text control in Word.",
    ),
    "word-control-choice": error(
        "下拉列表里没有“{value}”。",
        "the drop-down list has no “{value}”.",
        "可以选：{choices}；不限于这几项时，请在 Word 里换成组合框。",
        "It can be: {choices}; for others, use a combo box in Word.",
    ),
    "word-merge-outside": error(
        "标签“{tag}”不在表格的单元格里。",
        "the tag “{tag}” does not stand in a table cell.",
        "“{name}”要写在单元格里。",
        "“{name}” belongs into a cell.",
    ),
    "word-merge-needs-loop": error(
        "标签“{tag}”不在循环里，不知道该合并什么。",
        "the tag “{tag}” stands in no loop; there is nothing to merge.",
        "请放在 {{%tr for … %}} 的行里；或写明按什么合并，例如 {{% vm 行.名称 %}}。",
        "Put it into a {{%tr for … %}} row, or say what to merge by: {{% vm row.name %}}.",
    ),
    "word-merge-needs-columns": error(
        "标签“{tag}”不在横向循环里：它把循环重复出来的几列合成一格，在行的循环里只会印出第一行。",
        "the tag “{tag}” stands in no loop over columns: it makes one cell of those that a loop repeats, and of a loop over rows prints the first row alone.",
        "请放在 {{%tc for … %}} 和 {{%tc endfor %}} 之间；固定跨几列请用 {{% colspan 2 %}}。",
        "Put it between {{%tc for … %}} and {{%tc endfor %}}; for a fixed number of columns use {{% colspan 2 %}}.",
    ),
    "word-half-field": error(
        "标签“{tag}”和它的结尾之间只有半个域（页码、引用、公式、目录等）：条件不成立或循环几次时，打印出来的文档会损坏。",
        "between the tag “{tag}” and its end stands one half of a field (a page number, a reference, a formula, contents …): where it prints not once, the document would be broken.",
        "按 Alt+F9 显示域代码，把整个域放进 {{% {name} … %}} 里面，或者整个放到外面。",
        "Show the field's code with Alt+F9, and put the whole field into the {{% {name} … %}} block, or behind it.",
    ),
    "word-unbalanced": error(
        "标签“{tag}”和它的结尾“{end}”不在同一层，打印出来的文档会损坏。",
        "the tag “{tag}” and its end “{end}” do not stand on the same level; the document would be damaged.",
        "请把开头和结尾放在同一段里，或者段落都用 {{%p %}}，表格行都用 {{%tr %}}。",
        "Put both into one paragraph, or use {{%p %}} for paragraphs and {{%tr %}} for table rows.",
    ),
    "word-strict": error(
        "“{name}”是“严格 Open XML”格式，不能用作模板。",
        "“{name}” is a Strict Open XML document; it cannot be a template.",
        "请在 Word 里另存为普通的“Word 文档（.docx）”。",
        "Save it as an ordinary Word document (.docx).",
    ),
    "word-macros": error(
        "“{name}”带有宏，不能用作模板。",
        "“{name}” holds macros; it cannot be a template.",
        "请在 Word 里另存为普通的“Word 文档（.docx）”；确实需要宏、来源可靠时加 --allow-macros。",
        "Save it as an ordinary Word document (.docx); where you need its macros and trust their source, add --allow-macros.",
    ),
    "word-link-statement": error(
        "标签“{tag}”不能写在超链接的地址里，那里只能用 {{{{ }}}}。",
        "the tag “{tag}” cannot stand in the target of a link; only {{{{ }}}} can.",
        "条件请写成 {{{{ 甲 if 条件 else 乙 }}}}。",
        "Write a condition as {{{{ one if condition else other }}}}.",
    ),
}
