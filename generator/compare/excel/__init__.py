"""Excel workbooks: read to a neutral model, compared, shown."""
