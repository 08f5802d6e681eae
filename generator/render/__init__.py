"""Templates to documents: the Jinja environment, Word, Excel."""
