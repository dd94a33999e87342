"""A course in another language: its texts in `.po` files, beside the pages and banks they are of.

`texts` finds what there is to translate, `blocks` takes a page of Markdown apart, `catalogues`
reads and writes `.po` files, `states` says how far they are, and `staged` writes the course anew in
the other language, for a build like any other.
"""
