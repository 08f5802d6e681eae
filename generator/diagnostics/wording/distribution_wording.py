"""Wording of the diagnostics of: distribution (packages, installed standards, next year's data, summaries)."""

from generator.diagnostics.wording.entry import Wording, error, info, warning

_AGAIN = ("请向发布单位重新索取，不要安装。", "Get it from its issuer again; do not install it.")

WORDING: dict[str, Wording] = {
    "distribution-not-package": error(
        "“{name}”不是标准包，或者已经损坏。", "“{name}” is no package of a standard, or is damaged.", *_AGAIN
    ),
    "distribution-no-manifest": error(
        "“{name}”不是标准包：里面没有 MANIFEST.json。",
        "“{name}” is no package of a standard: it holds no MANIFEST.json.",
        "标准包由 generator standard pack 生成。",
        "Packages are made by generator standard pack.",
    ),
    "distribution-bad-manifest": error(
        "“{name}”的清单与内容不符：{key}", "the manifest of “{name}” does not fit its contents: {key}", *_AGAIN
    ),
    "distribution-wrong-digest": error(
        "“{name}”的 SHA-256 是 {own}，通知里的是 {stated}：不是同一个文件。",
        "“{name}” has the SHA-256 {own}, the notice says {stated}: another file.",
        *_AGAIN,
    ),
    "distribution-missing-file": error("标准包缺少文件“{part}”。", "the package lacks the file “{part}”.", *_AGAIN),
    "distribution-additional-file": error(
        "标准包里多出清单没有的文件“{part}”。", "the package holds “{part}”, which its manifest does not list.", *_AGAIN
    ),
    "distribution-changed-file": error(
        "文件“{part}”与清单中的摘要不符，被改动过。", "“{part}” was changed: its digest is not the manifest's.", *_AGAIN
    ),
    "distribution-bad-name": error(
        "“{name}”里的条目名“{part}”不允许：{reason}。",
        "the entry “{part}” of “{name}” is not allowed: {reason}.",
        *_AGAIN,
    ),
    "distribution-link": error(
        "“{name}”里的“{part}”是链接或特殊文件，不允许。", "“{part}” in “{name}” is a link or a special file.", *_AGAIN
    ),
    "distribution-encrypted": error("“{name}”里的“{part}”是加密的。", "“{part}” in “{name}” is encrypted.", *_AGAIN),
    "distribution-collision": error(
        "“{name}”里的“{part}”和“{other}”只差大小写或字符形式，会互相覆盖。",
        "“{part}” and “{other}” in “{name}” differ in case or form of characters only.",
        *_AGAIN,
    ),
    "distribution-too-large": error("“{name}”超出限制：{reason}。", "“{name}” is over the limit: {reason}.", *_AGAIN),
    "distribution-damaged": error("“{name}”里的“{part}”已经损坏。", "“{part}” in “{name}” is damaged.", *_AGAIN),
    "distribution-macro": error(
        "模板“{part}”含有宏或内嵌程序（{inside}）。",
        "the template “{part}” holds macros or embedded programs ({inside}).",
        "另存为不带宏的 .docx 或 .xlsx，删去控件和内嵌对象。",
        "Save it as .docx or .xlsx without macros, controls and embedded objects.",
    ),
    "distribution-external-link": error(
        "模板“{part}”链接到外部文件，打开时会去读取：{target}",
        "the template “{part}” loads something from outside when it is opened: {target}",
        "在 Word、WPS 或 Excel 里断开链接后另存（编辑链接、附加模板、外部数据、域）。",
        "Break the link in Word or Excel and save (edit links, attached template, external data, fields).",
    ),
    "distribution-newer-engine": error(
        "“{name}”需要 generator {wanted}，这里是 {own}。",
        "“{name}” needs generator {wanted}; this is {own}.",
        "先升级 generator，再安装。",
        "Upgrade generator first.",
    ),
    "distribution-broken": error("“{name}”里的标准有错误，不能使用。", "the standard in “{name}” is broken.", *_AGAIN),
    "distribution-no-issuer": error(
        "标准没有写明发布单位（issuer）。",
        "the standard does not say who issues it (issuer).",
        "在标准的开头写上 issuer: 单位名称；安装时以它区分同名的标准。",
        "State issuer: at the head of the standard; it tells standards of one name apart.",
    ),
    "distribution-unsigned": error(
        "“{name}”没有签名，不能用公钥核对。",
        "“{name}” is not signed; there is nothing to check by a key.",
        "向发布单位索取签名的标准包；确知来源可靠时去掉 --key。",
        "Get a signed package; leave out --key only where you trust its origin.",
    ),
    "distribution-bad-signature": error(
        "“{name}”的签名无效：清单在签名之后被改动过，或签名不是这份清单的。",
        "the signature of “{name}” does not hold: the manifest was changed after signing.",
        *_AGAIN,
    ),
    "distribution-other-key": error(
        "“{name}”是用另一把密钥签名的（{own}），不是给出的公钥（{wanted}）。",
        "“{name}” was signed by another key ({own}) than the one given ({wanted}).",
        *_AGAIN,
    ),
    "signature-needs-library": error(
        "签名和核对签名需要 cryptography，这台电脑上没有安装。",
        "signatures need the library cryptography, which is not installed.",
        "运行 pip install 'generator[sign]'。",
        "Run pip install 'generator[sign]'.",
    ),
    "signature-bad-key": error(
        "“{name}”不是 Ed25519 密钥文件（PEM）。",
        "“{name}” is no Ed25519 key (PEM).",
        "用 generator standard key 生成密钥；签名用私钥，核对用 .pub 公钥。",
        "Make keys by generator standard key; sign with the private one, check with the .pub one.",
    ),
    "key-exists": error(
        "文件已经存在，没有覆盖：{name}",
        "the file exists and was not overwritten: {name}",
        "换一个文件名；旧密钥丢失后，装过旧包的单位要重新核对公钥。",
        "Choose another name; whoever installed packages of the old key must be told of the new one.",
    ),
    "install-other-issuer": error(
        "标准“{name}”已有，是{other}发布的；这个包是{own}的。",
        "there is a standard “{name}” of {other}; this package is of {own}.",
        "核对来源；确要换用，先 generator standard remove {name}。",
        "Check where it comes from; to replace it, generator standard remove {name} first.",
    ),
    "install-other-signer": error(
        "标准“{name}”以前的版本由密钥 {key} 签名，这个包不是。",
        "earlier versions of “{name}” were signed by the key {key}; this package was not.",
        "向发布单位核实；确认换了密钥，用 --key 新公钥 安装。",
        "Ask the issuer; if the key was changed, install with --key NEW.pub.",
    ),
    "install-same-version": error(
        "标准“{name}”的 {version} 版已经装过，内容却不同。",
        "version {version} of “{name}” is installed with other contents.",
        "发布单位改动标准后应提高版本号；确要替换，先 generator standard remove {name}@{version}。",
        "A changed standard gets a new version; to replace it, generator standard remove {name}@{version} first.",
    ),
    "collect-suffix": error(
        "汇总写不成“{name}”：后缀应为 .xlsx、.csv、.json，或与模板相同。",
        "the summary cannot be written as “{name}”: it is .xlsx, .csv, .json, or the template's kind.",
    ),
    "collect-duplicate": warning(
        "“{name}”报送了两份：另一份是 {other}。",
        "“{name}” handed in twice: the other file is {other}.",
        "两份都计入了合计；留下该用的一份，重新汇总。",
        "Both are in the totals; keep the right one and collect again.",
    ),
    "units-empty": error(
        "名册“{name}”里没有单位名称。",
        "the list “{name}” holds no department.",
        "一行一家单位；有几列时，名称那一列的标题写“单位名称”。",
        "One department a row; of several columns, that of the names is headed 单位名称.",
    ),
    "units-unreadable": error(
        "“{name}”不能当名册读取。",
        "“{name}” cannot be read as a list of departments.",
        "名册是 .xlsx、.csv 或 .txt 文件，一行一家单位；别的文件请用 Excel 或 WPS 另存为 .xlsx 或 .csv。",
        "The list is an .xlsx, .csv or .txt file, one department a row; save another file as .xlsx or .csv in Excel or WPS.",
    ),
    "migrate-renamed": info("“{path}”改名为“{name}”（{version}版）。", "“{path}” is now “{name}” (version {version})."),
    "migrate-removed": warning(
        "“{path}”已取消（{version}版），没有带过来：{value}",
        "“{path}” is gone (version {version}) and was left out: {value}",
        "如果还用得着，写到别的字段里。",
        "If it still matters, put it into another field.",
    ),
    "migrate-added": info("新增“{path}”（{version}版）。", "“{path}” is new (version {version})."),
    "migrate-note": info("{version}版的变化：{note}", "version {version}: {note}"),
    "migrate-unknown": warning(
        "新标准没有“{path}”，没有带过来：{value}",
        "the new standard has no “{path}”; left out: {value}",
        "核对这个值应填到哪里；填报单位自己加的内容可以写进正文。",
        "See where the value belongs now.",
    ),
    "migrate-no-carry": warning(
        "标准“{name}”没有写 carry，上年的数据一项也不带。",
        "the standard “{name}” has no carry: nothing of last year's is taken over.",
        "发布单位可以在标准里写 carry，说明哪些带到下一年。",
        "Its issuer can say by carry what is taken over.",
    ),
    "migrate-year": info("“{path}”改为{year}。", "“{path}” is {year} now."),
    "migrate-carried": info("“{path}”取自上年的“{origin}”：{value}", "“{path}” is last year's “{origin}”: {value}"),
    "migrate-nothing": warning(
        "“{path}”应取自上年的“{origin}”，上年的数据里没有这个值。",
        "“{path}” is to be last year's “{origin}”, which last year's data does not have.",
        "请自己填写；上年的标准没有装，或上年的数据有错误时，算出的数取不到。",
        "Fill it in; computed values need last year's standard and a data file without errors.",
    ),
    "migrate-emptied": info(
        "上年的其余{count}个值没有带过来，请按本年情况填写。",
        "{count} other values of last year were left out: fill in this year's.",
    ),
    "verify-no-stamp": error(
        "“{name}”没有生成印记：不是 generator 生成的，或者印记被删去了。",
        "“{name}” has no stamp: generator did not make it, or the stamp was removed.",
        "印记在文档属性的“自定义”里；另存为旧格式或用别的程序转换会丢掉它。",
        "The stamp is among the custom properties; old formats and converters drop it.",
    ),
    "verify-no-counterpart": error(
        "数据文件的标准没有“{name}”所用的模板 {template}，无从比较。",
        "the data file's standard has no template {template}, from which “{name}” was made.",
        "核对是不是这份文档的数据文件。",
        "Check that this is the document's data file.",
    ),
    "derive-not-yaml": error(
        "“{name}”是 JSON，不能由它新建标准。",
        "“{name}” is JSON; a standard can be made from YAML only.",
        "把它改存为 YAML。",
        "Save it as YAML.",
    ),
    "describe-suffix": error(
        "标准的说明写不成“{name}”：后缀应为 .docx 或 .html。",
        "the documentation cannot be written as “{name}”: it is a .docx or an .html.",
    ),
    "init-no-tags": error(
        "“{name}”里没有标签，看不出有哪些字段。",
        "“{name}” holds no tag: there is nothing to make fields of.",
        "在要填的地方写上 {{{{ 字段名 }}}}，例如 {{{{ 单位.名称 }}}}。",
        "Write {{{{ name }}}} where something is filled in.",
    ),
    "roll-old-year": info(
        "这里还写着{year}，核对是否要改。", "{year} is still written here; see whether it moves too."
    ),
    "remove-not-installed": error("标准库里没有装“{name}”。{known}", "“{name}” is not installed. {known}"),
    "remove-several": error(
        "“{name}”装有几个版本：{known}",
        "several versions of “{name}” are installed: {known}",
        "写明版本，例如 generator standard remove {name}@1.0.0。",
        "Say which, as in generator standard remove {name}@1.0.0.",
    ),
}
