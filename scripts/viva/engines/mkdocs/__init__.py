"""MkDocs with Material: a plugin, and what is theirs of the theme."""
