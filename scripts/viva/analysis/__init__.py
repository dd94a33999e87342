"""Item analysis: which questions told students apart, and which need another look.

`responses` reads a table of answers, `statistics` computes, `advice` says what the numbers mean in
plain words, `report` writes the page. Nothing here knows banks or sites: any CSV will do.
"""
