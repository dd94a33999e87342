"""Formulas: TeX and mhchem become MathML while the site is made, so that no page needs a script.

`engine` runs Temml, the MathML of KaTeX, in a small engine of JavaScript; `tree` makes its result
fit for pages without `style`; `linear`, `typst` and `omml` write the same tree as words, for paper
and for Word; `marked` finds formulas in HTML, and `typed` in Markdown.
"""
