"""Wording of the diagnostics of: what holds an address in a workbook, and values of formulas."""

from generator.diagnostics.wording.entry import Wording, error, info, warning

_MOVE_ZH = "请把它移到不受循环影响的行列（例如循环的上方），或者删去它。"
_MOVE_EN = "Move it where no loop shifts it (above the loop, for example), or remove it."

WORDING: dict[str, Wording] = {
    "excel-sheets-apart": error(
        "引用“{reference}”指向工作表“{sheet}”，它按数据生成了几张互不相邻的表，无法写成一个引用。",
        "“{reference}” refers to the sheet “{sheet}”, which became several sheets that do not stand together.",
        "请让这些工作表相邻，或者在每张表内部计算。",
        "Let these sheets stand side by side, or compute inside each of them.",
    ),
    "excel-sheets-differ": error(
        "引用“{reference}”跨几张工作表，渲染后各表的单元格位置不同，无法写成一个引用。",
        "“{reference}” spans several sheets, on which its cells now stand at different places.",
        "请把被引用的单元格放在循环的上方，使它在每张表上位置相同。",
        "Put the cells above the loop, so that they stand at the same place on every sheet.",
    ),
    "excel-chart-sheets": error(
        "图表的系列引用了“{reference}”，它按数据生成了几张工作表，而一个系列只能取自一张表。",
        "a chart's series refers to “{reference}”, which became several sheets; a series takes its data from one sheet.",
        "请先在一张表上把各表的数列出来（{{%tr for … %}} 里写 =分表!B6），再用这些单元格画图。",
        "List the figures of the sheets on one of them first (=Sheet!B6 within {{%tr for … %}}), and draw the chart from there.",
    ),
    "excel-control-row-referenced": error(
        "公式引用了“{reference}”，但{position}只有控制标签，渲染后就消失了。",
        "the formula refers to “{reference}”, but {position} holds control tags only and disappears.",
        "请引用打印出来的行列，如{near}。循环里的公式可以用紧挨着的控制行表示“上一行”“下一行”（不带 $），如余额逐行结转。",
        "Refer to what is printed, such as {near}. Inside a loop, the control row right beside the formula's own rows means the "
        "row before or behind (without $), as a running balance needs it.",
    ),
    "excel-control-row-meant": warning(
        "公式引用了“{reference}”，但{position}只有控制标签，渲染后就消失了；公式按那里打印出来的最近一行（列）计算。",
        "the formula refers to “{reference}”, but {position} holds control tags only and disappears; it is computed from the "
        "nearest row (column) that is printed there.",
        "期末余额等确实只要那一行时不用改；要循环的全部各行，请引用循环里的行，如{near}。",
        "Leave it where that one row is wanted, as for a closing balance; for all rows of the loop, refer to a row inside it, "
        "such as {near}.",
    ),
    "excel-rows-apart": error(
        "引用“{reference}”的各行之间还有别的行，渲染后分成{count}处，而{function}只能用一片连续的区域。",
        "the rows of “{reference}” have others between them and became {count} areas, but {function} takes a single one.",
        "请让这些行挨在一起（如把小计移到别处），或者引用包含中间各行的区域，或者改用 SUM、COUNT 等可以列出几处的函数。",
        "Let these rows stand together, refer to a range that includes the rows between, or use a function that takes several "
        "areas, such as SUM.",
    ),
    "excel-formula-too-long": error(
        "引用“{reference}”的各行之间还有别的行，要列出{count}处，公式有{length}个字符，Excel 最多 8192 个。",
        "the rows of “{reference}” have others between them; {count} areas make the formula {length} characters long, Excel "
        "takes 8192.",
        "请把小计写成 SUBTOTAL(9,…)，总计用 SUBTOTAL(9,…) 引用包含小计行的整段区域：SUBTOTAL 不会重复计算小计。",
        "Write the subtotals as SUBTOTAL(9,…) and the total as SUBTOTAL(9,…) over all rows with them: it leaves subtotals out.",
    ),
    "excel-cannot-follow": error(
        "{what}引用的单元格（{reference}）被循环移动或删去了，它无法随之调整。",
        "{what} refers to cells ({reference}) that a loop moves or removes; it cannot follow.",
        _MOVE_ZH,
        _MOVE_EN,
    ),
    "excel-rule-differs": error(
        "{what}（{reference}）在循环的各次重复中需要不同的公式，无法合并成一条。",
        "{what} ({reference}) would need a different formula in each pass of the loop.",
        "请让公式只引用本行或固定的单元格。",
        "Let its formula refer to its own row or to fixed cells only.",
    ),
    "excel-table-repeated": error(
        "表格“{table}”整个在循环里，会被重复或删去，这不可以。",
        "the table “{table}” stands inside a loop as a whole; it would be repeated or removed.",
        "请让表头和合计行留在循环之外，只循环数据行；或者把表格转换为普通区域。",
        "Keep its header and total row outside the loop and repeat the data row only, or turn the table into a plain range.",
    ),
    "excel-table-columns": error(
        "循环改变了表格“{table}”的列数，这不可以。",
        "a loop changes the number of columns of the table “{table}”.",
        "请把表格转换为普通区域。",
        "Turn the table into a plain range.",
    ),
    "excel-table-empty": error(
        "表格“{table}”没有一行数据，Excel 不接受空的表格。",
        "the table “{table}” has no row of data; Excel does not take an empty table.",
        "请用 {{%tr else %}} 给空列表留一个空行。",
        "Give an empty list a blank row with {{%tr else %}}.",
    ),
    "excel-rule-text-too-long": error(
        "条件格式或数据验证的文字“{value}”有{count}个字符，Excel 最多{limit}个。",
        "the text “{value}” of a rule has {count} characters; Excel takes {limit}.",
        "请缩短数据；很长的选项列表请写在单元格里，让数据验证引用那些单元格。",
        "Shorten the data; put a long list of choices into cells and let the validation refer to them.",
    ),
    "excel-table-header": error(
        "表格“{table}”的标题单元格{reason}；Excel 的表格每一列都要有标题，而且各不相同。",
        "a header cell of the table “{table}”: it {reason}; every column of an Excel table has a header unlike the others.",
        "请检查数据，或者把表格改成普通区域。",
        "Check the data, or turn the table into a plain range.",
    ),
    "excel-formula-unreadable": warning(
        "公式“{formula}”无法识别，其中的引用不会随行列移动。",
        "the formula “{formula}” cannot be read; its references will not follow moved rows and columns.",
        "请在 Excel 或 WPS 里改正这个公式。",
        "Correct the formula in Excel or WPS.",
    ),
    "excel-formula-cell-of-loop": warning(
        "公式“{formula}”在循环之外引用了循环里的单元格 {cell}；循环有几项，它就变成几个单元格的区域。",
        "the formula “{formula}” stands outside the loop and refers to its cell {cell}, which becomes a range of cells.",
        "请写明要它们的合计、平均还是个数，如 SUM({cell}:{cell})。",
        "Say what is wanted of them, such as SUM({cell}:{cell}).",
    ),
    "excel-not-computed": info(
        "公式“{formula}”没有预先计算的结果（{reason}）；用 Excel 或 WPS 打开时会自动计算。",
        "the formula “{formula}” has no value computed beforehand ({reason}); Excel and WPS compute it on opening.",
    ),
    "excel-not-computed-more": info(
        "还有{count}个公式没有预先计算的结果（{reason}）。",
        "{count} further formulas have no value computed beforehand ({reason}).",
    ),
    "lint-percent-format": warning(
        "标签“{tag}”打印百分数，但单元格的数字格式是“{format}”，会显示成小数。",
        "the tag “{tag}” prints a percent, but the cell's number format is “{format}”: it shows as a decimal.",
        "请把单元格的数字格式设为百分比，如 0.00%。",
        "Give the cell a percent format, such as 0.00%.",
    ),
}
