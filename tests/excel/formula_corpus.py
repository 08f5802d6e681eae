"""Formulas for the comparison of computed values with LibreOffice's, on the cells of `CELLS`."""

import datetime

from generator.excel.calculate.formula_judging import ErrorValue
from tests.excel import finance_formulas, further_formulas, mixed_formulas

# sheet → rows from A1; None is an empty cell
CELLS: dict[str, list[list[object]]] = {
    "数据": [
        ["名称", "类别", "数量", "单价", "日期", "备注", "标志"],
        ["办公费", "公用", 12, 3.5, datetime.date(2020, 1, 15), "一月 份", True],
        ["水费", "公用", 7, 10.25, datetime.date(2020, 2, 29), None, False],
        ["差旅费", "公用", 0, 99.99, datetime.date(2020, 3, 31), "x", True],
        ["招商经费", "项目", 161.4, 1, datetime.date(2019, 12, 31), "ABC abc", False],
        ["培训费", "项目", -3.25, 2, datetime.date(2021, 6, 1), "12", True],
        ["接待费", "三公", 2.665, 4, datetime.date(2020, 7, 4), "=1+1", False],
        ["出国经费", "三公", None, 5, datetime.date(2020, 10, 1), "  前后  空格 ", None],
        ["合计", None, 1000000, 0.1, datetime.date(2020, 12, 31), "3.5%", True],
    ],
    "数 据2": [[1, 2, 3], [4, 5, 6], [7, 8, 9], ["a", "b", "c"], [0.1, 0.2, 0.3]],
    "混": mixed_formulas.MIXED,
}

