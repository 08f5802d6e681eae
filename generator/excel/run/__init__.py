"""One render of a workbook: rows written, merges and pictures placed, every fault found."""
