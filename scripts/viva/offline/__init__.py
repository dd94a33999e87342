"""The course to take along: a zip of the site, an app that keeps itself, a PDF and an EPUB.

A course gets them when it has the page `offline.md`, on which they are listed.
"""
