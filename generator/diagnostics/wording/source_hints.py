"""Places of a data file inside messages."""

from generator.diagnostics import Text

LINE = Text("第{at}行", "line {at}")
LINE_AND_COLUMN = Text("第{line}行第{column}列", "line {line}, column {column}")
