"""Wording of the diagnostics of values that print more than text: images, sub-documents, rich text, replacements."""

from generator.diagnostics.wording.entry import Wording, error, warning

WORDING: dict[str, Wording] = {
    "image-unreadable": error(
        "“{name}”不是能插入文档的图片。",
        "“{name}” is no picture that a document can hold.",
        "请使用PNG、JPEG、GIF、BMP、TIFF、WebP、EMF、WMF或SVG格式的图片；其他格式请先另存。",
        "Use a PNG, JPEG, GIF, BMP, TIFF, WebP, EMF, WMF or SVG picture; save others as one of these first.",
    ),
    "image-cut-short": error(
        "图片“{name}”不完整，或已经损坏。",
        "the picture “{name}” is cut short or damaged.",
        "多半是没有下载、拷贝完；请打开看一看，重新取得这张图片。",
        "It was probably not downloaded or copied to its end: open it, and get it again.",
    ),
    "image-too-large": error(
        "图片“{name}”有{width}×{height}个像素，超过{most}百万个。",
        "the picture “{name}” has {width} × {height} pixels, more than {most} million.",
        "请先缩小图片；印在A4纸上，2500×3500个像素已经足够。",
        "Make it smaller first: 2500 × 3500 pixels are enough for a page of A4.",
    ),
    "image-without-size": error(
        "图片“{name}”自己没有说明尺寸。",
        "the picture “{name}” does not state its size.",
        '请同时给出宽和高，如 width="30mm", height="20mm"。',
        'Give both width and height, such as width="30mm", height="20mm".',
    ),
    "image-svg-active": error(
        "SVG图片“{name}”里有{what}，不是单纯的图。",
        "the SVG picture “{name}” holds {what}: it is more than a drawing.",
        "请用绘图软件另存为“普通SVG”（不带脚本、外部图片和链接），或者存成PNG。",
        "Save it as plain SVG, without scripts, outside pictures and links, or as PNG.",
    ),
    "image-svg-costly": error(
        "画SVG图片“{name}”超出了{what}的限度。",
        "drawing the SVG picture “{name}” takes more {what} than its bound.",
        "请去掉滤镜、大面积的透明和重复的图案，或者存成PNG；确实需要时用 --limits drawing=秒数,memory=字节数 放宽。",
        "Leave filters, large transparent areas and repeated patterns out of it, or save it as PNG; --limits drawing=SECONDS,memory=BYTES allows more.",
    ),
    "image-svg-undrawn": error(
        "SVG图片“{name}”没有给出PNG：不认识SVG的程序就没有图可显示。",
        "no PNG was given for the SVG picture “{name}”: programs that know no SVG would have nothing to show.",
        "请安装 generator[svg]（pip install 'generator[svg]'），或者用 fallback= 同时给出PNG。",
        "Install generator[svg] (pip install 'generator[svg]'), or give the PNG as fallback=.",
    ),
    "image-size": error(
        "图片尺寸“{size}”不是长度。",
        "The picture size “{size}” is no length.",
        "请写成“30mm”“3cm”“1.2in”“85pt”，或docx.shared的Mm(30)等。",
        "Write `30mm`, `3cm`, `1.2in`, `85pt`, or docx.shared's Mm(30).",
    ),
    "code-too-long": error(
        "{length}个字太长，印不成{kind}。",
        "{length} characters are too many for {kind}.",
        "二维码放得下约600个汉字，条形码80个字符；请只放网址或编号。",
        "A QR code holds some 600 Chinese characters, a bar code 80: put an address or a number into it.",
    ),
    "code-impossible": error(
        "“{text}”印不成{kind}：{why}。",
        "“{text}” cannot be written as {kind}: {why}.",
        "请核对内容；文字和编号用 qrcode 或 code128，商品条码用 ean13。",
        "Check the content; use qrcode or code128 for texts and numbers, ean13 for articles.",
    ),
    "code-kind-unknown": error(
        "没有“{kind}”这种条形码。", "there is no bar code “{kind}”.", "可以用：{known}。", "These can be used: {known}."
    ),
    "code-not-text": error(
        "只有文字和数能印成条码，这里是{kind}。",
        "only texts and numbers can be codes, this is {kind}.",
        "请写到里面的一项，如 {{{{ 项.编号|qrcode }}}}。",
        "Name a value inside it, such as {{{{ 项.编号|qrcode }}}}.",
    ),
    "code-not-installed": error(
        "没有安装画条码的程序，印不了{kind}。",
        "what draws codes is not installed, so {kind} cannot be printed.",
        "请安装：pip install 'generator[codes]'。",
        "Install it: pip install 'generator[codes]'.",
    ),
    "equation-unreadable": error(
        "“{source}”不是能印的公式：{why}。",
        "“{source}” is no equation that can be printed: {why}.",
        "请按 LaTeX 的写法改正，如 \\frac{{a}}{{b}}、x_i^2、\\text{{执行率}}。",
        "Correct its LaTeX, such as \\frac{{a}}{{b}}, x_i^2, \\text{{rate}}.",
    ),
    "equation-not-installed": error(
        "没有安装读公式的程序，印不了“{source}”。",
        "what reads equations is not installed, so “{source}” cannot be printed.",
        "请安装：pip install 'generator[equations]'。",
        "Install it: pip install 'generator[equations]'.",
    ),
    "rich-text-unsound": error(
        "RichText的属性拼不成有效的XML：{xml}",
        "The properties of a RichText do not make sound XML: {xml}",
        "样式、字体、颜色、链接的值中不要有引号和尖括号；链接用template.link(网址)。",
        "Keep quotation marks and angle brackets out of style, font, colour and link; make links with template.link(url).",
    ),
    "object-not-here": error(
        "这里只能印文字，不能放图片或子文档。",
        "Only text can stand here, no picture and no sub-document.",
        "请把它的标签写在正文、表格、页眉页脚或脚注的段落里；图片在Excel里要单独占一格。",
        "Put its tag into a paragraph of the body, a table, a header, a footer or a note; a picture has a cell of Excel to itself.",
    ),
    "docxtpl-image": error(
        "docxtpl的InlineImage属于它自己的模板对象，不能在这里打印。",
        "docxtpl's InlineImage belongs to a template object of docxtpl and cannot be printed here.",
        "请改用template.image(路径或内容, width=…, height=…)。",
        "Use template.image(path_or_bytes, width=…, height=…) instead.",
    ),
    "docxtpl-subdoc": error(
        "docxtpl的子文档（new_subdoc）属于它自己的模板对象，不能在这里打印。",
        "docxtpl's sub-document (new_subdoc) belongs to a template object of docxtpl and cannot be printed here.",
        "请改用template.subdoc(路径、内容或python-docx的Document)。",
        "Use template.subdoc(path, bytes or a python-docx Document) instead.",
    ),
    "subdocument-not-word": error(
        "子文档不是Word文档（.docx）。",
        "The sub-document is no Word document (.docx).",
        "请给出.docx文件的路径或内容。",
        "Give the path or the content of a .docx file.",
    ),
    "markdown-too-long": error(
        "标签“{tag}”：Markdown 文字有 {length} 个字符，最多 {most} 个。",
        "the tag “{tag}”: the Markdown text has {length} characters; {most} are read.",
        "请分成几个字段，或者不用 Markdown。",
        "Spread it over several fields, or print it without Markdown.",
    ),
    "markdown-picture": error(
        "Markdown 里的图片“{text}”不能插入。",
        "The picture “{text}” in Markdown cannot be inserted.",
        "请从文字里删去它；图片用图片字段，或 template.image(路径或内容)。",
        "Take it out of the text; pictures are image fields, or template.image(path_or_bytes).",
    ),
    "markdown-table-style": error(
        "模板中没有名为“{name}”的表格样式。",
        "The template has no table style of the name “{name}”.",
        "模板中的表格样式：{known}。",
        "Table styles of the template: {known}.",
    ),
    "note-not-here": error(
        "这里不能有脚注、尾注：Word 只允许在正文里。",
        "No footnote and no endnote can stand here: Word allows them in the body only.",
        "请把带脚注的值印在正文或正文的表格里，不要印在页眉、页脚、脚注、批注、文本框、文档属性里。",
        "Print it in the body or its tables, not in headers, footers, notes, comments, text boxes or properties.",
    ),
    "picture-not-found": error(
        "模板中没有名称、标题或替代文字为“{name}”的图片。",
        "The template has no picture whose name, title or alternative text is “{name}”.",
        "模板中的图片：{known}。",
        "Pictures of the template: {known}.",
    ),
    "replacement-not-found": error(
        "模板的{folder}中没有与“{name}”内容相同的文件。",
        "The template has no file in {folder} with the content of “{name}”.",
        "Word保存时可能改写了嵌入的文件；请按成员名替换（replace_zipname），或按图片名替换（replace_pic）。",
        "Word may have rewritten the file when it saved: replace it by its member's name (replace_zipname) or the picture's (replace_pic).",
    ),
    "member-not-found": error(
        "模板的压缩包中没有“{name}”。",
        "The template's package has no member “{name}”.",
        "请用压缩软件打开模板，查看word/embeddings/下的文件名。",
        "Open the template with a zip program and look at the names under word/embeddings/.",
    ),
    "printed-blank": warning(
        "“{label}”没有值，“{tag}”处的句子会缺一块。",
        "“{label}” has no value: the sentence around “{tag}” has a gap.",
        "补上数据；本来可以没有的，请模板作者用 {{% if %}} 把相关的字一起括起来，或在标准里写 empty。",
        "Fill it in; if there may be none, the template can put {{% if %}} around the words, or the standard say empty.",
    ),
}
