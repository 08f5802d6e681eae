"""Templates and standards examined before any data exists."""
