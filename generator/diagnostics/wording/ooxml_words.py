"""Active content, faults of packages and of the file system: words of findings."""

from generator.diagnostics import Text

MACRO = Text("宏", "macros")
MACRO_CALL = Text("会调用宏的图形或控件", "a shape or control that calls a macro")
ACTIVE_X = Text("ActiveX 控件", "an ActiveX control")
OLE = Text("嵌入的 OLE 对象", "an embedded OLE object")
DDE = Text("DDE 链接", "a DDE link")
FETCHING_FIELD = Text("会读取外部文件的域", "a field that reads files from elsewhere")
EXTERNAL = Text("打开时会读取的外部链接", "a link that is followed on opening")
LOCAL_TEMPLATE = Text("本机上的附加模板", "an attached template on some machine")
EXTERNAL_WORKBOOK = Text("对外部工作簿的链接", "a link to another workbook")
CONNECTION = Text("数据连接或查询", "a data connection or query")
SCRIPT_LINK = Text("会运行程序的链接", "a link that runs a program")
FILE_LINK = Text("指向本机文件的链接", "a link to a file of some machine")
FETCHING_FORMULA = Text("会访问网络或程序的公式", "a formula that fetches or runs something")
ALT_CHUNK = Text("嵌入的其他格式的文档", "an embedded document of another format")
WEB_EXTENSION = Text("网页加载项", "a web add-in")
CUSTOM_UI = Text("自定义的功能区", "a ribbon of its own")
NOT_FOUND = Text("找不到文件或程序", "no such file or program")
NO_ACCESS = Text("没有权限，或者文件正被别的程序打开", "no permission, or another program has it open")
NO_PERMISSION = Text("没有权限", "no permission")
READ_ONLY = Text("这个位置是只读的", "this place is read-only")
READ_ONLY_FILE = Text("这个文件已有，而且是只读的", "this file exists and is read-only")
WRITABLE_OR_FORCE = Text(
    "请换一个名称或文件夹，或去掉文件的“只读”；确实要替换它，加 --force。",
    "Choose another name or folder, or make the file writable; to replace it all the same, add --force.",
)
WRITABLE_OR_OTHER = Text(
    "请换一个名称或文件夹，或先去掉文件的“只读”。", "Choose another name or folder, or make the file writable first."
)
DISK_FULL = Text("磁盘已满", "the disk is full")
QUOTA_USED = Text("分给你的磁盘空间已用完", "your share of the disk is used up")
NAME_TOO_LONG = Text("名称过长", "the name is too long")
IS_FOLDER = Text("同名的位置是文件夹", "there is a folder of that name")
NO_FOLDER = Text("上一级不是文件夹", "what should be a folder is a file")
IS_FILE = Text("同名的位置是文件", "there is a file of that name")
BUSY = Text("文件正被别的程序打开", "another program has it open")
NO_SUCH_NAME = Text("这里不接受这样的名称", "no such name is taken here")
DISK_FAILS = Text("磁盘读写出错", "the disk fails")
LINKS_IN_A_CIRCLE = Text("链接绕成了圈", "its links go round in a circle")
FREE_DISK = Text(
    "请腾出磁盘空间，或写到别的磁盘上，再运行一次；已经写好的文档是完整的。",
    "Free some space, or write to another disk, and run it again; the documents that are written are whole.",
)
RECORD_LOST = Text(
    "文档已经写好，只是没有记下来；用 --resume 接着做时会再生成一次。",
    "The documents are written, only not on record: with --resume they are made once more.",
)
OTHER_FOLDER = Text("请写到别的文件夹。", "Write to another folder.")
OTHER_NAME = Text("请换一个名称。", "Give it another name.")
NOT_IN_LOCALE = Text("这台机器现在的语言设置存不了这样的文件名", "the locale of this session cannot hold such a name")
UTF8_LOCALE = Text(
    "请设置环境变量 PYTHONUTF8=1（或 LC_ALL=C.UTF-8）后再运行，或用只含英文字母和数字的文件名。",
    "Set PYTHONUTF8=1 (or LC_ALL=C.UTF-8) and run again, or give a name of letters and digits alone.",
)
SHORTER_NAME = Text("请取短一些的名称。", "Give it a shorter name.")
DATA_FILE = Text(
    "这里要 Word 或 Excel 文件。数据文件用 generator check 检查；要比较时写在文档后面：generator diff 文档 数据文件。",
    "Give a Word or Excel file here. A data file is examined by generator check; compared, it stands behind the document: "
    "generator diff DOCUMENT DATA.",
)
NOT_IN_UTF = Text(
    "它的编码不是 UTF-8 或 UTF-16，或者和它开头的声明不一致",
    "it is written in something else than UTF-8 or UTF-16, or than it declares",
)
NO_WORKBOOK = Text("不是工作簿", "it is no workbook")
SHEETS_OF_ONE_NAME = Text("两个工作表都叫“{title}”", "two sheets are called “{title}”")
NO_SHEET = Text("没有工作表", "there is no worksheet")
SHEET_WITHOUT_PART = Text("工作表“{title}”没有内容", "the sheet “{title}” has no part")
PART_MISSING = Text("缺少 {part}", "{part} is missing")
NUMBER_FORMAT = Text("{part}: 数字格式 {number}", "{part}: number format {number}")
MERGES_OVERLAP = Text("{title}!{at} 的合并区域与另一个重叠", "{title}!{at}: merged areas overlap")

# what is wrong with a cell: `at` is its sheet and address
NO_MERGED_AREA = Text("{at} 不是合并区域", "{at} is no merged area")
NO_ROW = Text("{at} 不是行号", "{at} is no row")
NO_ADDRESS = Text("{at} 不是单元格地址", "{at} is no address of a cell")
OUTSIDE_SHEET = Text("{at} 超出工作表", "{at} lies outside the sheet")
NO_TYPE = Text("{at} 的类型 {text} 没有定义", "{at} is of the type {text}, which is not defined")
STANDS_TWICE = Text("{at} 出现了两次", "{at} stands twice")
TOO_MANY_CELLS = Text("{at} ：有内容的单元格超过 {text} 个", "{at} : more than {text} cells hold something")
NO_STYLE = Text("{at} 的样式 {text} 不存在", "{at} has the style {text}, which there is not")
NO_NUMBER = Text("{at} 的数 {text} 不是数", "{at} holds {text}, which is no number")
TOO_LARGE = Text("{at} 的数 {text} 太大", "{at} holds {text}, which is too large")
NO_SHARED_TEXT = Text("{at} 的文字 {text} 不存在", "{at} refers to the text {text}, which there is not")
NO_BOOLEAN = Text("{at} 的值 {text} 不是真假值", "{at} holds {text}, which is no boolean")
NO_DATE = Text("{at} 的值 {text} 不是日期", "{at} holds {text}, which is no date")
TOO_MANY = {
    "elements": Text("{part} 的元素超过{most}个", "{part} has more than {most} elements"),
    "attributes": Text("{part} 的一个元素有超过{most}个属性", "an element of {part} has more than {most} attributes"),
}
IS_FOLDER = Text("是文件夹", "is a folder")
ENDS_IN_STROKE = Text("末尾有斜线，是文件夹的写法", "ends in a stroke, as a folder's name does")
DELETE_STROKE = Text(
    "请删去末尾的斜线，或在后面写上文件名。", "Delete the stroke at the end, or write the file's name behind it."
)
