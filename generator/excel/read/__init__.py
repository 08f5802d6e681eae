"""A workbook template as it is read: sheets, shared strings, cell formats, formula cells."""
