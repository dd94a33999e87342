"""QTI 3, and QTI 2.1, which is QTI 3 with other names."""
