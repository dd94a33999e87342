"""Looks at a published site: does the host send what was built, and as browsers need it?

`sources` asks, `examine` compares and tries, `advice` has the words.
"""