GROUPS: dict[str, str] = {
    "operators": """1+2*3-4/5|2^3^2|-2^2|10%*5|1=1|1<>2|"a"="A"|"a"<"b"|"中"&"文"|1&"x"|TRUE&""|0.1+0.2|1/3|1/0|"3"+4|"x"+1
        |TRUE+1|数据!C2*数据!D2|数据!C8+1|数据!C8=0|数据!C8=""|数据!F3&"x"|数据!C2>数据!C3|"10">9|TRUE>5|1E+20*10|-0.5|50%
        |数据!G2+1|'数 据2'!A1+'数 据2'!B2|(1+2)*3|1-0.9-0.1|0.1*3=0.3|数据!F7|数据!F3|数据!E2+1|数据!E3-数据!E2""",
    "math": """SUM(数据!C2:C9)|SUM(数据!C:C)|SUM(数据!C2,数据!C4:C6,5,"3")|SUM('数 据2'!A1:C3)|SUM('数 据2'!1:2)|SUM(数据!F2:F9)
        |SUM(数据!G2:G9)|SUM(TRUE,1)|PRODUCT(数据!C2:C3)|ABS(-3.5)|ROUND(2.675,2)|ROUND(-2.5,0)|ROUND(1234.5,-2)|ROUND(数据!C7,2)
        |ROUND(1.005,2)|ROUND(0.285,2)|ROUND(1.115,2)|ROUND(100.345,2)
        |ROUNDUP(2.001,2)|ROUNDDOWN(2.999,1)|ROUNDUP(-2.1,0)|INT(-2.5)|TRUNC(-2.57,1)|TRUNC(3.9)|MOD(-3,2)|MOD(10,3)|MOD(5.5,2)
        |POWER(2,10)|SQRT(2)|SQRT(-1)|EXP(1)|LN(10)|LOG(100)|LOG(8,2)|LOG10(1000)|PI()|SIN(1)|COS(1)|TAN(1)|ASIN(0.5)|ACOS(0.5)
        |ATAN(1)|ATAN2(1,2)|SINH(1)|COSH(1)|TANH(1)|DEGREES(PI())|RADIANS(180)|SIGN(-2)|FACT(5)|COMBIN(5,2)|PERMUT(5,2)|GCD(12,18)
        |LCM(4,6)|QUOTIENT(7,2)|EVEN(3)|ODD(2)|CEILING(2.3,1)|FLOOR(2.7,1)|CEILING(2.3,0.5)|MROUND(10,3)|SUMSQ(1,2,3)|SUMPRODUCT(数据!C2:C7,数据!D2:D7)
        |SUMPRODUCT((数据!B2:B9="公用")*数据!C2:C9)|SUMPRODUCT((数据!B2:B9="公用")*(数据!C2:C9>5))|SUMPRODUCT(--(数据!B2:B9="项目"),数据!C2:C9)
        |SUMPRODUCT('数 据2'!A1:C3*2)|SUMPRODUCT(LEN(数据!A2:A9))|SUMPRODUCT((数据!C2:C7)*(数据!D2:D7))|SUMPRODUCT((MONTH(数据!E2:E9)=12)*1)
        |SUMPRODUCT(1/COUNTIF(数据!B2:B7,数据!B2:B7))|SUBTOTAL(9,数据!C2:C9)|SUBTOTAL(1,数据!C2:C7)|SUBTOTAL(3,数据!B2:B9)|SUBTOTAL(109,数据!C2:C9)
        |SUMX2MY2({1,2},{3,4})|SUMXMY2({1,2},{3,4})|SUMX2PY2({1,2},{3,4})|DECIMAL("FF",16)|BASE(255,16)|ROMAN(1999)|ARABIC("MCMXCIX")|FACTDOUBLE(6)
        |CEILING.MATH(-2.3)|FLOOR.MATH(-2.3)|MULTINOMIAL(2,3)|SERIESSUM(2,0,1,{1,2,3})|SQRTPI(2)|COMBINA(4,3)|AGGREGATE(9,6,数据!C2:C9)""",
    "logic": """IF(1>2,"是","否")|IF(数据!C2>10,"大")|IF(1>2,"大")|IF(数据!C8,1,2)|IF(数据!C8="","空","有")|IF(1,,2)|AND(TRUE,1>0)|OR(FALSE,0)|NOT(1)|XOR(TRUE,FALSE,TRUE)
        |IFERROR(1/0,"无")|IFERROR(5,0)|IFNA(NA(),"缺")|IFERROR(VLOOKUP("无",数据!A2:D9,2,FALSE),"")|IFS(1>2,"a",TRUE,"b")|SWITCH(2,1,"一",2,"二","其他")
        |CHOOSE(2,"a","b","c")|TRUE()|FALSE()|AND(数据!G2:G3)|OR(数据!G2:G3)|IF("a"="A",1,0)|IF(AND(数据!C2>0,数据!C3>0),ROUND(数据!C2/数据!C3,4),0)|IF(ISBLANK(数据!C8),"",数据!C8)
        |IF(数据!C4=0,0,数据!C2/数据!C4)|IF(OR(数据!C2="",数据!C2=0),"—",数据!C2)""",
    "statistics": """AVERAGE(数据!C2:C9)|AVERAGEA(数据!C2:C9)|AVERAGE(数据!F2:F9)|COUNT(数据!A1:G9)|COUNTA(数据!A1:G9)|COUNTBLANK(数据!A1:G9)|MAX(数据!C2:C9)|MIN(数据!C2:C9)|MAX(数据!F2:F3)
        |MEDIAN(数据!C2:C9)|MODE({1,2,2,3})|LARGE(数据!C2:C9,2)|SMALL(数据!C2:C9,2)|RANK(数据!C2,数据!C2:C9)|RANK(数据!C2,数据!C2:C9,1)|STDEV(数据!D2:D9)|STDEVP(数据!D2:D9)
        |VAR(数据!D2:D9)|VARP(数据!D2:D9)|STDEV.S(数据!D2:D9)|STDEV.P(数据!D2:D9)|VAR.S(数据!D2:D9)|VAR.P(数据!D2:D9)|SUMIF(数据!B2:B9,"公用",数据!C2:C9)|SUMIF(数据!C2:C9,">5")|SUMIF(数据!C2:C9,">="&7)
        |SUMIF(数据!A2:A9,"*费",数据!C2:C9)|SUMIF(数据!A2:A9,"?费",数据!C2:C9)|SUMIF(数据!B:B,"项目",数据!C:C)|SUMIF(数据!B2:B9,数据!B2,数据!C2:C9)|SUMIF(数据!B2:B9,"",数据!C2:C9)|SUMIF(数据!B2:B9,"<>公用",数据!C2:C9)
        |SUMIF(数据!B2:B9,"公用",数据!C2)|SUMIFS(数据!C2:C9,数据!B2:B9,"公用",数据!D2:D9,">5")|SUMIFS(数据!C2:C9,数据!E2:E9,">="&DATE(2020,2,1),数据!E2:E9,"<"&DATE(2020,12,1))|COUNTIF(数据!B2:B9,"公用")|COUNTIF(数据!C2:C9,">0")
        |COUNTIF(数据!C2:C9,0)|COUNTIF(数据!C2:C9,"")|COUNTIF(数据!C2:C9,"<>")|COUNTIF(数据!F2:F9,"abc*")|COUNTIF(数据!F2:F9,"12")|COUNTIF(数据!F2:F9,12)|COUNTIF(数据!G2:G9,TRUE)|COUNTIF(数据!A:A,"*经费*")
        |COUNTIFS(数据!B2:B9,"公用",数据!C2:C9,">0")|AVERAGEIF(数据!B2:B9,"公用",数据!C2:C9)|AVERAGEIFS(数据!C2:C9,数据!B2:B9,"项目")|AVERAGEIF(数据!B2:B9,"无",数据!C2:C9)|MAXIFS(数据!C2:C9,数据!B2:B9,"公用")|MINIFS(数据!C2:C9,数据!B2:B9,"公用")
        |PERCENTILE(数据!D2:D9,0.3)|QUARTILE(数据!D2:D9,1)|PERCENTILE.INC(数据!D2:D9,0.3)|PERCENTILE.EXC(数据!D2:D9,0.3)|QUARTILE.INC(数据!D2:D9,3)|QUARTILE.EXC(数据!D2:D9,1)|PERCENTRANK(数据!D2:D9,4)|CORREL('数 据2'!A1:A3,'数 据2'!B1:B3)|GEOMEAN(1,2,4)|HARMEAN(1,2,4)|DEVSQ(1,2,4)|AVEDEV(1,2,4)
        |SLOPE('数 据2'!A1:A3,'数 据2'!B1:B3)|INTERCEPT('数 据2'!A1:A3,'数 据2'!B1:B3)|RSQ({1,2,4},{2,3,7})|FORECAST(4,{1,2,4},{2,3,7})|RANK.EQ(数据!C2,数据!C2:C9)|RANK.AVG(数据!C2,数据!C2:C9)|TRIMMEAN(数据!D2:D9,0.25)|SKEW({1,2,4,9})|KURT({1,2,4,9,7})|NORMDIST(1,0,1,TRUE)|NORM.S.DIST(1,TRUE)|NORMSINV(0.9)|MAXA(数据!G2:G9)|MINA(数据!C2:C9)|MODE.SNGL({1,2,2})|STDEVA(数据!C2:C9)|STEYX({1,2,4},{2,3,7})|PEARSON({1,2,4},{2,3,7})|COVAR({1,2,4},{2,3,7})|LARGE(数据!C2:C9,20)""",
    "lookup": """VLOOKUP("水费",数据!A2:D9,3,FALSE)|VLOOKUP("水费",数据!A2:D9,3,0)|VLOOKUP("无",数据!A2:D9,3,FALSE)|VLOOKUP("差*",数据!A2:D9,4,FALSE)|VLOOKUP(5,'数 据2'!A1:C3,3)|VLOOKUP(5,'数 据2'!A1:C3,3,TRUE)|VLOOKUP("水费",数据!A:D,4,FALSE)|VLOOKUP("出国经费",数据!A2:D9,3,FALSE)
        |HLOOKUP("数量",数据!A1:D9,3,FALSE)|INDEX(数据!C2:C9,2)|INDEX(数据!A2:D9,2,4)|INDEX(数据!A1:D9,MATCH("水费",数据!A1:A9,0),MATCH("单价",数据!A1:D1,0))|MATCH("水费",数据!A2:A9,0)|MATCH(5,'数 据2'!A1:A3,1)|MATCH(5,'数 据2'!A1:A3)|MATCH("无",数据!A2:A9,0)|MATCH("差*",数据!A2:A9,0)|MATCH(3,{1,2,3},0)
        |LOOKUP(5,'数 据2'!A1:A3,'数 据2'!C1:C3)|LOOKUP(85,{0,60,80,90},{"差","中","良","优"})|LOOKUP(5,'数 据2'!A1:A3)|LOOKUP(1,0/(数据!A2:A9="水费"),数据!C2:C9)|ROW(数据!C5)|COLUMN(数据!C5)|ROWS(数据!A1:B9)|COLUMNS(数据!A1:B9)|ROW()|COLUMN()|ADDRESS(2,3)|ADDRESS(2,3,4)|ADDRESS(2,3,1,TRUE,"数据")|SUM(INDEX('数 据2'!A1:C3,0,2))|SUM(INDEX('数 据2'!A1:C3,2,0))|INDEX({1,2;3,4},2,1)|INDEX(数据!A2:D9,20,1)
        |CHOOSE(3,1,2,数据!C2)|HYPERLINK("http://x.cn","链接")|XLOOKUP("水费",数据!A2:A9,数据!C2:C9)|XLOOKUP("无",数据!A2:A9,数据!C2:C9,"缺")|XMATCH("水费",数据!A2:A9)|SUM(数据!C2:INDEX(数据!C2:C9,3))|TYPE(1)|TYPE("a")|N(TRUE)|N("x")|T("x")|T(1)|SHEET()|AREAS(数据!A1)|FORMULATEXT(A1)""",
    "text": """LEN("中文abc")|LEN(数据!F8)|LEFT("中文字符",2)|RIGHT("中文字符",2)|MID("中文字符",2,2)|LEFT("abc")|UPPER("abcÀ")|LOWER("ABC")|PROPER("hello world")|TRIM(数据!F8)|CONCATENATE("a",1,TRUE)|CONCAT(数据!A2:A4)|CONCAT("a",1.5)|TEXTJOIN("、",TRUE,数据!F2:F6)|TEXTJOIN(",",FALSE,数据!F2:F4)|FIND("b","abc")|FIND("x","abc")|SEARCH("B","abc")|SEARCH("?c","abc")|SUBSTITUTE("a-b-c","-","+")|SUBSTITUTE("a-b-c","-","+",2)|REPLACE("abcdef",2,3,"X")|REPT("ab",3)|EXACT("a","A")|VALUE("12.5")|VALUE("1,234")|VALUE("5%")|VALUE("x")|CHAR(65)|CODE("A")|UNICHAR(20013)|UNICODE("中")|CLEAN("a")|FIXED(1234.567,2)|FIXED(1234.567,1,TRUE)|DOLLAR(1234.5)|NUMBERVALUE("1.234,5",",",".")
        |TEXT(1234.567,"0.00")|TEXT(1234.567,"#,##0.00")|TEXT(0.256,"0%")|TEXT(0.256,"0.00%")|TEXT(161.4,"0")|TEXT(5,"000")|TEXT(1234.5,"#,##0")|TEXT(0.5,"#.##")|TEXT(-5,"0;(0)")|TEXT(0,"0;-0;零")|TEXT("文","@")|TEXT(数据!E2,"yyyy-mm-dd")|TEXT(数据!E2,"yyyy年m月d日")|TEXT(数据!E2,"yyyy/mm/dd")|TEXT(数据!E2,"m月")|TEXT(数据!E2,"yyyy")|TEXT(数据!E2,"mmm")|TEXT(数据!E2,"dddd")|TEXT(数据!E2,"aaaa")|TEXT(0.75,"hh:mm")|TEXT(0.75,"h:mm AM/PM")|TEXT(1234567,"0.00E+00")|TEXT(161.4,"[DBNum2]")|TEXT(161.4,"[DBNum2][$-804]G/通用格式")|TEXT(1,"General")|TEXT(1234.5,"G/通用格式")|TEXT(12345678,"0!.0000")|TEXT(0.125,"# ?/?")|TEXT(1234,"¥#,##0")|TEXT(1234,"0万元")|TEXT(5,"第0名")|TEXT(1.005,"0.00")|TEXT(2.675,"0.00")|TEXT(-1.5,"0")|TEXT(0.5,"0")|TEXT(1.5,"0")|TEXT(2.5,"0")|TEXT(TRUE,"0")|TEXT("12","0.0")|TEXT(数据!C8,"0")
        |1/3&""|0.1+0.2&""|123456789012&""|1E+15&""|1.5&"元"|100%&""|LENB("中a")|LEFTB("中文",2)|ASC("ＡＢ")|TEXT(44000.5,"yyyy-mm-dd hh:mm")|LEN(1/3)|LEFT(数据!C5,3)|MID(数据!E2,1,2)|"共"&COUNTA(数据!A2:A9)&"项，合计"&TEXT(SUM(数据!C2:C9),"0.00")&"万元"|ROUND(数据!C7,2)&"万元"|数据!C7*100&""|T(数据!A2)&数据!B2|IF(LEN(TRIM(数据!F3))=0,"空",数据!F3)|TEXTBEFORE("a-b","-")|TEXTAFTER("a-b","-")""",
    "dates": """DATE(2020,2,30)|DATE(2020,13,1)|YEAR(数据!E2)|MONTH(数据!E2)|DAY(数据!E2)|WEEKDAY(数据!E2)|WEEKDAY(数据!E2,2)|WEEKNUM(数据!E2)|ISOWEEKNUM(数据!E2)|EDATE(数据!E3,12)|EOMONTH(数据!E2,1)|DATEVALUE("2020-01-02")|DATEVALUE("2020/1/2")|DATEVALUE("2020年1月2日")|TIME(12,30,0)|HOUR(0.75)|MINUTE(0.53)|SECOND(0.5301)|TIMEVALUE("12:30")|DAYS(数据!E3,数据!E2)|DAYS360(数据!E2,数据!E3)|DATEDIF(数据!E2,数据!E9,"m")|DATEDIF(数据!E2,数据!E9,"d")|DATEDIF(数据!E2,数据!E9,"y")|DATEDIF(数据!E2,数据!E9,"md")|DATEDIF(数据!E2,数据!E9,"ym")|DATEDIF(数据!E2,数据!E9,"yd")|NETWORKDAYS(数据!E2,数据!E9)|NETWORKDAYS(数据!E2,数据!E9,数据!E3:E4)|WORKDAY(数据!E2,10)|YEARFRAC(数据!E2,数据!E9)|YEARFRAC(数据!E2,数据!E9,1)|YEARFRAC(数据!E2,数据!E9,3)|数据!E9-数据!E2|DATE(2020,1,1)=数据!E2|MONTH("2020-05-06")|YEAR(数据!C8)|NETWORKDAYS.INTL(数据!E2,数据!E9,11)|WORKDAY.INTL(数据!E2,10,11)|DATE(1900,2,28)|DATE(99,1,1)""",
    "information": """ISBLANK(数据!C8)|ISBLANK(数据!C2)|ISNUMBER(数据!C2)|ISNUMBER("1")|ISTEXT(数据!A2)|ISERROR(1/0)|ISERR(NA())|ISNA(NA())|ISLOGICAL(TRUE)|ISNONTEXT(1)|ISEVEN(2)|ISODD(2)|ISREF(数据!A1)|ERROR.TYPE(1/0)|NA()|ISFORMULA(数据!A1)""",
    "finance": """PMT(0.05/12,36,-10000)|FV(0.05,10,-100)|PV(0.05,10,-100)|NPV(0.1,{100,200,300})|IRR({-100,60,60})|NPER(0.01,-100,1000)|RATE(12,-100,1000)|IPMT(0.01,1,12,1000)|PPMT(0.01,1,12,1000)|SLN(1000,100,5)|DDB(1000,100,5,1)|SYD(1000,100,5,1)|DB(1000,100,5,1)|EFFECT(0.1,4)|NOMINAL(0.1,4)|CUMIPMT(0.01,12,1000,1,12,0)|CUMPRINC(0.01,12,1000,1,12,0)|XNPV(0.1,数据!C2:C3,数据!E2:E3)|MIRR({-100,60,60},0.1,0.1)|RRI(5,100,200)|PDURATION(0.1,100,200)|ISPMT(0.1,1,5,1000)|DOLLARDE(1.02,16)|DOLLARFR(1.125,16)""",
    "engineering": """DEC2BIN(10)|BIN2DEC("1010")|DEC2HEX(255)|HEX2DEC("FF")|DEC2OCT(8)|OCT2DEC("10")|BITAND(5,3)|BITOR(5,3)|BITXOR(5,3)|CONVERT(1,"km","m")|DELTA(1,1)|GESTEP(2,1)|ERF(1)|ERFC(1)|COMPLEX(1,2)|IMABS("3+4i")|IMSUM("1+i","2")|BESSELJ(1,0)|GAMMALN(3)|GAMMA(3)""",
    "arrays": """SUM(数据!C2:C3*数据!D2:D3)|'数 据2'!A1:A3*2|IF(数据!C2:C9>0,1,0)|@数据!C2:C9|MAX(IF(数据!B2:B9="公用",数据!C2:C9))|SUM(LEN(数据!A2:A9))|数据!C2:C9|SUM(('数 据2'!A1,'数 据2'!B2))|SUM('数 据2'!A1:C3 '数 据2'!B2:B3)|SUM({1,2;3,4})|SUM({1,2}*{3,4})|COUNT({1,"a",TRUE})|MMULT({1,2},{3;4})|TRANSPOSE({1,2})|SUM(FREQUENCY({1,2,3},{2}))|{5,6}|SUM(IF(TRUE,数据!C2:C3))|SUM(ROW(数据!A1:A3))|AND(数据!C2:C3>5)|SUM(数据!C2:C9/2)|AVERAGE(ABS(数据!C2:C3))|COUNT(1/(数据!C2:C9>0))""",
    "array functions": """SUMPRODUCT(ABS(数据!C2:C9))|SUMPRODUCT(ROUND(数据!D2:D9,1))|SUMPRODUCT(INT(数据!D2:D9))|SUMPRODUCT(ISNUMBER(数据!C2:C9)*1)|SUMPRODUCT(ISTEXT(数据!F2:F9)*1)
        |SUMPRODUCT(ISBLANK(数据!F2:F9)*1)|SUMPRODUCT(SQRT(数据!D2:D9))|SUMPRODUCT(IF(数据!C2:C9>0,数据!D2:D9,0))|SUMPRODUCT((数据!B2:B9="公用")+(数据!B2:B9="项目"))|SUMPRODUCT(-(数据!D2:D9>3))|SUMPRODUCT(数据!D2:D9%)
        |SUMPRODUCT((数据!B2:B9<>"")*数据!D2:D9)|SUMPRODUCT((数据!B2:B9=数据!B2)*1)|SUMPRODUCT((数据!C2:C7>=数据!D2:D7)*1)|SUMPRODUCT(数据!C2:C7^2)|SUMPRODUCT(数据!F2:F4,数据!D2:D4)|SUMPRODUCT((数据!E2:E9>DATE(2020,2,1))*(数据!E2:E9<DATE(2020,12,1))*数据!D2:D9)""",
    "shapes": """SUMPRODUCT(数据!C2:C7,数据!D2:D6)|SUMPRODUCT((数据!B2:B9="公用")*数据!C2:C5)|SUMPRODUCT(数据!D2:D9/SUM(数据!D2:D8))|SUMPRODUCT((数据!B2:B9=数据!B2)*数据!D2:D9/COUNTA(数据!A2:A8))|CEILING(1,0)|MOD(5,0)|SUMPRODUCT('数 据2'!A1:C1,'数 据2'!A2:C2)|SUMPRODUCT('数 据2'!A1:C3,'数 据2'!A1:C3)""",
    "formats": """TEXT(1234.5,"#,##0.##")|TEXT(1234,"#,###")|TEXT(0,"#,###")|TEXT(0.5,"0.0#")|TEXT(-1234.567,"#,##0.00")|TEXT(-1234.5,"#,##0.00;-#,##0.00")|TEXT(5,"0.00;-0.00;")|TEXT(0,"0.00;-0.00;")|TEXT(-5,"0.00;-0.00;")|TEXT(0.285,"0.00")|TEXT(1.115,"0.00")|TEXT(0.12345,"0.0%")
        |TEXT(12,"00000")|TEXT(1234567.891,"#,##0.0")|TEXT(数据!E2,"yyyy年mm月dd日")|TEXT(数据!E2,"yyyy.mm.dd")|TEXT(数据!E2,"yyyymmdd")|TEXT(数据!E2,"d")|TEXT(数据!E2,"dd")|TEXT(数据!E2,"mm")|TEXT(数据!E2,"yy")|TEXT(数据!E2,"m/d")|TEXT(数据!E2,"yyyy年")|TEXT(数据!E2,"ddd")|TEXT(数据!E2,"yyyy年m月")|TEXT(43831.99999,"hh:mm:ss")|TEXT(0.75,"hh:mm:ss")|TEXT("abc","0.00")|TEXT("abc","yyyy")|TEXT("","0")|TEXT(1E+15,"0")|TEXT(123456789.125,"0.00")
        |TEXT(0.5,"0%")|TEXT(0.005,"0%")|TEXT(0.125,"0.00")|TEXT(1234,"￥#,##0.00")|TEXT(12.5,"0.00元")|TEXT(12.5,"增加0.0个")|TEXT(-12.5,"0.00元")|TEXT(数据!C7,"0.00")|TEXT(1/3,"0.0000")|TEXT(2/3,"0.00%")|TEXT(99.995,"0.00")|TEXT(1E-5,"0.00")|TEXT(-0.001,"0.00")|TEXT(-0.4,"0")""",
    "rounding": "|".join(
        [f"ROUND({n}/1000,2)" for n in range(1005, 3005, 110)]
        + [f"ROUND({n / 1000!r},2)" for n in range(5, 2000, 130)]
        + [f"ROUND({n / 100!r}*1.1,1)" for n in range(5, 2000, 170)]
        + [
            "ROUND(-2.675,2)",
            "ROUND(1234567.125,2)",
            "ROUND(5.015*100,0)",
            "ROUND(4.35*100,0)",
            "ROUNDUP(4.35*100,0)",
            "ROUNDDOWN(4.35*100,0)",
            "INT(4.35*100)",
            "ROUNDUP(1.1*1.1,2)",
            "ROUNDDOWN(0.29*100,0)",
            "INT(0.29*100)",
            "TRUNC(0.57*100)",
            "CEILING(0.1*3,0.1)",
            "FLOOR(0.7*10,1)",
            "MOD(0.3,0.1)",
            "MOD(1,0.1)",
            "ROUND(数据!C2/7,4)",
            "ROUND(161.4/264.2*100,2)",
        ]
    ),
    "chains": """SUM(A1:A3)|A2*2|IF(A1>0,A1&"元","")|SUBTOTAL(9,A1:A5)|SUMIF(A1:A9,">1")|IF(0.1+0.2=0.3,"相符","不符")|IF(0.3-0.1-0.2=0,"相符","不符")|IF(SUM('数 据2'!A5:B5)='数 据2'!C5,"相符","不符")|IF('数 据2'!A5+'数 据2'!B5<='数 据2'!C5,"是","否")|IF('数 据2'!A5+'数 据2'!B5>'数 据2'!C5,"超","未超")
        |('数 据2'!A5+'数 据2'!B5)&"元"|1234567890123456&""|0.1*3&"元"|LEN(0.1*3)|1E+20&""|1E-7&""|123456.789*1000&""|-0.5&""|1E+21&""|123456789012345678&""|0.00001234&""|"合计："&SUM(数据!C2:C9)|CONCAT(数据!C2:C4)|TEXTJOIN("、",TRUE,数据!B2:C4)|TEXTJOIN(",",TRUE,"a",1/3)|IF(数据!C2=12,"=","≠")|NOT(数据!C8)|IF(数据!F3="",0,1)|数据!F3=0|数据!F3=""|数据!A2=数据!A3|数据!E2>数据!E3|"a"&数据!C8|IF(数据!C8,"真","假")""",
    "refused": """TODAY()|NOW()|RAND()|RANDBETWEEN(1,2)|INDIRECT(数据!A2)|OFFSET(数据!C2,数据!C2,0)|CELL("row",数据!A1)|INFO("osversion")|FOO(1)|NUMBERSTRING(5,1)|未定义名称+1|[1]Sheet1!A1|无此表!A1""",
}

