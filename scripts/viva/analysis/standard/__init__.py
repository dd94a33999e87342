"""Where the pass mark is, and who says so.

`methods` computes it, `sheets` writes what judges fill in and reads it back, `tables` reads what
was observed, `protocol` says on one page how the pass mark came about.
"""
