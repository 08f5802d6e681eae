"""A workbook template compiled: its rows and columns as a structure, its cells as a program."""
