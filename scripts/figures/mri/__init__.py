"""Axial MRI of one right hip, computed from the volume of `tissue` by the signal equations.

`states` says what a hip may be like, `findings` does it to a section, `relaxation` says how bright
a tissue is, `texture` lends grain, `image` joins them. `outlines` and `spaces` are what is named
and measured in a slice, `pack` and `stills` what a page loads. No image is a patient's.
"""
