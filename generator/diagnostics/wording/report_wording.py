"""Wording of the diagnostics of: report (data files read by their standard)."""

from generator.diagnostics.finding import Text
from generator.diagnostics.wording.entry import Wording, error, info, warning
from generator.diagnostics.wording.many_wording import MANY
from generator.diagnostics.wording.texts_wording import TEXTS

WORDING: dict[str, Wording] = {
    "computed-records": error(
        "“{label}”由公式从报告里选出（{formula}），不用填。",
        "“{label}” is chosen from the report by a formula ({formula}); it is not filled in.",
        "请删去这一项；要改的内容改在原来的列表里。",
        "Delete it; change the items where they stand.",
    ),
    "missing-row": error(
        "“{label}”缺少规定的“{name}”，要填：{inside}。",
        "“{label}” lacks the prescribed “{name}”; it needs: {inside}.",
        "请补上这一行：“- 名称: {name}”，再填各项。",
        "Add the row “{name}” and fill it in.",
        json=(
            '请补上这一项：{{"名称": "{name}", …}}，再填各项。',
            'Add the item {{"名称": "{name}", …}} and fill it in.',
        ),
        form=("请在它的工作表里补上“{name}”这一行，再填各格。", "Add the row “{name}” to its sheet and fill it in."),
    ),
    "row-not-prescribed": error(
        "“{label}”里没有规定“{name}”这一行。",
        "“{label}” has no row “{name}”.",
        "请按规定的名称填写。",
        "Use the prescribed names.",
    ),
    "fixed-differs": error(
        "“{label}”规定为“{fixed}”，这里是“{stated}”。",
        "“{label}” is prescribed as “{fixed}”; this is “{stated}”.",
        "请删去这一项，或按规定填写。",
        "Delete it, or state what is prescribed.",
    ),
    "value-not-boolean": error(
        "{label}：“{text}”不是“是”或“否”。",
        "{label}: “{text}” is neither 是 nor 否.",
        "请填“是”或“否”。",
        "Write 是 or 否.",
    ),
    "value-not-image": error(
        "{label}：“{text}”不是图片。",
        "{label}: “{text}” is no picture.",
        "请用 PNG、JPEG、GIF、BMP、TIFF、WebP、SVG、EMF 或 WMF 图片。",
        "Use a PNG, JPEG, GIF, BMP, TIFF, WebP, SVG, EMF or WMF picture.",
    ),
    "value-image-outside": error(
        "{label}：“{text}”不在数据文件的文件夹里。",
        "{label}: “{text}” is not in the data file's folder.",
        "请把图片放到数据文件旁边，只写它的名字。",
        "Put the picture beside the data file and give its name only.",
    ),
    "value-image-missing": error(
        "{label}：找不到图片“{text}”。",
        "{label}: there is no picture “{text}”.",
        "图片要放在数据文件所在的文件夹（{folder}）。",
        "Pictures lie in the data file's folder ({folder}).",
    ),
    "balance-not-parts": error(
        "各项“{label}”合计{found}，凑不成{total}。",
        "the items' “{label}” add up to {found}, which rounding cannot make {total}.",
        "请核对各项的数，和标准里 balance 写的合计。",
        "Check the items, and the total that balance states in the standard.",
    ),
    "value-not-number": error(
        "{label}：“{text}”不是数。",
        "{label}: “{text}” is not a number.",
        "只写数字和小数点，例如 161.4。",
        "Digits and a point only, such as 161.4.",
    ),
    "value-percent": error(
        "{label}：“{text}”不是百分数。", "{label}: “{text}” is not a percentage.", "例如 95.5%。", "Such as 95.5%."
    ),
    "value-places": error(
        "{label}：“{text}”的小数位数超过{places}位。",
        "{label}: “{text}” has more than {places} decimal places.",
        "请按规定的位数填写。",
        "Give it at that many places.",
    ),
    "value-too-large": error(
        "{label}：“{text}”位数太多。",
        "{label}: “{text}” has too many digits.",
        "请核对是否多写了数字。",
        "Check for digits too many.",
    ),
    "value-year": error(
        "{label}：“{text}”不是年份。",
        "{label}: “{text}” is not a year.",
        "写四位数，例如 2020。",
        "Write four digits: 2020.",
    ),
    "value-below": error(
        "{label}：{text}小于{limit}。", "{label}: {text} is less than {limit}.", "请核对这个数。", "Check the number."
    ),
    "value-above": error(
        "{label}：{text}大于{limit}。", "{label}: {text} is more than {limit}.", "请核对这个数。", "Check the number."
    ),
    "value-not-date": error(
        "{label}：“{text}”不是日期。",
        "{label}: “{text}” is not a date.",
        "写成 2020-12-31 或 2020年12月31日。",
        "Write 2020-12-31 or 2020年12月31日.",
    ),
    "value-no-such-date": error(
        "{label}：没有“{text}”这一天。", "{label}: there is no day “{text}”.", "请核对年月日。", "Check the date."
    ),
    "value-not-phone": error(
        "{label}：“{text}”不是电话号码。",
        "{label}: “{text}” is not a telephone number.",
        "写成 0731-12345678 或手机号。",
        "Write 0731-12345678 or a mobile number.",
    ),
    "value-of-no-kind": error(
        "{label}：“{text}”不是{wanted}。",
        "{label}: “{text}” is not {wanted}.",
        "请按这一项的要求填写。",
        "Write what the field asks for.",
    )._replace(
        meaning=Text(
            "值不是字段要的那一类；消息里写着要的是什么。",
            "a value is not of its field's kind, which the message names.",
        )
    ),
    "value-not-choice": error(
        "{label}：不能填“{text}”。",
        "{label}: “{text}” is not one of the options.",
        "请从规定的选项里选。",
        "Choose one of the options.",
    ),
    "value-text-length": error(
        "{label}有{length}个字，最多{limit}个字。",
        "{label} has {length} characters; at most {limit} are allowed.",
        "请压缩文字。",
        "Shorten the text.",
    ),
    "value-text-short": error(
        "{label}有{length}个字，至少要{limit}个字。",
        "{label} has {length} characters; at least {limit} are wanted.",
        "请写得具体一些。",
        "Write more.",
    ),
    "value-too-long": error(
        "{label}太长：{length}个字，最多{limit}个字。",
        "{label} is too long: {length} characters, at most {limit}.",
        "请检查是否误贴了别的内容。",
        "Check whether something else was pasted.",
    ),
    "value-control-character": error(
        "{label}的第{position}个字是不可见的控制字符 {character}。",
        "{label} holds the control character {character} at position {position}.",
        "请删去它重新输入。",
        "Delete it and type the text again.",
    ),
    "value-items": error(
        "{label}有{count}项，{bound}。", "{label} has {count} items; {bound}.", "请核对列表。", "Check the list."
    ),
    "report-no-standard": error(
        "数据文件没有写明用哪一份标准。",
        "the data file names no standard.",
        "在第一行写：标准: 标准名称。可用的有：{known}。",
        "Write in its first line 标准: NAME. There are: {known}.",
        json=('在最前面写："标准": "标准名称"。可用的有：{known}。', 'Begin with "标准": "NAME". There are: {known}.'),
    ),
    "report-is-standard": error(
        "这是标准 {name}，不是数据文件。",
        "this is the standard {name}, no data file.",
        "检查标准用 generator lint；数据文件用 generator new {name} -o 文件名 生成。",
        "generator lint examines a standard; generator new {name} -o FILE makes a data file.",
    ),
    "report-standard-first": warning(
        "“标准”应写在数据文件的最前面。", "the key 标准 should come first.", "请把它移到最前面。", "Move it to the top."
    ),
    "report-other-standard": error(
        "数据文件用的是标准“{stated}”，不是“{given}”。",
        "the data file is for the standard “{stated}”, not “{given}”.",
        "请用这份数据文件自己的标准，或改第一行。",
        "Use the data file's own standard, or change its first line.",
        json=(
            "请用这份数据文件自己的标准，或改“标准”这一项。",
            "Use the data file's own standard, or change what 标准 states.",
        ),
        form=(
            "请用这份填报表自己的标准，或换用那份标准的填报表：generator form 标准 -o 新填报.xlsx。",
            "Use the form's own standard, or that standard's form: generator form STANDARD -o FORM.xlsx.",
        ),
    ),
    "report-standard-version": error(
        "数据文件要求标准版本 {wanted}，现有版本是 {own}。",
        "the data file asks for version {wanted} of the standard; there is {own}.",
        "请换用相应版本的标准，或按新版本核对数据文件后改版本号。",
        "Use that version of the standard, or review the data file and change the version it states.",
    ),
    "report-standard-newer": warning(
        "数据文件按{wanted}填写，现行标准是{own}。",
        "the data file was filled in by version {wanted}; the current one is {own}.",
        "用 generator migrate {file} --to {current} -o 新文件.yaml 换到现行版本，核对它列出的事项后再上报。",
        "Move it by generator migrate {file} --to {current} -o NEW.yaml, and see to what it lists.",
        json=(
            "用 generator migrate {file} --to {current} -o 新文件.json 换到现行版本，核对它列出的事项后再上报。",
            "Move it by generator migrate {file} --to {current} -o NEW.json, and see to what it lists.",
        ),
        form=(
            "用 generator migrate {file} --to {current} -o 新填报.xlsx 换到现行版本，核对它列出的事项后再上报。",
            "Move it by generator migrate {file} --to {current} -o NEW.xlsx, and see to what it lists.",
        ),
    ),
    "report-standard-digest": error(
        "数据文件要求的标准摘要是 {stated}，现有标准的是 {own}：不是同一份标准。",
        "the data file asks for the standard with the digest {stated}; the one here has {own}.",
        "向发布单位索取这一份标准并安装，或删去“摘要”这一行。",
        "Get that standard from its issuer and install it, or delete the line 摘要.",
        json=(
            "向发布单位索取这一份标准并安装，或删去“摘要”这一项。",
            "Get that standard from its issuer and install it, or delete 摘要.",
        ),
    ),
    "report-no-path": error(
        "报告里没有字段“{path}”。",
        "the report has no field “{path}”.",
        '路径写成 资金.执行率、指标[0].得分 或 指标["名称"].得分。',
        'A path is 资金.执行率, 指标[0].得分 or 指标["名称"].得分.',
    ),
    "unknown-field": error(
        "{where}里没有字段“{name}”。", "{where} has no field “{name}”.", "请核对字段名。", "Check the field's name."
    ),
    "missing-value": error("缺少“{label}”。", "“{label}” is missing.", "应填{wanted}。", "It wants {wanted}."),
    "missing-record": error(
        "缺少“{label}”这一部分。", "the part “{label}” is missing.", "其中要填：{inside}。", "It holds: {inside}."
    ),
    "wrong-shape": error(
        "“{label}”应填{wanted}，这里是{found}。",
        "“{label}” wants {wanted}, not {found}.",
        "请照 generator new 写出的样子填。",
        "Fill it in as generator new shows it.",
        json=(
            "请照“应填”的样子改；空的数据文件可用 generator new 写出，再用 generator convert 换成 .json 对照。",
            "Write it in that shape; generator new writes an empty data file, and generator convert makes .json of it to compare.",
        ),
        form=("请照 generator form 写出的填报表填。", "Fill it in as in the form that generator form writes."),
    ),
    "duplicate-item": error(
        "“{label}”重复：“{text}”在{line}已经有了。",
        "“{text}” of “{label}” is already on {line}.",
        "填了两遍的，删去一项；本来是两项的，“{label}”要不同。",
        "Delete one if it was entered twice; two items need each a “{label}” of their own.",
    ),
    "total-row": error(
        "“{text}”这一行是合计，合计由程序加总。",
        "the row “{text}” is a total; totals are added up by the program.",
        "请删去这一行，只填各项。",
        "Delete this row and leave the items.",
    ),
    "report-wrong-standard": error(
        "数据文件写的标准是“{stated}”，却有{count}个字段不是它的，倒都是“{meant}”的：多半写错了标准。",
        "the data file names the standard “{stated}”, but {count} of its fields are none of it; all are those of “{meant}”.",
        "把“标准”改成 {meant}。",
        "Make it 标准: {meant}.",
    ),
    "amount-in-yuan": warning(
        "{label}：{text}万元比其他金额（最大{most}万元）大得多，像是按元填的。",
        "{label}: {text} 万元 is out of proportion to the other amounts (at most {most} 万元), as if it were in 元.",
        "单位是万元：{text}元要填 {meant}。",
        "The unit is 万元: for {text} 元 write {meant}.",
    ),
    "nothing-listed": warning(
        "“{label}”里写着“{text}”，会算作一项印出来。",
        "“{label}” lists “{text}”, which counts and prints as an item.",
        "没有就写成 []。",
        "Where there are none, write [].",
        form=("没有就清空这一格。", "Where there are none, clear the cell."),
    ),
    "repeated-text": warning(
        "“{label}”的两条完全相同：{place}已经有了。",
        "an item of “{label}” stands twice: it is on {place} already.",
        "请删去重复的一条，或改成另外要写的内容。",
        "Delete one, or write what was meant.",
    ),
    "stated-differs": error(
        "“{label}”填的是{stated}，按公式 {formula} 应为{computed}{inputs}。",
        "“{label}” states {stated}; by {formula} it is {computed}{inputs}.",
        "计算字段不用填，可以删去；若已公布不能改，写成 {{公布: {stated}, 理由: …}}。",
        "A computed field need not be given; if it was published so, write {{公布: {stated}, 理由: …}}.",
        json=(
            '计算字段不用填，可以删去；若已公布不能改，写成 {{"公布": "{stated}", "理由": "…"}}。',
            'A computed field need not be given; if it was published so, write {{"公布": "{stated}", "理由": "…"}}.',
        ),
        form=(
            "计算字段不用填，可以清空；若已公布不能改，在“公布值”表里写字段、公布的值（{stated}）和理由。",
            "A computed field need not be given; if it was published so, put field, value ({stated}) and reason into the sheet 公布值.",
        ),
    ),
    "stated-exception": info(
        "“{label}”按公布的{stated}印出，计算值为{computed}；理由：{reason}。",
        "“{label}” prints {stated} as published; computed it is {computed}; reason: {reason}.",
        "公布稿更正后，删去这一项。",
        "Delete it once the published report is corrected.",
    ),
    "stated-not-computable": info(
        "“{label}”填的是{stated}，因为缺少数据，无法按公式 {formula} 核对。",
        "“{label}” states {stated}; data are missing to compute it by {formula}.",
        "补上所缺的数据即可核对。",
        "Give the missing data and it will be compared.",
    ),
    "exception-without-reason": error(
        "“{label}”写了公布值，没有写理由。",
        "“{label}” states a published value without a reason.",
        "写成 {{公布: 值, 理由: 原因}}。",
        "Write {{公布: value, 理由: reason}}.",
        json=('写成 {{"公布": "值", "理由": "原因"}}。', 'Write {{"公布": "value", "理由": "reason"}}.'),
        form=("在“公布值”表的这一行补上理由。", "Give the reason in this row of the sheet 公布值."),
    ),
    "exception-on-input": error(
        "“{label}”不是计算字段，直接填值即可。",
        "“{label}” is not computed; give the value itself.",
        "去掉 公布 和 理由。",
        "Leave 公布 and 理由 out.",
        form=(
            "值直接填在这个字段的格里，从“公布值”表里删去这一行。",
            "Put the value into the field's own cell, and delete this row of the sheet 公布值.",
        ),
    ),
    "computed-blank": error(
        "“{label}”算不出来：{reason}。",
        "“{label}” cannot be computed: {reason}.",
        "请补上缺少的内容。",
        "Fill in what is missing.",
    ),
    "year-not-fiscal": error(
        "“{label}”填的是{stated}，这份标准是{year}年度的。",
        "“{label}” is {stated}, but this standard is that of {year}.",
        "请核对年度；报的是别的年度，请用那一年的标准。",
        "Check the year; for a report on another year take that year's standard.",
    ),
    "date-outside-year": warning(
        "“{label}”填的是{text}，不在{year}年和{next}年之内。",
        "“{label}” is {text}, neither in {year} nor in {next}.",
        "请核对年份有没有打错。",
        "Check whether the year is mistyped.",
    ),
    "phone-digits": warning(
        "“{label}”里的“{text}”有{count}位，电话号码没有这样的位数。",
        "“{text}” in “{label}” has {count} digits, which no telephone number has.",
        "请核对：固定电话是7、8位，前面加3、4位区号，如 0731-12345678；手机是11位。",
        "Check it: 7 or 8 digits behind an area code of 3 or 4, such as 0731-12345678; 11 of a mobile number.",
    ),
    "check-failed": error(
        "{message}（规则：{id}）",
        "{message} (check: {id})",
        "请核对所列的数，改正错的那一个。",
        "Check the figures named and correct the wrong one.",
    )._replace(
        meaning=Text(
            "标准里的一条核对规则没有通过；规则的名称写在括号里，说明由标准给出。",
            "a check of the standard does not hold; its name stands in brackets, its words come from the standard.",
        )
    ),
    "also-stated-shape": error(
        "另载的每一项要写：字段、值、处。",
        "each item of 另载 holds 字段, 值 and 处.",
        "例如 {{字段: 总分, 值: 97, 处: 二（三）}}。",
        "Such as {{字段: 总分, 值: 97, 处: 二（三）}}.",
        json=(
            '例如 {{"字段": "总分", "值": "97", "处": "二（三）"}}。',
            'Such as {{"字段": "总分", "值": "97", "处": "二（三）"}}.',
        ),
        form=("在“另载”表里一行一处，把这几列都填上。", "One row of the sheet 另载 each, with all of these columns."),
    ),
    "also-stated-path": error(
        "另载的字段“{text}”找不到，或者不是单个的值。",
        "另载: there is no field “{text}”, or it is no single value.",
        "路径写成 支出.基本支出、指标[0].得分。",
        "A path is 支出.基本支出 or 指标[0].得分.",
    ),
    "also-stated-differs": error(
        "{place}写的“{label}”是{stated}，报告中是{value}。",
        "{place} states {stated} for “{label}”; the report has {value}.",
        "请核对哪一个数是对的。",
        "Find out which one is right.",
    ),
    "also-stated-exception": info(
        "{place}写的“{label}”是{stated}，报告中是{value}；理由：{reason}。",
        "{place} states {stated} for “{label}”; the report has {value}; reason: {reason}.",
        "公布稿更正后，删去这一项。",
        "Delete it once the published report is corrected.",
    ),
    **MANY,
    **TEXTS,
}
