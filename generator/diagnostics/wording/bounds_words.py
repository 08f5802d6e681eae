"""What a process that renders or converts ran into: words of findings."""

from generator.diagnostics import Text

NOT_DONE_IN_TIME = Text("{seconds:.0f} 秒没有完成", "not done in {seconds:.0f} seconds")
NO_WHOLE_PDF = Text("写出的不是完整的 PDF", "what it wrote is no whole PDF")
MEMORY = Text("内存", "memory")
PROCESSOR_TIME = Text("处理器时间", "processor time")
CLOCK = Text("等待时间", "time on the clock")
FILE_SIZE = Text("文件大小", "file size")
SYSTEM_LIMIT = Text("系统允许的资源（可能是内存）", "what the system allows (memory, perhaps)")
NO_BOUND = Text(
    "“{entry}”要写成 名称=数，数大于 0（seconds、drawing 可以有小数）；名称是 {names} 之一",
    "“{entry}” wants NAME=N with N above 0 (of seconds and drawing a fraction, too); the names are {names}",
)
NOT_APART = Text(
    "只有 render、fill（生成）和 check、lint、show、diff、verify、explain（读取）能在单独的进程里运行",
    "render and fill (what they render) and check, lint, show, diff, verify, explain (what they read) run in a process of their own",
)
