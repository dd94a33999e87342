"""A course on its way to a site.

`edition` reads the course; `stage` makes what an engine gets: plain Markdown and plain settings;
an engine turns that into pages; `finish` puts into each page what no engine knows: questions,
assets, metadata; `takeaway` makes what readers take along. Engines are in `viva.engines`.
"""
