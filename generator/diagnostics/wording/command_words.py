"""What commands say while they run and when they are done."""

from generator.diagnostics import Text

INTERRUPTED = Text("已中断。", "interrupted")
NO_WORKERS = Text("集群里没有在运行的工作进程", "the cluster has no workers")
NO_CACHE_USED = Text("没有使用缓存。", "No cache is used.")
CACHE_NOT_OURS = Text(
    "别人也能写这个文件夹，所以不使用；请改成只有自己能写（chmod 700）。",
    "Others may write into this folder, so it is not used; make it yours alone (chmod 700).",
)
MARKED = Text("已标注：", "marked: ")
MISSING = Text("未报送：", "missing: ")
HINT = Text("  提示：", "  hint: ")
FIELD = Text("  字段：", "  field: ")
BASELINE_WRITTEN = Text("已记入：", "written: ")
ANNOTATED = Text("已标注：", "annotated: ")
FIXED_HERE = Text(
    "带 --fix 时在本机逐个改、逐个检查；没有用 --cluster、--workers。",
    "With --fix the files are put right and checked here, one by one; --cluster and --workers were not used.",
)
FOR_EDITORS = Text("编辑器要补全和即时检查，再运行：", "For completion and checks in an editor, also run: ")
JSON_EXPLAINS_NOTHING = Text(
    "值都写在引号里，数也是。JSON 里不能写说明，各字段怎么填见：",
    "Every value is typed between the quotes, numbers too. JSON takes no comments; what each field takes is told by: ",
)
NOT_SIGNED = Text("没有签名。", "It is not signed.")
STANDARD_DIGEST = Text("标准摘要：", "digest of the standard: ")
CHECK_IT = Text("检查：", "Check it: ")
NOT_SIGNED_WITHOUT_KEY = Text("没有签名（--key 私钥）。", "It is not signed (--key FILE).")
KEEP_KEY = Text(
    "私钥自己保管，公钥发给单位。公钥指纹：", "Keep the private key; give out the public one. Its fingerprint: "
)
INSTALLED_ALREADY = Text("已经装过，没有改动。", "It was installed already; nothing changed.")
START_FILLING_IN = Text("开始填写：", "Start filling in: ")
NOT_FROM_PACKAGE = Text("不是从标准包安装的。", "It was not installed from a package.")
NO_STANDARDS = Text("没有找到标准。找过这些文件夹：", "no standards; these folders were searched:")
HIDDEN_BY = Text("（被 {name} 遮住）", " (hidden by {name})")
NOT_THERE = Text("（不存在）", " (not there)")
STANDARD = Text("标准：", "standard: ")
TEMPLATE = Text("模板：", "template: ")
DATA_DIGEST = Text("数据摘要：", "data digest: ")
ENGINE = Text("生成程序：", "engine: ")
TEXT_UNCHANGED = Text("文字：生成后没有改动。", "text: unchanged since it was rendered.")
TEXT_CHANGED = Text("文字：生成后被改动过。", "text: changed since it was rendered.")
OTHER_STANDARD = Text("现有的标准与生成时的不是同一份。", "The standard is another one now.")
COMPARED = Text("与数据文件现在生成的文档相比：", "Compared with what the data file gives now:")
SAME_DATA = Text("数据：与生成时相同。", "data: the same as then.")
OTHER_DATA = Text("数据：与生成时不同。", "data: other than then.")
NO_WATCH = Text("标准输入不能监视", "the standard input cannot be watched")
GONE = Text("—— 不见了，等它回来：{names}", "—— gone, waiting for it: {names}")
WAITING = Text("等待改动，按 Ctrl-C 结束。", "Waiting for changes; Ctrl-C ends.")
STOPPED = Text("已停止。", "stopped")
CACHE_SIZE = Text(
    "{count} 项，共 {kilobytes} KB（至多 {limit} MB）。", "{count} entries, {kilobytes} KB in all (at most {limit} MB)."
)
CACHE_CLEARED = Text("清除 {count} 项。", "Entries removed: {count}.")
LINES_FIXED = Text("已改正 {count} 行：{name}", "lines put right: {count}, {name}")
MORE = Text("另有 {count} 处没有列出。", "{count} more are not listed.")
NOT_TRACKED = Text("{count} 处差异不能写成修订，按 B：", "{count} differences are no revisions and are as in B:")
WHICH_FIELD = Text(
    "“{name}”有 {count} 处，请写其中一个的路径：", "“{name}” stands for {count} fields; give the path of one:"
)
LABELLED = Text("（{label}）", " ({label})")
NO_VALUE = Text("（没有值）", "(blank)")
NOTED = Text("  〔{note}〕", "  [{note}]")
BASELINE = Text(
    "基线里已知的 {old} 处没有列出；基线里有 {gone} 处已经没有了。",
    "{old} known by the baseline are not listed; {gone} of the baseline are there no more.",
)
TASKS = Text("新文件里还要做 {count} 件事：", "{count} things are left to do in the new file:")
SKIPPED = Text("跳过（没有写“标准”，不是数据文件）：{path}", "skipped (names no standard, no data file): {path}")
MOVE_AWAY = Text(
    "换一个文件名（{option}）；不要它了，先把它删掉。",
    "Name another file ({option}); if it is not wanted any more, delete it first.",
)
NAMED_BEFORE = Text("跳过（前面已有同一个文件）：{path}", "skipped (the same file is there before): {path}")
SKIPPED_OTHER = Text("跳过（不是数据文件）：{paths}", "skipped (no data files): {paths}")
SKIPPED_OTHERS = Text(
    "跳过（不是数据文件）：{paths} 等{count}个", "skipped (no data files): {count}, among them {paths}"
)
NO_SUCH_DOCUMENT = Text("{data}：标准没有 {wanted} 文档。", "{data}: no {wanted} document")
WRITTEN = Text("生成 {count} 份文档。", "documents: {count}")
WRITTEN_AND_KEPT = Text(
    "共 {count} 份文档；{kept} 个数据文件没有变化，沿用上次生成的。",
    "documents: {count} (data files unchanged since the last run, whose documents stay: {kept})",
)
LEFT_OFF = Text(
    "{count} 个文件做完了 {done} 个；要接着做，同样的命令加上 --resume。",
    "files done: {done} of {count}; the same command with --resume goes on.",
)
NOT_WRITTEN = Text("没有生成的有 {count} 个文件：", "files without documents: {count}")
WITH_ERRORS = Text("有错误的有 {count} 个文件：", "files with errors: {count}")
SIGNATURE_HOLDS = Text("签名有效，公钥指纹 {signer}。", "Its signature holds, by the key {signer}.")
SIGNED = Text(
    "有签名，公钥指纹 {signer}；用 --key 公钥 核对是不是发布单位的。",
    "It is signed by the key {signer}; --key FILE checks that this is the issuer's.",
)
CHANGED = Text("—— 改动：{names}", "—— changed: {names}")
NONE_FOUND = "{files} 个文件，没有发现问题。"
SUMMARY = "{files} 个文件：{errors} 个错误，{warnings} 个警告。"
COLUMNS = (
    Text("名称", "name"),
    Text("版本", "version"),
    Text("年度", "year"),
    Text("发布单位", "issuer"),
    Text("标题", "title"),
    Text("摘要", "digest"),
    Text("文件", "file"),
)
