"""Axial MRI of one right hip, computed from the labelled volume of `tissue` by the signal equations.

`source` cuts planes, `findings` changes them, `relaxation` says how bright a tissue is, `texture`
lends grain, `image` joins them. `outlines` and `spaces` are what is named and measured in a slice,
`pack` and `stills` what a page loads. No image is a patient's.
"""
