"""What the help of the command line says of each command, argument and option."""

from generator.diagnostics import Text

LANG = Text(
    "消息的语言：zh 或 en（也可用环境变量 GENERATOR_LANG）。", "Language of messages: zh or en (or GENERATOR_LANG)."
)
LIMITS = Text(
    "放宽或收紧处理的限度，如 seconds=60,turns=100000000（也可用环境变量 GENERATOR_LIMITS）。",
    "Bounds of the work, such as seconds=60,turns=100000000 (or GENERATOR_LIMITS).",
)
MACROS = Text("允许模板带宏（.xlsm 等）。", "Let templates hold macros (.xlsm and the like).")
ISOLATED = Text(
    "在单独的进程里生成（render、fill；从标准包安装的标准默认如此）或读取（check、lint、show、diff、verify、explain）。",
    "In a process of its own: rendering (render, fill; by default for standards installed from a package) or reading (check, lint, show, diff, verify, explain).",
)
VERSION = Text("显示版本。", "Show the version.")
NO_CACHE = Text("编译好的标准和模板不用缓存，也不存入缓存。", "Neither use nor keep compiled standards and templates.")
QUIET = Text("只印问题和结果，不印进度和小结。", "Print findings and results alone, no progress and no sums.")
GENERATOR = Text(
    "把一份数据文件校验、计算，生成 Word 报告和 Excel 工作簿。",
    "Validate and compute one data file, and render it as Word reports and Excel workbooks.",
)
CACHE_COMMANDS = Text(
    "编译好的标准和模板的缓存：在哪里、有多大；清空。",
    "The cache of compiled standards and templates: where it is, how big; clear it.",
)
CACHE_SHOW = Text(
    "显示缓存文件夹和其中的内容（可用环境变量 GENERATOR_CACHE 换文件夹，off 表示不用）。",
    "Show the folder and what it holds (GENERATOR_CACHE names another folder, off uses none).",
)
CACHE_CLEAR = Text("清空缓存，下次运行重新编译。", "Clear it; the next run compiles again.")
CHECK = Text(
    "检查数据文件：校验、计算、核对，列出所有问题。", "Validate, compute and check data files; list every finding."
)
DATA_FILES = Text("数据文件或文件夹；- 是标准输入。", "Data files or folders; - is the standard input.")
STRICT = Text("把警告当作错误。", "Treat warnings as errors.")
RECURSIVE = Text("文件夹里的子文件夹也算。", "Look into subfolders, too.")
FORMAT = Text("输出格式。", "Output format.")
CHECK_MARK = Text(
    "另存一份填报表，每个问题写成批注，并列成“审核结果”。",
    "Write a copy of a form with each finding as a note, and a sheet that lists them.",
)
CHECK_FIX = Text(
    "先改正一看就知道的笔误（全角数字和冒号、千位分隔符、单位、看不见的字符、引号等），印出改动，再检查。",
    "First put slips of the keyboard right (wide digits and colons, separators, units, unseen characters, quotes …), show what changed, then check.",
)
CLUSTER = Text(
    "由 Dask 集群来做（tcp://…；需要安装 generator[cluster]）。",
    "Let a Dask cluster do the work (tcp://…; needs generator[cluster]).",
)
COLLECT = Text(
    "汇总各单位的数据文件：每个单位一行，合计和平均，全部问题，未报送的单位；按后缀写成 .xlsx、.csv 或 .json。",
    "Sum up departments' data files: a row each, totals, averages, every finding, who is missing; .xlsx, .csv or .json by suffix.",
)
STANDARD = Text("标准的名称或文件。", "A standard's name or file.")
DATA_FILES_ALONE = Text("数据文件或文件夹。", "Data files or folders.")
OUTPUT = Text("写入的文件。", "The file to write.")
COLLECT_UNITS = Text(
    "应报单位的名册：.xlsx、.csv 或 .txt，一行一家。", "Who is to hand in: .xlsx, .csv, .txt, one a row."
)
COLLECT_TEMPLATE = Text(
    "汇总表的模板；默认用标准里 summary 写的，没有就用通用格式。",
    "A template for the summary; by default the standard's, else the common form.",
)
CONVERT = Text(
    "把数据文件换成另一种格式（.yaml、.json、.xlsx），内容不丢；带不过去的逐项列出。",
    "Write a data file in another form (.yaml, .json, .xlsx); what cannot be carried is said.",
)
CONVERT_DATA = Text("数据文件或填报表。", "A data file or form.")
CONVERT_OUTPUT = Text("写入的文件，按后缀定格式。", "The file to write.")
OVERWRITE = Text("覆盖已有的文件。", "Overwrite an existing file.")
DIFF = Text(
    "按意义比较两份文档，说明哪里不同；不同时退出码为 1。", "Compare two documents by meaning; exit 1 if they differ."
)
DIFF_A = Text("文档、文件夹或标准。", "A document, a folder or a standard.")
DIFF_B = Text("文档、文件夹、数据文件或标准。", "A document, folder, data file or standard.")
DIFF_LEVEL = Text("比较到哪一层：文字和数值、结构（默认）、格式。", "How much is compared; structure by default.")
DIFF_IGNORE = Text("不比较的位置、字段或文字模式，可重复。", "A place, field or pattern to leave out; repeatable.")
DIFF_TOLERANCE = Text("数值允许的误差。", "Numeric tolerance.")
DIFF_RULES = Text("规则文件 diff.yaml。", "A file of rules, diff.yaml.")
DIFF_FORMATTING = Text(
    "--level format 时 Word 的格式：读者所见（默认），或文件里的写法。",
    "Word formats with --level format: as a reader sees them (default), or as written.",
)
DIFF_TRACKED = Text(
    "把差异写成修订：全部接受得 B，全部拒绝得 A。",
    "Write the differences as revisions: accepting all gives B, rejecting all gives A.",
)
DIFF_MARKED = Text(
    "写出带标记的 B：改动的单元格着色、批注旧值，另附差异表。",
    "Write B with marks: changed cells shaded, notes of old values, a sheet of differences.",
)
DIFF_PAGES = Text(
    "再逐页比较图像（需要 LibreOffice 和 pdftoppm），不同的页写入文件夹。",
    "Compare images of the pages too (LibreOffice, pdftoppm); those that differ are written into a folder.",
)
DIFF_SUMMARY = Text("只列出差异的数目：按种类、按位置。", "Counts alone, by kind and place.")
DIFF_MAX = Text("最多列出多少处差异（JSON 总是全部列出）。", "List N differences at most (JSON lists all).")
EXPLAIN = Text(
    "说明一个数是怎么算出来的，一直到数据文件的行。",
    "Tell how a figure came about, down to the lines of the data file.",
)
EXPLAIN_DATA = Text("数据文件；- 是标准输入。", "A data file; - is the standard input.")
EXPLAIN_FIELD = Text(
    "字段的路径，如 资金.执行率、指标[0].得分，或只写最后的名字；也可以是一条记录、一张列表、一个参数。只写一个诊断代码时说明这个代码。",
    "A field's path, such as 资金.执行率, or only its last name; also a record, a whole list, a parameter. A diagnostic's code alone is explained.",
)
FILL = Text(
    "用任意 JSON 或 YAML 数据填写任意 Word 或 Excel 模板，不需要标准。",
    "Fill any Word or Excel template with any JSON or YAML context; no standard needed.",
)
FILL_TEMPLATE = Text("模板（.docx、.xlsx）。", "A template (.docx, .xlsx).")
FILL_CONTEXT = Text("数据（.json、.yaml）。", "The context (.json, .yaml).")
FILL_EMPTY = Text("未定义的名称印成空，不报错。", "Undefined names print nothing instead of an error.")
FILL_PAGE_NUMBERS = Text(
    "填好 Word 文档的目录页码（需要 LibreOffice）。",
    "Fill in the page numbers of contents in a Word document (needs LibreOffice).",
)
FORM = Text(
    "写出填报表（Excel 工作簿）：给标准写空表，给数据文件写填好的表。",
    "Write the fill-in workbook: empty for a standard, filled for a data file.",
)
FORM_WHAT = Text("标准的名称或文件，或数据文件。", "A standard's name or file, or a data file.")
FORM_FILL = Text(
    "用财务软件导出的 .csv 或 .xlsx 填一个列表，列按名称对应。",
    "Fill a list from an export (.csv or .xlsx), columns by label.",
)
FORM_COLUMNS = Text("导出的列名与表里不同时，指明对应。", "Which of the form's columns an export's column is.")
LINT = Text(
    "在有数据之前检查标准和模板：路径、标签、漏印的字段、残留的填写说明。",
    "Examine standards and templates before any data: paths, tags, fields that nothing prints, leftover guidance.",
)
LINT_TARGETS = Text("标准的名称或文件，或模板文件。", "A standard's name or file, or a template.")
LINT_STANDARD = Text("模板所用的标准。", "The standard that a template prints.")
LINT_ANNOTATE = Text(
    "另存有问题的模板，每个问题写成批注。", "Write a copy of each template at fault, with a comment at every finding."
)
LINT_BASELINE = Text("不报这个文件里已知的问题。", "Leave out the findings that this file knows.")
LINT_WRITE_BASELINE = Text(
    "把现在的问题记入 --baseline 的文件。", "Write the findings of now to the file of --baseline."
)
MIGRATE = Text(
    "把数据文件换到新版本或下一年度的标准：写一个新文件，旧文件不动；列出带过去的和还要做的。",
    "Move a data file to a newer version or next year's standard: a new file; tells what was carried and what is left to do.",
)
MIGRATE_DATA = Text("旧的数据文件。", "The old data file.")
MIGRATE_TO = Text("换到的标准，可带 @版本。", "The standard, or standard@version.")
MIGRATE_OUTPUT = Text("写入的新文件：.yaml、.json 或 .xlsx。", "The new file: .yaml, .json, .xlsx.")
NEW = Text(
    "写出一份待填写的数据文件：每个字段的名称、单位、例子和要求都在注释里。",
    "Write a data file to fill in: every field with its label, unit, example and rule as comments.",
)
NEW_OUTPUT = Text(
    "写入文件：.yaml、.json，或 .xlsx（填报表）；默认把 YAML 印在标准输出。",
    "Write to a file: .yaml, .json or .xlsx (a form); YAML on stdout by default.",
)
WATCH = Text(
    "数据文件、标准或模板一保存就再做一遍，按 Ctrl-C 结束。",
    "Do it again whenever a data file, a standard or a template is saved; Ctrl-C ends.",
)
RENDER = Text(
    "检查数据文件，没有错误就生成 Word 报告和 Excel 工作簿；写出的文件名印在标准输出。",
    "Check data files and, without errors, render their documents; the written paths go to stdout.",
)
RENDER_OUTPUT = Text("输出文件夹。", "Output folder.")
RENDER_PDF = Text(
    "另外生成 PDF，目录页码一并填好（需要 LibreOffice）。",
    "PDF as well, page numbers of contents filled in (needs LibreOffice).",
)
RENDER_PAGE_NUMBERS = Text(
    "填好 Word 文档的目录页码（需要 LibreOffice）。",
    "Fill in the page numbers of contents in Word documents (needs LibreOffice).",
)
RENDER_DRAFT = Text(
    "草稿：缺少的内容印成醒目的【待填：…】。", "A draft: what is missing prints as a highlighted 【待填：…】."
)
RENDER_DATE = Text(
    "写入文档属性的日期；默认用模板自己的。", "Date for the document properties; the template's own by default."
)
RENDER_RESUME = Text(
    "接着上次：已经生成而且没有变化的不再生成。",
    "Go on where a run ended: what it made and nothing has changed since is left.",
)
RENDER_ONLY = Text("只生成 Word 或只生成 Excel。", "Word or Excel documents alone.")
RENDER_FORCE = Text(
    "生成以后被人改过的文档也覆盖。", "Overwrite documents that were edited since they were written, too."
)
SCHEMA = Text("输出数据文件的 JSON Schema，供编辑器补全和检查。", "Print the JSON Schema of a standard's data files.")
SCHEMA_OUTPUT = Text("写入文件。", "Write to a file.")
SHOW = Text(
    "把文档或模板印成可读的文字，供人阅读，也供 git diff 使用。",
    "Print a document or template as readable text, for people and git diff.",
)
SHOW_FILE = Text("Word 或 Excel 文件。", "A Word or Excel file.")
STANDARD_FOLDER = Text(
    "写入的标准库文件夹；默认是 ./templates。", "The library folder to write to; ./templates by default."
)
STANDARD_SHA256 = Text("通知里印的 SHA-256。", "The SHA-256 that the notice prints.")
STANDARD_PUBLIC_KEY = Text("发布单位的公钥。", "The issuer's public key.")
STANDARD_COMMANDS = Text(
    "新建、说明、打包、安装、核对、删除和结转标准。",
    "Make, describe, pack, install, verify, remove and roll over standards.",
)
STANDARD_INIT = Text(
    "新建一份能用的标准：从另一份标准（--from），或从带标签的模板（--template），什么都不给就写一个小例子。",
    "Make a working standard: from another one (--from), from tagged templates (--template), else a small example.",
)
STANDARD_DESCRIBE = Text(
    "写出标准的说明：每个字段的名称、单位、规则，公式的读法，参数和依据，校验，版本变化；.docx 或 .html。",
    "Write a standard's documentation: fields, rules, formulas in words, parameters, checks, changes; .docx or .html.",
)
STANDARD_ROLL = Text(
    "结转：由本年的标准写出下一年的标准，模板一起带上；列出还写着旧年份的地方。",
    "Roll over: next year's standard from this year's, templates too; tells where the old year is still written.",
)
STANDARD_PACK = Text(
    "把标准连同它引用的类型、模板和样例打成一个文件，先检查；印出写进通知的摘要。",
    "Pack a standard with what it includes, templates and sample into one file; lints first, prints the digest.",
)
STANDARD_KEY = Text(
    "生成一对签名用的密钥：私钥写入 FILE，公钥写入 FILE.pub。",
    "Make a pair of keys for signing: the private one into FILE, the public one into FILE.pub.",
)
STANDARD_INSTALL = Text(
    "把标准包装进自己的标准库；有一处不对就什么也不写。",
    "Install a package into your library; nothing is written if anything is wrong.",
)
STANDARD_VERIFY = Text(
    "核对标准包，或装好的标准：摘要、文件、签名是否都对。",
    "Verify a package or an installed standard: digests, files, signature.",
)
STANDARD_REMOVE = Text("从自己的标准库里删去一个装好的标准。", "Remove an installed standard from your library.")
STANDARD_INIT_NAME = Text("新标准的名称。", "The new standard's name.")
STANDARD_INIT_FROM = Text("照着哪一份标准。", "The standard to start from.")
STANDARD_INIT_TEMPLATE = Text("带标签的模板，可重复。", "A tagged template; repeatable.")
STANDARD_INIT_ISSUER = Text("发布单位。", "Who issues it.")
STANDARD_DESCRIBE_OUTPUT = Text("写入 .docx 或 .html。", "A .docx or .html.")
STANDARD_ROLL_STANDARD = Text("本年的标准。", "This year's standard.")
STANDARD_ROLL_NAME = Text("下一年标准的名称。", "Next year's name.")
STANDARD_PACK_KEY = Text("签名用的私钥。", "The private key to sign with.")
STANDARD_PACK_SAMPLE = Text("样例数据；默认用 data/ 里同名的。", "The sample; that of data/ by default.")
STANDARD_KEY_OUTPUT = Text("私钥的文件。", "The private key's file.")
STANDARD_INSTALL_PACKAGE = Text("标准包。", "The package.")
STANDARD_VERIFY_TARGET = Text("标准包，或标准的名称。", "A package or a standard.")
STANDARD_REMOVE_STANDARD = Text("标准的名称，可带版本。", "Its name, or name@version.")
STANDARDS = Text(
    "列出可用的标准：名称、版本、年度、发布单位、标题、摘要、文件，以及被哪一份遮住。",
    "List the standards: name, version, year, issuer, title, digest, file, and what hides them.",
)
VERIFY = Text(
    "核对一份文档：由哪份标准、哪份数据生成，生成后文字有没有改动；给出数据文件，就说明哪里不同。",
    "Verify a document: from which standard and data it was made, whether its text was changed since; with the data file, where.",
)
VERIFY_DOCUMENT = Text("Word 文档或工作簿。", "A Word document or workbook.")
VERIFY_DATA = Text("数据文件。", "The data file.")
WORKERS = Text(
    "同时用几个进程；默认{many}个文件起用满所有处理器。",
    "Processes at work; by default all processors from {many} files on.",
)

# Typer's own words in help; it offers no translations.
TYPERS_OWN = {
    "Usage:": "用法：",
    "Options:": "选项：",
    "Arguments:": "参数：",
    "Commands:": "命令：",
    "Show this message and exit.": "显示这段说明。",
    "Install completion for the current shell.": "为当前的命令行外壳安装补全。",
    "Install completion for the specified shell.": "为指定的命令行外壳安装补全。",
    "Show completion for the current shell, to copy it or customize the installation.": "显示当前外壳的补全脚本，可以复制或自己安装。",
    "Show completion for the specified shell, to copy it or customize the installation.": "显示指定外壳的补全脚本，可以复制或自己安装。",
    "[required]": "[必填]",
    "[default: ": "[默认：",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]...",
}
