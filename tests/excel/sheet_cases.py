"""Further small templates of finance workbooks: totals in every place, sheets from data, references between them; and their data."""

from __future__ import annotations

from typing import Any

ROWS = {"y": 2024, "rows": [{"n": f"甲{i}", "v": i * 10, "xs": [*range(1, i + 1)]} for i in (1, 2, 3)]}
GROUPED = {"gs": [{"n": "一", "xs": [1, 2, 3]}, {"n": "二", "xs": []}, {"n": "三", "xs": [5]}], "ms": [1, 2]}
BUREAUS = {"ds": [{"n": "财政局", "xs": [1, 2]}, {"n": "教育 局", "xs": []}, {"n": "李's", "xs": [3]}]}
_LIST = {
    "A1": "名",
    "B1": "额",
    "A2": "{%tr for r in rows %}",
    "A3": "{{ r.n }}",
    "B3": "{{ r.v }}",
    "A4": "{%tr endfor %}",
    "A5": "合计",
    "B5": "=SUM(B3)",
}
_GROUPS = {
    "A1": "{%tr for g in gs %}",
    "A2": "{{ g.n }}",
    "A3": "{%tr for x in g.xs %}",
    "B4": "{{ x }}",
    "A5": "{%tr endfor %}",
    "A6": "小计",
    "B6": "=SUM(B4)",
    "A7": "{%tr endfor %}",
    "A8": "总计",
    "B8": "=SUM(B6)",
}
_SHEET = {
    "A1": "{%sheet for d in ds %}{%sheet name d.n %}",
    "A2": "{{ d.n }}",
    "A3": "{%tr for x in d.xs %}",
    "A4": "{{ x }}",
    "B4": "=A4*2",
    "A5": "{%tr endfor %}",
    "A6": "合计",
    "B6": "=SUM(B4:B4)",
}
# sheets by name, in order; and the data
CASES: dict[str, tuple[dict[str, dict[str, Any]], dict[str, Any]]] = {
    "total_above": (
        {
            "表": {
                "A1": "合计",
                "B1": "=SUM(B3:B3)",
                "A2": "{%tr for r in rows %}",
                "B3": "{{ r.v }}",
                "A4": "{%tr endfor %}",
            }
        },
        ROWS,
    ),
    "total_above_header": (
        {
            "表": {
                "A1": "合计",
                "B1": "=SUBTOTAL(9,B4:B4)",
                "A2": "名",
                "A3": "{%tr for r in rows %}",
                "B4": "{{ r.v }}",
                "A5": "{%tr endfor %}",
            }
        },
        ROWS,
    ),
    "group_total_first": (
        {
            "表": {
                "A1": "{%tr for g in gs %}",
                "A2": "{{ g.n }}",
                "B2": "=SUM(B4)",
                "A3": "{%tr for x in g.xs %}",
                "B4": "{{ x }}",
                "A5": "{%tr endfor %}",
                "A6": "{%tr endfor %}",
                "B7": "=SUM(B2)",
                "C7": "=SUM(B4)",
                "D7": "=SUM(B2:B4)/2",
            }
        },
        GROUPED,
    ),
    "subtotal_whole": (
        {
            "表": {
                "A1": "{%tr for g in gs %}",
                "A2": "{{ g.n }}",
                "A3": "{%tr for x in g.xs %}",
                "B4": "{{ x }}",
                "A5": "{%tr endfor %}",
                "A6": "小计",
                "B6": "=SUBTOTAL(9,B4:B4)",
                "A7": "{%tr endfor %}",
                "A8": "总计",
                "B8": "=SUBTOTAL(9,B2:B6)",
                "C8": "=SUBTOTAL(109,B4)",
                "D8": "=_xlfn.AGGREGATE(9,6,B2:B6)",
            }
        },
        GROUPED,
    ),
    "range_with_header_and_blank": (
        {
            "表": {
                "A1": "名",
                "B1": "额",
                "A2": "{%tr for r in rows %}",
                "A3": "{{ r.n }}",
                "B3": "{{ r.v }}",
                "A4": "{%tr endfor %}",
                "A6": "合计",
                "B6": "=SUM(B1:B5)",
                "C6": "=SUM(B3:B5)",
            }
        },
        ROWS,
    ),
    "sheets_summary": (
        {
            "总": {
                "A1": "=SUM(分!B6)",
                "A2": "=MAX(分!B6)",
                "A3": "=AVERAGE(分!B4)",
                "A4": "=COUNT(分!A4)",
                "A5": '=SUMIF(分!A4:A4,">1",分!B4:B4)',
                "A6": "=SUM(分!B1:B6)",
            },
            "分": {**_SHEET},
        },
        BUREAUS,
    ),
    "sheets_list": (
        {
            "总": {
                "A1": "{%tr for d in ds %}",
                "A2": "{{ d.n }}",
                "B2": "=分!B6",
                "C2": "=SUM(分!B4)",
                "D2": '=IF(分!B6>0,分!A2,"")',
                "E2": "=VLOOKUP(1,分!A4:B4,2,0)",
                "A3": "{%tr endfor %}",
                "B4": "=SUM(B2)",
            },
            "分": {**_SHEET},
        },
        BUREAUS,
    ),
    "sheets_back": (
        {"总": {"A1": "总额", "B1": "=SUM(分!B6)"}, "分": {**_SHEET, "C6": "=B6/总!B1", "D6": "=SUM(B6)/总!$B$1"}},
        BUREAUS,
    ),
    "sheets_two_of_same": (
        {
            "收": {
                "A1": "{%sheet for d in ds %}{%sheet name d.n~'收' %}",
                "A2": "{%tr for x in d.xs %}",
                "A3": "{{ x }}",
                "A4": "{%tr endfor %}",
                "A5": "=SUM(A3)",
                "B5": "=A5-支!A2",
            },
            "支": {"A1": "{%sheet for d in ds %}{%sheet name d.n~'支' %}", "A2": "{{ d.xs|length }}", "B2": "=收!A5"},
        },
        BUREAUS,
    ),
    "sheet_if": (
        {
            "表": {"A1": "=IFERROR(附!B1,0)", "A2": "=SUM(附!B1:B3)", "A3": "=附!B1"},
            "附": {"A1": "{%sheet if y>3000 %}", "B2": 5},
        },
        ROWS,
    ),
    "sheet_if_true": (
        {"表": {"A1": "=附!B2", "A2": "=SUM(附!B1:B3)"}, "附": {"A1": "{%sheet if y>3 %}", "B2": 5}},
        ROWS,
    ),
    "sheet_hide": ({"表": {"A1": "=附!B2"}, "附": {"A1": "{%sheet hide true %}", "B2": 5}}, ROWS),
    "three_tables_one_sheet": (
        {
            "表": {
                **_LIST,
                "A7": "{%tr for r in rows %}",
                "A8": "{{ r.n }}",
                "B8": "{{ r.v*2 }}",
                "C8": "=VLOOKUP(A8,A3:B3,2,0)",
                "D8": "=B8-INDEX(B$3:B$3,MATCH(A8,A$3:A$3,0))",
                "E8": "=SUMIF($A$3:$A$3,A8,$B$3:$B$3)",
                "A9": "{%tr endfor %}",
                "A10": "合计",
                "B10": "=SUM(B8)",
                "A11": "差",
                "B11": "=B10-B5",
            }
        },
        ROWS,
    ),
    "matrix": (
        {
            "表": {
                "A1": "",
                "B1": "{%tc for m in ms %}",
                "C1": "{{ m }}",
                "D1": "{%tc endfor %}",
                "E1": "计",
                "A2": "{%tr for g in gs %}",
                "A3": "{{ g.n }}",
                "C3": "=SUM(C5)",
                "E3": "=SUM(C3)",
                "A4": "{%tr for x in g.xs %}",
                "A5": "{{ x }}",
                "C5": "{{ x*m }}",
                "E5": "=SUM(C5:C5)",
                "A6": "{%tr endfor %}",
                "A7": "{%tr endfor %}",
                "A8": "总",
                "C8": "=SUM(C5)",
                "E8": "=SUM(E5)",
                "F8": "=SUM(C3)",
                "G8": "=SUM(C8)",
            }
        },
        GROUPED,
    ),
    "first_last": (
        {"表": {**_LIST, "D1": "=INDEX(B3:B3,1)", "E1": "=INDEX(B3:B3,ROWS(B3:B3))", "F1": "=B3:B3 B3"}},
        ROWS,
    ),
    "cond_total": (
        {
            "表": {
                **_LIST,
                "A6": "{%tr if rows|length>1 %}",
                "A7": "平均",
                "B7": "=AVERAGE(B3)",
                "A8": "{%tr endif %}",
                "A9": "结",
                "B9": "=B5+B7",
            }
        },
        ROWS,
    ),
    "whole_row_ref": ({"表": {**_LIST, "D1": "=COUNTA(3:3)", "E1": "=SUM(B:B)-B5*2"}}, ROWS),
    "running_groups": (
        {
            "表": {
                **_GROUPS,
                "C4": "=SUM(B$4:B4)",
                "D4": "=B4/SUM(B$4:B$4)",
                "E4": "=RANK(B4,B$4:B$4)",
                "C6": "=B6/B$8",
                "D6": "=SUM(B$6:B6)",
            }
        },
        GROUPED,
    ),
    "running_prev_group": (
        {
            "表": {
                "A1": "期初",
                "B1": 100,
                "A2": "{%tr for g in gs %}",
                "A3": "{%tr for x in g.xs %}",
                "B4": "=B3+C4",
                "C4": "{{ x }}",
                "A5": "{%tr endfor %}",
                "A6": "{%tr endfor %}",
                "A7": "末",
                "B7": "=B6",
            }
        },
        GROUPED,
    ),
    "cross_sheet_totals": (
        {
            "总": {
                "A1": "=SUM(明细!B3)",
                "A2": "=明细!B5",
                "A3": '=SUMPRODUCT((明细!A3:A3="甲2")*明细!B3:B3)',
                "A4": '=INDEX(明细!B:B,MATCH("合计",明细!A:A,0))',
                "A5": '=SUMIFS(明细!B:B,明细!A:A,"甲*")',
                "A6": "=明细!B3",
                "A7": "=LARGE(明细!B3:B3,1)",
            },
            "明细": {**_LIST},
        },
        ROWS,
    ),
    "three_d": ({"总": {"A1": "=SUM(一:三!B5)"}, "一": {**_LIST}, "二": {"B5": 1}, "三": {"B5": 2}}, ROWS),
    "footnotes_below": (
        {
            "表": {
                **_LIST,
                "A6": "注",
                "A7": '="共"&COUNTA(A3:A3)&"项，合计"&TEXT(B5,"#,##0.00")&"元"',
                "A8": '=IF(SUM(B3)=B5,"平","不平")',
            }
        },
        ROWS,
    ),
    "diff_rows": (
        {
            "表": {
                **_LIST,
                "C3": "=B3-INDEX(B$3:B$3,1)",
                "D3": '=IF(A3=A2,"",A3)',
                "E3": "=COUNTIF(A$3:A3,A3)",
                "F3": "=ROW()-ROW(A$3)+1",
                "G3": "=ROW(A3)-1",
                "H3": "=SUBTOTAL(3,A$3:A3)",
            }
        },
        ROWS,
    ),
    "seq_no": ({"表": {**_LIST, "C3": "=ROW()-1", "D3": "=MAX(D$1:D2)+1", "E3": "=COUNTA(A$3:A3)"}}, ROWS),
    "percent_of_parent": ({"表": {**_GROUPS, "C2": "=B6", "C4": "=B4/C2", "D8": "=SUMPRODUCT(B4*1)"}}, GROUPED),
    "choose_switch": (
        {
            "表": {
                **_LIST,
                "C3": '=CHOOSE(MATCH(B3,{0,15,25},1),"低","中","高")',
                "D3": '=_xlfn.IFS(B3>25,"高",TRUE,"低")',
                "C5": '=COUNTIF(C3,"高")',
                "D5": '=SUMIF(C3,"中",B3)',
            }
        },
        ROWS,
    ),
    "dsum_table": (
        {
            "表": {
                **_LIST,
                "D1": "名",
                "E5": '=AVERAGEIF(A3,"甲*",B3)',
                "F5": '=_xlfn.MAXIFS(B3,A3,"甲*")',
                "G5": "=PERCENTILE(B3,0.5)",
                "H5": "=QUARTILE(B3:B3,1)",
                "I5": "=STDEV(B3)",
                "J5": "=FREQUENCY(B3,15)",
            }
        },
        ROWS,
    ),
    "text_concat": (
        {
            "表": {
                **_LIST,
                "C5": "=_xlfn.CONCAT(A3:A3)",
                "D5": '=_xlfn.TEXTJOIN(",",TRUE,A3)',
                "E5": '=A3&"等"',
                "F5": "=PHONETIC(A3:A3)",
            }
        },
        ROWS,
    ),
    "dollar_mix": (
        {
            "表": {
                **_LIST,
                "C3": "=B3/B$5",
                "D3": "=$B3*100",
                "E3": "=SUM($B$1:$B3)",
                "F3": "=SUM(B$3:B$5)",
                "G3": "=SUM(B3:B$5)",
            }
        },
        ROWS,
    ),
}
