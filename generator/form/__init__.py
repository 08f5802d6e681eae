"""The fill-in workbook: a standard, or a data file, to a form that a clerk fills in; forms and data files into each other.

`arrangement` decides what stands where, `workbook_writing` writes it, `carried` sees that nothing is lost. Filled-in forms
are read in `generator.source`, without the standard, by what the form says of itself.
"""
