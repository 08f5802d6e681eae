"""Formulas over cells of mixed kinds: texts that are numbers, dates or percents, empty cells, days, fractions."""

from __future__ import annotations

import datetime

# a sheet from A1; None is an empty cell
MIXED: list[list[object]] = [
    [1, 10, "3", 0.1, "公用", datetime.date(2020, 1, 31)],
    [2, 20, "x", 0.2, "项目", datetime.date(2020, 2, 29)],
    [None, 30, "5 ", 0.3, None, "2020-03-05"],
    ["4", 40, None, 1.005, "公用 ", datetime.date(2019, 12, 31)],
    [5, 50, "1,000", -2.5, "abc", datetime.date(2021, 6, 1)],
    [0.9, 0, "90%", 2.675, "ABC", None],
]

FORMULAS: list[str] = list(
    r"""
SUMPRODUCT(混!A1:A5,混!B1:B5)
SUMPRODUCT(混!C1:C5,混!B1:B5)
SUMPRODUCT(混!A1:A6)
SUMPRODUCT(混!F1:F6,混!B1:B6)
SUMPRODUCT(--(混!B1:B5>20),混!C1:C5)
SUMPRODUCT((混!B1:B5>20)*1,混!B1:B5)
SUMPRODUCT((混!E1:E6="公用")*混!B1:B6)
SUMPRODUCT(-混!D1:D6,混!B1:B6)
SUMPRODUCT(混!A1:A2,混!B1:B2)/SUM(混!B1:B2)
SUMXMY2(混!B1:B5,混!D1:D5)
SUMX2MY2(混!A1:A2,混!B1:B2)
SUM(混!A1:C6)
SUM(混!A4,混!C1)
AVERAGE(混!A1:A6)
AVERAGEA(混!A1:A5)
COUNT(混!A1:F6)
COUNTA(混!A1:F6)
COUNTBLANK(混!A1:F6)
MAX(混!A1:A6,混!C1:C6)
MIN(混!C1:C6)
PRODUCT(混!A1:A5)
NPV(0.1,混!A1:A5)
CORREL(混!A1:A5,混!B1:B5)
FORECAST(3,混!A1:A5,混!B1:B5)
LARGE(混!A1:A6,2)
MEDIAN(混!A1:C6)
SUBTOTAL(9,混!A1:C6)
AGGREGATE(9,0,混!A1:C6)
AGGREGATE(9,1,混!B1:B6)
AGGREGATE(1,2,混!A1:A6)
AGGREGATE(4,3,混!B1:B6)
COUNTIF(混!A1:A6,">1")
COUNTIF(混!A1:A6,"<>")
COUNTIF(混!C1:C6,"?*")
SUMIF(混!E1:E6,"abc",混!B1:B6)
SUMIF(混!E1:E6,"公用*",混!B1:B6)
SUMIFS(混!B1:B6,混!A1:A6,">=1",混!F1:F6,">="&DATE(2020,2,1))
AVERAGEIF(混!A1:A6,">1",混!B1:B6)
IFERROR(-混!C5,"无")
IFERROR(混!C6%,"无")
IFERROR(混!C2+1,"无")
IFERROR(混!C3*2,"无")
IFERROR(混!A3/混!B6,"无")
IFERROR(VLOOKUP("4",混!A1:B6,2,FALSE),"无")
VLOOKUP(5,混!A1:B6,2,FALSE)
MATCH("4",混!A1:A6,0)
MATCH("x",混!C1:C6,0)
INDEX(混!B1:B6,MATCH("ABC",混!E1:E6,0))
混!A3=0
混!A3=""
混!A4=4
混!A4>100
混!E5=混!E6
EXACT(混!E5,混!E6)
混!A3&混!A1
混!C3&"元"
LEN(混!C3)
LEN(混!A3)
REPLACE(混!E5,9,1,"X")
REPLACE(混!A3,2,0,"X")
REPLACE(混!E5,2,1,"X")
FIND("b",混!E5)
SEARCH("B",混!E5)
MOD(混!B2,3)
MOD(-7,混!B1)
2^混!A3
混!D1^2
POWER(混!B1,0)
EDATE(混!F1,1)
EOMONTH(混!F2,-2)
WORKDAY(混!F1,3)
NETWORKDAYS(混!F4,混!F1)
DATEDIF(混!F4,混!F5,"m")
DAYS360(混!F4,混!F5)
YEARFRAC(混!F4,混!F5)
混!F5-混!F1
TEXT(混!C1,"0.00")
TEXT(混!A3,"0")
TEXT(混!D4,"0.00")
IF(混!A3,"是","否")
IF(混!A3="","空",混!A3)
ROUND(PMT(0.004,12,-混!B5),2)
""".strip().split("\n")
)

ARRAYS: list[str] = list(
    """
SUM(IFERROR(混!C1:C6*1,0))
SUM(IF(混!B1:B5>20,混!D1:D5))
MAX(IF(混!B1:B5>20,混!D1:D5))
SUM(混!A1:A2*混!B1:B2)
""".strip().split("\n")
)

# LibreOffice and Excel differ, or Excel itself gives an error that programs show differently: no value
WITHOUT: list[str] = list(
    """
ROUND(混!D4*100,0)
SUMPRODUCT(混!B1:B5>20,混!B1:B5)
SUMXMY2(混!A1:A5,混!B1:B5)
MIN(混!B1:B5,"x")
AVERAGE(混!B1:B5,"甲")
PRODUCT(混!B1:B2,LEFT(混!E5,1))
0^混!A3
POWER(混!B6,混!A3)
DATE(1900,2,29)
DATE(10000,1,1)
EDATE(DATE(1900,5,1),-13)
EOMONTH(混!A3,0)
WORKDAY(混!A3,-5)
MOD(10,0.1)
MOD(混!B5,混!D1)
IFERROR(IF("TRUE",1,2),3)
IFERROR(DATEDIF("2020-05-31",混!F5,"m"),"否")
PMT(0.004,12,混!B5)&"元"
TEXT(混!F3,"@")
FIND("",混!E5,9)
"a"&0.00001
""".strip().split("\n")
)
