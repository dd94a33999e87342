"""Bones, muscles, vessels and nerves of one right hip, from meshes of BodyParts3D.

The meshes are source data and not part of the project: a folder that holds them is named by
`make figures BP3D=path`. Without it nothing here runs, and what was made before stays as it is.
"""
