"""A report's documents: each template of its standard rendered, and turned into PDF."""