_GROUPED = [formula.strip() for text in GROUPS.values() for formula in text.replace("\n", "").split("|")]
FORMULAS: list[str] = list(
    dict.fromkeys(
        _GROUPED
        + finance_formulas.FORMULAS
        + mixed_formulas.FORMULAS
        + further_formulas.FORMULAS
        + [*further_formulas.OTHERWISE]
    )
)

# entered as array formulas of one cell
_GROUPED_ARRAYS = [formula.strip() for formula in GROUPS["arrays"].replace("\n", "").split("|")]
ARRAYS: list[str] = list(dict.fromkeys(_GROUPED_ARRAYS + finance_formulas.ARRAYS + mixed_formulas.ARRAYS))

# Excel's documented values where LibreOffice counts truth values as numbers or days before March 1900 otherwise, does not
# know the function, reads formats and dates of another country, or lets wildcards match numbers
OTHERWISE: dict[str, object] = further_formulas.OTHERWISE | {
    'TRUE&""': "TRUE",
    "TRUE>5": True,
    'SUM(数据!C2,数据!C4:C6,5,"3")': 178.15,
    "SUM(数据!G2:G9)": 0.0,
    "COUNT(数据!A1:G9)": 23.0,
    "COUNTIF(数据!F2:F9,12)": 1.0,
    'CONCATENATE("a",1,TRUE)': "a1TRUE",
    "YEAR(数据!C8)": 1900.0,
    'COUNT({1,"a",TRUE})': 1.0,
    "MAXA(数据!G2:G9)": 1.0,
    "SUBTOTAL(9,A1:A5)": 74.7,
    'XLOOKUP("水费",数据!A2:A9,数据!C2:C9)': 7.0,
    'XLOOKUP("无",数据!A2:A9,数据!C2:C9,"缺")': "缺",
    'XLOOKUP("无",数据!A2:A9,数据!C2:C9)': ErrorValue("#N/A"),
    'XLOOKUP("差*",数据!A2:A9,数据!C2:C9,,2)': 0.0,
    "XLOOKUP(5,'数 据2'!A1:A3,'数 据2'!C1:C3,,-1)": 6.0,
    "XLOOKUP(5,'数 据2'!A1:A3,'数 据2'!C1:C3,,1)": 9.0,
    'XLOOKUP("公用",数据!B2:B9,数据!C2:C9,"",0,-1)': 0.0,
    'XMATCH("水费",数据!A2:A9)': 2.0,
    "XMATCH(5,'数 据2'!A1:A3,1)": 3.0,
    "LET(x,数据!D2*2,x+1)": 8.0,
    'TEXT(数据!E2,"aaaa")': "星期三",
    'TEXT(数据!E2,"aaa")': "三",
    'TEXT(数据!E2,"e年m月")': "2020年1月",
    'TEXT(数据!E2,"yyyy年m月d日 aaaa")': "2020年1月15日 星期三",
    'TEXT(161.4,"[DBNum1]")': "一百六十一.四",
    'TEXT(161.4,"[DBNum2]")': "壹佰陆拾壹.肆",
    'TEXT(161.4,"[DBNum2][$-804]G/通用格式")': "壹佰陆拾壹.肆",
    'TEXT(1234,"[DBNum1]")': "一千二百三十四",
    'TEXT(1234,"[DBNum2]")': "壹仟贰佰叁拾肆",
    'TEXT(1234.5,"[DBNum2][$-804]General")': "壹仟贰佰叁拾肆.伍",
    'TEXT(1234,"[DBNum2]0")': "壹贰叁肆",
    'TEXT(1234.5,"G/通用格式")': "1234.5",
    'TEXT(12345678,"0!.0000")': "1234.5678",
    'TEXT(12345678,"0!.0,万")': "1234.6万",
    'TEXT(TRUE,"0")': "TRUE",
    'TEXT(-1234.5,"#,##0.00;[红色]-#,##0.00")': "-1,234.50",
    'TEXT(INT(数据!C9),"[DBNum2]")&"元整"': "壹佰万元整",
    'TEXT(INT(1234.56),"[DBNum2]")&"元"&TEXT(56,"[DBNum2]0角0分")': "壹仟贰佰叁拾肆元伍角陆分",
    'TEXT(45,"[DBNum2]0角0分;;整")': "肆角伍分",
    'TEXT(100005,"[DBNum2]")': "壹拾万零伍",
    'TEXT(100500000,"[DBNum2]")': "壹亿零伍拾万",
    'TEXT(20000000,"[DBNum2]")': "贰仟万",
    'TEXT(10,"[DBNum2]")': "壹拾",
    'TEXT(0,"[DBNum2]")': "零",
    'SUBSTITUTE(TEXT(12.5,"[DBNum2]"),".","点")': "壹拾贰点伍",
    "RMB(1234.5)": "¥1,234.50",
    "NUMBERSTRING(5,1)": "五",
    "NUMBERSTRING(1234,1)": "一千二百三十四",
    "NUMBERSTRING(1234,2)": "壹仟贰佰叁拾肆",
    "NUMBERSTRING(1234,3)": "一二三四",
    'DATEVALUE("2020/1/2")': 43832.0,
    'DATEVALUE("2020/01/15")': 43845.0,
    'COUNTIF(数据!E2:E9,">=2020/3/1")': 5.0,
    'COUNTIF(数据!E2:E9,"2020/1/15")': 1.0,
    "COUNTIF(数据!G2:G9,1)": 0.0,
    'COUNTIF(数据!C2:C9,"1*")': 0.0,
    'COUNTIF(数据!C2:C9,"*")': 0.0,
    'COUNTIF(数据!C2:C9,"??")': 0.0,
    "FLOOR(2,0)": ErrorValue("#DIV/0!"),
    'VLOOKUP("12",数据!C2:D9,2,FALSE)': ErrorValue("#N/A"),
    'VLOOKUP("abc ABC",数据!F2:G9,2,FALSE)': False,
    "RANK(5.5,数据!D2:D9)": ErrorValue("#N/A"),
    "PERCENTRANK(数据!D$2:D$9,数据!D2)": 0.428,
    "DATE(120,1,1)": 43831.0,
    "LET(a,SUM(数据!D2:D9),b,COUNT(数据!D2:D9),a/b)": 15.729999999999999,
}
