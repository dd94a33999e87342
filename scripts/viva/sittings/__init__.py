"""Sittings: a class takes an assignment, and what was decided about it stands for ever.

`classlist` reads who belongs to a class from a learning platform's export; `decisions` reads what
was decided, and adds to it; `folder` holds a sitting together; `roster` says who sent what;
`marking` marks with all decisions, and says what each changed; `returned` writes what the platform
takes back.
"""
