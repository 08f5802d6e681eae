"""Further formulas, one a line, on the cells of `formula_corpus.CELLS`: texts counted in bytes, ranges that move, statistics."""

from generator.excel.calculate.formula_judging import ErrorValue

FORMULAS: list[str] = r"""
VDB(2400,300,10,0,1)
VDB(2400,300,10,6,10,1.5)
VDB(2400,300,120,6,18)
VDB(10000,500,5,0,5)
VDB(10000,500,5,3,4)
VDB(10000,500,5,2,3,2,TRUE)
VDB(10000,0,5,4,5)
VDB(10000,3000,5,2,4)
VDB(2400,300,10,0,0.875,1.5)
FVSCHEDULE(1,{0.09,0.11,0.1})
FVSCHEDULE(数据!C2,数据!D2:D3)
NUMBERVALUE("1,234.5",".",",")
NUMBERVALUE("2.500,27",",",".")
NUMBERVALUE("3.5%",".",",")
NUMBERVALUE("1 234",".",",")
NUMBERVALUE("9%%",".",",")
NUMBERVALUE("1.2.3",".",",")
NUMBERVALUE("1.2,3",".",",")
NUMBERVALUE("abc",".",",")
NUMBERVALUE("-5.5",".",",")
NUMBERVALUE("1e3",".",",")
NUMBERVALUE("(5)",".",",")
NUMBERVALUE("12元",".",",")
NUMBERVALUE(数据!C2)
LEFTB("中文a",2)
LEFTB("中文a",3)
LEFTB("中文a",5)
LEFTB("a中文",3)
RIGHTB("中文a",3)
RIGHTB("中文a",2)
MIDB("中文abc",3,2)
MIDB("中文abc",2,2)
MIDB("中文abc",2,3)
FINDB("文","中文")
FINDB("a","中文a")
SEARCHB("A","中文a")
REPLACEB("中文a",3,2,"x")
LEFTB("中文")
FINDB("x","中文")
RIGHTB("中文")
MIDB("abc",2,9)
LEFTB("",3)
LEFTB(数据!A2,4)
LENB(数据!A2)-LEN(数据!A2)
LEFTB("中文12",LENB("中文12")-2)
FINDB("文","中文",3)
RIGHTB("中文12",2)
ASC("ＡＢ，中")
CODE("A")
CODE("中")
CODE("")
TIMEVALUE("8:30")
TIMEVALUE("14:05:30")
TIMEVALUE("25:00")
HOUR(TIMEVALUE("8:30"))
OFFSET(数据!C2,1,0)
SUM(OFFSET(数据!C2,0,0,3,1))
SUM(数据!C2:OFFSET(数据!C9,-1,0))
OFFSET(数据!A1,0,0)
SUM(OFFSET(数据!C2:C4,1,0))
OFFSET(数据!A1,-1,0)
SUM(OFFSET(数据!C5,0,0,-3))
INDIRECT("数据!C2")
SUM(INDIRECT("数据!C2:C5"))
INDIRECT("数据!R2C3",FALSE)
SUM(数据!C2:INDEX(数据!C2:C9,3))
SUM(数据!C2:INDEX(数据!C:C,4))
COUNTIF(OFFSET(数据!B1,1,0,8,1),"公用")
SUMIF(INDIRECT("数据!B2:B9"),"公用",OFFSET(数据!C2,0,0,8))
VLOOKUP("水费",OFFSET(数据!A1,0,0,9,4),3,0)
SUM(OFFSET(数据!C2,0,0,COUNTA(数据!A2:A9),1))
ROWS(OFFSET(数据!A1,0,0,5,2))
SUM(INDIRECT("'数 据2'!A1:C3"))
INDEX(OFFSET(数据!A1,0,0,9,4),2,3)
NORMSDIST(-1.2)
NORM.INV(0.1,0,1)
NORMSINV(0.5)
NORM.S.INV(0.975)
CONFIDENCE(0.1,1,10)
BINOM.DIST(0,10,0.1,TRUE)
BINOM.DIST(10,10,0.1,FALSE)
POISSON.DIST(2,5,TRUE)
COVARIANCE.P(数据!C2:C6,数据!D2:D6)
COVARIANCE.S(数据!C2:C6,数据!D2:D6)
VARA(数据!D2:D9)
VARA(1,2,TRUE)
VARPA(数据!G2:G9)
STDEVPA(数据!A2:D3)
FORECAST.LINEAR(3,数据!C2:C6,数据!D2:D6)
STANDARDIZE(1,2,0)
FISHER(-0.5)
FISHER(1)
BITLSHIFT(3,-1)
BITRSHIFT(8,-1)
SKEW.P(1,2,9)
NORMSINV(0)
NORMSINV(1)
NORM.INV(2,0,1)
BINOM.DIST(11,10,0.5,TRUE)
POISSON.DIST(-1,5,TRUE)
CONFIDENCE(0,1,10)
VARA(数据!F2:F9)
STDEVPA(数据!F2:F9)
VARPA(数据!A2:A3)
SKEW.P(数据!C2:C3)
""".strip().splitlines()

# what Microsoft documents, or what is known to everybody who types Chinese into Excel, where LibreOffice gives something else
OTHERWISE: dict[str, object] = {
    'NUMBERVALUE("",".",",")': 0.0,
    'SEARCHB("?","张三123")': 5.0,
    'MIDB("张三123",SEARCHB("?","张三123"),2*LEN("张三123")-LENB("张三123"))': "123",
    'ASC("１２３　ａ")': "123 a",
    "SUM(TAKE('数 据2'!A1:C3,2))": 21.0,
    "SUM(TAKE('数 据2'!A1:C3,-1,1))": 7.0,
    "SUM(DROP('数 据2'!A1:C3,1,-1))": 24.0,
    'INDEX(TEXTSPLIT("2020-01-15","-"),2)': "01",
    'INDEX(TEXTSPLIT("a,b;c",",",";"),2,1)': "c",
    'TEXTBEFORE("a-b","-")': "a",
    'TEXTAFTER("a-b","-")': "b",
    'NUMBERVALUE("1,234.5")': 1234.5,
    'NUMBERVALUE("1234.5")': 1234.5,
    'TEXTBEFORE("一级-二级","-")': "一级",
    'TEXTBEFORE("a-b-c","-",2)': "a-b",
    'TEXTBEFORE("a","-",,,,"无")': "无",
    'TEXTAFTER("一级-二级-三级","-",-1)': "三级",
    'TEXTAFTER("aXbxc","x",1,1)': "bxc",
    'TEXTAFTER("a","-")': ErrorValue("#N/A"),
    'VALUE(TEXTBEFORE("12万","万"))*10000': 120000.0,
    "COUNTA(VSTACK(数据!A2:A4,数据!A6:A7))": 5.0,
    "SUM(HSTACK('数 据2'!A1:A2,'数 据2'!B1:B2))": 12.0,
    "SUM(CHOOSECOLS('数 据2'!A1:C3,1,3))": 30.0,
    "SUM(CHOOSEROWS('数 据2'!A1:C3,-1))": 24.0,
    "INDEX(TOCOL('数 据2'!A1:C3),4)": 4.0,
    "INDEX(TOROW('数 据2'!A1:C3,,TRUE),2)": 4.0,
    "SUM(INDEX(WRAPROWS('数 据2'!A1:C1,2,0),2,0))": 3.0,
    "SUM(EXPAND('数 据2'!A1:B2,3,3,1))": 17.0,
}
