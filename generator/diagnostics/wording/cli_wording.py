"""Wording of the diagnostics of: cli (usage, files given on the command line, what the machine lacks)."""

from generator.diagnostics.wording.entry import Wording, error

_HELP = ("用 {command} --help 查看用法。", "See {command} --help.")

WORDING: dict[str, Wording] = {
    "usage-unknown-command": error("没有命令“{name}”。{suggestion}", "no such command: {name}{suggestion}", *_HELP),
    "usage-unknown-option": error("没有选项“{name}”。{suggestion}", "no such option: {name}{suggestion}", *_HELP),
    "usage-missing": error("缺少参数 {name}。", "missing argument {name}", *_HELP),
    "usage-bad-value": error("{name} 的值不对：{reason}", "invalid value for {name}: {reason}", *_HELP),
    "usage-extra": error("多出了参数：{name}", "unexpected argument: {name}", *_HELP),
    "usage-option-value": error(
        "选项 {name} 后面缺少值，或多写了值。", "option {name} lacks its value, or takes none", *_HELP
    ),
    "usage-repeated": error(
        "选项 {name} 写了两次，只能有一个值。", "option {name} is typed twice; it has one value", *_HELP
    ),
    "usage-wrong": error("命令用法不对：{reason}", "wrong usage: {reason}", *_HELP),
    "no-data-files": error(
        "文件夹“{name}”里没有数据文件（.yaml、.yml、.json 或填报表 .xlsx）。",
        "the folder “{name}” holds no data file (.yaml, .yml, .json or a form, .xlsx)",
        "数据文件写明标准（标准: 标准名称）；填报表由 generator form 生成；子文件夹里的加 --recursive。",
        "A data file names its standard (标准: NAME), a form is made by generator form; for subfolders add --recursive.",
    ),
    "fix-form": error(
        "--fix 不改填报表“{name}”。",
        "--fix does not change the form “{name}”",
        "请在 WPS 或 Excel 里改；--mark 审核.xlsx 把每个问题标在它的格子上。",
        "Put it right in WPS or Excel; --mark FILE.xlsx marks each finding at its cell.",
    ),
    "fix-input": error(
        "--fix 要改文件，不能用于标准输入（-）。",
        "--fix changes a file; it is not for the standard input (-)",
        "请写出文件名。",
        "Name the file.",
    ),
    "same-output": error(
        "两份数据会写成同一个文件“{name}”：{first} 和 {second}",
        "two data files would be written to the same “{name}”: {first} and {second}",
        "请分开生成到不同的文件夹（-o），或检查单位名称和年度。",
        "Render them to different folders (-o), or check the unit's name and the year.",
    ),
    "template-unknown-type": error(
        "“{name}”不是 Word 或 Excel 模板。",
        "“{name}” is not a Word or Excel template",
        "模板应为 .docx、.docm、.dotx、.xlsx 或 .xlsm。",
        "A template is a .docx, .docm, .dotx, .xlsx or .xlsm.",
    ),
    "macros-output": error(
        "模板“{template}”带有宏，结果不能存成“{name}”。",
        "the template “{template}” holds macros; its document cannot be saved as “{name}”",
        "带宏的文档存成 .docm 或 .xlsm，请把结果（和模板）的文件名改成这样。",
        "A document with macros is a .docm or .xlsm; give the output (and the template) that ending.",
    ),
    "isolated-ended": error(
        "“{name}”在单独的进程里用完了{what}，已停止。",
        "“{name}” used up the {what} of its process; stopped.",
        "请核对文件的来源；确实需要时用 --limits 放宽（memory、seconds）。",
        "Check where the file comes from; where it needs more, give it more with --limits (memory, seconds).",
    ),
    "isolated-refused": error(
        "单独的进程里不允许这样做：{act}。",
        "this is not allowed in a process of its own: {act}",
        "--isolated 只读文件、只打印；要写文件、比较页面图像或联网，请去掉 --isolated。",
        "--isolated reads and prints only: leave it out to write files, to compare images of pages or to reach a network.",
    ),
    "bad-date": error("“{name}”不是日期，应写成 2021-03-05 这样。", "“{name}” is not a date; write it like 2021-03-05"),
    "stdout-lost": error(
        "结果没有印完：{reason}。",
        "the results could not be printed to the end: {reason}",
        "请腾出磁盘空间，或把输出改到别处，再运行一次。",
        "Free some space on the disk, or send the output elsewhere, and run it again.",
    ),
    "output-edited": error(
        "“{name}”生成以后被改过，或者不是本程序生成的，没有覆盖。",
        "“{name}” was edited since it was written, or is not of this program; it was not overwritten",
        "要保留改动，请换一个输出文件夹（-o）；不要了，加 --force 覆盖。",
        "To keep the edits, render to another folder (-o); to give them up, add --force.",
    ),
    "output-exists": error(
        "文件已经存在，没有覆盖：{name}",
        "the file exists and was not overwritten: {name}",
        "换一个文件名，或加 --force 覆盖。",
        "Choose another name, or add --force.",
    ),
    "explain-what": error(
        "“{name}”不是诊断代码；要说明一个字段，请在数据文件后面写字段的路径。{suggestion}",
        "“{name}” is no diagnostic's code; to explain a field, name its path after the data file{suggestion}",
        "例如：generator explain 数据.yaml 总分，或 generator explain check-failed。",
        "For example: generator explain data.yaml 总分, or generator explain check-failed.",
    ),
    "worker-died": error(
        "处理“{name}”的进程两次意外结束（例如内存不足），这个文件没有生成。",
        "the process that rendered “{name}” ended twice (out of memory, for one); the file gave no document",
        "请单独生成这个文件，看它是否特别大；内存不够时减少 --workers。",
        "Render that file by itself and see whether it is uncommonly large; with little memory, use fewer --workers.",
    ),
    "executor-failed": error(
        "集群或进程池没有做完“{name}”，这个文件没有生成：{reason}",
        "the cluster or pool gave up “{name}”; the file gave no document: {reason}",
        "等集群恢复以后，用 --resume 接着生成；总是同一个文件没有做完时，请在本机单独生成它。",
        "Go on with --resume when the cluster answers again; if it is always the same file, render it by itself on this machine.",
    ),
    "cluster-missing": error(
        "没有安装集群所需的部件。",
        "what a cluster needs is not installed",
        "请安装：pip install 'generator[cluster]'。",
        "Install it: pip install 'generator[cluster]'.",
    ),
    "cluster-unreachable": error(
        "连接不上集群“{name}”：{reason}",
        "no answer from the cluster “{name}”: {reason}",
        "请检查地址（tcp://主机:端口）和调度程序是否在运行。",
        "Check the address (tcp://host:port) and whether the scheduler runs.",
    ),
    "internal-error": error(
        "程序内部错误，不是数据的问题：{reason}",
        "internal error, not a fault of the data: {reason}",
        "请把上面的技术信息和所用的文件发给开发者。",
        "Please send the technical details above, and the files, to the developers.",
    ),
}
