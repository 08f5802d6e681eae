"""What an attribute means that is not stated, by the schemas of ECMA-376 part 1 (edition 5, annex A): stating it says nothing.

Editors differ in which defaults they spell out. A comparison drops them on both sides, so that only what means something is
left; truth values and numbers are brought to one spelling for the same reason.
"""

from __future__ import annotations

import re

from generator.kept.name_sets import names

_TRUE = frozenset(("1", "true", "on", "t"))
_FALSE = frozenset(("0", "false", "off", "f"))

# Borders and margins of WordprocessingML (ECMA-376 part 1, 17.18.2, 17.4.87); those of workbooks have the same names, not
# these attributes.
_EDGES = names("top bottom left right start end insideH insideV between bar bdr tl2br tr2bl")
_EDGE = {"space": "0", "color": "auto", "shadow": "0", "frame": "0", "type": "dxa"}
# A line an element: its attributes with the value that each has where it is not stated (truth values as 1 and 0). Those from
# `pgSz` on are WordprocessingML's (ECMA-376 part 1, 17): nothing of them has the same name and attribute in the other schemas.
_TABLE = """
cfRule stopIfTrue=0 aboveAverage=1 percent=0 bottom=0 equalAverage=0
cfvo gte=1
iconSet iconSet=3TrafficLights1 showValue=1 percent=1 reverse=0 custom=0
dataBar minLength=10 maxLength=90 showValue=1 border=0 gradient=1 direction=context negativeBarColorSameAsPositive=0
    negativeBarBorderColorSameAsPositive=1 axisPosition=automatic
dataValidations disablePrompts=0
dataValidation type=none errorStyle=stop imeMode=noControl operator=between allowBlank=0 showDropDown=0
    showInputMessage=0 showErrorMessage=0
color auto=0 tint=0
fgColor auto=0 tint=0
bgColor auto=0 tint=0
tabColor auto=0 tint=0
patternFill patternType=none
gradientFill type=linear degree=0 left=0 right=0 top=0 bottom=0
border diagonalUp=0 diagonalDown=0 outline=1
alignment horizontal=general vertical=bottom textRotation=0 wrapText=0 indent=0 relativeIndent=0 justifyLastLine=0
    shrinkToFit=0 readingOrder=0
protection locked=1 hidden=0
u val=single
vertAlign val=baseline
sheetProtection sheet=0 objects=0 scenarios=0 selectLockedCells=0 selectUnlockedCells=0 formatCells=1 formatColumns=1
    formatRows=1 insertColumns=1 insertRows=1 insertHyperlinks=1 deleteColumns=1 deleteRows=1 sort=1 autoFilter=1
    pivotTables=1
workbookProtection lockStructure=0 lockWindows=0 lockRevision=0
workbookPr date1904=0 showObjects=all showBorderUnselectedTables=1 filterPrivacy=0 promptedSolutions=0
    showInkAnnotation=1 backupFile=0 saveExternalLinkValues=1 updateLinks=userSet hidePivotFieldList=0
    showPivotChartFilter=0 allowRefreshQuery=0 publishItems=0 checkCompatibility=0 autoCompressPictures=1
    refreshAllConnections=0 dateCompatibility=1
calcPr calcMode=auto refMode=A1 iterate=0 iterateCount=100 iterateDelta=0.001 fullPrecision=1
filterColumn hiddenButton=0 showButton=1
filters blank=0 calendarType=none
customFilters and=0
customFilter operator=equal
top10 top=1 percent=0
sortState columnSort=0 caseSensitive=0 sortMethod=none
sortCondition descending=0 sortBy=value iconSet=3Arrows
outlinePr applyStyles=0 summaryBelow=1 summaryRight=1 showOutlineSymbols=1
tableStyleInfo showFirstColumn=0 showLastColumn=0 showRowStripes=0 showColumnStripes=0
table headerRowCount=1 totalsRowCount=0 insertRow=0 insertRowShift=0 published=0
headerFooter differentOddEven=0 differentFirst=0 scaleWithDoc=1 alignWithMargins=1
ignoredError evalError=0 twoDigitTextYear=0 numberStoredAsText=0 formula=0 formulaRange=0 unlockedFormula=0
    emptyCellReference=0 listDataValidation=0 calculatedColumn=0
sparklineGroup manualMin=0 manualMax=0 lineWeight=0.75 type=line dateAxis=0 displayEmptyCellsAs=zero markers=0 high=0
    low=0 first=0 last=0 negative=0 displayXAxis=0 displayHidden=0 minAxisType=0 maxAxisType=0 rightToLeft=0
pgSz orient=portrait
pgMar gutter=0
effectExtent l=0 t=0 r=0 b=0
pgBorders zOrder=front display=allPages offsetFrom=text
lnNumType start=1 distance=auto restart=newPage
shd color=auto fill=auto
tcW type=dxa
tblW type=dxa
tblInd type=dxa
tblCellSpacing type=dxa
trHeight hRule=auto
tab leader=none
framePr dropCap=none hSpace=0 vSpace=0
"""
_ATTRIBUTES: dict[str, dict[str, str]] = {
    **{
        element: dict(pair.split("=") for pair in pairs)
        for element, *pairs in map(str.split, re.split(r"\n(?=\S)", _TABLE.strip()))
    },
    **{side: dict(_EDGE) for side in _EDGES},
}

