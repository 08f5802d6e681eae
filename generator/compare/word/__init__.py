"""Word documents: read to a neutral model, compared, shown."""
