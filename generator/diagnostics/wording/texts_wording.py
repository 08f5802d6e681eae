"""Wording of the diagnostics of the texts of a data file (room report): references, figures in prose, what is kept."""

from generator.diagnostics.wording.entry import Wording, error, warning

TEXTS: dict[str, Wording] = {
    "narrative-cycle": error(
        "文字互相引用，成了循环：{chain}。",
        "texts refer to each other in a circle: {chain}.",
        "请去掉其中一处引用。",
        "Remove one of the references.",
    ),
    "narrative-too-deep": error(
        "文字一层层互相引用，超过{count}层。",
        "texts refer to texts more than {count} deep.",
        "请直接引用数值，不要一段引一段。",
        "Refer to the figures themselves.",
    ),
    "narrative-blank": warning(
        "这里引用的“{text}”没有值，印出来是空的。",
        "“{text}” has no value and prints nothing here.",
        "补上数据，或改写这句话。",
        "Fill it in, or change the sentence.",
    ),
    "map-name-unused": warning(
        "“{typed}”没有一处引用；文字里引用的“{text}”却没有填（{count}处）。",
        "nothing refers to “{typed}”, and “{text}”, which texts refer to, is not filled in ({count} places).",
        "多半是名称写错了：改成同一个名称。",
        "Probably the name is mistyped: give both the same name.",
    ),
    "narrative-unit": warning(
        "“{text}”的单位是{unit}，后面却写着“{after}”。",
        "“{text}” is in {unit}, but “{after}” follows it.",
        "百分数自带 %，金额不带单位；请核对后面的字。",
        "Percentages print their sign, amounts print no unit; check what follows.",
    ),
    "prose-figure": warning(
        "文字里的“{text}”与“{label}”（{value}）{degree}，却没有引用它。",
        "“{text}” {degree} as “{label}” ({value}), but does not refer to it.",
        "写成 {written}，数字就只填一处；如果是另一回事，在“保留”里写明理由。",
        "Write {written}, so that it is stated once; if it is another matter, keep it with a reason under 保留.",
    ),
    "prose-direction": warning(
        "“{text}”：前后一增一减。",
        "“{text}”: one half says up, the other down.",
        "请核对是增加还是减少。",
        "Find out which it is.",
    ),
    "prose-change": warning(
        "“{text}”与前文不符：{reason}。",
        "“{text}” contradicts what stands before it: {reason}.",
        "请核对金额、比率和基数，最好引用计算字段。",
        "Check the amount, the rate and the base; better refer to computed fields.",
    ),
    "prose-count": warning(
        "写明“{text}”，{reason}。",
        "“{text}” are announced, {reason}.",
        "请核对个数和名单。",
        "Check the count and the names.",
    ),
    "prose-differs": warning(
        "文字里的“{text}”与填报的“{label}”（{value}）不一样。",
        "“{text}” in the text is not the “{label}” that is filled in ({value}).",
        "请改正错的一处，文字里最好引用字段；如果说的是另一回事，在“保留”里写明理由。",
        "Correct the one that is wrong; better refer to the field. If it is another thing, give the reason under “保留”.",
    ),
    "prose-year": warning(
        "“{text}”既不是报告年度{year}年，也不是上一年。",
        "“{text}” is neither the report's year {year} nor the one before.",
        "请核对年份；确实是另一年的事，在“保留”里写明理由。",
        "Check the year; if another one is meant, keep it with a reason under 保留.",
    ),
    "kept-shape": error(
        "保留的每一项要写：处、文字、理由。",
        "each item of 保留 holds 处, 文字 and 理由.",
        "例如 {{处: 成绩[1].内容, 文字: 14.7亿元, 理由: 全市口径}}。",
        "Such as {{处: 成绩[1].内容, 文字: 14.7亿元, 理由: 全市口径}}.",
        json=(
            '例如 {{"处": "成绩[1].内容", "文字": "14.7亿元", "理由": "全市口径"}}。',
            'Such as {{"处": "成绩[1].内容", "文字": "14.7亿元", "理由": "全市口径"}}.',
        ),
        form=("在“保留”表里一行一处，把这几列都填上。", "One row of the sheet 保留 each, with all of these columns."),
    ),
    "kept-without-reason": error(
        "保留“{text}”，没有写理由。",
        "“{text}” is kept without a reason.",
        "加上 理由: …。",
        "Add 理由: ….",
        json=('加上 "理由": "…"。', 'Add "理由": "…".'),
        form=("在“保留”表的这一行补上理由。", "Give the reason in this row of the sheet 保留."),
    ),
    "kept-unused": warning(
        "“{place}”里的“{text}”没有要保留的问题。",
        "there is nothing to keep about “{text}” in {place}.",
        "请核对处和文字；原来的问题已经改正的，删去这一项。",
        "Check 处 and 文字; delete the item if what it kept has been corrected.",
    ),
    "text-invisible": warning(
        "文字里有{count}个看不见的字符（{points}）：{shown}",
        "the text holds {count} invisible characters ({points}): {shown}",
        "请删去；它多半是从网页或别的软件复制时带来的。",
        "Delete them; they usually come with a copy from a page or another program.",
    ),
    "text-wide-digits": warning(
        "文字里的“{text}”是全角数字。",
        "“{text}” is written in full-width digits.",
        "请写成 {plain}。",
        "Write {plain}.",
    ),
    "text-no-such-day": warning(
        "日历上没有“{text}”。",
        "no calendar has “{text}”.",
        "请核对月份和日期；少写了“年”的补上。",
        "Check month and day; where 年 is missing, put it in.",
    ),
    "text-placeholder": warning(
        "文字里还留着“{text}”，像是等人填写的地方。",
        "the text still holds “{text}”, which looks like a place to fill in.",
        "请写上内容；确实要这样印，在“保留”里写明理由。",
        "Fill it in; if it is meant to print, keep it with a reason under 保留.",
    ),
    "text-twice": warning(
        "“{text}”写重了。",
        "“{text}” is written twice.",
        "请删去多写的；确实要这样写，在“保留”里写明理由。",
        "Delete what is too much; if it is meant, keep it with a reason under 保留.",
    ),
    "text-gap": warning(
        "名称“{text}”的中间有空格。",
        "the name “{text}” has a space in it.",
        "请删去空格；确实要空开，在“保留”里写明理由。",
        "Delete the space; if it is meant, keep it with a reason under 保留.",
    ),
    "text-unpaired": warning(
        "“{text}”里的引号、书名号或括号没有配对。",
        "a quotation mark or bracket in “{text}” has no other half.",
        "请补上或删去；左右写反了的，换过来。",
        "Put the other half in or delete it; where left and right are exchanged, exchange them.",
    ),
    "text-bare-reference": warning(
        "“{text}”是字段的名称，会照原样印出来。",
        "“{text}” is the name of a field; it would print as it is.",
        "要印它的值，写成 {{{{ {text} }}}}；确实要印名称，在“保留”里写明理由。",
        "To print its value write {{{{ {text} }}}}; if the name is meant, keep it with a reason under 保留.",
    ),
    "text-numbered": warning(
        "列表的这一项以序号“{text}”开头；序号由模板编，会印成两个。",
        "this item of a list begins with the number “{text}”; templates number the items, so that there would be two.",
        "请删去各项的序号；模板不编序号的，在“保留”里写明理由。",
        "Delete the numbers of the items; where the template gives none, keep it with a reason under 保留.",
    ),
    "narrative-braces": error(
        "“{tag}”不是引用，会照原样印出来。",
        "“{tag}” is no reference; it would print as it is.",
        '引用字段用两对半角花括号：{right}；确要印出花括号，写成 {{{{ "{{" }}}}。',
        'A reference has two pairs of ASCII braces: {right}; to print a brace itself write {{{{ "{{" }}}}.',
    ),
    "narrative-in-plain": error(
        "“{label}”不能引用别的字段，“{tag}”会照原样印出来。",
        "“{label}” cannot refer to another field; “{tag}” would print as it is.",
        "直接写出内容。",
        "Write the text itself.",
    ),
    "narrative-in-key": error(
        "“{label}”用来查找，不能写 {{{{ }}}}。",
        "“{label}” is a key; it holds no {{{{ }}}}.",
        "直接写出名称。",
        "Write the name itself.",
    ),
}