# Elements of a lone truth value: `<b/>`, `<b val="1"/>` and `<b val="true"/>` are one.
_TRUTHS = names(
    "b i strike outline shadow condense extend dirty varyColors delete overlap smooth autoTitleDeleted "
    "roundedCorners plotVisOnly showLegendKey showVal showCatName showSerName showPercent showBubbleSize noEndCap "
    "invertIfNegative"
)
# Elements that say nothing when there is nothing in them.
_EMPTY = names(
    "extLst ext tcBorders tblBorders tblCellMar tcMar pBdr rPr pPr tcPr trPr tblPr pgBorders tabs numPr avLst "
    "effectLst effectExtent workbookPr protection alignment border fill font spPr txPr bodyPr lstStyle left right "
    "top bottom start end diagonal horizontal vertical sheetPr outlinePr"
)
_NUMBERS = names(
    "val sz width ht height tint left right top bottom header footer degree lineWeight minLength maxLength "
    "customHeight defaultRowHeight defaultColWidth baseColWidth x y cx cy"
)

_COLOURS = frozenset(("fill", "color", "rgb"))
_COLOURED = frozenset(("color", "srgbClr"))
_COLOUR = re.compile("(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")


def plain_number(text: str) -> str:
    """A decimal number in its shortest spelling, to 15 significant digits (`11.0` is 11); any other text as it is."""
    if "." not in text and "e" not in text and "E" not in text:
        return text
    try:
        return f"{float(text):.15g}"
    except ValueError:
        return text


def plain_colour(text: str) -> str:
    """A colour in six capital digits: the opacity that a workbook states before them is not looked at (18.3.1.15)."""
    match = _COLOUR.fullmatch(text)
    return match[1].upper() if match else text


def stated(element: str, attributes: dict[str, str]) -> dict[str, str]:
    """The attributes of an element that say more than its schema's defaults, each in one spelling.

    Args:
        element: the element's local name.
        attributes: local names and values.
    """
    defaults = _ATTRIBUTES.get(element)
    found: dict[str, str] = {}
    for name, value in attributes.items():
        if name in _NUMBERS:
            value = plain_number(value)
        if name in _COLOURS or (name == "val" and element in _COLOURED):
            value = plain_colour(value)
        if defaults is not None and name in defaults:
            neutral = defaults[name]
            if neutral in ("0", "1"):
                value = "1" if value in _TRUE else "0" if value in _FALSE else plain_number(value)
            if value == neutral:
                continue
        elif name == "val" and element in _TRUTHS:
            if value in _TRUE:
                continue
            value = "0" if value in _FALSE else value
        elif value in ("true", "false"):
            value = "1" if value == "true" else "0"
        found[name] = value
    return found


def says_nothing(element: str, attributes: tuple[object, ...], children: tuple[object, ...], text: str) -> bool:
    """Whether an element could as well be left out."""
    return element in _EMPTY and not attributes and not children and not text.strip()
