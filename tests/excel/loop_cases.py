"""Small templates of finance workbooks, each with a way to refer into, out of and across loops; and their data."""

from __future__ import annotations

from datetime import date
from typing import Any

_LIST = {"A1": "头", "A2": "{%tr for r in rows %}", "A3": "{{ r.n }}", "B3": "{{ r.v }}", "A4": "{%tr endfor %}"}
_GROUPS = {
    "A1": "{%tr for g in gs %}",
    "A2": "{{ g.n }}",
    "A3": "{%tr for x in g.xs %}",
    "A4": "{{ loop.index }}",
    "B4": "{{ x }}",
    "A5": "{%tr endfor %}",
    "A6": "小计",
    "B6": "=SUM(B4)",
    "A7": "{%tr endfor %}",
}
GROUPED = {"gs": [{"n": "一", "xs": [1, 2, 3]}, {"n": "二", "xs": []}, {"n": "三", "xs": [5]}]}


def rows(count: int) -> dict[str, Any]:
    """A list of so many items."""
    return {"rows": [{"n": f"甲{number}", "v": number * 10} for number in range(1, count + 1)]}


CASES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "ratio_of_total": ({**_LIST, "C3": "=B3/B5", "A5": "合计", "B5": "=SUM(B3)"}, rows(3)),
    "ratio_abs": ({**_LIST, "C3": "=B3/$B$5", "A5": "合计", "B5": "=SUM(B3)"}, rows(3)),
    "pct_group": ({**_GROUPS, "C4": "=B4/B6", "C6": "=B6/B$9", "A9": "总", "B9": "=SUM(B6)"}, GROUPED),
    "avg_nested": (
        {
            **_GROUPS,
            "B9": "=AVERAGE(B4)",
            "B10": "=COUNT(B4)",
            "B11": "=MAX(B6)",
            "B12": "=SUM(B4,B6)",
            "B13": "=SUM(B4)-SUM(B6)",
        },
        GROUPED,
    ),
    "sumif_nested": ({**_GROUPS, "B9": "=SUMIF(A4:A4,1,B4:B4)", "B10": '=COUNTIF(B4,">1")'}, GROUPED),
    "sumproduct_nested": ({**_GROUPS, "C4": 2, "B9": "=SUMPRODUCT(B4,C4)", "B10": "=SUMPRODUCT(B4:B4*C4:C4)"}, GROUPED),
    "vlookup_into": (
        {
            **_LIST,
            "D1": '=VLOOKUP("甲2",A3:B3,2,FALSE)',
            "E1": '=INDEX(B3:B3,MATCH("甲3",A3:A3,0))',
            "F1": "=LOOKUP(9E+307,B3:B3)",
        },
        rows(3),
    ),
    "vlookup_empty": (
        {**_LIST, "D1": '=IFERROR(VLOOKUP("甲2",A3:B3,2,FALSE),"无")', "E1": "=IFERROR(AVERAGE(B3:B3),0)"},
        rows(0),
    ),
    "cumsum": ({**_LIST, "C3": "=SUM(B$3:B3)", "D3": "=C3/SUM(B$3:B$3)"}, rows(3)),
    "rank": (
        {
            **_LIST,
            "C3": "=RANK(B3,B$3:B$3)",
            "D3": '=COUNTIF(B$3:B$3,">"&B3)+1',
            "E3": '=IF(B3=MAX(B$3:B$3),"最高","")',
        },
        rows(3),
    ),
    "prev_diff": ({**_LIST, "B1": 0, "C3": "=B3-B2", "D3": '=IF(ROW()=2,"",B3/B2-1)'}, rows(3)),
    "next": ({**_LIST, "C3": "=B4", "A5": "末", "B5": 99}, rows(3)),
    "two_row_item": (
        {
            "A2": "{%tr for r in rows %}",
            "A3": "{{ r.n }}",
            "B3": "{{ r.v }}",
            "A4": "其中",
            "B4": "=B3/2",
            "A5": "{%tr endfor %}",
            "A6": "计",
            "B6": "=SUM(B3)",
            "C6": "=SUM(B4)",
            "D6": "=SUM(B3:B4)",
        },
        rows(3),
    ),
    "if_row_sum": (
        {
            "A1": "{%tr for r in rows %}",
            "A2": "{%tr if r.v>10 %}",
            "A3": "{{ r.n }}",
            "B3": "{{ r.v }}",
            "A4": "{%tr endif %}",
            "A5": "{%tr endfor %}",
            "B6": "=SUM(B3)",
            "C6": "=COUNTA(A3)",
        },
        rows(3),
    ),
    "if_false_all": (
        {
            "A1": "x",
            "A2": "{%tr if rows|length>9 %}",
            "B3": 7,
            "A4": "{%tr endif %}",
            "B5": "=SUM(B3)",
            "C5": "=B3+1",
            "D5": '=IF(B3="","无",B3)',
        },
        rows(3),
    ),
    "else_branch": (
        {
            "A1": "{%tr if rows %}",
            "B2": 1,
            "A3": "{%tr else %}",
            "B4": 2,
            "A5": "{%tr endif %}",
            "B6": "=SUM(B2)",
            "C6": "=SUM(B4)",
            "D6": "=SUM(B2:B4)",
        },
        rows(0),
    ),
    "for_else": (
        {
            "A1": "{%tr for r in rows %}",
            "B2": "{{ r.v }}",
            "A3": "{%tr else %}",
            "A4": "无",
            "B4": 0,
            "A5": "{%tr endfor %}",
            "B6": "=SUM(B2)",
            "C6": "=SUM(B2:B4)",
            "D6": "=COUNTA(A4)",
        },
        rows(0),
    ),
    "tc_total": (
        {
            "A1": "单位",
            "B1": "{%tc for m in ms %}",
            "C1": "{{ m }}",
            "D1": "{%tc endfor %}",
            "E1": "合计",
            "A2": "甲",
            "C2": "{{ m*10 }}",
            "E2": "=SUM(C2)",
            "A3": "比",
            "C3": "=C2/$E2",
        },
        {"ms": [1, 2, 3]},
    ),
    "tc_tr": (
        {
            "A1": "单位",
            "B1": "{%tc for m in ms %}",
            "C1": "{{ m }}",
            "D1": "{%tc endfor %}",
            "E1": "计",
            "A2": "{%tr for r in rows %}",
            "A3": "{{ r.n }}",
            "C3": "{{ r.v*m }}",
            "E3": "=SUM(C3)",
            "A4": "{%tr endfor %}",
            "A5": "计",
            "C5": "=SUM(C3)",
            "E5": "=SUM(E3)",
            "F5": "=SUM(C3:C3)",
        },
        {**rows(2), "ms": [1, 2]},
    ),
    "outside_scalar": ({**_LIST, "D1": "=B3*2", "D5": "=B3"}, rows(1)),
    "whole_col": ({**_LIST, "D1": "=SUM(B:B)", "E1": '=SUMIF(A:A,"甲1",B:B)'}, rows(3)),
    "text_join": (
        {
            **_LIST,
            "D1": '=_xlfn.TEXTJOIN("、",TRUE,A3:A3)',
            "E1": '="共"&COUNTA(A3:A3)&"项"&TEXT(SUM(B3:B3),"#,##0.00")',
        },
        rows(3),
    ),
    "subtotal": ({**_GROUPS, "B6": "=SUBTOTAL(9,B4)", "B9": "=SUBTOTAL(9,B4:B6)", "B10": "=SUBTOTAL(3,A4)"}, GROUPED),
    "maxif": (
        {
            **_LIST,
            "D1": '=_xlfn.MAXIFS(B3:B3,A3:A3,"甲*")',
            "E1": '=SUMPRODUCT((A3:A3="甲2")*B3:B3)',
            "F1": "=SUMPRODUCT(--(B3:B3>=20))",
        },
        rows(3),
    ),
    "median_groups": (
        {**_GROUPS, "B9": "=MEDIAN(B4)", "B10": "=LARGE(B4,1)", "B11": "=RANK(5,B4)", "B12": "=STDEV(B4)"},
        GROUPED,
    ),
    "nested3": (
        {
            "A1": "{%tr for a in as %}",
            "A2": "{%tr for b in a %}",
            "A3": "{%tr for c in b %}",
            "B4": "{{ c }}",
            "A5": "{%tr endfor %}",
            "B6": "=SUM(B4)",
            "A7": "{%tr endfor %}",
            "B8": "=SUM(B6)",
            "A9": "{%tr endfor %}",
            "B10": "=SUM(B8)",
            "C10": "=SUM(B6)",
            "D10": "=SUM(B4)",
        },
        {"as": [[[1, 2], [3]], [[4]], []]},
    ),
    "two_loops_sum": (
        {
            "A1": "{%tr for r in rows %}",
            "B2": "{{ r.v }}",
            "A3": "{%tr endfor %}",
            "B4": "=SUM(B2)",
            "A5": "{%tr for r in rows %}",
            "B6": "{{ r.v }}",
            "A7": "{%tr endfor %}",
            "B8": "=SUM(B6)",
            "B9": "=B4+B8",
            "B10": "=SUM(B2,B6)",
            "B11": "=SUM(B2:B6)",
        },
        rows(2),
    ),
    "date_calc": (
        {
            **_LIST,
            "B3": "{{ r.d }}",
            "C3": "=YEAR(B3)",
            "D3": '=TEXT(B3,"yyyy年m月")',
            "E3": '=DATEDIF(B3,DATE(2024,1,1),"m")',
            "A5": "=MAX(B3:B3)",
            "B5": "=SUMPRODUCT((MONTH(B3:B3)=1)*1)",
        },
        {"rows": [{"n": "a", "d": date(2023, 1, 5)}, {"n": "b", "d": date(2023, 3, 5)}]},
    ),
    "text_numbers": (
        {**_LIST, "D1": "=SUM(B3:B3)", "E1": "=SUMPRODUCT(B3:B3)", "F1": "=COUNT(B3:B3)", "G1": '=COUNTIF(B3:B3,">1")'},
        {"rows": [{"n": "a", "v": "2"}, {"n": "b", "v": 3}]},
    ),
    "none_values": (
        {
            **_LIST,
            "C3": '=IF(B3="","缺",B3)',
            "D1": "=AVERAGE(B3:B3)",
            "E1": "=COUNTBLANK(B3:B3)",
            "F1": '=SUMPRODUCT((B3:B3="")*1)',
        },
        {"rows": [{"n": "a", "v": None}, {"n": "b", "v": 3}]},
    ),
    "decimals": (
        {**_LIST, "D1": "=SUM(B3:B3)", "E1": "=SUM(B3:B3)=0.6", "F1": "=ROUND(SUM(B3:B3),1)"},
        {"rows": [{"n": "a", "v": 0.1}, {"n": "b", "v": 0.2}, {"n": "c", "v": 0.3}]},
    ),
    "ctl_ref_out": ({**_LIST, "D6": "=SUM(B2:B4)", "D7": "=B4"}, rows(2)),
    "ctl_range_in": ({**_LIST, "C3": "=SUM(B$2:B3)", "D3": "=SUM(B2:B4)"}, rows(3)),
    "iferror_chain": ({**_LIST, "C3": "=IFERROR(B3/B5,0)", "B5": "=SUM(B3)", "C5": "=SUM(C3)"}, rows(0)),
    "growth": ({**_LIST, "B1": 5, "C3": "=(B3-B2)/ABS(B2)", "C5": "=AVERAGE(C3)"}, rows(3)),
    "cross_sheet": ({**_LIST, "B5": "=SUM(B3)"}, rows(3)),
    "hlookup_tc": (
        {
            "A1": "x",
            "B1": "{%tc for m in ms %}",
            "C1": "{{ m }}",
            "D1": "{%tc endfor %}",
            "E1": "z",
            "C2": "=C1*2",
            "A3": "=HLOOKUP(2,C1:C2,2,FALSE)",
            "A4": "=SUM(C1:C1)",
            "A5": "=INDEX(C2:C2,1,3)",
        },
        {"ms": [1, 2, 3]},
    ),
    "percent_text": ({**_LIST, "C3": '=TEXT(B3/B5,"0.00%")', "B5": "=SUM(B3)", "D5": "=SUMPRODUCT(B3:B3/B5)"}, rows(3)),
    "grade": (
        {
            **_LIST,
            "C3": '=IF(B3>=30,"优",IF(B3>=20,"良","差"))',
            "C5": '=COUNTIF(C3,"优")&"/"&COUNTA(C3)',
            "D5": '=COUNTIFS(C3,"良",B3,">=20")',
        },
        rows(3),
    ),
}
