"""The values of formulas: what can be computed rightly, and what is written into the cells."""
